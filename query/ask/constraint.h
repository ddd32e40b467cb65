/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_CONSTRAINT_H
#define CITABLE_QUERY_CONSTRAINT_H

#include "query/agree/agree.h"

/* What a question asks for that a figure must meet to answer it. A figure that fails one of them is no answer, however near its words are; it may be shown as
 * what comes nearest. The table is in constraint.c: kind, counted, population, event, disease, cause, names, place, period. */

/* How a figure meets the question. */
struct trial {
    uint32_t failed;   /* how many constraints it fails */
    char *fails;       /* the first of them in words: "place: Uvira; the question asks for Goma"; NULL = none. The caller frees both. */
    char *met;         /* every constraint that the question has, one a line: "place       fails: Uvira; the question asks for Goma" */
};

/* Tries one figure. */
void constraints_try(const struct agreement *agreement, const struct subject *question, struct trial *ret);
void trial_clear(struct trial *trial);

#endif
