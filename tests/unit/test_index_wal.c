/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/wal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>
#include <glib/gstdio.h>
#include <sqlite3.h>

/* What our way to the log leaves on the disk is what SQLite's own leaves: at each moment, as a process that is killed then would leave it. */
enum { ROWS = 400, TURNS = 120 };

struct world {
    char *folder, *path, *copy;
    sqlite3 *db;
    GRand *random;
    int64_t written[ROWS], committed[ROWS]; /* a number for each row; 0: there is none */
};

static void run(sqlite3 *db, const char *sql)
{
    char *trouble = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &trouble) != SQLITE_OK)
        fail_msg("%s: %s", sql, trouble);
}

static int open_world(void **state)
{
    struct world *world = g_new0(struct world, 1);
    world->random = g_rand_new_with_seed(3);
    world->folder = g_dir_make_tmp("wal.XXXXXX", NULL);
    world->path = g_build_filename(world->folder, "a.db", NULL);
    world->copy = g_build_filename(world->folder, "b.db", NULL);
    assert_non_null(wal_vfs());
    assert_int_equal(sqlite3_open_v2(world->path, &world->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, wal_vfs()), SQLITE_OK);
    *state = world;
    return 0;
}

static void remove_database(const char *path)
{
    static const char *const endings[] = {"", "-wal", "-shm", "-journal"};
    for (size_t i = 0; i < G_N_ELEMENTS(endings); i++) {
        g_autofree char *name = g_strconcat(path, endings[i], NULL);
        g_unlink(name);
    }
}

static int close_world(void **state)
{
    struct world *world = *state;
    sqlite3_close(world->db);
    remove_database(world->path);
    remove_database(world->copy);
    g_rmdir(world->folder);
    g_rand_free(world->random);
    g_free(world->folder);
    g_free(world->path);
    g_free(world->copy);
    g_free(world);
    return 0;
}

/* Whoever opens the file finds what was committed, and nothing else. */
static void check_rows(const struct world *world, const char *path)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *stmt = NULL;
    int64_t found[ROWS] = {0};
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, "SELECT id, number FROM t WHERE length(text) = 500 + number % 700", -1, &stmt, NULL), SQLITE_OK);
    int code;
    while ((code = sqlite3_step(stmt)) == SQLITE_ROW)
        found[sqlite3_column_int64(stmt, 0)] = sqlite3_column_int64(stmt, 1);
    assert_int_equal(code, SQLITE_DONE);
    sqlite3_finalize(stmt);
    sqlite3_close(db);
    assert_memory_equal(found, world->committed, sizeof found);
}

/* The file and its log as they lie on the disk now. */
static void copy_file(const struct world *world, const char *ending)
{
    g_autofree char *from = g_strconcat(world->path, ending, NULL), *to = g_strconcat(world->copy, ending, NULL), *bytes = NULL;
    gsize len;
    if (g_file_get_contents(from, &bytes, &len, NULL))
        assert_true(g_file_set_contents(to, bytes, (gssize)len, NULL));
}

static void check_killed(const struct world *world)
{
    remove_database(world->copy);
    copy_file(world, "");
    copy_file(world, "-wal");
    check_rows(world, world->copy);
}

static void change_rows(struct world *world)
{
    for (int n = g_rand_int_range(world->random, 1, 150); n > 0; n--) {
        int row = g_rand_int_range(world->random, 0, ROWS);
        int64_t number = g_rand_int_range(world->random, 1, 1 << 30);
        g_autofree char *sql = g_strdup_printf("INSERT OR REPLACE INTO t VALUES (%d, %" G_GINT64_FORMAT ", printf('%%.*c', %d, 'x'))", row, number,
                                               (int)(500 + number % 700));
        run(world->db, sql);
        world->written[row] = number;
    }
}

static void leaves_what_was_committed(void **state)
{
    struct world *world = *state;
    run(world->db, "PRAGMA page_size = 1024; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = 20; PRAGMA wal_autocheckpoint = 60");
    /* Few pages are held in memory: the log is written, and read, before a transaction ends. */
    run(world->db, "CREATE TABLE t (id INTEGER PRIMARY KEY, number INTEGER, text TEXT)");
    for (int turn = 0; turn < TURNS; turn++) {
        if (turn == TURNS / 2)
            run(world->db, "PRAGMA synchronous = FULL");
        run(world->db, "BEGIN");
        change_rows(world);
        check_killed(world);
        bool kept = g_rand_int_range(world->random, 0, 4) > 0;
        run(world->db, kept ? "COMMIT" : "ROLLBACK");
        memcpy(kept ? world->committed : world->written, kept ? world->written : world->committed, sizeof world->committed);
        check_killed(world);
        check_rows(world, world->path);
        if (turn % 30 == 29)
            run(world->db, "PRAGMA wal_checkpoint(TRUNCATE)");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(leaves_what_was_committed, open_world, close_world),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
