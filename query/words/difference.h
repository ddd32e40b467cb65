/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_DIFFERENCE_H
#define CITABLE_QUERY_DIFFERENCE_H

#include <stdbool.h>

/* Columns whose values are measured against others, by their heads: words/differences.tsv, in all languages. */

/* Is this what a value of such a column counts: "Change from 2023: Men · North"? */
bool difference_heads(const char *counted);

/* Does a question name a difference with a noun of such heads: "What is the change in …"? */
bool difference_named(const char *question);

#endif
