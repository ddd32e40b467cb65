/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "ingest/charset.h"
#include "ingest/note_link.h"
#include "ingest/markup/page.h"
#include "ingest/facts/properties.h"
#include "ingest/reader.h"
#include "ingest/markup/vocabulary.h"

/* XML of a vocabulary that no other reader knows: its text, by what elements are usually called (DocBook, TEI, FictionBook, DITA). */

static const struct vocabulary_word words[] = {
    {"p", "p"},           {"para", "p"},        {"simpara", "p"},       {"v", "p"},             {"l", "p"},             {"title", "h2"},      {"head", "h2"},      {"heading", "h2"},   {"bridgehead", "h3"}, {"subtitle", "h3"}, {"section", "section"}, {"chapter", "section"},
    {"body", "div"},      {"list", "ul"},       {"itemizedlist", "ul"}, {"orderedlist", "ul"},  {"ul", "ul"},           {"ol", "ul"},         {"listitem", "li"},  {"item", "li"},      {"li", "li"},         {"table", "table"}, {"informaltable", "table"}, {"tgroup", "tbody"},
    {"thead", "thead"},   {"tbody", "tbody"},   {"tr", "tr"},           {"row", "tr"},          {"th", "th"},           {"td", "td"},         {"entry", "td"},     {"cell", "td"},      {"caption", "figcaption"}, {"figcaption", "figcaption"}, {"sup", "sup"}, {"superscript", "sup"},
    {"abstract", "abstract"}, {"cite", "blockquote"}, {"quote", "q"},   {"lb", "br"},           {"br", "br"},           {"emphasis", "i"},    {"em", "i"},         {"hi", "i"},         {"strong", "b"},      {"a", "a"},         {"script", NULL},       {"style", NULL},
    {"footnote", "annotation"}, {"note", "annotation"},
    {"textobject", NULL},  {"binary", NULL},     {"meta", NULL},       {"metadata", NULL},     {"teiHeader", NULL},    {"description", NULL},  {"colspec", NULL},    {"imagedata", NULL}, {"defs", NULL},
};

static int probe_xml(struct slice head, const char *path)
{
    (void)path;
    struct slice trimmed = slice_trim(head);
    if (slice_starts(trimmed, "\xef\xbb\xbf"))
        trimmed = slice_sub(trimmed, 3, trimmed.len);
    if (!slice_starts(trimmed, "<?xml") || xml_root(head).len == 0)
        return 0;
    bool docbook = g_strstr_len(head.ptr, (gssize)head.len, "docbook") || g_strstr_len(head.ptr, (gssize)head.len, "<para>"); /* its <article> is not HTML's */
    return docbook && !g_strstr_len(head.ptr, (gssize)head.len, "<html") ? 92 : 45;
}

static bool read_decoded(const struct source *source, const struct encoding *encoding, GPtrArray *documents, GError **error)
{
    struct xml_tree *tree;
    if (!xml_parse(source->path, encoding->text, XML_LOOSE, &tree, error))
        return false;
    struct document *doc = document_new(source->path);
    struct origin origin = origin_of(encoding);
    xmlNode *root = xmlDocGetRootElement(tree->doc), *title = xml_find(root, "title");
    doc->metadata.title = title ? xml_text(title) : NULL;
    static const char *const paragraphs[] = {"p", "para"};
    vocabulary_lift_notes(root, "footnote", paragraphs, NULL); /* DocBook */
    vocabulary_lift_notes(root, "note", paragraphs, NULL);     /* TEI */
    vocabulary_apply(root, words, G_N_ELEMENTS(words));
    page_append_elements(doc, tree, root, NULL, &origin);
    notes_link(doc);
    properties_finish(doc);
    if (doc->passages->len == 0)
        document_warn(doc, "no-text", NONE, "the file holds no text");
    if (tree->damaged)
        document_warn(doc, "damaged-xml", NONE, "the file is not well-formed XML; text behind the damage may be missing");
    encoding_warn(encoding, doc);
    xml_tree_free(tree);
    g_ptr_array_add(documents, doc);
    return true;
}

static bool read_any(const struct source *source, GPtrArray *documents, GError **error)
{
    return charset_read(source, read_decoded, documents, error);
}

const struct reader read_xml = {"xml", probe_xml, read_any};
