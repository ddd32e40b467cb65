/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_BASE_BYTES_H
#define CITABLE_BASE_BYTES_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Sixteen bytes side by side, by GCC's and Clang's own vectors: whatever the processor has does the work. */
typedef unsigned char bytes16 __attribute__((vector_size(16)));
typedef signed char signed_bytes16 __attribute__((vector_size(16)));
typedef uint64_t halves16 __attribute__((vector_size(16)));

static inline bytes16 bytes_at(const void *p)
{
    bytes16 bytes;
    memcpy(&bytes, p, sizeof bytes);
    return bytes;
}

/* Is it one of `n` bytes from `first` on? (Signed bytes compare in one step; the lowest of them is where `first` is moved to.) */
static inline bytes16 bytes_within(bytes16 b, unsigned char first, signed char n)
{
    return (bytes16)((signed_bytes16)(b + (unsigned char)(0x80 - first)) < (signed char)(n - 128));
}

/* The highest bit of each byte, the first byte's lowest. */
static inline uint64_t bytes_bits(bytes16 of)
{
#ifdef __SSE2__
    return (uint64_t)_mm_movemask_epi8((__m128i)of);
#else
    halves16 halves = (halves16)of;
    uint64_t bits = 0;
    for (unsigned i = 0; i < 2; i++) /* each bit is moved to its place in the highest byte; nothing is carried */
        bits |= ((GUINT64_FROM_LE(halves[i]) >> 7 & UINT64_C(0x0101010101010101)) * UINT64_C(0x0102040810204080) >> 56) << i * 8;
    return bits;
#endif
}

/* The first of a row of bits from `at` on that is `set`; `end` where there is none before. */
static inline size_t bits_next(const uint64_t *bits, size_t at, size_t end, bool set)
{
    if (at >= end)
        return end;
    const uint64_t flip = set ? 0 : UINT64_MAX;
    size_t i = at / 64;
    uint64_t rest = (bits[i] ^ flip) & UINT64_MAX << at % 64;
    while (rest == 0) {
        if (++i * 64 >= end)
            return end;
        rest = bits[i] ^ flip;
    }
    size_t found = i * 64 + (size_t)__builtin_ctzll(rest);
    return MIN(found, end);
}

#endif
