/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/functions.h"

#include "extract/token.h"
#include "index/period.h"
#include "index/row_hash.h"

static void row_hash(sqlite3_context *context, int n, sqlite3_value **values)
{
    struct row_hash hash;
    row_hash_init(&hash);
    for (int i = 0; i < n; i++)
        row_hash_add(&hash, values[i]);
    sqlite3_result_int64(context, row_hash_end(&hash));
}

/* fold(text): without case and diacritics; NULL stays NULL. */
static void fold(sqlite3_context *context, int n, sqlite3_value **values)
{
    (void)n;
    struct slice text = {(const char *)sqlite3_value_text(values[0]), (size_t)sqlite3_value_bytes(values[0])};
    if (!text.ptr)
        return;
    char *folded = g_malloc(text.len * 2 + 16);
    sqlite3_result_text64(context, folded, token_fold(text, folded, text.len * 2 + 16), g_free, SQLITE_UTF8);
}

/* first_day(edtf), last_day(edtf): NULL for what cannot be read. */
static void day(sqlite3_context *context, const char *edtf, bool last)
{
    struct days days;
    if (edtf && days_from_edtf(edtf, &days))
        sqlite3_result_int(context, last ? days.last : days.first);
}

static void first_day(sqlite3_context *context, int n, sqlite3_value **values)
{
    (void)n;
    day(context, (const char *)sqlite3_value_text(values[0]), false);
}

static void last_day(sqlite3_context *context, int n, sqlite3_value **values)
{
    (void)n;
    day(context, (const char *)sqlite3_value_text(values[0]), true);
}

bool functions_register(sqlite3 *db)
{
    return sqlite3_create_function(db, "fold", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL, fold, NULL, NULL) == SQLITE_OK &&
           sqlite3_create_function(db, "first_day", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL, first_day, NULL, NULL) == SQLITE_OK &&
           sqlite3_create_function(db, "last_day", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL, last_day, NULL, NULL) == SQLITE_OK &&
           sqlite3_create_function(db, "row_hash", -1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL, row_hash, NULL, NULL) == SQLITE_OK;
}
