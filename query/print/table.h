/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_PRINT_TABLE_H
#define CITABLE_QUERY_PRINT_TABLE_H

#include "query/print/terminal.h"

#include <stdio.h>

/* What becomes of long text in a column. */
enum column_text {
    COLUMN_WHOLE, /* it stands in one line */
    COLUMN_WRAPS, /* on a terminal it goes on in the next line of its cell */
    COLUMN_CUT,   /* the same; where there is no terminal it ends in "…": a row is a line that can be read, JSON and CSV have all of it */
};

/* A column of a table for people. */
struct column {
    const char *name;
    bool right;   /* numbers */
    enum column_text text;
};

/* A table of text cells; a column without any text is not printed. */
struct table;

struct table *table_new(const struct column *columns, size_t n_columns);

/* A new row; its cells are empty. */
void table_row(struct table *table);

/* Sets a cell of the newest row; the text is made safe. NULL leaves it empty. */
void table_set(struct table *table, size_t column, const char *text);

/* Prints and frees it. Wrapped to the terminal's width; where there is none a row is one line. */
void table_close(struct table *table, struct terminal terminal, FILE *out);

#endif
