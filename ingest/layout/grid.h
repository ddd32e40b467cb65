/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_LAYOUT_GRID_H
#define CITABLE_INGEST_LAYOUT_GRID_H

#include "ingest/document.h"

/* A cell of a table as it was written, at its place in the grid. */
struct grid_cell {
    struct span span;
    uint32_t row, passage;
    uint16_t column, columns; /* from 0; how many it covers */
    bool head;                /* in a row of column heads */
    bool doubtful;            /* a head over several columns, perhaps over others */
    bool numeric;
    float x0, x1;             /* on its page */
    float left, size;         /* where its first line begins; of its print */
    float base, foot;         /* of its first and its last line */
    bool bold;
    uint32_t last;            /* byte at which its last line begins */
};

/* A row, cells [from, to). */
struct grid_row {
    guint from, to, values;              /* numbers behind its first cell */
    const struct grid_cell *name;        /* what it is called; NULL: no one knows */
    const struct grid_cell *section;     /* under which other name it stands ("Deaths"); NULL: none */
};

enum { GRID_COLUMNS = 64 };

/* The table before, whose heads stand over rows that go on with it on the next page. Zero: none. */
struct grid_before {
    struct grid_head {
        struct grid_cell own, group; /* of the column alone; over others too */
        bool sure, grouped;          /* has it them? */
        float x0, x1;                /* of the column's cells */
    } heads[GRID_COLUMNS];
    guint columns;
    uint32_t page, passage, caption; /* of its last row; of the whole */
};

/* The rows of a table, an array of struct grid_row to be unreffed. */
GArray *grid_rows(const GArray *cells, const struct document *doc);
/* The cell of words in a column of a row, or NULL. "Telephone:" has no column's head. */
const struct grid_cell *grid_name(const GArray *cells, const struct document *doc, const struct grid_row *row, guint column);

/* Gives the values of a table their heads (doc->cells), where both are sure: a name at the beginning of the row, a head over exactly the cell's column,
 * and at least two rows of that kind. A table with values and without such heads is warned of. Empties `cells` (in reading order). Rows
 * without heads at the beginning of a page take those of `before`, the table at the end of the page before, where their columns are the same. */
void grid_finish(GArray *cells, struct document *doc, struct grid_before *before);

#endif
