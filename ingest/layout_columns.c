/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/layout_text.h"

/*  Reading order: the tallest gutter between two columns of text cuts a region in four, each of which is cut again.
 *
 *        above            above, left, right, below
 *     left │ right        A gutter is white from top to bottom and has running text on both sides;
 *        below            what stands left and right of the white between table cells is no running text, so a table stays whole. */
struct region {
    const struct sheet *sheet;
    struct sheet *out;
    float body;
};

struct gutter {
    float x0, x1, y0, y1;
};

static int by_middle(const void *a, const void *b, void *data)
{
    const struct sheet *sheet = data;
    const struct text_line *left = sheet_line(sheet, *(const uint32_t *)a), *right = sheet_line(sheet, *(const uint32_t *)b);
    float one = left->box.y0 + left->box.y1, other = right->box.y0 + right->box.y1;
    if (one != other)
        return one < other ? -1 : 1;
    if (left->box.x0 != right->box.x0)
        return left->box.x0 < right->box.x0 ? -1 : 1;
    return left->first < right->first ? -1 : left->first > right->first;
}

/* Narrows the white of a gutter by a line that stands in it; false = the line closes it. */
static bool narrow(struct gutter *g, const struct text_line *line, float least)
{
    if (line->box.x1 <= g->x0 || line->box.x0 >= g->x1)
        return true;
    if (line->box.x1 < g->x1 - least && line->box.x0 < g->x0) {
        g->x0 = line->box.x1;
        return true;
    }
    if (line->box.x0 > g->x0 + least && line->box.x1 > g->x1) {
        g->x1 = line->box.x0;
        return true;
    }
    return false;
}

static struct gutter grow(const struct region *region, const uint32_t *items, guint n, guint at, struct gutter g, float least)
{
    for (guint i = at; i > 0; i--) {
        const struct text_line *line = sheet_line(region->sheet, items[i - 1]);
        if (!narrow(&g, line, least))
            break;
        g.y0 = MIN(g.y0, line->box.y0);
    }
    for (guint i = at + 1; i < n; i++) {
        const struct text_line *line = sheet_line(region->sheet, items[i]);
        if (!narrow(&g, line, least))
            break;
        g.y1 = MAX(g.y1, line->box.y1);
    }
    return g;
}

static bool inside(const struct gutter *g, const struct text_line *line)
{
    float middle = (line->box.y0 + line->box.y1) / 2;
    return middle >= g->y0 && middle <= g->y1;
}

/* What stands on one side of a gutter. */
struct side {
    uint32_t rows, characters, breaks; /* breaks: steps wider than usual */
    float x0, x1, y0, y1, step;        /* step: least distance of baselines */
};

static void measure_side(const struct region *region, const uint32_t *items, guint n, const struct gutter *g, bool right, struct side *side)
{
    *side = (struct side){.x0 = 1e9f, .x1 = -1e9f, .y0 = 1e9f, .y1 = -1e9f};
    float last = -1e9f, step = 0;
    for (guint i = 0; i < n; i++) {
        const struct text_line *line = sheet_line(region->sheet, items[i]);
        if (!inside(g, line) || (line->box.x0 >= g->x1 - 0.1f) != right)
            continue;
        side->x0 = MIN(side->x0, line->box.x0);
        side->x1 = MAX(side->x1, line->box.x1);
        side->y0 = MIN(side->y0, line->box.y0);
        side->y1 = MAX(side->y1, line->box.y1);
        side->characters += line->count;
        if (line->base - last > 0.5f * line->size) {
            side->rows++;
            if (step > 0 && line->base - last > 1.25f * step)
                side->breaks++;
            step = side->rows > 1 ? MIN(step > 0 ? step : 1e9f, line->base - last) : 0;
        }
        last = line->base;
    }
    side->step = step;
}

static uint32_t count_full(const struct region *region, const uint32_t *items, guint n, const struct gutter *g, bool right, const struct side *side)
{
    uint32_t full = 0;
    for (guint i = 0; i < n; i++) {
        const struct text_line *line = sheet_line(region->sheet, items[i]);
        if (inside(g, line) && (line->box.x0 >= g->x1 - 0.1f) == right && line->box.x1 - line->box.x0 > 0.6f * (side->x1 - side->x0))
            full++;
    }
    return full;
}

/* Bands of white that cross both sides, such as between the rows of a table. */
static uint32_t common_breaks(const struct region *region, const uint32_t *items, guint n, const struct gutter *g, float step)
{
    uint32_t breaks = 0;
    float bottom = -1e9f;
    for (guint i = 0; i < n; i++) {
        const struct text_line *line = sheet_line(region->sheet, items[i]);
        if (!inside(g, line))
            continue;
        if (bottom > -1e8f && line->box.y0 - bottom > MAX(0.0f, step - (line->box.y1 - line->box.y0)) + 0.25f * line->size)
            breaks++;
        bottom = MAX(bottom, line->box.y1);
    }
    return breaks;
}

/* Is there running text on both sides? */
static bool parts_columns(const struct region *region, const uint32_t *items, guint n, const struct gutter *g)
{
    struct side left, right;
    measure_side(region, items, n, g, false, &left);
    measure_side(region, items, n, g, true, &right);
    if (left.rows < 3 || right.rows < 3 || overlap(left.y0, left.y1, right.y0, right.y1) < 2 * region->body)
        return false;
    if (left.characters < 20 * left.rows || right.characters < 20 * right.rows)
        return false;
    if (count_full(region, items, n, g, false, &left) * 2 < left.rows || count_full(region, items, n, g, true, &right) * 2 < right.rows)
        return false;
    uint32_t common = common_breaks(region, items, n, g, MIN(left.step, right.step));
    return !(common >= 2 && common * 10 >= MAX(left.breaks, right.breaks) * 8);
}

static bool find_gutter(const struct region *region, const uint32_t *items, guint n, struct gutter *best)
{
    float least = MAX(5.0f, 0.6f * region->body);
    bool found = false;
    g_autoptr(GArray) seen = g_array_new(FALSE, FALSE, sizeof(struct gutter));
    for (guint i = 0; i < n; i++) {
        const struct text_line *line = sheet_line(region->sheet, items[i]);
        struct gutter g = {line->box.x1, 1e9f, line->box.y0, line->box.y1};
        for (guint j = i > 40 ? i - 40 : 0; j < MIN(n, i + 40); j++) {
            const struct text_line *other = sheet_line(region->sheet, items[j]);
            if (other->box.x0 > line->box.x1 && overlap(line->box.y0, line->box.y1, other->box.y0, other->box.y1) > 0)
                g.x1 = MIN(g.x1, other->box.x0);
        }
        if (g.x1 > 1e8f || g.x1 - g.x0 < least)
            continue;
        bool known = false;
        for (guint k = 0; k < seen->len && !known; k++) {
            const struct gutter *old = &g_array_index(seen, struct gutter, k);
            known = g.y0 >= old->y0 - 1 && g.y1 <= old->y1 + 1 && g.x0 <= old->x0 + 1 && g.x1 >= old->x1 - 1;
        }
        if (known)
            continue;
        g = grow(region, items, n, i, g, least);
        g_array_append_val(seen, g);
        if ((!found || g.y1 - g.y0 > best->y1 - best->y0) && parts_columns(region, items, n, &g)) {
            *best = g;
            found = true;
        }
    }
    return found;
}

static int by_place(const void *a, const void *b, void *data)
{
    const struct sheet *sheet = data;
    const struct text_line *left = sheet_line(sheet, *(const uint32_t *)a), *right = sheet_line(sheet, *(const uint32_t *)b);
    if (left->row != right->row)
        return left->row < right->row ? -1 : 1;
    if (left->box.x0 != right->box.x0)
        return left->box.x0 < right->box.x0 ? -1 : 1;
    return left->first < right->first ? -1 : left->first > right->first;
}

static void add_leaf(const struct region *region, uint32_t *items, guint n)
{
    struct sheet *sheet = region->out;
    struct leaf leaf = {.box = sheet_line(sheet, items[0])->box, .first = sheet->ordered->len, .count = n};
    uint32_t row = 0;
    float top = 0, bottom = -1e9f;
    for (guint i = 0; i < n; i++) {
        struct text_line *line = sheet_line(sheet, items[i]);
        float height = line->box.y1 - line->box.y0;
        if (overlap(top, bottom, line->box.y0, line->box.y1) < 0.5f * MIN(height, bottom - top)) {
            row++;
            top = line->box.y0;
            bottom = line->box.y1;
        } else {
            leaf.grid = true;
        }
        line->row = row;
        leaf.box = rect_union(leaf.box, line->box);
    }
    g_qsort_with_data(items, (gint)n, sizeof *items, by_place, sheet);
    g_array_append_vals(sheet->ordered, items, n);
    g_array_append_val(sheet->order, leaf);
}

static void split(const struct region *region, uint32_t *items, guint n, unsigned depth)
{
    enum { DEPTH = 12 };
    struct gutter g = {0, 0, 0, 0};
    if (n == 0)
        return;
    if (depth >= DEPTH || n < 6 || !find_gutter(region, items, n, &g)) {
        add_leaf(region, items, n);
        return;
    }
    g_autofree uint32_t *sorted = g_new(uint32_t, n);
    guint at = 0;
    for (int part = 0; part < 4; part++) { /* above, left, right, below */
        guint from = at;
        for (guint i = 0; i < n; i++) {
            const struct text_line *line = sheet_line(region->sheet, items[i]);
            float middle = (line->box.y0 + line->box.y1) / 2;
            int where = middle < g.y0 ? 0 : middle > g.y1 ? 3 : line->box.x0 >= g.x1 - 0.1f ? 2 : 1;
            if (where == part)
                sorted[at++] = items[i];
        }
        split(region, sorted + from, at - from, depth + 1);
    }
}

void layout_columns(const struct layout *layout, struct sheet *sheet)
{
    struct region region = {sheet, sheet, layout->body};
    g_autoptr(GArray) items = g_array_new(FALSE, FALSE, sizeof(uint32_t)), turned = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    for (uint32_t i = 0; i < sheet->lines->len; i++) {
        uint16_t flags = sheet_line(sheet, i)->flags;
        if (!(flags & LINE_FURNITURE))
            g_array_append_val(flags & LINE_TURNED ? turned : items, i);
    }
    g_qsort_with_data(items->data, (gint)items->len, sizeof(uint32_t), by_middle, sheet);
    split(&region, (uint32_t *)(void *)items->data, items->len, 0);
    for (guint i = 0; i < turned->len; i++)
        add_leaf(&region, &g_array_index(turned, uint32_t, i), 1);
}
