/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/layout/text.h"

/*  What is small and raised, and no note mark: powers, and the upper half of a fraction. Both stay in the text, raised or parted, for among the
 *  digits beside them they would be others:
 *
 *       -6          6             1
 *     10    10⁻⁶  10    10⁶     2  /    2 1⁄2
 *                                   2                                                        */
static const float touching = 0.25f; /* of the line's font size, between a number and what is raised behind it */

enum { MOST_DIGITS = 3, MOST_BELOW = 4 }; /* of an exponent or the upper half of a fraction; of its lower half */

static bool is_minus(gunichar c)
{
    return c == '-' || c == 0x2010 || c == 0x2011 || c == 0x2012 || c == 0x2013 || c == 0x2212 || c == 0x207B;
}

static bool is_stroke(gunichar c)
{
    return c == '/' || c == 0x2044 || c == 0x2215;
}

/* How many digits stand from glyph `at` on that touch, all raised, or all small and not raised; 0 if they are more than `most`. */
static uint32_t digits_from(const struct sheet *sheet, const struct text_line *line, uint32_t at, uint32_t end, bool raised, uint32_t most)
{
    uint32_t i = at;
    for (; i < end && i - at <= most; i++) {
        const struct glyph *glyph = sheet_glyph(sheet, i);
        bool small = glyph->size < 0.92f * line->size && (i == at || ABS(glyph->size - sheet_glyph(sheet, at)->size) < 0.1f);
        if (!(is_digit_character(glyph->character) || layout_plain_digit(glyph->character)) || (i > at && glyph->flags & GLYPH_SPACE) || (raised ? !layout_is_raised(line, glyph) : !small || layout_is_raised(line, glyph)))
            break;
    }
    return i - at <= most ? i - at : 0;
}

static bool touches(const struct sheet *sheet, const struct text_line *line, uint32_t at)
{
    const struct glyph *glyph = sheet_glyph(sheet, at);
    return at > line->first && !(glyph->flags & GLYPH_SPACE) && glyph->box.x0 - (glyph - 1)->box.x1 < touching * line->size;
}

static gunichar raised_character(gunichar c)
{
    static const gunichar digits[] = {0x2070, 0xB9, 0xB2, 0xB3, 0x2074, 0x2075, 0x2076, 0x2077, 0x2078, 0x2079};
    return is_minus(c) ? 0x207B : c >= '0' && c <= '9' ? digits[c - '0'] : c;
}

/* The word before glyph `at`, in small letters, as far as it stands close by. */
static void word_before(const struct sheet *sheet, const struct text_line *line, uint32_t at, char out[8])
{
    uint32_t from = at;
    while (from > line->first && at - from < 6 && !(sheet_glyph(sheet, from)->flags & GLYPH_SPACE))
        from--;
    if (at - from >= 6)
        from = at;
    size_t len = 0;
    for (uint32_t i = from; i < at; i++) {
        gunichar c = sheet_glyph(sheet, i)->character;
        out[len++] = c < 128 ? g_ascii_tolower((gchar)c) : '?';
    }
    out[len] = '\0';
}

/* Metres and squares of a letter that equal something (Chi² = 29.5) keep their digit: "2010² = 100" has a note. */
static bool is_square(const struct sheet *sheet, const struct text_line *line, uint32_t at, uint32_t count)
{
    static const char *const units[] = {"m", "km", "cm", "mm", "dm", "hm", "in", "ft", "mi", "/m", "/km", "/cm", "kg/m", "r", "chi", "?m", "nm"};
    gunichar digit = count == 1 ? raised_character(sheet_glyph(sheet, at)->character) : 0;
    bool letter = at > line->first && is_letter_character(sheet_glyph(sheet, at - 1)->character);
    if (digit == 0xB2 && letter && at + 1 < line->first + line->count && sheet_glyph(sheet, at + 1)->character == '=')
        return true;
    char word[8], *unit = word;
    word_before(sheet, line, at, word);
    while (g_ascii_isdigit(*unit) || *unit == '.' || *unit == ',') /* "5km" */
        unit++;
    for (size_t i = 0; i < G_N_ELEMENTS(units); i++)
        if (strcmp(unit, units[i]) == 0)
            return digit == 0xB2 || digit == 0xB3;
    return false;
}

bool layout_is_ten(const struct sheet *sheet, const struct text_line *line, uint32_t at, bool *times)
{
    *times = false;
    if (at < line->first + 2 || sheet_glyph(sheet, at - 2)->character != '1' || sheet_glyph(sheet, at - 1)->character != '0' || sheet_glyph(sheet, at - 1)->flags & GLYPH_SPACE)
        return false;
    if (at == line->first + 2)
        return true;
    gunichar before = sheet_glyph(sheet, at - 3)->character;
    bool apart = sheet_glyph(sheet, at - 2)->flags & GLYPH_SPACE, x = before == 'x' || before == 'X';
    x &= sheet_glyph(sheet, at - 3)->flags & GLYPH_SPACE || at < line->first + 4 || !is_letter_character(sheet_glyph(sheet, at - 4)->character); /* "WBC x10⁹"; no "box10" */
    if (before == 0xD7 || before == 0xB7 || before == 0x22C5 || before == '*' || before == 0x2217 || x)
        *times = true;
    return *times || apart || !(is_digit_character(before) || before == '.' || before == ',');
}

void layout_raise(const struct sheet *sheet, uint32_t at, uint32_t count)
{
    for (uint32_t i = at; i < at + count; i++) {
        struct glyph *glyph = sheet_glyph(sheet, i);
        glyph->character = raised_character(glyph->character);
        glyph->flags &= (uint16_t)~GLYPH_MARK;
    }
}

/* A power, and how many glyphs it has. Whether 10⁴ is one, or ten with a note, is not known here: see layout_powers_of_ten. */
static uint32_t power_at(const struct sheet *sheet, const struct text_line *line, uint32_t at, uint32_t end)
{
    gunichar first = sheet_glyph(sheet, at)->character;
    bool times, minus = is_minus(first);
    if (!touches(sheet, line, at))
        return 0;
    uint32_t digits = digits_from(sheet, line, at + minus, end, true, MOST_DIGITS);
    gunichar before = sheet_glyph(sheet, at - 1)->character;
    bool based = is_letter_character(before) || is_digit_character(before) || before == ')';
    if (digits == 0 || (minus && (!based || !touches(sheet, line, at + 1))))
        return 0;
    bool ten = layout_is_ten(sheet, line, at, &times);
    return minus || (ten && times) || is_square(sheet, line, at, digits) ? digits + minus : 0;
}

/* Is the number that ends before glyph `at` short, as those with a fraction are? "2015" with two marks is none of them. */
static bool is_short_number(const struct sheet *sheet, const struct text_line *line, uint32_t at)
{
    uint32_t from = at;
    while (from > line->first && at - from <= MOST_DIGITS && is_digit_character(sheet_glyph(sheet, from - 1)->character) && !(sheet_glyph(sheet, from)->flags & GLYPH_SPACE))
        from--;
    return at > from && at - from <= MOST_DIGITS;
}

/* The digits below the stroke: small and not raised ("2¹/₂"), or raised like those before it, where all stands right behind a short number ("2 with all of 1/2 raised").
 * Digits of the line's own size right behind them say that it is no fraction; raised ones are a mark. */
static uint32_t lower_half(const struct sheet *sheet, const struct text_line *line, uint32_t at, uint32_t stroke, uint32_t end)
{
    bool raised = layout_is_raised(line, sheet_glyph(sheet, stroke));
    uint32_t lower = digits_from(sheet, line, stroke + 1, end, false, MOST_BELOW), after = stroke + 1 + lower;
    if (lower == 0 && raised && touches(sheet, line, at) && is_short_number(sheet, line, at))
        return digits_from(sheet, line, stroke + 1, end, true, MOST_BELOW);
    const struct glyph *next = after < end ? sheet_glyph(sheet, after) : NULL;
    bool goes_on = next && !(next->flags & GLYPH_SPACE) && is_digit_character(next->character) && !layout_is_raised(line, next);
    return goes_on ? 0 : lower;
}

/* Poppler gives the digits of a lower half and of a mark right behind it one box, as high as both. Two digits get their own: the first is below, the second
 * raised. Of more of them it is not known which is which: false, and the last one is in doubt. */
static bool part_heights(const struct sheet *sheet, const struct glyph *upper, uint32_t at, uint32_t end)
{
    struct glyph *first = sheet_glyph(sheet, at);
    float height = upper->box.y1 - upper->box.y0;
    uint32_t count = 1;
    if (ABS(upper->size - first->size) > 0.1f || !(first->box.y1 - first->box.y0 > 1.3f * height))
        return true;
    while (at + count < end && is_digit_character(first[count].character) && !(first[count].flags & GLYPH_SPACE) && first[count].box.y0 == first->box.y0 && first[count].box.y1 == first->box.y1)
        count++;
    if (count > 2)
        first[count - 1].flags |= GLYPH_DOUBT;
    if (count != 2)
        return count == 1;
    first[0].box.y0 = first->box.y1 - height;
    first[1].box.y1 = first[1].box.y0 + height;
    return true;
}

/* "2¹/₂", "¹⁄₃": raised digits, a stroke, and the lower half; parted from the whole number before them. */
static uint32_t fraction_at(const struct sheet *sheet, const struct text_line *line, uint32_t at, uint32_t end)
{
    uint32_t upper = digits_from(sheet, line, at, end, true, MOST_DIGITS), stroke = at + upper;
    if (upper == 0 || stroke + 1 >= end || !is_stroke(sheet_glyph(sheet, stroke)->character) || (sheet_glyph(sheet, stroke)->flags | sheet_glyph(sheet, stroke + 1)->flags) & GLYPH_SPACE)
        return 0;
    uint32_t lower = part_heights(sheet, sheet_glyph(sheet, at), stroke + 1, end) ? lower_half(sheet, line, at, stroke, end) : 0;
    if (lower == 0)
        return 0;
    if (at > line->first && is_digit_character(sheet_glyph(sheet, at - 1)->character))
        sheet_glyph(sheet, at)->flags |= GLYPH_SPACE;
    sheet_glyph(sheet, stroke)->character = 0x2044;
    return upper + 1 + lower;
}

uint32_t layout_power(const struct sheet *sheet, const struct text_line *line, uint32_t at, uint32_t end)
{
    uint32_t count = fraction_at(sheet, line, at, end);
    if (count > 0)
        return count;
    count = power_at(sheet, line, at, end);
    layout_raise(sheet, at, count);
    return count;
}
