/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/layout/text.h"

/*  A gutter between cells of running text may be narrower than the gaps of a justified line; the lines beside it tell where it runs.
 *
 *      Commitment of │ The town has built        a line begins at the edge, with another to its left
 *      the  council  │ new homes and opened      read as one line: a word begins at the edge, and the line is parted there
 *                    │ the school.                                                                                          */
static const float edge_gap = 0.45f; /* at least, in em */

static bool has_left_neighbour(const struct sheet *sheet, uint32_t i)
{
    enum { NEAR = 24 }; /* lines come by their tops */
    const struct text_line *line = sheet_line(sheet, i);
    for (uint32_t j = i > NEAR ? i - NEAR : 0; j < MIN(sheet->lines->len, i + NEAR); j++) {
        const struct text_line *other = sheet_line(sheet, j);
        float gap = line->box.x0 - other->box.x1;
        if (j != i && gap > 0 && gap < 10 * line->size && !(other->flags & LINE_TURNED) && overlap(line->box.y0, line->box.y1, other->box.y0, other->box.y1) > 0.5f * line->size)
            return true;
    }
    return false;
}

/* The glyph of a line that begins a word at x, behind more than a space; 0 = none. What stands before it is no label of a list or note. */
static uint32_t word_at(const struct sheet *sheet, const struct text_line *line, float x)
{
    if (!g_unichar_isalpha(sheet_glyph(sheet, line->first)->character) && line->count > 1 && !g_unichar_isalpha(sheet_glyph(sheet, line->first + 1)->character))
        return 0;
    for (uint32_t i = line->first + 2; i < line->first + line->count; i++) {
        const struct glyph *glyph = sheet_glyph(sheet, i);
        struct item item;
        if (glyph->flags & GLYPH_SPACE && ABS(glyph->box.x0 - x) < 1 && glyph->box.x0 - (glyph - 1)->box.x1 > edge_gap * line->size)
            return layout_item(sheet, line->first, line->count, &item) && item.count == i - line->first ? 0 : i;
    }
    return 0;
}

/* Words enough to be running text, not a value of a table. */
static bool is_wordy(const struct text_line *line)
{
    enum { LEAST = 10 };
    return line->letters >= LEAST && line->letters * 10 >= line->count * 6 && !(line->flags & LINE_TURNED);
}

struct part {
    uint32_t line, glyph;
};

uint32_t layout_part(const struct layout *layout, struct sheet *sheet, uint32_t at, uint32_t glyph)
{
    struct text_line *line = sheet_line(sheet, at);
    uint16_t kept = line->flags & (LINE_WIDE | LINE_SPACED);
    struct text_line right = {.first = glyph, .count = line->first + line->count - glyph, .flags = line->flags & LINE_SPACED, .row = line->row};
    line->count = glyph - line->first;
    line->flags = kept;
    sheet_glyph(sheet, glyph)->flags &= (uint16_t)~GLYPH_SPACE;
    layout_measure_line(layout, sheet, line);
    layout_measure_line(layout, sheet, &right);
    g_array_append_val(sheet->lines, right);
    return sheet->lines->len - 1;
}

enum { LEAST_BEGIN = 3 }; /* lines of a run that begin at the edge */

/* Parts the lines of one run, from top to bottom, in which no line crosses the edge without a word that begins there. */
static void part_run(const struct layout *layout, struct sheet *sheet, GArray *parts, uint32_t begin, uint32_t beside)
{
    for (guint i = 0; i < parts->len && begin >= LEAST_BEGIN && beside >= 1 && beside + parts->len >= 2; i++)
        layout_part(layout, sheet, g_array_index(parts, struct part, i).line, g_array_index(parts, struct part, i).glyph);
    g_array_set_size(parts, 0);
}

static void part_along(const struct layout *layout, struct sheet *sheet, float x)
{
    g_autoptr(GArray) parts = g_array_new(FALSE, FALSE, sizeof(struct part));
    uint32_t begin = 0, beside = 0; /* lines that begin at the edge; those of them with another to their left */
    for (uint32_t i = 0, n = sheet->lines->len; i < n; i++) {
        const struct text_line *line = sheet_line(sheet, i);
        if (line->flags & LINE_TURNED)
            continue;
        if (ABS(line->box.x0 - x) < 1) {
            begin += is_wordy(line);
            beside += has_left_neighbour(sheet, i);
        } else if (line->box.x0 < x && line->box.x1 > x + 1) {
            struct part part = {i, word_at(sheet, line, x)};
            if (part.glyph > 0) {
                g_array_append_val(parts, part);
                continue;
            }
            part_run(layout, sheet, parts, begin, beside);
            begin = beside = 0;
        }
    }
    part_run(layout, sheet, parts, begin, beside);
}

/* Do lines enough begin at x for any run of them to be parted? */
static bool begins_column(const struct sheet *sheet, float x)
{
    uint32_t begin = 0;
    for (uint32_t i = 0; i < sheet->lines->len && begin < LEAST_BEGIN; i++) {
        const struct text_line *line = sheet_line(sheet, i);
        begin += ABS(line->box.x0 - x) < 1 && is_wordy(line);
    }
    return begin >= LEAST_BEGIN;
}

/* Does a justified column that begins with line i end at x: lines enough from the one edge to the other? */
static bool column_ends(const struct sheet *sheet, uint32_t i, float x)
{
    enum { LEAST = 2 };
    const struct text_line *line = sheet_line(sheet, i);
    uint32_t count = 0;
    for (uint32_t j = 0; j < sheet->lines->len && count < LEAST; j++) {
        const struct text_line *other = sheet_line(sheet, j);
        bool near = j != i && ABS(other->base - line->base) < 8 * line->size;
        count += near && ABS(other->box.x0 - line->box.x0) < 1 && ABS(other->box.x1 - x) < 1 && is_wordy(other);
    }
    return count >= LEAST;
}

/* A value behind a narrow gutter: the word before it ends where the lines of its cell do.
 *
 *      Homes that the town opened │ 1,800     read as one line
 *      in the hills to the north, │
 *      on the road to the school, │                                                             */
static void part_values(const struct layout *layout, struct sheet *sheet)
{
    enum { VALUE = 3 }; /* words: "1,800 (16%)", and one raised or lowered sign */
    for (uint32_t i = 0, n = sheet->lines->len; i < n; i++) {
        const struct text_line *line = sheet_line(sheet, i);
        if (line->flags & LINE_TURNED || !is_wordy(line))
            continue;
        unsigned words = 0;
        for (uint32_t k = line->first + line->count - 1; k > line->first + 1 && words < VALUE; k--) {
            const struct glyph *glyph = sheet_glyph(sheet, k);
            words += (glyph->flags & GLYPH_SPACE) != 0;
            float gap = glyph->box.x0 - (glyph - 1)->box.x1;
            if (!(glyph->flags & GLYPH_SPACE) || gap < edge_gap * line->size || !g_unichar_isdigit(glyph->character) || !column_ends(sheet, i, (glyph - 1)->box.x1))
                continue;
            layout_part(layout, sheet, i, k);
            sheet_line(sheet, sheet->lines->len - 1)->flags |= LINE_VALUE;
            break;
        }
    }
}

void layout_gutters(const struct layout *layout, struct sheet *sheet)
{
    part_values(layout, sheet);

    g_autoptr(GArray) edges = g_array_new(FALSE, FALSE, sizeof(float));
    float nearest = 1e9f; /* where a line ends */
    for (uint32_t i = 0; i < sheet->lines->len; i++)
        nearest = MIN(nearest, sheet_line(sheet, i)->box.x1);
    for (uint32_t i = 0; i < sheet->lines->len; i++) {
        float x = sheet_line(sheet, i)->box.x0;
        bool known = x <= nearest || !is_wordy(sheet_line(sheet, i));
        for (guint k = 0; k < edges->len && !known; k++)
            known = ABS(g_array_index(edges, float, k) - x) < 1;
        if (!known && has_left_neighbour(sheet, i))
            g_array_append_val(edges, x);
    }
    for (guint k = 0; k < edges->len; k++)
        if (begins_column(sheet, g_array_index(edges, float, k)))
            part_along(layout, sheet, g_array_index(edges, float, k));
}
