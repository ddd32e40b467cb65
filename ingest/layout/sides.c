/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/layout/sides.h"

/* Lines farther apart than this, in their usual distance, have white between them. */
static const float white_step = 1.2f;

/* One more line of a side, below those before it. */
static void add_line(struct side *side, const struct text_line *line)
{
    side->x0 = MIN(side->x0, line->box.x0);
    side->x1 = MAX(side->x1, line->box.x1);
    side->y0 = MIN(side->y0, line->box.y0);
    side->y1 = MAX(side->y1, line->box.y1);
    side->characters += line->count;
    side->lines++;
    side->letters += line->letters;
    if (line->base - side->last > 0.5f * line->size) {
        side->rows++;
        if (side->step > 0 && line->base - side->last > white_step * side->step)
            side->breaks++;
        side->step = side->rows > 1 ? MIN(side->step > 0 ? side->step : 1e9f, line->base - side->last) : 0;
    }
    side->last = line->base;
}

void sides_measure(const struct region *region, const uint32_t *items, guint n, const struct gutter *g, struct side *left, struct side *right)
{
    *left = *right = (struct side){.x0 = 1e9f, .x1 = -1e9f, .y0 = 1e9f, .y1 = -1e9f, .last = -1e9f};
    for (guint i = 0; i < n; i++) {
        const struct text_line *line = sheet_line(region->sheet, items[i]);
        if (gutter_holds(g, line))
            add_line(line->box.x0 >= g->x1 - 0.1f ? right : left, line);
    }
}

/* Is most of what stands there text: lines that are long and fill the column? A chart between them does not matter. */
static bool is_text(const struct region *region, const uint32_t *items, guint n, const struct gutter *g, bool right, const struct side *side)
{
    enum { LONG = 18 }; /* characters */
    uint32_t full = 0, characters = 0;
    for (guint i = 0; i < n; i++) {
        const struct text_line *line = sheet_line(region->sheet, items[i]);
        if (!gutter_holds(g, line) || (line->box.x0 >= g->x1 - 0.1f) != right || line->count < LONG || line->box.x1 - line->box.x0 < 0.6f * (side->x1 - side->x0))
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
        if (!gutter_holds(g, line))
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
        if (!gutter_holds(g, line) || line->box.x0 < g->x1 - 0.1f)
            continue;
        bool near = false, same = false;
        for (guint k = i > 20 ? i - 20 : 0; k < MIN(n, i + 20); k++) {
            const struct text_line *other = sheet_line(region->sheet, items[k]);
            if (other->box.x0 >= g->x1 - 0.1f || !gutter_holds(g, other))
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
        if (!gutter_holds(g, other) || (other->box.x0 >= g->x1 - 0.1f) != right)
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
        if (gutter_holds(g, other) && other->box.x0 >= g->x1 - 0.1f && other->base < line->base && other->base > line->base - 1.3f * line->size)
            return false;
    }
    return true;
}

GArray *sides_bands(const struct region *region, const uint32_t *items, guint n, const struct gutter *g, const struct side *left, const struct side *right, bool heads)
{
    GArray *tops = g_array_new(FALSE, FALSE, sizeof(float));
    float last = -1e9f;
    for (guint i = 0; i < n; i++) {
        const struct text_line *line = sheet_line(region->sheet, items[i]);
        if (!gutter_holds(g, line) || line->box.x0 >= g->x1 - 0.1f || ABS(line->base - last) < 0.3f * line->size)
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
        if (!gutter_holds(g, line) || (line->box.x0 >= g->x1 - 0.1f) != right)
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
        if (gutter_holds(g, line) && line->box.x0 < g->x1 - 0.1f && layout_item(region->sheet, line->first, line->count, &item) && item.count == line->count)
            return false; /* the label of a list, set apart */
    }
    g->bands = BANDS_HEADS;
    g_autoptr(GArray) tops = sides_bands(region, items, n, g, left, right, false);
    return tops->len > 0 && right->rows >= 2 * tops->len;
}

bool sides_are_bands(const struct region *region, const uint32_t *items, guint n, struct gutter *g)
{
    struct side left, right;
    sides_measure(region, items, n, g, &left, &right);
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
        if (!gutter_holds(g, line))
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
    g_autoptr(GArray) tops = sides_bands(region, items, n, g, left, right, false);
    g->bands = BANDS_NONE;
    return common >= LEAST && tops->len >= LEAST && tops->len * 10 >= MIN(left->breaks, right->breaks) * 9;
}

bool sides_are_columns(const struct region *region, const uint32_t *items, guint n, struct gutter *g)
{
    struct side left, right;
    sides_measure(region, items, n, g, &left, &right);
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
