/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/inverted.h"

#include "index/segment.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <glib/gstdio.h>

/* What we write of the full text is what FTS5 writes, byte for byte; and FTS5 finds it, merges it, and takes it for sound. */
enum { WORDS = 60, ROWS = 400 };

struct world {
    char *folder, *paths[2];
    struct store *ours, *theirs; /* FTS5's own */
    GRand *random;
    char *texts[ROWS + 1];       /* NULL: it is not there */
};

static void exec(struct store *store, const char *sql)
{
    GError *error = NULL;
    if (!store_exec(store, sql, &error))
        fail_msg("%s: %s", sql, error->message);
}

/* FTS5 writes one for each transaction, and merges late. Both files are told, as each setting raises a number that stands in them. */
static void one_segment_at_a_time(struct store *store)
{
    exec(store, "INSERT INTO fts (fts, rank) VALUES ('hashsize', 67108864)");
    exec(store, "INSERT INTO fts (fts, rank) VALUES ('automerge', 8)");
}

static int open_world(void **state)
{
    struct world *world = g_new0(struct world, 1);
    world->random = g_rand_new_with_seed(7);
    world->folder = g_dir_make_tmp("inverted.XXXXXX", NULL);
    world->paths[0] = g_build_filename(world->folder, "ours.citable", NULL);
    world->paths[1] = g_build_filename(world->folder, "theirs.citable", NULL);
    assert_true(store_open(world->paths[0], STORE_CREATE, &world->ours, NULL));
    assert_true(store_open(world->paths[1], STORE_CREATE, &world->theirs, NULL));
    one_segment_at_a_time(world->ours);
    one_segment_at_a_time(world->theirs);
    *state = world;
    return 0;
}

static int close_world(void **state)
{
    struct world *world = *state;
    store_close(world->ours);
    store_close(world->theirs);
    for (size_t i = 0; i < G_N_ELEMENTS(world->paths); i++) {
        g_unlink(world->paths[i]);
        g_free(world->paths[i]);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(world->texts); i++)
        g_free(world->texts[i]);
    g_rmdir(world->folder);
    g_free(world->folder);
    g_rand_free(world->random);
    g_free(world);
    return 0;
}

/* All that a question answers, as one text. */
static char *asked(struct store *store, const char *sql, const char *value)
{
    sqlite3_stmt *stmt = NULL;
    assert_int_equal(sqlite3_prepare_v2(store->db, sql, -1, &stmt, NULL), SQLITE_OK);
    sqlite3_bind_text(stmt, 1, value, -1, SQLITE_TRANSIENT);
    GString *all = g_string_new(NULL);
    int code;
    while ((code = sqlite3_step(stmt)) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(stmt); i++)
            g_string_append_printf(all, "%s ", (const char *)sqlite3_column_text(stmt, i));
        g_string_append_c(all, '\n');
    }
    assert_int_equal(code, SQLITE_DONE);
    sqlite3_finalize(stmt);
    return g_string_free(all, FALSE);
}

static void by_fts5(struct store *store, int64_t row, const char *text, bool leaves)
{
    const char *sql = leaves ? "INSERT INTO fts (fts, rowid, text) VALUES ('delete', ?1, ?2)" : "INSERT INTO fts (rowid, text) VALUES (?1, ?2)";
    sqlite3_stmt *stmt = NULL;
    assert_int_equal(sqlite3_prepare_v2(store->db, sql, -1, &stmt, NULL), SQLITE_OK);
    sqlite3_bind_int64(stmt, 1, row);
    sqlite3_bind_text(stmt, 2, text, -1, SQLITE_STATIC);
    assert_int_equal(sqlite3_step(stmt), SQLITE_DONE);
    sqlite3_finalize(stmt);
}

static void both(struct world *world, int64_t row, const char *text, bool leaves)
{
    tokenizer_language(world->ours->tokenizer, "en");
    tokenizer_language(world->theirs->tokenizer, "en");
    const char *tags = text + strcspn(text, "\x1f");
    assert_true(inverted_add_told(world->ours, row, slice_make(text, (size_t)(tags - text)), tags + (*tags != '\0'), leaves, NULL));
    by_fts5(world->theirs, row, text, leaves);
}

/* Tags by their numbers, some of them twice. */
static void both_tagged(struct world *world, int64_t row, const char *words)
{
    static const struct {
        char letter;
        const char *value;
    } tags[] = {{'k', "count"}, {'p', "MX"}, {'k', "count"}, {'n', "México City"}, {'p', "mx"}, {'v', "10000"}};
    uint32_t numbers[G_N_ELEMENTS(tags)];
    g_autofree char *text = g_strconcat(words, "\x1f k=count v=10000 p=mx n=mexico_city", NULL);
    tokenizer_language(world->ours->tokenizer, "en");
    tokenizer_language(world->theirs->tokenizer, "en");
    for (size_t i = 0; i < G_N_ELEMENTS(tags); i++)
        numbers[i] = inverted_tag(world->ours, tags[i].letter, slice_of(tags[i].value));
    assert_true(inverted_add(world->ours, row, slice_of(words), numbers, G_N_ELEMENTS(numbers), NULL));
    by_fts5(world->theirs, row, text, false);
}

static void begin_both(struct world *world)
{
    assert_true(store_begin(world->ours, NULL));
    assert_true(store_begin(world->theirs, NULL));
}

/* Ends the transaction, and compares all pages. */
static void same_bytes(struct world *world)
{
    GError *error = NULL;
    if (!store_commit(world->ours, &error) || !store_commit(world->theirs, &error))
        fail_msg("%s", error->message);
    static const char *const tables[] = {"SELECT id, hex(block) FROM fts_data ORDER BY id", "SELECT segid, hex(term), pgno FROM fts_idx ORDER BY segid, term"};
    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++) {
        g_autofree char *ours = asked(world->ours, tables[i], NULL), *theirs = asked(world->theirs, tables[i], NULL);
        assert_string_equal(ours, theirs);
    }
}

/* So many words, of which few are frequent. */
static char *random_text(struct world *world, int words)
{
    GString *text = g_string_new(NULL);
    for (int i = 0; i < words; i++) {
        int w = g_rand_int_range(world->random, 0, WORDS);
        w = w * w / WORDS;
        g_string_append_printf(text, i % 3 ? "word%d " : "Refugees%d, ", w);
        if (i % 7 == 0)
            g_string_append(text, "co-operating in the countries ");
    }
    return g_string_free(text, FALSE);
}

static void writes_what_fts5_writes(void **state)
{
    struct world *world = *state;
    g_autofree char *long_word = g_strnfill(300, 'x');
    for (int round = 0; round < 3; round++) {
        begin_both(world);
        for (int row = 0; row < 300; row++) {
            g_autofree char *words = random_text(world, g_rand_int_range(world->random, 0, row % 50 == 0 ? 3000 : 30));
            g_autofree char *text = g_strconcat(words, row % 11 ? "" : long_word, row % 2 ? "\x1f k=count v=10000 p=mx n=m\xc3\xa9xico" : "\x1f", NULL);
            int64_t at = 1 + round * 1000 + row * 3;
            if (row % 3 == 0)
                both_tagged(world, at, words);
            else
                both(world, at, text, false);
        }
        same_bytes(world);
    }
}

/* Of a list that goes on over more pages than four there are jumps, and the places in one row may go on over many pages, too. */
static void writes_long_lists_as_fts5_does(void **state)
{
    struct world *world = *state;
    g_autofree char *many = random_text(world, 20000);
    g_autoptr(GString) same = g_string_new(NULL);
    for (int i = 0; i < 30000; i++)
        g_string_append(same, i % 300 ? "same " : "other of the same ");
    begin_both(world);
    for (int64_t row = 1; row < 12000; row++)
        both(world, row + (row > 6000 ? (int64_t)1 << 31 : 0), row == 9000 ? many : row == 4000 ? same->str : row % 4 ? "The camp" : "the people of the camp", false);
    same_bytes(world);
}

static void takes_out_what_fts5_takes_out(void **state)
{
    struct world *world = *state;
    char *texts[200];
    begin_both(world);
    for (int row = 0; row < 200; row++)
        both(world, row + 1, texts[row] = random_text(world, 20), false);
    same_bytes(world);
    begin_both(world);
    for (int row = 0; row < 200; row += 1 + row % 3)
        both(world, row + 1, texts[row], true);
    for (int row = 0; row < 50; row++)
        both(world, row + 201, texts[row], false);
    same_bytes(world);
    for (int row = 0; row < 200; row++)
        g_free(texts[row]);
}

/* What a row has of each word, as FTS5 finds it: also in this very connection, which searched before. */
static void check_rows(struct world *world)
{
    exec(world->ours, "INSERT INTO fts (fts) VALUES ('integrity-check')");
    for (int w = 0; w < WORDS; w += 3) {
        g_autofree char *word = g_strdup_printf("word%d", w), *spaced = g_strdup_printf("%s ", word);
        g_autoptr(GString) wanted = g_string_new(NULL);
        for (int row = 1; row <= ROWS; row++)
            if (world->texts[row] && strstr(world->texts[row], spaced))
                g_string_append_printf(wanted, "%d \n", row);
        g_autofree char *found = asked(world->ours, "SELECT rowid FROM fts WHERE fts MATCH ?1 ORDER BY rowid", word);
        assert_string_equal(found, wanted->str);
    }
}

/* A row comes, or leaves, in the transaction that is open. */
static void change(struct world *world, int row)
{
    char *before = world->texts[row];
    char *text = before ? before : random_text(world, g_rand_int_range(world->random, 1, 40));
    assert_true(inverted_add_told(world->ours, row, slice_of(text), "", before != NULL, NULL));
    world->texts[row] = before ? NULL : text;
    g_free(before);
}

static void is_found_and_merged_by_fts5(void **state)
{
    struct world *world = *state;
    exec(world->ours, "DELETE FROM fts_config WHERE k = 'usermerge'"); /* as older files of this schema are */
    for (int round = 0; round < 80; round++) {
        assert_true(store_begin(world->ours, NULL));
        int n = g_rand_int_range(world->random, 1, 60);
        for (int i = 0; i < n; i++)
            change(world, g_rand_int_range(world->random, 1, ROWS + 1)); /* in no order, and some twice */
        assert_true(store_commit(world->ours, NULL));
        check_rows(world);
    }
    g_autofree char *segments = asked(world->ours, "SELECT count(DISTINCT segid) < 40 FROM fts_idx", NULL);
    assert_string_equal(segments, "1 \n");
    g_autofree char *at_a_time = asked(world->ours, "SELECT v FROM fts_config WHERE k = 'usermerge'", NULL);
    assert_string_equal(at_a_time, "8 \n");
}

/* How often each word stands in each row, and where. */
static char *all_instances(struct store *store)
{
    exec(store, "CREATE VIRTUAL TABLE temp.instances USING fts5vocab (main, fts, 'instance')");
    char *all = asked(store, "SELECT term, doc, count(*), sum(offset), sum(offset % 1009 * (offset % 997)) FROM temp.instances GROUP BY term, doc", NULL);
    exec(store, "DROP TABLE temp.instances");
    return all;
}

static void same_instances(struct world *world)
{
    assert_true(store_commit(world->ours, NULL) && store_commit(world->theirs, NULL));
    exec(world->ours, "INSERT INTO fts (fts) VALUES ('integrity-check')");
    g_autofree char *ours = all_instances(world->ours), *theirs = all_instances(world->theirs);
    assert_string_equal(ours, theirs);
    static const char totals[] = "SELECT hex(block) FROM fts_data WHERE id = 1";
    g_autofree char *our_totals = asked(world->ours, totals, NULL), *their_totals = asked(world->theirs, totals, NULL);
    assert_string_equal(our_totals, their_totals);
}

/* A text so long that it is gone through in parts, between others, and taken out again. */
static void writes_a_huge_text(void **state)
{
    struct world *world = *state;
    g_autoptr(GString) huge = g_string_new("Refugees0, word3 ");
    while (huge->len <= (size_t)17 << 20)
        g_string_append_printf(huge, "camp number%u of the people ", huge->len % 30011 == 0 ? 1 : (unsigned)(huge->len * 2654435761u >> 12) % 20000);
    begin_both(world);
    both(world, 1, "word3 of the camp", false);
    both_tagged(world, 2, huge->str);
    both_tagged(world, 3, "word3 number7 of the people");
    same_instances(world);
    begin_both(world);
    g_string_append(huge, "\x1f k=count v=10000 p=mx n=mexico_city");
    both(world, 2, huge->str, true);
    both(world, 5, "number8", false);
    same_instances(world);
}

static void forgets_what_is_undone(void **state)
{
    struct world *world = *state;
    assert_true(store_begin(world->ours, NULL));
    assert_true(inverted_add_told(world->ours, 1, slice_of("word0 word3 "), "", false, NULL));
    store_rollback(world->ours);
    assert_true(store_begin(world->ours, NULL));
    change(world, 2);
    assert_true(store_commit(world->ours, NULL));
    check_rows(world);
}

/* A file with a passage, of which something was changed: what comes is refused with a word that says what is wrong, and nothing of it is written. */
static void refuses(struct world *world, const char *sql)
{
    g_autoptr(GError) error = NULL;
    exec(world->ours, "SAVEPOINT whole");
    exec(world->ours, sql);
    assert_true(inverted_add_told(world->ours, 2, slice_of("word"), "", false, NULL));
    if (inverted_write(world->ours, &error))
        fail_msg("%s: was written", sql);
    if (!strstr(error->message, "is damaged"))
        fail_msg("%s: %s", sql, error->message);
    exec(world->ours, "ROLLBACK TO whole; RELEASE whole");
    inverted_end(world->ours);
}

static void add_first(struct world *world)
{
    assert_true(store_begin(world->ours, NULL));
    assert_true(inverted_add_told(world->ours, 1, slice_of("word"), "", false, NULL));
    assert_true(store_commit(world->ours, NULL));
}

static void refuses_a_damaged_list_of_segments(void **state)
{
    struct world *world = *state;
    static const char *const blobs[] = {"NULL", "x''", "x'00000000'", "x'0000000001010500'", "x'000000000101050001'", "x'0000000002010500010101'", "x'00000000000000ff'",
                                        "x'00000000010105000100010101'", "'text'",
                                        "x'00000000000000'" /* none */, "x'000000000100000000'" /* a level without any */,
                                        "x'00000000' || x'8f500005' || zeroblob(4000)" /* 2,000 levels, all empty */,
                                        "x'000000000102050002010101010101'" /* one twice */};
    add_first(world);
    for (size_t i = 0; i < G_N_ELEMENTS(blobs); i++) {
        g_autofree char *sql = g_strdup_printf("UPDATE fts_data SET block = %s WHERE id = 10", blobs[i]);
        refuses(world, sql);
    }
}

static void refuses_what_somebody_made(void **state)
{
    struct world *world = *state;
    static const char *const changes[] = {
        "INSERT INTO fts_data (id, block) VALUES ((2 << 37) + 1, x'00')", /* of a segment that is not on the list */
        "INSERT INTO fts_idx (segid, term, pgno) VALUES (2, x'', 2)",
        "DELETE FROM fts_data WHERE id = 1",
        "DELETE FROM fts_data WHERE id = 10",
        "CREATE TRIGGER t BEFORE INSERT ON fts_data BEGIN SELECT * FROM gathered; END",
    };
    add_first(world);
    for (size_t i = 0; i < G_N_ELEMENTS(changes); i++)
        refuses(world, changes[i]);
}

static void refuses_damaged_totals(void **state)
{
    struct world *world = *state;
    static const char *const blobs[] = {"NULL", "x''", "x'01'", "x'81'", "x'ffffffffffffffffff01'", "x'01bfffffffffffffffff'", "x'010101'"};
    add_first(world);
    for (size_t i = 0; i < G_N_ELEMENTS(blobs); i++) {
        g_autofree char *sql = g_strdup_printf("UPDATE fts_data SET block = %s WHERE id = 1", blobs[i]);
        refuses(world, sql);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(writes_what_fts5_writes, open_world, close_world),
        cmocka_unit_test_setup_teardown(writes_long_lists_as_fts5_does, open_world, close_world),
        cmocka_unit_test_setup_teardown(takes_out_what_fts5_takes_out, open_world, close_world),
        cmocka_unit_test_setup_teardown(is_found_and_merged_by_fts5, open_world, close_world),
        cmocka_unit_test_setup_teardown(writes_a_huge_text, open_world, close_world),
        cmocka_unit_test_setup_teardown(forgets_what_is_undone, open_world, close_world),
        cmocka_unit_test_setup_teardown(refuses_a_damaged_list_of_segments, open_world, close_world),
        cmocka_unit_test_setup_teardown(refuses_what_somebody_made, open_world, close_world),
        cmocka_unit_test_setup_teardown(refuses_damaged_totals, open_world, close_world),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
