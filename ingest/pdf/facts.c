/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/pdf/facts.h"

#include "base/lower.h"

/* Leftovers of the program or template that a file was written with. */
static const char *const no_titles[] = {"microsoft word", "microsoft powerpoint", "powerpoint presentation", "untitled", "sans titre", "sin título", "layout 1",
                                        "print", "document1", "slide 1", "title", "template", "adobe"};
static const char *const no_endings[] = {".doc", ".docx", ".pdf", ".indd", ".qxd", ".ppt", ".pptx", ".rtf", ".odt", ".xls", ".xlsx", ".ai", ".fm", ".wpd", ".tex"};

static bool is_title(const char *text)
{
    g_autofree char *small = slice_lower(slice_of(text));
    for (size_t i = 0; i < G_N_ELEMENTS(no_titles); i++)
        if (g_str_has_prefix(small, no_titles[i]))
            return false;
    for (size_t i = 0; i < G_N_ELEMENTS(no_endings); i++)
        if (g_str_has_suffix(small, no_endings[i]))
            return false;
    unsigned letters = 0, spaces = 0;
    for (const char *at = small; *at; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        if (c == 0xFFFD || (c < 32 && !g_unichar_isspace(c)))
            return false;
        letters += g_unichar_isalpha(c) ? 1 : 0;
        spaces += g_unichar_isspace(c) ? 1 : 0;
    }
    return letters >= 6 && spaces >= 1;
}

/* One line of it; NULL when it is empty or not UTF-8. Takes ownership of `text`. */
static char *tidy(char *text)
{
    if (text && !g_utf8_validate(text, -1, NULL))
        g_clear_pointer(&text, g_free);
    if (!text)
        return NULL;
    g_autofree char *taken = text;
    g_autoptr(GString) out = g_string_new(NULL);
    for (const char *at = taken; *at; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        if (!g_unichar_isspace(c) && c >= 32)
            g_string_append_unichar(out, c);
        else if (out->len > 0 && out->str[out->len - 1] != ' ')
            g_string_append_c(out, ' ');
    }
    g_strchomp(out->str);
    return *out->str ? g_strdup(out->str) : NULL;
}

/* A person or organisation of at least two words; account names and software are none. */
static bool is_author(const char *text)
{
    static const char *const none[] = {"user", "admin", "microsoft", "windows", "adobe", "author", "default", "acrobat"};
    g_autofree char *small = slice_lower(slice_of(text));
    for (size_t i = 0; i < G_N_ELEMENTS(none); i++)
        if (strstr(small, none[i]))
            return false;
    for (const char *at = small; *at; at++)
        if (g_ascii_isdigit(*at) || *at == '@' || *at == '_' || *at == '\\')
            return false;
    return strchr(small, ' ') != NULL;
}

/* A file whose label table only counts its pages says nothing of what is printed on them. */
static void labels(PopplerDocument *pdf, struct layout *layout)
{
    bool own = false;
    for (guint i = 0; i < layout->sheets->len; i++) {
        PopplerPage *page = poppler_document_get_page(pdf, (int)i);
        struct sheet *sheet = layout_sheet(layout, i);
        sheet->label = page ? tidy(poppler_page_get_label(page)) : NULL;
        char number[16];
        g_snprintf(number, sizeof number, "%u", i + 1);
        own |= sheet->label && strcmp(sheet->label, number) != 0;
        g_clear_object(&page);
    }
    for (guint i = 0; !own && i < layout->sheets->len; i++)
        g_clear_pointer(&layout_sheet(layout, i)->label, g_free);
}

void pdf_facts(PopplerDocument *pdf, struct layout *layout, struct document *doc)
{
    g_autofree char *title = tidy(poppler_document_get_title(pdf));
    if (title && is_title(title)) {
        doc->metadata.title = g_steal_pointer(&title);
        g_autofree char *author = tidy(poppler_document_get_author(pdf));
        if (author && is_author(author))
            doc->metadata.authors = g_steal_pointer(&author);
    }
    g_autoptr(GDateTime) date = poppler_document_get_creation_date_time(pdf);
    if (date && g_date_time_get_year(date) > 1985)
        doc->metadata.date = g_date_time_format(date, "%Y-%m-%d");
    labels(pdf, layout);
}
