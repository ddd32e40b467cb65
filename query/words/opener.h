/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_OPENER_H
#define CITABLE_QUERY_OPENER_H

#include "extract/mention.h"
#include "query/words/words.h"

/* The words of a question that tell which kinds of figure may answer it: words/questions.tsv, read once. */

struct opener {
    const char *language; /* ISO 639-1 */
    const char *phrase;   /* "how many" */
    const char *then;     /* must follow somewhere, or NULL */
    uint32_t kinds;       /* 1 << enum figure_kind; 0: no figure answers it ("who"); its phrase begins the question */
    bool counts;          /* what is counted follows */
    const char *example;  /* a question that the row reads */
};

/* All rows, in order: GArray of struct opener, the table's. */
const GArray *openers(void);

/* The first row of the language that stands in the text, and the terms [*first, *after) of its phrase; NULL = none. */
const struct opener *opener_in(const struct lexis *lexis, const struct words *words, uint32_t *first, uint32_t *after);

/* The kinds that the concepts of a text hint at, as a mask; 0 = none. */
uint32_t hinted_kinds(const struct lexis *lexis, const struct words *words);

/* A language other than English in whose words the text asks; NULL = none. Short texts tell their language badly, these words tell it well. */
const char *language_of_opener(const char *text);

#endif
