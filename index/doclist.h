/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_DOCLIST_H
#define CITABLE_INDEX_DOCLIST_H

#include "index/postings.h"

/*  Where words stand, straight from the pages of FTS5, whose form its documentation lays open (https://sqlite.org/fts5.html, "FTS5 Data Structures"): its own
 *  way through them costs a call and a comparison of all segments for each passage, ten times as much.
 *
 *    structure   segment 3: pages 1-90   segment 7: pages 1-4      older ones before newer ones; a newer one's word on a passage holds
 *    page        [first rowid][end] … "0people" rowid size positions  way size positions  way size | … next word … | where words begin
 *    next page   [first rowid][end] …itions  rowid size positions  way …                            a list goes on, from its first rowid on anew */

/* Only `store`'s own reading is certain to find all on the pages: false where it also writes, where FTS5 keeps them in another form, or where they are damaged.
 * Then FTS5 is to be asked, which says what is wrong. words: one, or some that stand one behind the other, parted by spaces; column: of the full text, from 0. */
bool doclist_read(struct store *store, struct ranking *ranking, const char *words, uint32_t column, struct postings *postings);

/* How many rows the full text has, and words their first columns; false where that is not to be read. */
bool doclist_totals(struct store *store, uint64_t *rows, uint64_t *tokens);

#endif
