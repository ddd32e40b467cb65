/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/evidence_bench.h"

#include "base/error.h"
#include "index/tags.h"

/* What each query finds: the beginning of the best passage, or NULL. A leading '"' makes it a phrase, '-' excludes, '*' at the end is a prefix. */
static const struct find_case {
    const char *name, *words[4], *best;
} find_cases[] = {
    {"a word", {"displaced"}, "Some 10,000"},
    {"another form of it", {"displacing"}, "Some 10,000"},
    {"case and accents", {"POBLACION"}, "El desplazamiento"},
    {"Spanish forms", {"desplazada"}, "El desplazamiento"},
    {"a number without its comma", {"10000"}, "Some 10,000"},
    {"a number with a space", {"10 000"}, "Some 10,000"},
    {"a number in two words", {"10", "000"}, "Some 10,000"},
    {"a number as printed", {"10,000"}, "Some 10,000"},
    {"grouped by a space in the text", {"4,500"}, "Refugees"},
    {"another number", {"10001"}, NULL},
    {"a value written with a multiplier", {"1500000"}, "Some 10,000"},
    {"a hyphenated word", {"well-known"}, "Some 10,000"},
    {"hyphenated where the text is not", {"house-holds"}, "Refugees"},
    {"the same as one", {"wellknown"}, "Some 10,000"},
    {"a phrase", {"\"city council"}, "Refugees"},
    {"a phrase in another order", {"\"council city"}, NULL},
    {"the beginning of a word", {"hondur*"}, "Some 10,000"},
    {"both", {"refugees", "water"}, "Refugees"},
    {"one is missing", {"refugees", "zebra"}, NULL},
    {"excluded", {"people", "-honduras"}, NULL},
    {"syntax of the engine", {"text:people OR"}, NULL},
    {"quotes", {"a\"b people"}, NULL},
};

static void finds(void **state)
{
    struct bench *bench = *state;
    for (size_t i = 0; i < G_N_ELEMENTS(find_cases); i++) {
        const struct find_case *c = &find_cases[i];
        const char *words[5] = {c->words[0], c->words[1], c->words[2], c->words[3], NULL};
        g_autoptr(GPtrArray) clauses = clauses_of(words);
        g_autoptr(GArray) hits = NULL;
        GError *error = NULL;
        ok(store_find(bench->store, clauses, NULL, 10, &hits, &error), error);
        if (!c->best) {
            if (hits->len != 0)
                fail_msg("%s: found something", c->name);
            continue;
        }
        if (hits->len == 0)
            fail_msg("%s: nothing found", c->name);
        struct passage_row *row;
        ok(store_passage(bench->store, g_array_index(hits, struct passage_hit, 0).passage, &row, &error), error);
        if (!g_str_has_prefix(row->text, c->best))
            fail_msg("%s: found '%s'", c->name, row->text);
        assert_true(row->intact);
        passage_row_free(row);
    }
}

static void nothing_to_find(void **state)
{
    struct bench *bench = *state;
    static const char *const words[] = {"?!", NULL}, *const excluded[] = {"-people", NULL};
    const char *const *queries[] = {words, excluded};
    for (size_t i = 0; i < G_N_ELEMENTS(queries); i++) {
        g_autoptr(GPtrArray) clauses = clauses_of(queries[i]);
        g_autoptr(GArray) hits = NULL;
        g_autoptr(GError) error = NULL;
        assert_false(store_find(bench->store, clauses, NULL, 10, &hits, &error));
        assert_true(g_error_matches(error, CITABLE_ERROR, CITABLE_ERROR_QUERY));
    }
}

static void figures_by_filter(void **state)
{
    struct bench *bench = *state;
    g_autoptr(GPtrArray) figures = NULL;
    GError *error = NULL;
    struct figure_filter filter = {.has_min = true, .min = 9000, .has_max = true, .max = 11000};
    ok(store_figures(bench->store, &filter, NULL, 0, &figures, &error), error);
    assert_int_equal(figures->len, 1);
    const struct figure_row *row = g_ptr_array_index(figures, 0);
    assert_true(row->quantity.low == 10000);
    assert_true(row->intact);
    assert_non_null(strstr(row->text, "10,000"));
    assert_true(g_str_has_prefix(row->sentence, "Some 10,000"));

    struct figure_row *again;
    ok(store_figure_by_id(bench->store, row->id, &again, &error), error);
    assert_non_null(again);
    assert_int_equal(again->rowid, row->rowid);
    figure_row_free(again);

    static const char *const words[] = {"honduras", NULL};
    g_autoptr(GPtrArray) clauses = clauses_of(words), found = NULL;
    ok(store_figures(bench->store, &filter, clauses, 0, &found, &error), error);
    assert_int_equal(found->len, 1);
    filter.document = "informe";
    g_autoptr(GPtrArray) elsewhere = NULL;
    ok(store_figures(bench->store, &filter, NULL, 0, &elsewhere, &error), error);
    assert_int_equal(elsewhere->len, 0);
}

static uint32_t n_rows(struct bench *bench, const char *sql)
{
    sqlite3 *db;
    sqlite3_stmt *stmt;
    assert_int_equal(sqlite3_open_v2(bench->path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    uint32_t n = (uint32_t)sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    sqlite3_close(db);
    return n;
}

/* Another edition at the same path leaves nothing of the first, and keeps what a person said of it. */
static void replaces(void **state)
{
    struct bench *bench = *state;
    static const char *const tables[] = {"documents", "passages", "figures", "mentions", "pages", "warnings"};
    uint32_t before[G_N_ELEMENTS(tables)];
    GError *error = NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++) {
        g_autofree char *sql = g_strdup_printf("SELECT count(*) FROM %s", tables[i]);
        before[i] = n_rows(bench, sql);
    }
    g_autoptr(GPtrArray) rows = NULL;
    ok(store_documents(bench->store, &rows, &error), error);
    assert_int_equal(rows->len, 2);
    const struct document_row *doc = g_ptr_array_index(rows, 1);
    assert_string_equal(doc->path, "report.txt");
    ok(store_describe(bench->store, doc->id, "title", "A better title", &error), error);
    put_text(bench, "report.txt", "Nothing but zebras lives here.", "en");
    put_text(bench, "report.txt", report, "en");
    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++) {
        g_autofree char *sql = g_strdup_printf("SELECT count(*) FROM %s", tables[i]);
        assert_int_equal(n_rows(bench, sql), before[i]);
    }
    static const char *const zebra[] = {"zebras", NULL};
    g_autoptr(GPtrArray) clauses = clauses_of(zebra);
    g_autoptr(GArray) hits = NULL;
    ok(store_find(bench->store, clauses, NULL, 10, &hits, &error), error);
    assert_int_equal(hits->len, 0);
    struct document_row *again;
    ok(store_document_by_id(bench->store, doc->sha256, &again, &error), error);
    assert_string_equal(again->metadata.title, "A better title");
    document_row_free(again);
}

/* `n` places from `first` on, named in the first passage. */
static void name_places(struct mentions *mentions, const char *name, uint32_t n, const char *iso)
{
    for (uint32_t i = 0; i < n; i++) {
        g_autofree char *text = g_strdup_printf("%s in the hills number %u", name, i);
        struct mention mention = {.type = MENTION_LOCATION, .location = {.canonical = mentions_intern(mentions, slice_of(text)), .iso = iso}};
        g_array_append_val(mentions_of(mentions, MENTION_LOCATION), mention);
    }
}

/* More tags than are looked through when they are put; told again they come in another order: no more may leave than came. */
static void removes_very_many_tags(void **state)
{
    struct bench *bench = *state;
    GError *error = NULL;
    struct mentions *first = mentions_new(), *second = mentions_new();
    name_places(first, "Village", 300, NULL);
    name_places(second, "Town", 50, "MX"); /* whose p=mx is put once; behind the villages each town would tell it */
    name_places(second, "Village", 300, NULL);
    ok(try_text(bench, "first.txt", "They have many names.", "en", first, &error), error);
    ok(try_text(bench, "second.txt", "They have many more names.", "en", second, &error), error);
    mentions_free(first);
    mentions_free(second);
    put_text(bench, "first.txt", "Nothing.", "en");
    put_text(bench, "second.txt", "Nothing more.", "en");
    put_text(bench, "report.txt", "Nothing of it.", "en");
}

static void tags_tell_what_is_stored(void **state)
{
    (void)state;
    g_autoptr(GString) zero = g_string_new(NULL), unnamed = tags_begin();
    tag_append_number(zero, -0.0);
    assert_string_equal(zero->str, " v=0");
    struct figure_place place = {.name = "", .iso = "HN"};
    struct mention figure = {.type = MENTION_FIGURE, .figure = {.places = &place, .n_places = 1}};
    tags_add(unnamed, &figure);
    assert_non_null(strstr(unnamed->str, " p=hn"));
    assert_null(strstr(unnamed->str, "n="));
}

/* What was read is done with: another program can write, and then this one. */
static void writes_after_reading(void **state)
{
    struct bench *bench = *state;
    GError *error = NULL;
    g_autoptr(GPtrArray) documents = NULL, figures = NULL;
    ok(store_documents(bench->store, &documents, &error), error);
    struct document_row *document;
    ok(store_document_by_id(bench->store, ((const struct document_row *)g_ptr_array_index(documents, 0))->sha256, &document, &error), error);
    document_row_free(document);
    struct figure_filter filter = {.has_min = true, .min = 9000};
    ok(store_figures(bench->store, &filter, NULL, 0, &figures, &error), error);
    struct passage_row *passage;
    ok(store_passage(bench->store, ((const struct figure_row *)g_ptr_array_index(figures, 0))->passage, &passage, &error), error);
    passage_row_free(passage);
    change(bench, "UPDATE documents SET size = size + 1");
    ok(store_begin(bench->store, &error), error);
    ok(store_commit(bench->store, &error), error);
}

/* What the file may be, and what opening it for each purpose says. */
static void opens(void **state)
{
    struct bench *bench = *state;
    store_close(bench->store);
    bench->store = NULL;
    g_autofree char *log = g_strconcat(bench->path, "-wal", NULL), *missing = g_build_filename(bench->folder, "none", NULL), *text = g_build_filename(bench->folder, "report.txt", NULL);
    assert_int_not_equal(g_access(log, F_OK), 0);
    assert_true(g_file_set_contents(text, report, -1, NULL));
    struct store *store = NULL;
    g_autoptr(GError) none = NULL, other = NULL, newer = NULL;
    assert_false(store_open(missing, STORE_READ, &store, &none));
    assert_true(g_error_matches(none, CITABLE_ERROR, CITABLE_ERROR_MISSING));
    assert_false(store_open(text, STORE_CREATE, &store, &other));
    assert_true(g_error_matches(other, CITABLE_ERROR, CITABLE_ERROR_STORE));
    change(bench, "PRAGMA user_version = 99");
    assert_false(store_open(bench->path, STORE_READ, &store, &newer));
    assert_true(g_error_matches(newer, CITABLE_ERROR, CITABLE_ERROR_SCHEMA));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(finds, bench_open, bench_close),
        cmocka_unit_test_setup_teardown(nothing_to_find, bench_open, bench_close),
        cmocka_unit_test_setup_teardown(figures_by_filter, bench_open, bench_close),
        cmocka_unit_test_setup_teardown(replaces, bench_open, bench_close),
        cmocka_unit_test_setup_teardown(removes_very_many_tags, bench_open, bench_close),
        cmocka_unit_test(tags_tell_what_is_stored),
        cmocka_unit_test_setup_teardown(writes_after_reading, bench_open, bench_close),
        cmocka_unit_test_setup_teardown(opens, bench_open, bench_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
