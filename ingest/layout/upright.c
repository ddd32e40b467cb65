/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/layout/text.h"

/*  Heads of narrow columns that run up or down the page, each right above the values of its column:
 *
 *      l  h  o        "Total", "Found", "Hurt" climb; the lines of one head follow one another from left to right
 *      a  u  .        (where they fall, from right to left)
 *      t  r
 *      12 4  7 */
static const float near_values = 4.0f; /* they end no farther above the first value, in em of the values */
static const float beside = 3.0f;      /* and no farther beside their column, in em */

struct upright {
    uint32_t line; /* of the sheet */
    uint16_t column;
    float order;  /* grows from line to line of one head */
};

static bool falls(const struct sheet *sheet, const struct text_line *line)
{
    return sheet_glyph(sheet, line->first)->box.y0 < sheet_glyph(sheet, line->first + line->count - 1)->box.y0;
}

/* The column that a line stands over, or next to; -1 = none, or between two. */
static int column_of(const GArray *columns, const struct text_line *line)
{
    float middle = (line->box.x0 + line->box.x1) / 2, least = beside * line->size, second = 1e9f;
    int found = -1;
    for (guint c = 0; c < columns->len; c++) {
        const struct rect *column = &g_array_index(columns, struct rect, c);
        float off = MAX(0.0f, MAX(column->x0 - middle, middle - column->x1));
        if (off < least) {
            second = found < 0 ? second : least;
            least = off;
            found = (int)c;
        } else {
            second = MIN(second, off);
        }
    }
    return found > 0 && second > 1.5f * least + 1 ? found : -1;
}

static int by_column(const void *a, const void *b)
{
    const struct upright *left = a, *right = b;
    if (left->column != right->column)
        return left->column < right->column ? -1 : 1;
    return left->order < right->order ? -1 : left->order > right->order;
}

/* A single one may stand there by chance. */
static bool are_heads(const GArray *found)
{
    guint columns = 0;
    for (guint i = 0; i < found->len; i++)
        columns += i == 0 || g_array_index(found, struct upright, i).column != g_array_index(found, struct upright, i - 1).column;
    return columns >= 2;
}

void layout_upright_heads(const struct sheet *sheet, const struct leaf *leaf, const struct table *table, uint32_t heads, GArray *upright)
{
    const struct leaf *turned = &g_array_index(sheet->order, struct leaf, sheet->order->len - 1);
    if (!(sheet_leaf_line(sheet, turned, 0)->flags & LINE_TURNED) || table->from + heads >= table->to)
        return;
    const struct text_line *value = sheet_leaf_line(sheet, leaf, table->from + heads);
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(struct upright));
    for (uint32_t i = 0; i < turned->count; i++) {
        const struct text_line *line = sheet_leaf_line(sheet, turned, i);
        int column = column_of(table->columns, line);
        if (line->columns > 0 || layout_is_numeric(sheet, line) || column < 0 || line->box.y1 > value->box.y0 + 0.3f * value->size ||
            line->box.y1 < value->box.y0 - near_values * value->size)
            continue;
        struct upright head = {g_array_index(sheet->ordered, uint32_t, turned->first + i), (uint16_t)column, falls(sheet, line) ? -line->box.x0 : line->box.x0};
        g_array_append_val(found, head);
    }
    g_array_sort(found, by_column);
    for (guint i = 0; i < found->len && are_heads(found); i++) {
        const struct upright *head = &g_array_index(found, struct upright, i);
        struct text_line *line = sheet_line(sheet, head->line);
        line->column = head->column;
        line->columns = 1;
        g_array_append_val(upright, head->line);
    }
}
