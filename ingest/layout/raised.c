/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/layout/chunk.h"

/*  Marks that stand raised beside larger print, before lines are made:
 *
 *           1
 *    8 5 1     c a s e s      one chunk with a wide space, and one with a digit, whatever the order of the file  */
static const float touching = 0.1f; /* of the larger print's size: a mark stands no farther from its glyph */

enum { LONGEST_MARK = 3 }; /* characters */

bool raised_ends_mark(const struct sheet *sheet, uint32_t at)
{
    uint32_t first = at;
    while (first > 0 && at - first < LONGEST_MARK && is_digit_character(sheet_glyph(sheet, first)->character) && !(sheet_glyph(sheet, first)->flags & GLYPH_SPACE) &&
           ABS(sheet_glyph(sheet, first)->size - sheet_glyph(sheet, at)->size) < 0.1f)
        first--;
    const struct glyph *large = sheet_glyph(sheet, first), *small = sheet_glyph(sheet, at);
    return first < at && ABS((large + 1)->box.x0 - large->box.x1) < touching * large->size && small->size < 0.85f * large->size && glyph_base(small) < glyph_base(large) - touching * large->size;
}

static bool is_mark_sign(gunichar c)
{
    return is_digit_character(c) || c == '*' || c == 0x2020 || c == 0x2021;
}

/* May a chunk be raised behind a glyph of larger print? A minus before digits is a power's; a letter is a mark behind a digit. */
static bool may_be_raised(const struct sheet *sheet, const struct chunk *chunk, const struct glyph *last)
{
    gunichar c = sheet_glyph(sheet, chunk->first)->character;
    if (chunk->count > 1 && (c == '-' || c == 0x2013 || c == 0x2212) && is_digit_character(sheet_glyph(sheet, chunk->first + 1)->character))
        return true;
    return is_mark_sign(c) || (chunk->count == 1 && c >= 'a' && c <= 'k' && (!last || is_digit_character(last->character)));
}

/* Does a chunk touch the glyph of larger print that it stands raised behind? */
static bool touches(const struct sheet *sheet, const struct chunk *chunk, const struct glyph *last)
{
    const struct rect *box = &sheet_glyph(sheet, chunk->first)->box;
    return ABS(box->x0 - last->box.x1) < touching * last->size && overlap(box->y0, box->y1, last->box.y0, last->box.y1) > 0;
}

bool raised_is_mark(const struct sheet *sheet, const struct chunk *chunk, const struct chunk *large)
{
    if (chunk->count > LONGEST_MARK || chunk->base > large->base)
        return false;
    const struct glyph *end = sheet_glyph(sheet, large->first + large->count - 1);
    if (large->box.x0 < chunk->box.x0 && may_be_raised(sheet, chunk, end) && touches(sheet, chunk, end)) /* whatever the order of the file */
        return true;
    const struct glyph *last = chunk->behind == NONE ? NULL : sheet_glyph(sheet, chunk->behind);
    return last && ABS(last->size - large->size) <= 0.1f * large->size && touches(sheet, chunk, last);
}

/* The glyph of larger print before a gap that a mark fills, raised, as in "851¹ cases"; NONE = it fills none. */
static uint32_t gap_of_mark(const struct sheet *sheet, const struct chunk *mark, const struct chunk *large)
{
    if (mark->size > 0.85f * large->size || mark->box.x0 < large->box.x0 || mark->box.x1 > large->box.x1 || mark->base > large->base - 0.1f * large->size)
        return NONE;
    for (uint32_t i = large->first; i + 1 < large->first + large->count; i++) {
        const struct glyph *last = sheet_glyph(sheet, i);
        if (mark->box.x0 < last->box.x1 - touching * last->size)
            return NONE;
        if (touches(sheet, mark, last) && may_be_raised(sheet, mark, last))
            return mark->box.x1 < (last + 1)->box.x0 + touching * last->size ? i : NONE;
    }
    return NONE;
}

static bool may_be_mark(const struct sheet *sheet, const struct chunk *chunk)
{
    bool may = chunk->count <= LONGEST_MARK && !chunk->turned && may_be_raised(sheet, chunk, NULL);
    for (uint32_t i = chunk->first + 1; i < chunk->first + chunk->count && may; i++)
        may = is_mark_sign(sheet_glyph(sheet, i)->character);
    return may;
}

void raised_part_lines(const struct layout *layout, const struct sheet *sheet, GArray *chunks)
{
    guint len = chunks->len, from = 0; /* what begins farther up ends above the mark */
    float tallest = 0;
    for (guint i = 0; i < len; i++) {
        const struct chunk *chunk = &g_array_index(chunks, struct chunk, i);
        tallest = chunk->turned ? tallest : MAX(tallest, chunk->box.y1 - chunk->box.y0);
    }
    for (guint m = 0; m < len; m++) {
        if (!may_be_mark(sheet, &g_array_index(chunks, struct chunk, m)))
            continue;
        float top = g_array_index(chunks, struct chunk, m).box.y0, bottom = g_array_index(chunks, struct chunk, m).box.y1;
        while (from < len && g_array_index(chunks, struct chunk, from).box.y0 < top - tallest)
            from++;
        for (guint i = from; i < chunks->len; i++) {
            if (i < len && g_array_index(chunks, struct chunk, i).box.y0 > bottom)
                i = len; /* on to what was parted */
            if (i == chunks->len)
                break;
            struct chunk *mark = &g_array_index(chunks, struct chunk, m), *large = &g_array_index(chunks, struct chunk, i);
            uint32_t at = i == m || large->turned || large->box.y1 < top ? NONE : gap_of_mark(sheet, mark, large);
            if (at == NONE)
                continue;
            mark->behind = at;
            struct chunk rest = *large;
            rest.first = at + 1;
            rest.behind = at;
            rest.count = large->first + large->count - rest.first;
            large->count -= rest.count;
            chunk_measure(layout, sheet, large);
            chunk_measure(layout, sheet, &rest);
            g_array_append_val(chunks, rest);
            break;
        }
    }
    if (chunks->len > len)
        g_array_sort(chunks, chunk_by_top);
}
