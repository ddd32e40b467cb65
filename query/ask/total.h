/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_TOTAL_H
#define CITABLE_QUERY_TOTAL_H

#include "query/agree/agree.h"

/*  Who asks how many people were killed wants the total, not one of the days that it sums up:
 *
 *    since 7 October 2023   ├──────────────────────────────┤ 50,114   the whole
 *    9 April 2025                               ├┤               47   a part of it
 *
 *  Of two answers for one place, the larger one whose time is about as long or longer, and meets the other's, is the whole; the latest running total is
 *  larger than those before it. Both must be about as near to the question's words: a number of something else is no whole. */
bool is_whole_of(const struct agreement *whole, const struct agreement *part, const struct subject *question);

/* Does the question ask to whom, or to how many, something happened? Such numbers are summed up. */
bool asks_for_total(const struct subject *question);

#endif
