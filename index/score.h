/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_SCORE_H
#define CITABLE_INDEX_SCORE_H

#include "index/expression.h"

/* The passages that an expression finds, with their ranks (rank.h), from the postings of its phrases: FTS5's own way through them, a step for each passage and a
 * look at each phrase there, took five times as long.
 *
 * take: is given a passage (its number, see ranking.h) and its rank, higher is better, and returns the rank below which it wants no more; passages that cannot
 * come to that are not even summed up. Errors: STORE. */
bool score_passages(struct store *store, struct ranking *ranking, const struct expression *e, double (*take)(void *data, uint32_t number, double rank), void *data, GError **error);

#endif
