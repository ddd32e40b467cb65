/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_TESTS_PRINTED_PAGE_H
#define CITABLE_TESTS_PRINTED_PAGE_H

#include "ingest/layout/layout.h"
#include "ingest/passage.h"

/*  Pages of a typewriter: every letter is half an em wide. A page is a list of pieces, each at its place:
 *
 *    {x, y of the baseline, size, "text", "font"}      "|" in the text ends a page
 *
 *  A thin space (U+2009) is a quarter of an em wide. A piece in the font "Up" or "Down" climbs or falls from its place, letter by letter;
 *  the boxes of one in the font "High" reach as far up as what stands raised beside it. One in the font "On" goes on with the line of the piece before it. */
struct printed {
    float x, y, size;
    const char *text, *font;
};

#define BODY(line, string) {72, 100 + 14 * (line), 10, string, "Serif"}

static void print_piece(struct layout *layout, struct sheet *sheet, const struct printed *piece)
{
    float x = piece->x;
    uint16_t flags = strcmp(piece->font, "On") == 0 ? 0 : GLYPH_LINE;
    for (const char *at = piece->text; *at; at = g_utf8_next_char(at), x += piece->size / 2) {
        bool thin = g_utf8_get_char(at) == 0x2009;
        if (*at == ' ' || thin) {
            flags |= GLYPH_SPACE;
            x -= thin ? piece->size / 4 : 0;
            continue;
        }
        struct rect box = {x, piece->y - 0.78f * piece->size, x + piece->size / 2, piece->y + 0.22f * piece->size};
        float climbed = strcmp(piece->font, "Up") == 0 ? x - piece->x : piece->x - x;
        if (strcmp(piece->font, "Up") == 0 || strcmp(piece->font, "Down") == 0)
            box = (struct rect){piece->x, piece->y - climbed - piece->size / 2, piece->x + piece->size, piece->y - climbed};
        if (strcmp(piece->font, "High") == 0)
            box.y0 -= 0.8f * piece->size;
        struct glyph glyph = {box, g_utf8_get_char(at), piece->size, 0, flags};
        glyph.style = layout_style(layout, piece->font);
        glyphs_append(sheet->glyphs, &glyph, 1);
        flags = 0;
    }
}

static struct document *read_printed(const struct printed *pieces, size_t n)
{
    struct layout *layout = layout_new();
    struct document *doc = document_new("x.pdf");
    struct sheet *sheet = layout_page(layout, 612, 792);
    for (size_t i = 0; i < n && pieces[i].text; i++)
        if (strcmp(pieces[i].text, "|") == 0)
            sheet = layout_page(layout, 612, 792);
        else
            print_piece(layout, sheet, &pieces[i]);
    layout_run(layout, doc);
    layout_free(layout);
    return doc;
}

/* Its passages: "[zone] text", or "[zone]? text" where the page may show something else, joined by "\n"; {12} = a mark, taken out here; (12) = digits of a number that may be one. Free with g_free(). */
static inline char *passages_of(const struct document *doc)
{
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < doc->passages->len; i++) {
        const struct passage *passage = &DOCUMENT_AT(doc->passages, struct passage, i);
        g_string_append_printf(out, "%s[%s]%s ", i > 0 ? "\n" : "", zone_name(passage->zone), passage->flags & PASSAGE_DOUBTFUL ? "?" : "");
        for (uint32_t at = passage->span.start; at < passage->span.end; at++) {
            for (guint m = 0; m < doc->marks->len; m++)
                if (DOCUMENT_AT(doc->marks, struct mark, m).at == at)
                    g_string_append_printf(out, "{%s}", DOCUMENT_AT(doc->marks, struct mark, m).label);
            for (guint d = 0; d < doc->doubts->len; d++) {
                struct span doubt = DOCUMENT_AT(doc->doubts, struct span, d);
                g_string_append(out, doubt.start == at ? "(" : doubt.end == at ? ")" : "");
            }
            g_string_append_c(out, doc->text->str[at]);
        }
    }
    return g_string_free(out, FALSE);
}

#endif
