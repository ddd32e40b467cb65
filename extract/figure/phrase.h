/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_EXTRACT_FIGURE_PHRASE_H
#define CITABLE_EXTRACT_FIGURE_PHRASE_H

#include "extract/figure/figure.h"

/* Inside the figure pass only: noun phrases, read forwards or backwards from a token. */

enum { PHRASE_WORDS = 8 };

/* A noun phrase: tokens [first, after); `head` is its last word before "of …". words == 0: there is none. */
struct phrase {
    uint32_t first, after, head;
    uint32_t words;
    bool person, household;
};

/* Over "of", "of the", "-" to where the noun phrase begins; *of: was there such a word? */
uint32_t phrase_start(const struct figure_scan *s, uint32_t i, bool *of);

/* The noun phrase that begins with token `first`, of at most so many words. */
struct phrase phrase_read(const struct figure_scan *s, uint32_t first, uint32_t most);

/* "of …" behind a noun phrase, "from …" behind one of people. */
void phrase_more(const struct figure_scan *s, struct phrase *phrase);

/* The noun phrase that ends before token `end`, a few words back; with `loose`, over "in" too, but not over a change. */
struct phrase phrase_back(const struct figure_scan *s, uint32_t end, bool loose);

/* Takes note of a word of the phrase: people or households? A state ends the noun phrase before it: "300 families displaced by" counts families. */
void phrase_note(const struct figure_scan *s, uint32_t token, struct phrase *phrase);

/* elsewhere.c: what is counted where nothing is said behind the figure, from the nearest place that says it; plain: a count without a unit. */
struct phrase phrase_elsewhere(const struct figure_scan *s, const struct composed *c, bool plain);

struct span phrase_span(const struct figure_scan *s, const struct phrase *phrase);

/* figure_elided.c: takes the noun, and its unit, of an earlier figure that counts the same thing; false where there is none. */
bool figure_elided(struct figure_scan *s, struct composed *c);

/* A part of people is people: gives the unit of the whole to a part that says none ("of whom 160 …", "dont 92 confirmés et 16 suspects"). */
void figure_part(struct figure_scan *s, struct composed *c);

/* As figure_elided, where the earlier figure is a rate ("Honduras had 90 per 100,000, Guatemala stood at 39.9"), of its unit and about its size. */
bool figure_elided_rate(struct figure_scan *s, struct composed *c);

/* "60,000 of them", "of these, 60,000": what it counts was named before; and the noun of people that was named last. */
bool figure_of_them(const struct figure_scan *s, const struct composed *c);
struct phrase phrase_of_them(const struct figure_scan *s, const struct composed *c);

/* "Curillo", "l'Ituri" */
bool phrase_named(const struct figure_scan *s, uint32_t token);

/* Is the token the first behind the number of its passage: "12.", "2.3.", "(a)", "iv)"? */
bool phrase_numbered(const struct figure_scan *s, uint32_t token);

/* Does a passage or sentence begin with the token? */
static inline bool phrase_starts(const struct figure_scan *s, uint32_t token)
{
    return token == 0 || s->tokens[token].flags & (TOKEN_PASSAGE | TOKEN_SENTENCE);
}

#endif
