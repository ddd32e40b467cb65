/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_EXTRACT_TOKEN_BLOCK_H
#define CITABLE_EXTRACT_TOKEN_BLOCK_H

#include "base/bytes.h"

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

#endif
