/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "ingest/charset.h"
#include "ingest/facts/date.h"
#include "ingest/note_link.h"
#include "ingest/markup/page.h"
#include "ingest/facts/page_facts.h"
#include "ingest/reader.h"
#include "ingest/markup/vocabulary.h"

/*  What news agencies send: NITF (one story), NewsML-G2 (items that hold XHTML, NITF or plain text), NewsML 1.
 *
 *    <newsItem guid="…"><contentMeta><headline>…  <contentSet><inlineXML><nitf><body><body.content><p>… */

/* NITF's elements as HTML's. XHTML's stay what they are. */
static const struct vocabulary_word words[] = {
    {"p", "p"},         {"body.content", "div"}, {"body.end", "div"},    {"block", "div"},      {"hl2", "h2"},          {"media", "figure"},     {"media-caption", "figcaption"}, {"media-reference", NULL}, {"media-metadata", NULL}, {"media-producer", NULL},
    {"media-object", NULL}, {"bq", "blockquote"}, {"blockquote", "blockquote"}, {"ul", "ul"},  {"ol", "ol"},           {"li", "li"},            {"dl", "dl"},           {"dt", "dt"},          {"dd", "dd"},           {"table", "table"},
    {"thead", "thead"}, {"tbody", "tbody"},      {"tfoot", "tfoot"},     {"tr", "tr"},          {"td", "td"},           {"th", "th"},            {"caption", "caption"}, {"br", "br"},          {"em", "em"},           {"strong", "b"},
    {"sup", "sup"},     {"sub", "sub"},          {"a", "a"},             {"q", "q"},            {"h1", "h1"},           {"h2", "h2"},            {"h3", "h3"},           {"h4", "h4"},          {"h5", "h5"},           {"h6", "h6"},
    {"pre", "pre"},     {"i", "i"},              {"b", "b"},             {"img", NULL},         {"note", "div"},        {"tagline", NULL},       {"bibliography", "div"}, {"script", NULL},     {"style", NULL},        {"figure", "figure"},
    {"figcaption", "figcaption"}, {"section", "section"}, {"article", "div"}, {"nitf-col", NULL}, {"col", NULL},      {"colgroup", NULL},      {"nitf-table-metadata", NULL}, {"nitf-table", "div"},
    {"frac", "mfrac"},  {"frac-num", "mn"},      {"frac-den", "mn"},      {"frac-sep", NULL},     {"fn", "annotation"},
};

struct news {
    const struct source *source;
    const struct xml_tree *tree;
    const struct encoding *encoding;
};

static int probe_newsml(struct slice head, const char *path)
{
    (void)path;
    static const char *const names[] = {"nitf", "newsItem", "newsMessage", "NewsML", "g2:newsItem", "g2:newsMessage"};
    struct slice root = xml_root(head);
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (slice_is(root, names[i]))
            return 95;
    return 0;
}

/* Takes the value where the field has none yet. */
static void set(char **field, char *value)
{
    if (*field)
        g_free(value);
    else
        *field = value;
}

static void set_date(struct metadata *metadata, const char *text)
{
    if (text && !metadata->date)
        metadata->date = date_edtf(text);
}

static void set_authors(struct metadata *metadata, char *byline)
{
    if (byline && !metadata->authors)
        metadata->authors = authors_of(byline);
    g_free(byline);
}

/* Metadata of a NITF story, which stands in its head and in the head of its body. */
static void read_nitf_facts(struct metadata *metadata, xmlNode *nitf)
{
    xmlNode *head = xml_find(nitf, "body.head"), *issued = xml_find(nitf, "date.issue");
    set(&metadata->title, xml_text_at(head, "hl1"));
    set(&metadata->title, xml_text_at(nitf, "title"));
    xmlNode *byline = head ? xml_find(head, "byline") : NULL, *title = byline ? xml_find(byline, "byttl") : NULL;
    if (title) /* "Staff Writer" */
        vocabulary_remove(title);
    set_authors(metadata, byline ? xml_text(byline) : NULL);
    set(&metadata->publisher, g_strdup(xml_attribute(xml_find(nitf, "pubdata"), "name"))); /* the paper, then who sent it */
    set(&metadata->publisher, xml_text_at(head, "distributor"));
    set(&metadata->publisher, g_strdup(xml_attribute(xml_find(nitf, "doc.copyright"), "holder")));
    set_date(metadata, xml_attribute(issued, "norm"));
    set_date(metadata, xml_attribute(xml_find(nitf, "story.date"), "norm"));
    set_date(metadata, xml_attribute(xml_find(nitf, "pubdata"), "date.publication"));
}

/* Metadata of a NewsML item. */
static void read_item_facts(struct metadata *metadata, xmlNode *item)
{
    static const char *const titles[] = {"headline", "HeadLine", "NewsLineText"}, *const dates[] = {"contentCreated", "firstCreated", "FirstCreated", "versionCreated", "DateId"};
    for (size_t i = 0; i < G_N_ELEMENTS(titles); i++)
        set(&metadata->title, xml_text_at(item, titles[i]));
    for (size_t i = 0; i < G_N_ELEMENTS(dates); i++) {
        g_autofree char *date = xml_text_at(item, dates[i]);
        set_date(metadata, date);
    }
    set_authors(metadata, xml_text_at(item, "by"));
    set_authors(metadata, xml_text_at(item, "ByLine"));
    xmlNode *provider = xml_find(item, "provider"), *language = xml_find(item, "language");
    set(&metadata->publisher, provider ? xml_text_at(provider, "name") : NULL);
    set(&metadata->publisher, g_strdup(provider ? xml_attribute(provider, "literal") : NULL));
    set(&metadata->language, language_of(xml_attribute(language, "tag")));
    set(&metadata->language, language_of(xml_attribute(item, "lang")));
}

/* The element that holds the story: NITF's or XHTML's body, or plain text. A note to editors in the head of a NITF story has a body.content of its own. */
static xmlNode *story_of(xmlNode *item)
{
    xmlNode *nitf = xml_find(item, "nitf"), *body = nitf ? xml_child(nitf, "body") : NULL, *content = body ? xml_child(body, "body.content") : NULL;
    if (content)
        return content;
    static const char *const names[] = {"body.content", "body", "inlineXML", "inlineData", "DataContent"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        xmlNode *found = xml_find(item, names[i]);
        if (found)
            return found;
    }
    return NULL;
}


/* Reads an element as if it were called `as` (NULL: as it is). */
static void append(const struct news *news, struct document *doc, xmlNode *node, const char *as)
{
    struct origin origin = origin_of(news->encoding);
    if (!node)
        return;
    vocabulary_apply(node, words, G_N_ELEMENTS(words));
    if (as)
        vocabulary_rename(node, as);
    page_append_elements(doc, news->tree, node, NULL, &origin);
}

/* What stands around a NITF story: its second headline and its summary before it, what its end and its editors say behind it. */
static void append_nitf(const struct news *news, struct document *doc, xmlNode *nitf, xmlNode *story)
{
    xmlNode *body = xml_child(nitf, "body"), *head = body ? xml_child(body, "body.head") : NULL, *headline = head ? xml_find(head, "hedline") : NULL;
    xmlNode *note = head ? xml_child(head, "note") : NULL, *summary = head ? xml_find(head, "abstract") : NULL;
    append(news, doc, headline ? xml_child(headline, "hl2") : NULL, "abstract");
    append(news, doc, summary, NULL);
    append(news, doc, story, NULL);
    append(news, doc, body ? xml_child(body, "body.end") : NULL, NULL);
    append(news, doc, note, "annotation");
}

/* What an item of NewsML-G2 says besides its content: a summary, or the words under a picture. */
static void append_descriptions(const struct news *news, struct document *doc, xmlNode *item, bool behind)
{
    xmlNode *meta = xml_child(item, "contentMeta");
    for (xmlNode *child = meta ? meta->children : NULL; child; child = child->next) {
        const char *role = xml_is(child, "description") ? xml_attribute(child, "role") : NULL;
        bool caption = role && strstr(role, "caption");
        if (xml_is(child, "description") && caption == behind)
            append(news, doc, child, caption ? "figcaption" : "abstract");
    }
}

static void read_story(const struct news *news, xmlNode *item, GPtrArray *documents)
{
    struct document *doc = document_new(news->source->path);
    xmlNode *nitf = xml_find(item, "nitf"), *story = story_of(item);
    if (nitf)
        read_nitf_facts(&doc->metadata, nitf);
    read_item_facts(&doc->metadata, item);
    append_descriptions(news, doc, item, false);
    if (nitf)
        append_nitf(news, doc, nitf, story);
    else
        append(news, doc, story, story && (xml_is(story, "inlineData") || xml_is(story, "DataContent")) ? "pre" : NULL);
    append_descriptions(news, doc, item, true);
    notes_link(doc);
    if (doc->passages->len == 0)
        document_warn(doc, "no-text", NONE, "the item holds no text");
    if (news->tree->damaged)
        document_warn(doc, "damaged-xml", NONE, "the file is not well-formed XML; text behind the damage may be missing");
    encoding_warn(news->encoding, doc);
    g_ptr_array_add(documents, doc);
}

/* One story is the file; several are members of it, each by its key. */
static void read_stories(const struct news *news, xmlNode *root, GPtrArray *documents)
{
    guint before = documents->len;
    g_autoptr(GPtrArray) items = g_ptr_array_new();
    for (xmlNode *node = root; node;) {
        bool item = xml_is(node, "newsItem") || xml_is(node, "NewsItem") || xml_is(node, "nitf");
        if (item)
            g_ptr_array_add(items, node);
        node = xml_next(node, root, !item);
    }
    for (guint i = 0; i < items->len; i++) {
        xmlNode *item = g_ptr_array_index(items, i);
        const char *guid = xml_attribute(item, "guid");
        g_autofree char *old = guid ? NULL : xml_text_at(item, "PublicIdentifier"), *key = g_strdup(guid ? guid : old), *number = g_strdup_printf("item %u", i + 1);
        read_story(news, item, documents);
        if (items->len > 1)
            page_identify(g_ptr_array_index(documents, before + i), key ? key : number);
    }
}

static bool read_decoded(const struct source *source, const struct encoding *encoding, GPtrArray *documents, GError **error)
{
    struct xml_tree *tree;
    if (!xml_parse(source->path, encoding->text, XML_LOOSE, &tree, error))
        return false;
    struct news news = {source, tree, encoding};
    guint before = documents->len;
    read_stories(&news, xmlDocGetRootElement(tree->doc), documents);
    xml_tree_free(tree);
    if (documents->len == before)
        citable_error_at(error, CITABLE_ERROR_EMPTY, source->path, 0, "holds no news item");
    return documents->len > before;
}

static bool read_news_items(const struct source *source, GPtrArray *documents, GError **error)
{
    return charset_read(source, read_decoded, documents, error);
}

const struct reader read_newsml = {"newsml", probe_newsml, read_news_items};
