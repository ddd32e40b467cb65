/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_ORIGIN_H
#define CITABLE_QUERY_ORIGIN_H

#include "query/compare/thing.h"

/*  Who counted first. Five reports that cite one page of one study are one origin; their notes say so, often by way of another note:
 *
 *    3  IDMC, Global Overview 2015, p. 16        ←  5  Ibid.
 *    4  UNHCR, Call to Action, 2017              ←  6  UNHCR, op. cit., p. 4
 *                                                ←  7  See note 4 above. */

/* The note that a note refers back to, through "ibid.", "op. cit." and "note 4 above", all the way; `i` itself where it refers to none. notes: struct note_row, in order. */
guint note_referred(const GPtrArray *notes, guint i);

/* The notes of documents, each document's read once. Borrows the store. */
struct note_chain;
struct note_chain *note_chain_new(struct store *store);
void note_chain_free(struct note_chain *chain);

/* What stands in the note behind a figure or, where that refers back, in the one that it refers to; NULL: it has no note. Borrowed until the chain is freed; where nothing
 * refers back, the figure's own. chain: NULL = notes as they are. Errors: STORE. */
bool note_chain_text(struct note_chain *chain, const struct figure_row *figure, const char **ret, GError **error);

/* A statement, by what tells its origin; all borrowed. */
struct statement {
    const struct answer *answer;
    const struct thing *thing;
    const char *note; /* what its note leads to, or NULL */
};

/* Do both come from one origin: the same study in their notes, the same voice for the same value, one text that was copied (its words, or two of its numbers), an exact number that
 * nobody counts twice (unless two notes name two studies), or one document that names the other? */
bool same_origin(const struct statement *a, const struct statement *b);

#endif
