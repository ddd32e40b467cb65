/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_WORD_LINE_H
#define CITABLE_INGEST_WORD_LINE_H

#include "base/bytes.h"
#include "base/slice.h"

/* A line, or a longer text, in which words are looked for: where they begin and end is told of sixty-four bytes at a time (bits_next finds it). */
struct word_line {
    char *small;              /* the line with ASCII in small letters, and eight zero bytes behind it */
    uint64_t *letters, *more; /* a bit for each byte: an ASCII letter; that or no ASCII */
    size_t len, room;
};

/* To be set again for the next line; begins with all zero. */
void word_line_set(struct word_line *line, struct slice text);
void word_line_clear(struct word_line *line);

#endif
