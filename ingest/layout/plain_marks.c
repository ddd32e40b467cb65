/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/layout/text.h"

/*  A mark that is printed like the text around it ("these processes.96 And", "paragraph 3 of the report, 2/ which") is known by its note:
 *  one that no raised mark points to. It is searched where the sequence says: on the note's own page, or between its neighbours' marks. */

struct found {
    uint32_t value, ref; /* the mark's number; index into layout->lines */
    bool ten;            /* it stands behind the number ten, and may be its power */
};

static void collect_line(const struct layout *layout, uint32_t ref, GArray *found)
{
    struct line_ref at = g_array_index(layout->lines, struct line_ref, ref);
    const struct sheet *sheet = layout_sheet(layout, at.sheet);
    const struct text_line *line = layout_line(layout, ref);
    const struct glyph *first = sheet_glyph(sheet, line->first), *glyph = first, *end = glyph + line->count;
    uint32_t value = 0;
    bool ten = false, times;
    if (line->traits & LINE_LEVEL)
        return; /* no raised mark */
    for (; glyph <= end; glyph++) {
        while (value == 0 && glyph < end && !(glyph->flags & GLYPH_MARK))
            glyph++;
        if (value == 0 && glyph < end)
            ten = layout_is_ten(sheet, line, line->first + (uint32_t)(glyph - first), &times);
        if (glyph < end && glyph->flags & GLYPH_MARK && glyph->character >= '0' && glyph->character <= '9' && value < 100000) {
            value = value * 10 + (glyph->character - '0');
            continue;
        }
        if (value > 0) {
            struct found mark = {value, ref, ten};
            g_array_append_val(found, mark);
        }
        value = 0;
    }
}

static GArray *collect(const struct layout *layout)
{
    GArray *found = g_array_new(FALSE, FALSE, sizeof(struct found));
    for (guint p = 0; p < layout->paragraphs->len; p++) {
        const struct paragraph *paragraph = &g_array_index(layout->paragraphs, struct paragraph, p);
        for (uint32_t i = paragraph->first; paragraph->zone != ZONE_NOTE && i < paragraph->first + paragraph->count; i++)
            collect_line(layout, i, found);
    }
    return found;
}

static bool is_stop(gunichar c)
{
    return c == '.' || c == ',' || c == ';' || c == ':' || c == ')' || c == '?' || c == '!' || c == 0x201D || c == 0x2019 || c == 0xBB || c == '"';
}

/* Does what stands before glyph `at` end a word or sentence, as before a mark? "P10", "CO2" and "3.5" do not. */
static bool ends_word(const struct sheet *sheet, const struct text_line *line, uint32_t at)
{
    if (at < line->first + 3)
        return false;
    gunichar before = sheet_glyph(sheet, at - 1)->character, second = sheet_glyph(sheet, at - 2)->character;
    if (is_stop(before))
        return !g_unichar_isdigit(second);
    return g_unichar_islower(before) && g_unichar_islower(second);
}

/* Marks the number in a line: glued to a word and ending there; or, as often as it stands there, with a stroke ("2/") behind a space.
 * True: it was found glued, and need not be searched on. */
static bool mark_line(const struct sheet *sheet, const struct text_line *line, const char *label)
{
    uint32_t len = (uint32_t)strlen(label), end = line->first + line->count;
    for (uint32_t i = line->first + 1; i + len <= end; i++) {
        uint32_t same = 0;
        while (same < len && sheet_glyph(sheet, i + same)->character == (gunichar)label[same] && (same == 0 || !(sheet_glyph(sheet, i + same)->flags & GLYPH_SPACE)))
            same++;
        if (same < len || sheet_glyph(sheet, i)->flags & GLYPH_MARK)
            continue;
        const struct glyph *next = i + len < end ? sheet_glyph(sheet, i + len) : NULL;
        bool stroke = next && next->character == '/' && !(next->flags & GLYPH_SPACE) && (i + len + 1 == end || sheet_glyph(sheet, i + len + 1)->flags & GLYPH_SPACE);
        bool apart = sheet_glyph(sheet, i)->flags & GLYPH_SPACE;
        bool closed = !next || next->flags & GLYPH_SPACE || (is_stop(next->character) && (i + len + 1 == end || sheet_glyph(sheet, i + len + 1)->flags & GLYPH_SPACE));
        if (!(stroke && apart) && !(closed && !apart && ends_word(sheet, line, i)))
            continue;
        for (uint32_t k = i; k < i + len + (stroke ? 1 : 0); k++)
            sheet_glyph(sheet, k)->flags |= GLYPH_MARK;
        if (!stroke)
            return true;
    }
    return false;
}

/* "Barrio 18.8 None of them": the sentence has no other stop than the one before the note's number. Both may hold: the digits stay, doubtful. */
static bool doubt_line(const struct sheet *sheet, const struct text_line *line, const char *label)
{
    uint32_t len = (uint32_t)strlen(label), end = line->first + line->count;
    for (uint32_t i = line->first + 2; i + len < end; i++) {
        uint32_t same = 0;
        while (same < len && sheet_glyph(sheet, i + same)->character == (gunichar)label[same] && !(sheet_glyph(sheet, i + same)->flags & (GLYPH_SPACE | GLYPH_MARK)))
            same++;
        const struct glyph *stop = sheet_glyph(sheet, i - 1), *next = sheet_glyph(sheet, i + len);
        if (same < len || stop->character != '.' || stop->flags & GLYPH_SPACE || !g_unichar_isdigit(sheet_glyph(sheet, i - 2)->character) || !(next->flags & GLYPH_SPACE) ||
            !g_unichar_isupper(next->character))
            continue;
        for (uint32_t k = i; k < i + len; k++)
            sheet_glyph(sheet, k)->flags |= GLYPH_DOUBT;
        return true;
    }
    return false;
}

static bool search_by(const struct layout *layout, bool (*look)(const struct sheet *, const struct text_line *, const char *), const char *label, uint32_t from, uint32_t to, uint32_t sheet_from, uint32_t sheet_to)
{
    for (guint p = 0; p < layout->paragraphs->len; p++) {
        const struct paragraph *paragraph = &g_array_index(layout->paragraphs, struct paragraph, p);
        if (paragraph->sheet < sheet_from || paragraph->zone == ZONE_NOTE || paragraph->zone == ZONE_TABLE)
            continue;
        if (paragraph->sheet > sheet_to)
            break;
        for (uint32_t i = MAX(paragraph->first, from); i < MIN(paragraph->first + paragraph->count, to); i++)
            if (look(layout_sheet(layout, paragraph->sheet), layout_line(layout, i), label))
                return true;
    }
    return false;
}

static void search(const struct layout *layout, const char *label, uint32_t from, uint32_t to, uint32_t sheet_from, uint32_t sheet_to)
{
    if (!search_by(layout, mark_line, label, from, to, sheet_from, sheet_to))
        search_by(layout, doubt_line, label, from, to, sheet_from, sheet_to);
}

/* The nearest marks of smaller and larger numbers bound where an end note's mark can stand; both must be close in the sequence. */
static bool bounds(const GArray *found, uint32_t value, uint32_t *from, uint32_t *to)
{
    enum { NEAR = 4 };
    *from = *to = NONE;
    for (guint i = 0; i < found->len; i++) {
        const struct found *mark = &g_array_index(found, struct found, i);
        if (mark->value < value && mark->value + NEAR >= value)
            *from = mark->ref;
        if (*from != NONE && mark->value > value && mark->value <= value + NEAR) {
            *to = mark->ref + 1;
            return true;
        }
    }
    return false;
}

enum behind_ten { TEN_MARK, TEN_POWER, TEN_EITHER };

/* What stands raised behind a ten on a page? A mark, where its note is on the page or it has its place in the sequence of the marks; where another mark of
 * its number may have that place, it is either of both. All else is a power: 10⁵; but nobody writes $10⁵, which is either, too. 10¹ is ten in any case. */
static enum behind_ten kind_behind_ten(const struct layout *layout, const GArray *found, uint32_t value, uint32_t sheet, bool money)
{
    bool foot = false, note = false, same = false, near = false;
    guint here = 0, all = 0;
    for (guint n = 0; n < layout->paragraphs->len; n++) {
        const struct paragraph *paragraph = &g_array_index(layout->paragraphs, struct paragraph, n);
        if (!paragraph->label || g_ascii_strtoull(paragraph->label, NULL, 10) != value)
            continue;
        foot |= paragraph->foot && paragraph->sheet == sheet;
        note |= !paragraph->foot;
    }
    for (guint i = 0; i < found->len; i++) {
        const struct found *mark = &g_array_index(found, struct found, i);
        all += mark->value == value;
        here += mark->value == value && g_array_index(layout->lines, struct line_ref, mark->ref).sheet == sheet;
        same |= !mark->ten && mark->value == value;
        near |= !mark->ten && (mark->value + 1 == value || mark->value == value + 1);
    }
    if (value == 1)
        return TEN_MARK;
    if (foot)
        return here > 1 ? TEN_EITHER : TEN_MARK;
    if (same || note || near)
        return same || all > 1 ? TEN_EITHER : TEN_MARK;
    return money ? TEN_EITHER : TEN_POWER;
}

/* Makes powers of ten of those that were taken for marks, doubtful ones where they may be both. Were there any? */
static bool raise_tens(const struct layout *layout, const GArray *found)
{
    bool any = false;
    for (guint s = 0; s < layout->sheets->len; s++) {
        const struct sheet *sheet = layout_sheet(layout, s);
        for (guint i = 0; sheet->tens && i < sheet->tens->len; i++) {
            uint32_t at = g_array_index(sheet->tens, uint32_t, i), count = 0, value = 0;
            for (; at + count < sheet->glyphs->len && sheet_glyph(sheet, at + count)->flags & GLYPH_MARK && (count == 0 || !(sheet_glyph(sheet, at + count)->flags & GLYPH_SPACE)); count++) {
                gunichar c = sheet_glyph(sheet, at + count)->character, digit = layout_plain_digit(c) ? layout_plain_digit(c) : c;
                if (digit < '0' || digit > '9')
                    break;
                value = value * 10 + (digit - '0');
            }
            bool money = at >= 3 && g_unichar_type(sheet_glyph(sheet, at - 3)->character) == G_UNICODE_CURRENCY_SYMBOL;
            enum behind_ten kind = count > 0 ? kind_behind_ten(layout, found, value, s, money) : TEN_MARK;
            if (kind == TEN_MARK)
                continue;
            layout_raise(sheet, at, count);
            for (uint32_t k = at; kind == TEN_EITHER && k < at + count; k++)
                sheet_glyph(sheet, k)->flags |= GLYPH_DOUBT;
            any = true;
        }
    }
    return any;
}

void layout_plain_marks(struct layout *layout)
{
    g_autoptr(GArray) found = collect(layout);
    if (raise_tens(layout, found)) {
        g_array_unref(found);
        found = collect(layout);
    }
    for (guint n = 0; n < layout->paragraphs->len; n++) {
        const struct paragraph *note = &g_array_index(layout->paragraphs, struct paragraph, n);
        uint32_t value = note->label ? (uint32_t)g_ascii_strtoull(note->label, NULL, 10) : 0, from = 0, to = UINT32_MAX;
        bool known = value == 0;
        for (guint i = 0; i < found->len && !known; i++) {
            const struct found *mark = &g_array_index(found, struct found, i);
            uint32_t sheet = g_array_index(layout->lines, struct line_ref, mark->ref).sheet;
            known = mark->value == value && (!note->foot || sheet == note->sheet);
        }
        if (!known && note->foot)
            search(layout, note->label, 0, UINT32_MAX, note->sheet, note->sheet);
        else if (!known && bounds(found, value, &from, &to))
            search(layout, note->label, from, to, 0, note->sheet);
    }
}
