/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/layout_text.h"

/*  Note texts: at the foot of a page in smaller print, each behind its label; or, under a heading that says so, at the end of a chapter or document. */

static const char *const note_headings[] = {"notes", "endnotes", "end notes", "footnotes", "references", "notas", "notas al final", "notas finales", "referencias",
                                            "notes de fin", "références", "notes and references", "sources"};

/* The label at the beginning of a note: a raised mark, "12", "12." or "*". Returns its glyphs and text (NULL = none). */
static char *note_label(const struct sheet *sheet, const struct text_line *line, uint32_t *glyphs)
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
    if (len > 0 && !closed && (c == '.' || c == ')' || c == '/') && i + 1 < end && sheet_glyph(sheet, i + 1)->flags & GLYPH_SPACE) {
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
    g_autofree char *small = g_utf8_strdown(g_strstrip(text->str), -1);
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

/* The paragraphs [from, to) of one page: from its end upwards, those in smaller print that hang together under a labelled one. */
static void page_notes(struct layout *layout, uint32_t from, uint32_t to)
{
    uint32_t first = NONE;
    for (uint32_t i = to; i > from; i--) {
        struct paragraph *p = &g_array_index(layout->paragraphs, struct paragraph, i - 1);
        const struct text_line *line = layout_line(layout, p->first);
        if (p->zone == ZONE_TABLE || p->zone == ZONE_HEADING || line->flags & LINE_TURNED || p->size > 0.94f * layout->body)
            break;
        uint32_t glyphs;
        g_autofree char *label = note_label(layout_sheet(layout, p->sheet), line, &glyphs);
        if (label)
            first = i - 1;
    }
    for (uint32_t i = first; i != NONE && i < to; i++) {
        struct paragraph *p = &g_array_index(layout->paragraphs, struct paragraph, i);
        uint32_t glyphs = 0;
        char *label = note_label(layout_sheet(layout, p->sheet), layout_line(layout, p->first), &glyphs);
        make_note(layout, p, label, glyphs);
    }
}

/* Labelled paragraphs below a heading "Notes". */
static void end_notes(struct layout *layout)
{
    bool inside = false;
    for (guint i = 0; i < layout->paragraphs->len; i++) {
        struct paragraph *p = &g_array_index(layout->paragraphs, struct paragraph, i);
        if (p->zone == ZONE_HEADING || (p->count == 1 && p->zone == ZONE_BODY && is_note_heading(layout, p))) {
            inside = is_note_heading(layout, p);
            continue;
        }
        if (!inside || p->zone == ZONE_NOTE || p->zone == ZONE_TABLE)
            continue;
        uint32_t glyphs;
        char *label = note_label(layout_sheet(layout, p->sheet), layout_line(layout, p->first), &glyphs);
        if (label)
            make_note(layout, p, label, glyphs);
    }
}

void layout_notes(struct layout *layout)
{
    for (uint32_t i = 0; i < layout->paragraphs->len;) {
        uint32_t sheet = g_array_index(layout->paragraphs, struct paragraph, i).sheet, end = i;
        while (end < layout->paragraphs->len && g_array_index(layout->paragraphs, struct paragraph, end).sheet == sheet)
            end++;
        page_notes(layout, i, end);
        i = end;
    }
    end_notes(layout);
}
