/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/layout/text.h"

/*  A note mark is smaller than its line and raised over its baseline: 851¹ casos. Ordinals (1st, 17ème), powers (km²) and formulas (CO₂) are not. */
static const float smaller = 0.82f; /* of the line's font size */
static const float raised = 0.12f;  /* of the line's font size, over its baseline */

static const float slightly = 0.92f; /* of the size of the digit before it: set in another size */

static bool is_digit(const struct glyph *glyph)
{
    return glyph->character >= '0' && glyph->character <= '9';
}

static bool is_sign(gunichar c)
{
    return c == '*' || c == 0x2020 || c == 0x2021 || c == 0xA7 || c == 0xB6 || c == 0x2217;
}

static gunichar plain_digit(gunichar c)
{
    if (c < 0x80)
        return 0;
    switch (c) {
    case 0xB9: return '1';
    case 0xB2: return '2';
    case 0xB3: return '3';
    case 0x2070: return '0';
    default: return c >= 0x2074 && c <= 0x2079 ? '0' + (c - 0x2070) : 0;
    }
}

static bool is_small(const struct text_line *line, const struct glyph *glyph)
{
    if (plain_digit(glyph->character))
        return true;
    return glyph->size < smaller * line->size && glyph_base(glyph) < line->base - raised * line->size;
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

/* Metres, dioxides, powers of ten and squares of a letter that equal something (Chi² = 29.5) keep their digit: "2010² = 100" has a note. */
static bool is_power(const struct sheet *sheet, const struct text_line *line, uint32_t at, uint32_t count)
{
    static const char *const units[] = {"m", "km", "cm", "mm", "dm", "hm", "in", "ft", "mi", "/m", "/km", "/cm", "kg/m", "r", "chi", "10", "x10", "µm", "nm"};
    gunichar c = sheet_glyph(sheet, at)->character, digit = plain_digit(c) ? plain_digit(c) : c;
    char word[8];
    bool letter = at > line->first && is_letter_character(sheet_glyph(sheet, at - 1)->character);
    if (count == 1 && digit == '2' && letter && at + 1 < line->first + line->count && sheet_glyph(sheet, at + 1)->character == '=')
        return true;
    word_before(sheet, line, at, word);
    for (size_t i = 0; i < G_N_ELEMENTS(units); i++)
        if (strcmp(word, units[i]) == 0)
            return (digit == '2' || digit == '3' || word[strlen(word) - 1] == '0') && count == 1;
    return false;
}

/* Lengths of what can be a mark, or 0: up to four digits, one sign repeated, a letter, a small roman number. */
static uint32_t mark_length(const struct sheet *sheet, const struct text_line *line, uint32_t at, uint32_t end)
{
    uint32_t i = at, digits = 0, letters = 0, signs = 0, romans = 0;
    for (; i < end && is_small(line, sheet_glyph(sheet, i)); i++) {
        gunichar c = sheet_glyph(sheet, i)->character;
        if (i > at && sheet_glyph(sheet, i)->flags & GLYPH_SPACE && !(digits > 0 && g_unichar_isdigit(c)))
            break;
        if (g_unichar_isdigit(c) || plain_digit(c))
            digits++;
        else if (is_sign(c))
            signs++;
        else if (c == ',' || c == '-' || c == 0x2013 || c == '/' || c == ')' || c == '(' || c == '.' || c == '[' || c == ']')
            continue;
        else if (g_unichar_islower(c) && c < 128)
            letters++, romans += strchr("ivx", (int)c) != NULL;
        else
            return 0;
    }
    if (letters == 0 && digits + signs > 0 && digits <= 16)
        return i - at;
    if (digits == 0 && signs == 0 && (letters == 1 || (letters <= 5 && romans == letters)))
        return i - at;
    return 0;
}

/* A letter is a mark only behind a whole word or stop: "1st", "2ème", "Mme" are none. */
static bool letters_fit(const struct sheet *sheet, const struct text_line *line, uint32_t at)
{
    gunichar c = sheet_glyph(sheet, at)->character;
    if (!g_unichar_isalpha(c))
        return true;
    if (at == line->first)
        return true;
    gunichar before = sheet_glyph(sheet, at - 1)->character;
    if (g_unichar_isdigit(before))
        return c != 'e' && c != 'o' && c != 'a' && c != 'r' && c != 'h' && c != 's' && c != 'n' && c != 't' && c != 'd';
    bool abbreviation = at >= line->first + 1 && (before == 'n' || before == 'N' || before == 'M') && (at - 1 == line->first || sheet_glyph(sheet, at - 1)->flags & GLYPH_SPACE);
    return !abbreviation;
}

/* Are the digits from glyph `at` on, which end a number, set apart from it: a little smaller, smaller without being raised, or raised without being smaller?
 * Too little for a mark, too much for nothing: how many they are. */
static uint32_t doubtful_length(const struct sheet *sheet, const struct text_line *line, uint32_t at, uint32_t end)
{
    const struct glyph *glyph = sheet_glyph(sheet, at), *before = sheet_glyph(sheet, at - 1);
    if (!is_digit(glyph))
        return 0;
    bool stop = before->character == '.' || before->character == ',';
    const struct glyph *digit = stop && at > line->first + 1 ? sheet_glyph(sheet, at - 2) : before;
    if (!is_digit(digit) || (glyph->flags | before->flags | digit->flags) & GLYPH_MARK || glyph->flags & GLYPH_SPACE || (stop && before->flags & GLYPH_SPACE))
        return 0;
    float raise = glyph_base(digit) - glyph_base(glyph);
    if (glyph->size > slightly * digit->size && !(raise > raised * digit->size && raise < digit->size / 2))
        return 0;
    uint32_t i = at + 1;
    while (i < end && is_digit(sheet_glyph(sheet, i)) && !(sheet_glyph(sheet, i)->flags & GLYPH_SPACE) && ABS(sheet_glyph(sheet, i)->size - glyph->size) < 0.1f)
        i++;
    bool ends = i == end || sheet_glyph(sheet, i)->flags & GLYPH_SPACE || !g_unichar_isalnum(sheet_glyph(sheet, i)->character);
    return ends && i - at <= 3 && glyph->character != '0' ? i - at : 0;
}

static void doubt_numbers(const struct sheet *sheet, const struct text_line *line)
{
    uint32_t end = line->first + line->count;
    for (uint32_t i = line->first + 1; i < end; i++) {
        uint32_t len = doubtful_length(sheet, line, i, end);
        for (uint32_t k = i; k < i + len; k++)
            sheet_glyph(sheet, k)->flags |= GLYPH_DOUBT;
        i += MAX(len, 1u) - 1;
    }
}

void layout_marks(const struct layout *layout, struct sheet *sheet)
{
    (void)layout;
    for (guint l = 0; l < sheet->lines->len; l++) {
        const struct text_line *line = sheet_line(sheet, l);
        if (line->flags & (LINE_FURNITURE | LINE_TURNED | LINE_RTL) || line->traits & LINE_LEVEL)
            continue;
        uint32_t end = line->first + line->count;
        bool digits = false; /* or what is small */
        for (uint32_t i = line->first; i < end; i++) {
            digits |= is_digit(sheet_glyph(sheet, i));
            if (!is_small(line, sheet_glyph(sheet, i)))
                continue;
            digits = true;
            uint32_t len = mark_length(sheet, line, i, end);
            uint32_t whole = len;
            while (i + whole < end && is_small(line, sheet_glyph(sheet, i + whole)))
                whole++;
            bool rest = len > 0 && whole > len && !(sheet_glyph(sheet, i + len)->flags & GLYPH_SPACE);
            if (len > 0 && !rest && len < line->count && letters_fit(sheet, line, i) && !is_power(sheet, line, i, len))
                for (uint32_t k = i; k < i + len; k++)
                    sheet_glyph(sheet, k)->flags |= GLYPH_MARK;
            i += MAX(whole, 1u) - 1;
        }
        if (digits)
            doubt_numbers(sheet, line);
    }
}
