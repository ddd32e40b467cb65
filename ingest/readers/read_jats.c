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
    {"fn", "annotation"},         {"element-citation", "p"}, {"mixed-citation", "p"}, {"citation", "p"}, {"fn-group", "div"},    {"table-wrap-foot", "div"}, {"msup", "msup"}, {"msubsup", "msubsup"}, {"mfrac", "mfrac"},  {"ref", "annotation"},            {"break", "br"},        {"a", "a"},               {"h2", "h2"},            {"h3", "h3"},                {"h4", "h4"},           {"h5", "h5"},
    {"h6", "h6"},         {"abstract", "abstract"}, {"trans-abstract", "abstract"}, {"label", NULL},    {"graphic", NULL},      {"inline-graphic", NULL}, {"media", NULL},         {"supplementary-material", NULL}, {"tex-math", NULL}, {"alternatives", "span"},
    {"kwd-group", NULL},  {"object-id", NULL},    {"permissions", NULL},      {"processing-meta", NULL}, {"colgroup", NULL},    {"col", NULL},            {"alt-text", NULL},      {"long-desc", NULL},               {"person-group", "span"},
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

/* Without the marks in it: a note to a title is none of its words. */
static char *title_of(xmlNode *meta)
{
    xmlNode *group = xml_find(meta, "title-group"), *title = group ? xml_find(group, "article-title") : NULL, *next;
    for (xmlNode *node = title ? title->children : NULL; node; node = next) {
        next = xml_next(node, title, true);
        if (xml_is(node, "xref") || xml_is(node, "fn")) {
            next = xml_next(node, title, false);
            vocabulary_remove(node);
        }
    }
    g_autofree char *main = title ? xml_text(title) : NULL, *sub = xml_text_at(group, "subtitle");
    if (!main || !*main)
        return NULL;
    return sub ? g_strdup_printf("%s: %s", main, sub) : g_steal_pointer(&main);
}

static char *date_at(xmlNode *date)
{
    g_autofree char *year = xml_text_at(date, "year"), *month = xml_text_at(date, "month"), *day = xml_text_at(date, "day");
    unsigned numbers[2] = {month ? (unsigned)g_ascii_strtoull(month, NULL, 10) : 0, day ? (unsigned)g_ascii_strtoull(day, NULL, 10) : 0};
    if (!year || strlen(year) != 4)
        return NULL;
    if (numbers[0] < 1 || numbers[0] > 12)
        return g_strdup(year);
    return numbers[1] < 1 || numbers[1] > 31 ? g_strdup_printf("%s-%02u", year, numbers[0]) : g_strdup_printf("%s-%02u-%02u", year, numbers[0], numbers[1]);
}

/* Of an article's dates of publication (on paper, on the web, of the volume) the one that says most; of those the first. */
static char *date_of(xmlNode *meta)
{
    char *best = NULL;
    for (xmlNode *node = meta->children; node; node = node->next) {
        char *date = xml_is(node, "pub-date") ? date_at(node) : NULL;
        if (date && (!best || strlen(date) > strlen(best) || (strlen(date) == strlen(best) && strcmp(date, best) < 0))) {
            g_free(best);
            best = date;
        } else {
            g_free(date);
        }
    }
    return best;
}

static char *authors_in(xmlNode *meta)
{
    GString *authors = g_string_new(NULL);
    for (xmlNode *node = meta; node; node = xml_next(node, meta, true)) {
        const char *kind = xml_is(node, "contrib") ? xml_attribute(node, "contrib-type") : NULL;
        if (!xml_is(node, "contrib") || (kind && strcmp(kind, "author") != 0))
            continue;
        g_autofree char *family = xml_text_at(node, "surname"), *given = xml_text_at(node, "given-names"), *group = xml_text_at(node, "collab");
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
    metadata->title = title_of(meta);
    metadata->authors = authors_in(meta);
    metadata->date = date_of(meta);
    g_autofree char *journal = xml_text_at(front, "journal-title");
    metadata->publisher = journal ? g_steal_pointer(&journal) : xml_text_at(front, "publisher-name");
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
    if (label && title->children)
        vocabulary_begin(title, label);
    vocabulary_rename(title, xml_is(title->parent, "caption") ? "p" : name);
}

static bool is_call(const xmlNode *node)
{
    const char *kind = xml_is(node, "xref") ? xml_attribute(node, "ref-type") : NULL;
    return kind && xml_attribute(node, "rid") && (strcmp(kind, "fn") == 0 || strcmp(kind, "bibr") == 0 || strcmp(kind, "table-fn") == 0);
}

/* A call whose text is a number: "12". */
static bool is_numbered(const xmlNode *node)
{
    g_autofree char *text = is_call(node) ? xml_text(node) : NULL;
    return text && *text && strspn(text, "0123456789") == strlen(text);
}

static bool is_separator(const xmlNode *node)
{
    const char *text = node->type == XML_TEXT_NODE ? (const char *)node->content : "a";
    while (*text && (strchr(",;- \t\r\n", *text) || strncmp(text, "–", 3) == 0))
        text += *text == "–"[0] ? 3 : 1;
    return *text == '\0';
}

/* "[<xref>1</xref>,<xref>3</xref>]": what stands around and between numbers that become marks goes with them. */
static void take_brackets(struct xml_tree *tree, xmlNode *first)
{
    xmlNode *before = first->prev, *last = first, *next;
    size_t len = before && before->type == XML_TEXT_NODE ? strlen((const char *)before->content) : 0;
    char open = len > 0 ? (char)before->content[len - 1] : '\0';
    if ((open != '[' && open != '(') || !is_numbered(first))
        return;
    while (last->next && (is_numbered(last->next) || (is_separator(last->next) && last->next->next && is_numbered(last->next->next))))
        last = last->next;
    xmlNode *behind = last->next;
    if (!behind || behind->type != XML_TEXT_NODE || behind->content[0] != (open == '[' ? ']' : ')'))
        return;
    xml_trim(tree, before, 0, len > 1 && before->content[len - 2] == ' ' ? 2 : 1);
    xml_trim(tree, behind, 1, 0);
    for (xmlNode *node = first; node != behind; node = next) {
        next = node->next;
        if (is_separator(node))
            vocabulary_remove(node);
    }
}

/* A call of a note or a reference becomes a link to it; other links stay text. */
static void place_call(struct xml_tree *tree, xmlNode *call)
{
    const char *target = xml_attribute(call, "rid");
    if (!is_call(call))
        return;
    take_brackets(tree, call);
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
    if (first && first->children)
        vocabulary_begin(first, label);
}

/* The parts of a structured reference stand beside one another without anything between. */
static void part_reference(xmlNode *reference)
{
    for (xmlNode *node = reference->children; node; node = xml_next(node, reference, true))
        if (node->type == XML_ELEMENT_NODE && !xml_is(node, "span") && node->next && node->next->type == XML_ELEMENT_NODE && !xml_is(node->next, "span"))
            xmlAddNextSibling(node, vocabulary_text(" "));
}

/* Notes may stand in the paragraph itself: "851<fn><p>Survey.</p></fn> cases". */
static void lift_notes(xmlNode *article)
{
    static const char *const paragraphs[] = {"p", "title"};
    g_autoptr(GHashTable) called = g_hash_table_new(g_str_hash, g_str_equal);
    for (xmlNode *node = article; node; node = xml_next(node, article, true))
        if (is_call(node))
            g_hash_table_add(called, (gpointer)xml_attribute(node, "rid"));
    vocabulary_lift_notes(article, "fn", paragraphs, called);
}

static void prepare(struct xml_tree *tree, xmlNode *article)
{
    lift_notes(article);
    for (xmlNode *node = article; node; node = xml_next(node, article, true)) {
        if (xml_is(node, "label"))
            place_label(node);
        else if (xml_is(node, "title"))
            place_title(node);
        else if (xml_is(node, "xref"))
            place_call(tree, node);
        else if (xml_is(node, "p") && xml_is(node->parent, "table-wrap-foot")) /* "Source: …" */
            vocabulary_rename(node, "fn");
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
    prepare(tree, article);
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
