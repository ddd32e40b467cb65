/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_EXTRACT_TOKEN_HASH_H
#define CITABLE_EXTRACT_TOKEN_HASH_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* How tokens are folded and hashed; inside the tokenizer only. */

/* A mark over or under the letter before it: part of the word, and none of its hash. */
static inline bool is_mark(gunichar c)
{
    return c >= 0x300 && c <= 0x36F;
}

/* Eight bytes at a time, for most words have no more; the rest of the last eight is zero. */
#define HASH_START UINT64_C(0x9e3779b97f4a7c15)
static inline uint64_t hash_step(uint64_t hash, uint64_t bytes)
{
    hash = (hash ^ bytes) * UINT64_C(0x9fb21c651e98df25);
    return hash ^ hash >> 29;
}

static inline uint32_t hash_end(uint64_t hash)
{
    return (uint32_t)(hash ^ hash >> 32);
}

static inline uint64_t load_eight(const char *p)
{
    uint64_t bytes;
    memcpy(&bytes, p, sizeof bytes);
    return GUINT64_FROM_LE(bytes);
}

/* Up to eight bytes, the first one lowest: by two loads, which overlap, or three bytes, two of which may be one. */
static inline uint64_t load_few(const char *p, size_t len)
{
    if (len == sizeof(uint64_t))
        return load_eight(p);
    if (len >= sizeof(uint32_t)) {
        uint32_t first, last;
        memcpy(&first, p, sizeof first);
        memcpy(&last, p + len - sizeof last, sizeof last);
        return GUINT32_FROM_LE(first) | (uint64_t)GUINT32_FROM_LE(last) << (len - sizeof last) * 8;
    }
    if (len == 0)
        return 0;
    return (uint64_t)(unsigned char)p[0] | (uint64_t)(unsigned char)p[len / 2] << len / 2 * 8 | (uint64_t)(unsigned char)p[len - 1] << (len - 1) * 8;
}

#endif
