/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "ingest/charset.h"
#include "ingest/facts/date.h"
#include "ingest/note_link.h"
#include "ingest/markup/page.h"
#include "ingest/facts/page_facts.h"
#include "ingest/reader.h"

/* RSS 2.0 (and 0.9x), RSS 1.0 in RDF, Atom: the same few things under other names. Local names; the first that is there counts. */
static const char *const body_names[] = {"encoded", "content", "description", "summary", "subtitle"};
static const char *const date_names[] = {"pubDate", "published", "date", "issued", "updated", "modified", "created"};
static const char *const author_names[] = {"creator", "author"};
static const char *const key_names[] = {"guid", "id"};
static const char *const roots[] = {"rss", "RDF", "feed"};

static int probe_news(struct slice head, const char *path)
{
    (void)path;
    static const char *const names[] = {"rss", "rdf:RDF", "RDF", "feed", "atom:feed", "a:feed"};
    struct slice root = xml_root(head);
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (slice_is(root, names[i]))
            return 95;
    return 0;
}

static xmlNode *first_of(const xmlNode *node, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        xmlNode *child = xml_child(node, names[i]);
        if (child)
            return child;
    }
    return NULL;
}
#define FIRST_OF(node, names) first_of((node), (names), G_N_ELEMENTS(names))

static char *child_text(const xmlNode *node, const char *name)
{
    xmlNode *child = xml_child(node, name);
    char *text = child ? xml_text(child) : NULL;
    if (text && !*text)
        g_clear_pointer(&text, g_free);
    return text;
}

/* A title may be escaped HTML itself: "Rains &amp;amp; floods". */
static char *plain(char *text)
{
    if (!text || !strpbrk(text, "<&"))
        return text;
    struct xml_tree *tree;
    if (!xml_parse("", slice_of(text), XML_HTML, &tree, NULL))
        return text;
    g_free(text);
    text = xml_text(xmlDocGetRootElement(tree->doc));
    xml_tree_free(tree);
    return text;
}

/* <link>address</link> (RSS), <link rel="alternate" href="address"/> (Atom). */
static char *link_of(const xmlNode *item)
{
    char *found = NULL;
    for (xmlNode *child = item->children; child && !found; child = child->next) {
        if (!xml_is(child, "link"))
            continue;
        const char *href = xml_attribute(child, "href"), *rel = xml_attribute(child, "rel");
        if (href && (!rel || strcmp(rel, "alternate") == 0))
            found = g_strdup(href);
        else if (!href)
            found = xml_text(child);
        if (found && !*found)
            g_clear_pointer(&found, g_free);
    }
    return found;
}

/* The name that an author element holds; NULL: an address alone. */
static char *name_in(const xmlNode *author)
{
    g_autofree char *name = child_text(author, "name");
    g_autofree char *text = name ? g_strdup(name) : xml_text(author);
    char *open = strchr(text, '('), *close = open ? strchr(open, ')') : NULL; /* "mail@example.org (Jane Doe)" */
    if (strchr(text, '@') && open && close) {
        *close = '\0';
        return g_strdup(open + 1);
    }
    return strchr(text, '@') ? NULL : g_strdup(text);
}

/* All of one kind: Atom names each author in an element of its own. */
static char *author_of(const xmlNode *item)
{
    const xmlNode *first = FIRST_OF(item, author_names);
    g_autofree char *name = first ? name_in(first) : NULL;
    char *authors = name ? authors_of(name) : NULL;
    for (const xmlNode *node = first ? first->next : NULL; node; node = node->next) {
        g_autofree char *another = xml_is(node, (const char *)first->name) ? name_in(node) : NULL;
        if (another && *another)
            authors_add(&authors, another);
    }
    return authors;
}

/* A feed, and the item of it that is being read. */
struct feed {
    const struct source *source;
    const struct xml_tree *tree;
    const struct encoding *encoding;
    char *publisher, *language, *authors; /* of all its items; authors: Atom's, where an entry names none */
};

/* The escaped HTML of an element's text nodes, and where each byte of it stood in the file. */
static GString *fragment_of(const struct feed *feed, const xmlNode *body, GArray *shifts)
{
    GString *fragment = g_string_new(NULL);
    for (const xmlNode *child = body->children; child; child = child->next) {
        if (!child->content || (child->type != XML_TEXT_NODE && child->type != XML_CDATA_SECTION_NODE))
            continue;
        guint count;
        const struct xml_run *runs = xml_runs(feed->tree, child, &count);
        for (guint i = 0; i < count; i++)
            origin_add(shifts, (uint32_t)fragment->len + runs[i].offset, runs[i].source, runs[i].len, feed->encoding);
        if (count == 0)
            origin_add(shifts, (uint32_t)fragment->len, NONE, 0, feed->encoding);
        g_string_append(fragment, (const char *)child->content);
    }
    return fragment;
}

/* The item's text: escaped HTML, or (Atom type="xhtml") elements of the feed itself. */
static void read_body(const struct feed *feed, struct document *doc, xmlNode *body)
{
    bool elements = false;
    for (const xmlNode *child = body->children; child; child = child->next)
        elements |= child->type == XML_ELEMENT_NODE;
    if (elements) {
        struct origin origin = origin_of(feed->encoding);
        page_append_elements(doc, feed->tree, body, NULL, &origin);
        notes_link(doc);
        return;
    }
    g_autoptr(GArray) shifts = g_array_new(FALSE, FALSE, sizeof(struct shift));
    g_autoptr(GString) fragment = fragment_of(feed, body, shifts);
    struct origin origin = {.shifts = shifts};
    if (fragment->len > 0)
        page_append(doc, feed->source->path, slice_make(fragment->str, fragment->len), &origin, NULL);
}

/* The fullest of the elements that can hold the text: many feeds give a teaser and the whole. */
static xmlNode *body_of(const xmlNode *item)
{
    xmlNode *best = NULL;
    size_t most = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(body_names); i++)
        for (xmlNode *child = item->children; child; child = child->next) {
            if (!xml_is(child, body_names[i]))
                continue;
            g_autofree char *text = xml_text(child);
            if (strlen(text) > most) {
                most = strlen(text);
                best = child;
            }
        }
    return best;
}

static void identify(struct document *doc, const xmlNode *item)
{
    xmlNode *key = FIRST_OF(item, key_names);
    g_autofree char *text = key ? xml_text(key) : NULL;
    const char *about = xml_attribute(item, "about");
    page_identify(doc, text && *text ? text : about ? about : doc->metadata.url ? doc->metadata.url : doc->metadata.title);
}

/* An item without text: its headline is all there is to quote. */
static void read_headline(const struct feed *feed, struct document *doc, const xmlNode *item)
{
    xmlNode *title = xml_child(item, "title");
    if (title)
        read_body(feed, doc, title);
    for (guint i = 0; i < doc->passages->len; i++) {
        DOCUMENT_AT(doc->passages, struct passage, i).zone = ZONE_HEADING;
        DOCUMENT_AT(doc->passages, struct passage, i).level = 1;
    }
    document_warn(doc, "no-text", NONE, title ? "the item has a headline, but no text" : "the item has neither headline nor text");
}

static void read_item(const struct feed *feed, xmlNode *item, GPtrArray *documents)
{
    struct document *doc = document_new(feed->source->path);
    struct metadata *metadata = &doc->metadata;
    metadata->title = plain(child_text(item, "title"));
    metadata->url = link_of(item);
    metadata->authors = author_of(item);
    if (!metadata->authors)
        metadata->authors = g_strdup(feed->authors);
    metadata->publisher = g_strdup(feed->publisher);
    metadata->language = g_strdup(feed->language);
    xmlNode *date = FIRST_OF(item, date_names), *body = body_of(item);
    if (date) {
        g_autofree char *text = xml_text(date);
        metadata->date = date_edtf(text);
    }
    if (body)
        read_body(feed, doc, body);
    if (doc->passages->len == 0)
        read_headline(feed, doc, item);
    if (feed->tree->damaged)
        document_warn(doc, "damaged-xml", NONE, "the feed is not well-formed XML; items behind the damage may be missing");
    identify(doc, item);
    g_ptr_array_add(documents, doc);
}

static void read_items(struct feed *feed, xmlNode *root, GPtrArray *documents)
{
    xmlNode *channel = xml_child(root, "channel");
    feed->publisher = plain(child_text(channel ? channel : root, "title"));
    g_autofree char *language = child_text(channel ? channel : root, "language");
    feed->language = language_of(language ? language : xml_attribute(root, "lang"));
    feed->authors = channel ? NULL : author_of(root);
    for (xmlNode *node = root; node;) {
        bool item = xml_is(node, "item") || xml_is(node, "entry");
        if (item)
            read_item(feed, node, documents);
        node = xml_next(node, root, !item);
    }
    g_free(feed->publisher);
    g_free(feed->language);
    g_free(feed->authors);
}

static bool read_decoded(const struct source *source, const struct encoding *encoding, GPtrArray *documents, GError **error)
{
    struct xml_tree *tree;
    if (!xml_parse(source->path, encoding->text, XML_LOOSE, &tree, error))
        return false;
    xmlNode *root = xmlDocGetRootElement(tree->doc);
    bool known = false;
    for (size_t i = 0; i < G_N_ELEMENTS(roots); i++)
        known |= xml_is(root, roots[i]);
    guint before = documents->len;
    struct feed feed = {.source = source, .tree = tree, .encoding = encoding};
    if (known)
        read_items(&feed, root, documents);
    xml_tree_free(tree);
    for (guint i = before; i < documents->len; i++)
        encoding_warn(encoding, g_ptr_array_index(documents, i));
    if (documents->len == before)
        citable_error_at(error, CITABLE_ERROR_EMPTY, source->path, 0, "is a news feed without items");
    return documents->len > before;
}

static bool read_feed(const struct source *source, GPtrArray *documents, GError **error)
{
    return charset_read(source, read_decoded, documents, error);
}

const struct reader read_news = {"news", probe_news, read_feed};
