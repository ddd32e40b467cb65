/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_TEXT_LINES_H
#define CITABLE_INGEST_TEXT_LINES_H

#include "ingest/document.h"

/*  Printed text as lines, and what of it the page carries rather than the text.
 *
 *    S/2025/342                          LINE_FURNITURE   a running head: it comes back on other pages
 *
 *    … the reported voter turnout was    LINE_TEXT
 *    52.37 per cent.                     LINE_TEXT
 *
 *    3/15                   25-07569     LINE_FURNITURE   a page number: label "3" of the page
 *    \f                                  (a form feed ends the page) */
enum line_kind {
    LINE_TEXT,
    LINE_FURNITURE, /* running head or foot, page number: not of the text */
    LINE_NOTE,      /* of a footnote or endnote */
    LINE_TABLE,     /* a row of cells, or one cell of a column that was printed by itself */
    LINE_RULE       /* "________", "* * *": draws, does not say */
};

/* Blank lines are not kept, only counted. */
struct text_line {
    uint32_t start, end;    /* bytes of the text, without the white space around it */
    uint32_t page;          /* from 1; NONE in a file without form feeds */
    uint16_t indent, width; /* columns before the text, and of the text with its inner spaces; a tab counts to the next multiple of 8 */
    uint8_t kind;           /* enum line_kind */
    uint8_t blank;          /* blank lines above it on its page, at most 255 */
    bool first;             /* of its page */
};

struct text_lines {
    struct slice text;  /* borrowed */
    GArray *lines;      /* struct text_line */
    GPtrArray *labels;  /* char * or NULL by page, from pages[0] = page 1; empty without form feeds */
    uint16_t wrap;      /* columns at which the text is wrapped: nine lines of ten are no wider */
};

/* Splits the text (valid UTF-8) into lines in reading order, and sets furniture and rules apart. */
void text_lines_init(struct text_lines *ret, struct slice text);
void text_lines_clear(struct text_lines *lines);

static inline struct text_line *text_line_at(const struct text_lines *lines, guint i)
{
    return &g_array_index(lines->lines, struct text_line, i);
}

static inline struct slice text_line_slice(const struct text_lines *lines, guint i)
{
    const struct text_line *line = text_line_at(lines, i);
    return slice_make(lines->text.ptr + line->start, line->end - line->start);
}

/* Bytes of the bullet, number or letter with which a list item begins, with the space behind it ("• ", "12. ", "(a) "); 0 = it is no item. */
uint32_t text_item_length(struct slice line);

/* Columns that bytes [from, to) of a line take from column `column` on; a tab goes to its stop. */
unsigned text_columns_of(const char *text, uint32_t from, uint32_t to, unsigned column);

/* The next gap between two cells of a line, at or behind *from: three spaces or a tab. Gives its bytes; false = none. */
bool text_line_gap(struct slice line, uint32_t *from, uint32_t *to);

/* Puts columns of prose that were printed side by side one after the other. text_lines_init has done it. */
void text_columns_part(struct text_lines *lines);

/* Sets the rows of tables apart (LINE_TABLE): lines of several short cells, and runs of short lines that are mostly numbers. */
void text_tables_find(struct text_lines *lines);

#endif
