/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/layout/layout.h"

#include "ingest/facts/symbol.h"
#include "ingest/layout/text.h"

static void style_clear(struct style *style)
{
    g_free(style->font);
}

static void paragraph_clear(struct paragraph *paragraph)
{
    g_free(paragraph->label);
}

struct glyphs *glyphs_new(uint32_t room)
{
    struct glyphs *glyphs = g_new0(struct glyphs, 1);
    glyphs->data = room > 0 ? g_new(struct glyph, room) : NULL;
    glyphs->room = room;
    return glyphs;
}

void glyphs_free(struct glyphs *glyphs)
{
    g_free(glyphs->data);
    g_free(glyphs);
}

struct glyph *glyphs_more(struct glyphs *glyphs, uint32_t count)
{
    if (glyphs->room - glyphs->len < count) {
        glyphs->room = MAX(glyphs->len + count, 2 * glyphs->room);
        glyphs->data = g_renew(struct glyph, glyphs->data, glyphs->room);
    }
    return glyphs->data ? glyphs->data + glyphs->len : NULL; /* NULL: there are none, and none more are asked for */
}

void glyphs_append(struct glyphs *glyphs, const struct glyph *more, uint32_t count)
{
    struct glyph *room = glyphs_more(glyphs, count);
    if (count > 0) /* of nothing there may be no room either */
        memcpy(room, more, count * sizeof *more);
    glyphs->len += count;
}

void glyphs_shrink(struct glyphs *glyphs)
{
    glyphs->room = glyphs->len;
    glyphs->data = g_renew(struct glyph, glyphs->data, glyphs->room); /* NULL for none */
}

static void sheet_free(struct sheet *sheet)
{
    g_free(sheet->label);
    glyphs_free(sheet->glyphs);
    g_array_unref(sheet->lines);
    g_array_unref(sheet->order);
    g_array_unref(sheet->ordered);
    if (sheet->tens)
        g_array_unref(sheet->tens);
    if (sheet->ordinals)
        g_array_unref(sheet->ordinals);
    g_free(sheet);
}

struct layout *layout_new(void)
{
    struct layout *layout = g_new0(struct layout, 1);
    layout->sheets = g_ptr_array_new_with_free_func((GDestroyNotify)sheet_free);
    layout->styles = g_array_new(FALSE, TRUE, sizeof(struct style));
    g_array_set_clear_func(layout->styles, (GDestroyNotify)style_clear);
    layout->paragraphs = g_array_new(FALSE, TRUE, sizeof(struct paragraph));
    g_array_set_clear_func(layout->paragraphs, (GDestroyNotify)paragraph_clear);
    layout->lines = g_array_new(FALSE, FALSE, sizeof(struct line_ref));
    return layout;
}

void layout_free(struct layout *layout)
{
    if (!layout)
        return;
    g_ptr_array_unref(layout->sheets);
    g_array_unref(layout->styles);
    g_array_unref(layout->paragraphs);
    g_array_unref(layout->lines);
    g_free(layout);
}

struct sheet *layout_page(struct layout *layout, float width, float height)
{
    struct sheet *sheet = g_new0(struct sheet, 1);
    sheet->page = layout->sheets->len + 1;
    sheet->width = width;
    sheet->height = height;
    sheet->glyphs = glyphs_new(0);
    sheet->lines = g_array_new(FALSE, TRUE, sizeof(struct text_line));
    sheet->order = g_array_new(FALSE, TRUE, sizeof(struct leaf));
    sheet->ordered = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    g_ptr_array_add(layout->sheets, sheet);
    return sheet;
}

uint16_t layout_style(struct layout *layout, const char *font)
{
    font = font ? font : "";
    for (guint i = layout->styles->len; i > 0; i--)
        if (strcmp(g_array_index(layout->styles, struct style, i - 1).font, font) == 0)
            return (uint16_t)(i - 1);
    if (layout->styles->len == UINT16_MAX)
        return 0;
    g_autofree char *small = g_ascii_strdown(font, -1);
    struct style style = {.font = g_strdup(font)};
    style.bold = strstr(small, "bold") || strstr(small, "black") || strstr(small, "heavy") || strstr(small, "demi");
    style.italic = strstr(small, "italic") || strstr(small, "oblique");
    style.mono = strstr(small, "courier") || strstr(small, "mono") || strstr(small, "typewriter") || strstr(small, "fixed");
    g_array_append_val(layout->styles, style);
    return (uint16_t)(layout->styles->len - 1);
}

/* Half points: 9.96 and 10.02 are one size. */
enum { SIZES = 200 };

static unsigned size_bin(float size)
{
    return (unsigned)CLAMP(size * 2 + 0.5f, 1, SIZES - 1);
}

void layout_measure(struct layout *layout)
{
    uint32_t counts[SIZES] = {0};
    double sums[SIZES] = {0};
    for (guint s = 0; s < layout->sheets->len; s++) {
        const struct sheet *sheet = layout_sheet(layout, s);
        for (guint i = 0; i < sheet->lines->len; i++) {
            const struct text_line *line = sheet_line(sheet, i);
            counts[size_bin(line->size)] += line->count;
            sums[size_bin(line->size)] += (double)line->size * line->count;
        }
    }
    unsigned best = 20;
    for (unsigned i = 1; i < SIZES; i++)
        if (counts[i] > counts[best])
            best = i;
    layout->body = counts[best] > 0 ? (float)(sums[best] / counts[best]) : (float)best / 2;
}

static guint count_garbled(const struct sheet *sheet, uint32_t first, uint32_t count)
{
    guint garbled = 0;
    for (uint32_t i = first; i < first + count; i++) {
        gunichar c = sheet_glyph(sheet, i)->character;
        if (c < 32 || c >= 0xE000)
            garbled += c == 0xFFFD || c < 0xF000;
    }
    return garbled;
}

static void judge(struct sheet *sheet, guint garbled)
{
    if (sheet->glyphs->len == 0)
        sheet->flags |= PAGE_NO_TEXT;
    else if (garbled * 5 > sheet->glyphs->len)
        sheet->flags |= PAGE_GARBLED;
}

/* A page whose characters are mostly unknown says nothing; one with a few of them is only marked where they stand. */
void layout_judge(struct sheet *sheet)
{
    judge(sheet, count_garbled(sheet, 0, sheet->glyphs->len));
}

/* The same of a page with lines. */
static void judge_page(struct sheet *sheet)
{
    guint garbled = 0;
    for (guint i = 0; i < sheet->lines->len; i++)
        if (!(sheet_line(sheet, i)->traits & LINE_PLAIN))
            garbled += count_garbled(sheet, sheet_line(sheet, i)->first, sheet_line(sheet, i)->count);
    judge(sheet, garbled);
}

/* A sign that stands inside a word once at most: "AT&T", "don't", "(a)". */
static bool is_odd_sign(gunichar c)
{
    if (c >= 0x80)
        return c >= 0x370 && c < 0x400; /* Greek among Latin */
    return !g_ascii_isalnum((char)c) && c != 0 && strchr("&(*+'\"#$!=<>@;", (int)c);
}

/* The glyphs [from, to) of one word, in one font. */
static void judge_word(struct layout *layout, const struct sheet *sheet, uint32_t from, uint32_t to)
{
    enum { SHORT = 4, SIGNS = 2 };
    if (to - from < SHORT)
        return;
    struct style *style = &g_array_index(layout->styles, struct style, sheet_glyph(sheet, from)->style);
    uint32_t signs = 0;
    bool small = false;
    for (uint32_t i = from + 1; i < to && !small; i++) {
        gunichar c = sheet_glyph(sheet, i)->character;
        bool again = c == sheet_glyph(sheet, i - 1)->character; /* "****", "=====" */
        small = c < 0x80 && g_ascii_islower((char)c);
        signs += !again && is_odd_sign(c);
    }
    style->words++;
    style->odd += signs >= SIGNS && !small;
}

enum { ODD_LEAST = 3 }; /* words of a style such as no language has, that tell something of it */

static bool has_odd_style(const struct layout *layout)
{
    for (guint i = 0; i < layout->styles->len; i++)
        if (g_array_index(layout->styles, struct style, i).odd >= ODD_LEAST)
            return true;
    return false;
}

/* Counts the words of the lines that have one of the traits, or of those that have none of them. */
static void judge_lines(struct layout *layout, uint16_t traits, bool with)
{
    for (guint s = 0; s < layout->sheets->len; s++) {
        const struct sheet *sheet = layout_sheet(layout, s);
        for (guint l = 0; l < sheet->lines->len; l++) {
            const struct text_line *line = sheet_line(sheet, l);
            if (((line->traits & traits) != 0) != with)
                continue;
            for (uint32_t from = line->first, to; from < line->first + line->count; from = to) {
                for (to = from + 1; to < line->first + line->count && !(sheet_glyph(sheet, to)->flags & GLYPH_SPACE) && sheet_glyph(sheet, to)->style == sheet_glyph(sheet, from)->style;)
                    to++;
                judge_word(layout, sheet, from, to);
            }
        }
    }
}

/* Lines that can hold no odd word only count where there are odd words elsewhere. */
void layout_judge_fonts(struct layout *layout)
{
    judge_lines(layout, LINE_WORDS, false);
    if (!has_odd_style(layout))
        return;
    judge_lines(layout, LINE_WORDS, true);
    for (guint i = 0; i < layout->styles->len; i++) {
        struct style *style = &g_array_index(layout->styles, struct style, i);
        style->garbled = style->odd >= ODD_LEAST && style->odd * 2 > style->words;
        layout->garbled |= style->garbled;
    }
}

/* A document's symbol is often the head of every page, which is no part of the text. */
static void find_symbol(const struct layout *layout, struct document *doc)
{
    const struct sheet *sheet = layout->sheets->len > 0 ? layout_sheet(layout, 0) : NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; sheet && i < sheet->lines->len && !doc->metadata.symbol; i++) {
        const struct text_line *line = sheet_line(sheet, i);
        if (!(line->flags & LINE_FURNITURE))
            continue;
        layout_text(sheet, line, text);
        doc->metadata.symbol = symbol_of(slice_make(text->str, text->len));
    }
}

void layout_run(struct layout *layout, struct document *doc)
{
    for (guint s = 0; s < layout->sheets->len; s++) {
        struct sheet *sheet = layout_sheet(layout, s);
        layout_lines(layout, sheet);
        judge_page(sheet);
    }
    layout_judge_fonts(layout);
    layout_measure(layout);
    layout_furniture(layout);
    find_symbol(layout, doc);
    for (guint s = 0; s < layout->sheets->len; s++) {
        struct sheet *sheet = layout_sheet(layout, s);
        layout_marks(layout, sheet);
        layout_columns(layout, sheet);
        layout_paragraphs(layout, sheet);
    }
    layout_notes(layout);
    layout_zones(layout);
    layout_letter_marks(layout);
    layout_plain_marks(layout);
    layout_join(layout);
    layout_write(layout, doc);
}
