/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_INVERTED_H
#define CITABLE_INDEX_INVERTED_H

#include "index/statement.h"

/*  Inside index/ only: what a transaction adds to the full text, or takes out of it. Words are noted in the order of the texts, and turned round when the transaction ends:
 *
 *    row 7  the camp of the  →  the 7:1  camp 7:2  of 7:3  the 7:4  →  camp 7:2 | of 7:3 | the 7:1,4
 *
 *  FTS5 would do the same (and does, for who writes to its table), but looks for a word's list in a table, for each word of a text; here each word has a number, which the
 *  tokenizer remembers with it, and nothing is looked for until the lists are made. They are written as FTS5 writes them (index/segment.h). */
struct inverted;

struct inverted *inverted_new(void);
void inverted_free(struct inverted *inverted);

/* A passage that comes, or leaves, whose text and tags are told as they were when it came (tags.h); of the language that the tokenizer was told. Errors: STORE. */
bool inverted_add(struct store *store, int64_t row, struct slice text, bool leaves, GError **error);

/* Writes what was noted: before each COMMIT. Errors: STORE. */
bool inverted_write(struct store *store, GError **error);

/* Nothing of what was noted is to be written. */
void inverted_forget(struct store *store);

#endif
