/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_PRINT_TABLE_H
#define CITABLE_QUERY_PRINT_TABLE_H

#include "query/print/terminal.h"

#include <stdio.h>

/* A column of a table for people. */
struct column {
    const char *name;
    bool right;   /* numbers */
    bool wraps;   /* long text goes on in the next line of its cell, on a terminal */
};

/* A table of text cells; a column without any text is not printed. */
struct table;

struct table *table_new(const struct column *columns, size_t n_columns);

/* A new row; its cells are empty. */
void table_row(struct table *table);

/* Sets a cell of the newest row; the text is made safe. NULL leaves it empty. */
void table_set(struct table *table, size_t column, const char *text);

/* Prints and frees it. Wrapped to the terminal's width; not wrapped at all where there is none. */
void table_close(struct table *table, struct terminal terminal, FILE *out);

#endif
