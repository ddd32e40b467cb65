/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_PARTY_H
#define CITABLE_QUERY_PARTY_H

#include "ingest/document.h"
#include "query/words/words.h"

/* Who or what a text names that may act or bring something about: a name ("M23", "the World Health Organization"), a sort of actor ("militias"), a cause ("drought").
 * The sorts are words/parties.tsv, names are those of our own table, else those that are printed with capitals. */

enum { PARTY_NAMES = 8 };

struct party {
    struct span terms;  /* [start, end) of the words */
    struct span bytes;  /* of the text */
    uint64_t sorts;     /* rows of the table */
    uint64_t wider;     /* those, and those that hold them */
    uint64_t countries; /* a bit a country: "Israeli forces" */
    uint32_t names[PARTY_NAMES];
    uint32_t n_names;
    bool named;         /* it has a name that is no country's */
    bool cause;
    bool country;       /* it has a country's name and no more */
};

/* Those that the terms [start, end) name, in reading order: GArray of struct party; the caller unrefs it. */
GArray *parties_in(const struct lexis *lexis, const char *text, const struct words *words, struct span terms);

/* Those of a whole text, added to the array. */
void parties_add(GArray *parties, const struct lexis *lexis, const char *text);

/* The bit of a country by its ISO 3166 code, or a subdivision's; 0: it is none. */
uint64_t party_country(const char *iso);

/* May they be one? PARTIES_UNSURE: a name, and a sort of actor that may be another word for it. */
enum parties { PARTIES_SAME, PARTIES_UNSURE, PARTIES_OTHER };
enum parties parties_compare(const struct party *draft, const struct party *source);

#endif
