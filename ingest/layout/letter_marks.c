/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/sorted.h"
#include "ingest/layout/layout.h"

/*  "12ᵃ" is twelve with a note, "2ª" the second and "5ᵉ" the fifth, "12ʰ" noon: behind a short number such a letter is a mark in a table whose page has a
 *  note of that letter, or the letter as a mark elsewhere; in running text, where the page has that note and nothing else calls it. All others stay.
 *  Where something else calls the note, too, the line is doubtful. */

enum { LETTERS = 26 };

/* What a page says of the letters. */
struct letters {
    uint32_t noted, marked;  /* a bit for each letter: it has a note; it is a mark */
    uint32_t texts[LETTERS]; /* how often it stands behind a short number of running text */
};

struct candidate {
    uint32_t sheet, glyph, line; /* line: index of layout->lines */
    bool table;
};

static unsigned letter_of(gunichar c)
{
    return c >= 'a' && c <= 'z' ? c - 'a' : LETTERS;
}

static uint32_t bit_of(gunichar c)
{
    return letter_of(c) < LETTERS ? 1u << letter_of(c) : 0;
}

/* Letters that stand alone as marks on a page. */
static uint32_t marked_letters(const struct sheet *sheet)
{
    uint32_t letters = 0;
    for (uint32_t i = 0; i < sheet->glyphs->len; i++) {
        const struct glyph *glyph = sheet_glyph(sheet, i);
        bool more = (i > 0 && is_letter_character((glyph - 1)->character) && (glyph - 1)->flags & GLYPH_MARK) || (i + 1 < sheet->glyphs->len && is_letter_character((glyph + 1)->character) && (glyph + 1)->flags & GLYPH_MARK);
        letters |= glyph->flags & GLYPH_MARK && !more ? bit_of(glyph->character) : 0;
    }
    return letters;
}

/* What the pages with such letters say of them; NULL = there is none. */
static struct letters *read_pages(const struct layout *layout)
{
    struct letters *pages = NULL;
    for (guint s = 0; s < layout->sheets->len; s++) {
        if (!layout_sheet(layout, s)->ordinals)
            continue;
        pages = pages ? pages : g_new0(struct letters, layout->sheets->len);
        pages[s].marked = marked_letters(layout_sheet(layout, s));
    }
    for (guint n = 0; pages && n < layout->paragraphs->len; n++) {
        const struct paragraph *note = &g_array_index(layout->paragraphs, struct paragraph, n);
        pages[note->sheet].noted |= note->label && note->label[0] && !note->label[1] ? bit_of((guchar)note->label[0]) : 0;
    }
    return pages;
}

static int by_glyph(const void *a, const void *b)
{
    const uint32_t *left = a, *right = b;
    return *left < *right ? -1 : *left > *right;
}

/* The letters in a line, among those of its page, which are in order. */
static void collect_line(struct letters *page, const struct sheet *sheet, const struct text_line *line, struct candidate candidate, GArray *candidates)
{
    guint from = sorted_from(sheet->ordinals, sizeof(uint32_t), 0, line->first);
    for (; from < sheet->ordinals->len && (candidate.glyph = g_array_index(sheet->ordinals, uint32_t, from)) < line->first + line->count; from++) {
        page->texts[letter_of(sheet_glyph(sheet, candidate.glyph)->character)] += !candidate.table;
        g_array_append_val(candidates, candidate);
    }
}

/* All of them, notes aside. */
static GArray *collect(struct layout *layout, struct letters *pages)
{
    GArray *candidates = g_array_new(FALSE, FALSE, sizeof(struct candidate));
    for (guint s = 0; s < layout->sheets->len; s++)
        if (layout_sheet(layout, s)->ordinals)
            g_array_sort(layout_sheet(layout, s)->ordinals, by_glyph);
    for (guint n = 0; n < layout->paragraphs->len; n++) {
        const struct paragraph *p = &g_array_index(layout->paragraphs, struct paragraph, n);
        const struct sheet *sheet = layout_sheet(layout, p->sheet);
        for (uint32_t i = p->first; sheet->ordinals && p->zone != ZONE_NOTE && i < p->first + p->count; i++)
            collect_line(&pages[p->sheet], sheet, layout_line(layout, i), (struct candidate){.sheet = p->sheet, .line = i, .table = p->zone == ZONE_TABLE}, candidates);
    }
    return candidates;
}

void layout_letter_marks(struct layout *layout)
{
    g_autofree struct letters *pages = read_pages(layout);
    if (!pages)
        return;
    g_autoptr(GArray) candidates = collect(layout, pages);
    for (guint i = 0; i < candidates->len; i++) {
        const struct candidate *candidate = &g_array_index(candidates, struct candidate, i);
        const struct letters *page = &pages[candidate->sheet];
        struct glyph *glyph = sheet_glyph(layout_sheet(layout, candidate->sheet), candidate->glyph);
        uint32_t bit = bit_of(glyph->character), all = page->noted | page->marked;
        bool only = page->noted & bit && !(page->marked & bit) && page->texts[letter_of(glyph->character)] == 1;
        if (!(candidate->table ? all & bit : only))
            continue;
        glyph->flags |= GLYPH_MARK;
        if (page->marked & bit) /* the note has its mark: here it may be an ordinal's letter all the same */
            layout_line(layout, candidate->line)->glyph_flags |= GLYPH_OTHER;
    }
}
