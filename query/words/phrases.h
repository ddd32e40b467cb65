/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_PHRASES_H
#define CITABLE_QUERY_PHRASES_H

#include "query/words/words.h"

/* The phrases of a table of words in one language, each with the row that it stands in. Words meet as they are, not by their stems. */

enum { PHRASE_WORDS = 5 };

struct phrase {
    uint32_t words[PHRASE_WORDS]; /* as in struct term, plain */
    uint32_t n, row;
};

/* First word → GArray of struct phrase, longest first. Tables live as long as the program. */
GHashTable *phrases_new(void);

/* Adds the phrases of a cell, parted by "|". An empty one, or one of too many words, ends the program: the table is ours. name: of the table, for that message. */
void phrases_add(GHashTable *phrases, const struct lexis *lexis, const char *cell, uint32_t row, const char *name);

/* The longest phrase that begins at the term within.start and ends within the span; row: of this row alone, NONE: of any. NULL: there is none. */
const struct phrase *phrases_at(GHashTable *phrases, const struct words *words, struct span within, uint32_t row);

#endif
