/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/markup/page.h"

#include "ingest/note_link.h"
#include "ingest/typed_notes.h"
#include "ingest/facts/page_facts.h"
#include "ingest/facts/properties.h"

xmlNode *page_body(const struct xml_tree *tree)
{
    xmlNode *root = xmlDocGetRootElement(tree->doc), *body = xml_find(root, "body");
    return body ? body : root;
}

void page_hidden(struct document *doc, unsigned hidden)
{
    if (hidden > 0)
        document_warn(doc, "hidden-text", NONE, "text with numbers or inside sentences that the page hides from its readers is left out (%u place%s)", hidden, hidden == 1 ? "" : "s");
}

/* What the page's own sheets and `sheets` (or NULL) say of it. */
static void apply_style(struct document *doc, xmlNode *root, struct page_style *sheets)
{
    struct page_style *own = sheets ? NULL : page_style_new(), *style = sheets ? sheets : own;
    page_style_add_elements(style, root);
    page_hidden(doc, page_style_apply(style, root));
    page_style_free(own);
}

struct document *page_read(const char *path, struct slice text, const struct origin *origin, struct page_style *sheets, GError **error)
{
    struct xml_tree *tree;
    if (!xml_parse(path, text, XML_HTML, &tree, error))
        return NULL;
    struct document *doc = document_new(path);
    apply_style(doc, xmlDocGetRootElement(tree->doc), sheets);
    struct article article;
    struct page_facts facts;
    struct markup_notes notes;
    page_facts_read(tree, &facts);
    markup_notes_find(page_body(tree), NULL, &notes);
    article_find(page_body(tree), facts.metadata.title, facts.text, notes.targets, &article);
    markup_passages(doc, tree, &article, &notes, origin);
    typed_notes_find(doc);
    notes_link(doc);
    if (tree->too_deep)
        document_warn(doc, "too-deep", NONE, "elements are nested deeper than any page needs; their text was kept, their layout was not");
    if (doc->passages->len == 0)
        document_warn(doc, "no-text", NONE, "the page holds no text");
    doc->metadata = facts.metadata;
    facts.metadata = (struct metadata){0};
    properties_language(doc);
    page_facts_clear(&facts);
    markup_notes_clear(&notes);
    article_clear(&article);
    xml_tree_free(tree);
    return doc;
}

void page_append_elements(struct document *doc, const struct xml_tree *tree, xmlNode *root, GHashTable *called, const struct origin *origin)
{
    struct article article;
    struct markup_notes notes;
    markup_notes_find(root, called, &notes);
    article_whole(root, &article);
    markup_passages(doc, tree, &article, &notes, origin);
    markup_notes_clear(&notes);
    article_clear(&article);
}

bool page_append(struct document *doc, const char *path, struct slice text, const struct origin *origin, GError **error)
{
    struct xml_tree *tree;
    if (!xml_parse(path, text, XML_HTML, &tree, error))
        return false;
    apply_style(doc, xmlDocGetRootElement(tree->doc), NULL);
    page_append_elements(doc, tree, page_body(tree), NULL, origin);
    notes_link(doc);
    xml_tree_free(tree);
    return true;
}

char *page_paragraphs(const char *text)
{
    g_autofree char *escaped = g_markup_escape_text(text, -1);
    g_auto(GStrv) parts = g_regex_split_simple("\\r?\\n[ \\t]*\\r?\\n", escaped, 0, 0);
    g_autofree char *joined = g_strjoinv("</p><p>", parts);
    return g_strconcat("<p>", joined, "</p>", NULL);
}

void page_identify(struct document *doc, const char *key)
{
    doc->member = g_strdup(key ? key : "");
    g_autofree char *content = g_strconcat(doc->member, "\n", doc->text->str, NULL);
    doc->sha256 = g_compute_checksum_for_string(G_CHECKSUM_SHA256, content, -1);
}
