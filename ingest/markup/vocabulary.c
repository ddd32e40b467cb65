/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/markup/vocabulary.h"

#include "ingest/markup/article.h"

void vocabulary_rename(xmlNode *node, const char *as)
{
    xmlNodeSetName(node, (const xmlChar *)as);
}

void vocabulary_remove(xmlNode *node)
{
    xmlUnlinkNode(node);
    xmlFreeNode(node);
}

xmlNode *vocabulary_text(const char *text)
{
    xmlNode *span = xmlNewNode(NULL, (const xmlChar *)"span");
    xmlAddChild(span, xmlNewText((const xmlChar *)text));
    return span;
}

void vocabulary_begin(xmlNode *block, xmlNode *label)
{
    xmlNode *span = xmlNewNode(NULL, (const xmlChar *)"span"), *first = block->children;
    while (label->children) {
        xmlNode *child = label->children;
        xmlUnlinkNode(child);
        xmlAddChild(span, child);
    }
    xmlAddPrevSibling(first, span);
    xmlAddPrevSibling(first, vocabulary_text(" "));
}

void vocabulary_set(xmlNode *node, const char *attribute, const char *value)
{
    xmlNewProp(node, (const xmlChar *)attribute, (const xmlChar *)value);
}

/* Leaves a link in a note's place, and puts the note behind the paragraph and what was lifted out of it before. */
static void lift(xmlNode *note, xmlNode *paragraph, unsigned number, bool called)
{
    xmlNode *label = xml_child(note, "label"), *after = paragraph;
    g_autofree char *text = label ? xml_text(label) : g_strdup_printf("%u", number), *id = g_strdup_printf("lifted-note-%u", number), *href = g_strconcat("#", id, NULL);
    if (!called) {
        xmlNode *call = xmlNewNode(NULL, (const xmlChar *)"a");
        vocabulary_set(call, "href", href);
        vocabulary_set(call, "role", "doc-noteref");
        xmlAddChild(call, xmlNewText((const xmlChar *)text));
        xmlAddPrevSibling(note, call);
        xmlUnsetProp(note, (const xmlChar *)"id");
        vocabulary_set(note, "id", id);
    }
    while (after->next && xml_attribute(after->next, "lifted"))
        after = after->next;
    xmlUnlinkNode(note);
    vocabulary_set(note, "lifted", "1");
    xmlAddNextSibling(after, note);
}

void vocabulary_lift_notes(xmlNode *root, const char *name, const char *const paragraphs[2], GHashTable *called)
{
    g_autoptr(GPtrArray) notes = g_ptr_array_new();
    for (xmlNode *node = root; node; node = xml_next(node, root, !xml_is(node, name)))
        if (xml_is(node, name))
            g_ptr_array_add(notes, node);
    for (guint i = 0; i < notes->len; i++) {
        xmlNode *note = g_ptr_array_index(notes, i), *above = note->parent;
        while (above && above != root && !xml_is(above, paragraphs[0]) && !xml_is(above, paragraphs[1]))
            above = above->parent;
        const char *id = xml_attribute(note, "id");
        if (above && above != root)
            lift(note, above, i + 1, id && called && g_hash_table_contains(called, id));
    }
}

static bool is_line(const xmlNode *node)
{
    static const char *const lines[] = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "span", "i", "b", "a", "sup", "sub", "mfrac", "msup", "msubsup"};
    for (size_t i = 0; i < G_N_ELEMENTS(lines); i++)
        if (xml_is(node, lines[i]))
            return true;
    return false;
}

void vocabulary_apply(xmlNode *root, const struct vocabulary_word *words, size_t count)
{
    xmlNode *next;
    for (xmlNode *node = root->children; node; node = next) {
        next = node->next;
        if (node->type != XML_ELEMENT_NODE)
            continue;
        const char *as = is_line(root) ? "span" : "div";
        for (size_t i = 0; i < count; i++)
            if (xml_is(node, words[i].name)) {
                as = words[i].as;
                break;
            }
        if (!as) {
            vocabulary_remove(node);
            continue;
        }
        vocabulary_rename(node, as);
        vocabulary_apply(node, words, count);
    }
}
