/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_LAYOUT_H
#define CITABLE_INGEST_LAYOUT_H

#include "ingest/document.h"

/*  From the characters of a page to passages, without any type of the library that read them:
 *
 *    glyphs  →  lines            →  columns, reading order  →  paragraphs with a zone      →  document
 *               lines.c             columns.c                  paragraphs.c, …                write.c
 *
 *  Everything is in points from the page's top left corner. Glyphs come in the order of the file; lines own ranges of the sheet's glyphs,
 *  which layout_lines puts in reading order from left to right. */

enum glyph_flag {
    GLYPH_SPACE = 1 << 0,  /* white space stands before it */
    GLYPH_LINE = 1 << 1,   /* the file's reader saw a line begin here */
    GLYPH_PALE = 1 << 2,   /* printed in white or nearly so */
    GLYPH_TURNED = 1 << 3, /* runs up or down the page */
    GLYPH_MARK = 1 << 4,   /* part of a note mark: not in the text */
    GLYPH_LABEL = 1 << 5,  /* part of a note's own label: not in the note's text */
    GLYPH_RTL = 1 << 6,    /* written from right to left */
    GLYPH_UNSURE = 1 << 8, /* recognised in a picture, without certainty */
    GLYPH_DOUBT = 1 << 9,  /* ends a number, and may as well be a note mark: it stays in the text */
    GLYPH_OTHER = 1 << 10, /* the page may show something else here */
    GLYPH_SPREAD = 1 << 11, /* the white space before it was set wide to fill a line of text */
    GLYPH_HIDDEN = 1 << 7  /* no reader of the page sees it: white on white, tiny, off the page */
};

struct glyph {
    struct rect box;
    gunichar character;
    float size;     /* of the font, points */
    uint16_t style; /* index into layout->styles */
    uint16_t flags; /* enum glyph_flag */
};

/* The characters of a page. Most of what a document takes while it is read: room is for no more of them than was asked for. */
struct glyphs {
    struct glyph *data;
    uint32_t len, room;
};

struct glyphs *glyphs_new(uint32_t room);
void glyphs_free(struct glyphs *glyphs);
/* Room for so many behind those that are there, to be filled by the caller, who counts them. */
struct glyph *glyphs_more(struct glyphs *glyphs, uint32_t count);
/* Behind those that are there; no pointer to them is valid any longer. */
void glyphs_append(struct glyphs *glyphs, const struct glyph *more, uint32_t count);
/* Gives back the room that is left. */
void glyphs_shrink(struct glyphs *glyphs);

struct style {
    char *font;
    bool bold, italic, mono; /* mono: every letter as wide as the next */
    bool garbled;            /* prints other letters than the file names */
    uint32_t words, odd;     /* seen; of them such as no language has */
};

enum line_flag {
    LINE_BOLD = 1 << 0,      /* all of it */
    LINE_ITALIC = 1 << 1,
    LINE_TURNED = 1 << 2,
    LINE_FURNITURE = 1 << 3, /* running head, foot, page number: not in the text */
    LINE_CELL = 1 << 4,      /* a TAB parts it from the line before it in its paragraph */
    LINE_ITEM = 1 << 5,      /* begins with a list label */
    LINE_WIDE = 1 << 6,      /* holds a gap as wide as between columns, after a label */
    LINE_RTL = 1 << 7,
    LINE_SPACED = 1 << 8,    /* letters set apart: a word is known by its wider gaps */
    LINE_NOTE = 1 << 9,      /* part of the notes at the foot of its page */
    LINE_PALE = 1 << 10,
    LINE_CAPITALS = 1 << 11, /* no small letter in it */
    LINE_HIDDEN = 1 << 13,   /* most of it */
    LINE_VALUE = 1 << 14,    /* a value that stands in a cell of its own, however near the text beside it */
    LINE_APART = 1 << 15,    /* a head that stands over other columns too, no one knows which */
    LINE_SPREAD = 1 << 12    /* part of a row of running text whose words were set far apart to fill it */
};

/* What is known of a line, so that steps can pass it over; 0 = nothing is. */
enum line_trait {
    LINE_LEVEL = 1 << 0, /* all characters are of one size and height, and none a raised digit: no mark is among them */
    LINE_PLAIN = 1 << 1, /* all are ASCII, or powers of such, to be written as they are */
    LINE_WORDS = 1 << 2  /* fewer than two are signs that seldom stand inside words (and none Greek) */
};

/* A printed line of one column, or a cell's part of a row. */
struct text_line {
    struct rect box;
    float base;             /* y of the baseline */
    float size;             /* font size of most of its characters */
    float text_x;           /* where the text begins behind a list label; box.x0 without one */
    uint32_t first, count;  /* glyphs of the sheet */
    uint32_t letters;       /* of them */
    uint32_t row;           /* lines of one leaf on the same baseline share it */
    uint16_t column;        /* in a table row: of the cell, from 0 */
    uint16_t columns;       /* how many the cell covers; 0 outside tables */
    uint16_t style;         /* of most of its characters */
    uint16_t flags;         /* enum line_flag */
    uint16_t glyph_flags;   /* enum glyph_flag of any of its glyphs, as layout_lines found them: marks, labels and doubts come later */
    uint16_t traits;        /* enum line_trait */
};

/* A page. */
struct sheet {
    uint32_t page; /* from 1 */
    float width, height;
    uint32_t flags;      /* enum page_flag */
    char *label;         /* from the file's label table, else from the printed number; NULL = unknown */
    struct glyphs *glyphs;
    GArray *lines;       /* struct text_line */
    GArray *order;       /* struct leaf, in reading order */
    GArray *ordered;     /* uint32_t: indexes of lines, leaf by leaf, from top to bottom */
    GArray *tens;        /* uint32_t: glyphs of marks right behind the number ten, which may be its powers; NULL = none */
    GArray *ordinals;    /* uint32_t: raised letters behind short numbers, an ordinal's or an hour's, that may be marks; NULL = none */
};

/* A column of one part of a page, or a table: lines that are read one after another. */
struct leaf {
    struct rect box;
    uint32_t first, count; /* of sheet->ordered */
    float right;           /* where text may end: above and below columns farther than any line of it does */
    bool grid;             /* rows of cells */
    uint8_t side;          /* a cell of a table of running text: 1 = left, 2 = right; else 0 */
};

/* A paragraph on the way to a passage. */
struct paragraph {
    uint32_t sheet, leaf;  /* indexes */
    uint32_t first, count; /* of layout->lines */
    uint32_t next;         /* the paragraph that goes on with its sentence in another column or page, or NONE */
    bool taken;            /* is such a part of an earlier one */
    enum zone zone;
    uint32_t flags;        /* enum passage_flag */
    uint8_t level;
    char *label;           /* notes: their label, or NULL */
    bool foot;             /* a note at the foot of its page */
    uint32_t table;        /* rows of one table share it, from 1; 0 outside tables */
    bool head;             /* a row of column heads */
    uint8_t cell;          /* running text of a cell: its column, from 1; 0 outside */
    struct rect box;       /* on its first page */
    float size;
};

struct line_ref {
    uint32_t sheet, line;
};

struct layout {
    GPtrArray *sheets;   /* struct sheet *, by page */
    GArray *styles;      /* struct style */
    GArray *paragraphs;  /* struct paragraph, in reading order */
    GArray *lines;       /* struct line_ref: the lines of the paragraphs */
    float body;          /* font size of most of the text */
    uint32_t tables;     /* found so far */
    bool garbled;        /* some style is */
};

/* Lines [from, to) of a leaf that are one table, and where its columns stand. */
struct table {
    uint32_t from, to;
    GArray *columns; /* struct rect: x0, x1 */
    float step;      /* least distance of baselines in it */
    float pitch;     /* usual distance of rows of several lines; 0 = no two of them follow one another */
};

/* The tables of a leaf, from top to bottom: an array of struct table, to be unreffed. */
GArray *layout_tables(const struct sheet *sheet, const struct leaf *leaf);
/* Sets column and columns of a table's line by the columns that stand above or below it. */
void layout_place_line(const GArray *columns, struct text_line *line);
/* The end of the printed row that line `at` of a table begins. */
uint32_t layout_row_end(const struct sheet *sheet, const struct leaf *leaf, const struct table *table, uint32_t at);
/* Is the line `at`, right above the first row of values, no head but a name alone in bold print over the rows below it, as others are farther down? */
bool layout_opens_section(const struct sheet *sheet, const struct leaf *leaf, const struct table *table, uint32_t at);
/* Parts the heads and values of a leaf's tables that were read as one line although each stands in a column of its own. Adds lines to the sheet, to
 * the leaf and to its tables. */
void layout_part_cells(const struct layout *layout, struct sheet *sheet, uint32_t leaf, GArray *tables);
/* How many of a table's lines from its first on are heads of its columns. Sets the lines' column and columns; comes first.
 * upright: empty; takes the heads that run up or down the page, too, column by column, as indexes of the sheet's lines. */
uint32_t layout_table_heads(const struct sheet *sheet, const struct leaf *leaf, const struct table *table, GArray *upright);
/* How many of a table's heads from line `at` on are one row: all printed rows that stand close together, put in order column by column, a head over
 * several columns before theirs. */
uint32_t layout_head_row(const struct sheet *sheet, const struct leaf *leaf, const struct table *table, uint32_t heads, uint32_t at);
/* Finds the heads of a table that run up or down the page, for layout_table_heads. heads: lines of the table above its values. Sets the column and
 * columns of the turned lines it takes; those of all others are 0. */
void layout_upright_heads(const struct sheet *sheet, const struct leaf *leaf, const struct table *table, uint32_t heads, GArray *upright);
/* How many of a table's lines from `at` on, behind its heads, are one row, its cells' further lines included; they are put in order, cell by cell. */
uint32_t layout_table_row(const struct sheet *sheet, const struct leaf *leaf, const struct table *table, uint32_t at);

/* A cell of a table, lines [from, to) of its leaf. */
struct table_cell {
    uint32_t from, to, row, characters;
    uint16_t column;
    bool text;  /* running text, to be read by itself */
    bool value; /* a number */
};

/* The cells of a table of running text, row by row, an array of struct table_cell to be unreffed; NULL = it is no such table. Comes behind
 * layout_table_heads, and puts the table's lines in the order of their cells. */
GArray *layout_text_cells(const struct sheet *sheet, const struct leaf *leaf, const struct table *table);

struct layout *layout_new(void);
void layout_free(struct layout *layout);
/* A new empty page after the last one. */
struct sheet *layout_page(struct layout *layout, float width, float height);
/* The style of a font name ("ABCDEF+Calibri-BoldItalic"), made on first use. */
uint16_t layout_style(struct layout *layout, const char *font);

/* Puts all pages together: fills pages, lines, edges, passages, marks, notes and cells of an empty document. */
void layout_run(struct layout *layout, struct document *doc);

/* Sets PAGE_NO_TEXT, PAGE_GARBLED from the page's characters. */
void layout_judge(struct sheet *sheet);
/* Tells fonts whose letters are named by their place in the file ("62&,(7(" for "SOCIETE") from the words set in them, on all pages. */
void layout_judge_fonts(struct layout *layout);

/* The steps, in their order. Each reads what the steps before it made. */
void layout_stacked(struct sheet *sheet);                             /* at the beginning of layout_lines: brings fractions of one half over the other onto their line */
void layout_twins(struct sheet *sheet);                               /* behind it: drops letters printed twice in one place */
void layout_spread(const struct layout *layout, struct sheet *sheet);  /* behind it: finds GLYPH_SPREAD, gaps of justified text */
void layout_lines(const struct layout *layout, struct sheet *sheet);   /* glyphs → lines */
void layout_gutters(const struct layout *layout, struct sheet *sheet); /* at the end of layout_lines: parts lines that run over a narrow gutter */
void layout_measure(struct layout *layout);                           /* body size */
void layout_furniture(struct layout *layout);                         /* running heads, feet, page numbers set apart; labels */
void layout_marks(const struct layout *layout, struct sheet *sheet);  /* note marks told from digits */
void layout_columns(const struct layout *layout, struct sheet *sheet);/* reading order */
void layout_paragraphs(struct layout *layout, struct sheet *sheet);   /* lines → paragraphs with a zone */
void layout_zones(struct layout *layout);                             /* levels of headings; summary and boxes below theirs */
void layout_notes(struct layout *layout);                             /* note texts and their labels */
/* Makes a paragraph of a box that begins with a raised label the note that it is. */
bool layout_box_note(struct layout *layout, struct paragraph *p);
void layout_letter_marks(struct layout *layout);                      /* raised letters behind short numbers that are marks by their notes */
void layout_plain_marks(struct layout *layout);                       /* marks that are printed like the text around them */
void layout_join(struct layout *layout);                              /* sentences over a column or page */
void layout_write(const struct layout *layout, struct document *doc);

static inline struct sheet *layout_sheet(const struct layout *layout, uint32_t sheet)
{
    return g_ptr_array_index(layout->sheets, sheet);
}

static inline struct glyph *sheet_glyph(const struct sheet *sheet, uint32_t glyph)
{
    return &sheet->glyphs->data[glyph];
}

/* "0" to "9" */
static inline bool glyph_is_digit(const struct glyph *glyph)
{
    return glyph->character - '0' < 10;
}

static inline struct text_line *sheet_line(const struct sheet *sheet, uint32_t line)
{
    return &g_array_index(sheet->lines, struct text_line, line);
}

/* Line i of a leaf. */
static inline struct text_line *sheet_leaf_line(const struct sheet *sheet, const struct leaf *leaf, uint32_t i)
{
    return sheet_line(sheet, g_array_index(sheet->ordered, uint32_t, leaf->first + i));
}

static inline struct text_line *layout_line(const struct layout *layout, uint32_t ref)
{
    struct line_ref at = g_array_index(layout->lines, struct line_ref, ref);
    return sheet_line(layout_sheet(layout, at.sheet), at.line);
}

static inline struct rect rect_union(struct rect a, struct rect b)
{
    return (struct rect){MIN(a.x0, b.x0), MIN(a.y0, b.y0), MAX(a.x1, b.x1), MAX(a.y1, b.y1)};
}

/* How much of two intervals is shared; negative: the gap between them. */
static inline float overlap(float a0, float a1, float b0, float b1)
{
    return MIN(a1, b1) - MAX(a0, b0);
}

/* As GLib's, without a call for ASCII: they are asked of every character. */
static inline bool is_digit_character(gunichar c)
{
    return c < 0x80 ? c >= '0' && c <= '9' : g_unichar_isdigit(c);
}

static inline bool is_letter_character(gunichar c)
{
    return c < 0x80 ? g_ascii_isalpha((char)c) : g_unichar_isalpha(c);
}

/* 0: two glyphs are of one size and height, as bits, so that one branch tells it. What this takes for different may yet be equal (0 and -0). */
static inline uint32_t glyph_differs(const struct glyph *a, const struct glyph *b)
{
    uint32_t of_a[3], of_b[3];
    memcpy(&of_a[0], &a->box.y0, sizeof of_a[0]);
    memcpy(&of_a[1], &a->box.y1, sizeof of_a[0]);
    memcpy(&of_a[2], &a->size, sizeof of_a[0]);
    memcpy(&of_b[0], &b->box.y0, sizeof of_b[0]);
    memcpy(&of_b[1], &b->box.y1, sizeof of_b[0]);
    memcpy(&of_b[2], &b->size, sizeof of_b[0]);
    return (of_a[0] ^ of_b[0]) | (of_a[1] ^ of_b[1]) | (of_a[2] ^ of_b[2]);
}

/* Where the baseline runs, from a box that reaches from ascent to descent. */
static inline float glyph_base(const struct glyph *glyph)
{
    return glyph->box.y1 - 0.22f * (glyph->box.y1 - glyph->box.y0);
}

#endif
