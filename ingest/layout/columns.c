/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/layout/sides.h"

/*  Reading order: the tallest gutter between two columns of text cuts a region in four, each of which is cut again.
 *
 *        above            above, left, right, below
 *     left │ right        A gutter is white from top to bottom and has running text on both sides;
 *        below            what stands left and right of the white between table cells is no running text, so a table stays whole.
 *
 *  Cells of running text are read band by band, the left one first: a band begins where lines begin on both sides behind white (a row
 *  of a table), or where a side head begins. */
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

/* Most are in order already. */
static void sort_items(uint32_t *items, guint n, GCompareDataFunc compare, struct sheet *sheet)
{
    guint sorted = 1;
    while (sorted < n && compare(&items[sorted - 1], &items[sorted], sheet) <= 0)
        sorted++;
    if (sorted < n)
        g_qsort_with_data(items, (gint)n, sizeof *items, compare, sheet);
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

/* Takes the lettering of a chart or a table off the top (or bottom) of a gutter; false = nothing would be left, or changed. */
static bool trim(const struct region *region, const uint32_t *items, guint n, struct gutter *g, bool bottom)
{
    enum { TEXT = 24 }; /* characters of a line that is no lettering */
    for (guint k = 0; k < n; k++) {
        const struct text_line *line = sheet_line(region->sheet, items[bottom ? n - 1 - k : k]);
        if (!gutter_holds(g, line) || line->count < TEXT)
            continue;
        float edge = bottom ? line->box.y1 : line->box.y0;
        bool changed = bottom ? edge < g->y1 - 1 : edge > g->y0 + 1;
        *(bottom ? &g->y1 : &g->y0) = edge;
        return changed || !bottom;
    }
    return false;
}

/* Where the white right of a line ends: the left edge of the nearest line beside it, 1e9 where there is none. Lines stand in the order of their middles: no line
 * is beside it any more from where one is farther up or down than it and the tallest one reach, and a point for what is lost in rounding. */
static float white_end(const struct region *region, const uint32_t *items, guint n, guint at, float tallest)
{
    enum { NEAR = 40 };
    const struct rect *box = &sheet_line(region->sheet, items[at])->box;
    float end = 1e9f, middle = box->y0 + box->y1, reach = box->y1 - box->y0 + tallest + 1;
    for (int step = -1; step <= 1; step += 2) {
        for (guint i = 1; i < NEAR + (step < 0) && (step < 0 ? i <= at : at + i < n); i++) {
            const struct rect *other = &sheet_line(region->sheet, items[step < 0 ? at - i : at + i])->box;
            if (ABS(other->y0 + other->y1 - middle) > reach)
                break;
            if (other->x0 > box->x1 && overlap(box->y0, box->y1, other->y0, other->y1) > 0)
                end = MIN(end, other->x0);
        }
    }
    return end;
}

static bool find_gutter(const struct region *region, const uint32_t *items, guint n, struct gutter *best)
{
    float least = MAX(4.0f, 0.4f * region->body);
    bool found = false;
    float farthest = -1e9f, tallest = 0; /* where a line begins; the height of one */
    g_autoptr(GArray) seen = g_array_new(FALSE, FALSE, sizeof(struct gutter));
    for (guint i = 0; i < n; i++) {
        const struct rect *box = &sheet_line(region->sheet, items[i])->box;
        farthest = MAX(farthest, box->x0);
        tallest = MAX(tallest, box->y1 - box->y0);
    }
    for (guint i = 0; i < n; i++) {
        const struct text_line *line = sheet_line(region->sheet, items[i]);
        if (farthest <= line->box.x1)
            continue; /* nothing stands right of it */
        struct gutter g = {line->box.x1, 1e9f, line->box.y0, line->box.y1, BANDS_NONE};
        g.x1 = white_end(region, items, n, i, tallest);
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
        struct gutter whole = g;
        bool parts = false;
        for (int attempt = 0; attempt < 3; attempt++) {
            if (found && g.y1 - g.y0 <= best->y1 - best->y0)
                break;
            if (sides_are_columns(region, items, n, &g)) {
                *best = g;
                found = parts = true;
                break;
            }
            if (attempt < 2 && !trim(region, items, n, &g, attempt == 1))
                break;
        }
        if (!parts && !(found && whole.y1 - whole.y0 <= best->y1 - best->y0) && sides_are_bands(region, items, n, &whole)) {
            *best = whole;
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
    struct leaf leaf = {.box = sheet_line(sheet, items[0])->box, .first = sheet->ordered->len, .count = n, .side = region->side};
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
    leaf.right = MAX(region->right, leaf.box.x1);
    sort_items(items, n, by_place, sheet);
    g_array_append_vals(sheet->ordered, items, n);
    g_array_append_val(sheet->order, leaf);
}

/* A heading over all columns that is no wider than the first: beside it the other column is white, and both go on below. Cuts the gutter above it. */
static void end_at_heading(const struct region *region, const uint32_t *items, guint n, struct gutter *g)
{
    for (guint i = 0; i < n; i++) {
        const struct text_line *line = sheet_line(region->sheet, items[i]);
        bool heading = line->flags & (LINE_BOLD | LINE_CAPITALS) || line->size > 1.12f * region->body;
        if (!heading || !gutter_holds(g, line) || line->box.x0 >= g->x1 - 0.1f)
            continue;
        float above = -1e9f, below = 1e9f; /* the other column's white around it */
        bool left = false;                 /* text of its own column above it */
        for (guint k = 0; k < n; k++) {
            const struct text_line *other = sheet_line(region->sheet, items[k]);
            if (k == i || !gutter_holds(g, other))
                continue;
            bool right = other->box.x0 >= g->x1 - 0.1f, higher = other->base < line->base;
            left |= !right && higher;
            if (right && higher)
                above = MAX(above, other->box.y1);
            else if (right)
                below = MIN(below, other->box.y0);
        }
        if (left && above > -1e8f && below < 1e8f && above < line->box.y0 - 0.2f * line->size && below > line->box.y1 + 0.2f * line->size) {
            g->y1 = line->box.y0 - 0.5f;
            return;
        }
    }
}

/* The last line of a text over all columns that is no wider than the first: a gutter that runs up beside it begins below it. */
static void begin_below_text(const struct region *region, const uint32_t *items, guint n, struct gutter *g)
{
    const struct text_line *above = NULL, *last = NULL, *next = NULL; /* over all columns; below it; below that, on either side */
    for (guint i = 0; i < n; i++) {
        const struct text_line *line = sheet_line(region->sheet, items[i]);
        if (!gutter_holds(g, line)) {
            above = line->base < g->y0 + line->size && line->box.x0 < g->x0 && line->box.x1 > g->x1 ? line : above;
            continue;
        }
        if (last) {
            next = line;
            break;
        }
        last = line;
    }
    if (!above || !next || last->box.x0 >= g->x1 - 0.1f || ABS(last->box.x0 - above->box.x0) > 0.5f * last->size || last->style != above->style || last->flags & LINE_ITEM)
        return;
    float step = last->base - above->base;
    bool one = step > 0.5f * last->size && step < 1.5f * last->size && ABS(last->size - above->size) < 0.08f * last->size;
    if (one && next->base - last->base > 1.3f * step && !layout_sentence_ends(region->sheet, above))
        g->y0 = last->box.y1;
}

/* Text that runs up or down the page is read last, from left to right: the lettering of charts and heads of narrow columns. */
static void add_turned(struct sheet *sheet, GArray *turned)
{
    struct leaf leaf = {.box = sheet_line(sheet, g_array_index(turned, uint32_t, 0))->box, .first = sheet->ordered->len, .count = turned->len};
    leaf.right = leaf.box.x1;
    for (guint i = 0; i < turned->len; i++)
        sheet_line(sheet, g_array_index(turned, uint32_t, i))->row = 1;
    g_qsort_with_data(turned->data, (gint)turned->len, sizeof(uint32_t), by_place, sheet);
    g_array_append_vals(sheet->ordered, turned->data, turned->len);
    g_array_append_val(sheet->order, leaf);
}

static void split(const struct region *region, uint32_t *items, guint n, unsigned depth);

/* The items for which `part` is where they stand, in their order; sorted[from …) takes them. */
static guint pick(const struct region *region, const uint32_t *items, guint n, const struct gutter *g, int part, float top, float bottom, uint32_t *sorted)
{
    guint count = 0;
    for (guint i = 0; i < n; i++) {
        const struct text_line *line = sheet_line(region->sheet, items[i]);
        float middle = (line->box.y0 + line->box.y1) / 2;
        int where = middle < g->y0 ? 0 : middle > g->y1 ? 3 : line->box.x0 >= g->x1 - 0.1f ? 2 : 1;
        if (where == part && middle >= top && middle < bottom)
            sorted[count++] = items[i];
    }
    return count;
}

static bool is_one_row(const struct region *region, const uint32_t *items, guint n)
{
    for (guint i = 1; i < n; i++)
        if (ABS(sheet_line(region->sheet, items[i])->base - sheet_line(region->sheet, items[0])->base) > 0.3f * sheet_line(region->sheet, items[0])->size)
            return false;
    return n > 0;
}

/* The cells of each band, left and right. Bands of one printed row are rows of a table. */
static void split_bands(const struct region *region, const uint32_t *items, guint n, const struct gutter *g, unsigned depth)
{
    struct side left, right;
    sides_measure(region, items, n, g, &left, &right);
    g_autoptr(GArray) tops = sides_bands(region, items, n, g, &left, &right, true);
    g_autofree uint32_t *cells = g_new(uint32_t, n), *rows = g_new(uint32_t, n);
    guint waiting = 0; /* lines of rows that wait for the next row */
    struct region cell = *region;
    cell.right = 0;
    for (guint band = 0; band <= tops->len; band++) {
        float top = band == 0 ? -1e9f : g_array_index(tops, float, band - 1), bottom = band == tops->len ? 1e9f : g_array_index(tops, float, band);
        guint l = pick(region, items, n, g, 1, top, bottom, cells), r = pick(region, items, n, g, 2, top, bottom, cells + l);
        if (l > 0 && r > 0 && is_one_row(region, cells, l + r)) {
            memcpy(rows + waiting, cells, (l + r) * sizeof *cells);
            waiting += l + r;
            continue;
        }
        if (waiting > 0)
            add_leaf(region, rows, waiting);
        waiting = 0;
        cell.side = 1;
        split(&cell, cells, l, depth + 1);
        cell.side = 2;
        split(&cell, cells + l, r, depth + 1);
    }
    if (waiting > 0)
        add_leaf(region, rows, waiting);
}

static void split(const struct region *region, uint32_t *items, guint n, unsigned depth)
{
    enum { DEPTH = 12 };
    struct gutter g = {0, 0, 0, 0, BANDS_NONE};
    if (n == 0)
        return;
    if (depth >= DEPTH || n < 6 || !find_gutter(region, items, n, &g)) {
        add_leaf(region, items, n);
        return;
    }
    if (g.bands == BANDS_NONE) {
        begin_below_text(region, items, n, &g);
        end_at_heading(region, items, n, &g);
    }
    g_autofree uint32_t *sorted = g_new(uint32_t, n);
    struct region around = *region, column = *region;
    column.right = 0;
    for (guint i = 0; i < n; i++)
        around.right = MAX(around.right, sheet_line(region->sheet, items[i])->box.x1);
    for (int part = 0; part < 4; part++) { /* above, left, right, below */
        bool whole = part == 0 || part == 3;
        if (g.bands == BANDS_NONE || whole)
            split(whole ? &around : &column, sorted, pick(region, items, n, &g, part, -1e9f, 1e9f, sorted), depth + 1);
        else if (part == 1)
            split_bands(region, items, n, &g, depth);
    }
}

void layout_columns(const struct layout *layout, struct sheet *sheet)
{
    struct region region = {sheet, sheet, layout->body, 0, 0};
    g_autoptr(GArray) items = g_array_new(FALSE, FALSE, sizeof(uint32_t)), turned = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    for (uint32_t i = 0; i < sheet->lines->len; i++) {
        uint16_t flags = sheet_line(sheet, i)->flags;
        if (!(flags & LINE_FURNITURE))
            g_array_append_val(flags & LINE_TURNED ? turned : items, i);
    }
    sort_items((uint32_t *)(void *)items->data, items->len, by_middle, sheet);
    split(&region, (uint32_t *)(void *)items->data, items->len, 0);
    if (turned->len > 0)
        add_turned(sheet, turned);
}
