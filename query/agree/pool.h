/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_POOL_H
#define CITABLE_QUERY_POOL_H

#include "query/answer.h"
#include "query/subject/subject.h"

/* The passages that may hold what a subject is about, read once with their words and figures; shared by all the questions of a run. */

/* How a figure stands to others beside it. */
enum stand {
    STAND_PLAIN = 1 << 0, /* in the run of the sentence: not in brackets, and no minor one */
    STAND_WHOLE = 1 << 1, /* what the figure before it is a part of: "59 of the 251 hostages" */
    STAND_BASE = 1 << 2,  /* what another is measured against: "up from 42.8 per cent", "from 334 to 295" */
    STAND_DIFFERENCE = 1 << 3, /* how much one is over or under another: "2 million more than a year before" */
};

struct candidate {
    int64_t rowid;
    const struct document_row *document; /* the library's */
    struct passage_row *passage;
    GPtrArray *figures;          /* struct figure_row *, in reading order */
    GArray *at;                  /* uint32_t: the term of each figure */
    struct words *words;         /* of the passage */
    struct words *heading;       /* or NULL */
    const struct words *title;   /* of the document, or NULL; the pool's */
    GArray *cost;                /* double, one a term: how far it is from the passage's first term, where stops, commas and other figures are a way */
    GArray *first, *after;       /* uint32_t, one a figure: the terms of its sentence */
    GArray *stands;              /* uint8_t, one a figure: enum stand */
};

struct pool;

/* The pool borrows the library. */
struct pool *pool_new(struct library *library);
void pool_free(struct pool *pool);
struct library *pool_library(const struct pool *pool);

/* Passages with words of the subject, best first: GPtrArray of struct candidate *, the pool's; the caller unrefs the array. Errors: STORE. */
bool pool_find(struct pool *pool, const struct subject *subject, uint32_t limit, GPtrArray **ret, GError **error);

/* One passage, the pool's; `*ret` is NULL where there is none. Errors: STORE. */
bool pool_passage(struct pool *pool, int64_t rowid, struct candidate **ret, GError **error);

/* How much a document is about a place: 0 = it never names it … 1 = a good part of its passages does. Errors: STORE. */
bool pool_focus(struct pool *pool, const struct figure_place *place, const struct document_row *document, double *ret, GError **error);

/* How rare each unit of the subject is among these passages: 1 for one that stands in all of them, more for rarer ones; one number a unit. */
double *pool_rarity(const GPtrArray *candidates, const struct subject *subject);

/* How well a term or concept of `words` meets a unit, quality 0 … 1: the best (`words` may be NULL), and each place. */
double unit_best(const struct unit *unit, const struct words *words);
void unit_met(const struct unit *unit, const struct words *words, void (*met)(void *data, uint32_t term, double quality), void *data);

#endif
