/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/printed/lines.h"

/*  Two columns of prose that an extractor printed side by side ("pdftotext -layout"), read one after the other.
 *
 *    The present report covers     the sixth session was to be         →  The present report covers
 *    the work of the Conference.   the deadline for the work.             the work of the Conference.
 *                                                                         the sixth session was to be
 *                                                                         the deadline for the work.
 *
 *  The right column begins at the same place on most lines of a page. Lines that run over the gutter (a title, a full-width note) end a region of columns.
 *  A table is left alone: its cells are narrow, or mostly digits. */
enum {
    GUTTER_SPACES = 2,
    RIGHT_LEAST = 24,     /* columns at which the right half can begin … */
    RIGHT_MOST = 160,     /* … at most */
    SLACK_LEFT = 2,       /* a line of the right half begins so far before its place: ragged printing */
    SPLIT_LEAST = 5,      /* lines with text in both halves, in a region */
    PROSE_COLUMNS = 24,   /* mean width of either half */
    DIGITS_PER_CENT = 20, /* of what is printed in either half, at most */
};

enum side { SIDE_LEFT, SIDE_RIGHT, SIDE_BOTH, SIDE_OVER };

/* A line, cut at the gutter: bytes where the left text ends and the right text begins. */
struct cut {
    enum side side;
    uint32_t left_end, right_start;
    uint16_t right_indent;
};

/* Walks the gaps of a line: gives the column and the byte behind the next run of spaces, and where that run began. */
struct gaps {
    const char *text;
    uint32_t at, end;
    unsigned column;
    uint32_t gap_from, gap_to;
    unsigned gap_begin, gap_column; /* columns of gap_from and gap_to */
};

static bool next_gap(struct gaps *g)
{
    while (g->at < g->end) {
        if (g->text[g->at] != ' ' && g->text[g->at] != '\t') {
            g->column += ((unsigned char)g->text[g->at] & 0xC0) != 0x80;
            g->at++;
            continue;
        }
        uint32_t from = g->at;
        unsigned spaces = 0;
        for (; g->at < g->end && (g->text[g->at] == ' ' || g->text[g->at] == '\t'); g->at++) {
            unsigned width = g->text[g->at] == '\t' ? 8 - g->column % 8 : 1;
            g->column += width;
            spaces += width;
        }
        if (spaces >= GUTTER_SPACES) {
            g->gap_from = from;
            g->gap_to = g->at;
            g->gap_begin = g->column - spaces;
            g->gap_column = g->column;
            return true;
        }
    }
    return false;
}

static struct gaps gaps_of(const struct text_lines *lines, guint i)
{
    const struct text_line *line = text_line_at(lines, i);
    return (struct gaps){.text = lines->text.ptr, .at = line->start, .end = line->end, .column = line->indent};
}

/* The column at which the right half of a page's lines begins: where the most gaps end. 0 = no such place. */
static unsigned find_gutter(const struct text_lines *lines, guint from, guint to)
{
    guint counts[RIGHT_MOST + 4] = {0}, best = 0;
    for (guint i = from; i < to; i++) {
        if (text_line_at(lines, i)->kind != LINE_TEXT)
            continue;
        struct gaps gaps = gaps_of(lines, i);
        while (next_gap(&gaps))
            if (gaps.gap_column >= RIGHT_LEAST && gaps.gap_column < RIGHT_MOST)
                counts[gaps.gap_column]++;
    }
    for (guint c = RIGHT_LEAST; c < RIGHT_MOST; c++)
        if (counts[c] + counts[c + 1] > counts[best] + counts[best + 1])
            best = c;
    return counts[best] + counts[best + 1] >= SPLIT_LEAST ? best : 0;
}

static struct cut cut_line(const struct text_lines *lines, guint i, unsigned gutter)
{
    const struct text_line *line = text_line_at(lines, i);
    struct cut cut = {SIDE_OVER, line->end, line->end, 0};
    unsigned low = gutter - SLACK_LEFT;
    if (line->kind == LINE_RULE || line->indent + line->width <= low) {
        cut.side = line->indent >= low ? SIDE_RIGHT : SIDE_LEFT;
        return cut;
    }
    if (line->indent >= low) {
        cut.side = SIDE_RIGHT;
        cut.right_start = line->start;
        cut.right_indent = line->indent;
        return cut;
    }
    struct gaps gaps = gaps_of(lines, i);
    while (next_gap(&gaps))
        if (gaps.gap_begin < gutter && gaps.gap_column >= low) { /* the gap lies over the gutter; the right text may begin later: a chart, a centred line */
            cut = (struct cut){SIDE_BOTH, gaps.gap_from, gaps.gap_to, (uint16_t)gaps.gap_column};
            return cut;
        }
    return cut;
}

/* How wide a half is, and how much of it is digits. */
struct half {
    guint lines, columns, digits, signs, lower;
};

static void count_half(struct half *half, const char *text, uint32_t from, uint32_t to)
{
    half->lines++;
    half->lower += g_unichar_islower(g_utf8_get_char(text + from)) ? 1 : 0;
    half->columns += (guint)g_utf8_strlen(text + from, (gssize)(to - from));
    for (uint32_t i = from; i < to; i++) {
        half->digits += (guint)g_ascii_isdigit(text[i]);
        half->signs += !g_ascii_isspace(text[i]);
    }
}

static bool is_prose(const struct half *half)
{
    return half->lines > 0 && half->columns / half->lines >= PROSE_COLUMNS && half->digits * 100 <= half->signs * DIGITS_PER_CENT;
}

static bool is_region(const struct text_lines *lines, const struct cut *cuts, guint from, guint to)
{
    struct half left = {0}, right = {0};
    guint both = 0;
    for (guint i = from; i < to; i++) {
        const struct text_line *line = text_line_at(lines, i);
        if (cuts[i - from].side != SIDE_BOTH)
            continue;
        both++;
        count_half(&left, lines->text.ptr, line->start, cuts[i - from].left_end);
        count_half(&right, lines->text.ptr, cuts[i - from].right_start, line->end);
    }
    bool running = left.lower * 2 >= left.lines || right.lower * 2 >= right.lines; /* paragraphs beside a chart; the labels of a table's rows begin with capitals */
    return both >= SPLIT_LEAST && ((is_prose(&left) && is_prose(&right)) || (running && (is_prose(&left) || is_prose(&right))));
}

static unsigned width_of(const struct text_lines *lines, uint32_t start, uint32_t end)
{
    return (unsigned)MIN(g_utf8_strlen(lines->text.ptr + start, (gssize)(end - start)), G_MAXUINT16);
}

/* Appends one half of a region. Where the other half stands alone, this one has a blank line. */
static void add_half(const struct text_lines *lines, const struct cut *cuts, guint from, guint to, bool right, GArray *out)
{
    unsigned blank = 0;
    bool first = true;
    for (guint i = from; i < to; i++) {
        struct text_line line = *text_line_at(lines, i);
        const struct cut *cut = &cuts[i - from];
        blank = MIN(blank + line.blank, 255u);
        if (cut->side != SIDE_BOTH && (cut->side == SIDE_RIGHT) != right) {
            blank = MIN(blank + 1, 255u);
            continue;
        }
        if (cut->side == SIDE_BOTH && right) {
            line.start = cut->right_start;
            line.indent = cut->right_indent;
        } else if (cut->side == SIDE_BOTH)
            line.end = cut->left_end;
        line.width = (uint16_t)width_of(lines, line.start, line.end);
        line.blank = (uint8_t)(first && right ? 1 : blank);
        line.first = line.first && !right;
        g_array_append_val(out, line);
        blank = 0;
        first = false;
    }
}

/* The lines of a page, its columns one after the other. */
static void add_page(const struct text_lines *lines, guint from, guint to, GArray *out)
{
    unsigned gutter = find_gutter(lines, from, to);
    struct cut *cuts = g_new(struct cut, to - from);
    for (guint i = from; i < to && gutter > 0; i++)
        cuts[i - from] = cut_line(lines, i, gutter);
    for (guint i = from, end; i < to; i = end) {
        for (end = i; gutter > 0 && end < to && cuts[end - from].side != SIDE_OVER; end++)
            continue;
        if (end > i && is_region(lines, cuts + (i - from), i, end)) {
            add_half(lines, cuts + (i - from), i, end, false, out);
            add_half(lines, cuts + (i - from), i, end, true, out);
            continue;
        }
        end = MAX(end, i + 1);
        g_array_append_vals(out, text_line_at(lines, i), end - i);
    }
    g_free(cuts);
}

void text_columns_part(struct text_lines *lines)
{
    GArray *out = g_array_sized_new(FALSE, FALSE, sizeof(struct text_line), lines->lines->len);
    guint len = lines->lines->len;
    for (guint from = 0, to; from < len; from = to) {
        uint32_t page = text_line_at(lines, from)->page;
        for (to = from; to < len && text_line_at(lines, to)->page == page; to++)
            continue;
        add_page(lines, from, to, out);
    }
    g_array_unref(lines->lines);
    lines->lines = out;
}
