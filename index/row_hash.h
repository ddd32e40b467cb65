/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_ROW_HASH_H
#define CITABLE_INDEX_ROW_HASH_H

#include <nettle/sha2.h>
#include <sqlite3.h>
#include <stdint.h>

/* What the SQL function row_hash(…) says of a row, value by value: the first 8 bytes of a SHA-256. Each value has its type and length before it, so that no two rows run
 * together to the same bytes. Inside index/ only. */
struct row_hash {
    struct sha256_ctx context;
    uint32_t n;
    uint8_t bytes[256]; /* not hashed yet */
};

void row_hash_init(struct row_hash *hash);
void row_hash_add(struct row_hash *hash, sqlite3_value *value);
void row_hash_add_whole(struct row_hash *hash, int64_t number);
void row_hash_add_text(struct row_hash *hash, const char *text); /* NULL as in SQL */
int64_t row_hash_end(struct row_hash *hash);

/* All of it in one, of values at hand: of the types that statement() knows (statement.h) but "n". */
int64_t row_hash_of(const char *types, ...);

#endif
