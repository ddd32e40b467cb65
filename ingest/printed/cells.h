/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_TEXT_CELLS_H
#define CITABLE_INGEST_TEXT_CELLS_H

#include "ingest/printed/lines.h"

/* A row of a table that has become a passage, its cells parted by TAB. */
struct text_row {
    guint line;       /* the printed line it comes from */
    uint32_t passage;
};

/*  Gives the cells of printed tables their heads, where these are sure:
 *
 *    Camp        People    Families        a row of words or years over
 *    North       1,200     300             rows of as many cells, each a name and numbers,
 *    South         800     190             every cell under the head of its column
 *
 *  rows: GArray of struct text_row in reading order. A table with numbers whose heads are not sure is said once ("table-heads"). */
void text_cells_find(struct document *doc, const struct text_lines *lines, const GArray *rows);

#endif
