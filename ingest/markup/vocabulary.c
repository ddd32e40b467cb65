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

void vocabulary_set(xmlNode *node, const char *attribute, const char *value)
{
    xmlNewProp(node, (const xmlChar *)attribute, (const xmlChar *)value);
}

static bool is_line(const xmlNode *node)
{
    static const char *const lines[] = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "span", "i", "b", "a", "sup", "sub"};
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
