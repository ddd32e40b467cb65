/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_LAYOUT_SIDES_H
#define CITABLE_INGEST_LAYOUT_SIDES_H

#include "ingest/layout/text.h"

/*  What stands left and right of a white gutter: two columns of text, a table of running text, or something else. Lines are given as `items`, n
 *  indexes of the sheet's lines, from top to bottom. */

struct region {
    const struct sheet *sheet;
    struct sheet *out;
    float body;
    float right;  /* of what stands around it, over the whole width; 0 = no more than itself */
    uint8_t side; /* as in struct leaf */
};

enum bands {
    BANDS_NONE,
    BANDS_ROWS,  /* running text on both sides, in rows */
    BANDS_HEADS, /* heads on the left, the text they stand over on the right */
};

struct gutter {
    float x0, x1, y0, y1;
    enum bands bands;
};

/* What stands on one side of a gutter. */
struct side {
    uint32_t rows, lines, characters, letters, breaks; /* breaks: steps wider than usual */
    float x0, x1, y0, y1, step;        /* step: least distance of baselines */
    float last;                        /* the baseline of the lowest line */
};

static inline bool gutter_holds(const struct gutter *g, const struct text_line *line)
{
    float middle = (line->box.y0 + line->box.y1) / 2;
    return middle >= g->y0 && middle <= g->y1;
}

void sides_measure(const struct region *region, const uint32_t *items, guint n, const struct gutter *g, struct side *left, struct side *right);

/* Is there running text on both sides? */
bool sides_are_columns(const struct region *region, const uint32_t *items, guint n, struct gutter *g);

/* Is it a table of running text, which is read band by band? Sets g->bands. */
bool sides_are_bands(const struct region *region, const uint32_t *items, guint n, struct gutter *g);

/* Where bands begin: tops of lines, from top to bottom, as floats; to be unreffed. heads: a line alone on the left between two rows is a band too, a head
 * over those that follow. */
GArray *sides_bands(const struct region *region, const uint32_t *items, guint n, const struct gutter *g, const struct side *left, const struct side *right, bool heads);

#endif
