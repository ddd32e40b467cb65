/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/pdf/arabic.h"

enum { ALEF = 0x627, LAM = 0x644, HEH = 0x647 };

static const float same_width = 0.002f; /* em: what rounding does */
enum { LEAST = 3, WIDTHS = 64 };        /* letters by themselves that tell what a ligature is; widths of them that are told apart */

/* Letters of one font that stand by themselves. */
struct letters {
    uint16_t style;
    bool lam;       /* else an alef */
    uint32_t count;
    float width;    /* em */
};

struct seen {
    uint32_t count;
    struct letters letters[WIDTHS];
};

static bool is_alef(gunichar c)
{
    return c == ALEF || c == 0x622 || c == 0x623 || c == 0x625; /* with madda, with hamza above, below */
}

static float width_of(const struct glyph *glyph)
{
    return (glyph->box.x1 - glyph->box.x0) / glyph->size;
}

/* Do glyphs [at, at + count) touch, equally wide, in one font? */
static bool is_shared(const struct sheet *sheet, uint32_t at, uint32_t count)
{
    if (at + count > sheet->glyphs->len)
        return false;
    const struct glyph *first = sheet_glyph(sheet, at);
    for (uint32_t i = 1; i < count; i++) {
        const struct glyph *next = first + i;
        if (next->style != first->style || next->size != first->size || next->flags & (GLYPH_LINE | GLYPH_SPACE) || next->box.y0 != first->box.y0 ||
            ABS(width_of(next) - width_of(first)) > same_width || ABS(next->box.x0 - next[-1].box.x1) > same_width * first->size)
            return false;
    }
    return true;
}

/* A lam with an alef to the right of it, both equally wide: one ligature, or "al" in letters of their own. */
static bool is_pair(const struct sheet *sheet, uint32_t at)
{
    return sheet_glyph(sheet, at)->character == LAM && at + 1 < sheet->glyphs->len && is_alef(sheet_glyph(sheet, at + 1)->character) && is_shared(sheet, at, 2);
}

/* The name of God in the order of the file: read from the right it would be no word. */
static bool is_name(const struct sheet *sheet, uint32_t at)
{
    static const gunichar name[] = {ALEF, LAM, LAM, HEH};
    for (uint32_t i = 0; i < G_N_ELEMENTS(name); i++)
        if (at + i >= sheet->glyphs->len || sheet_glyph(sheet, at + i)->character != name[i])
            return false;
    return is_shared(sheet, at, G_N_ELEMENTS(name));
}

static void swap(struct sheet *sheet, uint32_t left, uint32_t right)
{
    gunichar character = sheet_glyph(sheet, left)->character;
    sheet_glyph(sheet, left)->character = sheet_glyph(sheet, right)->character;
    sheet_glyph(sheet, right)->character = character;
}

static void see(struct seen *seen, const struct glyph *glyph)
{
    bool lam = glyph->character == LAM;
    for (uint32_t i = 0; i < seen->count; i++) {
        struct letters *letters = &seen->letters[i];
        if (letters->style == glyph->style && letters->lam == lam && ABS(letters->width - width_of(glyph)) <= same_width) {
            letters->count++;
            return;
        }
    }
    if (seen->count < WIDTHS)
        seen->letters[seen->count++] = (struct letters){glyph->style, lam, 1, width_of(glyph)};
}

/* Enough letters of its font stand by themselves, and none of them is as wide as this half of a pair. */
static bool is_ligature(const struct seen *seen, const struct glyph *half)
{
    uint32_t alefs = 0, lams = 0;
    for (uint32_t i = 0; i < seen->count; i++) {
        const struct letters *letters = &seen->letters[i];
        if (letters->style != half->style)
            continue;
        if (ABS(letters->width - width_of(half)) <= same_width)
            return false;
        *(letters->lam ? &lams : &alefs) += letters->count;
    }
    return alefs >= LEAST && lams >= LEAST && seen->count < WIDTHS;
}

void pdf_arabic(struct sheet *sheet, uint32_t from)
{
    g_autofree struct seen *seen = NULL;
    for (uint32_t i = from; i < sheet->glyphs->len; i++) {
        const struct glyph *glyph = sheet_glyph(sheet, i);
        if (!(glyph->flags & GLYPH_RTL) || (glyph->character != LAM && !is_alef(glyph->character)))
            continue;
        if (!seen)
            seen = g_new0(struct seen, 1);
        if (is_name(sheet, i)) {
            swap(sheet, i, i + 3);
            i += 3;
        } else if (is_pair(sheet, i)) {
            i++;
        } else {
            see(seen, glyph);
        }
    }
    for (uint32_t i = from; seen && i < sheet->glyphs->len; i++)
        if (is_pair(sheet, i) && is_ligature(seen, sheet_glyph(sheet, i))) {
            swap(sheet, i, i + 1);
            i++;
        }
}
