/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_COUNTS_H
#define CITABLE_QUERY_COUNTS_H

#include "ingest/document.h"
#include "query/words/words.h"

/* What a figure counts: what happened (killed, injured, displaced), to whom (children, refugees and migrants), by which disease, and what is said of it
 * (suspected or confirmed cases, troops authorized or deployed). Two figures of one number
 * that count different events are different figures. The tables are words/counts.tsv; a bit of a mask is a row of it. */

enum { COUNTS_GROUPS = 6 };

struct counts {
    uint64_t events, diseases, states;
    uint64_t groups[COUNTS_GROUPS]; /* "refugees and migrants" are two, "refugee children" one of two bits */
    uint32_t n_groups;
    uint64_t beside;                /* groups named near the figure, but not as what it counts */
    uint64_t sentence;              /* every event that the sentence names */
};

/* Reads a figure's own stretch of a sentence. terms: the sentence's [start, end) in words, which are those of text; number: the figure's own terms; counted: what its
 * record says is counted, or NULL. */
void counts_read(const struct lexis *lexis, const char *text, const struct words *words, struct span terms, struct span number, const char *counted, struct counts *ret);

/* Of counts whose own stretch names no event: those of the sentence, where a figure cannot count one of them and not another: "the displacement of 599 persons, including
 * 308 children". */
void counts_take_sentence(struct counts *counts);

/* Every group that a text names, as a mask; of those that the draft names by its number, but for everybody, those that none of the said ones is or holds; the names of a mask. The caller frees them. */
uint64_t groups_said(const struct lexis *lexis, const char *text);
uint64_t counts_unsaid(const struct counts *draft, uint64_t said);
char *counts_groups(uint64_t groups);

/* Does it count people of some trade: police officers, teachers? */
bool counts_trade(const struct counts *counts);

/* What happened to what is counted, as far as its noun does not say it itself ("killed", for "12 children"); NULL: nothing more is known. The caller frees it. */
char *counts_happened(const struct lexis *lexis, const struct counts *counts, const char *counted);

/* Why a draft may not count what the source counts: "the source counts injured, the draft killed"; NULL where nothing speaks against it. A wider word for the
 * same people is no difference, a narrower one is; but a number of children or of women is none of people. The caller frees it. */
char *counts_differ(const struct counts *draft, const struct counts *source);
/* The same of whoever compares with the source: "the question". */
char *counts_differ_from(const struct counts *asked, const struct counts *source, const char *who);

#endif
