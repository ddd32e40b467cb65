/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "ingest/charset.h"
#include "ingest/note_link.h"
#include "ingest/markup/page.h"
#include "ingest/facts/page_facts.h"
#include "ingest/reader.h"
#include "ingest/markup/vocabulary.h"

/*  JATS (and NLM): articles of journals, as archives hold them. References and footnotes are notes; what calls them by a number or a sign is a mark. */

static const struct vocabulary_word words[] = {
    {"p", "p"},           {"sec", "section"},     {"ack", "section"},         {"app", "section"},       {"notes", "section"},   {"bio", "section"},       {"glossary", "section"}, {"ref-list", "section"},     {"italic", "i"},        {"bold", "b"},
    {"sup", "sup"},       {"sub", "sub"},         {"list", "ul"},             {"list-item", "li"},      {"def-list", "ul"},     {"def-item", "li"},       {"disp-quote", "blockquote"}, {"boxed-text", "aside"}, {"fig", "figure"},      {"fig-group", "div"},
    {"table-wrap", "figure"}, {"table", "table"}, {"thead", "thead"},         {"tbody", "tbody"},       {"tfoot", "tfoot"},     {"tr", "tr"},             {"td", "td"},            {"th", "th"},                {"caption", "figcaption"}, {"attrib", "figcaption"},
    {"fn", "li"},         {"element-citation", "p"}, {"mixed-citation", "p"}, {"citation", "p"}, {"fn-group", "ol"},     {"table-wrap-foot", "ol"},  {"ref", "li"},            {"break", "br"},        {"a", "a"},               {"h2", "h2"},            {"h3", "h3"},                {"h4", "h4"},           {"h5", "h5"},
    {"h6", "h6"},         {"abstract", "abstract"}, {"trans-abstract", "abstract"}, {"label", NULL},    {"graphic", NULL},      {"inline-graphic", NULL}, {"media", NULL},         {"supplementary-material", NULL}, {"tex-math", NULL}, {"alternatives", "span"},
    {"kwd-group", NULL},  {"object-id", NULL},    {"permissions", NULL},      {"processing-meta", NULL}, {"colgroup", NULL},    {"col", NULL},            {"alt-text", NULL},      {"long-desc", NULL},         {"pub-id", NULL},       {"person-group", "span"},
};

static int probe_jats(struct slice head, const char *path)
{
    (void)path;
    static const char *const signs[] = {"<article-meta", "<journal-meta", "//NLM//DTD", "article-type="};
    if (!slice_is(xml_root(head), "article"))
        return 0;
    for (size_t i = 0; i < G_N_ELEMENTS(signs); i++)
        if (g_strstr_len(head.ptr, (gssize)head.len, signs[i]))
            return 95;
    return 0;
}

static char *text_at(xmlNode *root, const char *name)
{
    xmlNode *node = root ? xml_find(root, name) : NULL;
    char *text = node ? xml_text(node) : NULL;
    if (text && !*text)
        g_clear_pointer(&text, g_free);
    return text;
}

static char *date_of(xmlNode *meta)
{
    xmlNode *date = xml_find(meta, "pub-date");
    g_autofree char *year = text_at(date, "year"), *month = text_at(date, "month"), *day = text_at(date, "day");
    unsigned numbers[2] = {month ? (unsigned)g_ascii_strtoull(month, NULL, 10) : 0, day ? (unsigned)g_ascii_strtoull(day, NULL, 10) : 0};
    if (!year || strlen(year) != 4)
        return NULL;
    if (numbers[0] < 1 || numbers[0] > 12)
        return g_strdup(year);
    return numbers[1] < 1 || numbers[1] > 31 ? g_strdup_printf("%s-%02u", year, numbers[0]) : g_strdup_printf("%s-%02u-%02u", year, numbers[0], numbers[1]);
}

static char *authors_in(xmlNode *meta)
{
    GString *authors = g_string_new(NULL);
    for (xmlNode *node = meta; node; node = xml_next(node, meta, true)) {
        const char *kind = xml_is(node, "contrib") ? xml_attribute(node, "contrib-type") : NULL;
        if (!xml_is(node, "contrib") || (kind && strcmp(kind, "author") != 0))
            continue;
        g_autofree char *family = text_at(node, "surname"), *given = text_at(node, "given-names"), *group = text_at(node, "collab");
        if (!family && !group)
            continue;
        g_string_append_printf(authors, "%s%s%s%s", authors->len > 0 ? "; " : "", family ? family : group, family && given ? ", " : "", family && given ? given : "");
    }
    return g_string_free(authors, authors->len == 0);
}

static void read_meta(struct metadata *metadata, xmlNode *article)
{
    xmlNode *front = xml_child(article, "front"), *meta = front ? xml_find(front, "article-meta") : NULL;
    metadata->language = language_of(xml_attribute(article, "lang"));
    if (!meta)
        return;
    metadata->title = text_at(meta, "article-title");
    metadata->authors = authors_in(meta);
    metadata->date = date_of(meta);
    g_autofree char *journal = text_at(front, "journal-title");
    metadata->publisher = journal ? g_steal_pointer(&journal) : text_at(front, "publisher-name");
    for (xmlNode *node = meta; node; node = xml_next(node, meta, true)) {
        const char *kind = xml_is(node, "article-id") ? xml_attribute(node, "pub-id-type") : NULL;
        if (kind && strcmp(kind, "doi") == 0 && !metadata->url) {
            g_autofree char *doi = xml_text(node);
            metadata->url = g_strconcat("https://doi.org/", doi, NULL);
        }
    }
}

/* A section's title is a heading of its depth; a title in a caption is text. "2.1" before it belongs to it. */
static void place_title(xmlNode *title)
{
    char name[] = "h2";
    for (const xmlNode *above = title->parent ? title->parent->parent : NULL; above && name[1] < '6'; above = above->parent)
        name[1] = (char)(name[1] + xml_is(above, "sec"));
    xmlNode *label = xml_is(title->parent, "sec") ? xml_child(title->parent, "label") : NULL;
    if (label && title->children) {
        g_autofree char *number = xml_text(label), *before = g_strconcat(number, " ", NULL);
        xmlAddPrevSibling(title->children, vocabulary_text(before));
    }
    vocabulary_rename(title, xml_is(title->parent, "caption") ? "p" : name);
}

/* A call of a note or a reference becomes a link to it; other links stay text. */
static void place_call(xmlNode *call)
{
    const char *kind = xml_attribute(call, "ref-type"), *target = xml_attribute(call, "rid");
    if (!kind || !target || !(strcmp(kind, "fn") == 0 || strcmp(kind, "bibr") == 0 || strcmp(kind, "table-fn") == 0))
        return;
    g_autofree char *first = g_strndup(target, strcspn(target, " ")), *href = g_strconcat("#", first, NULL);
    vocabulary_rename(call, "a");
    vocabulary_set(call, "href", href);
    vocabulary_set(call, "role", "doc-noteref");
}

/* "Table 1" and the title of a table go into the table itself, where the walk looks for them; those of a picture become its caption. */
static void place_label(xmlNode *label)
{
    xmlNode *whole = label->parent, *table = xml_is(whole, "table-wrap") ? xml_find(whole, "table") : NULL, *caption = xml_child(whole, "caption");
    if (!table && !xml_is(whole, "fig"))
        return;
    if (!caption) {
        vocabulary_rename(label, "caption");
        return;
    }
    xmlNode *first = xml_find(caption, "title");
    first = first ? first : xml_find(caption, "p");
    g_autofree char *text = xml_text(label), *before = g_strconcat(text, " ", NULL);
    if (first && first->children)
        xmlAddPrevSibling(first->children, vocabulary_text(before));
}

/* The parts of a structured reference stand beside one another without anything between. */
static void part_reference(xmlNode *reference)
{
    for (xmlNode *node = reference->children; node; node = xml_next(node, reference, true))
        if (node->type == XML_ELEMENT_NODE && !xml_is(node, "span") && node->next && node->next->type == XML_ELEMENT_NODE && !xml_is(node->next, "span"))
            xmlAddNextSibling(node, vocabulary_text(" "));
}

static void prepare(xmlNode *article)
{
    for (xmlNode *node = article; node; node = xml_next(node, article, true)) {
        if (xml_is(node, "label"))
            place_label(node);
        else if (xml_is(node, "title"))
            place_title(node);
        else if (xml_is(node, "xref"))
            place_call(node);
        else if (xml_is(node, "element-citation") || xml_is(node, "name"))
            part_reference(node);
    }
    /* Of the front matter the abstracts are text. */
    xmlNode *front = xml_child(article, "front"), *meta = front ? xml_find(front, "article-meta") : NULL, *next;
    for (xmlNode *child = meta ? meta->children : NULL; child; child = next) {
        next = child->next;
        if (!xml_is(child, "abstract") && !xml_is(child, "trans-abstract"))
            vocabulary_remove(child);
    }
    xmlNode *journal = front ? xml_child(front, "journal-meta") : NULL;
    if (journal)
        vocabulary_remove(journal);
}

static bool read_decoded(const struct source *source, const struct encoding *encoding, GPtrArray *documents, GError **error)
{
    struct xml_tree *tree;
    if (!xml_parse(source->path, encoding->text, XML_LOOSE, &tree, error))
        return false;
    xmlNode *article = xml_find(xmlDocGetRootElement(tree->doc), "article");
    if (!article) {
        xml_tree_free(tree);
        citable_error_at(error, CITABLE_ERROR_EMPTY, source->path, 0, "holds no article");
        return false;
    }
    struct document *doc = document_new(source->path);
    struct origin origin = origin_of(encoding);
    read_meta(&doc->metadata, article);
    prepare(article);
    vocabulary_apply(article, words, G_N_ELEMENTS(words));
    page_append_elements(doc, tree, article, NULL, &origin);
    notes_link(doc);
    if (tree->damaged)
        document_warn(doc, "damaged-xml", NONE, "the article is not well-formed XML; text behind the damage may be missing");
    encoding_warn(encoding, doc);
    xml_tree_free(tree);
    g_ptr_array_add(documents, doc);
    return true;
}

static bool read_article(const struct source *source, GPtrArray *documents, GError **error)
{
    return charset_read(source, read_decoded, documents, error);
}

const struct reader read_jats = {"jats", probe_jats, read_article};
