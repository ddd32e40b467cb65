/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/described.h"

#include "base/error.h"
#include "ingest/archive.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static GBytes *plain(void)
{
    static const struct zip_member members[] = {{"word/document.xml", "<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>Hello</w:t></w:r></w:p></w:body></w:document>"}};
    return zip_made(members, 1);
}

static GBytes *cut_short(void)
{
    g_autoptr(GBytes) whole = plain();
    return g_bytes_new(g_bytes_get_data(whole, NULL), g_bytes_get_size(whole) / 2);
}

static GBytes *damaged(void)
{
    g_autoptr(GBytes) whole = plain();
    guint8 *copy = g_memdup2(g_bytes_get_data(whole, NULL), g_bytes_get_size(whole));
    copy[60] ^= 0xff; /* inside the packed data */
    return g_bytes_new_take(copy, g_bytes_get_size(whole));
}

/* libzip refuses to write a name twice, so the second name is patched in both places where it stands. */
static GBytes *name_twice(void)
{
    static const struct zip_member members[] = {{"word/document.xml", "<a/>"}, {"word/documend.xml", "<b/>"}};
    g_autoptr(GBytes) made = zip_made(members, 2);
    char *copy = g_memdup2(g_bytes_get_data(made, NULL), g_bytes_get_size(made));
    for (char *at = memmem(copy, g_bytes_get_size(made), "documend", 8); at; at = memmem(copy, g_bytes_get_size(made), "documend", 8))
        at[7] = 't';
    return g_bytes_new_take(copy, g_bytes_get_size(made));
}

static GBytes *bomb(void)
{
    g_autofree char *zeros = g_strnfill(4 * 1024 * 1024, ' ');
    struct zip_member members[] = {{"word/document.xml", zeros}};
    return zip_made(members, 1);
}

/* Bit 0 of the flags says that a member is encrypted; libzip asks for the password then. */
static GBytes *locked(void)
{
    g_autoptr(GBytes) whole = plain();
    guint8 *copy = g_memdup2(g_bytes_get_data(whole, NULL), g_bytes_get_size(whole));
    copy[6] |= 1;
    guint8 *central = memmem(copy, g_bytes_get_size(whole), "PK\x01\x02", 4);
    central[8] |= 1;
    return g_bytes_new_take(copy, g_bytes_get_size(whole));
}

static GBytes *entities(void)
{
    static const struct zip_member members[] = {{"word/document.xml", "<!DOCTYPE d [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><d>&a;</d>"}};
    return zip_made(members, 1);
}

static GBytes *half_xml(void)
{
    static const struct zip_member members[] = {{"word/document.xml", "<w:document xmlns:w=\"w\"><w:body><w:p>"}};
    return zip_made(members, 1);
}

static GBytes *deep_xml(void)
{
    GString *xml = g_string_new(NULL);
    for (int i = 0; i < 5000; i++)
        g_string_append(xml, "<a>");
    struct zip_member members[] = {{"word/document.xml", xml->str}};
    GBytes *bytes = zip_made(members, 1);
    g_string_free(xml, TRUE);
    return bytes;
}

static GBytes *empty_member(void)
{
    static const struct zip_member members[] = {{"word/document.xml", ""}};
    return zip_made(members, 1);
}

static GBytes *without_files(void)
{
    return g_bytes_new_static("PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 22);
}

static GBytes *workbook(void)
{
    static const struct zip_member members[] = {{"xl/workbook.xml", "<a/>"}};
    return zip_made(members, 1);
}

static const struct {
    const char *name;
    GBytes *(*make)(void);
    int code;
    const char *says;
} refused[] = {
    {"cut short", cut_short, CITABLE_ERROR_FORMAT, "cut short"},
    {"damaged", damaged, CITABLE_ERROR_FORMAT, "a.docx!word/document.xml"},
    {"a name twice", name_twice, CITABLE_ERROR_FORMAT, "two files named"},
    {"bomb", bomb, CITABLE_ERROR_LIMIT, "200 times"},
    {"locked", locked, CITABLE_ERROR_ENCRYPTED, "password"},
    {"entities", entities, CITABLE_ERROR_FORMAT, "entities"},
    {"half the XML", half_xml, CITABLE_ERROR_FORMAT, "damaged XML"},
    {"deep XML", deep_xml, CITABLE_ERROR_FORMAT, "XML"},
    {"empty member", empty_member, CITABLE_ERROR_FORMAT, "XML"},
    {"no files", without_files, CITABLE_ERROR_EMPTY, "without files"},
    {"workbook", workbook, CITABLE_ERROR_FORMAT, "Excel"},
};

static void is_refused(void **state)
{
    size_t i = (size_t)*state;
    g_autoptr(GBytes) bytes = refused[i].make();
    g_autoptr(GError) error = NULL;
    assert_null(read_bytes("a.docx", bytes, &error));
    assert_non_null(error);
    assert_non_null(strstr(error->message, refused[i].says));
    assert_int_equal(error->code, refused[i].code);
    assert_null(strchr(error->message, '\n'));
}

static void names(void **state)
{
    (void)state;
    static const struct {
        const char *base, *target, *expected;
    } rows[] = {
        {"word/document.xml", "media/a.png", "word/media/a.png"}, {"word/document.xml", "/word/b.xml", "word/b.xml"}, {"word/document.xml", "../c.xml", "c.xml"}, {"word/document.xml", "../../c.xml", NULL},
        {"OPS/package.opf", "text/a%20b.xhtml#p1", "OPS/text/a b.xhtml"}, {"a.xml", "./b.xml", "b.xml"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *got = archive_resolve(rows[i].base, rows[i].target);
        if (rows[i].expected)
            assert_string_equal(got, rows[i].expected);
        else
            assert_null(got);
    }
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(refused) + 1];
    for (size_t i = 0; i < G_N_ELEMENTS(refused); i++)
        tests[i] = (struct CMUnitTest){refused[i].name, is_refused, NULL, NULL, (void *)i};
    tests[G_N_ELEMENTS(refused)] = (struct CMUnitTest)cmocka_unit_test(names);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
