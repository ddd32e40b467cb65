/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/evidence_bench.h"

#include <math.h>

/*  The best ten, and their order: of one word against FTS5's own bm25 over the same passages, of several against BM25 summed up plainly, with the weight of a word that
 *  Lucene uses, too, ln(1 + (N - n + 0.5) / (n + 0.5)): FTS5 drops the 1, so that a word of half the passages is worth nothing. Words are made up, so that none is
 *  another's form; some are common, most rare. Passages are running text of usual lengths: what is ranked otherwise on purpose (headings, lines of three words) is
 *  not among them. */
enum { WORDS = 400, PASSAGES = 1500, SHORTEST = 30, LONGEST = 60, MOST = 5, BEST = 10, QUESTIONS = 150 };

struct world {
    struct bench *bench;
    GRand *random;
    char *words[WORDS];
    uint8_t times[PASSAGES][WORDS];
    uint32_t length[PASSAGES];
};

/* The lower its number, the more common a word is. */
static int draw_word(GRand *random)
{
    double at = g_rand_double(random);
    return (int)(WORDS * at * at * at);
}

static void add_passage(struct world *world, int passage, GString *text)
{
    uint32_t n = (uint32_t)g_rand_int_range(world->random, SHORTEST, LONGEST);
    world->length[passage] = n;
    for (uint32_t i = 0; i < n; i++) {
        int word = draw_word(world->random);
        world->times[passage][word]++;
        g_string_append_printf(text, "%s%s", i > 0 ? " " : "", world->words[word]);
    }
    g_string_append(text, ".\n\n");
}

static int world_open(void **state)
{
    struct world *world = g_new0(struct world, 1);
    world->random = g_rand_new_with_seed(3);
    bench_open_empty((void **)&world->bench);
    for (int i = 0; i < WORDS; i++)
        world->words[i] = g_strdup_printf("%c%c%c%ck", "bdfglmnprt"[i / 40], "aeou"[i / 10 % 4], "bdfglmnprt"[i % 10], "aeou"[i / 7 % 4]);
    g_autoptr(GString) text = g_string_new(NULL);
    for (int i = 0; i < PASSAGES; i++)
        add_passage(world, i, text);
    put_text(world->bench, "text.txt", text->str, "en");
    *state = world;
    return 0;
}

static int world_close(void **state)
{
    struct world *world = *state;
    bench_close((void **)&world->bench);
    for (int i = 0; i < WORDS; i++)
        g_free(world->words[i]);
    g_rand_free(world->random);
    g_free(world);
    return 0;
}

static GArray *found(struct world *world, const int *chosen, int n)
{
    const char *words[MOST + 1] = {NULL};
    for (int i = 0; i < n; i++)
        words[i] = world->words[chosen[i]];
    g_autoptr(GPtrArray) clauses = clauses_of(words);
    for (guint i = 0; i < clauses->len; i++)
        ((struct clause *)g_ptr_array_index(clauses, i))->required = false;
    GArray *hits = NULL;
    GError *error = NULL;
    ok(store_find(world->bench->store, clauses, "en", BEST, &hits, &error), error);
    return hits;
}

/* Rowids of passages; those of the store rise as they do in the text. */
static GArray *rows_of(struct bench *bench)
{
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(int64_t));
    sqlite3 *db;
    sqlite3_stmt *stmt;
    assert_int_equal(sqlite3_open(bench->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, "SELECT id FROM stored_passages ORDER BY id", -1, &stmt, NULL), SQLITE_OK);
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        int64_t row = sqlite3_column_int64(stmt, 0);
        g_array_append_val(rows, row);
    }
    sqlite3_finalize(stmt);
    sqlite3_close(db);
    assert_int_equal(rows->len, PASSAGES);
    return rows;
}

static sqlite3 *plain_open(const struct bench *bench)
{
    sqlite3 *db;
    g_autofree char *sql = g_strdup_printf("ATTACH '%s' AS evidence; CREATE VIRTUAL TABLE plain USING fts5 (text);"
                                           "INSERT INTO plain (rowid, text) SELECT id, text FROM evidence.stored_passages", bench->path);
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    return db;
}

static void ranks_a_word_as_fts5_does(void **state)
{
    struct world *world = *state;
    sqlite3 *db = plain_open(world->bench);
    sqlite3_stmt *stmt;
    assert_int_equal(sqlite3_prepare_v2(db, "SELECT rowid FROM plain WHERE plain MATCH ?1 ORDER BY bm25(plain), rowid LIMIT ?2", -1, &stmt, NULL), SQLITE_OK);
    for (int word = 0; word < WORDS; word++) {
        g_autoptr(GArray) hits = found(world, &word, 1);
        sqlite3_bind_text(stmt, 1, world->words[word], -1, SQLITE_STATIC);
        sqlite3_bind_int(stmt, 2, BEST);
        for (guint i = 0; i < hits->len; i++) {
            assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
            assert_int_equal(g_array_index(hits, struct passage_hit, i).passage, sqlite3_column_int64(stmt, 0));
        }
        assert_true(hits->len == BEST || sqlite3_step(stmt) == SQLITE_DONE);
        sqlite3_reset(stmt);
    }
    sqlite3_finalize(stmt);
    sqlite3_close(db);
}

static double weight_of(const struct world *world, int word)
{
    uint32_t n = 0;
    for (int i = 0; i < PASSAGES; i++)
        n += world->times[i][word] > 0;
    return log(1 + (PASSAGES - n + 0.5) / (n + 0.5));
}

static void bm25(const struct world *world, const int *chosen, int n, double *scores)
{
    double average = 0;
    for (int i = 0; i < PASSAGES; i++)
        average += (double)world->length[i] / PASSAGES;
    memset(scores, 0, PASSAGES * sizeof *scores);
    for (int k = 0; k < n; k++) {
        double weight = weight_of(world, chosen[k]);
        for (int i = 0; i < PASSAGES; i++) {
            double times = world->times[i][chosen[k]];
            scores[i] += weight * times * 2.2 / (times + 1.2 * (0.25 + 0.75 * world->length[i] / average));
        }
    }
}

/* The best of those left, which is taken out; -1: none has a word. */
static int take_best(double *scores)
{
    int best = -1;
    for (int i = 0; i < PASSAGES; i++)
        if (scores[i] > (best < 0 ? 0 : scores[best] + 1e-9))
            best = i;
    if (best >= 0)
        scores[best] = 0;
    return best;
}

static void ranks_several_words_by_their_sum(void **state)
{
    struct world *world = *state;
    g_autoptr(GArray) rows = rows_of(world->bench);
    for (int k = 0; k < QUESTIONS; k++) {
        int chosen[MOST], n = 2 + k % (MOST - 1);
        for (int i = 0; i < n; i++)
            chosen[i] = (i * WORDS + draw_word(world->random)) / MOST; /* none twice */
        double scores[PASSAGES];
        bm25(world, chosen, n, scores);
        g_autoptr(GArray) hits = found(world, chosen, n);
        for (guint i = 0; i < hits->len; i++)
            assert_int_equal(g_array_index(hits, struct passage_hit, i).passage, g_array_index(rows, int64_t, take_best(scores)));
        assert_true(hits->len == BEST || take_best(scores) < 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(ranks_a_word_as_fts5_does, world_open, world_close),
        cmocka_unit_test_setup_teardown(ranks_several_words_by_their_sum, world_open, world_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
