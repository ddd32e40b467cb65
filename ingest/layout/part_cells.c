/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/layout/heads.h"
#include "ingest/layout/text.h"

/*  Heads and values that were read as one line although each stands in a column of its own:
 *
 *      Homes Boats seen         three heads: each is centred over its column, or begins or ends where the lines below it do
 *      12    3     4            a line of values, parted where the white between columns is */

/* Where two things stand over one another: their left edges, middles or right edges. */
enum edge { EDGE_LEFT, EDGE_MIDDLE, EDGE_RIGHT, EDGES };

static float edge_of(float x0, float x1, enum edge edge)
{
    return edge == EDGE_LEFT ? x0 : edge == EDGE_RIGHT ? x1 : (x0 + x1) / 2;
}

/* How far [x0, x1] is from standing over a column's values, or over another line of its head. */
static float off_column(const struct sheet *sheet, const struct leaf *leaf, const struct table *table, uint32_t heads, guint column, enum edge edge, float x0, float x1)
{
    const struct rect *values = &g_array_index(table->columns, struct rect, column);
    float at = edge_of(x0, x1, edge), least = ABS(at - edge_of(values->x0, values->x1, edge));
    for (uint32_t i = table->from; i < table->from + heads; i++) {
        const struct text_line *line = sheet_leaf_line(sheet, leaf, i);
        if (line->columns == 1 && line->column == column)
            least = MIN(least, ABS(at - edge_of(line->box.x0, line->box.x1, edge)));
    }
    return least;
}

/* The word gap that parts what stands over a column from what stands over the next: its glyph, 0 = none. begin: the first glyph of this part. */
static uint32_t find_part(const struct sheet *sheet, const struct leaf *leaf, const struct table *table, uint32_t heads, const struct text_line *line, uint32_t begin, guint column, enum edge edge)
{
    float least = aligned * line->size;
    uint32_t found = 0;
    for (uint32_t i = begin + 1; i < line->first + line->count; i++) {
        const struct glyph *glyph = sheet_glyph(sheet, i);
        float x0 = sheet_glyph(sheet, begin)->box.x0, x1 = (glyph - 1)->box.x1;
        if (!(glyph->flags & GLYPH_SPACE) || x1 < g_array_index(table->columns, struct rect, column).x0 || glyph->box.x0 > g_array_index(table->columns, struct rect, column + 1).x1)
            continue;
        float off = off_column(sheet, leaf, table, heads, column, edge, x0, x1);
        if (off < least) {
            least = off;
            found = i;
        }
    }
    return found;
}

/* Are the gaps before the parts wider than those inside them? Of a head over several columns the first part begins where they do, the last ends there. */
static bool wide_gaps(const struct sheet *sheet, const struct text_line *line, const uint32_t *parts, uint32_t n)
{
    float inside = 0.45f / 1.3f * line->size, between = 1e9f;
    uint32_t part = 0;
    for (uint32_t i = line->first + 1; i < line->first + line->count; i++) {
        const struct glyph *glyph = sheet_glyph(sheet, i);
        float gap = glyph->box.x0 - (glyph - 1)->box.x1;
        if (part < n && parts[part] == i) {
            between = MIN(between, gap);
            part++;
        } else if (glyph->flags & GLYPH_SPACE) {
            inside = MAX(inside, gap);
        }
    }
    return between > 1.3f * inside;
}

/* Where a head that covers columns is several, each over one of them: the first glyphs of all but the first. Returns how many; 0 = it is one. */
static uint32_t find_parts(const struct sheet *sheet, const struct leaf *leaf, const struct table *table, uint32_t heads, const struct text_line *line, uint32_t parts[MOST_COLUMNS])
{
    if (line->columns < 2 || line->columns > MOST_COLUMNS)
        return 0;
    for (enum edge edge = 0; edge < EDGES; edge++) {
        uint32_t begin = line->first, n = 0;
        guint last = line->column + line->columns - 1u;
        for (guint c = line->column; c < last; c++) {
            uint32_t at = find_part(sheet, leaf, table, heads, line, begin, c, edge);
            if (at == 0)
                break;
            parts[n++] = begin = at;
        }
        float off = off_column(sheet, leaf, table, heads, last, edge, sheet_glyph(sheet, begin)->box.x0, line->box.x1);
        if (n + 1 == line->columns && off < aligned * line->size && (edge == EDGE_MIDDLE || wide_gaps(sheet, line, parts, n)))
            return n;
    }
    return 0;
}

/* Line i of a leaf becomes several. */
static void part_line(const struct layout *layout, struct sheet *sheet, uint32_t leaf, uint32_t i, const uint32_t *parts, uint32_t n)
{
    struct leaf *own = &g_array_index(sheet->order, struct leaf, leaf);
    while (n > 0) {
        uint32_t made = layout_part(layout, sheet, g_array_index(sheet->ordered, uint32_t, own->first + i), parts[--n]);
        g_array_insert_val(sheet->ordered, own->first + i + 1, made);
        own->count++;
        for (guint k = leaf + 1; k < sheet->order->len; k++)
            g_array_index(sheet->order, struct leaf, k).first++;
    }
}

/* The word gap of a line that stands in the white between columns c and c + 1, behind glyph `begin`: its glyph, 0 = none. Of several it is the last one,
 * or, where only is set, none. */
static uint32_t find_white(const struct sheet *sheet, const GArray *columns, const struct text_line *line, uint32_t begin, guint c, bool only)
{
    float left = g_array_index(columns, struct rect, c).x1, right = g_array_index(columns, struct rect, c + 1).x0;
    uint32_t found = 0;
    for (uint32_t i = begin + 1; i < line->first + line->count; i++) {
        const struct glyph *glyph = sheet_glyph(sheet, i);
        if (!(glyph->flags & GLYPH_SPACE) || overlap((glyph - 1)->box.x1, glyph->box.x0, left, right) <= 0)
            continue;
        if (found > 0 && only)
            return 0;
        found = i;
    }
    return found;
}

/* Where a head above a pattern is one over each of its times, or one beside them: the first glyphs of all but the first. */
static uint32_t find_times(const struct sheet *sheet, const GArray *columns, const struct pattern *pattern, const struct text_line *line, uint32_t parts[MOST_COLUMNS])
{
    uint32_t begin = line->first, n = 0;
    for (guint t = 0; t < pattern->times && line->row < pattern->row; t++) {
        guint last = pattern->first + (t + 1) * pattern->length - 1;
        if (last + 1 >= columns->len || line->box.x0 > g_array_index(columns, struct rect, last).x1 || line->box.x1 < g_array_index(columns, struct rect, last + 1).x0)
            continue;
        uint32_t at = find_white(sheet, columns, line, begin, last, true);
        if (at == 0)
            return 0;
        parts[n++] = begin = at;
    }
    return wide_gaps(sheet, line, parts, n) ? n : 0;
}

/* Where a line of values that covers columns is one of each, set so close that they were read as one: the first glyphs of all but the first, as above.
 * The first may be the row's name. A number in groups of three that reaches over the column beside its own is one. */
static uint32_t find_values(const struct sheet *sheet, const GArray *columns, const struct text_line *line, uint32_t parts[MOST_COLUMNS])
{
    uint32_t begin = line->first, n = 0;
    if (line->columns < 2 || line->columns > MOST_COLUMNS)
        return 0;
    for (guint c = line->column; c + 1u < line->column + line->columns; c++) {
        uint32_t at = find_white(sheet, columns, line, begin, c, false);
        struct text_line part = {.first = begin, .count = at - begin};
        if (at == 0 || layout_is_grouped(sheet, line, at) || (n + line->column > 0 && !layout_is_numeric(sheet, &part)))
            return 0;
        parts[n++] = begin = at;
    }
    struct text_line last = {.first = begin, .count = line->first + line->count - begin};
    return layout_is_numeric(sheet, &last) ? n : 0;
}

/* Parts line i of a leaf's table t, and moves the ends of the tables behind it. */
static void part_in_table(const struct layout *layout, struct sheet *sheet, uint32_t leaf, GArray *tables, guint t, uint32_t i, const uint32_t *parts, uint32_t n)
{
    part_line(layout, sheet, leaf, i, parts, n);
    for (guint k = t; k < tables->len && n > 0; k++) {
        g_array_index(tables, struct table, k).to += n;
        g_array_index(tables, struct table, k).from += k > t ? n : 0;
    }
}

void layout_part_cells(const struct layout *layout, struct sheet *sheet, uint32_t leaf, GArray *tables)
{
    for (guint t = 0; t < tables->len; t++) {
        struct table *table = &g_array_index(tables, struct table, t);
        const struct leaf *own = &g_array_index(sheet->order, struct leaf, leaf);
        uint32_t rows, parts[MOST_COLUMNS];
        for (uint32_t i = table->from; i < table->to; i++)
            layout_place_line(table->columns, sheet_leaf_line(sheet, own, i));
        uint32_t heads = heads_count(sheet, own, table, &rows);
        for (uint32_t i = table->to; i > table->from + heads; i--) {
            struct text_line *line = sheet_leaf_line(sheet, own, i - 1);
            part_in_table(layout, sheet, leaf, tables, t, i - 1, parts, find_values(sheet, table->columns, line, parts));
        }
        struct pattern pattern = heads_pattern(sheet, own, table->from, table->from + heads);
        for (uint32_t i = table->from + heads; i > table->from; i--) {
            const struct text_line *line = sheet_leaf_line(sheet, own, i - 1);
            uint32_t n = pattern.times > 1 ? find_times(sheet, table->columns, &pattern, line, parts) : find_parts(sheet, own, table, heads, line, parts);
            part_in_table(layout, sheet, leaf, tables, t, i - 1, parts, n);
        }
    }
}
