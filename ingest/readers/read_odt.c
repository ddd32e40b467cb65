/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "ingest/charset.h"
#include "ingest/facts/date.h"
#include "ingest/note_link.h"
#include "ingest/package.h"
#include "ingest/markup/page.h"
#include "ingest/facts/page_facts.h"
#include "ingest/facts/properties.h"
#include "ingest/markup/vocabulary.h"

/*  OpenDocument text is read as HTML: its elements are renamed and moved where a page has them, then the page's walk reads them.
 *
 *    <text:h text:outline-level="2">            <h2>
 *    <text:p>851<text:note>…1…Survey</text:note>    <p>851<a role="doc-noteref" href="#note1">1</a></p><div id="note1">Survey</div> */

enum { STYLE_CHAIN = 20, OBJECT_NODES = 100000 }; /* of formulas put in their places, all together */

struct style {
    const char *parent; /* borrowed from the trees, like the names */
    bool raised, lowered, hidden, struck;
};

struct odt {
    GHashTable *styles; /* name → struct style */
    xmlNode *text;      /* office:text */
    struct archive *archive; /* NULL: a flat file */
    GHashTable *objects; /* member → struct xml_tree, or NULL for one that cannot be read: each is parsed once */
    size_t placed;       /* nodes of formulas put in their places so far */
    unsigned notes, hidden, charts, unplaced, deleted; /* deleted: deletions whose end is missing */
};

/* Elements that are not text, or are text of another place. */
static const char *const dropped[] = {
    "tracked-changes", "change", "change-start", "change-end", "annotation-end", "sequence-decls", "variable-decls", "user-field-decls", "dde-connection-decls", "forms", "table-of-content", "illustration-index", "table-index", "object-index", "user-index",
    "alphabetical-index", "covered-table-cell", "table-column", "table-columns", "table-header-columns", "table-column-group", "bookmark", "bookmark-start", "bookmark-end", "reference-mark-start", "reference-mark-end", "soft-page-break", "hidden-text", "ruby-text", "title", "desc", "image",
    "object", "object-ole", "plugin", "control", "script", "meta-stamp", "toc-mark", "toc-mark-start", "toc-mark-end", "alphabetical-index-mark", "alphabetical-index-mark-start", "alphabetical-index-mark-end", "event-listeners", "glue-point", "thumbnail",
};
static const struct {
    const char *name, *as;
} renamed[] = {
    {"list", "ul"}, {"list-item", "li"}, {"list-header", "li"}, {"table", "table"}, {"table-row", "tr"}, {"table-cell", "td"}, {"table-rows", "tbody"}, {"table-row-group", "tbody"}, {"table-header-rows", "thead"}, {"line-break", "br"}, {"tab", "tab"},
    {"section", "div"}, {"text", "div"}, {"bibliography", "div"}, {"index-body", "div"}, {"numbered-paragraph", "div"},
};

static bool probe(const struct archive *archive)
{
    return archive_find(archive, "content.xml") >= 0 && (archive_find(archive, "META-INF/manifest.xml") >= 0 || archive_find(archive, "mimetype") >= 0);
}

static bool named(const struct odt *odt, const char *style, const char *name)
{
    for (int i = 0; style && i < STYLE_CHAIN; i++) {
        if (g_ascii_strcasecmp(style, name) == 0)
            return true;
        const struct style *found = g_hash_table_lookup(odt->styles, style);
        style = found ? found->parent : NULL;
    }
    return false;
}

static void free_tree(void *tree)
{
    xml_tree_free(tree);
}

/* The root of what an object holds, itself or in a member of its own ("./Object 1"); NULL: it cannot be read. */
static xmlNode *object_content(struct odt *odt, xmlNode *object)
{
    for (xmlNode *child = object->children; child; child = child->next)
        if (child->type == XML_ELEMENT_NODE)
            return child;
    const char *href = xml_attribute(object, "href");
    g_autofree char *name = href ? archive_resolve("", href) : NULL, *part = name ? g_strconcat(name, "/content.xml", NULL) : NULL;
    void *known = NULL;
    if (!odt->archive || !part)
        return NULL;
    if (!g_hash_table_lookup_extended(odt->objects, part, NULL, &known)) {
        struct xml_tree *tree = NULL;
        if (archive_find(odt->archive, part) >= 0 && !package_xml(odt->archive, part, &tree, NULL))
            tree = NULL;
        known = tree;
        g_hash_table_insert(odt->objects, g_steal_pointer(&part), known);
    }
    return known ? xmlDocGetRootElement(((struct xml_tree *)known)->doc) : NULL;
}

static size_t count_nodes(xmlNode *root)
{
    size_t nodes = 0;
    for (xmlNode *node = root; node; node = xml_next(node, root, true))
        nodes++;
    return nodes;
}

static void place_formula(struct odt *odt, xmlNode *object, xmlNode *content)
{
    odt->placed += count_nodes(content);
    if (odt->placed > OBJECT_NODES) {
        odt->unplaced++;
        return;
    }
    xmlNode *formula = xmlDocCopyNode(content, object->doc, 1);
    vocabulary_set(formula, "moved", "1");
    xmlReplaceNode(object, formula);
    xmlFreeNode(object);
}

/* A formula stands in an object: it is put in its place, where the page's walk reads it. Of charts only their picture is shown. */
static void place_objects(struct odt *odt)
{
    xmlNode *next;
    for (xmlNode *node = odt->text; node; node = next) {
        next = xml_next(node, odt->text, true);
        if (!xml_is(node, "object"))
            continue;
        next = xml_next(node, odt->text, false);
        xmlNode *content = odt->unplaced == 0 ? object_content(odt, node) : NULL;
        if (xml_is(content, "math"))
            place_formula(odt, node, content);
        else if (content)
            odt->charts += xml_find(content, "chart") != NULL;
        else
            odt->unplaced += odt->unplaced > 0;
    }
}

/* Of each change its last end in the text. The names and nodes are the tree's. */
static GHashTable *change_ends(const struct odt *odt)
{
    GHashTable *ends = g_hash_table_new(g_str_hash, g_str_equal);
    for (xmlNode *node = odt->text; node; node = xml_next(node, odt->text, true)) {
        const char *id = xml_is(node, "change-end") ? xml_attribute(node, "change-id") : NULL;
        if (id)
            g_hash_table_insert(ends, (gpointer)id, node);
    }
    return ends;
}

/* Deleted text stands among the tracked changes; in flat files it may stand in its place, between marks of its deletion. Where the second mark is missing, no
 * one knows how much was deleted: the text stays. */
static void drop_deleted(struct odt *odt)
{
    g_autoptr(GHashTable) deletions = g_hash_table_new(g_str_hash, g_str_equal), ends = change_ends(odt);
    const char *open = NULL;
    xmlNode *next;
    for (xmlNode *node = odt->text; node; node = next) {
        next = xml_next(node, odt->text, true);
        const char *id = xml_is(node, "changed-region") ? xml_attribute(node, "id") : xml_attribute(node, "change-id");
        if (xml_is(node, "changed-region") && id && xml_child(node, "deletion"))
            g_hash_table_add(deletions, (gpointer)id);
        else if (xml_is(node, "change-end") && id && g_hash_table_lookup(ends, id) == node) {
            g_hash_table_remove(ends, id); /* it is behind */
            open = open && strcmp(id, open) == 0 ? NULL : open;
        } else if (xml_is(node, "change-start") && id && !open && g_hash_table_contains(deletions, id)) {
            open = g_hash_table_contains(ends, id) ? id : NULL;
            odt->deleted += !open;
        } else if (open && node->type == XML_TEXT_NODE)
            vocabulary_remove(node);
    }
}

static void collect_styles(struct odt *odt, const struct xml_tree *tree)
{
    xmlNode *root = tree ? xmlDocGetRootElement(tree->doc) : NULL;
    for (xmlNode *node = root; node; node = xml_next(node, root, !xml_is(node, "body"))) {
        const char *name = xml_is(node, "style") ? xml_attribute(node, "name") : NULL;
        if (!name)
            continue;
        const xmlNode *properties = xml_child(node, "text-properties");
        const char *position = xml_attribute(properties, "text-position"), *display = xml_attribute(properties, "display"), *through = xml_attribute(properties, "text-line-through-style");
        struct style *style = g_new0(struct style, 1);
        style->parent = xml_attribute(node, "parent-style-name");
        style->raised = position && (g_str_has_prefix(position, "super") || (g_ascii_isdigit(*position) && *position != '0'));
        style->lowered = position && (g_str_has_prefix(position, "sub") || (position[0] == '-' && position[1] != '0'));
        style->hidden = display && strcmp(display, "none") == 0;
        style->struck = through && strcmp(through, "none") != 0;
        g_hash_table_replace(odt->styles, (gpointer)name, style);
    }
}

/* The block of the text's flow that a node stands in: not a cell, an item or a paragraph in one. */
static xmlNode *flow_block(const struct odt *odt, xmlNode *node)
{
    xmlNode *block = node;
    while (block->parent && block->parent != odt->text && !xml_is(block->parent, "section") && !xml_is(block->parent, "div") && !xml_is(block->parent, "text-box") && !xml_is(block->parent, "aside"))
        block = block->parent;
    return block;
}

/* Moves a node behind the flow block of `place`, and behind what was moved there before. */
static void move_behind(const struct odt *odt, xmlNode *place, xmlNode *node)
{
    xmlNode *after = flow_block(odt, place);
    while (after->next && xml_attribute(after->next, "moved"))
        after = after->next;
    xmlUnlinkNode(node);
    vocabulary_set(node, "moved", "1");
    xmlAddNextSibling(after, node);
}

/* A note's paragraphs run together: one note is one passage. */
static void join_paragraphs(xmlNode *body)
{
    for (xmlNode *child = body->children; child; child = child->next)
        if (xml_is(child, "p") || xml_is(child, "h")) {
            vocabulary_rename(child, "span");
            xmlAddNextSibling(child, vocabulary_text(" "));
        }
}

static void move_note(struct odt *odt, xmlNode *note)
{
    xmlNode *citation = xml_child(note, "note-citation"), *body = xml_child(note, "note-body");
    const char *kind = xml_attribute(note, "note-class");
    g_autofree char *label = citation ? xml_text(citation) : g_strdup("*"), *id = g_strdup_printf("note%u", ++odt->notes), *href = g_strconcat("#", id, NULL);
    if (body) {
        join_paragraphs(body);
        vocabulary_rename(body, "div");
        vocabulary_set(body, "id", id);
        if (kind && strcmp(kind, "endnote") == 0) {
            vocabulary_set(body, "moved", "1");
            xmlUnlinkNode(body);
            xmlAddChild(odt->text, body);
        } else {
            move_behind(odt, note, body);
        }
    }
    xmlNode *call = xmlNewNode(NULL, (const xmlChar *)"a");
    vocabulary_set(call, "href", href);
    vocabulary_set(call, "role", "doc-noteref");
    xmlAddChild(call, xmlNewText((const xmlChar *)label));
    xmlReplaceNode(note, call);
    xmlFreeNode(note);
}

/* Comments stand at the end. */
static void move_annotation(struct odt *odt, xmlNode *annotation)
{
    join_paragraphs(annotation);
    vocabulary_set(annotation, "moved", "1");
    xmlUnlinkNode(annotation);
    xmlAddChild(odt->text, annotation);
}

static void rename_cell(xmlNode *cell)
{
    const char *columns = xml_attribute(cell, "number-columns-spanned"), *rows = xml_attribute(cell, "number-rows-spanned"), *repeated = xml_attribute(cell, "number-columns-repeated");
    bool head = cell->parent->parent && (xml_is(cell->parent->parent, "table-header-rows") || xml_is(cell->parent->parent, "thead"));
    if (columns || repeated)
        vocabulary_set(cell, "colspan", columns ? columns : repeated);
    if (rows)
        vocabulary_set(cell, "rowspan", rows);
    vocabulary_rename(cell, head ? "th" : "td");
}

static void rename_paragraph(const struct odt *odt, xmlNode *node)
{
    const char *style = xml_attribute(node, "style-name"), *level = xml_attribute(node, "outline-level");
    if (xml_is(node, "h")) {
        char name[] = "h1";
        name[1] = (char)('0' + (level ? CLAMP(g_ascii_strtoll(level, NULL, 10), 1, 6) : 1));
        vocabulary_rename(node, name);
    } else if (named(odt, style, "Title")) {
        vocabulary_rename(node, "h1");
    } else if (named(odt, style, "Subtitle")) {
        vocabulary_rename(node, "h2");
    } else if (named(odt, style, "Caption")) {
        vocabulary_rename(node, "figcaption");
    } else if (named(odt, style, "Abstract")) {
        vocabulary_rename(node, "abstract");
    }
}

/* <text:s text:c="3"/>: spaces that XML would drop. */
static void replace_spaces(xmlNode *node)
{
    xmlNode *space = vocabulary_text(" ");
    xmlReplaceNode(node, space);
    xmlFreeNode(node);
}

static bool is_hidden(struct odt *odt, const xmlNode *node)
{
    const char *display = xml_attribute(node, "display");
    const struct style *style = NULL;
    if (xml_is(node, "span") && xml_attribute(node, "style-name"))
        style = g_hash_table_lookup(odt->styles, xml_attribute(node, "style-name"));
    bool hidden = (style && style->hidden) || (xml_is(node, "section") && display && strcmp(display, "none") == 0);
    odt->hidden += hidden;
    return hidden;
}

static bool is_dropped(const xmlNode *node)
{
    if (xml_is(node->parent, "annotation")) /* who wrote a comment, and when */
        return !xml_is(node, "p") && !xml_is(node, "list");
    for (size_t i = 0; i < G_N_ELEMENTS(dropped); i++)
        if (xml_is(node, dropped[i]))
            return true;
    return false;
}

/* A drawn shape with paragraphs in it: what Word's text boxes become. */
static bool is_shape(xmlNode *node)
{
    static const char *const shapes[] = {"custom-shape", "rect", "ellipse", "polygon", "circle"};
    for (size_t i = 0; i < G_N_ELEMENTS(shapes); i++)
        if (xml_is(node, shapes[i]))
            return xml_child(node, "p") != NULL;
    return false;
}

/* One element, after all below it. It may be gone or moved afterwards. */
static void transform_node(struct odt *odt, xmlNode *node)
{
    if (xml_is(node, "p") || xml_is(node, "h")) {
        rename_paragraph(odt, node);
    } else if (xml_is(node, "note")) {
        move_note(odt, node);
    } else if (xml_is(node, "annotation")) {
        move_annotation(odt, node);
    } else if (xml_is(node, "s")) {
        replace_spaces(node);
    } else if (xml_is(node, "table-cell")) {
        rename_cell(node);
    } else if (xml_is(node, "text-box") || is_shape(node)) {
        vocabulary_rename(node, "aside");
        move_behind(odt, node, node);
    } else if (xml_is(node, "span")) {
        const char *name = xml_attribute(node, "style-name");
        const struct style *style = name ? g_hash_table_lookup(odt->styles, name) : NULL;
        if (style && (style->raised || style->lowered || style->struck))
            vocabulary_rename(node, style->struck ? "del" : style->raised ? "sup" : "sub");
    } else {
        const char *as = "span";
        for (size_t i = 0; i < G_N_ELEMENTS(renamed); i++)
            if (xml_is(node, renamed[i].name))
                as = renamed[i].as;
        if (!xml_is(node, "note-body") && !xml_is(node, "note-citation") && node != odt->text)
            vocabulary_rename(node, as);
    }
}

static void transform(struct odt *odt, xmlNode *node)
{
    xmlNode *next;
    for (xmlNode *child = node->children; child; child = next) {
        next = child->next;
        if (child->type != XML_ELEMENT_NODE || xml_attribute(child, "moved"))
            continue;
        if (is_dropped(child) || is_hidden(odt, child)) {
            vocabulary_remove(child);
            continue;
        }
        transform(odt, child);
        next = child->next;
        transform_node(odt, child);
    }
}

static bool is_locked(struct archive *archive, const struct source *source, GError **error)
{
    struct xml_tree *manifest;
    if (!package_xml(archive, "META-INF/manifest.xml", &manifest, error))
        return true;
    bool locked = manifest && xml_find(xmlDocGetRootElement(manifest->doc), "encryption-data");
    if (locked)
        citable_error_at(error, CITABLE_ERROR_ENCRYPTED, source->path, 0, "is protected by a password; save it without one and try again");
    xml_tree_free(manifest);
    return locked;
}

/* Under its title a text names its author and its date. */
static void read_front(const struct odt *odt, struct metadata *metadata)
{
    for (xmlNode *node = odt->text; node; node = xml_next(node, odt->text, !xml_is(node, "table"))) {
        const char *style = xml_is(node, "p") ? xml_attribute(node, "style-name") : NULL;
        bool date = style && !metadata->date && named(odt, style, "Date"), author = style && named(odt, style, "Author");
        g_autofree char *text = date || author ? xml_text(node) : NULL;
        if (date)
            metadata->date = date_edtf(text);
        if (author)
            authors_add(&metadata->authors, text);
    }
}

static void warn(const struct odt *odt, struct document *doc)
{
    if (odt->hidden > 0)
        document_warn(doc, "hidden-text", NONE, "text that its author hid is left out (%u places)", odt->hidden);
    if (odt->deleted > 0)
        document_warn(doc, "struck-text", NONE, "text was deleted in %u places whose ends the file does not mark; it is read as if it stood there", odt->deleted);
    if (odt->charts > 0)
        document_warn(doc, "chart", NONE, "the numbers in %u chart%s are not read", odt->charts, odt->charts == 1 ? "" : "s");
    if (odt->unplaced > 0)
        document_warn(doc, "formula", NONE, "%u formulas are left out: there are too many", odt->unplaced);
    if (doc->passages->len == 0)
        document_warn(doc, "no-text", NONE, "the file holds no text");
}

/* archive, styles: NULL where the file is flat, and `content` holds all. */
static struct document *read_content(const struct source *source, struct archive *archive, struct xml_tree *content, const struct xml_tree *styles, const struct origin *origin)
{
    struct odt odt = {.styles = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free), .archive = archive};
    odt.objects = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_tree);
    xmlNode *body = xml_find(xmlDocGetRootElement(content->doc), "body");
    odt.text = body ? xml_child(body, "text") : NULL;
    struct document *doc = odt.text ? document_new(source->path) : NULL;
    if (doc) {
        collect_styles(&odt, styles);
        collect_styles(&odt, content);
        read_front(&odt, &doc->metadata);
        place_objects(&odt);
        drop_deleted(&odt);
        transform(&odt, odt.text);
        page_append_elements(doc, content, odt.text, NULL, origin);
        notes_link(doc);
        warn(&odt, doc);
    }
    g_hash_table_unref(odt.objects);
    g_hash_table_unref(odt.styles);
    return doc;
}

static bool no_text_document(const struct source *source, GError **error)
{
    citable_error_at(error, CITABLE_ERROR_FORMAT, source->path, 0, "is an OpenDocument file, but no text document; save it as PDF");
    return false;
}

static bool read_parts(const struct source *source, struct archive *archive, struct xml_tree *trees[3], struct document **ret, GError **error)
{
    static const char *const parts[] = {"content.xml", "styles.xml", "meta.xml"};
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
        if (!package_xml(archive, parts[i], &trees[i], error))
            return false;
    struct origin lost = {.lost = true};
    *ret = read_content(source, archive, trees[0], trees[1], &lost);
    if (!*ret)
        return no_text_document(source, error);
    if (trees[2])
        properties_read(xmlDocGetRootElement(trees[2]->doc), &(*ret)->metadata);
    properties_finish(*ret);
    return true;
}

static bool read_odt(const struct source *source, struct archive *archive, GPtrArray *documents, GError **error)
{
    if (is_locked(archive, source, error))
        return false;
    struct xml_tree *trees[3] = {NULL};
    struct document *doc;
    bool ok = read_parts(source, archive, trees, &doc, error);
    for (size_t i = 0; i < G_N_ELEMENTS(trees); i++)
        xml_tree_free(trees[i]);
    if (ok)
        g_ptr_array_add(documents, doc);
    return ok;
}

const struct package package_odt = {"odt", probe, read_odt};

/* ---- the same in one XML file (.fodt) ---- */

static int probe_flat(struct slice head, const char *path)
{
    (void)path;
    return slice_is(xml_root(head), "office:document") ? 95 : 0;
}

static bool read_decoded(const struct source *source, const struct encoding *encoding, GPtrArray *documents, GError **error)
{
    struct xml_tree *tree;
    if (!xml_parse(source->path, encoding->text, XML_STRICT, &tree, error))
        return false;
    struct origin origin = origin_of(encoding);
    xmlNode *root = xmlDocGetRootElement(tree->doc);
    struct document *doc = read_content(source, NULL, tree, NULL, &origin);
    if (doc) {
        xmlNode *meta = xml_child(root, "meta");
        if (meta)
            properties_read(meta, &doc->metadata);
        properties_finish(doc);
        encoding_warn(encoding, doc);
        g_ptr_array_add(documents, doc);
    }
    xml_tree_free(tree);
    return doc || no_text_document(source, error);
}

static bool read_flat(const struct source *source, GPtrArray *documents, GError **error)
{
    return charset_read(source, read_decoded, documents, error);
}

const struct reader read_flat_odt = {"odt", probe_flat, read_flat};
