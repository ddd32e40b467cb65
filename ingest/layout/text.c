/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/layout/text.h"

static bool is_bullet(gunichar c)
{
    static const gunichar bullets[] = {0x2022, 0x2023, 0x2043, 0x204C, 0x204D, 0x2219, 0x25A0, 0x25A1, 0x25AA, 0x25AB, 0x25B6, 0x25B8, 0x25BA, 0x25CB, 0x25CF, 0x25C6,
                                       0x25E6, 0x2605, 0x2610, 0x2611, 0x2713, 0x2714, 0x2756, 0x27A2, 0x2794, 0x27A4, 0x00B7, 0x2013, 0x2014, 0x2012, 0x2756,
                                       0x25BC, 0x25CA, 0x25FC, 0x25FE, 0x2212, 0x26AB};
    if (c < 0x80)
        return c == '-' || c == '*';
    if (c >= 0xF000 && c < 0xF100) /* symbol fonts: private characters */
        return true;
    for (size_t i = 0; i < G_N_ELEMENTS(bullets); i++)
        if (c == bullets[i])
            return true;
    return false;
}

static bool is_roman(gunichar c)
{
    return c < 128 && c != 0 && strchr("ivxIVX", (int)c);
}

/* Length of "12", "a", "iv", "3.2.1" from glyph `at` on; 0 = none. */
static uint32_t counter(const struct sheet *sheet, uint32_t at, uint32_t end, bool *letters)
{
    uint32_t i = at;
    *letters = false;
    while (i < end && i - at < 8 && (is_digit_character(sheet_glyph(sheet, i)->character) ||
                                     (sheet_glyph(sheet, i)->character == '.' && i > at && i + 1 < end && is_digit_character(sheet_glyph(sheet, i + 1)->character))))
        if (++i < end && sheet_glyph(sheet, i)->flags & GLYPH_SPACE)
            break;
    if (i > at)
        return i - at;
    *letters = true;
    while (i < end && i - at < 5 && is_roman(sheet_glyph(sheet, i)->character))
        if (++i < end && sheet_glyph(sheet, i)->flags & GLYPH_SPACE)
            break;
    if (i > at && (i - at > 1 || i == end || !is_letter_character(sheet_glyph(sheet, i)->character)))
        return i - at;
    return at < end && is_letter_character(sheet_glyph(sheet, at)->character) && sheet_glyph(sheet, at)->character < 128 ? 1 : 0;
}

/* Are four characters a year of our days? */
static bool is_year(const struct sheet *sheet, uint32_t at)
{
    gunichar first = sheet_glyph(sheet, at)->character, second = sheet_glyph(sheet, at + 1)->character;
    return ((first == '1' && second == '9') || (first == '2' && second == '0')) && sheet_glyph(sheet, at + 2)->character != '.' && sheet_glyph(sheet, at + 3)->character != '.';
}

bool layout_item(const struct sheet *sheet, uint32_t first, uint32_t count, struct item *ret)
{
    uint32_t end = first + count, at = first;
    *ret = (struct item){0, false, false};
    if (count == 0)
        return false;
    gunichar c = sheet_glyph(sheet, at)->character;
    bool closed = count == 1 || sheet_glyph(sheet, at + 1)->flags & GLYPH_SPACE;
    bool ring = c == 'o' && closed && count > 1 && sheet_glyph(sheet, at + 1)->style != sheet_glyph(sheet, at)->style; /* a typewriter's "o", set as a bullet */
    if ((is_bullet(c) || ring) && closed) {
        *ret = (struct item){1, true, false};
        return true;
    }
    bool open = c == '(' || c == '[', letters;
    at += open ? 1 : 0;
    uint32_t len = counter(sheet, at, end, &letters);
    if (len == 0)
        return false;
    if (!open && !letters && len == 4 && is_year(sheet, at) && at + len < end && sheet_glyph(sheet, at + len)->character == '.')
        return false; /* "… to 3 May⏎2019. As at …" */
    bool dotted = false;
    for (uint32_t i = at; i < at + len; i++)
        dotted |= sheet_glyph(sheet, i)->character == '.';
    at += len;
    c = at < end ? sheet_glyph(sheet, at)->character : 0;
    bool stop = c == '.' || c == ')' || c == ']' || (c == '/' && !letters);
    if (!stop && (open || letters || !dotted))
        return false;
    if (c == ')' && !open && !letters && len > 2)
        return false; /* "(from 299 to 519)" */
    at += stop ? 1 : 0;
    if (at < end && !(sheet_glyph(sheet, at)->flags & GLYPH_SPACE))
        return false;
    if (!stop && at < end && sheet_glyph(sheet, at)->box.x0 - sheet_glyph(sheet, at - 1)->box.x1 < 0.6f * sheet_glyph(sheet, at)->size)
        return false; /* "90.4 per cent" */
    *ret = (struct item){at - first, false, !open && (c == '.' || !stop) && letters};
    return true;
}

/* A line of ASCII alone, as most are; returns the end, or NULL where a mark stands in it, or a character was made another since it was measured. No one
 * foresees where a word ends: spaces are written in any case, and gone over where there is one. */
static char *put_ascii(const struct sheet *sheet, const struct text_line *line, char *at)
{
    const struct glyph *glyph = sheet_glyph(sheet, line->first), *end = glyph + line->count;
    unsigned flags = 0, letters = 0;
    if (glyph < end) {
        flags = glyph->flags;
        letters = glyph->character;
        *at++ = (char)glyph->character;
        glyph++;
    }
    for (; glyph < end; glyph++) {
        *at = ' ';
        at += glyph->flags & GLYPH_SPACE;
        *at++ = (char)glyph->character;
        flags |= glyph->flags;
        letters |= glyph->character;
    }
    return flags & GLYPH_MARK || letters >= 0x80 ? NULL : at;
}

void layout_text(const struct sheet *sheet, const struct text_line *line, GString *out)
{
    enum { MOST = 7 }; /* bytes of a space and a character */
    g_string_set_size(out, (gsize)MOST * line->count);
    char *at = out->str;
    if (line->traits & LINE_PLAIN && line->traits & LINE_LEVEL && (at = put_ascii(sheet, line, at))) {
        g_string_truncate(out, (gsize)(at - out->str));
        return;
    }
    at = out->str;
    const struct glyph *glyph = sheet_glyph(sheet, line->first), *end = glyph + line->count;
    for (; glyph < end; glyph++) {
        if (glyph->flags & GLYPH_MARK)
            continue;
        *at = ' '; /* in any case, and gone over where there is one: no one foresees where a word ends */
        at += (glyph->flags & GLYPH_SPACE) & (unsigned)(at > out->str);
        if (glyph->character < 0x80)
            *at++ = (char)glyph->character;
        else
            at += g_unichar_to_utf8(glyph->character, at);
    }
    g_string_truncate(out, (gsize)(at - out->str));
}

gunichar layout_last(const struct sheet *sheet, const struct text_line *line)
{
    for (uint32_t i = line->first + line->count; i > line->first; i--)
        if (!(sheet_glyph(sheet, i - 1)->flags & GLYPH_MARK))
            return sheet_glyph(sheet, i - 1)->character;
    return 0;
}

gunichar layout_first(const struct sheet *sheet, const struct text_line *line)
{
    for (uint32_t i = line->first; i < line->first + line->count; i++)
        if (!(sheet_glyph(sheet, i)->flags & (GLYPH_MARK | GLYPH_LABEL)))
            return sheet_glyph(sheet, i)->character;
    return 0;
}

static bool closes(gunichar c)
{
    return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0x201D || c == 0x2019 || c == 0xBB || c == 0x203A;
}

bool layout_sentence_ends(const struct sheet *sheet, const struct text_line *line)
{
    for (uint32_t i = line->first + line->count; i > line->first; i--) {
        const struct glyph *glyph = sheet_glyph(sheet, i - 1);
        gunichar c = glyph->character;
        if (glyph->flags & GLYPH_MARK || closes(c))
            continue;
        return c == '.' || c == '?' || c == '!' || c == ':' || c == ';' || c == 0x2026;
    }
    return false;
}

bool layout_ends_entry(const struct sheet *sheet, const struct text_line *line)
{
    enum { LEADER = 5, PAGES = 12 }; /* dots; characters of "4, 8, 12" */
    uint32_t i = line->first + line->count, dots = 0, digits = 0;
    while (i > line->first && line->first + line->count - i < PAGES) {
        gunichar c = sheet_glyph(sheet, i - 1)->character;
        if (!g_unichar_isdigit(c) && c != ',' && c != 'i' && c != 'v' && c != 'x')
            break;
        digits++;
        i--;
    }
    while (i > line->first && sheet_glyph(sheet, i - 1)->character == '.') {
        dots++;
        i--;
    }
    return digits > 0 && dots >= LEADER;
}

bool layout_ends_open(const struct sheet *sheet, const struct text_line *line)
{
    static const char *const words[] = {"a", "al", "an", "and", "at", "aux", "by", "con", "d", "de", "del", "des", "du", "e", "el", "en", "et", "for", "from", "in", "into", "l", "la", "las", "le",
                                        "les", "los", "o", "of", "on", "or", "ou", "para", "par", "por", "pour", "que", "sur", "the", "to", "un", "una", "une", "with", "y"};
    g_autoptr(GString) text = g_string_new(NULL);
    layout_text(sheet, line, text);
    const char *word = text->str + text->len;
    while (word > text->str && g_ascii_isalpha(word[-1]))
        word--;
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (strcmp(word, words[i]) == 0)
            return true;
    return false;
}
