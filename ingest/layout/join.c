/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/layout/text.h"

/*  A sentence that a column or page interrupts stays one paragraph: the next body paragraph goes on with it when the first one is open at its end. */

static struct paragraph *paragraph_at(const struct layout *layout, uint32_t i)
{
    return &g_array_index(layout->paragraphs, struct paragraph, i);
}

static bool is_running(const struct layout *layout, const struct paragraph *p)
{
    if (layout_line(layout, p->first)->flags & LINE_TURNED)
        return false; /* the name of a chart's axis */
    return p->zone == ZONE_BODY || p->zone == ZONE_SUMMARY || p->zone == ZONE_BOX;
}

static bool stands_between(const struct paragraph *p, const struct paragraph *next)
{
    return next->zone == ZONE_NOTE || next->zone == ZONE_CAPTION || next->zone == ZONE_PULLQUOTE || next->zone == ZONE_TABLE || (next->zone == ZONE_BOX && p->zone != ZONE_BOX);
}

/* Does the paragraph's last line leave its sentence open? */
static bool is_open(const struct layout *layout, const struct paragraph *p)
{
    const struct sheet *sheet = layout_sheet(layout, p->sheet);
    const struct text_line *last = layout_line(layout, p->first + p->count - 1);
    uint32_t count = 0; /* of the printed row, whose words may be set far apart */
    for (uint32_t i = p->first + p->count; i > p->first && layout_line(layout, i - 1)->row == last->row && !(layout_line(layout, i - 1)->flags & LINE_CELL); i--)
        count += layout_line(layout, i - 1)->count;
    return (!layout_sentence_ends(sheet, last) || layout_last(sheet, last) == ';') && (count > 20 || layout_ends_open(sheet, last));
}

static bool ends_open(const struct layout *layout, const struct paragraph *p)
{
    return layout_ends_open(layout_sheet(layout, p->sheet), layout_line(layout, p->first + p->count - 1));
}

/* "…, and⏎   Recalling": a first line set in from the others begins a paragraph, as in the preamble of a resolution. */
static bool is_indented(const struct layout *layout, const struct paragraph *p)
{
    const struct text_line *first = layout_line(layout, p->first);
    for (uint32_t i = p->first + 1; i < p->first + p->count; i++)
        if (layout_line(layout, i)->row != first->row)
            return first->box.x0 > layout_line(layout, i)->box.x0 + first->size;
    return false;
}

/* Do both begin with the same printed line? */
static bool same_words(const struct layout *layout, const struct paragraph *p, const struct paragraph *next)
{
    const struct text_line *a = layout_line(layout, p->first), *b = layout_line(layout, next->first);
    bool same = a->count == b->count;
    for (uint32_t i = 0; i < a->count && same; i++)
        same = sheet_glyph(layout_sheet(layout, p->sheet), a->first + i)->character == sheet_glyph(layout_sheet(layout, next->sheet), b->first + i)->character;
    return same;
}

static bool goes_on(const struct layout *layout, const struct paragraph *p, const struct paragraph *next)
{
    const struct sheet *sheet = layout_sheet(layout, next->sheet);
    const struct text_line *line = layout_line(layout, next->first), *last = layout_line(layout, p->first + p->count - 1);
    if (ABS(next->size - p->size) > 0.08f * p->size || line->flags & LINE_ITEM || ((line->flags ^ last->flags) & LINE_BOLD))
        return false;
    if (same_words(layout, p, next) || line->flags & LINE_TURNED)
        return false; /* the heads of a table, printed again */
    gunichar c = layout_first(sheet, line), end = layout_last(layout_sheet(layout, p->sheet), last);
    if (end == ';')
        return g_unichar_islower(c); /* "…; the next point": as it may */
    if (g_unichar_islower(c) || end == '-' || end == 0xAD || (end == ',' && !is_indented(layout, next)) || ends_open(layout, p))
        return true;
    if (end == ',')
        return false;
    if (next->count == 1 && line->count < 40)
        return false; /* a running head, a line of a chart */
    const struct leaf *leaf = &g_array_index(layout_sheet(layout, p->sheet)->order, struct leaf, p->leaf);
    return last->box.x1 > leaf->box.x0 + 0.85f * (leaf->box.x1 - leaf->box.x0); /* a full line */
}

/* The column of a table of running text in which a paragraph stands, in whatever way it was found; 0 = none. */
static unsigned side_of(const struct layout *layout, const struct paragraph *p)
{
    enum { SIDES = 2 };
    return p->cell ? p->cell + SIDES : g_array_index(layout_sheet(layout, p->sheet)->order, struct leaf, p->leaf).side;
}

/* Does a paragraph begin where the lines of another do, as in one column of two pages? */
static bool below(const struct layout *layout, const struct paragraph *p, const struct paragraph *next)
{
    const struct text_line *last = layout_line(layout, p->first + p->count - 1);
    float x = layout_line(layout, next->first)->box.x0, off = MAX(2 * p->size, 0.2f * (next->box.x1 - next->box.x0)); /* margins of left and right pages differ */
    float step = layout_line(layout, next->first)->base - last->base;
    if (next->sheet == p->sheet && step > 0 && step < 1.6f * last->size)
        return true;
    return ABS(x - p->box.x0) < off || ABS(x - last->box.x0) < off || ABS(x - last->text_x) < off;
}

/* How far down the pages are printed, as parts of their height. */
struct bottoms {
    GArray *pages; /* float, by sheet */
    float usual;   /* three of four pages end higher */
};

static int by_value(const void *a, const void *b)
{
    float left = *(const float *)a, right = *(const float *)b;
    return left < right ? -1 : left > right;
}

static void bottoms_init(struct bottoms *bottoms, const struct layout *layout)
{
    bottoms->pages = g_array_sized_new(FALSE, FALSE, sizeof(float), layout->sheets->len);
    g_autoptr(GArray) sorted = g_array_sized_new(FALSE, FALSE, sizeof(float), layout->sheets->len);
    for (guint s = 0; s < layout->sheets->len; s++) {
        const struct sheet *sheet = layout_sheet(layout, s);
        float bottom = 0;
        for (guint i = 0; i < sheet->lines->len; i++)
            if (!(sheet_line(sheet, i)->flags & LINE_FURNITURE))
                bottom = MAX(bottom, sheet_line(sheet, i)->box.y1 / sheet->height);
        g_array_append_val(bottoms->pages, bottom);
        if (bottom > 0)
            g_array_append_val(sorted, bottom);
    }
    g_array_sort(sorted, by_value);
    bottoms->usual = sorted->len > 0 ? g_array_index(sorted, float, sorted->len - 1 - sorted->len / 4) : 0;
}

/* Is a page empty below what is printed on it? What ends there is not interrupted: a letter, with the names of who signed it. */
static bool ends_page_early(const struct bottoms *bottoms, uint32_t sheet)
{
    const float white = 0.16f;
    return g_array_index(bottoms->pages, float, sheet) < bottoms->usual - white;
}

/* The paragraph that goes on with paragraph i in another leaf, or NONE. */
static uint32_t continuation(const struct layout *layout, const struct bottoms *bottoms, uint32_t i)
{
    const struct paragraph *p = paragraph_at(layout, i);
    bool heading = false; /* one stood between: over a chart, perhaps */
    for (uint32_t j = i + 1; j < layout->paragraphs->len; j++) {
        const struct paragraph *next = paragraph_at(layout, j);
        if (next->sheet > p->sheet + 1 || (next->sheet != p->sheet && ends_page_early(bottoms, p->sheet) && !ends_open(layout, p)))
            return NONE;
        if (stands_between(p, next) || next->taken)
            continue;
        unsigned side = side_of(layout, p), other = side_of(layout, next);
        if (side != other && side != 0 && other != 0) /* a cell goes on in its own column of the next page, past the cell beside it */
            continue;
        if (side != 0 && next->sheet == p->sheet && (p->cell || next->leaf != p->leaf))
            return NONE;
        if ((side != 0 || other != 0) && !below(layout, p, next)) {
            if (next->sheet != p->sheet && overlap(p->box.x0, p->box.x1, next->box.x0, next->box.x1) < 0)
                continue; /* the other column of the next page */
            return NONE;
        }
        bool elsewhere = next->sheet != p->sheet || next->leaf != p->leaf;
        bool lower = g_unichar_islower(layout_first(layout_sheet(layout, next->sheet), layout_line(layout, next->first)));
        if (next->zone == p->zone && elsewhere && (lower || (side == other && (side == 0 || next->sheet != p->sheet) && !heading) || ends_open(layout, p)) && goes_on(layout, p, next))
            return j;
        bool scrap = ABS(next->size - p->size) > 0.08f * p->size || layout_line(layout, next->first)->count < 20; /* lettering of a chart */
        heading |= next->zone == ZONE_HEADING;
        if (next->zone != ZONE_HEADING && !scrap)
            return NONE;
    }
    return NONE;
}

void layout_join(struct layout *layout)
{
    struct bottoms bottoms;
    bottoms_init(&bottoms, layout);
    for (uint32_t i = layout->paragraphs->len; i > 0; i--) { /* backwards: a chain is complete when its head is joined */
        struct paragraph *p = paragraph_at(layout, i - 1);
        if (!is_running(layout, p) || p->next != NONE || !is_open(layout, p))
            continue;
        p->next = continuation(layout, &bottoms, i - 1);
        if (p->next != NONE)
            paragraph_at(layout, p->next)->taken = true;
    }
    g_array_unref(bottoms.pages);
}
