/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_LAYOUT_PLAIN_LINE_H
#define CITABLE_INGEST_LAYOUT_PLAIN_LINE_H

#include "ingest/layout/layout.h"

enum { PLAIN_BYTES = 4 }; /* of a space and a plain character, at most */

/* Where a line's characters and edges are written, in room that was made for them. */
struct plain {
    char *at;
    float *x;
};

/* Writes a line that reads from left to right, with its spaces, and the left edge of each character. False: something in it is set apart, or is no plain character; what was
 * written then says nothing. There must be room for PLAIN_BYTES and two edges for each glyph. */
bool plain_put(struct plain *out, const struct sheet *sheet, const struct text_line *line);

#endif
