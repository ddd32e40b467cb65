/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_WORDS_H
#define CITABLE_QUERY_WORDS_H

#include "base/slice.h"
#include "ingest/document.h"

#include <stdint.h>

/* Texts as the words that questions, claims and passages are compared by: folded, stemmed, and with the concepts they name.
 * A concept is a row of words/<language>.tsv: forms that say the same thing ("IDPs", "internally displaced people"); rows of one name are one concept. */

enum term_flag {
    TERM_STOP = 1 << 0,    /* carries no meaning of its own: the, of, were */
    TERM_WEAK = 1 << 1,    /* says little: number, total, estimated, year */
    TERM_NUMBER = 1 << 2,  /* digits; separators of thousands are left out: "10,000" and "10 000" are one */
    TERM_CAPITAL = 1 << 3, /* its first letter is a capital */
    TERM_BREAK = 1 << 4,   /* a comma, bracket or dash stands before it */
    TERM_STOPPED = 1 << 5, /* a full stop, semicolon or the like stands before it */
    TERM_OF = 1 << 6,      /* of: what follows is a part of no noun before it */
    TERM_JOINT = 1 << 7,   /* a phrase of nouns goes on with it: of, and, the */
    TERM_VERB = 1 << 8,    /* an auxiliary: the noun of a question stands before it */
    TERM_BASE = 1 << 9,    /* what follows is what a figure is measured against: than, from, against */
    TERM_TIE = 1 << 11,    /* the same before a year: over, on */
    TERM_MEASURED = 1 << 12, /* the same in a question: than, compared */
    TERM_ELIDED = 1 << 10, /* an apostrophe ends it: l', qu' */
    TERM_CAUSE = 1 << 14,   /* what follows brought it about: by, due to */
    TERM_ACRONYM = 1 << 13, /* all of it is capitals, in a text that has small letters, too: AIDS, IDPs */
};

struct term {
    uint32_t start, end;   /* bytes of the text */
    uint32_t stem;         /* equal stems have equal ids */
    uint32_t plain;        /* the folded word without an "s" at its end: names are alike in every language */
    uint32_t flags;        /* enum term_flag */
};

/* Flags carry the number of a month from 1, where the word names one. */
enum { TERM_MONTH_SHIFT = 16 };

static inline unsigned term_month(const struct term *term)
{
    return term->flags >> TERM_MONTH_SHIFT;
}

/* A concept named by the terms [first, first + n). */
struct named {
    uint32_t concept;
    uint32_t first, n;
    bool narrow;           /* a narrower word of it: girls of children. Two narrower words do not say the same thing. */
};

struct words {
    GArray *terms;         /* struct term */
    GArray *named;         /* struct named, by `first`, longer ones before shorter ones */
    uint64_t held[4];      /* the low eight bits of the ids of its terms, as a set: most words are not in a text */
};

/* False: no term of the text has this id as its stem or as its plain word. */
static inline bool words_may_hold(const struct words *words, uint32_t id)
{
    return words->held[id >> 6 & 3] >> (id & 63) & 1;
}

/* Stemmer, stop words and concepts of a language; one for each is made on first use and lives as long as the program.
 * language: ISO 639-1, or NULL; one without a table is read as English. */
const struct lexis *lexis_of(const char *language);

/* Reads a text; the caller frees it. */
struct words *words_new(const struct lexis *lexis, struct slice text);
/* The same without the concepts it names: whose forms a language's first text waits for. */
struct words *words_new_plain(const struct lexis *lexis, struct slice text);
void words_free(struct words *words);

static inline struct term *term_of(const struct words *words, uint32_t i)
{
    return &g_array_index(words->terms, struct term, i);
}

/* The id of one word's stem, as in struct term. */
uint32_t word_stem(const struct lexis *lexis, struct slice word);

/* The table's rows, for the test of their examples. Each: the concept's name, and two texts that must both name it. */
struct concept_example {
    const char *name, *one, *other;
    uint32_t concept;
};
const GArray *lexis_examples(const struct lexis *lexis);

/* The forms of a concept as the language's table writes them (char *, borrowed), without the narrower ones; NULL where it has no such row. */
const GPtrArray *concept_forms(const struct lexis *lexis, uint32_t concept);

/* Does the concept say little, as a word of a question: "recorded", "worldwide"? */
bool concept_light(const struct lexis *lexis, uint32_t concept);

/* The concept of that name, the same in every language; 0 = the language has no words for it. */
uint32_t concept_named(const struct lexis *lexis, const char *name);

/* The first of the terms at which the concept is named; NONE: at none. Concept 0 never is. */
uint32_t words_name(const struct words *words, uint32_t concept, struct span terms);

#endif
