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

/* Where words begin on a page, for most glyphs begin none, and no one foresees which. */
struct words {
    uint32_t *begins; /* glyphs, from the second on, and one behind the last */
    uint32_t n, at;   /* at: the first of them that no stretch holds */
    GArray *lines;    /* uint32_t: those that begin lines; NULL until first asked for */
};

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
    return (glyph->flags & (GLYPH_SPACE | GLYPH_LINE)) != 0;
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

static void note_gap(struct stretch *line, const struct glyph *glyph)
{
    float gap = glyph->box.x0 - (glyph - 1)->box.x1;
    line->least = MIN(line->least, gap);
    line->most = MAX(line->most, gap);
    line->gaps++;
}

/* The gap behind a label is no gap between words. */
static void pass_over_label(const struct sheet *sheet, struct stretch *line)
{
    struct item item;
    if (!layout_item(sheet, line->from, line->to - line->from, &item))
        return;
    line->least = 1e9f;
    line->most = 0;
    line->gaps = 0;
    for (uint32_t i = line->from + item.count + 1; i < line->to; i++)
        if (begins_word(sheet_glyph(sheet, i)))
            note_gap(line, sheet_glyph(sheet, i));
}

/* Does the file's reader take a row apart before a glyph, whose next word may only have been set far off? */
static bool same_row(const struct glyph *next)
{
    const struct glyph *last = next - 1;
    float gap = next->box.x0 - last->box.x1, size = MAX(last->size, next->size);
    return gap > wide_gap * size && gap < far_gap * size && ABS(glyph_base(last) - glyph_base(next)) < 0.05f * size && ABS(last->size - next->size) < 0.1f * size;
}

static void find_words(const struct sheet *sheet, struct words *words)
{
    const struct glyph *glyphs = sheet_glyph(sheet, 0);
    uint32_t n = 0, len = sheet->glyphs->len;
    words->begins = g_new(uint32_t, len + 1);
    for (uint32_t i = 1; i < len; i++) {
        words->begins[n] = i;
        n += begins_word(&glyphs[i]);
    }
    words->begins[n] = len;
    words->n = n;
}

/* Where lines begin on a page, found when first asked for. */
static const GArray *line_begins(const struct sheet *sheet, struct words *words)
{
    if (words->lines)
        return words->lines;
    words->lines = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    for (uint32_t i = 0; i < sheet->glyphs->len; i++)
        if (sheet_glyph(sheet, i)->flags & GLYPH_LINE)
            g_array_append_val(words->lines, i);
    return words->lines;
}

/* Do other lines begin where glyph `at` stands, as those of a column do? */
static bool begins_column(const struct sheet *sheet, struct words *words, uint32_t at)
{
    float x = sheet_glyph(sheet, at)->box.x0;
    const GArray *begins = line_begins(sheet, words);
    for (guint i = 0; i < begins->len; i++) {
        uint32_t other = g_array_index(begins, uint32_t, i);
        if (other != at && ABS(sheet_glyph(sheet, other)->box.x0 - x) < 0.5f)
            return true;
    }
    return false;
}

/* The stretch from a glyph on, with the gaps between its words. */
static struct stretch find_stretch(const struct sheet *sheet, struct words *words, uint32_t from)
{
    enum { LONG = 8, WORDS = 2 };
    const struct glyph *first = sheet_glyph(sheet, from);
    struct stretch line = {from, sheet->glyphs->len, first->box.x0, 0, glyph_base(first), first->size, 1e9f, 0, 0, false};
    for (; words->at < words->n; words->at++) {
        const struct glyph *glyph = sheet_glyph(sheet, words->begins[words->at]);
        if (glyph->flags & GLYPH_LINE && !(same_row(glyph) && !begins_column(sheet, words, words->begins[words->at])))
            break;
        note_gap(&line, glyph);
    }
    line.to = words->begins[words->at++];
    line.x1 = sheet_glyph(sheet, line.to - 1)->box.x1;
    pass_over_label(sheet, &line);
    line.text = line.to - from > LONG && line.gaps + 1 >= WORDS && line.most < wide_gap * line.size;
    return line;
}

static GArray *find_stretches(const struct sheet *sheet)
{
    enum { USUAL = 64 }; /* of a page */
    GArray *lines = g_array_sized_new(FALSE, FALSE, sizeof(struct stretch), USUAL);
    struct words words = {NULL, 0, 0, NULL};
    if (sheet->glyphs->len > 0)
        find_words(sheet, &words);
    for (uint32_t from = 0; from < sheet->glyphs->len;) {
        struct stretch line = find_stretch(sheet, &words, from);
        g_array_append_val(lines, line);
        from = line.to;
    }
    g_clear_pointer(&words.lines, g_array_unref);
    g_free(words.begins);
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
