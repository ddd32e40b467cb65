/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_BASE_SLICE_H
#define CITABLE_BASE_SLICE_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Borrowed UTF-8 bytes; never owned, not NUL-terminated. */
struct slice {
    const char *ptr;
    size_t len;
};

/* A slice of a string literal; usable in static tables. */
#define SLICE(literal) {(literal), sizeof(literal) - 1}

/* Arguments for a "%.*s" conversion. */
#define SLICE_ARG(s) (int)(s).len, (s).ptr

static inline struct slice slice_make(const char *ptr, size_t len)
{
    return (struct slice){ptr, len};
}

static inline struct slice slice_of(const char *string)
{
    return (struct slice){string, string ? strlen(string) : 0};
}

/* Behind its last byte; NULL: there are no bytes at all, which C lets nobody step over. */
static inline const char *slice_end(struct slice s)
{
    return s.len > 0 ? s.ptr + s.len : s.ptr;
}

/* Bytes [start, end) of `s`. */
static inline struct slice slice_sub(struct slice s, size_t start, size_t end)
{
    g_assert(start <= end && end <= s.len);
    return (struct slice){s.ptr + start, end - start};
}

static inline bool slice_equal(struct slice a, struct slice b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static inline bool slice_is(struct slice s, const char *string)
{
    size_t len = strlen(string); /* of a literal, the comparison is a few instructions: asked of most words and signs of a text */
    return s.len == len && (len == 0 || memcmp(s.ptr, string, len) == 0);
}

static inline bool slice_starts(struct slice s, const char *prefix)
{
    size_t len = strlen(prefix);
    return s.len >= len && memcmp(s.ptr, prefix, len) == 0;
}

static inline bool slice_ends(struct slice s, const char *suffix)
{
    size_t len = strlen(suffix);
    return s.len >= len && memcmp(s.ptr + s.len - len, suffix, len) == 0;
}

/* How many characters valid UTF-8 has: bytes that continue none, counted eight at a time. */
static inline size_t slice_characters(struct slice s)
{
    size_t n = s.len, i = 0;
    for (; i + 8 <= s.len; i += 8) {
        uint64_t eight;
        memcpy(&eight, s.ptr + i, sizeof eight);
        n -= ((eight >> 7 & ~(eight >> 6) & 0x0101010101010101u) * 0x0101010101010101u) >> 56;
    }
    for (; i < s.len; i++)
        n -= ((unsigned char)s.ptr[i] & 0xC0) == 0x80;
    return n;
}

/* Without ASCII white space at either end. */
struct slice slice_trim(struct slice s);

/* A NUL-terminated copy; the caller frees it with g_free. */
char *slice_dup(struct slice s);

enum { WHOLE_BYTES = 20 };

/* Writes the decimal digits of a whole number, without an end; returns how many. */
size_t whole_write(uint64_t value, char into[WHOLE_BYTES]);

/* Valid UTF-8 without zero bytes? */
bool slice_is_utf8(struct slice s);

#endif
