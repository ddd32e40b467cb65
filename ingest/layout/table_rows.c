/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/layout/text.h"

/*  Which printed rows of a table are one row of cells: a cell of two lines stands in two of them.
 *
 *      El Salvador    6,656    288,900
 *      Honduras and   5,936    29,400        a row of three cells
 *      its islands */

/* Does a line begin inside a sentence? */
static bool begins_inside(const struct sheet *sheet, const struct text_line *line)
{
    gunichar c = layout_first(sheet, line);
    return g_unichar_islower(c) || c == '(';
}

/* The last line of the row [at, from) that stands in a column, or NULL. */
static const struct text_line *above(const struct sheet *sheet, const struct leaf *leaf, uint32_t at, uint32_t from, uint16_t column)
{
    for (uint32_t i = from; i > at; i--)
        if (sheet_leaf_line(sheet, leaf, i - 1)->column == column)
            return sheet_leaf_line(sheet, leaf, i - 1);
    return NULL;
}

/* "100" in the row [at, from), "million" right below it: one value. But not where a number stands beside "million": it is of a row of
 * its own, and would join the one above it. */
static bool scales_value(const struct sheet *sheet, const struct leaf *leaf, uint32_t at, uint32_t from, uint32_t to)
{
    bool scales = false;
    for (uint32_t i = from; i < to; i++) {
        const struct text_line *line = sheet_leaf_line(sheet, leaf, i), *value = above(sheet, leaf, at, from, line->column);
        if (layout_is_scale(sheet, line))
            scales |= value && layout_is_numeric(sheet, value) && line->base - value->base < 1.75f * line->size;
        else if (layout_is_numeric(sheet, line))
            return false;
    }
    return scales;
}

/* A name of two lines, set closer than rows are, with some of its values beside the upper line and the others beside the lower one. */
static bool completes_row(const struct sheet *sheet, const struct leaf *leaf, const struct table *table, uint32_t at, uint32_t from, uint32_t to)
{
    const struct text_line *name = sheet_leaf_line(sheet, leaf, at), *more = sheet_leaf_line(sheet, leaf, from);
    if (name->column != 0 || more->column != 0 || from - at < 2 || more->base - name->base > 0.85f * table->pitch || ABS(more->box.x0 - name->box.x0) > 0.5f * name->size)
        return false;
    uint32_t values = 0;
    for (uint32_t i = from + 1; i < to; i++) {
        if (above(sheet, leaf, at, from, sheet_leaf_line(sheet, leaf, i)->column))
            return false;
        values++;
    }
    return values > 0 && values + (from - at) >= table->columns->len;
}

/* "26" over "7" beside a name of two lines: a number broken in its cell. No one knows what it says, but it is no row. */
static bool breaks_value(const struct sheet *sheet, const struct leaf *leaf, const struct table *table, uint32_t at, uint32_t from, uint32_t to)
{
    uint32_t broken = 0, values = 0;
    for (uint32_t i = from; i < to; i++) {
        const struct text_line *line = sheet_leaf_line(sheet, leaf, i), *value = above(sheet, leaf, at, from, line->column);
        if (line->column > 0 && !(layout_is_numeric(sheet, line) && value && layout_is_numeric(sheet, value)))
            return false;
        broken += line->column > 0;
    }
    for (uint32_t i = at; i < from; i++)
        values += sheet_leaf_line(sheet, leaf, i)->column > 0;
    const float close = 0.85f * table->pitch, base = sheet_leaf_line(sheet, leaf, from)->base;
    for (uint32_t i = to; i < table->to && sheet_leaf_line(sheet, leaf, i)->base - base < close; i++)
        if (sheet_leaf_line(sheet, leaf, i)->column > 0)
            return false; /* it stands above the other values of its own row */
    return broken == 1 && values > 2 && base - sheet_leaf_line(sheet, leaf, from - 1)->base < close;
}

/* Is the line at `from`, alone in its printed row, the upper one of a name whose values stand beside its middle, right below? */
static bool opens_row(const struct sheet *sheet, const struct leaf *leaf, const struct table *table, uint32_t from, uint32_t to)
{
    const struct text_line *name = sheet_leaf_line(sheet, leaf, from);
    if (from + 1 != to || name->column != 0 || to >= table->to)
        return false;
    const struct text_line *value = sheet_leaf_line(sheet, leaf, to);
    return value->column > 0 && layout_is_numeric(sheet, value) && value->base - name->base < 0.8f * name->size;
}

/* Do the lines [from, to) go on with the cells of the row before them, [at, from)? */
static bool goes_on(const struct sheet *sheet, const struct leaf *leaf, const struct table *table, uint32_t at, uint32_t from, uint32_t to, float wide)
{
    const struct text_line *last = sheet_leaf_line(sheet, leaf, from - 1), *line = sheet_leaf_line(sheet, leaf, from);
    float step = line->base - last->base;
    if (scales_value(sheet, leaf, at, from, to) || completes_row(sheet, leaf, table, at, from, to) || breaks_value(sheet, leaf, table, at, from, to))
        return true;
    if (step > 1.25f * MAX(table->step, line->size) || opens_row(sheet, leaf, table, from, to))
        return false;
    if (step < 0.8f * line->size)
        return true; /* a value set beside the middle of its row's name */
    bool first = false, numeric = false, lower = true;
    for (uint32_t i = from; i < to; i++) {
        const struct text_line *cell = sheet_leaf_line(sheet, leaf, i);
        first |= cell->column == 0;
        numeric |= layout_is_numeric(sheet, cell) || (cell->column > 0 && layout_is_no_value(sheet, cell));
        lower &= begins_inside(sheet, cell);
    }
    bool name = true; /* nothing but a name so far */
    for (uint32_t i = at; i < from; i++)
        name &= sheet_leaf_line(sheet, leaf, i)->column == 0;
    if (name && line->column == 0 && (begins_inside(sheet, line) || layout_ends_open(sheet, last)))
        return true; /* "Summons for other" over "offences   3   12", "Great Hills and" over "Bay   3   12" */
    if (numeric && first && from + 1 < to)
        return false; /* but a number alone goes on with its row's name: "Less than" over "45,000" */
    if (wide > 0)
        return true; /* rows stand farther apart than lines of a cell */
    return !numeric && (!first || lower);
}

/* Rows of this table stand clearly farther apart than lines of one cell: by how much at least; 0 = they do not. */
static float row_gap(const struct sheet *sheet, const struct leaf *leaf, const struct table *table)
{
    uint32_t wide = 0, close = 0;
    const struct text_line *last = NULL;
    for (uint32_t i = table->from; i < table->to; i++) {
        const struct text_line *line = sheet_leaf_line(sheet, leaf, i);
        if (last && line->row != last->row) {
            bool far = line->base - last->base > 1.25f * MAX(table->step, line->size);
            wide += far;
            close += !far;
        }
        last = line;
    }
    return wide > 0 && close > 0 && wide * 4 >= close ? 1.25f * table->step : 0;
}

static int by_cell(const void *a, const void *b, void *data)
{
    const struct sheet *sheet = data;
    const struct text_line *left = sheet_line(sheet, *(const uint32_t *)a), *right = sheet_line(sheet, *(const uint32_t *)b);
    if (left->column != right->column)
        return left->column < right->column ? -1 : 1;
    if (left->row != right->row)
        return left->row < right->row ? -1 : 1;
    return left->box.x0 < right->box.x0 ? -1 : left->box.x0 > right->box.x0;
}

uint32_t layout_row_end(const struct sheet *sheet, const struct leaf *leaf, const struct table *table, uint32_t at)
{
    uint32_t end = at + 1, row = sheet_leaf_line(sheet, leaf, at)->row;
    while (end < table->to && sheet_leaf_line(sheet, leaf, end)->row == row)
        end++;
    return end;
}

static bool is_bold_alone(const struct sheet *sheet, const struct leaf *leaf, const struct table *table, uint32_t at)
{
    const struct text_line *line = sheet_leaf_line(sheet, leaf, at);
    return line->flags & LINE_BOLD && line->column == 0 && line->columns == 1 && layout_row_end(sheet, leaf, table, at) == at + 1 && !layout_is_numeric(sheet, line) && !begins_inside(sheet, line);
}

bool layout_opens_section(const struct sheet *sheet, const struct leaf *leaf, const struct table *table, uint32_t at)
{
    const struct text_line *line = sheet_leaf_line(sheet, leaf, at);
    if (at == table->from || !is_bold_alone(sheet, leaf, table, at))
        return false;
    uint32_t beside = 0, others = 0, rows = 0; /* heads of other columns; further names alone; rows of values */
    for (uint32_t i = table->from; i < at; i++)
        beside += sheet_leaf_line(sheet, leaf, i)->column > 0;
    for (uint32_t i = at + 1, end; i < table->to; i = end) {
        const struct text_line *name = sheet_leaf_line(sheet, leaf, i);
        end = layout_row_end(sheet, leaf, table, i);
        if (end > i + 1 && name->column == 0) {
            if (name->flags & LINE_BOLD && end < table->to)
                return false; /* names of rows are in bold print, too, but for the total */
            rows++;
        }
        others += end < table->to && is_bold_alone(sheet, leaf, table, i) && layout_row_end(sheet, leaf, table, end) > end + 1 && ABS(name->box.x0 - line->box.x0) < 0.3f * line->size;
    }
    return beside > 0 && others > 0 && rows > 1;
}

uint32_t layout_table_row(const struct sheet *sheet, const struct leaf *leaf, const struct table *table, uint32_t at)
{
    float wide = row_gap(sheet, leaf, table);
    uint32_t to = layout_row_end(sheet, leaf, table, at), first = to;
    for (uint32_t end; to < table->to; to = end) {
        end = layout_row_end(sheet, leaf, table, to);
        if (!goes_on(sheet, leaf, table, at, to, end, wide))
            break;
    }
    if (to > first)
        g_qsort_with_data(&g_array_index(sheet->ordered, uint32_t, leaf->first + at), (gint)(to - at), sizeof(uint32_t), by_cell, (void *)sheet);
    return to - at;
}
