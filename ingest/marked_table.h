/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_MARKED_TABLE_H
#define CITABLE_INGEST_MARKED_TABLE_H

#include "ingest/document.h"

/*  A table whose cells the file itself marks (HTML, Word, OpenDocument, Markdown, CSV), and the heads that give its values their meaning.
 *
 *    Table 3. People by country           a title: the caption, where there is no other
 *    Country | Refugees      | Share      heads at the top: "Refugees" is the group of the columns "2019" and "2020"
 *            | 2019  | 2020  |
 *    North                                a section: the rows below stand under it
 *    Peru    | 1,010 | 1,020 | 12.5       the name at the beginning of a row is its head …
 *    Mexico  | Women | 2,010 | 13.5       … and where that name stands over several rows, the next one is, under it
 *            | Men   | 3,010 | 14.5 */

enum { MARKED_COLUMNS = 64 };

struct marked_cell {
    struct span span;
    uint32_t row, column, columns, rows; /* its place in the grid, from 0; how many columns and rows it covers, at least 1 */
    uint32_t passage;
    bool head; /* marked as one */
};

/* Appends the values of a table with their heads to doc->cells. cells: struct marked_cell, row by row; caption: passage of the table's caption, or NONE. */
void marked_table_finish(struct document *doc, const GArray *cells, uint32_t caption);

#endif
