/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/layout/text.h"

/*  A note mark is smaller than its line and raised over its baseline: 851¹ casos. Ordinals (1st, 17ème), powers (km²), fractions and formulas (CO₂) are not. */
static const float smaller = 0.82f; /* of the line's font size */
static const float raised = 0.12f;  /* of the line's font size, over its baseline */

static const float slightly = 0.92f; /* of the size of the digit before it: set in another size; browsers raise what is 0.83 of the line */
static const float clearly = 0.25f;  /* of the line's font size, over its baseline: raised, also where it is hardly smaller */

enum { TEN_POWER = 2 }; /* digits of a power of ten */

static bool is_sign(gunichar c)
{
    return c == '*' || c == 0x2020 || c == 0x2021 || c == 0xA7 || c == 0xB6 || c == 0x2217;
}

gunichar layout_plain_digit(gunichar c)
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

bool layout_is_raised(const struct text_line *line, const struct glyph *glyph)
{
    if (layout_plain_digit(glyph->character) || glyph->character == 0x207B)
        return true;
    float raise = line->base - glyph_base(glyph);
    return (glyph->size < smaller * line->size && raise > raised * line->size) || (glyph->size < slightly * line->size && raise > clearly * line->size);
}

/* Lengths of what can be a mark, or 0: up to four digits, one sign repeated, a letter, a small roman number. */
static uint32_t mark_length(const struct sheet *sheet, const struct text_line *line, uint32_t at, uint32_t end)
{
    uint32_t i = at, digits = 0, letters = 0, signs = 0, romans = 0, commas = 0;
    for (; i < end && layout_is_raised(line, sheet_glyph(sheet, i)); i++) {
        gunichar c = sheet_glyph(sheet, i)->character;
        if (i > at && sheet_glyph(sheet, i)->flags & GLYPH_SPACE && !(digits > 0 && g_unichar_isdigit(c)))
            break;
        if (g_unichar_isdigit(c) || layout_plain_digit(c))
            digits++;
        else if (is_sign(c))
            signs++;
        else if (c == ',' || c == '-' || c == 0x2013 || c == '/' || c == ')' || c == '(' || c == '.' || c == '[' || c == ']')
            commas += c == ',';
        else if (g_unichar_islower(c) && c < 128)
            letters++, romans += strchr("ivx", (int)c) != NULL;
        else
            return 0;
    }
    if (letters == 0 && digits + signs > 0 && digits <= 16)
        return i - at;
    if (digits == 0 && signs == 0 && (letters == 1 || letters == commas + 1 || (letters <= 5 && romans == letters)))
        return i - at;
    return 0;
}

/* A letter of ordinals and hours right behind a number: a mark where the number is too long for one ("2019ᵃ", "1,204ᵈ"; but "100ᵉ"), or where both are all
 * that a cell says ("45ᵃ"). */
static bool ordinal_fits(const struct sheet *sheet, const struct text_line *line, uint32_t at)
{
    gunichar c = sheet_glyph(sheet, at)->character;
    uint32_t from = at;
    while (from > line->first && (glyph_is_digit(sheet_glyph(sheet, from - 1)) || sheet_glyph(sheet, from - 1)->character == ',' || sheet_glyph(sheet, from - 1)->character == '.'))
        from--;
    bool cell = from == line->first && at + 1 == line->first + line->count && at - from >= 2;
    return c <= 'h' && (cell || at - from >= (c == 'e' ? 4 : 3));
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
        return !strchr("eoarhsntd", (int)c) || ordinal_fits(sheet, line, at);
    bool abbreviation = at >= line->first + 1 && (before == 'n' || before == 'N' || before == 'M') && (at - 1 == line->first || sheet_glyph(sheet, at - 1)->flags & GLYPH_SPACE);
    return !abbreviation;
}

/* "12ᵃ", "5ᵉ": nothing but a letter of ordinals and hours behind a number as short as theirs. */
static bool may_be_ordinal(const struct sheet *sheet, uint32_t at, uint32_t len)
{
    return len == 1 && strchr("adeh", (int)sheet_glyph(sheet, at)->character) && glyph_is_digit(sheet_glyph(sheet, at - 1));
}

static void remember(GArray **glyphs, uint32_t at)
{
    *glyphs = *glyphs ? *glyphs : g_array_new(FALSE, FALSE, sizeof(uint32_t));
    g_array_append_val(*glyphs, at);
}

/* Are the digits from glyph `at` on, which end a number, set apart from it: a little smaller, smaller without being raised, or raised without being smaller?
 * Too little for a mark, too much for nothing: how many they are. */
static uint32_t doubtful_length(const struct sheet *sheet, const struct text_line *line, uint32_t at, uint32_t end)
{
    const struct glyph *glyph = sheet_glyph(sheet, at), *before = sheet_glyph(sheet, at - 1);
    if (!glyph_is_digit(glyph))
        return 0;
    bool stop = before->character == '.' || before->character == ',';
    const struct glyph *digit = stop && at > line->first + 1 ? sheet_glyph(sheet, at - 2) : before;
    if (!glyph_is_digit(digit) || (glyph->flags | before->flags | digit->flags) & GLYPH_MARK || glyph->flags & GLYPH_SPACE || (stop && before->flags & GLYPH_SPACE))
        return 0;
    float raise = glyph_base(digit) - glyph_base(glyph);
    if (glyph->size > slightly * digit->size && !(raise > raised * digit->size && raise < digit->size / 2))
        return 0;
    uint32_t i = at + 1;
    while (i < end && glyph_is_digit(sheet_glyph(sheet, i)) && !(sheet_glyph(sheet, i)->flags & GLYPH_SPACE) && ABS(sheet_glyph(sheet, i)->size - glyph->size) < 0.1f)
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
            digits |= glyph_is_digit(sheet_glyph(sheet, i));
            if (!layout_is_raised(line, sheet_glyph(sheet, i)))
                continue;
            digits = true;
            uint32_t power = layout_power(sheet, line, i, end);
            if (power > 0) {
                i += power - 1;
                continue;
            }
            uint32_t len = mark_length(sheet, line, i, end);
            uint32_t whole = len;
            while (i + whole < end && layout_is_raised(line, sheet_glyph(sheet, i + whole)))
                whole++;
            bool rest = len > 0 && whole > len && !(sheet_glyph(sheet, i + len)->flags & GLYPH_SPACE);
            bool may = len > 0 && !rest && len < line->count, mark = may && letters_fit(sheet, line, i), times;
            if (mark && len <= TEN_POWER && layout_is_ten(sheet, line, i, &times))
                remember(&sheet->tens, i);
            if (may && !mark && may_be_ordinal(sheet, i, len))
                remember(&sheet->ordinals, i);
            if (mark)
                for (uint32_t k = i; k < i + len; k++)
                    sheet_glyph(sheet, k)->flags |= GLYPH_MARK;
            i += MAX(whole, 1u) - 1;
        }
        if (digits)
            doubt_numbers(sheet, line);
    }
}
