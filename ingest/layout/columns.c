/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/layout/text.h"

/*  Reading order: the tallest gutter between two columns of text cuts a region in four, each of which is cut again.
 *
 *        above            above, left, right, below
 *     left │ right        A gutter is white from top to bottom and has running text on both sides;
 *        below            what stands left and right of the white between table cells is no running text, so a table stays whole.
 *
 *  Cells of running text are read band by band, the left one first: a band begins where lines begin on both sides behind white (a row
 *  of a table), or where a side head begins. */
struct region {
    const struct sheet *sheet;
    struct sheet *out;
    float body;
    float right;  /* of what stands around it, over the whole width; 0 = no more than itself */
    uint8_t side; /* as in struct leaf */
};

/* Lines farther apart than this, in their usual distance, have white between them. */
static const float white_step = 1.2f;

enum bands {
    BANDS_NONE,
    BANDS_ROWS,  /* running text on both sides, in rows */
    BANDS_HEADS, /* heads on the left, the text they stand over on the right */
};

struct gutter {
    float x0, x1, y0, y1;
    enum bands bands;
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
    uint32_t rows, lines, characters, letters, breaks; /* breaks: steps wider than usual */
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
        side->lines++;
        for (uint32_t k = line->first; k < line->first + line->count; k++)
            side->letters += is_letter_character(sheet_glyph(region->sheet, k)->character);
        if (line->base - last > 0.5f * line->size) {
            side->rows++;
            if (step > 0 && line->base - last > white_step * step)
                side->breaks++;
            step = side->rows > 1 ? MIN(step > 0 ? step : 1e9f, line->base - last) : 0;
        }
        last = line->base;
    }
    side->step = step;
}

/* Is most of what stands there text: lines that are long and fill the column? A chart between them does not matter. */
static bool is_text(const struct region *region, const uint32_t *items, guint n, const struct gutter *g, bool right, const struct side *side)
{
    enum { LONG = 18 }; /* characters */
    uint32_t full = 0, characters = 0;
    for (guint i = 0; i < n; i++) {
        const struct text_line *line = sheet_line(region->sheet, items[i]);
        if (!inside(g, line) || (line->box.x0 >= g->x1 - 0.1f) != right || line->count < LONG || line->box.x1 - line->box.x0 < 0.6f * (side->x1 - side->x0))
            continue;
        full++;
        characters += line->count;
    }
    return full >= 3 && characters * 10 >= side->characters * 6;
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

/* Do the lines of both sides run at heights of their own, as those of a box beside the text do? */
static bool own_lines(const struct region *region, const uint32_t *items, guint n, const struct gutter *g)
{
    uint32_t beside = 0, level = 0;
    for (guint i = 0; i < n; i++) {
        const struct text_line *line = sheet_line(region->sheet, items[i]);
        if (!inside(g, line) || line->box.x0 < g->x1 - 0.1f)
            continue;
        bool near = false, same = false;
        for (guint k = i > 20 ? i - 20 : 0; k < MIN(n, i + 20); k++) {
            const struct text_line *other = sheet_line(region->sheet, items[k]);
            if (other->box.x0 >= g->x1 - 0.1f || !inside(g, other))
                continue;
            near |= overlap(line->box.y0, line->box.y1, other->box.y0, other->box.y1) > 0;
            same |= ABS(line->base - other->base) < 0.08f * line->size;
        }
        beside += near;
        level += near && same;
    }
    return beside >= 3 && level * 10 <= beside * 4;
}

/* What stands on one side of a gutter on some baseline. */
struct beside {
    const struct text_line *line;
    bool begins; /* behind white, or where what stands above it ended */
    bool white;  /* behind white */
};

/* The line of one side on the baseline of `line`. */
static struct beside line_beside(const struct region *region, const uint32_t *items, guint n, const struct gutter *g, const struct text_line *line, bool right, const struct side *side)
{
    struct beside found = {NULL, false, false};
    const struct text_line *above = NULL;
    for (guint i = 0; i < n; i++) {
        const struct text_line *other = sheet_line(region->sheet, items[i]);
        if (!inside(g, other) || (other->box.x0 >= g->x1 - 0.1f) != right)
            continue;
        if (ABS(other->base - line->base) < 0.3f * line->size)
            found.line = found.line && found.line->box.x0 < other->box.x0 ? found.line : other;
        else if (other->base < line->base && (!above || other->base > above->base + 0.3f * other->size || (other->base > above->base - 0.3f * other->size && other->box.x1 > above->box.x1)))
            above = other; /* the last one of the row above */
    }
    if (!found.line)
        return found;
    found.white = !above || found.line->base - above->base > white_step * MAX(side->step, found.line->size);
    bool ended = above && (above->box.x1 < side->x0 + 0.85f * (side->x1 - side->x0) || layout_sentence_ends(region->sheet, above) || (above->flags ^ found.line->flags) & LINE_BOLD);
    found.begins = found.white || (ended && !g_unichar_islower(layout_first(region->sheet, found.line)));
    return found;
}

/* Does a line of the left side stand below all that stands above it on the right? */
static bool is_below(const struct region *region, const uint32_t *items, guint n, const struct gutter *g, const struct text_line *line)
{
    for (guint i = 0; i < n; i++) {
        const struct text_line *other = sheet_line(region->sheet, items[i]);
        if (inside(g, other) && other->box.x0 >= g->x1 - 0.1f && other->base < line->base && other->base > line->base - 1.3f * line->size)
            return false;
    }
    return true;
}

/* Where bands begin: tops of lines, from top to bottom, as floats. heads: a line alone on the left
 * between two rows is a band too, a head over those that follow. */
static GArray *find_bands(const struct region *region, const uint32_t *items, guint n, const struct gutter *g, const struct side *left, const struct side *right, bool heads)
{
    GArray *tops = g_array_new(FALSE, FALSE, sizeof(float));
    float last = -1e9f;
    for (guint i = 0; i < n; i++) {
        const struct text_line *line = sheet_line(region->sheet, items[i]);
        if (!inside(g, line) || line->box.x0 >= g->x1 - 0.1f || ABS(line->base - last) < 0.3f * line->size)
            continue;
        last = line->base;
        struct beside head = line_beside(region, items, n, g, line, false, left), text = line_beside(region, items, n, g, line, true, right);
        bool alone = heads && !text.line && g->bands == BANDS_ROWS && head.white && is_below(region, items, n, g, line);
        if (!alone && (!text.line || (g->bands == BANDS_ROWS ? !head.white || !text.white : !head.begins || !text.begins)))
            continue;
        float top = text.line ? MIN(head.line->box.y0, text.line->box.y0) : head.line->box.y0;
        g_array_append_val(tops, top);
    }
    return tops;
}

/* Widens [least, most] by the gaps between the words of a line, but for the one behind a list label. */
static void word_gaps(const struct region *region, const struct text_line *line, float *least, float *most)
{
    for (uint32_t i = line->first + 1; i < line->first + line->count; i++) {
        const struct glyph *glyph = sheet_glyph(region->sheet, i);
        if (!(glyph->flags & GLYPH_SPACE) || glyph->box.x0 == line->text_x)
            continue;
        *least = MIN(*least, glyph->box.x0 - (glyph - 1)->box.x1);
        *most = MAX(*most, glyph->box.x0 - (glyph - 1)->box.x1);
    }
}

enum row_kind { ROW_SINGLE, ROW_EVEN, ROW_CELLS };

/* What the lines of one side on the baseline of line i are, if it is the first of them: words of one justified line, or cells. */
static enum row_kind row_kind(const struct region *region, const uint32_t *items, guint n, const struct gutter *g, guint i)
{
    enum { NEAR = 24 };
    const struct text_line *line = sheet_line(region->sheet, items[i]);
    bool right = line->box.x0 >= g->x1 - 0.1f;
    float least = 1e9f, most = 0;
    uint32_t lines = 1;
    word_gaps(region, line, &least, &most);
    for (guint k = i > NEAR ? i - NEAR : 0; k < MIN(n, i + NEAR); k++) {
        const struct text_line *other = sheet_line(region->sheet, items[k]);
        if (k == i || (other->box.x0 >= g->x1 - 0.1f) != right || ABS(other->base - line->base) > 0.3f * line->size)
            continue;
        if (other->box.x0 < line->box.x0)
            return ROW_SINGLE; /* not the first */
        float gap = 1e9f; /* to the nearest one before it */
        for (guint m = i > NEAR ? i - NEAR : 0; m < MIN(n, i + NEAR); m++) {
            const struct text_line *before = sheet_line(region->sheet, items[m]);
            if (before->box.x0 < other->box.x0 && before->box.x0 >= line->box.x0 && ABS(before->base - line->base) <= 0.3f * line->size)
                gap = MIN(gap, other->box.x0 - before->box.x1);
        }
        lines++;
        least = MIN(least, gap);
        most = MAX(most, gap);
        word_gaps(region, other, &least, &most);
    }
    return lines == 1 ? ROW_SINGLE : most > 2 * least + 1 ? ROW_CELLS : ROW_EVEN;
}

/* Does one side of a gutter hold several columns? */
static bool holds_columns(const struct region *region, const uint32_t *items, guint n, const struct gutter *g, bool right)
{
    uint32_t cells = 0, even = 0;
    for (guint i = 0; i < n; i++) {
        const struct text_line *line = sheet_line(region->sheet, items[i]);
        if (!inside(g, line) || (line->box.x0 >= g->x1 - 0.1f) != right)
            continue;
        enum row_kind kind = row_kind(region, items, n, g, i);
        cells += kind == ROW_CELLS;
        even += kind == ROW_EVEN;
    }
    return cells >= 2 && cells >= even;
}

/* Short names on the left, each beside the first line of a text that goes on below it; in a table of values the rows are as many on both sides. */
static bool are_side_heads(const struct region *region, const uint32_t *items, guint n, struct gutter *g, const struct side *left, const struct side *right)
{
    bool narrow = left->rows >= 1 && left->x1 - left->x0 < 0.6f * (right->x1 - right->x0) && left->characters * 2 < right->characters;
    bool words = left->letters * 10 >= left->characters * 7 && left->characters >= 6 * left->lines;
    if (!narrow || !words || right->rows < left->rows || right->rows < 4)
        return false;
    for (guint i = 0; i < n; i++) {
        const struct text_line *line = sheet_line(region->sheet, items[i]);
        struct item item;
        if (inside(g, line) && line->box.x0 < g->x1 - 0.1f && layout_item(region->sheet, line->first, line->count, &item) && item.count == line->count)
            return false; /* the label of a list, set apart */
    }
    g->bands = BANDS_HEADS;
    g_autoptr(GArray) tops = find_bands(region, items, n, g, left, right, false);
    return tops->len > 0 && right->rows >= 2 * tops->len;
}

/* Is it a table of running text, which is read band by band? */
static bool parts_bands(const struct region *region, const uint32_t *items, guint n, struct gutter *g)
{
    struct side left, right;
    measure_side(region, items, n, g, false, &left);
    measure_side(region, items, n, g, true, &right);
    if (right.rows < 3 || !is_text(region, items, n, g, true, &right) || holds_columns(region, items, n, g, true) || holds_columns(region, items, n, g, false))
        return false;
    g->bands = BANDS_ROWS;
    if (left.rows < 3 || !is_text(region, items, n, g, false, &left))
        return are_side_heads(region, items, n, g, &left, &right);
    return overlap(left.y0, left.y1, right.y0, right.y1) > 2 * region->body;
}

/* Does the sentence at the foot of the left side go on at the top of the right one? */
static bool flows_on(const struct region *region, const uint32_t *items, guint n, const struct gutter *g)
{
    const struct text_line *last = NULL, *first = NULL;
    for (guint i = 0; i < n; i++) {
        const struct text_line *line = sheet_line(region->sheet, items[i]);
        if (!inside(g, line))
            continue;
        if (line->box.x0 < g->x1 - 0.1f)
            last = line;
        else if (!first)
            first = line;
    }
    return last && first && !layout_sentence_ends(region->sheet, last) && g_unichar_islower(layout_first(region->sheet, first));
}

/* Cells of several paragraphs: wherever the side with fewer of them is broken, so is the other, and both go on at one height. */
static bool are_rows(const struct region *region, const uint32_t *items, guint n, struct gutter *g, const struct side *left, const struct side *right, uint32_t common)
{
    enum { LEAST = 3 };
    g->bands = BANDS_ROWS;
    g_autoptr(GArray) tops = find_bands(region, items, n, g, left, right, false);
    g->bands = BANDS_NONE;
    return common >= LEAST && tops->len >= LEAST && tops->len * 10 >= MIN(left->breaks, right->breaks) * 9;
}

/* Is there running text on both sides? */
static bool parts_columns(const struct region *region, const uint32_t *items, guint n, struct gutter *g)
{
    struct side left, right;
    measure_side(region, items, n, g, false, &left);
    measure_side(region, items, n, g, true, &right);
    if (left.rows < 3 || right.rows < 3 || overlap(left.y0, left.y1, right.y0, right.y1) < 2 * region->body)
        return false;
    bool text_left = is_text(region, items, n, g, false, &left), text_right = is_text(region, items, n, g, true, &right);
    const struct side *other = text_left ? &right : &left;
    bool labels = other->characters < 4 * other->lines && other->x1 - other->x0 < 2.5f * region->body; /* of notes, raised */
    if (text_left != text_right && !labels && own_lines(region, items, n, g))
        return true;
    if (!text_left || !text_right)
        return false;
    uint32_t common = common_breaks(region, items, n, g, MIN(left.step, right.step));
    if (common >= 2 && common * 10 >= MAX(left.breaks, right.breaks) * 8)
        return false;
    return flows_on(region, items, n, g) || !are_rows(region, items, n, g, &left, &right, common);
}

/* Takes the lettering of a chart or a table off the top (or bottom) of a gutter; false = nothing would be left, or changed. */
static bool trim(const struct region *region, const uint32_t *items, guint n, struct gutter *g, bool bottom)
{
    enum { TEXT = 24 }; /* characters of a line that is no lettering */
    for (guint k = 0; k < n; k++) {
        const struct text_line *line = sheet_line(region->sheet, items[bottom ? n - 1 - k : k]);
        if (!inside(g, line) || line->count < TEXT)
            continue;
        float edge = bottom ? line->box.y1 : line->box.y0;
        bool changed = bottom ? edge < g->y1 - 1 : edge > g->y0 + 1;
        *(bottom ? &g->y1 : &g->y0) = edge;
        return changed || !bottom;
    }
    return false;
}

static bool find_gutter(const struct region *region, const uint32_t *items, guint n, struct gutter *best)
{
    float least = MAX(4.0f, 0.4f * region->body);
    bool found = false;
    g_autoptr(GArray) seen = g_array_new(FALSE, FALSE, sizeof(struct gutter));
    for (guint i = 0; i < n; i++) {
        const struct text_line *line = sheet_line(region->sheet, items[i]);
        struct gutter g = {line->box.x1, 1e9f, line->box.y0, line->box.y1, BANDS_NONE};
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
        struct gutter whole = g;
        bool parts = false;
        for (int attempt = 0; attempt < 3; attempt++) {
            if (found && g.y1 - g.y0 <= best->y1 - best->y0)
                break;
            if (parts_columns(region, items, n, &g)) {
                *best = g;
                found = parts = true;
                break;
            }
            if (attempt < 2 && !trim(region, items, n, &g, attempt == 1))
                break;
        }
        if (!parts && !(found && whole.y1 - whole.y0 <= best->y1 - best->y0) && parts_bands(region, items, n, &whole)) {
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
    g_qsort_with_data(items, (gint)n, sizeof *items, by_place, sheet);
    g_array_append_vals(sheet->ordered, items, n);
    g_array_append_val(sheet->order, leaf);
}

/* A heading over all columns that is no wider than the first: beside it the other column is white, and both go on below. Cuts the gutter above it. */
static void end_at_heading(const struct region *region, const uint32_t *items, guint n, struct gutter *g)
{
    for (guint i = 0; i < n; i++) {
        const struct text_line *line = sheet_line(region->sheet, items[i]);
        bool heading = line->flags & (LINE_BOLD | LINE_CAPITALS) || line->size > 1.12f * region->body;
        if (!heading || !inside(g, line) || line->box.x0 >= g->x1 - 0.1f)
            continue;
        float above = -1e9f, below = 1e9f; /* the other column's white around it */
        bool left = false;                 /* text of its own column above it */
        for (guint k = 0; k < n; k++) {
            const struct text_line *other = sheet_line(region->sheet, items[k]);
            if (k == i || !inside(g, other))
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
    measure_side(region, items, n, g, false, &left);
    measure_side(region, items, n, g, true, &right);
    g_autoptr(GArray) tops = find_bands(region, items, n, g, &left, &right, true);
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
    if (g.bands == BANDS_NONE)
        end_at_heading(region, items, n, &g);
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
    g_qsort_with_data(items->data, (gint)items->len, sizeof(uint32_t), by_middle, sheet);
    split(&region, (uint32_t *)(void *)items->data, items->len, 0);
    if (turned->len > 0)
        add_turned(sheet, turned);
}
