/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/evidence_bench.h"

#include "base/error.h"
#include "index/inverted.h"
#include "index/ranking.h"
#include "index/rows.h"
#include "index/statement.h"
#include "index/words.h"

#include <sys/resource.h>

/* What is said of an evidence file that is damaged, or that somebody made: the same as of a whole one, or that it is damaged. */

static void tells_damage(void **state)
{
    struct bench *bench = *state;
    GError *error = NULL;
    change(bench, "UPDATE stored_passages SET text = replace(text, '10,000', '90,000')");
    struct figure_filter filter = {.has_min = true, .min = 9000, .has_max = true, .max = 11000};
    g_autoptr(GPtrArray) figures = NULL;
    ok(store_figures(bench->store, &filter, NULL, 0, &figures, &error), error);
    assert_int_equal(figures->len, 1);
    const struct figure_row *figure = g_ptr_array_index(figures, 0);
    assert_false(figure->intact);
    struct passage_row *passage;
    ok(store_passage(bench->store, figure->passage, &passage, &error), error);
    assert_false(passage->intact);
    passage_row_free(passage);
}

/* Its passages would be looked for at another's rows of the full text. */
static void tells_a_damaged_row(void **state)
{
    struct bench *bench = *state;
    GError *error = NULL;
    g_autoptr(GPtrArray) documents = NULL;
    change(bench, "UPDATE documents SET first_row = first_row + 1");
    ok(store_documents(bench->store, &documents, &error), error);
    for (guint i = 0; i < documents->len; i++)
        assert_false(((const struct document_row *)g_ptr_array_index(documents, i))->intact);
}

/* What may happen to a figure with two places, and whether that is damage. The words are those of its row. */
static const struct figure_case {
    const char *name, *sql;
    bool intact;
} figure_cases[] = {
    {"nothing", "SELECT 1", true},
    {"another number: it would be quoted as another", "UPDATE stored_figures SET id = id + 4000 WHERE low = 1240", false},
    {"another passage: it would be quoted from there", "UPDATE stored_figures SET passage = 1 - passage WHERE low = 1240", false},
    {"another passage has it", "UPDATE stored_passages SET figure = 1 WHERE figure = 0", false},
    {"another value", "INSERT INTO figure_rest (id, high) SELECT id, 1251 FROM stored_figures WHERE low = 1240", false},
    {"a second reading", "INSERT INTO figure_rest (id, other_low, other_high) SELECT id, 1.24, 1.24 FROM stored_figures WHERE low = 1240", false},
    {"somebody says so", "INSERT INTO figure_rest (id, said_by) SELECT id, counted FROM stored_figures WHERE low = 1240", false},
    {"a note mark", "INSERT INTO figure_rest (id, mark) SELECT id, '1' FROM stored_figures WHERE low = 1240", false},
    {"a page", "INSERT INTO figure_rest (id, page) SELECT id, 7 FROM stored_figures WHERE low = 1240", false},
    {"another place in its passage", "UPDATE stored_figures SET first = first + 1 WHERE low = 1240", false},
    {"a form that is longer than any", "UPDATE forms SET unit = hex(zeroblob(4000)) WHERE id = (SELECT form FROM stored_figures WHERE low = 1240)", false},
    {"a longer sentence", "UPDATE stored_figures SET sentence_after = sentence_after - 1 WHERE low = 1240", false},
    {"another form", "UPDATE stored_figures SET form = (SELECT id FROM forms WHERE kind = 1) WHERE low = 1240", false},
    {"no such form", "UPDATE stored_figures SET form = 4000 WHERE low = 1240", false},
    {"another unit of its form", "UPDATE forms SET unit = 'USD' WHERE id = (SELECT form FROM stored_figures WHERE low = 1240)", false},
    {"no period", "UPDATE stored_figures SET period = NULL WHERE low = 1240", false},
    {"another period", "UPDATE periods SET edtf = '2015' WHERE edtf = '2014'", false},
    {"another first day of its period", "UPDATE periods SET first = first + 365 WHERE edtf = '2014'", false},
    {"no last day of its period", "UPDATE periods SET last = NULL WHERE edtf = '2014'", false},
    {"counts something else", "UPDATE words SET text = 'peoples' WHERE text = 'people'", false},
    {"no such word", "UPDATE stored_figures SET counted = 4000 WHERE low = 1240", false},
    {"no places", "UPDATE stored_figures SET places = NULL WHERE low = 1240", false},
    {"the last place is gone", "UPDATE stored_figures SET places = (SELECT id FROM words WHERE text LIKE '[[\"Hond%' AND json_array_length(text) = 1) WHERE low = 1240", false},
    {"the first place is gone", "UPDATE words SET text = json_remove(text, '$[0]') WHERE text LIKE '[[\"Hond%' AND json_array_length(text) = 2", false},
    {"another place", "UPDATE words SET text = replace(text, 'Honduras', 'Belize') WHERE text LIKE '[[\"Hond%'", false},
    {"another role", "UPDATE words SET text = json_set(text, '$[0][3]', 3) WHERE text LIKE '[[\"Hond%'", false},
    {"a place without a name", "UPDATE words SET text = json_set(text, '$[0][0]', 5) WHERE text LIKE '[[\"Hond%'", false},
    {"no list of places", "UPDATE words SET text = '[[' WHERE text LIKE '[[\"Hond%' AND json_array_length(text) = 2", false},
};

static const char *const kept_tables[] = {"stored_figures", "figure_rest", "stored_passages", "forms", "periods", "words"};

static void same_figures(const GPtrArray *one, const GPtrArray *other)
{
    assert_int_equal(one->len, other->len);
    for (guint i = 0; i < one->len; i++) {
        const struct figure_row *a = g_ptr_array_index(one, i), *b = g_ptr_array_index(other, i);
        const char *const texts[][2] = {{a->id, b->id}, {a->text, b->text}, {a->sentence, b->sentence}, {a->unit, b->unit}, {a->unit_text, b->unit_text}, {a->counted, b->counted},
                                        {a->period, b->period}, {a->said_by, b->said_by}, {a->mark, b->mark}, {a->note_text, b->note_text}, {a->label, b->label}, {a->rule, b->rule}};
        for (size_t k = 0; k < G_N_ELEMENTS(texts); k++)
            assert_int_equal(g_strcmp0(texts[k][0], texts[k][1]), 0);
        assert_memory_equal(&a->span, &b->span, sizeof a->span);
        assert_memory_equal(&a->sentence_span, &b->sentence_span, sizeof a->sentence_span);
        assert_true(a->quantity.low == b->quantity.low && a->quantity.high == b->quantity.high && a->quantity.kind == b->quantity.kind);
        assert_int_equal(a->quantity.ambiguous, b->quantity.ambiguous);
        assert_true(a->quantity.other_low == b->quantity.other_low && a->quantity.other_high == b->quantity.other_high);
        assert_int_equal(a->page, b->page);
        assert_int_equal(a->n_places, b->n_places);
        assert_int_equal(a->intact, b->intact);
        assert_int_equal(a->rowid, b->rowid);
    }
}

/* The figures of a passage beside it; by themselves, as in an older file, they are the same. The caller frees them; empty where there is no such passage. */
static GPtrArray *figures_both_ways(struct bench *bench, int64_t rowid)
{
    struct passage_row *passage = NULL;
    GPtrArray *beside = NULL;
    g_autoptr(GPtrArray) alone = NULL;
    GError *error = NULL;
    ok(store_passage(bench->store, rowid, &passage, &error), error);
    if (!passage)
        return g_ptr_array_new();
    ok(store_figures_of(bench->store, passage, &beside, &error), error);
    bench->store->older = true;
    ok(store_figures_of(bench->store, passage, &alone, &error), error);
    bench->store->older = false;
    same_figures(beside, alone);
    passage_row_free(passage);
    return beside;
}

static void tells_damaged_figures(void **state)
{
    struct bench *bench = *state;
    put_text(bench, "figures.txt", "In 2014, in Honduras and El Salvador 1,240 people fled.\n\nSome 12 per cent came back.", "en");
    for (size_t t = 0; t < G_N_ELEMENTS(kept_tables); t++) {
        g_autofree char *sql = g_strdup_printf("CREATE TABLE kept_%s AS SELECT * FROM %s", kept_tables[t], kept_tables[t]);
        change(bench, sql);
    }
    struct figure_filter filter = {.has_min = true, .min = 1240, .has_max = true, .max = 1240};
    for (size_t i = 0; i < G_N_ELEMENTS(figure_cases); i++) {
        g_autoptr(GPtrArray) figures = NULL;
        GError *error = NULL;
        for (size_t t = 0; t < G_N_ELEMENTS(kept_tables); t++) {
            g_autofree char *sql = g_strdup_printf("DELETE FROM %s; INSERT INTO %s SELECT * FROM kept_%s", kept_tables[t], kept_tables[t], kept_tables[t]);
            change(bench, sql);
        }
        change(bench, figure_cases[i].sql);
        reopen(bench);
        ok(store_figures(bench->store, &filter, NULL, 0, &figures, &error), error);
        assert_int_equal(figures->len, 1);
        const struct figure_row *figure = g_ptr_array_index(figures, 0);
        if (figure->intact != figure_cases[i].intact)
            fail_msg("%s", figure_cases[i].name);
        g_ptr_array_unref(figures_both_ways(bench, figure->passage));
        for (uint32_t p = 0; p < figure->n_places; p++)
            assert_non_null(figure->places[p].name);
    }
}

/* A number in a list of passages that no passage has. */
static void removes_what_names_odd_passages(void **state)
{
    struct bench *bench = *state;
    struct rusage before, after;
    put_text(bench, "report.txt", "Some fled Honduras.\n\nHonduras is far.", "en");
    put_text(bench, "informe.txt", "Nada.", "es");
    change(bench, "UPDATE stored_mentions SET passages = '[0,1,4000000,4294967296]'");
    getrusage(RUSAGE_SELF, &before);
    put_text(bench, "report.txt", "Nothing.", "en");
    getrusage(RUSAGE_SELF, &after);
    assert_true(after.ru_maxrss - before.ru_maxrss < 100 * 1024); /* KiB */
}

/* A removal that fails half-way leaves no statement open, which would hold the file for ever. */
static void fails_to_remove_and_goes_on(void **state)
{
    struct bench *bench = *state;
    g_autoptr(GError) damage = NULL;
    GError *error = NULL;
    change(bench, "UPDATE fts_data SET block = x'040000' WHERE id = 1"); /* no words at all */
    reopen(bench);
    assert_false(try_text(bench, "report.txt", "Nothing.", "en", NULL, &damage));
    assert_non_null(strstr(damage->message, "is damaged"));
    ok(store_begin(bench->store, &error), error);
    ok(store_commit(bench->store, &error), error);
}

static void ignore_documents(void *data, int64_t document, uint32_t passages)
{
    (void)data, (void)document, (void)passages;
}

static void tells_a_damaged_list(void **state)
{
    struct bench *bench = *state;
    g_autoptr(GError) error = NULL;
    const struct figure_place honduras = {.name = "Honduras"};
    change(bench, "UPDATE stored_mentions SET passages = '[0;1]'");
    assert_false(store_place_documents(bench->store, &honduras, ignore_documents, NULL, &error));
    assert_true(g_error_matches(error, CITABLE_ERROR, CITABLE_ERROR_STORE));
    assert_non_null(strstr(error->message, "is damaged"));
}

/* Whether the figures of a passage are read beside it or by themselves: the same is said of them, also of one that is damaged. */
static void figures_beside_their_passage(void **state)
{
    struct bench *bench = *state;
    unsigned figures = 0, rest = 0, damaged = 0;
    put_text(bench, "rest.txt", "Between 300 and 400 people fled in May 2020, UNHCR said. Some 1.240 came.", "en");
    for (int round = 0; round < 2; round++) {
        for (int64_t document = 1; document <= 3; document++)
            for (int64_t rowid = rows_first(document); rowid < rows_first(document) + 8; rowid++) {
                g_autoptr(GPtrArray) rows = figures_both_ways(bench, rowid);
                for (guint i = 0; i < rows->len; i++) {
                    const struct figure_row *figure = g_ptr_array_index(rows, i);
                    figures++;
                    rest += figure->quantity.high != figure->quantity.low;
                    damaged += !figure->intact;
                }
            }
        assert_int_equal(damaged, round);
        change(bench, "UPDATE stored_figures SET low = low + 1 WHERE id = (SELECT min(id) FROM stored_figures)");
    }
    assert_true(figures > 4 && rest > 0);
}

/* A file that somebody made: its hash is that of a passage without a text. */
static void tells_a_passage_without_text(void **state)
{
    struct bench *bench = *state;
    GError *error = NULL;
    sqlite3_stmt *stmt = NULL;
    const char *sql = "SELECT 16777216, 1, 1, 1, 0, 5, NULL, NULL, 0, 0, column1, NULL, NULL, NULL, 1, 'abcdef0' FROM (VALUES ('Five.'), (NULL))";
    assert_int_equal(sqlite3_prepare_v2(bench->store->db, sql, -1, &stmt, NULL), SQLITE_OK);
    for (int damaged = 0; damaged < 2; damaged++) {
        assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
        struct passage_row *row = passage_row_read(bench->store, stmt, &error);
        ok(row, error);
        assert_string_equal(row->text, damaged ? "" : "Five.");
        assert_int_equal(row->intact, !damaged);
        passage_row_free(row);
    }
    sqlite3_finalize(stmt);
}

static void add_passages(void *data, int64_t document, uint32_t passages)
{
    (void)document;
    *(uint32_t *)data += passages;
}

/* However SQLite's JSON may write it, and whatever it says of passages that there are not. */
static void reads_lists_written_otherwise(void **state)
{
    struct bench *bench = *state;
    static const char *const lists[] = {"[1,2]", "[ 1, 2 ]", "[2,1,2,4000000]", "[1,2,16777215]"};
    const struct figure_place honduras = {.name = "Honduras"};
    for (size_t i = 0; i < G_N_ELEMENTS(lists); i++) {
        GError *error = NULL;
        uint32_t passages = 0;
        g_autofree char *sql = g_strdup_printf("UPDATE stored_mentions SET passages = '%s'", lists[i]);
        change(bench, sql);
        ok(store_place_documents(bench->store, &honduras, add_passages, &passages, &error), error);
        assert_int_equal(passages, 2);
    }
}

/* A document that says it has fewer passages than it has hides none of them, nor does one whose lengths were cut. */
static void finds_more_than_is_said(void **state)
{
    static const char *const words[] = {"second", NULL}, *const damages[] = {"UPDATE documents SET passages = 1", "UPDATE documents SET passages = 0", "UPDATE documents SET lengths = x''"};
    struct bench *bench = *state;
    for (size_t i = 0; i < G_N_ELEMENTS(damages); i++) {
        GError *error = NULL;
        g_autoptr(GArray) hits = NULL;
        g_autoptr(GPtrArray) clauses = clauses_of(words);
        change(bench, damages[i]);
        ok(store_find(bench->store, clauses, NULL, 0, &hits, &error), error);
        assert_int_equal(hits->len, 1);
    }
}

/* What a file may have made of the table of words; each ends, and with the figures or with a word that says what is wrong. */
static const struct words_case {
    const char *name, *sql;
    bool read; /* the figures are */
} words_cases[] = {
    {"words without text", "CREATE TABLE w AS SELECT id, NULL AS text FROM words; DROP TABLE words; CREATE VIEW words AS SELECT id, text FROM w", true},
    {"words that ask for themselves", "CREATE TABLE w AS SELECT id, text FROM words; DROP TABLE words; CREATE VIEW words AS SELECT id, word(id) || text AS text FROM w", false},
};

static void open_reading(struct bench *bench)
{
    GError *error = NULL;
    store_close(bench->store);
    bench->store = NULL;
    ok(store_open(bench->path, STORE_READ, &bench->store, &error), error);
}

static void bears_other_words(void **state)
{
    struct bench *bench = *state;
    for (size_t i = 0; i < G_N_ELEMENTS(words_cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GPtrArray) figures = NULL;
        struct figure_filter filter = {0};
        store_close(bench->store);
        bench->store = NULL;
        if (i > 0)
            change(bench, "DROP VIEW words; DROP TABLE w; CREATE TABLE words (id INTEGER PRIMARY KEY, text TEXT); INSERT INTO words VALUES (1, 'people')");
        change(bench, "UPDATE stored_figures SET counted = 1");
        change(bench, words_cases[i].sql);
        open_reading(bench);
        bool read = store_figures(bench->store, &filter, NULL, 0, &figures, &error);
        if (read != words_cases[i].read)
            fail_msg("%s: %s", words_cases[i].name, error ? error->message : "was read");
        assert_true(read || strstr(error->message, "damaged"));
    }
}

/* Numbers of words have 32 bits; a file with a larger one is refused, not read as another. */
static void refuses_far_words(void **state)
{
    struct bench *bench = *state;
    uint32_t id;
    g_autoptr(GError) error = NULL;
    change(bench, "UPDATE words SET id = 4294967297 WHERE text = 'people'");
    words_forget(bench->store);
    assert_false(word_id(bench->store, "people", &id, &error));
    assert_non_null(strstr(error->message, "damaged"));
}

/* What the last document may say of itself, and whether one can be written behind it. */
static const struct last_case {
    const char *sql;
    bool room;
} last_cases[] = {
    {"UPDATE documents SET first_row = 9223372036854775800 WHERE id = (SELECT max(id) FROM documents)", false},
    {"UPDATE documents SET first_row = -50000000 WHERE id = (SELECT max(id) FROM documents)", false},
    {"UPDATE documents SET id = 9223372036854775807 WHERE id = (SELECT max(id) FROM documents)", false},
    {"UPDATE documents SET passages = 9223372036854775807 WHERE id = (SELECT max(id) FROM documents)", true},
    {"UPDATE documents SET passages = -1 WHERE id = (SELECT max(id) FROM documents)", true},
};

static void writes_behind_what_is_said(void **state)
{
    struct bench *bench = *state;
    change(bench, "CREATE TABLE kept AS SELECT * FROM documents");
    for (size_t i = 0; i < G_N_ELEMENTS(last_cases); i++) {
        g_autofree char *name = g_strdup_printf("next-%zu.txt", i);
        g_autoptr(GError) error = NULL, read = NULL;
        change(bench, last_cases[i].sql);
        bool done = try_text(bench, name, name, "en", NULL, &error);
        if (done != last_cases[i].room)
            fail_msg("%s: %s", last_cases[i].sql, error ? error->message : "was written");
        assert_true(done || strstr(error->message, "damaged"));
        if (!done)
            change(bench, "DELETE FROM documents; INSERT INTO documents SELECT * FROM kept");
        ok(ranking_of(bench->store, &read) != NULL, read);
    }
}

/* Numbers that are too large for a document, a passage or a row of the full text: whatever is asked, it is answered or refused. */
static void bears_far_numbers(void **state)
{
    static const char *const far[] = {
        "UPDATE documents SET id = 9223372036854775807 WHERE path = 'informe.txt'",
        "UPDATE documents SET id = 549755813887 WHERE path = 'informe.txt'",
        "UPDATE documents SET id = -9223372036854775808 WHERE path = 'informe.txt'",
        "UPDATE documents SET first_row = 9223372036854775807 WHERE path = 'informe.txt'",
        "UPDATE documents SET first_row = 9223372036854775807, first_hash = row_hash(sha256, 9223372036854775807) WHERE path = 'informe.txt'",
        "UPDATE documents SET first_row = -9223372036854775807, first_hash = row_hash(sha256, -9223372036854775807) WHERE path = 'report.txt'",
    };
    struct bench *bench = *state;
    change(bench, "CREATE TABLE kept AS SELECT * FROM documents");
    for (size_t i = 0; i < G_N_ELEMENTS(far); i++) {
        g_autoptr(GError) error = NULL, refused = NULL;
        g_autoptr(GPtrArray) documents = NULL;
        change(bench, far[i]);
        reopen(bench);
        ok(store_documents(bench->store, &documents, &error), error);
        for (guint k = 0; k < documents->len; k++) {
            const struct figure_filter filter = {.document = ((const struct document_row *)g_ptr_array_index(documents, k))->id};
            g_autoptr(GPtrArray) figures = NULL;
            ok(store_figures(bench->store, &filter, NULL, 0, &figures, &error), error);
        }
        if (!ranking_of(bench->store, &refused) || !try_text(bench, "informe.txt", "Nada.", "es", NULL, &refused))
            assert_non_null(strstr(refused->message, "is damaged"));
        change(bench, "DELETE FROM documents; INSERT INTO documents SELECT * FROM kept");
    }
}

static void shows_the_last_passage_of_all(void **state)
{
    struct bench *bench = *state;
    GError *error = NULL;
    const int64_t ends[] = {INT64_MAX, INT64_MIN};
    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++) {
        g_autoptr(GPtrArray) passages = NULL;
        ok(store_context(bench->store, ends[i], UINT32_MAX, &passages, &error), error);
        assert_int_equal(passages->len, 0);
    }
}

/* A document that says to begin at another's rows of the full text would take that one's words with it. */
static void takes_out_no_others_words(void **state)
{
    static const char *const words[] = {"lanterns", NULL};
    struct bench *bench = *state;
    g_autoptr(GError) error = NULL, refused = NULL;
    g_autoptr(GPtrArray) clauses = clauses_of(words);
    g_autoptr(GArray) hits = NULL;
    put_text(bench, "one.txt", "Red lanterns.", "en");
    put_text(bench, "two.txt", "Blue lanterns.", "en");
    change(bench, "UPDATE documents SET first_row = (SELECT first_row FROM documents WHERE path = 'one.txt') WHERE path = 'two.txt'");
    reopen(bench);
    assert_false(try_text(bench, "two.txt", "Nothing.", "en", NULL, &refused));
    assert_non_null(strstr(refused->message, "is damaged"));
    change(bench, "UPDATE documents SET first_row = first_row + 1 WHERE path = 'two.txt'");
    ok(store_find(bench->store, clauses, NULL, 0, &hits, &error), error);
    assert_int_equal(hits->len, 2);
}

static int refuse(void *calls)
{
    return ++*(int *)calls > 0;
}

/* A list of segments that cannot be read now is not damaged: who moved the file away would lose what they had marked in it. */
static void tells_no_damage_that_is_none(void **state)
{
    struct bench *bench = *state;
    g_autoptr(GError) error = NULL;
    int calls = 0;
    ok(store_begin(bench->store, &error), error);
    ok(inverted_add(bench->store, 100, slice_of("Lanterns."), NULL, 0, &error), error);
    sqlite3_progress_handler(bench->store->db, 1, refuse, &calls);
    assert_false(store_commit(bench->store, &error));
    sqlite3_progress_handler(bench->store->db, 0, NULL, NULL);
    store_rollback(bench->store);
    assert_true(calls > 0);
    if (strstr(error->message, "damaged"))
        fail_msg("%s", error->message);
}

/* Where the full text has lost its list of segments, nothing is found, which is no answer. */
static void tells_a_lost_list_of_segments(void **state)
{
    static const char *const words[] = {"second", NULL}, *const blobs[] = {"x''", "x'00000000'", "x'00000000000000'", "x'0000000001010500'"};
    struct bench *bench = *state;
    for (size_t i = 0; i < G_N_ELEMENTS(blobs); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GArray) hits = NULL;
        g_autoptr(GPtrArray) clauses = clauses_of(words);
        g_autofree char *sql = g_strdup_printf("UPDATE fts_data SET block = %s WHERE id = 10", blobs[i]);
        change(bench, sql);
        reopen(bench);
        assert_false(store_find(bench->store, clauses, NULL, 0, &hits, &error));
        assert_non_null(strstr(error->message, "is damaged"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(tells_damage, bench_open, bench_close),
        cmocka_unit_test_setup_teardown(tells_a_damaged_row, bench_open, bench_close),
        cmocka_unit_test_setup_teardown(tells_damaged_figures, bench_open, bench_close),
        cmocka_unit_test_setup_teardown(removes_what_names_odd_passages, bench_open, bench_close),
        cmocka_unit_test_setup_teardown(fails_to_remove_and_goes_on, bench_open, bench_close),
        cmocka_unit_test_setup_teardown(tells_a_damaged_list, bench_open, bench_close),
        cmocka_unit_test_setup_teardown(reads_lists_written_otherwise, bench_open, bench_close),
        cmocka_unit_test_setup_teardown(figures_beside_their_passage, bench_open, bench_close),
        cmocka_unit_test_setup_teardown(tells_a_passage_without_text, bench_open, bench_close),
        cmocka_unit_test_setup_teardown(finds_more_than_is_said, bench_open, bench_close),
        cmocka_unit_test_setup_teardown(bears_other_words, bench_open, bench_close),
        cmocka_unit_test_setup_teardown(refuses_far_words, bench_open, bench_close),
        cmocka_unit_test_setup_teardown(tells_a_lost_list_of_segments, bench_open, bench_close),
        cmocka_unit_test_setup_teardown(writes_behind_what_is_said, bench_open, bench_close),
        cmocka_unit_test_setup_teardown(shows_the_last_passage_of_all, bench_open, bench_close),
        cmocka_unit_test_setup_teardown(takes_out_no_others_words, bench_open, bench_close),
        cmocka_unit_test_setup_teardown(tells_no_damage_that_is_none, bench_open, bench_close),
        cmocka_unit_test_setup_teardown(bears_far_numbers, bench_open, bench_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
