/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/doclist.h"
#include "index/rank.h"
#include "index/statement.h"
#include "index/tokenize.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <glib/gstdio.h>

/* Words in passages, written and taken out again over many segments of small pages, against what a table says should stand there. */
enum { DOCUMENTS = 12, ROWS = 100, GAP = 7 /* rows that nobody has */, PASSAGES = DOCUMENTS * ROWS, WORDS = 24, COLUMNS = 2, ROUNDS = 30 };

struct world {
    char *folder, *path;
    struct store *store;
    GRand *random;
    bool there[PASSAGES];
    uint32_t times[COLUMNS][WORDS][PASSAGES];
};

static const char *word_text(uint32_t word)
{
    static char text[16];
    g_snprintf(text, sizeof text, "%c%s%u", 'a' + (char)(word % 3), word % 2 ? "" : "word", word);
    return text;
}

static int64_t rowid_of(uint32_t passage)
{
    return 1 + passage / ROWS * (ROWS + GAP) + passage % ROWS;
}

static void run(struct world *world, const char *sql, int64_t rowid, const char *text)
{
    sqlite3_stmt *stmt = NULL;
    assert_int_equal(sqlite3_prepare_v2(world->store->db, sql, -1, &stmt, NULL), SQLITE_OK);
    sqlite3_bind_int64(stmt, 1, rowid);
    sqlite3_bind_text(stmt, 2, text, -1, SQLITE_TRANSIENT);
    assert_int_equal(sqlite3_step(stmt), SQLITE_DONE);
    sqlite3_finalize(stmt);
}

/* The passage's text and, behind it, its tags, as the table says. */
static GString *text_of(const struct world *world, uint32_t passage)
{
    GString *text = g_string_new(NULL);
    for (int column = 0; column < COLUMNS; column++) {
        if (column == 1)
            g_string_append_c(text, TAGS_BEGIN);
        for (uint32_t w = 0; w < WORDS; w++)
            for (uint32_t i = 0; i < world->times[column][w][passage]; i++)
                g_string_append_printf(text, "%s%s", word_text(w), column == 0 && w % 5 == 0 ? " and so on " : " ");
    }
    return text;
}

static void write_passage(struct world *world, uint32_t passage, bool there)
{
    static const char *const sql[] = {"INSERT INTO fts (fts, rowid, text) VALUES ('delete', ?1, ?2)", "INSERT INTO fts (rowid, text) VALUES (?1, ?2)"};
    g_autoptr(GString) text = text_of(world, passage);
    run(world, sql[there], rowid_of(passage), text->str);
    world->there[passage] = there;
}

/* Some passages go, some come, anew or again with other words. */
static void change(struct world *world)
{
    GError *error = NULL;
    uint32_t from = (uint32_t)g_rand_int_range(world->random, 0, PASSAGES), n = (uint32_t)g_rand_int_range(world->random, 1, PASSAGES / 4);
    assert_true(store_begin(world->store, &error));
    for (uint32_t k = 0; k < n; k++) {
        uint32_t passage = (from + k) % PASSAGES;
        if (world->there[passage])
            write_passage(world, passage, false);
        for (int column = 0; column < COLUMNS; column++)
            for (uint32_t w = 0; w < WORDS; w++)
                world->times[column][w][passage] = g_rand_int_range(world->random, 0, 1 + (int)(w * w) / 4) ? 0 : column == 1 ? 1 : (uint32_t)g_rand_int_range(world->random, 1, w == 3 ? 200 : 3);
        if (g_rand_int_range(world->random, 0, 5))
            write_passage(world, passage, true);
    }
    assert_true(store_commit(world->store, &error));
}

static void exec(struct world *world, const char *sql)
{
    GError *error = NULL;
    if (!store_exec(world->store, sql, &error))
        fail_msg("%s: %s", sql, error->message);
}

static int world_open(void **state)
{
    struct world *world = g_new0(struct world, 1);
    world->random = g_rand_new_with_seed(11);
    world->folder = g_dir_make_tmp("citable-XXXXXX", NULL);
    world->path = g_build_filename(world->folder, "evidence.citable", NULL);
    assert_true(store_open(world->path, STORE_CREATE, &world->store, NULL));
    exec(world, "INSERT INTO fts (fts, rank) VALUES ('pgsz', 64)"); /* lists and positions go over many pages */
    exec(world, "INSERT INTO fts (fts, rank) VALUES ('automerge', 4)");
    exec(world, "CREATE TEMP TABLE n AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12) SELECT i FROM n");
    exec(world, "INSERT INTO documents (id, sha256, file_sha256, path, member, size, reader, version, pages, passages, figures, lengths, first_row, first_hash, hash) "
                "SELECT i, printf('%064d', i), '', i, '', 0, 'text', '', 1, 100, 0, zeroblob(400), 1 + (i - 1) * 107, 0, 0 FROM n");
    *state = world;
    return 0;
}

static int world_close(void **state)
{
    struct world *world = *state;
    store_close(world->store);
    g_unlink(world->path);
    g_rmdir(world->folder);
    g_rand_free(world->random);
    g_free(world->path);
    g_free(world->folder);
    g_free(world);
    return 0;
}

/* As a reader sees it. */
static void open_again(struct world *world, enum store_mode mode)
{
    store_close(world->store);
    world->store = NULL;
    assert_true(store_open(world->path, mode, &world->store, NULL));
}

static void compare(struct world *world, uint32_t word, uint32_t column)
{
    struct ranking *ranking = ranking_of(world->store, NULL);
    struct postings *postings = postings_new();
    assert_non_null(ranking);
    assert_int_equal(ranking->n, PASSAGES);
    assert_true(doclist_read(world->store, ranking, word_text(word), column, postings));
    struct posting at = postings_begin(postings);
    for (uint32_t i = 0; i < PASSAGES; i++) {
        uint32_t times = world->there[i] ? world->times[column][word][i] : 0;
        if (times == 0)
            continue;
        assert_true(posting_next(&at));
        assert_int_equal(at.passage, i);
        assert_int_equal(at.times, times);
    }
    assert_false(posting_next(&at));
    postings_free(postings);
}

/* Several words, one behind the other, as FTS5 finds them. Returns whether they were read. */
static bool compare_phrase(struct world *world, const char *words, uint32_t column)
{
    struct ranking *ranking = ranking_of(world->store, NULL);
    struct postings *own = postings_new();
    g_autofree char *match = g_strdup_printf("text : \"%s%s\"", column ? "=" : "", words);
    bool read = doclist_read(world->store, ranking, words, column, own);
    const struct rank_phrase phrase = {.match = match};
    const struct postings *theirs = postings_of(world->store, ranking, &phrase, NULL);
    assert_non_null(theirs);
    if (read) {
        assert_int_equal(own->n, theirs->n);
        assert_int_equal(own->bytes->len, theirs->bytes->len);
        for (guint i = 0; i < own->bytes->len; i++)
            assert_int_equal(own->bytes->data[i], theirs->bytes->data[i]);
    }
    postings_free(own);
    return read;
}

static unsigned compare_phrases(struct world *world)
{
    static const char *const phrases[] = {"and so on", "so on and", "on aword0 and", "aword0 and so on aword0", "b1 b1", "a3 b1", "b1 cword2", "cword2 a3 a3 a3", "on", "nowhere b1", "b1 nowhere",
                                          "bword4 c5 b7", "bword4 b13", "c5 aword12", "cword20 and so", "a3 b13 cword14", "bword4 b19" /* long lists, of which few passages are asked for */};
    unsigned read = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(phrases); i++)
        for (uint32_t column = 0; column < COLUMNS; column++)
            read += compare_phrase(world, phrases[i], column);
    return read;
}

static void reads_all(void **state)
{
    struct world *world = *state;
    for (int round = 0; round < ROUNDS; round++) {
        change(world);
        if (round % 5 == 0)
            exec(world, "INSERT INTO fts (fts, rank) VALUES ('merge', 8)"); /* one that is not done */
        if (round == ROUNDS - 1)
            exec(world, "INSERT INTO fts (fts) VALUES ('optimize')");
        open_again(world, STORE_READ);
        for (uint32_t w = 0; w < WORDS; w++)
            for (uint32_t column = 0; column < COLUMNS; column++)
                compare(world, w, column);
        unsigned read = compare_phrases(world);
        assert_int_equal(read, 34);
        open_again(world, STORE_WRITE);
    }
}

/* Documents that got shorter leave words behind of passages that are no more: those of the passages that follow are found all the same. */
static void passes_over_what_is_gone(void **state)
{
    struct world *world = *state;
    for (int round = 0; round < 6; round++)
        change(world);
    exec(world, "UPDATE documents SET passages = 60 WHERE id % 3 = 1");
    exec(world, "DELETE FROM documents WHERE id = 6");
    exec(world, "INSERT INTO fts (fts) VALUES ('optimize')");
    open_again(world, STORE_READ);
    assert_int_equal(ranking_of(world->store, NULL)->n, PASSAGES - 4 * 40 - 100);
    assert_int_equal(compare_phrases(world), 34);
}

/* How many passages a document says it has is not believed beyond what there may be. */
static void bears_wrong_counts(void **state)
{
    struct world *world = *state;
    exec(world, "UPDATE documents SET passages = 1 << 40");
    open_again(world, STORE_WRITE);
    assert_int_equal(ranking_of(world->store, NULL)->n, (DOCUMENTS - 1) * (ROWS + GAP) + 400); /* up to the next one; as its lengths have bytes */
    exec(world, "CREATE TEMP TABLE more AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300) SELECT i FROM n");
    exec(world, "INSERT OR IGNORE INTO documents (id, sha256, file_sha256, path, member, size, reader, version, pages, passages, figures, lengths, first_row, first_hash, hash) "
                "SELECT i, printf('%064d', i), '', i, '', 0, 'text', '', 1, 1, 0, zeroblob(4), i << 24, 0, 0 FROM more");
    exec(world, "INSERT INTO stored_passages (id, page_more, number, first, zone, flags, figures, text, lines, hash) SELECT (i << 24) + 16777215, 0, 1, 0, 0, 0, 0, '', x'', 0 FROM more");
    open_again(world, STORE_WRITE);
    g_autoptr(GError) error = NULL;
    assert_null(ranking_of(world->store, &error));
    assert_non_null(error);
    assert_non_null(strstr(error->message, "damaged"));
}

/* Whose passages a row of the full text is would not be known. */
static void refuses_rows_that_do_not_rise(void **state)
{
    struct world *world = *state;
    exec(world, "UPDATE documents SET first_row = 1 WHERE id = 5");
    open_again(world, STORE_READ);
    g_autoptr(GError) error = NULL;
    assert_null(ranking_of(world->store, &error));
    assert_non_null(strstr(error->message, "damaged"));
}

/* FTS5's answer after damage rises, or there is none. */
static void compare_rising(struct world *world, const char *word, unsigned *refused)
{
    g_autofree char *match = g_strdup(word);
    const struct rank_phrase phrase = {.match = match};
    struct ranking *ranking = ranking_of(world->store, NULL);
    g_autoptr(GError) error = NULL;
    const struct postings *postings = postings_of(world->store, ranking, &phrase, &error);
    *refused += postings == NULL;
    if (!postings)
        return;
    struct posting at = postings_begin(postings);
    for (uint32_t next = 0; posting_next(&at); next = at.passage + 1)
        assert_in_range(at.passage, next, PASSAGES - 1);
}

/* Pages whose first rowid is another one: FTS5 hands such rows out as they stand. */
static void refuses_what_does_not_rise(void **state)
{
    struct world *world = *state;
    unsigned refused = 0;
    for (int round = 0; round < 3; round++)
        change(world);
    exec(world, "INSERT INTO fts (fts) VALUES ('optimize')");
    exec(world, "CREATE TEMP TABLE kept AS SELECT id, block FROM fts_data");
    for (int at = 4; at < 64; at++) {
        g_autofree char *sql = g_strdup_printf("UPDATE fts_data SET block = CAST(substr(block, 1, %d) || x'88808001' || substr(block, %d) AS BLOB) " /* (1 << 24) + 1 */
                                               "WHERE id >= 10 AND substr(block, 1, 2) = x'00%02x'", at, at + 5, (unsigned)at);
        exec(world, sql);
        ranking_forget(world->store);
        for (uint32_t w = 0; w < WORDS; w++)
            compare_rising(world, word_text(w), &refused);
        exec(world, "INSERT OR REPLACE INTO fts_data SELECT id, block FROM kept");
    }
    assert_true(refused > 0);
}

/* What FTS5 itself would say is not asked here: only that damage does no harm, and that no more is told than stands there. */
static void bears_damage(void **state)
{
    struct world *world = *state;
    for (int round = 0; round < 6; round++)
        change(world);
    for (int flip = 0; flip < 400; flip++) {
        exec(world, "SAVEPOINT whole");
        int at = g_rand_int_range(world->random, 0, 70);
        g_autofree char *sql = g_strdup_printf("UPDATE fts_data SET block = CAST(substr(block, 1, %d) || x'%02x' || substr(block, %d) AS BLOB) "
                                               "WHERE id = (SELECT id FROM fts_data WHERE id >= 10 LIMIT 1 OFFSET %d)",
                                               at, g_rand_int_range(world->random, 0, 256), at + 2, g_rand_int_range(world->random, 0, 40));
        exec(world, sql);
        world->store->mode = STORE_READ;
        for (uint32_t w = 0; w < WORDS; w++) {
            struct postings *postings = postings_new();
            g_autofree char *words = g_strdup_printf("%s%s", word_text(w), w % 3 ? "" : " and");
            if (doclist_read(world->store, ranking_of(world->store, NULL), words, w % COLUMNS, postings))
                assert_in_range(postings->n, 0, PASSAGES);
            postings_free(postings);
        }
        world->store->mode = STORE_WRITE;
        exec(world, "ROLLBACK TO whole; RELEASE whole");
    }
}

/* Where FTS5 still has something in memory, or other forms of its pages, it is FTS5 that is asked. */
static void leaves_the_rest(void **state)
{
    struct world *world = *state;
    struct postings *postings = postings_new();
    change(world);
    assert_false(doclist_read(world->store, ranking_of(world->store, NULL), word_text(0), 0, postings));
    exec(world, "UPDATE fts_config SET v = 5 WHERE k = 'version'");
    world->store->mode = STORE_READ;
    assert_false(doclist_read(world->store, ranking_of(world->store, NULL), word_text(0), 0, postings));
    world->store->mode = STORE_WRITE;
    postings_free(postings);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(reads_all, world_open, world_close),
        cmocka_unit_test_setup_teardown(passes_over_what_is_gone, world_open, world_close),
        cmocka_unit_test_setup_teardown(bears_wrong_counts, world_open, world_close),
        cmocka_unit_test_setup_teardown(refuses_what_does_not_rise, world_open, world_close),
        cmocka_unit_test_setup_teardown(refuses_rows_that_do_not_rise, world_open, world_close),
        cmocka_unit_test_setup_teardown(bears_damage, world_open, world_close),
        cmocka_unit_test_setup_teardown(leaves_the_rest, world_open, world_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
