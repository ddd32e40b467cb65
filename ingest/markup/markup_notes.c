/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/markup/markup_notes.h"

#include "ingest/markup/article.h"
#include "ingest/layout/superscript.h"

enum { LABEL_BYTES = 16 };

/* The id that a link inside the page leads to, or NULL. */
static const char *inside_page(const xmlNode *link)
{
    const char *href = xml_is(link, "a") ? xml_attribute(link, "href") : NULL;
    return href && href[0] == '#' && href[1] ? href + 1 : NULL;
}

/* Does the link lead to a place in a file of the same text: "#n1", "notes.xhtml#n1"? */
static bool leads_to_place(const xmlNode *link)
{
    const char *href = xml_is(link, "a") ? xml_attribute(link, "href") : NULL, *place = href ? strchr(href, '#') : NULL;
    return place && place[1] && !strstr(href, "://") && !strchr(href, '?');
}

/* "12", "[12]", "*", "iv", "a": could this text be a note's label? */
static bool is_label(const char *text)
{
    struct slice label = superscript_label(slice_of(text));
    if (label.len == 0 || label.len > LABEL_BYTES)
        return false;
    static const struct slice word = SLICE("word.");
    return superscript_kind(word, label) == SUPERSCRIPT_MARK || (label.len == 1 && g_ascii_isalpha(label.ptr[0]));
}

/* A number that links inside the page may be a page of a list; a note's call is raised, in brackets, or named as one. */
static bool is_call(xmlNode *link, const char *text)
{
    const char *role = xml_attribute(link, "role"), *class = xml_attribute(link, "class"), *type = xml_attribute(link, "epub:type");
    bool named = (role && strcmp(role, "doc-noteref") == 0) || (type && strstr(type, "noteref")) || (class && (strcasestr(class, "footnote") || strcasestr(class, "noteref") || strcasestr(class, "endnote")));
    bool raised = xml_find(link, "sup") != NULL;
    for (const xmlNode *above = link->parent; above && !raised && html_kind(above) == HTML_INLINE; above = above->parent)
        raised = xml_is(above, "sup");
    return is_label(text) && (named || raised || text[0] == '[');
}

static xmlNode *block_of(xmlNode *node)
{
    while (node->parent && node->parent->type == XML_ELEMENT_NODE && html_kind(node) != HTML_BLOCK)
        node = node->parent;
    return node;
}

/* The element carries an id: is it one that was called before? */
static void note_id(struct markup_notes *notes, GHashTable *seen, xmlNode *node, const char *id)
{
    if (!id || !*id)
        return;
    const char *label = g_hash_table_lookup(notes->labels, id);
    xmlNode *block = label ? block_of(node) : NULL;
    if (block && !g_hash_table_contains(notes->targets, block))
        g_hash_table_insert(notes->targets, block, g_strdup(label));
    g_hash_table_add(seen, (gpointer)id);
}

/* A note stands behind its call, so a link to what was seen already leads back. */
void markup_notes_find(xmlNode *root, GHashTable *called, struct markup_notes *ret)
{
    *ret = (struct markup_notes){root, g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free), g_hash_table_new_full(NULL, NULL, NULL, g_free)};
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    GHashTableIter iter;
    gpointer id_called, label_called;
    if (called)
        for (g_hash_table_iter_init(&iter, called); g_hash_table_iter_next(&iter, &id_called, &label_called);)
            g_hash_table_insert(ret->labels, g_strdup(id_called), g_strdup(label_called));
    for (xmlNode *node = root; node; node = xml_next(node, root, true)) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        note_id(ret, seen, node, xml_attribute(node, "id"));
        note_id(ret, seen, node, xml_is(node, "a") ? xml_attribute(node, "name") : NULL);
        const char *id = inside_page(node);
        if (!id || g_hash_table_contains(seen, id) || g_hash_table_contains(ret->labels, id))
            continue;
        char *label = markup_call_label(node);
        if (label)
            g_hash_table_insert(ret->labels, g_strdup(id), label);
    }
}

void markup_notes_clear(struct markup_notes *notes)
{
    g_hash_table_unref(notes->labels);
    g_hash_table_unref(notes->targets);
}

char *markup_call_label(xmlNode *link)
{
    if (!leads_to_place(link))
        return NULL;
    g_autofree char *text = xml_text(link);
    return is_call(link, text) ? slice_dup(superscript_label(slice_of(text))) : NULL;
}

char *markup_call(const struct markup_notes *notes, xmlNode *link)
{
    const char *id = inside_page(link);
    if (!id)
        return markup_call_label(link);
    if (!g_hash_table_contains(notes->labels, id))
        return NULL;
    g_autofree char *text = xml_text(link);
    return is_label(text) ? slice_dup(superscript_label(slice_of(text))) : NULL;
}

bool markup_leads_back(xmlNode *link)
{
    if (!leads_to_place(link))
        return false;
    g_autofree char *text = xml_text(link);
    bool words = false;
    for (const char *p = text; *p && !words; p = g_utf8_next_char(p))
        words = g_unichar_isalnum(g_utf8_get_char(p));
    return !words || is_label(text);
}
