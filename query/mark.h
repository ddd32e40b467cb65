/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_MARK_H
#define CITABLE_QUERY_MARK_H

#include "query/parse.h"

/* The words of a text that a query's clauses (struct clause *) meet by their stems: GArray of struct span in bytes of the text, in order, apart from
 * one another; the caller unrefs it. language: of the text. */
GArray *marks_new(const GPtrArray *clauses, const char *language, struct slice text);

#endif
