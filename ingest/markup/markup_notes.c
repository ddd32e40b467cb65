/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/markup/markup_notes.h"

#include "ingest/markup/article.h"
#include "ingest/layout/superscript.h"

enum { LABEL_BYTES = 16 };

const char *markup_place(const xmlNode *link)
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

static bool is_called(const struct markup_notes *notes, const char *id)
{
    return id && g_hash_table_contains(notes->labels, id);
}

/* Office programs wrap a note of several paragraphs: <div id="ftn1"><p><a name="_ftn1">…</p><p>…</p></div>, <li><p id="n1">…</p><p>…</p></li>.
 * The whole of it, where it holds no other note. */
static xmlNode *whole_note(const struct markup_notes *notes, xmlNode *block, const char *own)
{
    xmlNode *above = block->parent;
    const char *id = above ? xml_attribute(above, "id") : NULL;
    bool wraps = xml_is(above, "li") || (xml_is(above, "div") && id && *id && g_ascii_isdigit(id[strlen(id) - 1]));
    for (const xmlNode *before = block->prev; before && wraps; before = before->prev)
        wraps = before->type != XML_ELEMENT_NODE;
    for (xmlNode *node = above; node && wraps; node = xml_next(node, above, true)) {
        const char *other = xml_attribute(node, "id"), *name = xml_is(node, "a") ? xml_attribute(node, "name") : NULL;
        wraps = !(is_called(notes, other) && strcmp(other, own) != 0) && !(is_called(notes, name) && strcmp(name, own) != 0);
    }
    return wraps ? above : block;
}

/* The element carries an id: is it one that was called before? */
static void note_id(struct markup_notes *notes, GHashTable *seen, xmlNode *node, const char *id)
{
    if (!id || !*id)
        return;
    const char *label = g_hash_table_lookup(notes->labels, id);
    xmlNode *block = label ? whole_note(notes, block_of(node), id) : NULL;
    if (block && !g_hash_table_contains(notes->targets, block)) {
        g_hash_table_insert(notes->targets, block, g_strdup(label));
        g_hash_table_insert(notes->ids, block, (gpointer)id);
    }
    g_hash_table_add(seen, (gpointer)id);
}

/* A note stands behind its call, so a link to what was seen already leads back. */
void markup_notes_find(xmlNode *root, GHashTable *called, struct markup_notes *ret)
{
    *ret = (struct markup_notes){root, g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free), g_hash_table_new_full(NULL, NULL, NULL, g_free), g_hash_table_new(NULL, NULL)};
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
        const char *id = markup_place(node);
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
    g_hash_table_unref(notes->ids);
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
    const char *id = markup_place(link);
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
