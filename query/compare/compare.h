/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_COMPARE_H
#define CITABLE_QUERY_COMPARE_H

#include "query/compare/origin.h"

/* One statistic as several passages state it. Sources are counted by origin (query/compare/origin.h): five reports that cite one page of one study are one origin. */

enum difference {
    DIFFERENCE_PERIOD,    /* one time is a part of the other, or overlaps it */
    DIFFERENCE_UNDATED,   /* one gives no time, or neither */
    DIFFERENCE_WRITTEN,   /* the same, and the documents are of different dates */
    DIFFERENCE_PLACE,     /* one names a place more: the country beside its region */
    DIFFERENCE_UNIT,      /* households against persons */
    DIFFERENCE_COUNTED,   /* one noun says more: "displaced people in camps" */
    DIFFERENCE_STOCK,     /* as at a day against over a stretch of time */
    DIFFERENCE_EDITION,   /* two editions of one publication */
    DIFFERENCE_QUALIFIER, /* a bound against a number */
    DIFFERENCES,
};

/* "a time is not given", "households against persons", …: for people. */
const char *difference_name(enum difference difference);

struct comparison {
    GPtrArray *answers;    /* struct answer *, of the caller; in the order given */
    GPtrArray *notes;      /* const char *, one an answer: what its note leads to (query/compare/origin.h), or NULL; the chain's or the answer's */
    GArray *origins;       /* uint32_t, one an answer: answers of one origin have the same number, from 1 */
    uint32_t n_origins, n_documents;
    char *happened;        /* what happened to what is counted, as far as the noun does not say it: "killed"; or NULL */
    bool conflict;         /* at least two values of one time do not fit each other */
    bool series;           /* one statistic at several times, in the order of time: the numbers may differ */
    uint32_t differences;  /* 1 << enum difference: what may explain it; 0 = nothing does */
};

void comparison_free(struct comparison *comparison);

/* Groups figures of one kind and unit that count the same thing, at the same place and at no other time: each with each of its group, the most alike first. Counts that differ
 * are one statistic only where both say of what time; of what happened, one after another, a part of the time is another one. A document contradicts itself nowhere: its figures of one group fit each other. Then the same at several times, as
 * series. chain: where notes refer to, or NULL. GPtrArray of struct comparison, those that two documents or more state, the largest first, series last. Borrows the answers and the
 * chain. Errors: STORE. */
bool compare_figures(const GPtrArray *answers, struct note_chain *chain, GPtrArray **ret, GError **error);

#endif
