/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_CHECK_H
#define CITABLE_QUERY_CHECK_H

#include "query/agree/agree.h"

/* Never "true" or "false": a source can be wrong. */
enum verdict {
    VERDICT_SUPPORTED, /* the same value for the same thing, place and period; what the source allows, the draft allows */
    VERDICT_ROUNDED,   /* the same after a rounding that the draft's words announce */
    VERDICT_QUALIFIER, /* the value agrees; the draft dropped or strengthened the source's qualifier */
    VERDICT_CONTEXT,   /* the value is in the evidence, but for another place, period or thing counted */
    VERDICT_DIFFERS,   /* the evidence states a different figure for the same thing, place and period */
    VERDICT_NOT_FOUND, /* nothing in the evidence on it */
    VERDICT_NOT_READ,  /* a number that no rule understood */
    VERDICTS,
};

/* "supported", "not_read"; false for a word that is none. */
const char *verdict_name(enum verdict verdict);
bool verdict_from(const char *name, enum verdict *ret);

/* One statistic of the draft. */
struct finding {
    struct span span;       /* in the draft's clean text */
    char *text, *sentence;  /* verbatim */
    struct quantity claim;  /* its unit is not kept; meaningless where not read */
    uint32_t page;          /* of the draft, or NONE */
    enum verdict verdict;
    char *why;              /* the fields that agree and that differ */
    struct answer *answer;  /* the passage that decides; for not_found the nearest; or NULL */
};

/* Every statistic of the draft in order: GPtrArray of struct finding. Errors: STORE. */
bool check_draft(struct pool *pool, const struct extractor *extractor, const struct document *draft, GPtrArray **ret, GError **error);
void finding_free(struct finding *finding);

/* The verdict on a claim by one figure of the evidence that is about the same thing; for tables of cases in the tests.
 * claim_flow, source_flow: which way each says the number moved. */
enum verdict verdict_of(enum value_match value, enum relation place, enum relation period, enum flow claim_flow, enum flow source_flow);

/* Do the values look like one and the same, with digits exchanged, one digit wrong, or a zero lost or won? */
bool values_kin(double a, double b);

#endif
