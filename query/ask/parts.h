/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_CONSTRAINT_PARTS_H
#define CITABLE_QUERY_CONSTRAINT_PARTS_H

#include "query/ask/constraint.h"

/* Inside the constraint*.c files only. */

/* A figure that is held against a question. */
struct hearing {
    const struct subject *question;
    const struct agreement *agreement;
    const struct candidate *candidate;
    const struct figure_row *figure;
    const struct lexis *lexis; /* of the passage */
    struct span sentence;      /* terms of the figure's sentence */
    struct span number;        /* terms of the figure */
    struct counts counts;      /* what the figure counts */
};

/* What became of a constraint. */
enum outcome {
    OUTCOME_NONE, /* the question does not have it, or the figure says nothing that speaks against it */
    OUTCOME_MET,
    OUTCOME_FAILS,
};

/* Each appends to `says` what it found: "Uvira; the question asks for Goma". */
enum outcome hear_kind(const struct hearing *hearing, GString *says);
enum outcome hear_counted(const struct hearing *hearing, GString *says);
enum outcome hear_population(const struct hearing *hearing, GString *says);
enum outcome hear_event(const struct hearing *hearing, GString *says);
enum outcome hear_disease(const struct hearing *hearing, GString *says);
enum outcome hear_cause(const struct hearing *hearing, GString *says);
enum outcome hear_names(const struct hearing *hearing, GString *says);
enum outcome hear_place(const struct hearing *hearing, GString *says);
enum outcome hear_period(const struct hearing *hearing, GString *says);

static inline const struct term *heard_term(const struct hearing *hearing, uint32_t i)
{
    return &g_array_index(hearing->candidate->words->terms, struct term, i);
}

/* The terms from the beginning of the sentence before the figure's to the end of its own. */
struct span near_terms(const struct hearing *hearing);

/* Does the passage, the heading over it or the document's title say the words, whatever their capitals? */
bool passage_says(const struct hearing *hearing, const char *words);

#endif
