/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/layout_grid.h"

enum { COLUMNS = 64, CAPTION_REACH = 3 };

static const struct grid_cell *cell_at(const GArray *cells, guint i)
{
    return &g_array_index(cells, struct grid_cell, i);
}

/* The most particular head over a column: the lowest one that covers the fewest columns. */
static void find_heads(const GArray *cells, const struct grid_cell *heads[COLUMNS])
{
    for (guint i = 0; i < cells->len; i++) {
        const struct grid_cell *cell = cell_at(cells, i);
        if (!cell->head)
            continue;
        for (guint c = cell->column; c < (guint)cell->column + cell->columns && c < COLUMNS; c++)
            if (!heads[c] || cell->columns <= heads[c]->columns)
                heads[c] = cell;
    }
}

/* A caption right above the table, else right below it. */
static uint32_t find_caption(const GArray *cells, const struct document *doc)
{
    uint32_t first = cell_at(cells, 0)->passage, last = cell_at(cells, cells->len - 1)->passage;
    for (uint32_t i = first; i > 0 && first - i < CAPTION_REACH; i--)
        if (DOCUMENT_AT(doc->passages, struct passage, i - 1).zone == ZONE_CAPTION)
            return i - 1;
    for (uint32_t i = last + 1; i < doc->passages->len && i - last <= CAPTION_REACH; i++)
        if (DOCUMENT_AT(doc->passages, struct passage, i).zone == ZONE_CAPTION)
            return i;
    return NONE;
}

/* The cells [from, to) of one row. Returns how many values have a row head and a column head. */
static guint read_row(const GArray *cells, guint from, guint to, const struct grid_cell *const heads[COLUMNS], uint32_t caption, GArray *out)
{
    const struct grid_cell *name = cell_at(cells, from);
    if (name->head || name->numeric || name->column != 0 || name->columns != 1)
        return 0;
    guint sure = 0;
    for (guint i = from + 1; i < to; i++) {
        const struct grid_cell *cell = cell_at(cells, i);
        const struct grid_cell *head = cell->column < COLUMNS ? heads[cell->column] : NULL;
        bool alone = i + 1 == to || cell_at(cells, i + 1)->column != cell->column; /* two values in one column: no one knows whose */
        alone &= cell_at(cells, i - 1)->column != cell->column;
        if (!cell->numeric || cell->columns != 1 || !head || !alone)
            continue;
        struct cell made = {cell->span, name->span, head->span, cell->passage, caption};
        g_array_append_val(out, made);
        sure++;
    }
    return sure;
}

void grid_finish(GArray *cells, struct document *doc)
{
    const struct grid_cell *heads[COLUMNS] = {NULL};
    find_heads(cells, heads);
    uint32_t caption = find_caption(cells, doc);
    g_autoptr(GArray) made = g_array_new(FALSE, FALSE, sizeof(struct cell));
    guint rows = 0, values = 0;
    for (guint i = 0; i < cells->len;) {
        guint end = i;
        for (; end < cells->len && cell_at(cells, end)->row == cell_at(cells, i)->row; end++)
            values += cell_at(cells, end)->numeric && !cell_at(cells, end)->head;
        rows += read_row(cells, i, end, (const struct grid_cell *const *)heads, caption, made) > 0;
        i = end;
    }
    if (rows >= 2 && made->len * 2 >= values)
        g_array_append_vals(doc->cells, made->data, made->len);
    else if (values > 2) {
        uint32_t page = DOCUMENT_AT(doc->passages, struct passage, cell_at(cells, 0)->passage).page;
        document_warn(doc, "table-heads", page, "page %u has a table or chart whose heads are not sure: its numbers are in the text, but not read as figures", page);
    }
    g_array_set_size(cells, 0);
}
