/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "ingest/charset.h"
#include "ingest/note_link.h"
#include "ingest/typed_notes.h"
#include "ingest/package.h"
#include "ingest/markup/page.h"
#include "ingest/facts/properties.h"

/*  An e-book is a zip of pages and a package file that says in which order they are read (its spine).
 *
 *    META-INF/container.xml ─rootfile→ OPS/package.opf ─spine→ chapter1.xhtml, chapter2.xhtml, notes.xhtml */

struct chapter {
    char *name;             /* of the member */
    struct xml_tree *tree;
    GHashTable *called;     /* id in this chapter → label: notes that any chapter calls */
};

struct book {
    struct archive *archive;
    char *package;          /* name of the package file */
    struct xml_tree *opf;
    GArray *chapters;       /* struct chapter, in the spine's order */
    GHashTable *by_name;    /* name → index + 1 */
    unsigned missing;
};

static void chapter_clear(struct chapter *chapter)
{
    g_free(chapter->name);
    xml_tree_free(chapter->tree);
    g_hash_table_unref(chapter->called);
}

static bool probe(const struct archive *archive)
{
    return archive_find(archive, "META-INF/container.xml") >= 0;
}

static bool find_package(struct book *book, GError **error)
{
    struct xml_tree *container;
    if (!package_xml(book->archive, "META-INF/container.xml", &container, error))
        return false;
    const xmlNode *root = container ? xml_find(xmlDocGetRootElement(container->doc), "rootfile") : NULL;
    book->package = g_strdup(xml_attribute(root, "full-path"));
    xml_tree_free(container);
    if (!package_xml(book->archive, book->package, &book->opf, error))
        return false;
    if (!book->opf) {
        g_autofree char *path = archive_path(book->archive, book->package ? book->package : "META-INF/container.xml");
        citable_error_at(error, CITABLE_ERROR_FORMAT, path, 0, "is missing: the e-book does not say where its chapters are");
    }
    return book->opf != NULL;
}

/* A chapter that cannot be read is missing; the others are read. */
static void add_chapter(struct book *book, const char *href)
{
    g_autofree char *name = archive_resolve(book->package, href);
    int member = name ? archive_find(book->archive, name) : -1;
    g_autoptr(GBytes) bytes = NULL;
    gsize size = 0;
    struct encoding encoding;
    if (name && g_hash_table_contains(book->by_name, name))
        return;
    if (member < 0 || !archive_read(book->archive, (unsigned)member, &bytes, NULL)) {
        book->missing++;
        return;
    }
    const char *data = g_bytes_get_data(bytes, &size);
    if (size == 0 || !charset_decode(name, slice_make(data, size), &encoding, NULL)) {
        book->missing++;
        return;
    }
    struct chapter chapter = {.name = g_steal_pointer(&name), .called = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free)};
    book->missing += !xml_parse(chapter.name, encoding.text, XML_HTML, &chapter.tree, NULL);
    g_array_append_val(book->chapters, chapter);
    g_hash_table_insert(book->by_name, chapter.name, GUINT_TO_POINTER(book->chapters->len));
    encoding_clear(&encoding);
}

/* A style sheet of a chapter; what cannot be read is no text that is missed. */
static void add_sheet(const struct book *book, const struct chapter *chapter, const xmlNode *link, struct page_style *style)
{
    const char *href = xml_attribute(link, "href");
    g_autofree char *name = href ? archive_resolve(chapter->name, href) : NULL;
    int member = name ? archive_find(book->archive, name) : -1;
    g_autoptr(GBytes) bytes = NULL;
    gsize size = 0;
    if (member < 0 || !archive_read(book->archive, (unsigned)member, &bytes, NULL))
        return;
    const char *sheet = g_bytes_get_data(bytes, &size);
    page_style_add(style, slice_make(sheet, size), xml_attribute(link, "media"));
}

/* The sheets that the chapter itself links, and its own. Returns how many places they hide. */
static unsigned apply_sheets(const struct book *book, const struct chapter *chapter)
{
    xmlNode *root = xmlDocGetRootElement(chapter->tree->doc);
    struct page_style *style = page_style_new();
    for (xmlNode *node = root; node; node = xml_next(node, root, true)) {
        const char *kind = xml_is(node, "link") ? xml_attribute(node, "rel") : NULL;
        if (kind && g_ascii_strcasecmp(kind, "stylesheet") == 0)
            add_sheet(book, chapter, node, style);
    }
    page_style_add_elements(style, root);
    unsigned hidden = page_style_apply(style, root);
    page_style_free(style);
    return hidden;
}

static void read_spine(struct book *book)
{
    xmlNode *root = xmlDocGetRootElement(book->opf->doc);
    g_autoptr(GHashTable) items = g_hash_table_new(g_str_hash, g_str_equal); /* id → <item> */
    for (xmlNode *node = root; node; node = xml_next(node, root, true)) {
        const char *id = xml_is(node, "item") ? xml_attribute(node, "id") : NULL;
        if (id)
            g_hash_table_insert(items, (gpointer)id, node);
    }
    for (xmlNode *node = root; node; node = xml_next(node, root, true)) {
        const char *id = xml_is(node, "itemref") ? xml_attribute(node, "idref") : NULL;
        const xmlNode *item = id ? g_hash_table_lookup(items, id) : NULL;
        const char *href = xml_attribute(item, "href"), *kind = xml_attribute(item, "media-type"), *properties = xml_attribute(item, "properties");
        bool contents = properties && strstr(properties, "nav");
        if (href && !contents && (!kind || strstr(kind, "html")))
            add_chapter(book, href);
    }
}

/* Notes may stand in a chapter of their own. A link to what was seen already leads back. */
static void read_calls(struct book *book, struct chapter *chapter, GHashTable *seen)
{
    xmlNode *root = xmlDocGetRootElement(chapter->tree->doc);
    for (xmlNode *node = root; node; node = xml_next(node, root, true)) {
        const char *id = xml_attribute(node, "id"), *href = xml_is(node, "a") ? xml_attribute(node, "href") : NULL, *place = href ? strchr(href, '#') : NULL;
        if (id)
            g_hash_table_add(seen, g_strconcat(chapter->name, "#", id, NULL));
        if (!place || place == href)
            continue;
        g_autofree char *name = archive_resolve(chapter->name, href), *key = name ? g_strconcat(name, place, NULL) : NULL, *label = markup_call_label(node);
        guint target = name ? GPOINTER_TO_UINT(g_hash_table_lookup(book->by_name, name)) : 0;
        if (label && target > 0 && !g_hash_table_contains(seen, key))
            g_hash_table_insert(g_array_index(book->chapters, struct chapter, target - 1).called, g_strdup(place + 1), g_steal_pointer(&label));
    }
}

static struct document *read_chapters(const struct source *source, struct book *book)
{
    struct document *doc = document_new(source->path);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    unsigned hidden = 0;
    for (guint i = 0; i < book->chapters->len; i++)
        if (g_array_index(book->chapters, struct chapter, i).tree)
            hidden += apply_sheets(book, &g_array_index(book->chapters, struct chapter, i));
    page_hidden(doc, hidden);
    for (guint i = 0; i < book->chapters->len; i++)
        if (g_array_index(book->chapters, struct chapter, i).tree)
            read_calls(book, &g_array_index(book->chapters, struct chapter, i), seen);
    struct origin lost = {.lost = true};
    for (guint i = 0; i < book->chapters->len; i++) {
        const struct chapter *chapter = &g_array_index(book->chapters, struct chapter, i);
        if (chapter->tree)
            page_append_elements(doc, chapter->tree, page_body(chapter->tree), chapter->called, &lost);
    }
    typed_notes_find(doc);
    notes_link(doc);
    if (book->missing > 0)
        document_warn(doc, "member-unread", NONE, "%u chapter%s of the e-book could not be read", book->missing, book->missing == 1 ? "" : "s");
    if (doc->passages->len == 0)
        document_warn(doc, "no-text", NONE, "the e-book holds no text");
    xmlNode *metadata = xml_find(xmlDocGetRootElement(book->opf->doc), "metadata");
    if (metadata)
        properties_read(metadata, &doc->metadata);
    properties_finish(doc);
    return doc;
}

static bool read_epub(const struct source *source, struct archive *archive, GPtrArray *documents, GError **error)
{
    struct book book = {.archive = archive, .chapters = g_array_new(FALSE, FALSE, sizeof(struct chapter)), .by_name = g_hash_table_new(g_str_hash, g_str_equal)};
    g_array_set_clear_func(book.chapters, (GDestroyNotify)chapter_clear);
    bool locked = archive_find(archive, "META-INF/rights.xml") >= 0;
    if (locked)
        citable_error_at(error, CITABLE_ERROR_ENCRYPTED, source->path, 0, "is an e-book that is locked to one reader (DRM)");
    bool ok = !locked && find_package(&book, error);
    if (ok) {
        read_spine(&book);
        if (book.chapters->len > 0)
            g_ptr_array_add(documents, read_chapters(source, &book));
        else
            citable_error_at(error, CITABLE_ERROR_EMPTY, source->path, 0, "is an e-book without chapters");
        ok = book.chapters->len > 0;
    }
    g_hash_table_unref(book.by_name);
    g_array_unref(book.chapters);
    xml_tree_free(book.opf);
    g_free(book.package);
    return ok;
}

const struct package package_epub = {"epub", probe, read_epub};
