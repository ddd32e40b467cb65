/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/layout/text.h"

/* What a cell says: a value, the scale of the value above it, a time, or that there is no value. */

/* Words that multiply the number before them. */
static const char *const scales[] = {"thousand", "million", "millions", "billion", "billions", "trillion", "bn", "mn", "mil", "millón", "millon", "millones", "mille", "milliard", "milliards"};

/* Glyphs of the scale word that stands at `at`, and of a stop behind it; 0 = none. */
static uint32_t scale_at(const struct sheet *sheet, uint32_t at, uint32_t end)
{
    gunichar first = at < end ? g_unichar_tolower(sheet_glyph(sheet, at)->character) : 0;
    for (size_t i = 0; i < G_N_ELEMENTS(scales) && (first == 't' || first == 'm' || first == 'b'); i++) {
        const char *letter = scales[i];
        uint32_t g = at;
        while (*letter && g < end && g_unichar_tolower(sheet_glyph(sheet, g)->character) == g_utf8_get_char(letter)) {
            letter = g_utf8_next_char(letter);
            g++;
        }
        bool closed = g == end || sheet_glyph(sheet, g)->flags & GLYPH_SPACE || !is_letter_character(sheet_glyph(sheet, g)->character);
        if (!*letter && closed)
            return g - at + (g < end && sheet_glyph(sheet, g)->character == '.');
    }
    return 0;
}

/* "0.02 Billion", "USD 6 million/year": a number, its scale, and nothing else but a currency before them and a period behind. */
static bool is_scaled(const struct sheet *sheet, const struct text_line *line)
{
    enum { CURRENCY = 4 }; /* "US$ ", "USD " */
    uint32_t at = line->first, end = line->first + line->count;
    while (at < end && at - line->first < CURRENCY && !is_digit_character(sheet_glyph(sheet, at)->character))
        at++;
    uint32_t number = at;
    for (gunichar c; at < end && (c = sheet_glyph(sheet, at)->character, is_digit_character(c) || c == '.' || c == ',');)
        at++;
    uint32_t scale = at > number ? scale_at(sheet, at, end) : 0;
    at += scale;
    return scale > 0 && (at == end || sheet_glyph(sheet, at)->character == '/' || sheet_glyph(sheet, at)->character == ')');
}

/* "22", "1,204": digits in groups and nothing else. */
static bool is_plain(const struct sheet *sheet, const struct text_line *line)
{
    for (uint32_t i = line->first; i < line->first + line->count; i++) {
        gunichar c = sheet_glyph(sheet, i)->character;
        if (!is_digit_character(c) && (i == line->first || (c != '.' && c != ',')))
            return false;
    }
    return line->count > 0;
}

/* Does a plain number stand above or below, in its column? */
static bool has_value_beside(const struct sheet *sheet, const struct text_line *line)
{
    const float reach = 20; /* em up and down */
    for (uint32_t i = 0; i < sheet->lines->len; i++) {
        const struct text_line *other = sheet_line(sheet, i);
        float away = ABS(other->base - line->base);
        if (away < reach * line->size && away > 0.5f * line->size && overlap(other->box.x0, other->box.x1, line->box.x0, line->box.x1) > 0 &&
            !(other->flags & (LINE_FURNITURE | LINE_TURNED)) && is_plain(sheet, other))
            return true;
    }
    return false;
}

/* "5 (a)", "11(b)": a number with its letter names a place in a text, and counts nothing; among plain values the letter is that of a note. */
static bool is_reference(const struct sheet *sheet, const struct text_line *line)
{
    enum { LETTER = 3 }; /* "(a)" */
    const uint32_t at = line->first + line->count - LETTER;
    return line->count > LETTER && line->count <= 2 * LETTER && sheet_glyph(sheet, at)->character == '(' && is_letter_character(sheet_glyph(sheet, at + 1)->character) &&
           sheet_glyph(sheet, at + 2)->character == ')' && is_digit_character(sheet_glyph(sheet, line->first)->character) && !has_value_beside(sheet, line);
}

bool layout_is_numeric(const struct sheet *sheet, const struct text_line *line)
{
    uint32_t digits = 0, letters = 0;
    for (uint32_t i = line->first; i < line->first + line->count; i++) {
        gunichar c = sheet_glyph(sheet, i)->character;
        if (c == '=')
            return false; /* "(1996=100)" says what values mean */
        digits += is_digit_character(c);
        letters += is_letter_character(c);
    }
    return digits > 0 && (letters <= digits || is_scaled(sheet, line)) && !(letters == 1 && is_reference(sheet, line));
}

bool layout_is_grouped(const struct sheet *sheet, const struct text_line *line, uint32_t at)
{
    enum { GROUP = 3 };
    const float widest = 0.42f; /* em, as between two values in lines.c */
    uint32_t before = 0, behind = 0, end = line->first + line->count;
    const struct glyph *glyph = sheet_glyph(sheet, at), *last = glyph - 1;
    for (uint32_t i = at; i > line->first && before <= GROUP && is_digit_character(sheet_glyph(sheet, i - 1)->character); i--) {
        before++;
        if (sheet_glyph(sheet, i - 1)->flags & GLYPH_SPACE)
            break;
    }
    while (at + behind < end && behind <= GROUP && is_digit_character(sheet_glyph(sheet, at + behind)->character) && (behind == 0 || !(sheet_glyph(sheet, at + behind)->flags & GLYPH_SPACE)))
        behind++;
    return before > 0 && before <= GROUP && behind == GROUP && glyph->box.x0 - last->box.x1 <= widest * MAX(last->size, glyph->size);
}

bool layout_is_scale(const struct sheet *sheet, const struct text_line *line)
{
    uint32_t end = line->first + line->count, at = line->first + scale_at(sheet, line->first, end);
    return at > line->first && (at == end || sheet_glyph(sheet, at)->character == '/' || sheet_glyph(sheet, at)->character == ')');
}

bool layout_is_no_value(const struct sheet *sheet, const struct text_line *line)
{
    enum { LONGEST = 4 };
    for (uint32_t i = line->first; i < line->first + line->count; i++)
        if (g_unichar_islower(sheet_glyph(sheet, i)->character))
            return false;
    return line->count <= LONGEST;
}

/* "2014", "1999" from glyph `at` on. */
static bool is_year(const struct sheet *sheet, uint32_t at)
{
    gunichar first = sheet_glyph(sheet, at)->character, second = sheet_glyph(sheet, at + 1)->character;
    return (first == '1' && second == '9') || (first == '2' && second == '0');
}

bool layout_is_date(const struct sheet *sheet, const struct text_line *line)
{
    enum { YEAR = 4, DAY = 2, PARTS = 3 };
    uint32_t end = line->first + line->count, years = 0, parts = 0, cuts = 0;
    for (uint32_t at = line->first, to; at < end; at = to) {
        to = at + 1;
        gunichar c = sheet_glyph(sheet, at)->character;
        if (!is_digit_character(c)) {
            cuts += c == '-' || c == '/' || c == '.' || c == 0x2013;
            if (c == ',' || c == '%' || c == '(' || g_unichar_type(c) == G_UNICODE_CURRENCY_SYMBOL)
                return false;
            continue;
        }
        while (to < end && is_digit_character(sheet_glyph(sheet, to)->character) && !(sheet_glyph(sheet, to)->flags & GLYPH_SPACE))
            to++;
        if (to - at == YEAR && is_year(sheet, at))
            years++;
        else if (to - at <= DAY)
            parts++;
        else
            return false;
    }
    return years > 0 || (parts == PARTS && cuts == PARTS - 1);
}

/* A whole value: a dash alone, or digits in groups, perhaps signed or in percent; "2010-" and "1,234," go on. */
static bool is_whole_value(const struct sheet *sheet, const struct text_line *line)
{
    uint32_t first = line->first, end = line->first + line->count;
    while (end > first && sheet_glyph(sheet, end - 1)->flags & GLYPH_MARK)
        end--;
    if (end > first && is_dash(sheet_glyph(sheet, first)->character))
        first++;
    if (first == end)
        return end > line->first;
    for (uint32_t i = first; i < end; i++) {
        gunichar c = sheet_glyph(sheet, i)->character;
        bool inside = i > first && i + 1 < end && (c == '.' || c == ',');
        if (!is_digit_character(c) && !inside && !(c == '%' && i > first && i + 1 == end))
            return false;
    }
    return true;
}

bool layout_stacks_values(const struct sheet *sheet, const struct text_line *above, const struct text_line *below)
{
    return is_whole_value(sheet, above) && is_whole_value(sheet, below);
}
