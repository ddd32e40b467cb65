/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_LAYOUT_HEADS_H
#define CITABLE_INGEST_LAYOUT_HEADS_H

#include "ingest/layout/layout.h"

/* What is known of a table's heads before their columns are, for heads.c and part_cells.c. */

static const float aligned = 0.15f; /* what stands over a column is no farther off, in em */

enum { MOST_COLUMNS = 64 };

/* "N", "%", "N", "%": the lowest row of heads says the same again, `length` columns at a time from column `first` on, `times` times. What stands above
 * it stands over all columns of one time. */
struct pattern {
    guint first, length, times;
    bool again;       /* it says something again, in whatever order */
    uint32_t row;     /* of the lines in it */
    const struct text_line *heads[MOST_COLUMNS];
};

/* Reads the lowest row of the heads, the lines [from, to). */
struct pattern heads_pattern(const struct sheet *sheet, const struct leaf *leaf, uint32_t from, uint32_t to);
/* How many of a table's lines stand above the first printed row of values; 0: words all through, or too many rows to be heads. rows: printed ones of them. */
uint32_t heads_count(const struct sheet *sheet, const struct leaf *leaf, const struct table *table, uint32_t *rows);

#endif
