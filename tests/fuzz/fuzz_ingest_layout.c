/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fuzz/check.h"

#include "ingest/layout/layout.h"
#include "ingest/passage.h"

/*  Any print on any pages, a line of the input a piece of it: "x y size text", points from the top left corner of a page; "|" ends a page; "Bold" or
 *  "Mono" in a text is its font. Letters are half an em wide; those of Hebrew and Arabic run to the left.
 *
 *  Every clean character is a character that was printed, in the box that its line says; none is read twice, and no digit is lost: each stands in the text,
 *  in a mark, or in what was set apart as a running head. */
enum { PIECES = 200, CHARACTERS = 400, PAGES = 12 };

static bool runs_left(gunichar c)
{
    return (c >= 0x590 && c <= 0x8FF) || (c >= 0xFB1D && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFC);
}

/* A number of the piece's head, inside sensible limits. */
static float number(const char **at, float least, float most)
{
    char *end;
    double value = g_ascii_strtod(*at, &end);
    *at = end;
    return (float)(value >= least && value <= most ? value : least);
}

static void print_piece(struct layout *layout, struct sheet *sheet, const char *piece)
{
    float x = number(&piece, 20, 800), y = number(&piece, 20, 900), size = number(&piece, 4, 60);
    uint16_t flags = GLYPH_LINE;
    const char *font = strstr(piece, "Bold") ? "Serif-Bold" : strstr(piece, "Mono") ? "Courier" : "Serif";
    uint16_t style = layout_style(layout, font);
    unsigned printed = 0;
    for (const char *at = piece; *at && printed < CHARACTERS; at = g_utf8_next_char(at), x += size / 2) {
        gunichar c = g_utf8_get_char(at);
        if (g_unichar_isspace(c)) {
            flags |= GLYPH_SPACE;
            continue;
        }
        if (c < 0x20 || g_unichar_iszerowidth(c))
            continue;
        struct glyph glyph = {{x, y - 0.78f * size, x + size / 2, y + 0.22f * size}, c, size, style, (uint16_t)(flags | (runs_left(c) ? GLYPH_RTL : 0))};
        glyphs_append(sheet->glyphs, &glyph, 1);
        flags = 0;
        printed++;
    }
}

static struct layout *print_pages(const char *text)
{
    struct layout *layout = layout_new();
    struct sheet *sheet = layout_page(layout, 612, 792);
    g_auto(GStrv) pieces = g_strsplit(text, "\n", PIECES);
    for (char **piece = pieces; *piece; piece++)
        if ((*piece)[0] != '|')
            print_piece(layout, sheet, *piece);
        else if (layout->sheets->len < PAGES)
            sheet = layout_page(layout, 612, 792);
    return layout;
}

/* Is the character that stands at this edge in the line's box one that the page prints there? Repairs write other characters than letters and digits of ASCII. */
static void check_character(const struct layout *layout, const struct line *line, float edge, gunichar c)
{
    const struct sheet *sheet = layout_sheet(layout, line->page - 1);
    if (c >= 0x80 || !g_ascii_isalnum((char)c))
        return;
    bool found = false, made = false;
    for (guint i = 0; i < sheet->glyphs->len && !found && !made; i++) {
        const struct glyph *glyph = sheet_glyph(sheet, i);
        bool here = glyph->box.x0 <= edge + 0.01f && glyph->box.x1 >= edge - 0.01f && glyph->box.y0 >= line->box.y0 - 0.01f && glyph->box.y1 <= line->box.y1 + 0.01f;
        found = here && glyph->character == c && ABS(glyph->box.x0 - edge) < 0.01f;
        made = here && glyph->character >= 0x80 && g_ascii_isalpha((char)c); /* a ligature's letter, or one beside an accent */
    }
    CHECK(found || made);
}

/* Lines hold every byte but what parts passages and pages; a line has an edge for each of its characters and one more. */
static void check_lines(const struct layout *layout, const struct document *doc)
{
    uint32_t at = 0;
    for (guint i = 0; i <= doc->lines->len; i++) {
        const struct line *line = i < doc->lines->len ? &DOCUMENT_AT(doc->lines, struct line, i) : NULL;
        uint32_t start = line ? line->span.start : (uint32_t)doc->text->len;
        CHECK(start >= at);
        for (; at < start; at++)
            CHECK(strchr(" \t\n\f", doc->text->str[at]) != NULL);
        if (!line)
            break;
        check_span(doc, line->span);
        CHECK(line->span.end > line->span.start && line->page >= 1 && line->page <= doc->pages->len);
        at = line->span.end;
        if (line->edges == NONE)
            continue;
        guint edge = line->edges;
        for (const char *c = doc->text->str + line->span.start; c < doc->text->str + line->span.end; c = g_utf8_next_char(c), edge++) {
            CHECK(edge + 1 < doc->edges->len);
            check_character(layout, line, g_array_index(doc->edges, float, edge), g_utf8_get_char(c));
        }
    }
}

/* Counts digits, raised ones with the others. */
static void count_digit(guint counts[10], gunichar c)
{
    static const gunichar raised[] = {0x2070, 0xB9, 0xB2, 0xB3, 0x2074, 0x2075, 0x2076, 0x2077, 0x2078, 0x2079};
    for (guint d = 0; d < 10; d++)
        counts[d] += c == '0' + d || c == raised[d];
}

static void count_digits(guint counts[10], const char *text, size_t len)
{
    for (const char *at = text; at < text + len; at = g_utf8_next_char(at))
        count_digit(counts, g_utf8_get_char(at));
}

/* Of each digit: as many were printed as are read. */
static void check_digits(const struct layout *layout, const struct document *doc)
{
    guint printed[10] = {0}, read[10] = {0};
    for (guint s = 0; s < layout->sheets->len; s++) {
        const struct sheet *sheet = layout_sheet(layout, s);
        for (guint i = 0; i < sheet->glyphs->len; i++)
            count_digit(printed, sheet_glyph(sheet, i)->character);
        for (guint i = 0; i < sheet->lines->len; i++) {
            const struct text_line *line = sheet_line(sheet, i);
            for (uint32_t k = line->first; line->flags & LINE_FURNITURE && k < line->first + line->count; k++)
                count_digit(read, sheet_glyph(sheet, k)->character);
        }
    }
    count_digits(read, doc->text->str, doc->text->len);
    for (guint i = 0; i < doc->marks->len; i++) {
        const char *label = DOCUMENT_AT(doc->marks, struct mark, i).label;
        count_digits(read, label, strlen(label));
    }
    for (guint d = 0; d < 10; d++)
        CHECK(printed[d] == read[d]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *text = g_utf8_make_valid((const char *)data, (gssize)size);
    struct layout *layout = print_pages(text);
    struct document *doc = document_new("x.pdf");
    layout_run(layout, doc);
    check_lines(layout, doc);
    check_digits(layout, doc);
    passages_finish(doc);
    check_document(doc, slice_make("", 0));
    CHECK(doc->pages->len == layout->sheets->len);
    layout_free(layout);
    document_free(doc);
    return 0;
}
