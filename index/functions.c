/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/functions.h"

#include "extract/token.h"
#include "index/period.h"

#include <nettle/sha2.h>

/* Each value with its type and length before it, so that no two rows run together to the same bytes. */
static void update(struct sha256_ctx *hash, sqlite3_value *value)
{
    int type = sqlite3_value_type(value);
    union {
        double real;
        int64_t whole;
    } number = {.whole = 0};
    const void *bytes = NULL;
    if (type == SQLITE_INTEGER) {
        number.whole = sqlite3_value_int64(value);
    } else if (type == SQLITE_FLOAT) {
        number.real = sqlite3_value_double(value);
    } else if (type != SQLITE_NULL) {
        bytes = sqlite3_value_blob(value);
        number.whole = sqlite3_value_bytes(value);
    }
    int64_t head[2] = {GINT64_TO_LE(type), GINT64_TO_LE(number.whole)};
    sha256_update(hash, sizeof head, (const uint8_t *)head);
    if (bytes && number.whole > 0)
        sha256_update(hash, (size_t)number.whole, bytes);
}

static void row_hash(sqlite3_context *context, int n, sqlite3_value **values)
{
    struct sha256_ctx hash;
    sha256_init(&hash);
    for (int i = 0; i < n; i++)
        update(&hash, values[i]);
    union {
        uint8_t bytes[SHA256_DIGEST_SIZE];
        int64_t first;
    } digest;
    sha256_digest(&hash, sizeof digest.bytes, digest.bytes);
    sqlite3_result_int64(context, GINT64_FROM_LE(digest.first));
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
