/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/store_world.h"

#include "index/batch.h"

/* Rows that are written together are the rows that were given. */

static int open_begun(void **state)
{
    open_world(state);
    assert_true(store_begin(((struct world *)*state)->store, NULL));
    return 0;
}

/* The one number that a question answers. */
static int64_t asked(const struct world *world, const char *sql)
{
    sqlite3_stmt *stmt = NULL;
    assert_int_equal(sqlite3_prepare_v2(world->store->db, sql, -1, &stmt, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    int64_t number = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    return number;
}

static void writes_every_row(void **state)
{
    struct world *world = *state;
    enum { ROWS = 1000 };
    struct batch *batch = batch_new(world->store, "figure_insert");
    bool ok = true;
    for (uint32_t i = 0; ok && i < ROWS; i++) {
        uint32_t boxes[] = {i, i * 3};
        ok = batch_add(batch, NULL, "iuiiiiduuuubi", (int64_t)i, i, (int64_t)1, (int64_t)2, (int64_t)-3, (int64_t)4, i / 2.0, 5u, i % 2 ? NONE : i, 6u, NONE, boxes, i % 3 ? sizeof boxes : (size_t)0,
                       (int64_t)i << 40);
    }
    assert_true(batch_end(batch, ok, NULL));
    assert_int_equal(asked(world, "SELECT count(*) FROM stored_figures WHERE passage = id AND low = id / 2.0 AND hash = id << 40 AND sentence_first = -3"), ROWS);
    assert_int_equal(asked(world, "SELECT count(*) FROM stored_figures WHERE counted = id OR id % 2 = 1 AND counted IS NULL"), ROWS);
    assert_int_equal(asked(world, "SELECT count(*) FROM stored_figures WHERE id % 3 = 0 AND boxes = x'' OR substr(hex(boxes), 1, 8) = format('%02X%02X0000', id % 256, id / 256)"), ROWS);
}

static void writes_texts_as_they_are(void **state)
{
    struct world *world = *state;
    struct batch *batch = batch_new(world->store, "note_insert");
    struct slice empty = {NULL, 0}, text = SLICE("año 2");
    bool ok = batch_add(batch, NULL, "iusuti", (int64_t)1, 0u, "", NONE, empty, (int64_t)7) && batch_add(batch, NULL, "iusuti", (int64_t)1, 1u, "*", 3u, text, (int64_t)8);
    assert_true(batch_end(batch, ok, NULL));
    assert_int_equal(asked(world, "SELECT count(*) FROM notes WHERE number = 0 AND label = '' AND page IS NULL AND text = '' AND hash = 7"), 1);
    assert_int_equal(asked(world, "SELECT count(*) FROM notes WHERE number = 1 AND label = '*' AND page = 3 AND text = 'año 2' AND typeof(text) = 'text' AND hash = 8"), 1);
}

static void says_what_cannot_be_written(void **state)
{
    struct world *world = *state;
    struct batch *batch = batch_new(world->store, "mark_insert");
    g_autoptr(GError) error = NULL;
    bool ok = batch_add(batch, NULL, "iuusu", (int64_t)1, 0u, 5u, "1", NONE) && batch_add(batch, NULL, "iuusu", (int64_t)1, 0u, 6u, "2", NONE);
    assert_false(batch_end(batch, ok, &error));
    assert_non_null(error);
}

static void lets_nothing_in_the_file_read_it(void **state)
{
    struct world *world = *state;
    assert_true(store_exec(world->store, "CREATE VIEW sly AS SELECT c1 FROM gathered", NULL));
    assert_false(store_exec(world->store, "SELECT * FROM sly", NULL));
    assert_int_equal(asked(world, "SELECT count(*) FROM gathered"), 0); /* outside of a batch there is nothing */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(writes_every_row, open_begun, close_world),
        cmocka_unit_test_setup_teardown(writes_texts_as_they_are, open_begun, close_world),
        cmocka_unit_test_setup_teardown(says_what_cannot_be_written, open_begun, close_world),
        cmocka_unit_test_setup_teardown(lets_nothing_in_the_file_read_it, open_begun, close_world),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
