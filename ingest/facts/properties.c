/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/facts/properties.h"

#include "base/lower.h"
#include "ingest/facts/date.h"
#include "ingest/language.h"
#include "ingest/facts/page_facts.h"

static const char *const machine_names[] = {
    "microsoft office user", "windows user", "user", "usuario", "utilisateur", "usuario de windows", "utilisateur windows", "admin", "administrator", "administrador", "author", "un-named", "unknown", "owner", "dell", "hp", "lenovo", "acer",
    "python-docx", "apache poi", "openpyxl", "untitled", "untitled document", "document", "word document", "template", "documento", "sans titre", "sin título", "[title]", "title", "powerpoint presentation",
};

static bool by_machine(const char *value)
{
    g_autofree char *lower = slice_lower(slice_of(value));
    for (size_t i = 0; i < G_N_ELEMENTS(machine_names); i++)
        if (strcmp(lower, machine_names[i]) == 0)
            return true;
    return g_str_has_prefix(lower, "microsoft word - ") || g_str_has_suffix(lower, ".doc") || g_str_has_suffix(lower, ".docx") || g_str_has_suffix(lower, ".odt") || g_str_has_suffix(lower, ".dotx");
}

static void set(char **field, char *value)
{
    if (!*field && value && *value)
        *field = value;
    else
        g_free(value);
}

static void add_authors(struct metadata *metadata, GString *authors, const char *value)
{
    g_autofree char *names = metadata->authors ? NULL : authors_of(value);
    if (names && !strstr(authors->str, names))
        g_string_append_printf(authors, "%s%s", authors->len > 0 ? "; " : "", names);
}

void properties_read(xmlNode *root, struct metadata *metadata)
{
    g_autoptr(GString) authors = g_string_new(NULL);
    g_autofree char *created = NULL, *issued = NULL;
    const char *creator = xml_find(root, "initial-creator") ? "initial-creator" : "creator"; /* OpenDocument: the creator saved it last */
    for (xmlNode *node = root; node; node = xml_next(node, root, true)) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        g_autofree char *value = xml_text(node);
        if (!*value || by_machine(value))
            continue;
        if (xml_is(node, "title"))
            set(&metadata->title, g_strdup(value));
        else if (xml_is(node, creator))
            add_authors(metadata, authors, value);
        else if (xml_is(node, "publisher") || xml_is(node, "Company"))
            set(&metadata->publisher, g_strdup(value));
        else if (xml_is(node, "language"))
            set(&metadata->language, language_of(value));
        else if (xml_is(node, "date"))
            set(&issued, date_edtf(value));
        else if (xml_is(node, "created") || xml_is(node, "creation-date"))
            set(&created, date_edtf(value));
        else if ((xml_is(node, "identifier") || xml_is(node, "source")) && g_str_has_prefix(value, "http"))
            set(&metadata->url, g_strdup(value));
    }
    set(&metadata->authors, g_strdup(authors->str));
    set(&metadata->date, g_strdup(created ? created : issued));
}

void properties_finish(struct document *doc)
{
    properties_language(doc);
    enum { TITLE_BYTES = 300 };
    for (guint i = 0; !doc->metadata.title && i < doc->passages->len; i++) {
        const struct passage *passage = &DOCUMENT_AT(doc->passages, struct passage, i);
        if (passage->zone == ZONE_HEADING && passage->level == 1 && passage->span.end - passage->span.start <= TITLE_BYTES)
            doc->metadata.title = slice_dup(document_slice(doc, passage->span));
    }
}

void properties_language(struct document *doc)
{
    struct slice text = document_text(doc);
    size_t middle = text.len / 2;
    while (middle < text.len && ((unsigned char)text.ptr[middle] & 0xc0) == 0x80)
        middle++;
    const char *whole = language_of_text(text), *stored = doc->metadata.language;
    if (!whole || g_strcmp0(whole, stored) == 0)
        return;
    /* Against what is stored both halves must speak: lists of names look like any language. */
    const char *halves[] = {language_of_text(slice_sub(text, 0, middle)), language_of_text(slice_sub(text, middle, text.len))};
    if (stored && (g_strcmp0(whole, halves[0]) != 0 || g_strcmp0(whole, halves[1]) != 0))
        return;
    g_free(doc->metadata.language);
    doc->metadata.language = g_strdup(whole);
}
