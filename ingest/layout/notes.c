/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/layout/text.h"

#include "base/lower.h"

/*  Note texts: at the foot of a page in smaller print, each behind its label; or, under a heading that says so, at the end of a chapter or document. */

static const char *const note_headings[] = {"notes", "endnotes", "end notes", "footnotes", "references", "notas", "notas al final", "notas finales", "referencias",
                                            "notes de fin", "références", "notes and references", "sources"};

/* The label at the beginning of a note: a raised mark, "12", "12." or "*". Returns its glyphs and text (NULL = none).
 * expected: the number that would be next in a list of notes, which needs no space behind its stop; 0 = none. */
static char *note_label(const struct sheet *sheet, const struct text_line *line, unsigned expected, uint32_t *glyphs)
{
    uint32_t end = line->first + line->count, i = line->first;
    GString *label = g_string_new(NULL);
    bool small = sheet_glyph(sheet, i)->flags & GLYPH_MARK || sheet_glyph(sheet, i)->size < 0.85f * line->size;
    for (; i < end && i - line->first < 5; i++) {
        const struct glyph *glyph = sheet_glyph(sheet, i);
        bool sign = glyph->character == '*' || glyph->character == 0x2020 || glyph->character == 0x2021 || glyph->character == 0xA7;
        bool letter = small && glyph->character < 128 && g_unichar_islower(glyph->character) && (glyph->flags & GLYPH_MARK || glyph->size < 0.85f * line->size);
        gunichar value = glyph->character;
        if (!g_unichar_isdigit(value) && !sign && !letter)
            break;
        if (i > line->first && (glyph->flags & GLYPH_SPACE || (small && glyph->size > 1.15f * sheet_glyph(sheet, line->first)->size)))
            break;
        g_string_append_unichar(label, value);
    }
    uint32_t len = i - line->first;
    bool closed = i < end && (small || sheet_glyph(sheet, i)->flags & GLYPH_SPACE);
    gunichar c = i < end ? sheet_glyph(sheet, i)->character : 0;
    bool next = expected > 0 && g_ascii_strtoull(label->str, NULL, 10) == expected;
    if (len > 0 && !closed && (c == '.' || c == ')' || c == '/') && i + 1 < end && (next || sheet_glyph(sheet, i + 1)->flags & GLYPH_SPACE)) {
        closed = true;
        len++;
    }
    if (label->len == 0 || label->len > 6 || !closed) {
        g_string_free(label, TRUE);
        return NULL;
    }
    *glyphs = len;
    return g_string_free(label, FALSE);
}

static void set_label(struct sheet *sheet, const struct text_line *line, uint32_t glyphs)
{
    for (uint32_t i = line->first; i < line->first + glyphs; i++) {
        struct glyph *glyph = sheet_glyph(sheet, i);
        glyph->flags &= (uint16_t)~GLYPH_MARK;
        glyph->flags |= GLYPH_LABEL;
    }
}

static bool is_note_heading(const struct layout *layout, const struct paragraph *p)
{
    g_autoptr(GString) text = g_string_new(NULL);
    layout_text(layout_sheet(layout, p->sheet), layout_line(layout, p->first), text);
    g_autofree char *small = slice_lower(slice_of(g_strstrip(text->str)));
    for (size_t i = 0; i < G_N_ELEMENTS(note_headings); i++)
        if (strcmp(small, note_headings[i]) == 0)
            return true;
    return false;
}

static void make_note(struct layout *layout, struct paragraph *p, char *label, uint32_t glyphs)
{
    p->zone = ZONE_NOTE;
    p->flags &= ~(uint32_t)PASSAGE_LIST;
    p->level = 0;
    if (label) {
        p->label = label;
        set_label(layout_sheet(layout, p->sheet), layout_line(layout, p->first), glyphs);
    }
}

bool layout_box_note(struct layout *layout, struct paragraph *p)
{
    const struct sheet *sheet = layout_sheet(layout, p->sheet);
    const struct text_line *line = layout_line(layout, p->first);
    uint32_t glyphs;
    char *label = sheet_glyph(sheet, line->first)->flags & GLYPH_MARK ? note_label(sheet, line, 0, &glyphs) : NULL;
    if (!label)
        return false;
    make_note(layout, p, label, glyphs);
    p->foot = true;
    return true;
}

/* Below the notes of a page there may be short lines: a print number, a date. */
enum { SHORT_LINE = 40, SHORT_LINES = 3 };

static bool is_small_print(const struct layout *layout, const struct paragraph *p)
{
    return p->zone != ZONE_TABLE && p->zone != ZONE_HEADING && !(layout_line(layout, p->first)->flags & LINE_TURNED) && p->size < 0.94f * layout->body;
}

/* A note goes on from the page before when it ended there without a full stop. */
static bool goes_on(const struct layout *layout, const struct paragraph *p, uint32_t last_note)
{
    if (last_note == NONE)
        return false;
    const struct paragraph *note = &g_array_index(layout->paragraphs, struct paragraph, last_note);
    const struct text_line *end = layout_line(layout, note->first + note->count - 1);
    return note->sheet + 1 == p->sheet && ABS(note->size - p->size) < 0.05f * p->size && !layout_sentence_ends(layout_sheet(layout, note->sheet), end);
}

static uint32_t characters(const struct layout *layout, const struct paragraph *p)
{
    uint32_t sum = 0;
    for (uint32_t i = p->first; i < p->first + p->count; i++)
        sum += layout_line(layout, i)->count;
    return sum;
}

/* Is one of the few paragraphs above paragraph `to` labelled "2/"? Typewritten documents print notes as large as their text. */
static bool has_stroke_above(const struct layout *layout, uint32_t from, uint32_t to)
{
    for (uint32_t i = to; i > from && to - i < SHORT_LINES; i--) {
        const struct paragraph *p = &g_array_index(layout->paragraphs, struct paragraph, i - 1);
        const struct text_line *line = layout_line(layout, p->first);
        const struct sheet *sheet = layout_sheet(layout, p->sheet);
        uint32_t glyphs = 0;
        g_autofree char *label = note_label(sheet, line, 0, &glyphs);
        if (label && sheet_glyph(sheet, line->first + glyphs - 1)->character == '/')
            return true;
    }
    return false;
}

/* The paragraphs [from, to) of one page: from its end upwards, those in smaller print that hang together under a labelled one.
 * last_note: the last note of the pages before, or NONE. Returns this page's. */
static uint32_t page_notes(struct layout *layout, uint32_t from, uint32_t to, uint32_t last_note)
{
    uint32_t first = NONE, end = to, last = NONE;
    for (uint32_t i = to; i > from; i--) {
        struct paragraph *p = &g_array_index(layout->paragraphs, struct paragraph, i - 1);
        const struct text_line *line = layout_line(layout, p->first);
        bool small = is_small_print(layout, p), stroke = false;
        uint32_t glyphs = 0;
        g_autofree char *label = note_label(layout_sheet(layout, p->sheet), line, 0, &glyphs);
        stroke = label && sheet_glyph(layout_sheet(layout, p->sheet), line->first + glyphs - 1)->character == '/';
        bool raised = label && sheet_glyph(layout_sheet(layout, p->sheet), line->first)->flags & GLYPH_MARK && p->zone != ZONE_TABLE; /* notes printed as large as the text */
        if (label && (small || stroke || raised))
            first = i - 1;
        else if (first == NONE && !small && characters(layout, p) < SHORT_LINE && to - i < SHORT_LINES)
            end = i - 1;
        else if (!small && (first != NONE || to - i >= SHORT_LINES || p->zone != ZONE_BODY || !has_stroke_above(layout, from, i - 1)))
            break;
    }
    if (first != NONE && first > from) {
        struct paragraph *above = &g_array_index(layout->paragraphs, struct paragraph, first - 1);
        if (is_small_print(layout, above) && goes_on(layout, above, last_note)) {
            above->zone = ZONE_NOTE;
            g_array_index(layout->paragraphs, struct paragraph, last_note).next = first - 1;
            above->taken = true;
        }
    }
    for (uint32_t i = first; i != NONE && i < end; i++) {
        struct paragraph *p = &g_array_index(layout->paragraphs, struct paragraph, i);
        uint32_t glyphs = 0;
        char *label = note_label(layout_sheet(layout, p->sheet), layout_line(layout, p->first), 0, &glyphs);
        make_note(layout, p, label, glyphs);
        p->foot = true;
        const struct paragraph *before = i > first ? &g_array_index(layout->paragraphs, struct paragraph, i - 1) : NULL;
        if (!label && before && !layout_sentence_ends(layout_sheet(layout, p->sheet), layout_line(layout, before->first + before->count - 1))) {
            g_array_index(layout->paragraphs, struct paragraph, i - 1).next = i;
            p->taken = true;
        }
        last = i;
    }
    return last == NONE ? last_note : last;
}

/* Labelled paragraphs below a heading "Notes". */
static void end_notes(struct layout *layout)
{
    bool inside = false;
    unsigned last = 0;
    for (guint i = 0; i < layout->paragraphs->len; i++) {
        struct paragraph *p = &g_array_index(layout->paragraphs, struct paragraph, i);
        if (p->zone == ZONE_HEADING || (p->count == 1 && p->zone == ZONE_BODY && is_note_heading(layout, p))) {
            inside = is_note_heading(layout, p) || (inside && p->zone == ZONE_HEADING && last > 0 && layout->body > p->size);
            last = 0;
            continue;
        }
        if (!inside || p->zone == ZONE_NOTE || p->zone == ZONE_TABLE)
            continue;
        uint32_t glyphs;
        char *label = note_label(layout_sheet(layout, p->sheet), layout_line(layout, p->first), last + 1, &glyphs);
        last = label ? (unsigned)g_ascii_strtoull(label, NULL, 10) : last;
        if (label)
            make_note(layout, p, label, glyphs);
    }
}

/* Does a leaf end where the page's text ends? */
static bool reaches_foot(const struct layout *layout, uint32_t sheet, uint32_t leaf)
{
    const GArray *leaves = layout_sheet(layout, sheet)->order;
    float bottom = 0;
    for (guint i = 0; i < leaves->len; i++)
        bottom = MAX(bottom, g_array_index(leaves, struct leaf, i).box.y1);
    return g_array_index(leaves, struct leaf, leaf).box.y1 > bottom - 0.12f * layout_sheet(layout, sheet)->height;
}

void layout_notes(struct layout *layout)
{
    uint32_t last = NONE;
    for (uint32_t i = 0; i < layout->paragraphs->len;) { /* each column has its foot */
        const struct paragraph *p = &g_array_index(layout->paragraphs, struct paragraph, i);
        uint32_t sheet = p->sheet, leaf = p->leaf, end = i;
        while (end < layout->paragraphs->len && g_array_index(layout->paragraphs, struct paragraph, end).sheet == sheet &&
               g_array_index(layout->paragraphs, struct paragraph, end).leaf == leaf)
            end++;
        if (reaches_foot(layout, sheet, leaf))
            last = page_notes(layout, i, end, last);
        i = end;
    }
    end_notes(layout);
}
