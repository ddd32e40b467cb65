/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_REPAIR_WORDS_H
#define CITABLE_INGEST_REPAIR_WORDS_H

#include "base/slice.h"

/*  How often a document has a word, in any case. Words are counted by a hash of their small letters, eight bytes at a time: nothing is copied, and 64 bits do not collide
 *  within a document. Inside ingest/repair only. */
enum { WORD_BYTES = 64 }; /* longer words are no evidence */

struct repair_words;

struct repair_words *repair_words_new(void);
void repair_words_free(struct repair_words *words);

/* A word of one or several pieces, in small letters; what is far longer than any that is counted has no letter too many, and is none. */
struct word_key {
    char bytes[4 * WORD_BYTES + 8]; /* eight that may be read behind the last */
    size_t len;
};

void word_key_add(struct word_key *key, struct slice piece);
/* 0: of no word that can have been counted. */
uint64_t word_key_hash(const struct word_key *key);

/* Of a word of ASCII in small letters, not empty, behind which eight bytes may be read. */
uint64_t word_hash(const char *small, size_t len);

void repair_words_count(struct repair_words *words, uint64_t hash);
unsigned repair_words_counted(const struct repair_words *words, uint64_t hash);

#endif
