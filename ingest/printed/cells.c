/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/printed/cells.h"

enum { CELLS_MOST = 24, ROWS_LEAST = 3, SLACK = 1 };

struct printed_cell {
    struct span span;        /* in the clean text */
    unsigned from, to;       /* columns */
};

struct printed_row {
    struct printed_cell cells[CELLS_MOST];
    guint n;
};

/* A passage's cells with the columns at which they were printed; false where the two do not match. */
static bool read_row(const struct document *doc, const struct text_lines *lines, const struct text_row *row, struct printed_row *ret)
{
    struct slice line = text_line_slice(lines, row->line);
    struct span rest = DOCUMENT_AT(doc->passages, struct passage, row->passage).span;
    unsigned column = text_line_at(lines, row->line)->indent;
    uint32_t start = 0, from = 0, to = 0;
    ret->n = 0;
    while (start < line.len && rest.start < rest.end && ret->n < CELLS_MOST) {
        from = start;
        bool gap = text_line_gap(line, &from, &to);
        uint32_t end = gap ? from : (uint32_t)line.len;
        const char *tab = memchr(doc->text->str + rest.start, '\t', rest.end - rest.start);
        uint32_t stop = tab ? (uint32_t)(tab - doc->text->str) : rest.end;
        unsigned width = text_columns_of(line.ptr, start, end, column);
        ret->cells[ret->n++] = (struct printed_cell){{rest.start, stop}, column, column + width};
        column += width + (gap ? text_columns_of(line.ptr, end, to, column + width) : 0);
        rest.start = tab ? stop + 1 : rest.end;
        start = gap ? to : (uint32_t)line.len;
    }
    return start >= line.len && rest.start >= rest.end;
}

static bool has_digit(struct slice text)
{
    for (size_t i = 0; i < text.len; i++)
        if (g_ascii_isdigit(text.ptr[i]))
            return true;
    return false;
}

static bool is_year(struct slice text)
{
    return text.len == 4 && (slice_starts(text, "19") || slice_starts(text, "20")) && g_ascii_isdigit(text.ptr[2]) && g_ascii_isdigit(text.ptr[3]);
}

/* A number, or what stands for none: "-", "–", "n/a", "…". */
static bool is_value(struct slice text)
{
    gunichar first = text.len > 0 ? g_utf8_get_char(text.ptr) : 0;
    bool number = has_digit(text) && !g_unichar_isalpha(first);
    return number || text.len <= 3 || g_ascii_strncasecmp(text.ptr, "n/a", MIN(text.len, 3)) == 0;
}

static bool is_name(struct slice text)
{
    return is_year(text) || (text.len > 0 && g_unichar_isalpha(g_utf8_get_char(text.ptr)));
}

static bool over(const struct printed_cell *head, const struct printed_cell *cell)
{
    return head->from <= cell->to + SLACK && cell->from <= head->to + SLACK;
}

/* The head of a value's column: the only one that stands over it; NULL: none, or two. */
static const struct printed_cell *head_over(const struct printed_row *heads, const struct printed_cell *cell)
{
    const struct printed_cell *found = NULL;
    for (guint i = 0; i < heads->n; i++)
        if (over(&heads->cells[i], cell)) {
            if (found)
                return NULL;
            found = &heads->cells[i];
        }
    return found;
}

/* Are the heads sure for every value of the row? */
static bool fits(const struct document *doc, const struct printed_row *heads, const struct printed_row *row)
{
    guint columns = heads->n;
    bool corner = columns > 0 && over(&heads->cells[0], &row->cells[0]); /* the first column has a head, too */
    if (row->n < 2 || row->n != columns + !corner || !is_name(document_slice(doc, row->cells[0].span)))
        return false;
    for (guint i = 1; i < row->n; i++)
        if (!is_value(document_slice(doc, row->cells[i].span)) || head_over(heads, &row->cells[i]) != &heads->cells[i - !corner])
            return false;
    return true;
}

static bool are_heads(const struct document *doc, const struct printed_row *row)
{
    for (guint i = 0; i < row->n; i++)
        if (!is_name(document_slice(doc, row->cells[i].span)))
            return false;
    return row->n > 0;
}

/* The caption right over a table's first row, or NONE. */
static uint32_t caption_over(const struct document *doc, uint32_t passage)
{
    return passage > 0 && DOCUMENT_AT(doc->passages, struct passage, passage - 1).zone == ZONE_CAPTION ? passage - 1 : NONE;
}

/* Rows [from, to) as one table; false where its heads are not sure. */
static bool make_table(struct document *doc, const struct text_lines *lines, const GArray *rows, guint from, guint to)
{
    struct printed_row heads, row;
    const struct text_row *first = &g_array_index(rows, struct text_row, from);
    if (to - from < ROWS_LEAST || !read_row(doc, lines, first, &heads) || !are_heads(doc, &heads))
        return false;
    for (guint i = from + 1; i < to; i++)
        if (!read_row(doc, lines, &g_array_index(rows, struct text_row, i), &row) || !fits(doc, &heads, &row))
            return false;
    for (guint i = from + 1; i < to; i++) {
        const struct text_row *printed = &g_array_index(rows, struct text_row, i);
        read_row(doc, lines, printed, &row);
        for (guint k = 1; k < row.n; k++) {
            struct cell cell = {row.cells[k].span, row.cells[0].span, head_over(&heads, &row.cells[k])->span, printed->passage, caption_over(doc, first->passage), {0, 0}, {0, 0}};
            g_array_append_val(doc->cells, cell);
        }
    }
    return true;
}

static bool has_numbers(const struct document *doc, const GArray *rows, guint from, guint to)
{
    guint with = 0;
    for (guint i = from; i < to; i++)
        with += has_digit(document_slice(doc, DOCUMENT_AT(doc->passages, struct passage, g_array_index(rows, struct text_row, i).passage).span));
    return with >= 2;
}

void text_cells_find(struct document *doc, const struct text_lines *lines, const GArray *rows)
{
    guint unsure = 0;
    uint32_t page = NONE;
    for (guint from = 0, to; from < rows->len; from = to) {
        for (to = from + 1; to < rows->len; to++) {
            const struct text_row *above = &g_array_index(rows, struct text_row, to - 1), *below = &g_array_index(rows, struct text_row, to);
            if (below->passage != above->passage + 1 || below->line != above->line + 1 || text_line_at(lines, below->line)->blank > 1 || text_line_at(lines, below->line)->first)
                break;
        }
        if (!make_table(doc, lines, rows, from, to) && has_numbers(doc, rows, from, to) && unsure++ == 0)
            page = text_line_at(lines, g_array_index(rows, struct text_row, from).line)->page;
    }
    if (unsure > 0)
        document_warn(doc, "table-heads", page, "the heads of %u table%s are not sure; the numbers are in the text, but are no figures", unsure, unsure == 1 ? "" : "s");
}
