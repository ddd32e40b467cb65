/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_INVERTED_H
#define CITABLE_INDEX_INVERTED_H

#include "index/statement.h"

/*  Inside index/ only: what a transaction adds to the full text, or takes out of it. Words are told one by one, and go to their lists, which are written when the transaction ends:
 *
 *    row 7  the camp of the  →  the 7:1  camp 7:2  of 7:3  the 7:4  →  camp 7:2 | of 7:3 | the 7:1,4
 *
 *  FTS5 would do the same (and does, for who writes to its table), but looks for a word's list in a table, for each word of a text; here each word
 *  has a number (index/vocabulary.h), which the tokenizer remembers with it, and its list is there (index/word_lists.h). They are written as FTS5 writes them (index/segment.h). */
struct inverted;

struct inverted *inverted_new(void);
void inverted_free(struct inverted *inverted);

/* A passage that comes, in the language that the tokenizer was told, with its tags: numbers of inverted_tag, each as often as it may be. Errors: STORE. */
bool inverted_add(struct store *store, int64_t row, struct slice text, const uint32_t *tags, uint32_t n_tags, GError **error);

/* A tag's number, as long as the transaction goes on: a letter, and the value behind it. */
uint32_t inverted_tag(struct store *store, char letter, struct slice value);

/* A passage that comes, or leaves, with its tags as one string (tags_once), which are the same when it leaves as when it came. Errors: STORE. */
bool inverted_add_told(struct store *store, int64_t row, struct slice text, const char *tags, bool leaves, GError **error);

/* Writes what was noted: before each COMMIT. Errors: STORE. */
bool inverted_write(struct store *store, GError **error);

/* A transaction has ended: what of it was not written is not to be. */
void inverted_end(struct store *store);

#endif
