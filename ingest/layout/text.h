/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_LAYOUT_TEXT_H
#define CITABLE_INGEST_LAYOUT_TEXT_H

#include "ingest/layout/layout.h"

/* A label at the beginning of a line: "•", "1.", "(a)", "iv)", "3.2.1". */
struct item {
    uint32_t count; /* glyphs of the label */
    bool bullet;    /* a sign, not a number or letter */
    bool word;      /* could as well begin a sentence or a quantity: "12 ", "A." */
};

/* Does a list label begin at glyph `first`, among `count` glyphs? White space or the end must follow it. */
bool layout_item(const struct sheet *sheet, uint32_t first, uint32_t count, struct item *ret);

/* Size, style and baseline of most of a line's characters; its box, flags and traits. */
void layout_measure_line(const struct layout *layout, const struct sheet *sheet, struct text_line *line);
/* The same for a new line, in which it decides where white space stands (GLYPH_SPACE). gaps: uint32_t, for its own use from line to line. */
void layout_measure_spaces(const struct layout *layout, const struct sheet *sheet, struct text_line *line, GArray *gaps);

static const float word_gap = 0.18f; /* in em: more is white space, whatever the file says */

static inline bool is_dash(gunichar c)
{
    return c == '-' || c == 0x2013 || c == 0x2014 || c == 0x2212;
}

/* Parts line `at` before a glyph of it that begins a word. Returns the index of the right part, the last of the sheet's lines, in the same row. */
uint32_t layout_part(const struct layout *layout, struct sheet *sheet, uint32_t at, uint32_t glyph);

/* A line's characters with its spaces, as UTF-8 into `out` (set empty first); note marks left out. */
void layout_text(const struct sheet *sheet, const struct text_line *line, GString *out);

/* The last or first character of a line that is no note mark; 0 = none. */
gunichar layout_last(const struct sheet *sheet, const struct text_line *line);
gunichar layout_first(const struct sheet *sheet, const struct text_line *line);

/* Does a sentence end with this line (". ", ".”", "?)")? */
bool layout_sentence_ends(const struct sheet *sheet, const struct text_line *line);

/* Does a line end with a word that ends no sentence ("displacement of", "Nassir, and")? */
bool layout_ends_open(const struct sheet *sheet, const struct text_line *line);

/* "Homes and schools ........ 12": does a line end an entry of a list of contents or of authorities? */
bool layout_ends_entry(const struct sheet *sheet, const struct text_line *line);

/* "Table 3. Homes lost", "Source: …": does a text begin as captions do? */
bool layout_begins_caption(const char *text);

/* More digits than letters, or a number and its scale ("0.02 Billion"): a value, not a name. */
bool layout_is_numeric(const struct sheet *sheet, const struct text_line *line);

/* Could the white before glyph `at` of a line part the thousands of one number ("112 833"), and is it no wider than that? */
bool layout_is_grouped(const struct sheet *sheet, const struct text_line *line, uint32_t at);

/* "million", "Billion/year": nothing but the scale of the number above it. */
bool layout_is_scale(const struct sheet *sheet, const struct text_line *line);

/* A value that is not there: "ND", "N/A", "-". */
bool layout_is_no_value(const struct sheet *sheet, const struct text_line *line);

/* Are two lines of one cell a value each, one above the other ("7" and "198", "1" and "-")? Read on, they would be one number, or a range. */
bool layout_stacks_values(const struct sheet *sheet, const struct text_line *above, const struct text_line *below);

/* A time, where it says a year or three parts of a date, and no other number: "2014", "3rd 2014", "28-11-14". */
bool layout_is_date(const struct sheet *sheet, const struct text_line *line);

/* "²" → '2'; 0: no raised digit. */
gunichar layout_plain_digit(gunichar c);

/* Is a glyph smaller than its line and raised over its baseline, or raised by itself ("²")? */
bool layout_is_raised(const struct text_line *line, const struct glyph *glyph);

/* Are the raised glyphs from `at` on, before `end`, no mark but a power or the upper half of a fraction? Such stay in the text, as "⁻⁶" and "1⁄2".
 * How many glyphs they are, to the end of the fraction; 0 = they are neither. */
uint32_t layout_power(const struct sheet *sheet, const struct text_line *line, uint32_t at, uint32_t end);

/* Is the number that glyph `at` stands behind ten, and nothing else? times: something is multiplied by it, "3.2 × 10". */
bool layout_is_ten(const struct sheet *sheet, const struct text_line *line, uint32_t at, bool *times);

/* Makes digits and their minus that stand raised what they are: "⁻⁶". They are no marks any longer. */
void layout_raise(const struct sheet *sheet, uint32_t at, uint32_t count);

#endif
