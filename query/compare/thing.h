/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_THING_H
#define CITABLE_QUERY_THING_H

#include "query/answer.h"
#include "query/words/counts.h"

/* What a figure counts, as sets of what its words name: concepts ("displaced people" and "IDPs" are one), else stems. Names of its places are no part of it. */
struct thing {
    GHashTable *counted;   /* its noun phrase, without "people" and "households", which are units */
    GHashTable *clause;    /* the words on either side; where those name nothing more, its sentence */
    GHashTable *sentence;
    GHashTable *numbers;   /* stems of the sentence's numbers of three digits or more, years aside */
    GHashTable *heading;   /* of a table's cell: the words of the heading over it; else NULL */
    struct counts counts;
    bool units;            /* the noun is there, and says no more than "people" or "households" */
    bool bare;             /* the noun says no more than who it is: "children", "women and girls" */
    bool placed;           /* it is of some place */
    bool vague;            /* no place is given, and the noun, if any, says little: "countries" */
};

/* The caller frees it. */
struct thing *thing_new(const struct answer *answer);
void thing_free(struct thing *thing);

/* How far two figures count the same thing: 0 = they do not, else more for more that both name. share: percentages and fractions, whose noun is only what they are a part of. */
double thing_likeness(const struct thing *a, const struct thing *b, bool share);

/* Do nouns or events exclude each other: "primary schools" and "secondary schools", killed and injured? */
bool thing_apart(const struct thing *a, const struct thing *b);

/* Does one noun say more than the other: "displaced people in the north" beside "displaced people"? */
bool thing_narrower(const struct thing *a, const struct thing *b);

/* Are two sentences one text: the same but for a few words, or do they share two numbers? */
bool thing_one_text(const struct thing *a, const struct thing *b);

/* Does the set have the concept (words.h)? */
bool set_names(GHashTable *set, uint32_t concept);

/* How many both have; how much of all that either names both do; how much of the smaller set the larger one has. */
guint sets_shared(GHashTable *a, GHashTable *b);
double sets_likeness(GHashTable *a, GHashTable *b);
double sets_overlap(GHashTable *a, GHashTable *b);

/* Adds what a text names; `places`: stems that are left out. */
void set_add_words(GHashTable *set, const struct words *words, uint32_t first, uint32_t after, const GHashTable *places);

#endif
