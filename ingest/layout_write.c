/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/layout_text.h"

/* Paragraphs → the document's text, lines with the edges of their characters, passages, marks and notes. */
struct writing {
    const struct layout *layout;
    struct document *doc;
    uint32_t page;   /* whose form feed has not been written */
    GString *label;  /* of an open mark */
    struct rect box; /* of it */
    uint32_t note;   /* clean byte where the note's text begins, behind its label; NONE before */
};

static void add_edge(struct writing *w, float x)
{
    g_array_append_val(w->doc->edges, x);
}

/* Ligatures are printed as one and written as several. */
static const struct {
    gunichar character;
    const char *text;
} ligatures[] = {{0xFB00, "ff"}, {0xFB01, "fi"}, {0xFB02, "fl"}, {0xFB03, "ffi"}, {0xFB04, "ffl"}, {0xFB05, "st"}, {0xFB06, "st"}};

static void put_glyph(struct writing *w, const struct glyph *glyph)
{
    GString *text = w->doc->text;
    if (glyph->character < 0xFB00 || glyph->character > 0xFB06) {
        g_string_append_unichar(text, glyph->character);
        add_edge(w, glyph->box.x0);
        return;
    }
    const char *letters = ligatures[glyph->character - 0xFB00].text;
    size_t len = strlen(letters);
    for (size_t i = 0; i < len; i++)
        add_edge(w, glyph->box.x0 + (glyph->box.x1 - glyph->box.x0) * (float)i / (float)len);
    g_string_append(text, letters);
}

static void end_mark(struct writing *w, uint32_t page)
{
    if (w->label->len == 0)
        return;
    g_auto(GStrv) labels = g_strsplit_set(w->label->str, ",;/", -1); /* "3,4": two notes */
    for (char **label = labels; *label; label++) {
        char *from = *label;
        while (*from && strchr("([.", *from))
            from++;
        size_t len = strlen(from);
        while (len > 0 && strchr(")].-", from[len - 1]))
            len--;
        if (len == 0)
            continue;
        struct mark mark = {.at = (uint32_t)w->doc->text->len, .source = {NONE, NONE}, .box = w->box, .page = page, .label = g_strndup(from, len), .note = NONE};
        g_array_append_val(w->doc->marks, mark);
    }
    g_string_truncate(w->label, 0);
}

static void put_mark(struct writing *w, const struct glyph *glyph)
{
    static const struct { gunichar raised; char digit; } digits[] = {{0xB9, '1'}, {0xB2, '2'}, {0xB3, '3'}, {0x2070, '0'}, {0x2074, '4'}, {0x2075, '5'},
                                                                    {0x2076, '6'}, {0x2077, '7'}, {0x2078, '8'}, {0x2079, '9'}};
    gunichar c = glyph->character;
    for (size_t i = 0; i < G_N_ELEMENTS(digits); i++)
        c = c == digits[i].raised ? (gunichar)digits[i].digit : c;
    w->box = w->label->len == 0 ? glyph->box : rect_union(w->box, glyph->box);
    if (w->label->len > 0 && glyph->flags & GLYPH_SPACE)
        g_string_append_c(w->label, ',');
    g_string_append_unichar(w->label, c);
}

/* What parts a line from the one before it: nothing where a word was divided, else a space or TAB, which belongs to the line before. */
static void part_lines(struct writing *w, const struct text_line *line, const struct text_line *next, const struct sheet *next_sheet)
{
    GString *text = w->doc->text;
    struct line *written = &DOCUMENT_AT(w->doc->lines, struct line, w->doc->lines->len - 1);
    if (next->flags & LINE_CELL) {
        g_string_append_c(text, '\t');
    } else {
        gunichar first = layout_first(next_sheet, next);
        const char *last = g_utf8_find_prev_char(text->str, text->str + text->len);
        gunichar c = last ? g_utf8_get_char(last) : 0;
        bool divided = (c == '-' || c == 0xAD || c == 0x2010) && g_unichar_islower(first) && text->len >= 2 && g_ascii_isalpha(text->str[text->len - 2]);
        if (divided) {
            g_string_truncate(text, (gsize)(last - text->str));
            g_array_set_size(w->doc->edges, w->doc->edges->len - 2); /* the hyphen's left edge, the line's right edge */
            add_edge(w, g_array_index(w->doc->edges, float, w->doc->edges->len - 1));
            written->span.end = (uint32_t)text->len;
            return;
        }
        if (c == '-' || c == '/')
            return;
        g_string_append_c(text, ' ');
    }
    if (written->edges != NONE)
        add_edge(w, line->box.x1);
    written->span.end = (uint32_t)text->len;
}

static void put_line(struct writing *w, const struct sheet *sheet, const struct text_line *line)
{
    struct document *doc = w->doc;
    struct line made = {.span = {(uint32_t)doc->text->len, 0}, .page = sheet->page, .edges = doc->edges->len, .box = line->box};
    float right = line->box.x0;
    for (uint32_t i = line->first; i < line->first + line->count; i++) {
        const struct glyph *glyph = sheet_glyph(sheet, i);
        if (glyph->flags & GLYPH_MARK) {
            put_mark(w, glyph);
            continue;
        }
        end_mark(w, sheet->page);
        if (w->note == NONE && !(glyph->flags & GLYPH_LABEL))
            w->note = (uint32_t)doc->text->len;
        if (glyph->flags & GLYPH_SPACE && doc->text->len > made.span.start) {
            g_string_append_c(doc->text, ' ');
            add_edge(w, right);
        }
        if (w->note == made.span.start && doc->text->len > made.span.start && !(glyph->flags & GLYPH_LABEL))
            w->note = (uint32_t)doc->text->len;
        put_glyph(w, glyph);
        right = glyph->box.x1;
    }
    end_mark(w, sheet->page);
    add_edge(w, right);
    made.span.end = (uint32_t)doc->text->len;
    if (line->flags & LINE_TURNED) {
        g_array_set_size(doc->edges, made.edges);
        made.edges = NONE;
    }
    if (made.span.end > made.span.start)
        g_array_append_val(doc->lines, made);
    else
        g_array_set_size(doc->edges, made.edges == NONE ? doc->edges->len : made.edges);
}

static void put_paragraph(struct writing *w, const struct paragraph *head)
{
    struct document *doc = w->doc;
    const struct layout *layout = w->layout;
    struct passage passage = {.span = {(uint32_t)doc->text->len, 0}, .zone = head->zone, .page = head->sheet + 1, .heading = NONE, .flags = head->flags, .level = head->level};
    const struct text_line *last = NULL;
    guint before = doc->lines->len;
    w->note = NONE;
    for (const struct paragraph *p = head; p; p = p->next == NONE ? NULL : &g_array_index(layout->paragraphs, struct paragraph, p->next)) {
        const struct sheet *sheet = layout_sheet(layout, p->sheet);
        if (sheet->flags & PAGE_GARBLED)
            passage.flags |= PASSAGE_UNRELIABLE;
        for (uint32_t i = p->first; i < p->first + p->count; i++) {
            const struct text_line *line = layout_line(layout, i);
            if (last && doc->lines->len > before)
                part_lines(w, last, line, sheet);
            put_line(w, sheet, line);
            last = line;
        }
    }
    passage.span.end = (uint32_t)doc->text->len;
    if (passage.span.end == passage.span.start)
        return;
    if (head->label && w->note != NONE && w->note < passage.span.end) {
        struct note note = {g_strdup(head->label), {w->note, passage.span.end}, passage.page};
        g_array_append_val(doc->notes, note);
    }
    g_array_append_val(doc->passages, passage);
    g_string_append(doc->text, "\n\n");
}

void layout_write(const struct layout *layout, struct document *doc)
{
    struct writing w = {layout, doc, 1, g_string_new(NULL), {0, 0, 0, 0}, NONE};
    for (guint i = 0; i < layout->sheets->len; i++) {
        const struct sheet *sheet = layout_sheet(layout, i);
        struct page page = {g_strdup(sheet->label), sheet->width, sheet->height, sheet->flags};
        g_array_append_val(doc->pages, page);
    }
    for (guint i = 0; i < layout->paragraphs->len; i++) {
        const struct paragraph *p = &g_array_index(layout->paragraphs, struct paragraph, i);
        for (; w.page < p->sheet + 1; w.page++)
            g_string_append_c(doc->text, '\f');
        if (!p->taken)
            put_paragraph(&w, p);
    }
    for (; w.page < layout->sheets->len; w.page++)
        g_string_append_c(doc->text, '\f');
    g_string_free(w.label, TRUE);
}
