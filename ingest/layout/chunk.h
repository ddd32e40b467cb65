/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_LAYOUT_CHUNK_H
#define CITABLE_INGEST_LAYOUT_CHUNK_H

#include "ingest/layout/layout.h"

/* What stands close together on one baseline, in the order of the file: glyphs of the sheet on their way to lines. */
struct chunk {
    struct rect box;
    float base, size;
    uint32_t first, count;
    uint32_t behind;            /* the glyph that it is handed over behind, or stands in the middle of a chunk behind; NONE = none */
    uint32_t left, right;       /* neighbours, or NONE */
    float left_gap, right_gap;
    bool turned, mono;
};

/* Box, size, baseline and print of a chunk's glyphs. */
void chunk_measure(const struct layout *layout, const struct sheet *sheet, struct chunk *chunk);
/* For sorting: by their tops, from left to right. */
int chunk_by_top(const void *a, const void *b);

/* Does digit `at` end a mark, raised behind larger print: "free period.¹⁷ ¹⁸"? */
bool raised_ends_mark(const struct sheet *sheet, uint32_t at);
/* Is a chunk a mark raised beside far larger print, right behind a glyph of it? Anything longer is a text of its own. */
bool raised_is_mark(const struct sheet *sheet, const struct chunk *chunk, const struct chunk *large);
/* The file's reader may hand a mark over before or behind the line that it stands in the middle of. Parts the line there, so that the mark comes
 * to its number: it would be a number of its own. Chunks are in order of their tops, and are so again. */
void raised_part_lines(const struct layout *layout, const struct sheet *sheet, GArray *chunks);

#endif
