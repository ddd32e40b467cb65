/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/marked_table.h"

enum { HEAD_ROWS = 6 }; /* at the top, titles among them */

struct table {
    struct document *doc;
    const GArray *cells;
    uint32_t width, heads;               /* columns; rows of heads */
    uint32_t caption;
    struct span column[MARKED_COLUMNS];  /* the lowest head over it */
    struct span above[MARKED_COLUMNS];   /* the next one above that */
    struct marked_cell down[MARKED_COLUMNS]; /* the cell that reaches down into this row; rows 0: none */
    struct span section;
};

/* What stands at the beginning of a row. */
struct stub {
    struct span head, group;
    uint32_t columns;
};

static const struct marked_cell *cell_at(const struct table *table, guint i)
{
    return &g_array_index(table->cells, struct marked_cell, i);
}

static bool is_empty(struct span span)
{
    return span.start >= span.end;
}

/* "- of these, women", "(all)": is there a letter at its beginning? "10,000", "-5" and "(12)" have none. */
static bool is_worded(const struct document *doc, struct span span)
{
    struct slice text = document_slice(doc, span);
    size_t at = 0;
    while (at < text.len && (g_ascii_ispunct(text.ptr[at]) || g_ascii_isspace(text.ptr[at])))
        at++;
    return at < text.len && (g_ascii_isalpha(text.ptr[at]) || (unsigned char)text.ptr[at] >= 0x80);
}

static bool is_year(const struct document *doc, struct span span)
{
    struct slice text = document_slice(doc, span);
    bool year = text.len == 4 && (slice_starts(text, "19") || slice_starts(text, "20"));
    for (size_t i = 0; i < text.len && year; i++)
        year = g_ascii_isdigit(text.ptr[i]);
    return year;
}

/* A label, a year, or whatever is marked as a head. */
static bool head_like(const struct document *doc, const struct marked_cell *cell)
{
    return !is_empty(cell->span) && (cell->head || is_year(doc, cell->span) || is_worded(doc, cell->span));
}

static guint row_end(const struct table *table, guint from)
{
    guint end = from;
    while (end < table->cells->len && cell_at(table, end)->row == cell_at(table, from)->row)
        end++;
    return end;
}

/* The only cell of the row [from, end) that says anything, where it is the first; NULL: others do, or none does. */
static const struct marked_cell *lone_cell(const struct table *table, guint from, guint end)
{
    const struct marked_cell *first = cell_at(table, from);
    if (first->column > 0 || is_empty(first->span))
        return NULL;
    for (guint i = from + 1; i < end; i++)
        if (!is_empty(cell_at(table, i)->span))
            return NULL;
    return first;
}

/* Are all cells of the row heads, or empty? Then it is a row of column heads. */
static bool is_head_row(const struct table *table, guint from, guint end)
{
    bool any = false;
    for (guint i = from; i < end; i++) {
        const struct marked_cell *cell = cell_at(table, i);
        if (is_empty(cell->span))
            continue;
        if (!head_like(table->doc, cell))
            return false;
        any |= cell->column > 0 || (cell->head && table->width == 1);
    }
    return any;
}

/* A title says over all columns what the table is. */
static bool is_title(const struct table *table, guint from, guint end)
{
    const struct marked_cell *cell = lone_cell(table, from, end);
    return cell && table->width > 1 && is_worded(table->doc, cell->span);
}

/* Rows of heads at the top, titles above them included: rows of titles alone are none. The last row of a table is no head. */
static void count_heads(struct table *table)
{
    for (guint from = 0, end; from < table->cells->len; from = end) {
        uint32_t row = cell_at(table, from)->row;
        end = row_end(table, from);
        if (row >= HEAD_ROWS || end == table->cells->len)
            return;
        if (is_head_row(table, from, end))
            table->heads = row + 1;
        else if (!is_title(table, from, end))
            return;
    }
}

static void read_heads(struct table *table, guint from, guint end)
{
    if (is_title(table, from, end)) {
        table->caption = table->caption == NONE ? cell_at(table, from)->passage : table->caption;
        return;
    }
    for (guint i = from; i < end; i++) {
        const struct marked_cell *cell = cell_at(table, i);
        for (uint32_t c = cell->column; !is_empty(cell->span) && c < MIN(cell->column + cell->columns, (uint32_t)MARKED_COLUMNS); c++) {
            table->above[c] = table->column[c];
            table->column[c] = cell->span;
        }
    }
}

/* The cell in a column of the row [from, end): its own, or one that reaches down into it; NULL: none. */
static const struct marked_cell *in_column(const struct table *table, guint from, guint end, uint32_t column)
{
    const struct marked_cell *down = &table->down[column];
    if (down->rows > 0 && down->row + down->rows > cell_at(table, from)->row)
        return down;
    for (guint i = from; i < end && cell_at(table, i)->column <= column; i++)
        if (cell_at(table, i)->column == column)
            return cell_at(table, i);
    return NULL;
}

static struct stub read_stub(const struct table *table, guint from, guint end)
{
    struct stub stub = {0};
    const struct marked_cell *cell = in_column(table, from, end, 0), *last = NULL;
    while (cell && head_like(table->doc, cell)) {
        if (last && !((last->rows > 1 || cell->head) && is_worded(table->doc, cell->span)))
            break;
        stub.group = last ? stub.head : stub.group;
        stub.head = cell->span;
        stub.columns = cell->column + cell->columns;
        last = cell;
        cell = stub.columns < MARKED_COLUMNS ? in_column(table, from, end, stub.columns) : NULL;
    }
    return stub;
}

static void read_values(struct table *table, guint from, guint end)
{
    const struct marked_cell *lone = lone_cell(table, from, end);
    if (lone && table->width > 1 && lone->columns >= table->width) {
        table->section = lone->span;
        return;
    }
    struct stub stub = read_stub(table, from, end);
    for (guint i = from; i < end; i++) {
        const struct marked_cell *cell = cell_at(table, i);
        if (is_empty(cell->span) || cell->column < stub.columns || cell->column >= MARKED_COLUMNS)
            continue;
        struct cell made = {cell->span, stub.head, table->column[cell->column], cell->passage, table->caption, table->above[cell->column], is_empty(stub.group) ? table->section : stub.group};
        if (!is_empty(made.row) || !is_empty(made.column))
            g_array_append_val(table->doc->cells, made);
    }
}

static void reach_down(struct table *table, guint from, guint end)
{
    for (guint i = from; i < end; i++)
        if (cell_at(table, i)->rows > 1 && cell_at(table, i)->column < MARKED_COLUMNS)
            table->down[cell_at(table, i)->column] = *cell_at(table, i);
}

void marked_table_finish(struct document *doc, const GArray *cells, uint32_t caption)
{
    struct table table = {.doc = doc, .cells = cells, .caption = caption};
    for (guint i = 0; i < cells->len; i++)
        table.width = MAX(table.width, cell_at(&table, i)->column + cell_at(&table, i)->columns);
    count_heads(&table);
    for (guint from = 0, end; from < cells->len; from = end) {
        end = row_end(&table, from);
        if (cell_at(&table, from)->row < table.heads) {
            read_heads(&table, from, end);
        } else {
            read_values(&table, from, end);
            reach_down(&table, from, end);
        }
    }
}
