/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/layout/plain_line.h"

/* A character that is written as it is and changes none beside it: no accent, ligature or odd space, nor what can stand for an apostrophe. */
static bool is_plain(gunichar c)
{
    return (c >= 0x20 && c < 0x7F && c != '`') || (c >= 0xC0 && c < 0x15B) || (c >= 0x2010 && c < 0x2028);
}

enum { SET_APART = GLYPH_MARK | GLYPH_LABEL | GLYPH_DOUBT }; /* not to be written as it is */

/* A line of ASCII alone. No one foresees where a word ends: spaces are written in any case, and gone over where there is one. False: something is set apart, or has been
 * made another character since. */
static bool put_ascii(struct plain *out, const struct glyph *glyph, const struct glyph *end)
{
    char *at = out->at;
    float *x = out->x, right = 0;
    unsigned flags = 0, letters = 0, space = 0; /* before the first character there is none */
    for (; glyph < end; glyph++) {
        *at = ' ';
        *x = right;
        at += glyph->flags & space;
        x += glyph->flags & space;
        *at++ = (char)glyph->character;
        *x++ = glyph->box.x0;
        right = glyph->box.x1;
        flags |= glyph->flags;
        letters |= glyph->character;
        space = GLYPH_SPACE;
    }
    *out = (struct plain){at, x};
    return !(flags & SET_APART) && letters < 0x80;
}

/* A line of plain characters. */
static bool put_letters(struct plain *out, const struct glyph *first, const struct glyph *end)
{
    for (const struct glyph *glyph = first; glyph < end; glyph++) {
        if (glyph->flags & SET_APART || !is_plain(glyph->character))
            return false;
        if (glyph > first && glyph->flags & GLYPH_SPACE) {
            *out->at++ = ' ';
            *out->x++ = (glyph - 1)->box.x1;
        }
        if (glyph->character < 0x80)
            *out->at++ = (char)glyph->character;
        else
            out->at += g_unichar_to_utf8(glyph->character, out->at);
        *out->x++ = glyph->box.x0;
    }
    return true;
}

bool plain_put(struct plain *out, const struct sheet *sheet, const struct text_line *line)
{
    const struct glyph *first = sheet_glyph(sheet, line->first), *end = first + line->count;
    const bool ascii = line->traits & LINE_PLAIN && line->traits & LINE_LEVEL; /* and no digit has been raised since */
    return ascii ? put_ascii(out, first, end) : put_letters(out, first, end);
}
