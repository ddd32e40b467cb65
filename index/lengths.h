/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_LENGTHS_H
#define CITABLE_INDEX_LENGTHS_H

#include "ingest/document.h"

/*  How long the passages of a document are, and in which zones: what ranking asks of each. In memory a word of 16 bits a passage, so that those of a million cost
 *  little to have. Stored they are in three rows, each of all passages, so that they are read without a decision for each:
 *
 *    tokens   1f ff 0c …     a byte; ff: 255 or more
 *    zones    60 …           four bits each, the lower ones first
 *    more     2c 01 …        of those of 255 or more their tokens, 16 bits, little-endian
 *
 *  A byte 0 follows where that would be as long as in files of schema 7 and before: four bytes a passage, little-endian, tokens | zone << 24. */
enum { LENGTH_BITS = 13, LENGTH_MOST = (1 << LENGTH_BITS) - 1 /* longer passages rank alike */ };

static inline uint16_t length_word(uint32_t tokens, enum zone zone)
{
    return (uint16_t)(MIN(tokens, LENGTH_MOST) | (uint32_t)zone << LENGTH_BITS);
}

static inline uint32_t length_tokens(uint16_t word)
{
    return word & LENGTH_MOST;
}

static inline enum zone length_zone(uint16_t word)
{
    return (enum zone)(word >> LENGTH_BITS);
}

GByteArray *lengths_pack(const uint16_t *words, uint32_t n);

/* words: of n passages; where damage has cut some off, all are 0. */
void lengths_unpack(const uint8_t *bytes, size_t len, uint32_t n, uint16_t *words);

#endif
