/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_ROWS_H
#define CITABLE_QUERY_ROWS_H

#include "query/words/words.h"

/* The rows of words/<name>.tsv, compiled in: GPtrArray of GStrv, a cell a string; comments and empty lines are no rows. The caller unrefs it. */
GPtrArray *word_rows(const char *name);

/* The languages of a table with a column each, in the order of their columns; and which one a lexis is of. */
enum { ROW_LANGUAGES = 3 };
extern const char *const row_languages[ROW_LANGUAGES];
size_t row_language(const struct lexis *lexis);

#endif
