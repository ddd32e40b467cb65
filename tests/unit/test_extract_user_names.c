/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/pass.h"
#include "ingest/passage.h"

#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static char *folder, *file; /* FOLDER and FOLDER/names/own.tsv */

static void write_names(const char *rows)
{
    assert_true(g_file_set_contents(file, rows, -1, NULL));
}

/* "Text=canonical", parted by "; ", of the actors; then the places. */
static void assert_names(const char *rows, const char *text, const char *expected)
{
    struct extractor *extractor;
    write_names(rows);
    assert_true(extractor_new(folder, &extractor, NULL));
    struct document *doc = document_new("line");
    document_append(doc, slice_of(text), 0);
    struct passage passage = {.span = {0, (uint32_t)doc->text->len}, .page = NONE, .number = 1, .heading = NONE};
    g_array_append_val(doc->passages, passage);
    struct sentence sentence = {{0, (uint32_t)doc->text->len}, 0};
    g_array_append_val(doc->sentences, sentence);
    g_autoptr(GPtrArray) troubles = g_ptr_array_new_with_free_func(g_free);
    struct mentions *mentions = extractor_run(extractor, doc, troubles);
    g_autoptr(GString) found = g_string_new(NULL);
    static const enum mention_type types[] = {MENTION_ACTOR, MENTION_LOCATION};
    for (size_t t = 0; t < G_N_ELEMENTS(types); t++)
        for (guint i = 0; i < mentions_of(mentions, types[t])->len; i++) {
            const struct mention *m = &g_array_index(mentions_of(mentions, types[t]), struct mention, i);
            struct slice name = document_slice(doc, m->span);
            g_string_append_printf(found, "%s%.*s=%s", found->len ? "; " : "", SLICE_ARG(name), t == 0 ? m->actor.canonical : m->location.canonical);
        }
    assert_string_equal(found->str, expected);
    mentions_free(mentions);
    document_free(doc);
    extractor_free(extractor);
}

static const struct {
    const char *rows, *text, *expected;
} read_rows[] = {
    {"", "The Grey Herons met in Lima.", "Lima=Lima"},
    {"actor\tGrey Herons\torganisation\tGHS\n", "The Grey Herons and GHS's staff met.", "Grey Herons=Grey Herons; GHS=Grey Herons"},
    {"alias\tFriends of Refugees\tUnited Nations High Commissioner for Refugees\n", "Then Friends of Refugees and UNHCR met.",
     "Friends of Refugees=United Nations High Commissioner for Refugees; UNHCR=United Nations High Commissioner for Refugees"},
    {"actor\tGrey Herons\tgroup\nalias\tThe Birds\tGrey Herons\n", "Later the birds and The Birds met.", "The Birds=Grey Herons"},
    {"merge\tWorld Bank\tBank Group\n", "Staff of the World Bank met.", "World Bank=Bank Group"},
    {"place\tPuerto Garza\tCO-CAQ\t0.81\t-74.95\nalias\tLa Garza\tPuerto Garza\n", "In Puerto Garza and La Garza, near Lima, it rained.",
     "Puerto Garza=Puerto Garza; La Garza=Puerto Garza; Lima=Lima"},
    {"place\tPuerto Garza\tCO\n", "It rained in Puerto Garza.", "Puerto Garza=Puerto Garza"},
    {"# a comment\n\nban\tBlue Lima Line\n", "He crossed the Blue Lima Line from Lima.", "Lima=Lima"},
};

static void rows_are_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(read_rows); i++)
        assert_names(read_rows[i].rows, read_rows[i].text, read_rows[i].expected);
}

static const char *const broken[] = {"bann\tX\n", "ban\n", "actor\tX\tcompany\n", "alias\tX\n", "merge\tX\tY\tZ\n", "place\tX\n", "place\tX\tQQ\n", "place\tX\tCO\t1.5\n", "place\tX\tCO\t95\t10\n", "place\tX\tCO\tnorth\t10\n", "ban\t\xff\n"};

static void broken_rows_are_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(broken); i++) {
        struct extractor *extractor = NULL;
        g_autoptr(GError) error = NULL;
        write_names(broken[i]);
        assert_false(extractor_new(folder, &extractor, &error));
        assert_non_null(error);
        assert_non_null(strstr(error->message, "own.tsv"));
    }
}

static const struct {
    const char *rows;
    unsigned bad;
    const char *says; /* in the report */
} doubts[] = {
    {"actor\tGrey Herons\tgroup\n", 0, ""},
    {"alias\tHerons\tNobody Knows\n", 1, "own.tsv:1: alias \"Herons\" means a name that no table has: \"Nobody Knows\""},
    {"ban\tGrey Herons\nactor\tGrey Herons\tgroup\n", 1, "is banned by another row"},
    {"actor\tHerons\tgroup\nactor\tHerons\tstate\n", 1, "stands in two rows"},
    {"ban\tthe\n", 1, "is a word of every text"},
    {"merge\tA House\tA House\n", 1, "means itself"},
    {"merge\tA House\tB House\nmerge\tB House\tC House\n", 1, "is merged into a name that is merged itself"},
    {"ban\t--\n", 1, "has no word to find"},
    {"place\tPuerto Garza\tCO\nalias\tGarza\tPuerto Garza\n", 0, ""},
    {"place\tPuerto Garza\tCO\nplace\tPuerto Garza\tPE\n", 1, "stands in two rows"},
};

static void doubtful_rows_are_told(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(doubts); i++) {
        struct extractor *extractor;
        g_autoptr(GString) report = g_string_new(NULL);
        write_names(doubts[i].rows);
        assert_true(extractor_new(folder, &extractor, NULL));
        assert_int_equal(extractor_lint(extractor, report), doubts[i].bad);
        assert_non_null(strstr(report->str, doubts[i].says));
        extractor_free(extractor);
    }
}

static void names_change_the_version(void **state)
{
    (void)state;
    struct extractor *one, *other;
    write_names("ban\tX\n");
    assert_true(extractor_new(folder, &one, NULL));
    write_names("ban\tY\n");
    assert_true(extractor_new(folder, &other, NULL));
    assert_string_not_equal(extractor_version(one), extractor_version(other));
    extractor_free(one);
    extractor_free(other);
}

static int make_folder(void **state)
{
    (void)state;
    folder = g_dir_make_tmp("citable-names-XXXXXX", NULL);
    g_autofree char *names = folder ? g_build_filename(folder, "names", NULL) : NULL;
    file = names ? g_build_filename(names, "own.tsv", NULL) : NULL;
    return names && g_mkdir(names, 0700) == 0 ? 0 : 1;
}

static int remove_folder(void **state)
{
    (void)state;
    g_autofree char *names = g_path_get_dirname(file);
    int left = g_remove(file) | g_rmdir(names) | g_rmdir(folder);
    g_free(file);
    g_free(folder);
    return left;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_read),
        cmocka_unit_test(broken_rows_are_refused),
        cmocka_unit_test(doubtful_rows_are_told),
        cmocka_unit_test(names_change_the_version),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
