/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_COMPARE_H
#define CITABLE_QUERY_COMPARE_H

#include "query/answer.h"
#include "query/match.h"

/* One statistic as several passages state it. Sources are counted by origin: five reports that cite one page of one study are one origin. */

enum difference {
    DIFFERENCE_PERIOD,    /* one time is a part of the other, or overlaps it */
    DIFFERENCE_UNDATED,   /* one gives no time */
    DIFFERENCE_PLACE,     /* one names a place more: the country beside its region */
    DIFFERENCE_UNIT,      /* households against persons */
    DIFFERENCE_STOCK,     /* as at a day against over a stretch of time */
    DIFFERENCE_EDITION,   /* two editions of one publication */
    DIFFERENCE_QUALIFIER, /* a bound against a number */
    DIFFERENCES,
};

/* "one gives no time", "households against persons", …: for people. */
const char *difference_name(enum difference difference);

struct comparison {
    GPtrArray *answers;    /* struct answer *, of the caller; in the order given */
    GArray *origins;       /* uint32_t, one an answer: answers of one origin have the same number, from 1 */
    uint32_t n_origins, n_documents;
    bool conflict;         /* at least two values do not fit each other */
    uint32_t differences;  /* 1 << enum difference: what may explain it; 0 = nothing does */
};

void comparison_free(struct comparison *comparison);

/* Groups figures of one kind and unit that count the same thing, at the same place and at no other time: each with each of its group. GPtrArray of struct comparison, those that two documents or more state, the largest first. Borrows the answers. */
GPtrArray *compare_figures(const GPtrArray *answers);

/* Do both come from one origin: the same study in their notes, the same voice for the same value, or one document that names the other? */
bool same_origin(const struct answer *a, const struct answer *b);

/* What may explain that two figures differ: a mask of 1 << enum difference. */
uint32_t differences_of(const struct answer *a, const struct answer *b);

#endif
