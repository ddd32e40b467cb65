/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_SEGMENT_H
#define CITABLE_INDEX_SEGMENT_H

#include "index/statement.h"

/*  Inside index/ only: a part of the full text, written as FTS5 writes it when a transaction ends, byte for byte (the form stands at the head of its source, fts5_index.c):
 *
 *    pages     words in their order, each with what it shares with the word before it and its list; a list may go on over many pages
 *    fts_idx   the page on which each word is to be sought
 *    jumps     of a list that goes on over many pages, the first row of each
 *
 *  FTS5 reads it, and merges it with others as it does its own. */
struct segment;

/* Reads which segments there are (index/segment_list.h). Errors: STORE. */
bool segment_begin(struct store *store, struct segment **ret, GError **error);

/* A word, behind all that were written, and its list: rows with the places in each, as FTS5 has them. word: with SEGMENT_WORDS before it. Errors: STORE. */
bool segment_add(struct segment *segment, struct slice word, struct slice list, GError **error);

/* Makes it a part of the full text, which has so many rows and words more, or fewer; where there are many segments then, some are merged. ok: false: something failed, it
 * is only freed. Returns whether all was well. Errors: STORE. */
bool segment_end(struct segment *segment, bool ok, int64_t rows, int64_t words, GError **error);

#define SEGMENT_WORDS '0'

enum { SEGMENT_WORD_BYTES = 160 }; /* of the longest word, and more */

#endif
