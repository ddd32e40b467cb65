/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/layout/text.h"

/*  Letters printed twice in one place (an underlined link, a shadow) are read once.
 *
 *  Most pages have none, and show it: their runs of letters, each a point or more to the right of the one before it, have no place in common. */

/* What a glyph prints and where, to half a point. */
static uint64_t twin_key(const struct glyph *glyph)
{
    uint64_t x = (uint64_t)(int64_t)(glyph->box.x0 * 2 + 0.5f) & 0x1FFFFF, y = (uint64_t)(int64_t)(glyph->box.y0 * 2 + 0.5f) & 0x1FFFFF;
    return (uint64_t)(glyph->character & 0x1FFFFF) << 42 | x << 21 | y;
}

/* The set is a table with open addressing, at most half full. */
static void drop_twins(struct sheet *sheet)
{
    unsigned bits = 4;
    while ((1u << bits) < 2 * sheet->glyphs->len)
        bits++;
    g_autofree uint32_t *seen = g_new0(uint32_t, (gsize)1 << bits); /* a kept glyph's index + 1; 0 = free */
    guint kept = 0;
    uint16_t pending = 0; /* the space or line that began with a dropped one */
    for (guint i = 0; i < sheet->glyphs->len; i++) {
        const struct glyph *glyph = sheet_glyph(sheet, i);
        uint64_t key = twin_key(glyph);
        size_t slot = (size_t)(key * 0x9E3779B97F4A7C15u >> (64 - bits));
        while (seen[slot] && twin_key(sheet_glyph(sheet, seen[slot] - 1)) != key)
            slot = (slot + 1) & (((size_t)1 << bits) - 1);
        if (seen[slot]) {
            pending |= glyph->flags & (GLYPH_LINE | GLYPH_SPACE);
            continue;
        }
        seen[slot] = kept + 1;
        if (kept < i)
            *sheet_glyph(sheet, kept) = *glyph;
        sheet_glyph(sheet, kept++)->flags |= pending;
        pending = 0;
    }
    sheet->glyphs->len = kept;
}

/* Where the upper left corners of a run of glyphs stand. */
struct corners {
    struct rect box;
    uint32_t next; /* another run in the same band of the page, or NONE */
};

enum { BAND = 4, BANDS = 256, RUNS = 1024 }; /* points; bands of a page; runs that are compared */

static unsigned band_of(float y)
{
    return y >= 0 ? (unsigned)MIN(y / BAND, (float)(BANDS - 1)) : 0;
}

/* Is there another run in a band with a place in common, or so near that both are rounded to one? */
static bool meets(const struct corners *runs, uint32_t other, const struct rect *box)
{
    bool apart = true;
    for (; other != NONE && apart; other = runs[other].next)
        apart = overlap(runs[other].box.x0, runs[other].box.x1, box->x0, box->x1) < -1 || overlap(runs[other].box.y0, runs[other].box.y1, box->y0, box->y1) < -1;
    return !apart;
}

/* The run of glyphs from `at` on, each a point or more right of the one before it, in a height of no more than one band. */
static uint32_t find_run(const struct sheet *sheet, uint32_t at, struct rect *box)
{
    const struct glyph *first = sheet_glyph(sheet, at), *end = first + (sheet->glyphs->len - at), *glyph = first;
    float right = first->box.x0, y0 = first->box.y0, y1 = y0;
    for (glyph++; glyph < end && glyph->box.x0 >= right + 1; glyph++) {
        float y = glyph->box.y0;
        if (y != y1) {
            if (!(ABS(y - first->box.y0) < BAND / 2))
                break;
            y0 = MIN(y0, y);
            y1 = MAX(y1, y);
        }
        right = glyph->box.x0;
    }
    *box = (struct rect){first->box.x0, y0, right, y1};
    return at + (uint32_t)(glyph - first);
}

static bool may_have_twins(const struct sheet *sheet)
{
    struct corners runs[RUNS];
    uint32_t bands[BANDS], n = 0;
    memset(bands, 0xFF, sizeof bands); /* NONE */
    for (uint32_t at = 0; at < sheet->glyphs->len; n++) {
        if (n == RUNS)
            return true;
        struct corners *run = &runs[n];
        at = find_run(sheet, at, &run->box);
        unsigned from = band_of(run->box.y0 - 1), to = band_of(run->box.y1 + 1), own = band_of(run->box.y0);
        for (unsigned band = from > 0 ? from - 1 : 0; band <= MIN(to, BANDS - 1u); band++)
            if (meets(runs, bands[band], &run->box))
                return true;
        run->next = bands[own];
        bands[own] = n;
    }
    return false;
}

void layout_twins(struct sheet *sheet)
{
    if (may_have_twins(sheet))
        drop_twins(sheet);
}
