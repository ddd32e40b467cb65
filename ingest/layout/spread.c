/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/layout/layout.h"
#include "ingest/layout/text.h"

/*  A narrow column that is set to both edges has lines whose words stand as far apart as columns do. The line above or below tells:
 *
 *      the homes of the valley were    text, from edge to edge
 *      counted   and   the   lists,    the same edges, and gaps of one width: text too, no four cells
 *      kept in the school of a town                                                                    */
static const float wide_gap = 1.1f; /* in em; less parts no line in any case */
static const float far_gap = 3.2f;  /* more is between cells */
static const float edge_off = 0.1f; /* edges that are one differ by less */

/* A line as the file's reader saw it, or the pieces of one row that it took apart. */
struct stretch {
    uint32_t from, to; /* glyphs */
    float x0, x1, base, size;
    float least, most; /* gap between words */
    uint32_t gaps;
    bool text;         /* running text, as far as the line itself tells; later: because the lines beside it do */
};

static bool begins_word(const struct glyph *glyph)
{
    return glyph->flags & (GLYPH_SPACE | GLYPH_LINE);
}

/* Could these be words of running text? A table's cells are values, or begin with capitals. */
static bool goes_on(const struct sheet *sheet, const struct stretch *line)
{
    bool lower = false;
    for (uint32_t i = line->from + 1; i < line->to; i++) {
        const struct glyph *glyph = sheet_glyph(sheet, i);
        if (!begins_word(glyph))
            continue;
        if (g_unichar_isdigit(glyph->character))
            return false;
        lower |= g_unichar_islower(glyph->character) != 0;
    }
    return lower;
}

static struct stretch measure(const struct sheet *sheet, uint32_t from, uint32_t to)
{
    enum { LONG = 8, WORDS = 2 };
    const struct glyph *first = sheet_glyph(sheet, from);
    struct stretch line = {from, to, first->box.x0, sheet_glyph(sheet, to - 1)->box.x1, glyph_base(first), first->size, 1e9f, 0, 0, false};
    struct item item;
    uint32_t begin = from + 1; /* the gap behind a label is no gap between words */
    if (layout_item(sheet, from, to - from, &item))
        begin = from + item.count + 1;
    for (uint32_t i = begin; i < to; i++) {
        const struct glyph *glyph = sheet_glyph(sheet, i);
        if (!begins_word(glyph))
            continue;
        float gap = glyph->box.x0 - (glyph - 1)->box.x1;
        line.least = MIN(line.least, gap);
        line.most = MAX(line.most, gap);
        line.gaps++;
    }
    line.text = to - from > LONG && line.gaps + 1 >= WORDS && line.most < wide_gap * line.size;
    return line;
}

/* Does the file's reader take a row apart before glyph `at`, whose next word may only have been set far off? */
static bool same_row(const struct sheet *sheet, uint32_t at)
{
    const struct glyph *last = sheet_glyph(sheet, at - 1), *next = sheet_glyph(sheet, at);
    float gap = next->box.x0 - last->box.x1, size = MAX(last->size, next->size);
    return gap > wide_gap * size && gap < far_gap * size && ABS(glyph_base(last) - glyph_base(next)) < 0.05f * size && ABS(last->size - next->size) < 0.1f * size;
}

/* Do other lines begin where glyph `at` stands, as those of a column do? */
static bool begins_column(const struct sheet *sheet, uint32_t at)
{
    float x = sheet_glyph(sheet, at)->box.x0;
    for (uint32_t i = 0; i < sheet->glyphs->len; i++)
        if (i != at && sheet_glyph(sheet, i)->flags & GLYPH_LINE && ABS(sheet_glyph(sheet, i)->box.x0 - x) < 0.5f)
            return true;
    return false;
}

static GArray *find_stretches(const struct sheet *sheet)
{
    GArray *lines = g_array_new(FALSE, FALSE, sizeof(struct stretch));
    for (uint32_t from = 0, to; from < sheet->glyphs->len; from = to) {
        for (to = from + 1; to < sheet->glyphs->len && (!(sheet_glyph(sheet, to)->flags & GLYPH_LINE) || (same_row(sheet, to) && !begins_column(sheet, to)));)
            to++;
        struct stretch line = measure(sheet, from, to);
        g_array_append_val(lines, line);
    }
    return lines;
}

/* Is a line with wide gaps text, since the one beside it, above or below, is? */
static bool is_spread(const struct layout *layout, const struct sheet *sheet, const struct stretch *line, const struct stretch *beside)
{
    float off = edge_off * line->size;
    bool edges = ABS(line->x0 - beside->x0) < off && ABS(line->x1 - beside->x1) < off;
    bool near = ABS(line->base - beside->base) < 1.5f * line->size && ABS(line->base - beside->base) > 0.5f * line->size && ABS(line->size - beside->size) < 0.1f * line->size;
    if (!beside->text || !edges || !near || line->gaps == 0)
        return false;
    bool even = line->most < 1.2f * line->least && line->most < far_gap * line->size;
    return even && !g_array_index(layout->styles, struct style, sheet_glyph(sheet, line->from)->style).mono && goes_on(sheet, line);
}

void layout_spread(const struct layout *layout, struct sheet *sheet)
{
    g_autoptr(GArray) lines = find_stretches(sheet);
    for (guint k = 0; k < 2 * lines->len; k++) { /* downwards, then upwards: one tells the next */
        guint i = k < lines->len ? k : 2 * lines->len - 1 - k;
        struct stretch *line = &g_array_index(lines, struct stretch, i);
        if (line->text || line->most < wide_gap * line->size)
            continue;
        line->text = (i > 0 && is_spread(layout, sheet, line, line - 1)) || (i + 1 < lines->len && is_spread(layout, sheet, line, line + 1));
        for (uint32_t g = line->from + 1; g < line->to && line->text; g++) {
            struct glyph *glyph = sheet_glyph(sheet, g);
            if (begins_word(glyph))
                glyph->flags = (uint16_t)((glyph->flags & ~GLYPH_LINE) | GLYPH_SPACE | GLYPH_SPREAD);
        }
    }
}
