/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/store_world.h"

#include "index/words.h"

/* Rows of words and names that are written together are those that are written one by one, whatever came between. */

static void reopen(struct world *world)
{
    store_close(world->store);
    assert_true(store_open(world->path, STORE_CREATE, &world->store, NULL));
}

static uint32_t id_of(struct world *world, const char *word)
{
    uint32_t id;
    assert_true(word_id(world->store, word, &id, NULL));
    return id;
}

static uint32_t id_of_name(struct world *world, const char *text)
{
    uint32_t id;
    struct name name = {.type = 1, .name = text, .class = "", .code = "XX", .lat = 1.5, .lon = -2};
    assert_true(name_id(world->store, &name, &id, NULL));
    return id;
}

static void begin(struct world *world)
{
    assert_true(store_begin(world->store, NULL));
}

static void commit(struct world *world)
{
    assert_true(words_write(world->store, NULL) && store_commit(world->store, NULL));
}

/* The rows of both tables, as one text, as another connection sees them. */
static void check_rows(struct world *world, const char *wanted)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *stmt = NULL;
    g_autoptr(GString) all = g_string_new(NULL);
    assert_int_equal(sqlite3_open(world->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, "SELECT id || text FROM words UNION ALL SELECT id || name || lat || code FROM names", -1, &stmt, NULL), SQLITE_OK);
    while (sqlite3_step(stmt) == SQLITE_ROW)
        g_string_append_printf(all, "%s ", (const char *)sqlite3_column_text(stmt, 0));
    sqlite3_finalize(stmt);
    sqlite3_close(db);
    assert_string_equal(all->str, wanted);
}

static void by_another(struct world *world, const char *sql)
{
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(world->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static void numbers_rows_as_sqlite_does(void **state)
{
    struct world *world = *state;
    begin(world);
    assert_int_equal(id_of(world, "camp"), 1);
    assert_int_equal(id_of(world, "people"), 2);
    assert_int_equal(id_of_name(world, "Gaza"), 1);
    assert_int_equal(id_of(world, "camp"), 1);
    commit(world);
    begin(world);
    assert_int_equal(id_of(world, ""), 3);
    assert_int_equal(id_of_name(world, "Haiti"), 2);
    assert_int_equal(id_of(world, "people"), 2);
    commit(world);
    check_rows(world, "1camp 2people 3 1Gaza1.5XX 2Haiti1.5XX ");
    reopen(world);
    begin(world);
    assert_int_equal(id_of(world, "people"), 2);
    assert_int_equal(id_of(world, "tent"), 4);
    assert_int_equal(id_of_name(world, "Gaza"), 1);
    commit(world);
    check_rows(world, "1camp 2people 3 4tent 1Gaza1.5XX 2Haiti1.5XX ");
}

static void sees_what_another_program_wrote(void **state)
{
    struct world *world = *state;
    begin(world);
    assert_int_equal(id_of(world, "camp"), 1);
    commit(world);
    by_another(world, "INSERT INTO words (text) VALUES ('tent'), ('well')");
    begin(world);
    assert_int_equal(id_of(world, "well"), 3);
    assert_int_equal(id_of(world, "road"), 4);
    assert_int_equal(id_of(world, "camp"), 1);
    commit(world);
    check_rows(world, "1camp 2tent 3well 4road ");
}

static void forgets_what_is_undone(void **state)
{
    struct world *world = *state;
    begin(world);
    id_of(world, "camp");
    id_of_name(world, "Gaza");
    store_rollback(world->store);
    begin(world);
    assert_int_equal(id_of(world, "tent"), 1);
    assert_int_equal(id_of(world, "camp"), 2);
    commit(world);
    check_rows(world, "1tent 2camp ");
}

/* More than are remembered at a time. */
static void goes_on_when_there_are_many(void **state)
{
    struct world *world = *state;
    enum { MANY = 70000 };
    begin(world);
    for (uint32_t i = 1; i <= MANY; i++) {
        char word[16];
        g_snprintf(word, sizeof word, "w%u", i);
        assert_int_equal(id_of(world, word), i);
    }
    assert_int_equal(id_of(world, "w5"), 5);
    assert_int_equal(id_of(world, "last"), MANY + 1);
    commit(world);
    reopen(world);
    assert_string_equal(word_text(world->store, 65537), "w65537");
    assert_string_equal(word_text(world->store, MANY + 1), "last");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(numbers_rows_as_sqlite_does, open_world, close_world),
        cmocka_unit_test_setup_teardown(sees_what_another_program_wrote, open_world, close_world),
        cmocka_unit_test_setup_teardown(forgets_what_is_undone, open_world, close_world),
        cmocka_unit_test_setup_teardown(goes_on_when_there_are_many, open_world, close_world),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
