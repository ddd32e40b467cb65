/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/typed_notes.h"

static const char *const headings[] = {
    "notes", "note", "footnotes", "endnotes", "end notes", "references", "sources", "notes and references", "notes and sources", "notas", "notas al pie", "notas finales", "referencias", "fuentes", "citas",
    "notes de bas de page", "notes de fin", "références",
};

static bool is_heading(const struct document *doc, const struct passage *passage)
{
    enum { HEADING_BYTES = 40 };
    struct slice text = document_slice(doc, passage->span);
    while (text.len > 0 && strchr(":. ", text.ptr[text.len - 1]))
        text.len--;
    if (passage->zone != ZONE_HEADING || text.len == 0 || text.len > HEADING_BYTES)
        return false;
    g_autofree char *lower = g_utf8_strdown(text.ptr, (gssize)text.len);
    for (size_t i = 0; i < G_N_ELEMENTS(headings); i++)
        if (strcmp(lower, headings[i]) == 0)
            return true;
    return false;
}

/* The number of a label ("12"); 0: it is none. */
static unsigned number_of(const char *label)
{
    size_t digits = label ? strspn(label, "0123456789") : 0;
    return digits > 0 && digits < 5 && label[digits] == '\0' ? (unsigned)g_ascii_strtoull(label, NULL, 10) : 0;
}

/* Bytes of "12. ", "[12] ", "12) " or "12 " at the head of a passage; 0: it begins otherwise. */
static uint32_t typed_number(struct slice text, unsigned number)
{
    char digits[12];
    g_snprintf(digits, sizeof digits, "%u", number);
    size_t at = text.len > 0 && (text.ptr[0] == '[' || text.ptr[0] == '('), len = strlen(digits);
    if (text.len < at + len || memcmp(text.ptr + at, digits, len) != 0)
        return 0;
    at += len;
    at += at < text.len && strchr(".):]", text.ptr[at]);
    size_t space = at;
    while (space < text.len && (text.ptr[space] == ' ' || text.ptr[space] == '\t'))
        space++;
    return space > at && space < text.len ? (uint32_t)space : 0;
}

/* An item that the file numbers, unless it says another number itself. */
static bool is_counted(const struct document *doc, const struct passage *passage)
{
    return passage->flags & PASSAGE_COUNTED && passage->level <= 1 && !g_ascii_isdigit(doc->text->str[passage->span.start]);
}

/* The marks that stand before a heading, in one walk over both. */
struct marks {
    guint next;    /* the first that is not looked at yet */
    unsigned most; /* the greatest number of those before it */
    bool first;    /* is there a 1 among them? */
};

/* The greatest number of the marks that stand before a clean byte, if they have a 1 among them; 0: there are none. */
static unsigned marks_before(const struct document *doc, struct marks *marks, uint32_t at)
{
    for (; marks->next < doc->marks->len && DOCUMENT_AT(doc->marks, struct mark, marks->next).at < at; marks->next++) {
        const struct mark *mark = &DOCUMENT_AT(doc->marks, struct mark, marks->next);
        unsigned number = mark->note == NONE ? number_of(mark->label) : 0;
        marks->most = MAX(marks->most, number);
        marks->first |= number == 1;
    }
    return marks->first ? marks->most : 0;
}

/* Makes notes of the passages behind `heading` that are numbered from 1 on, if they are as many as the marks need. */
static bool make_notes(struct document *doc, guint heading, unsigned wanted)
{
    g_autoptr(GArray) notes = g_array_new(FALSE, FALSE, sizeof(struct note));
    g_autoptr(GArray) passages = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = heading + 1; i < doc->passages->len; i++) {
        const struct passage *passage = &DOCUMENT_AT(doc->passages, struct passage, i);
        if (passage->zone != ZONE_BODY)
            break;
        uint32_t typed = typed_number(document_slice(doc, passage->span), notes->len + 1);
        if (typed == 0 && !is_counted(doc, passage))
            continue; /* the note before goes on */
        struct note note = {.span = {passage->span.start + typed, passage->span.end}, .page = passage->page};
        g_array_append_val(notes, note);
        g_array_append_val(passages, i);
    }
    if (notes->len < wanted)
        return false;
    for (guint i = 0; i < notes->len; i++) {
        struct note *note = &g_array_index(notes, struct note, i);
        struct passage *passage = &DOCUMENT_AT(doc->passages, struct passage, g_array_index(passages, guint, i));
        note->label = g_strdup_printf("%u", i + 1);
        passage->zone = ZONE_NOTE;
        passage->flags &= ~(uint32_t)(PASSAGE_LIST | PASSAGE_COUNTED);
        passage->level = 0;
        g_array_append_val(doc->notes, *note);
    }
    return true;
}

void typed_notes_find(struct document *doc)
{
    for (guint i = 0; i < doc->notes->len; i++)
        if (number_of(DOCUMENT_AT(doc->notes, struct note, i).label) > 0)
            return;
    struct marks marks = {0};
    for (guint i = 0; i < doc->passages->len; i++) {
        const struct passage *passage = &DOCUMENT_AT(doc->passages, struct passage, i);
        unsigned wanted = is_heading(doc, passage) ? marks_before(doc, &marks, passage->span.start) : 0;
        if (wanted > 0 && make_notes(doc, i, wanted))
            return;
    }
}
