/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "extract/pass.h"
#include "index/functions.h"
#include "index/get.h"
#include "index/migrate.h"
#include "index/review.h"
#include "index/tokenize.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <glib/gstdio.h>
#include <sqlite3.h>

/* schemas/<version>.sql is that version's schema.sql as it was; a file made from it must become what schema.sql makes now. */

enum { APPLICATION_ID = 0x43495445 };

/* A folder of its own, and an old evidence file in it. */
struct bench {
    char *folder, *path;
    const char *version;
};

static sqlite3 *connect_to(const char *path)
{
    sqlite3 *db = NULL;
    struct tokenizer *tokenizer;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_true(tokenizer_register(db, &tokenizer) && functions_register(db));
    return db;
}

static void run(const char *path, const char *sql)
{
    sqlite3 *db = connect_to(path);
    char *trouble = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &trouble) != SQLITE_OK)
        fail_msg("%s", trouble);
    sqlite3_close(db);
}

static char *value_of(const char *path, const char *sql)
{
    sqlite3 *db = connect_to(path);
    sqlite3_stmt *stmt = NULL;
    g_autoptr(GString) all = g_string_new(NULL);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
    while (sqlite3_step(stmt) == SQLITE_ROW)
        g_string_append_printf(all, "%s\n", (const char *)sqlite3_column_text(stmt, 0));
    sqlite3_finalize(stmt);
    sqlite3_close(db);
    return g_string_free(g_steal_pointer(&all), FALSE);
}

/* *state: the version, as text. */
static int old_file(void **state)
{
    const char *version = *state;
    struct bench *bench = g_new0(struct bench, 1);
    bench->version = version;
    bench->folder = g_dir_make_tmp("citable-XXXXXX", NULL);
    bench->path = g_build_filename(bench->folder, "evidence.citable", NULL);
    g_autofree char *schema = NULL, *name = g_strdup_printf("%s/unit/schemas/%s.sql", TESTS_DIR, version);
    g_autofree char *owner = g_strdup_printf("PRAGMA application_id = 1128879173; PRAGMA user_version = %s", version);
    assert_true(g_file_get_contents(name, &schema, NULL, NULL));
    run(bench->path, schema);
    run(bench->path, owner);
    run(bench->path, "INSERT INTO corrections VALUES ('ab', 'title', 'As it should be')");
    *state = bench;
    return 0;
}

static int remove_file(void **state)
{
    struct bench *bench = *state;
    g_autoptr(GDir) dir = g_dir_open(bench->folder, 0, NULL);
    for (const char *name = g_dir_read_name(dir); name; name = g_dir_read_name(dir)) {
        g_autofree char *path = g_build_filename(bench->folder, name, NULL);
        g_unlink(path);
    }
    g_rmdir(bench->folder);
    g_free(bench->folder);
    g_free(bench->path);
    g_free(bench);
    return 0;
}

static const char schema_of[] = "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema ORDER BY type, name";

/* Of the full text. */
static const char settings_of[] = "SELECT k || ' ' || v FROM fts_config ORDER BY k";

/* Opens for writing and closes again; what was said of it, or NULL. */
static char *opened(const char *path, enum store_mode mode)
{
    struct store *store = NULL;
    GError *error = NULL;
    if (!store_open(path, mode, &store, &error))
        fail_msg("%s", error->message);
    char *notice = g_strdup(store_notice(store));
    store_close(store);
    return notice;
}

static void becomes_what_is_made_now(void **state)
{
    const struct bench *bench = *state;
    g_autofree char *fresh = g_build_filename(bench->folder, "fresh.citable", NULL), *notice = opened(bench->path, STORE_WRITE);
    g_autofree char *from = g_strdup_printf("brought forward from schema %s to", bench->version);
    assert_non_null(strstr(notice, from));
    g_autofree char *once_more = opened(bench->path, STORE_WRITE), *none = opened(fresh, STORE_CREATE);
    assert_null(once_more);
    assert_null(none);
    g_autofree char *is = value_of(bench->path, schema_of), *expected = value_of(fresh, schema_of), *version = value_of(bench->path, "PRAGMA user_version"),
                    *made = value_of(fresh, "PRAGMA user_version"), *kept = value_of(bench->path, "SELECT value FROM corrections");
    assert_string_equal(is, expected);
    g_autofree char *settings = value_of(bench->path, settings_of), *expected_settings = value_of(fresh, settings_of);
    assert_string_equal(settings, expected_settings);
    assert_string_equal(version, made);
    assert_string_equal(kept, "As it should be\n");
}

/* The first files had no table of conditions. */
static void gets_what_the_first_files_lacked(void **state)
{
    const struct bench *bench = *state;
    run(bench->path, "DROP TABLE conditions");
    g_autofree char *notice = opened(bench->path, STORE_CREATE), *made = value_of(bench->path, "SELECT name FROM sqlite_schema WHERE name IN ('conditions', 'reviews') ORDER BY name");
    assert_non_null(notice);
    assert_string_equal(made, "conditions\nreviews\n");
}

static void is_read_as_it_is(void **state)
{
    const struct bench *bench = *state;
    run(bench->path, "DROP TABLE conditions");
    struct store *store = NULL;
    g_autoptr(GPtrArray) reviews = NULL, documents = NULL;
    g_autofree char *condition = NULL;
    assert_true(store_open(bench->path, STORE_READ, &store, NULL));
    assert_true(store_reviews(store, &reviews, NULL) && store_documents(store, &documents, NULL) && store_condition(store, "sandbox", &condition, NULL));
    assert_int_equal(reviews->len, 0);
    assert_int_equal(documents->len, 0);
    assert_null(condition);
    assert_null(store_notice(store));
    store_close(store);
    g_autofree char *version = value_of(bench->path, "PRAGMA user_version");
    assert_string_equal(version, "1\n");
}

/* All steps or none. */
static void stays_when_a_step_fails(void **state)
{
    const struct bench *bench = *state;
    run(bench->path, "DROP TABLE conditions; CREATE TABLE reviews (mine)");
    g_autofree char *before = value_of(bench->path, schema_of);
    struct store *store = NULL;
    g_autoptr(GError) error = NULL;
    assert_false(store_open(bench->path, STORE_WRITE, &store, &error));
    assert_true(g_error_matches(error, CITABLE_ERROR, CITABLE_ERROR_STORE));
    g_autofree char *after = value_of(bench->path, schema_of), *version = value_of(bench->path, "PRAGMA user_version");
    assert_string_equal(after, before);
    assert_string_equal(version, "1\n");
}

/* A document with a figure of two places and one of none, a figure and a passage that no longer fit their hashes, and a figure between those of another passage. */
static const char old_rows[] =
    "INSERT INTO documents VALUES (3, 'cd', 'cd', 'a.txt', '', 9, 'text', '1', NULL, NULL, NULL, NULL, NULL, 'en', NULL, 0, 3, 3, x'', 0);"
    "INSERT INTO passages SELECT column1, NULL, NULL, column2, column3, column3 + length(column4), column3 + 2, column3 + 2 + length(column4), 0, 0, column5, column4, x'', "
    "char(31) || ' k=count', 0 FROM (VALUES (50331648, 1, 0, 'Some 12 fled Honduras and Haiti, 3 came.', NULL), (50331649, 2, 42, 'They were 7.', 50331648), (50331650, 3, 60, 'They are 9.', NULL));"
    "UPDATE passages SET hash = row_hash('cd', page, page_end, number, first, after, source_first, source_after, zone, flags, text, lines, tags);"
    "UPDATE passages SET text = 'They are 8.' WHERE number = 3;"
    "INSERT INTO figures SELECT column1, column2, column3, column4, column4 + 2, column4 - 5, column4 + 4, column5, column5 + column6, NULL, NULL, 0, 1, '{person}', NULL, 'people', "
    "'2014', 735233, 735597, 1, column7, NULL, NULL, NULL, NULL, 'number.count', 0, x'', 0 FROM (VALUES (50331648, 50331648, 1, 5, 12, 2, 1), (50331649, 50331649, 1, 52, 7, 0, 0), "
    "(50331650, 50331648, 2, 33, 3, 0, 0), (50331651, 50331650, 1, 69, 9, 0, 0));"
    "UPDATE figures SET hash = row_hash('cd', id & 16777215, passage & 16777215, number, first, after, sentence_first, sentence_after, low, high, other_low, other_high, kind, "
    "qualifier, unit, unit_text, counted, period, period_scope, place_scope, said_by, mark, note, page, rule, minor, boxes);"
    "UPDATE figures SET unit = 'USD' WHERE low = 7;"
    "INSERT INTO places SELECT 50331648, column1, column2, column3, NULL, column1, row_hash(50331648, column1, column2, column3, NULL, column1, 2) "
    "FROM (VALUES (0, 'Honduras', 'HN'), (1, 'Haiti \"H\"', NULL));"
    "INSERT INTO names (id, type, name) VALUES (1, 2, 'Honduras'), (2, 2, 'Haiti');"
    "INSERT INTO mentions VALUES (50331648, 50331648, 1, 13, 21), (50331649, 50331648, 2, 26, 31), (50331650, 50331648, 1, 13, 21), (50331651, NULL, 1, 0, 1), (50331652, 50331650, 1, 62, 63);";

static void count_passages(void *data, int64_t document, uint32_t passages)
{
    g_string_append_printf(data, "%d names it %u times\n", (int)document, passages);
}

/* What a reader finds in the file. */
static char *found_in(const char *path)
{
    struct store *store = NULL;
    GString *all = g_string_new(NULL);
    GError *error = NULL;
    if (!store_open(path, STORE_READ, &store, &error))
        fail_msg("%s", error->message);
    for (int64_t passage = 50331648; passage <= 50331650; passage++) {
        struct passage_row *row = NULL;
        g_autoptr(GPtrArray) figures = NULL;
        assert_true(store_passage(store, passage, &row, NULL) && store_figures_of(store, row, &figures, NULL));
        g_string_append_printf(all, "%s %u-%u %u-%u under '%s': %s %d\n", row->id, row->span.start, row->span.end, row->source.start, row->source.end, row->heading, row->text, row->intact);
        for (guint i = 0; i < figures->len; i++) {
            const struct figure_row *f = g_ptr_array_index(figures, i);
            g_string_append_printf(all, "%s '%s' '%s' %u-%u %u-%u %g-%g %d %d %s %s %s %s %d %d %s %d:", f->id, f->text, f->sentence, f->span.start, f->span.end, f->sentence_span.start,
                                   f->sentence_span.end, f->quantity.low, f->quantity.high, (int)f->quantity.kind, (int)f->quantity.qualifier, f->unit, f->unit_text, f->counted, f->period,
                                   (int)f->period_scope, (int)f->place_scope, f->rule, f->intact);
            for (uint32_t p = 0; p < f->n_places; p++)
                g_string_append_printf(all, " %s/%s/%u/%d", f->places[p].name, f->places[p].iso, f->places[p].geonames, (int)f->places[p].role);
            g_string_append_c(all, '\n');
        }
        passage_row_free(row);
    }
    const struct figure_place honduras = {.name = "Honduras"};
    assert_true(store_place_documents(store, &honduras, count_passages, all, NULL));
    store_close(store);
    return g_string_free(all, FALSE);
}

static void reads_the_same_when_brought_forward(void **state)
{
    const struct bench *bench = *state;
    run(bench->path, old_rows);
    run(bench->path, "UPDATE documents SET lengths = x'050000000500000005000000'");
    g_autofree char *before = found_in(bench->path), *notice = opened(bench->path, STORE_WRITE), *after = found_in(bench->path);
    assert_non_null(notice);
    assert_non_null(strstr(before, "cd.0.1#1 '12' 'Some 12 f"));
    assert_non_null(strstr(before, "number.count 1: Honduras/HN/0/0 Haiti \"H\"/(null)/0/1\n"));
    assert_non_null(strstr(before, "7-7 0 1 USD (null) people 2014 1 0 number.count 0:\n"));
    assert_non_null(strstr(before, "They are 8. 0\n"));
    assert_non_null(strstr(before, "3 names it 2 times\n"));
    assert_string_equal(after, before);
    g_autofree char *view = value_of(bench->path, "SELECT number || name || coalesce(iso, '-') || role FROM places");
    assert_string_equal(view, "0HondurasHN0\n1Haiti \"H\"-1\n");
}

/* Damage of a figure and of a passage that an old file held. */
static const char *const damages[] = {
    "UPDATE figures SET first = NULL, sentence_after = NULL, low = NULL, kind = NULL, period_scope = NULL, minor = NULL, boxes = NULL WHERE id = 50331650",
    "UPDATE figures SET after = NULL, sentence_first = NULL, high = NULL, qualifier = NULL, place_scope = NULL WHERE id = 50331651",
    "UPDATE passages SET number = NULL, first = NULL, zone = NULL, flags = NULL, text = NULL, lines = NULL WHERE id = 50331650",
    "UPDATE places SET name = CAST(name AS BLOB), role = NULL WHERE number = 0",
    "UPDATE mentions SET name = NULL WHERE id = 50331652",
};

/* Where NULL may not be. */
static void brings_damage_forward(void **state)
{
    const struct bench *bench = *state;
    run(bench->path, old_rows);
    run(bench->path, "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'NOT NULL', '/* NOT */') WHERE type = 'table'");
    for (size_t i = 0; i < G_N_ELEMENTS(damages); i++)
        run(bench->path, damages[i]);
    run(bench->path, "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, '/* NOT */', 'NOT NULL') WHERE type = 'table'");
    g_autofree char *before = found_in(bench->path), *notice = opened(bench->path, STORE_WRITE), *after = found_in(bench->path),
                    *figures = value_of(bench->path, "SELECT hash = 0 FROM stored_figures ORDER BY id"), *passages = value_of(bench->path, "SELECT hash = 0 FROM stored_passages ORDER BY id");
    assert_non_null(notice);
    assert_non_null(strstr(before, "Honduras/HN/0/0"));
    assert_non_null(strstr(after, "Honduras/HN/0/0"));
    assert_string_equal(figures, "1\n1\n1\n1\n");
    assert_string_equal(passages, "0\n0\n1\n");
}

/* No hash knew them. */
static void reads_periods_once_more(void **state)
{
    const struct bench *bench = *state;
    run(bench->path, old_rows);
    run(bench->path, "UPDATE figures SET period_first = 735000 WHERE low = 12");
    g_autofree char *notice = opened(bench->path, STORE_WRITE), *periods = value_of(bench->path, "SELECT edtf || ' ' || first || ' ' || last FROM periods"),
                    *intact = found_in(bench->path);
    assert_non_null(notice);
    assert_string_equal(periods, "2014 735234 735598\n");
    assert_non_null(strstr(intact, "number.count 1: Honduras/HN/0/0 Haiti"));
}

/* A schema that is changed without a new version would not be noticed by files that are there. */
static void every_version_has_its_step(void **state)
{
    (void)state;
    for (int version = 1; version < SCHEMA_VERSION; version++) {
        g_autofree char *name = g_strdup_printf("%s/unit/schemas/%d.sql", TESTS_DIR, version);
        assert_true(g_file_test(name, G_FILE_TEST_EXISTS));
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        {"becomes_what_is_made_now: 1", becomes_what_is_made_now, old_file, remove_file, (void *)(uintptr_t)"1"},
        {"becomes_what_is_made_now: 2", becomes_what_is_made_now, old_file, remove_file, (void *)(uintptr_t)"2"},
        {"becomes_what_is_made_now: 3", becomes_what_is_made_now, old_file, remove_file, (void *)(uintptr_t)"3"},
        {"becomes_what_is_made_now: 4", becomes_what_is_made_now, old_file, remove_file, (void *)(uintptr_t)"4"},
        {"becomes_what_is_made_now: 5", becomes_what_is_made_now, old_file, remove_file, (void *)(uintptr_t)"5"},
        {"becomes_what_is_made_now: 6", becomes_what_is_made_now, old_file, remove_file, (void *)(uintptr_t)"6"},
        {"becomes_what_is_made_now: 7", becomes_what_is_made_now, old_file, remove_file, (void *)(uintptr_t)"7"},
        {"becomes_what_is_made_now: 8", becomes_what_is_made_now, old_file, remove_file, (void *)(uintptr_t)"8"},
        cmocka_unit_test_prestate_setup_teardown(gets_what_the_first_files_lacked, old_file, remove_file, (void *)(uintptr_t)"1"),
        cmocka_unit_test_prestate_setup_teardown(is_read_as_it_is, old_file, remove_file, (void *)(uintptr_t)"1"),
        cmocka_unit_test_prestate_setup_teardown(stays_when_a_step_fails, old_file, remove_file, (void *)(uintptr_t)"1"),
        cmocka_unit_test_prestate_setup_teardown(reads_the_same_when_brought_forward, old_file, remove_file, (void *)(uintptr_t)"7"),
        cmocka_unit_test_prestate_setup_teardown(brings_damage_forward, old_file, remove_file, (void *)(uintptr_t)"7"),
        cmocka_unit_test_prestate_setup_teardown(reads_periods_once_more, old_file, remove_file, (void *)(uintptr_t)"7"),
        cmocka_unit_test(every_version_has_its_step),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
