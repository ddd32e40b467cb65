/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_CLAUSE_H
#define CITABLE_QUERY_CLAUSE_H

#include "ingest/document.h"
#include "query/words/words.h"

/* One figure's sentence, as those see it who read from its words what belongs to the figure. */
struct figure_clause {
    const char *text;
    const struct words *words;  /* of text */
    struct span terms, number;  /* terms of the sentence, and the figure's own */
    const uint64_t *said;       /* what each term says, from terms.start on: masks of whoever reads it, or NULL */
};

static inline bool clause_is(const struct figure_clause *c, uint32_t i, uint32_t flags)
{
    return term_of(c->words, i)->flags & flags;
}

/* Is the term the number of another figure? A year, the day of a month and the number in a name ("M23", "3R") are none. */
bool clause_number(const struct figure_clause *c, uint32_t i);

/* What stands right behind the figure with a preposition: "for mitigation". */
struct slot {
    uint32_t preposition;  /* its stem; 0: none stands there */
    uint32_t first, after; /* the terms behind it */
};

struct slot clause_slot(const struct figure_clause *c);

/* Does the sentence have a number that is not the figure's? */
bool clause_has_others(const struct figure_clause *c);

/* Does a bracket open right before the term? */
bool clause_opens_bracket(const struct figure_clause *c, uint32_t i);

#endif
