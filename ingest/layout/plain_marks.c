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

/* Marks and notes of the document, sorted, so that each is found without looking at all of them. */
struct sequence {
    GArray *marks, *notes; /* struct place */
};

struct place {
    uint32_t value, kind, sheet; /* kind of a mark: it stands behind a ten; of a note: it is at the foot of its page */
};

static int by_value(const void *a, const void *b)
{
    const struct place *left = a, *right = b;
    if (left->value != right->value)
        return left->value < right->value ? -1 : 1;
    if (left->kind != right->kind)
        return left->kind < right->kind ? -1 : 1;
    return left->sheet < right->sheet ? -1 : left->sheet > right->sheet;
}

/* How many places come before this one. */
static guint places_before(const GArray *places, struct place place)
{
    guint from = 0, to = places->len;
    while (from < to) {
        guint middle = (from + to) / 2;
        if (by_value(&g_array_index(places, struct place, middle), &place) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

/* How many there are of a value and kind; on a sheet, or on any (NONE). */
static guint count_places(const GArray *places, uint32_t value, uint32_t kind, uint32_t sheet)
{
    struct place from = {value, kind, sheet == NONE ? 0 : sheet}, to = {value, kind, sheet == NONE ? NONE : sheet + 1};
    return places_before(places, to) - places_before(places, from);
}

static guint count_marks(const struct sequence *sequence, uint32_t value, uint32_t sheet)
{
    return count_places(sequence->marks, value, false, sheet) + count_places(sequence->marks, value, true, sheet);
}

static struct sequence sequence_of(const struct layout *layout, const GArray *found)
{
    struct sequence sequence = {g_array_sized_new(FALSE, FALSE, sizeof(struct place), found->len), g_array_new(FALSE, FALSE, sizeof(struct place))};
    for (guint i = 0; i < found->len; i++) {
        const struct found *mark = &g_array_index(found, struct found, i);
        struct place place = {mark->value, mark->ten, g_array_index(layout->lines, struct line_ref, mark->ref).sheet};
        g_array_append_val(sequence.marks, place);
    }
    for (guint n = 0; n < layout->paragraphs->len; n++) {
        const struct paragraph *note = &g_array_index(layout->paragraphs, struct paragraph, n);
        uint64_t value = note->label ? g_ascii_strtoull(note->label, NULL, 10) : 0;
        struct place place = {(uint32_t)value, note->foot, note->sheet};
        if (note->label && value < NONE)
            g_array_append_val(sequence.notes, place);
    }
    g_array_sort(sequence.marks, by_value);
    g_array_sort(sequence.notes, by_value);
    return sequence;
}

static void sequence_clear(struct sequence *sequence)
{
    g_array_unref(sequence->marks);
    g_array_unref(sequence->notes);
}

enum behind_ten { TEN_MARK, TEN_POWER, TEN_EITHER };

/* What stands raised behind a ten on a page? A mark, where its note is on the page or it has its place in the sequence of the marks; where another mark of
 * its number may have that place, it is either of both. All else is a power: 10⁵; but nobody writes $10⁵, which is either, too. 10¹ is ten in any case. */
static enum behind_ten kind_behind_ten(const struct sequence *sequence, uint32_t value, uint32_t sheet, bool money)
{
    if (value == 1)
        return TEN_MARK;
    if (count_places(sequence->notes, value, true, sheet) > 0)
        return count_marks(sequence, value, sheet) > 1 ? TEN_EITHER : TEN_MARK;
    bool same = count_places(sequence->marks, value, false, NONE) > 0, note = count_places(sequence->notes, value, false, NONE) > 0;
    bool near = (value > 0 && count_places(sequence->marks, value - 1, false, NONE) > 0) || count_places(sequence->marks, value + 1, false, NONE) > 0;
    if (same || note || near)
        return same || count_marks(sequence, value, NONE) > 1 ? TEN_EITHER : TEN_MARK;
    return money ? TEN_EITHER : TEN_POWER;
}

/* Makes powers of ten of those that were taken for marks, doubtful ones where they may be both. Were there any? */
static bool raise_tens(const struct layout *layout, const struct sequence *sequence)
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
            enum behind_ten kind = count > 0 ? kind_behind_ten(sequence, value, s, money) : TEN_MARK;
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

/* Searches the mark of a note that no raised mark points to. */
static void search_mark(const struct layout *layout, const GArray *found, const struct sequence *sequence, const struct paragraph *note)
{
    uint32_t value = note->label ? (uint32_t)g_ascii_strtoull(note->label, NULL, 10) : 0, from = 0, to = UINT32_MAX;
    if (value == 0 || count_marks(sequence, value, note->foot ? note->sheet : NONE) > 0)
        return;
    if (note->foot)
        search(layout, note->label, 0, UINT32_MAX, note->sheet, note->sheet);
    else if (bounds(found, value, &from, &to))
        search(layout, note->label, from, to, 0, note->sheet);
}

void layout_plain_marks(struct layout *layout)
{
    g_autoptr(GArray) found = collect(layout);
    struct sequence sequence = sequence_of(layout, found);
    if (raise_tens(layout, &sequence)) {
        g_array_unref(found);
        sequence_clear(&sequence);
        found = collect(layout);
        sequence = sequence_of(layout, found);
    }
    for (guint n = 0; n < layout->paragraphs->len; n++)
        search_mark(layout, found, &sequence, &g_array_index(layout->paragraphs, struct paragraph, n));
    sequence_clear(&sequence);
}
