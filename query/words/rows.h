/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_ROWS_H
#define CITABLE_QUERY_ROWS_H

#include <glib.h>

/* The rows of words/<name>.tsv, compiled in: GPtrArray of GStrv, a cell a string; comments and empty lines are no rows. The caller unrefs it. */
GPtrArray *word_rows(const char *name);

#endif
