/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_AGREE_H
#define CITABLE_QUERY_AGREE_H

#include "query/match.h"
#include "query/agree/pool.h"

/* How far a figure of the evidence is about what a subject is about; each part from 0 to 1. Values are compared elsewhere (match.h). */
struct agreement {
    const struct candidate *candidate;
    uint32_t figure;         /* index into the candidate's figures */
    double kind;             /* it is of a kind that may answer */
    double words;            /* the subject's words, the rarer ones counting more, stand near it */
    double counted;          /* those of what is counted alone */
    double close;            /* how much of what stands beside the figure the subject names: a part of a thing is not the thing */
    double place, period;
    enum relation place_relation, period_relation;
    bool place_named;        /* its sentence names the place, whatever its record says */
    const struct review *rejected; /* a person's, or NULL: a question is not answered with it */
    double topic;            /* kind and words alone */
    double score;            /* all together */
};

/* Agreements of every figure of the candidates, best first: GArray of struct agreement. minor: counts that nobody cites, too. Errors: STORE. */
bool agreements_new(struct pool *pool, const GPtrArray *candidates, const struct subject *subject, bool minor, GArray **ret, GError **error);

/* The same for a few candidates; how rare a word is is told from `all`, so that the scores can be compared with those of all. */
bool agreements_among(struct pool *pool, const GPtrArray *candidates, const GPtrArray *all, const struct subject *subject, bool minor, GArray **ret, GError **error);

/* How well one unit of the subject is met near the figure, 0 … 1. */
double agreement_unit(const struct agreement *agreement, const struct unit *unit);

const struct figure_row *agreement_figure(const struct agreement *agreement);

/* The same, read again for the caller, who frees it; NULL where it is gone. Errors: STORE. */
bool agreement_figure_again(const struct pool *pool, const struct agreement *agreement, struct figure_row **ret, GError **error);

/* The figure's own terms in its passage, [start, end). */
struct span agreement_terms(const struct agreement *agreement);

/* "words .81, counted .95, place same, period within"; the caller frees it. */
char *agreement_explain(const struct agreement *agreement, const struct subject *subject);

#endif
