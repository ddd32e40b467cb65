/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_COMPARE_PARTS_H
#define CITABLE_QUERY_COMPARE_PARTS_H

#include "query/compare/compare.h"
#include "query/match.h"

/* Inside compare.c, sought.c and series.c only. */

/* A figure that looks for its like. */
struct sought {
    struct answer *answer;
    struct thing *thing; /* owned */
    struct days days;
    bool dated;
    bool summed;         /* what happened, one after another (killed, destroyed): a longer time has a larger number */
};

struct sought *sought_new(struct answer *answer);
void sought_free(void *sought);

bool is_household(const struct figure_row *figure);

/* "A woman was hurt", "aged 5 to 9", "for the next five years": what no other document states again. */
bool is_no_statistic(const struct figure_row *figure);

/* Figures whose keys differ are never compared: kind and unit (persons and households together), and the countries of their places, or what else names them. The caller frees it. */
char *key_of(const struct figure_row *figure);

/* Does each number fit the other, in one direction at least? */
bool fits(const struct quantity *a, const struct quantity *b);

enum relation times_relation(const struct sought *a, const struct sought *b);

/* How much two figures are one statistic; 0: they are not. A time that is not given parts counts that do not fit. */
double likeness(const struct sought *a, const struct sought *b);

/* The same for one statistic at two times: cases as at January, and as at March. */
double likeness_over_time(const struct sought *a, const struct sought *b);

/* May the figure be one of a series; does the group tell of one statistic at several times? It is put in the order of time. */
bool may_be_series(const struct sought *sought);
bool is_series(GPtrArray *group);

#endif
