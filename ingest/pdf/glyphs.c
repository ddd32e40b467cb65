/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/pdf/glyphs.h"

#include "ingest/pdf/arabic.h"
#include "ingest/pdf/hidden.h"

#include "base/limits.h"
#include "base/quiet.h"
#include "base/timing.h"

/*  Poppler gives three lists that run side by side: characters, boxes, and runs of one font.
 *
 *    text    D i s p l a c e m e n t ␠ R e v i e w ⏎ C e n …
 *    boxes   □ □ □ □ □ □ □ □ □ □ □ □ □ □ □ □ □ □ □ □ □ □ □      (a space or a line end has one too)
 *    fonts   [0 ………………………………………… 18][19 …
 *
 *  Right-to-left runs come between U+202B and U+202C, which have no box, with their characters in the order of reading
 *  while the boxes go from left to right. */
enum {
    LEFT_TO_RIGHT_EMBEDDING = 0x202A,
    RIGHT_TO_LEFT_EMBEDDING = 0x202B,
    POP_EMBEDDING = 0x202C
};

struct reading {
    const PopplerRectangle *boxes;
    guint n_boxes, at; /* the next box */
    GList *fonts;      /* PopplerTextAttributes: the run that holds it, or a later one */
    uint16_t style;
    float size;
    bool pale;
    bool styled;       /* the fields above are those of `fonts` */
    uint16_t pending;  /* flags of the next glyph */
    struct layout *layout;
    struct sheet *sheet;
    struct glyph *glyphs; /* of the sheet, with room for one for each box */
    guint n_glyphs;
    GArray *run;       /* gunichar: an open right-to-left run */
};

/* A page's matrices may put a character anywhere, or nowhere: no number that the layout reckons with is larger, and what stands nowhere stands off the page. */
static float in_reach(double x)
{
    static const float far = 1e6f; /* points */
    return x > -far && x < far ? (float)x : x < 0 ? -far : far;
}

static void find_font(struct reading *reading)
{
    while (reading->fonts) {
        const PopplerTextAttributes *font = reading->fonts->data;
        if ((gint)reading->at <= font->end_index) {
            if (!reading->styled) {
                reading->style = layout_style(reading->layout, font->font_name);
                reading->size = in_reach(font->font_size);
                reading->pale = font->color.red > 0xF800 && font->color.green > 0xF800 && font->color.blue > 0xF800;
                reading->styled = true;
            }
            return;
        }
        reading->fonts = reading->fonts->next;
        reading->styled = false;
    }
}

static bool runs_left(gunichar c)
{
    return (c >= 0x590 && c <= 0x8FF) || (c >= 0xFB1D && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFF);
}

static struct rect box_of(const PopplerRectangle *box)
{
    return (struct rect){in_reach(box->x1), in_reach(box->y1), in_reach(box->x2), in_reach(box->y2)};
}

/* The ends of lines are none here. */
static bool is_space(gunichar c)
{
    return c < 0x80 ? c == ' ' || c == '\t' : g_unichar_isspace(c);
}

static bool has_width(gunichar c)
{
    return (c >= 0x20 && c < 0x7F) || !g_unichar_iszerowidth(c) || g_unichar_ismark(c);
}

static void put(struct reading *reading, gunichar character)
{
    if (reading->at >= reading->n_boxes)
        return;
    const PopplerRectangle *box = &reading->boxes[reading->at];
    if (character == '\n' || character == '\r' || character == '\f') {
        reading->pending |= GLYPH_LINE | GLYPH_SPACE;
    } else if (is_space(character)) {
        reading->pending |= GLYPH_SPACE;
    } else if (has_width(character)) {
        find_font(reading);
        struct glyph glyph = {box_of(box), character, reading->size, reading->style,
                              (uint16_t)(reading->pending | (runs_left(character) ? GLYPH_RTL : 0) | (reading->pale ? GLYPH_PALE : 0))};
        if (glyph.size <= 0)
            glyph.size = MAX(0.1f, glyph.box.y1 - glyph.box.y0);
        reading->glyphs[reading->n_glyphs++] = glyph;
        reading->pending = 0;
    }
    reading->at++;
}

/* Puts the characters from `at` on that are ASCII, printable or white space, which are most: returns the first one that is not, or that has no box. */
static const char *put_ascii(struct reading *reading, const char *at)
{
    guint i = reading->at, font_end = i;
    struct glyph *glyph = reading->glyphs + reading->n_glyphs;
    uint16_t pending = reading->pending, pale = 0;
    for (; i < reading->n_boxes; at++, i++) {
        if (*at == ' ') {
            pending |= GLYPH_SPACE;
        } else if (*at == '\n') {
            pending |= GLYPH_LINE | GLYPH_SPACE;
        } else if (*at > ' ' && *at < 0x7F) {
            if (i >= font_end) {
                reading->at = i;
                find_font(reading);
                font_end = reading->fonts ? (guint)((const PopplerTextAttributes *)reading->fonts->data)->end_index + 1 : reading->n_boxes;
                pale = reading->pale ? GLYPH_PALE : 0;
            }
            const PopplerRectangle *box = &reading->boxes[i];
            *glyph = (struct glyph){box_of(box), (guchar)*at, reading->size, reading->style, (uint16_t)(pending | pale)};
            if (glyph->size <= 0)
                glyph->size = MAX(0.1f, glyph->box.y1 - glyph->box.y0);
            glyph++;
            pending = 0;
        } else {
            break;
        }
    }
    reading->at = i;
    reading->n_glyphs = (guint)(glyph - reading->glyphs);
    reading->pending = pending;
    return at;
}

static void reverse(gunichar *from, gunichar *to)
{
    while (from < --to) {
        gunichar first = *from;
        *from++ = *to;
        *to = first;
    }
}

/* A run with its marks, in the order of reading, back to the order of its boxes. */
static void put_run(struct reading *reading)
{
    gunichar *run = (gunichar *)(void *)reading->run->data;
    guint len = reading->run->len;
    reverse(run, run + len);
    for (guint i = 0; i < len; i++) {
        if (run[i] != POP_EMBEDDING)
            continue;
        guint end = i + 1;
        while (end < len && run[end] != LEFT_TO_RIGHT_EMBEDDING)
            end++;
        reverse(run + i + 1, run + end);
        i = end;
    }
    for (guint i = 0; i < len; i++)
        if (run[i] != POP_EMBEDDING && run[i] != LEFT_TO_RIGHT_EMBEDDING)
            put(reading, run[i]);
    g_array_set_size(reading->run, 0);
}

static void read_text(struct reading *reading, const char *text)
{
    unsigned depth = 0; /* of embeddings inside one another */
    for (const char *at = text; *at; at = g_utf8_next_char(at)) {
        if (depth == 0 && !*(at = put_ascii(reading, at)))
            break;
        gunichar character = (guchar)*at < 0x80 ? (guchar)*at : g_utf8_get_char(at);
        bool opens = character == RIGHT_TO_LEFT_EMBEDDING || character == LEFT_TO_RIGHT_EMBEDDING;
        if (depth == 0 && character != RIGHT_TO_LEFT_EMBEDDING) {
            put(reading, character);
            continue;
        }
        if (depth > 0 && (depth > 1 || character != POP_EMBEDDING))
            g_array_append_val(reading->run, character);
        if (opens)
            depth++;
        else if (character == POP_EMBEDDING && --depth == 0)
            put_run(reading);
        if (reading->n_glyphs >= LIMIT_PAGE_CHARACTERS) {
            reading->sheet->flags |= PAGE_UNFINISHED;
            break;
        }
    }
    if (reading->run->len > 0)
        put_run(reading);
}

/* A NUL or a broken character ends Poppler's text early: what stands in the boxes after it is read piece by piece. */
static void read_rest(struct reading *reading, PopplerPage *page)
{
    reading->sheet->flags |= PAGE_UNFINISHED;
    while (reading->at < reading->n_boxes && reading->n_glyphs < LIMIT_PAGE_CHARACTERS) {
        guint start = reading->at, end = start + 1;
        const PopplerRectangle *boxes = reading->boxes;
        while (end < reading->n_boxes && boxes[end].y1 == boxes[start].y1 && boxes[end].y2 == boxes[start].y2 && boxes[end].x1 >= boxes[end - 1].x1)
            end++;
        PopplerRectangle area = {boxes[start].x1 + 0.1, boxes[start].y1 + 0.1, boxes[end - 1].x2 - 0.1, boxes[end - 1].y2 - 0.1};
        g_autofree char *text = area.x2 > area.x1 && area.y2 > area.y1 ? poppler_page_get_selected_text(page, POPPLER_SELECTION_GLYPH, &area) : NULL;
        if (text && g_utf8_strlen(text, -1) == (glong)(end - start))
            for (const char *at = text; *at; at = g_utf8_next_char(at))
                put(reading, g_utf8_get_char(at));
        reading->at = end;
        reading->pending |= GLYPH_LINE | GLYPH_SPACE;
    }
}

/* Text that has a place but no glyphs of its own: spread over its box, line by line. */
static void put_area(struct layout *layout, struct sheet *sheet, const char *text, PopplerRectangle area)
{
    if (!text || !*text || !g_utf8_validate(text, -1, NULL))
        return;
    float x0 = (float)MIN(area.x1, area.x2), x1 = (float)MAX(area.x1, area.x2); /* y grows upwards here, and nowhere else */
    float top = sheet->height - (float)MAX(area.y1, area.y2), bottom = sheet->height - (float)MIN(area.y1, area.y2);
    g_auto(GStrv) lines = g_strsplit_set(text, "\r\n", -1);
    guint count = g_strv_length(lines);
    float height = (bottom - top) / (float)MAX(count, 1u), size = MIN(height, 12.0f);
    uint16_t style = layout_style(layout, "");
    for (guint i = 0; i < count; i++) {
        glong len = g_utf8_strlen(lines[i], -1);
        float advance = MIN((x1 - x0) / (float)MAX(len, 1), size / 2), y = top + (float)i * height, x = x0;
        uint16_t pending = GLYPH_LINE | GLYPH_SPACE;
        for (const char *at = lines[i]; *at; at = g_utf8_next_char(at), x += advance) {
            gunichar character = g_utf8_get_char(at);
            if (g_unichar_isspace(character)) {
                pending |= GLYPH_SPACE;
            } else {
                struct glyph glyph = {{x, y, x + advance, y + size}, character, size, style, pending};
                glyphs_append(sheet->glyphs, &glyph, 1);
                pending = 0;
            }
        }
    }
}

/* What a choice shows: a list all its items, a box the chosen one. */
static char *choice_text(PopplerFormField *field)
{
    char *text = poppler_form_field_choice_get_text(field);
    if (text && *text)
        return text;
    g_free(text);
    bool list = poppler_form_field_choice_get_choice_type(field) == POPPLER_FORM_CHOICE_LIST;
    GString *items = g_string_new(NULL);
    for (gint i = 0; i < poppler_form_field_choice_get_n_items(field); i++) {
        g_autofree char *item = list || poppler_form_field_choice_is_item_selected(field, i) ? poppler_form_field_choice_get_item(field, i) : NULL;
        if (item)
            g_string_append_printf(items, "%s%s", items->len > 0 ? "\n" : "", item);
    }
    return g_string_free(items, FALSE);
}

static void read_fields(PopplerPage *page, struct layout *layout, struct sheet *sheet)
{
    GList *fields = poppler_page_get_form_field_mapping(page);
    for (GList *l = fields; l; l = l->next) {
        const PopplerFormFieldMapping *mapping = l->data;
        PopplerFormFieldType type = poppler_form_field_get_field_type(mapping->field);
        g_autofree char *text = type == POPPLER_FORM_FIELD_TEXT     ? poppler_form_field_text_get_text(mapping->field)
                                : type == POPPLER_FORM_FIELD_CHOICE ? choice_text(mapping->field)
                                                                    : NULL;
        put_area(layout, sheet, text, mapping->area);
    }
    poppler_page_free_form_field_mapping(fields);
}

static void read_annotations(PopplerPage *page, struct layout *layout, struct sheet *sheet)
{
    GList *annotations = poppler_page_get_annot_mapping(page);
    for (GList *l = annotations; l; l = l->next) {
        const PopplerAnnotMapping *mapping = l->data;
        if (poppler_annot_get_annot_type(mapping->annot) != POPPLER_ANNOT_FREE_TEXT)
            continue;
        g_autofree char *text = poppler_annot_get_contents(mapping->annot);
        put_area(layout, sheet, text, mapping->area);
    }
    poppler_page_free_annot_mapping(annotations);
}

/* The three lists of a page. */
struct page_text {
    char *text;
    PopplerRectangle *boxes;
    guint n_boxes;
    GList *fonts;
};

static void page_text_clear(struct page_text *lists)
{
    poppler_page_free_text_attributes(lists->fonts);
    g_free(lists->boxes);
    g_free(lists->text);
}

/* Poppler selects from one corner to another: on a page that runs from right to left these are the upper right and the lower left, or whole lines
 * are left out. */
static struct page_text page_text_of(PopplerPage *page, bool from_right)
{
    struct page_text lists = {0};
    PopplerRectangle area = {0};
    poppler_page_get_size(page, from_right ? &area.x1 : &area.x2, &area.y2);
    quiet_starved(); /* what was said before is not of this page */
    timing_enter("pdf text");
    lists.text = poppler_page_get_text_for_area(page, &area);
    timing_enter("pdf boxes");
    poppler_page_get_text_layout_for_area(page, &area, &lists.boxes, &lists.n_boxes);
    lists.fonts = poppler_page_get_text_attributes_for_area(page, &area);
    if (quiet_starved()) /* Poppler goes on without the words it had no room for; this page is not what was printed */
        quiet_die("the text of a page");
    return lists;
}

/* Which way the page runs as a whole nothing tells: where it may be from right to left, the way that leaves out less. */
static struct page_text page_text_whole(PopplerPage *page)
{
    struct page_text lists = page_text_of(page, false);
    if (lists.n_boxes > 0 && !(lists.text && strstr(lists.text, "\u202B")))
        return lists;
    struct page_text other = page_text_of(page, true);
    bool more = other.n_boxes > lists.n_boxes;
    page_text_clear(more ? &lists : &other);
    return more ? other : lists;
}

void pdf_page_glyphs(PopplerPage *page, struct pdf_hidden *hidden, struct layout *layout, struct sheet *sheet)
{
    const char *stage = timing_enter("pdf text");
    struct page_text lists = page_text_whole(page);
    timing_enter("pdf characters");
    struct reading reading = {lists.boxes, lists.n_boxes, .fonts = lists.fonts, .layout = layout, .sheet = sheet, .pending = GLYPH_LINE};
    guint before = sheet->glyphs->len;
    reading.glyphs = glyphs_more(sheet->glyphs, lists.n_boxes);
    reading.run = g_array_new(FALSE, FALSE, sizeof(gunichar));
    if (lists.text && lists.n_boxes > 0)
        read_text(&reading, lists.text);
    if (reading.at < lists.n_boxes)
        read_rest(&reading, page);
    sheet->glyphs->len += reading.n_glyphs;
    pdf_arabic(sheet, before);
    timing_enter("pdf hidden");
    pdf_hidden_glyphs(hidden, page, sheet);
    timing_enter("pdf forms");
    read_fields(page, layout, sheet);
    read_annotations(page, layout, sheet);
    timing_enter(stage);
    g_array_unref(reading.run);
    page_text_clear(&lists);
}
