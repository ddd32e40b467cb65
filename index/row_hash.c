/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/row_hash.h"

#include "index/statement.h"

#include <math.h>

void row_hash_init(struct row_hash *hash)
{
    sha256_init(&hash->context);
    hash->n = 0;
}

/* Short values go to the hash together. */
static void add_bytes(struct row_hash *hash, const void *bytes, size_t len)
{
    if (len > sizeof hash->bytes - hash->n) {
        sha256_update(&hash->context, hash->n, hash->bytes);
        hash->n = 0;
    }
    if (len > sizeof hash->bytes) {
        sha256_update(&hash->context, len, bytes);
        return;
    }
    memcpy(hash->bytes + hash->n, bytes, len);
    hash->n += (uint32_t)len;
}

/* number: the value, or its length where `bytes` are. */
static void add_typed(struct row_hash *hash, int type, int64_t number, const void *bytes)
{
    int64_t head[2] = {GINT64_TO_LE(type), GINT64_TO_LE(number)};
    add_bytes(hash, head, sizeof head);
    if (bytes && number > 0)
        add_bytes(hash, bytes, (size_t)number);
}

void row_hash_add(struct row_hash *hash, sqlite3_value *value)
{
    union {
        double real;
        int64_t whole;
    } number = {.whole = 0};
    const void *bytes = NULL;
    int type = sqlite3_value_type(value);
    switch (type) {
    case SQLITE_INTEGER: number.whole = sqlite3_value_int64(value); break;
    case SQLITE_FLOAT: number.real = sqlite3_value_double(value); break;
    case SQLITE_NULL: break;
    default:
        bytes = sqlite3_value_blob(value);
        number.whole = sqlite3_value_bytes(value);
    }
    add_typed(hash, type, number.whole, bytes);
}

void row_hash_add_whole(struct row_hash *hash, int64_t number)
{
    add_typed(hash, SQLITE_INTEGER, number, NULL);
}

void row_hash_add_text(struct row_hash *hash, const char *text)
{
    add_typed(hash, text ? SQLITE_TEXT : SQLITE_NULL, text ? (int64_t)strlen(text) : 0, text);
}

int64_t row_hash_end(struct row_hash *hash)
{
    union {
        uint8_t bytes[SHA256_DIGEST_SIZE];
        int64_t first;
    } digest;
    sha256_update(&hash->context, hash->n, hash->bytes);
    sha256_digest(&hash->context, sizeof digest.bytes, digest.bytes);
    return GINT64_FROM_LE(digest.first);
}

static void add_null(struct row_hash *hash)
{
    add_typed(hash, SQLITE_NULL, 0, NULL);
}

static void add_real(struct row_hash *hash, double value)
{
    int64_t bits;
    memcpy(&bits, &value, sizeof bits);
    if (isnan(value))
        add_null(hash);
    else
        add_typed(hash, SQLITE_FLOAT, bits, NULL);
}

static void add_number(struct row_hash *hash, int64_t value, int64_t none)
{
    if (value == none)
        add_null(hash);
    else
        row_hash_add_whole(hash, value);
}

int64_t row_hash_of(const char *types, ...)
{
    struct row_hash hash;
    va_list values;
    va_start(values, types);
    row_hash_init(&hash);
    for (; *types; types++) {
        switch (*types) {
        case 'i': row_hash_add_whole(&hash, va_arg(values, int64_t)); break;
        case 'o': add_number(&hash, va_arg(values, int64_t), NO_NUMBER); break;
        case 'u': add_number(&hash, va_arg(values, uint32_t), NONE); break;
        case 'd': add_real(&hash, va_arg(values, double)); break;
        case 's': row_hash_add_text(&hash, va_arg(values, const char *)); break;
        case 't': {
            struct slice value = va_arg(values, struct slice);
            add_typed(&hash, SQLITE_TEXT, (int64_t)value.len, value.ptr);
            break;
        }
        case 'b': {
            const void *value = va_arg(values, const void *);
            add_typed(&hash, SQLITE_BLOB, (int64_t)va_arg(values, size_t), value);
            break;
        }
        default: g_assert_not_reached();
        }
    }
    va_end(values);
    return row_hash_end(&hash);
}
