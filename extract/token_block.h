/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_EXTRACT_TOKEN_BLOCK_H
#define CITABLE_EXTRACT_TOKEN_BLOCK_H

#include <glib.h>
#include <stdint.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/*  Where tokens begin and end, told of sixty-four bytes at a time: each byte is a bit in a few masks, and no branch depends on what a byte is.
 *
 *    text      In 2014, 1,250 d'Haïti
 *    starts    1..1...1.111...111..11.       of runs of ASCII letters, runs of ASCII digits, and of every other byte but white space
 *    ends      ..1....11.111..111..1111      the byte behind each
 *    odd       ................11.111.       the ends that an apostrophe or more than ASCII stands before or behind: who reads the tokens looks there himself
 *
 *  Inside the tokenizer only. */
enum { TOKEN_BLOCK = 64 };

struct token_block {
    uint64_t starts, ends, odd;
    uint64_t letter, digit, space, wide; /* 1: the last byte is one; the next block is told by them */
};

/* before: the block before; a text begins behind white space. */
struct token_block token_block_of(const char *text, const struct token_block *before);

/* Sixteen bytes side by side, by GCC's and Clang's own vectors: whatever the processor has does the work. */
typedef unsigned char token_bytes __attribute__((vector_size(16)));
typedef signed char token_signed_bytes __attribute__((vector_size(16)));
typedef uint64_t token_halves __attribute__((vector_size(16)));

static inline token_bytes token_bytes_at(const void *p)
{
    token_bytes bytes;
    memcpy(&bytes, p, sizeof bytes);
    return bytes;
}

/* The highest bit of each byte, the first byte's lowest. */
static inline uint64_t token_bytes_bits(token_bytes of)
{
#ifdef __SSE2__
    return (uint64_t)_mm_movemask_epi8((__m128i)of);
#else
    token_halves halves = (token_halves)of;
    uint64_t bits = 0;
    for (unsigned i = 0; i < 2; i++) /* each bit is moved to its place in the highest byte; nothing is carried */
        bits |= ((GUINT64_FROM_LE(halves[i]) >> 7 & UINT64_C(0x0101010101010101)) * UINT64_C(0x0102040810204080) >> 56) << i * 8;
    return bits;
#endif
}

#endif
