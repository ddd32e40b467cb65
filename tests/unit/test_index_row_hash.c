/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/row_hash.h"

#include "index/functions.h"
#include "index/statement.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* What a row is written with, and what SQL makes of it when it is read: one value wrong, and every quote would be called damaged. */

static int open_db(void **state)
{
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    assert_true(functions_register(db));
    *state = db;
    return 0;
}

static int close_db(void **state)
{
    return sqlite3_close(*state);
}

static int64_t by_sql(sqlite3 *db, const char *expression)
{
    g_autofree char *sql = g_strdup_printf("SELECT row_hash(%s)", expression);
    sqlite3_stmt *stmt = NULL;
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    int64_t hash = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    return hash;
}

static void says_what_sql_says(void **state)
{
    sqlite3 *db = *state;
    static const uint8_t blob[] = {0, 1, 2};
    g_autofree char *long_text = g_strnfill(100000, 'a');
    assert_int_equal(row_hash_of(""), by_sql(db, ""));
    assert_int_equal(row_hash_of("ii", (int64_t)-5, (int64_t)1 << 40), by_sql(db, "-5, 1099511627776"));
    assert_int_equal(row_hash_of("oo", NO_NUMBER, (int64_t)7), by_sql(db, "NULL, 7"));
    assert_int_equal(row_hash_of("uu", 4000000000u, NONE), by_sql(db, "4000000000, NULL"));
    assert_int_equal(row_hash_of("dd", 5.0, (double)NAN), by_sql(db, "5.0, NULL"));
    assert_int_equal(row_hash_of("ss", "", NULL), by_sql(db, "'', NULL"));
    struct slice empty = {NULL, 0}, text = SLICE("año");
    assert_int_equal(row_hash_of("tt", empty, text), by_sql(db, "'', 'año'"));
    assert_int_equal(row_hash_of("bb", blob, sizeof blob, NULL, (size_t)0), by_sql(db, "x'000102', x''"));
    g_autofree char *expression = g_strdup_printf("'%s', 1", long_text);
    assert_int_equal(row_hash_of("si", long_text, (int64_t)1), by_sql(db, expression));
}

static void keeps_rows_apart(void **state)
{
    (void)state;
    assert_int_not_equal(row_hash_of("ss", "ab", "c"), row_hash_of("ss", "a", "bc"));
    assert_int_not_equal(row_hash_of("i", (int64_t)5), row_hash_of("d", 5.0));
    assert_int_not_equal(row_hash_of("s", ""), row_hash_of("s", NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(says_what_sql_says, open_db, close_db),
        cmocka_unit_test(keeps_rows_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
