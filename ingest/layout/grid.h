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
    bool numeric;
};

/* Gives the values of a table their heads (doc->cells), where both are sure: a name at the beginning of the row, a head over exactly the cell's column,
 * and at least two rows of that kind. A table with values and without such heads is warned of. Empties `cells` (in reading order). */
void grid_finish(GArray *cells, struct document *doc);

#endif
