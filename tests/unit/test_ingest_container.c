/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/described.h"

#include "base/error.h"
#include "base/limits.h"

#include <archive.h>
#include <glib/gstdio.h>
#include <archive_entry.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define TEXT "Some 8,512 people left the valley in 2014.\n"

/* A tar file in memory, packed with gzip where `gzip`. */
static GBytes *tar_made(const struct zip_member *members, size_t count, bool gzip)
{
    enum { BYTES = 1024 * 1024 };
    g_autofree guint8 *buffer = g_malloc0(BYTES);
    size_t used = 0;
    struct archive *tar = archive_write_new();
    archive_write_set_format_pax_restricted(tar);
    if (gzip)
        archive_write_add_filter_gzip(tar);
    archive_write_open_memory(tar, buffer, BYTES, &used);
    for (size_t i = 0; i < count; i++) {
        struct archive_entry *entry = archive_entry_new();
        archive_entry_set_pathname(entry, members[i].name);
        archive_entry_set_size(entry, (la_int64_t)strlen(members[i].content));
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        archive_write_header(tar, entry);
        archive_write_data(tar, members[i].content, strlen(members[i].content));
        archive_entry_free(entry);
    }
    archive_write_close(tar);
    archive_write_free(tar);
    return g_bytes_new(buffer, used);
}

static const struct zip_member three[] = {{"a.txt", TEXT}, {"deep/b.html", "<html><body><p>" TEXT "</p></body></html>"}, {"deep/.hidden", TEXT}, {"none.txt", ""}};

static GBytes *in_zip(void)
{
    return zip_made(three, G_N_ELEMENTS(three));
}

static GBytes *in_tar(void)
{
    return tar_made(three, G_N_ELEMENTS(three), false);
}

static GBytes *in_tar_gz(void)
{
    return tar_made(three, G_N_ELEMENTS(three), true);
}

static const struct {
    const char *name;
    GBytes *(*make)(void);
} cases[] = {{"zip", in_zip}, {"tar", in_tar}, {"tar.gz", in_tar_gz}};

/* Two documents and one that could not be read, each with its member's name; the hidden one is passed over. */
static void each_member_is_a_document(void **state)
{
    g_autoptr(GBytes) bytes = cases[(size_t)*state].make();
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) documents = read_bytes("all", bytes, &error);
    assert_null(error);
    assert_int_equal(documents->len, 3);
    static const char *const members[] = {"a.txt", "deep/b.html", "none.txt"}, *const readers[] = {"text", "html", NULL};
    for (guint i = 0; i < documents->len; i++) {
        const struct document *doc = g_ptr_array_index(documents, i);
        assert_string_equal(doc->path, "all");
        assert_string_equal(doc->member, members[i]);
        if (readers[i])
            assert_string_equal(doc->reader, readers[i]);
        assert_int_equal(doc->size, g_bytes_get_size(bytes));
        assert_string_not_equal(doc->sha256, doc->file_sha256);
    }
    const struct document *none = g_ptr_array_index(documents, 2);
    assert_int_equal(none->passages->len, 0);
    assert_string_equal(DOCUMENT_AT(none->warnings, struct warning, 0).code, "member-unread");
    assert_string_equal(DOCUMENT_AT(none->warnings, struct warning, 0).text, "is empty (0 bytes)");
}

static void the_same_member_is_the_same_document(void **state)
{
    (void)state;
    g_autoptr(GBytes) zip = in_zip(), tar = in_tar();
    g_autoptr(GPtrArray) one = read_bytes("x", zip, NULL), two = read_bytes("y", tar, NULL);
    assert_string_equal(((struct document *)g_ptr_array_index(one, 0))->sha256, ((struct document *)g_ptr_array_index(two, 0))->sha256);
}

static void a_file_inside_a_file_opens(void **state)
{
    (void)state;
    g_autofree char *folder = g_dir_make_tmp("citable-XXXXXX", NULL), *path = g_build_filename(folder, "all.zip", NULL), *inside = g_strconcat(path, "!deep/b.html", NULL), *missing = g_strconcat(path, "!c.html", NULL);
    g_autoptr(GBytes) bytes = in_zip();
    assert_true(g_file_set_contents(path, g_bytes_get_data(bytes, NULL), (gssize)g_bytes_get_size(bytes), NULL));
    struct source *source = NULL;
    assert_true(source_open(inside, &source, NULL));
    assert_int_equal(g_bytes_get_size(source->bytes), strlen(three[1].content));
    source_free(source);
    g_autoptr(GError) error = NULL;
    assert_false(source_open(missing, &source, &error));
    assert_int_equal(error->code, CITABLE_ERROR_MISSING);
    g_unlink(path);
    g_rmdir(folder);
}

static void names_that_lead_out_are_not_read(void **state)
{
    (void)state;
    static const struct zip_member members[] = {{"../../etc/a.txt", TEXT}, {"b.txt", TEXT}};
    g_autoptr(GBytes) bytes = tar_made(members, 2, false);
    g_autoptr(GPtrArray) documents = read_bytes("x", bytes, NULL);
    assert_int_equal(documents->len, 2);
    assert_int_equal(((struct document *)g_ptr_array_index(documents, 0))->passages->len, 0);
    assert_int_equal(((struct document *)g_ptr_array_index(documents, 1))->passages->len, 1);
}

/* Zip files inside one another have an end. The innermost is the one that is refused; all the others hold nothing else. */
static void archives_inside_archives_end(void **state)
{
    (void)state;
    static const struct zip_member text[] = {{"a.txt", TEXT}};
    GBytes *inner = tar_made(text, 1, false);
    for (int i = 0; i < LIMIT_ARCHIVE_DEPTH; i++) {
        struct archive *tar = archive_write_new();
        size_t used = 0, room = g_bytes_get_size(inner) + 65536;
        g_autofree guint8 *buffer = g_malloc0(room);
        archive_write_set_format_pax_restricted(tar);
        archive_write_open_memory(tar, buffer, room, &used);
        struct archive_entry *entry = archive_entry_new();
        archive_entry_set_pathname(entry, "inner.tar");
        archive_entry_set_size(entry, (la_int64_t)g_bytes_get_size(inner));
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_write_header(tar, entry);
        archive_write_data(tar, g_bytes_get_data(inner, NULL), g_bytes_get_size(inner));
        archive_entry_free(entry);
        archive_write_close(tar);
        archive_write_free(tar);
        g_bytes_unref(inner);
        inner = g_bytes_new(buffer, used);
    }
    g_autoptr(GError) error = NULL;
    assert_null(read_bytes("x.tar", inner, &error));
    assert_int_equal(error->code, CITABLE_ERROR_LIMIT);
    g_bytes_unref(inner);
}

static void a_cut_gzip_is_an_error(void **state)
{
    (void)state;
    g_autoptr(GBytes) whole = in_tar_gz();
    g_autoptr(GBytes) cut = g_bytes_new_from_bytes(whole, 0, g_bytes_get_size(whole) / 2);
    g_autoptr(GError) error = NULL;
    assert_null(read_bytes("x.tgz", cut, &error));
    assert_int_equal(error->code, CITABLE_ERROR_FORMAT);
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(cases) + 5];
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        tests[i] = (struct CMUnitTest){cases[i].name, each_member_is_a_document, NULL, NULL, (void *)i};
    struct CMUnitTest more[] = {cmocka_unit_test(the_same_member_is_the_same_document), cmocka_unit_test(a_file_inside_a_file_opens), cmocka_unit_test(names_that_lead_out_are_not_read), cmocka_unit_test(archives_inside_archives_end), cmocka_unit_test(a_cut_gzip_is_an_error)};
    memcpy(tests + G_N_ELEMENTS(cases), more, sizeof more);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
