/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/readers/docx_remark.h"

#include "base/error.h"
#include "ingest/readers/docx_read.h"
#include "ingest/package.h"

static const char transitional[] = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments";
static const char strict[] = "http://purl.oclc.org/ooxml/officeDocument/relationships/comments";
static const char content_type[] = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";

/* A Word file on its way to a copy with comments. */
struct remarking {
    struct docx *docx;
    const struct document *doc;
    const GArray *pieces;           /* struct docx_piece */
    xmlDoc *comments;               /* the part, read or made here */
    char *part;                     /* its name */
    bool made;
    unsigned first;                 /* id of the first comment written */
};

/* The namespace of an element, with a prefix, as attributes need it. */
static xmlNs *attribute_space(xmlNode *node)
{
    if (!node->ns || node->ns->prefix)
        return node->ns;
    xmlNode *root = xmlDocGetRootElement(node->doc);
    for (xmlNs *space = root->nsDef; space; space = space->next)
        if (space->prefix && xmlStrEqual(space->href, node->ns->href))
            return space;
    return xmlNewNs(root, node->ns->href, BAD_CAST "w");
}

static void set(xmlNode *node, const char *name, const char *value)
{
    xmlNewNsProp(node, attribute_space(node), BAD_CAST name, BAD_CAST value);
}

static void set_number(xmlNode *node, const char *name, unsigned number)
{
    char value[16];
    g_snprintf(value, sizeof value, "%u", number);
    set(node, name, value);
}

static xmlNode *add(xmlNode *parent, const char *name)
{
    return xmlNewChild(parent, parent->ns, BAD_CAST name, NULL);
}

/* ---- where a remark goes ---- */

/* The run that holds a node, and the outermost element that ranges can begin and end beside: the run itself, or what cannot be divided (a drawing's run, a
 * formula). */
static xmlNode *run_of(xmlNode *node, xmlNode **outer)
{
    xmlNode *run = NULL;
    *outer = NULL;
    for (xmlNode *at = node; at; at = at->parent)
        if (xml_is(at, "r") || xml_is(at, "oMath") || xml_is(at, "oMathPara")) {
            run = run ? run : at;
            *outer = at;
        }
    return run;
}

static bool is_empty_before(const xmlNode *child)
{
    for (const xmlNode *at = child->prev; at; at = at->prev)
        if (at->type == XML_ELEMENT_NODE && !xml_is(at, "rPr"))
            return false;
    return true;
}

/* A copy of an element with its attributes, and with all below it where `deep` says so, for a place below `parent`, whose namespaces it uses. */
static xmlNode *copy_of(xmlNode *node, xmlNode *parent, bool deep)
{
    xmlNode *copy = NULL;
    int failed = xmlDOMWrapCloneNode(NULL, node->doc, node, &copy, node->doc, parent, deep, 0);
    g_assert(failed == 0 && copy); /* it fails without memory only, which GLib does not outlive either */
    return copy;
}

/* Divides <w:t> inside a text node; returns the second half, its next sibling. */
static xmlNode *divide_text(xmlNode *node, size_t offset)
{
    xmlNode *text = node->parent, *half = copy_of(text, text->parent, false);
    size_t len = strlen((const char *)node->content);
    xmlAddNextSibling(text, half);
    if (offset < len)
        xmlAddChild(half, xmlNewDocTextLen(node->doc, node->content + offset, (int)(len - offset)));
    while (node->next) {
        xmlNode *moved = node->next;
        xmlUnlinkNode(moved);
        xmlAddChild(half, moved);
    }
    g_autofree char *kept = g_strndup((const char *)node->content, offset);
    xmlNodeSetContentLen(node, BAD_CAST kept, (int)offset);
    xmlNodeSetSpacePreserve(text, 1);
    xmlNodeSetSpacePreserve(half, 1);
    return half;
}

/* The child of the run that begins what stands behind `offset`; NULL: nothing does. */
static xmlNode *child_behind(xmlNode *node, size_t offset)
{
    if (node->type == XML_ELEMENT_NODE)
        return offset == 0 ? node : node->next;
    size_t len = strlen((const char *)node->content);
    if (offset == 0 && !node->prev)
        return node->parent;
    return offset == len && !node->next ? node->parent->next : divide_text(node, offset);
}

/* Divides the run at an offset of a piece in it, so that a run begins there; that run, or NULL where nothing stands behind. */
static xmlNode *divide(xmlNode *run, xmlNode *node, size_t offset)
{
    xmlNode *child = child_behind(node, offset);
    if (!child || is_empty_before(child))
        return child ? run : NULL;
    xmlNode *behind = copy_of(run, run->parent, false), *properties = xml_child(run, "rPr");
    xmlAddNextSibling(run, behind);
    if (properties)
        xmlAddChild(behind, copy_of(properties, behind, true));
    while (child) {
        xmlNode *next = child->next;
        xmlUnlinkNode(child);
        xmlAddChild(behind, child);
        child = next;
    }
    return behind;
}

/* The piece that holds a byte of all pieces. */
static const struct docx_piece *piece_at(const struct remarking *r, uint32_t at)
{
    guint low = 0, high = r->pieces->len;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        const struct docx_piece *piece = &g_array_index(r->pieces, struct docx_piece, middle);
        if (piece->at + piece->len <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low < r->pieces->len ? &g_array_index(r->pieces, struct docx_piece, low) : NULL;
}

/* Where the bytes begin and end among the pieces. A power ("km²" of a raised 2) has no place of its own: the place behind it ends it. */
static bool places_of(const struct remarking *r, struct span span, uint32_t *first, uint32_t *after)
{
    struct span all = span.start < span.end ? document_source_span(r->doc, span) : (struct span){NONE, NONE};
    if (all.start == NONE)
        return false;
    *first = all.start;
    *after = all.end;
    uint32_t passage = document_passage_at(r->doc, span.start), end = passage == NONE ? span.end : DOCUMENT_AT(r->doc->passages, struct passage, passage).span.end;
    for (uint32_t at = span.end; document_source(r->doc, span.end - 1) == NONE && at < end; at++)
        if (document_source(r->doc, at) != NONE) {
            *after = document_source(r->doc, at);
            break;
        }
    return *first < *after;
}

static xmlNode *marker(const struct remarking *r, xmlNode *beside, const char *name, unsigned id)
{
    xmlNode *root = xmlDocGetRootElement(r->docx->tree->doc), *node = xmlNewDocNode(beside->doc, root->ns, BAD_CAST name, NULL);
    xmlAddPrevSibling(beside, node); /* set() needs its document */
    set_number(node, "id", id);
    return node;
}

/* Of a whole tracked insertion, the insertion: some readers pass over marks inside one. */
static void widen(xmlNode **first, xmlNode **last)
{
    xmlNode *parent = (*first)->parent;
    if (!parent || parent != (*last)->parent || !(xml_is(parent, "ins") || xml_is(parent, "moveTo")) || xmlPreviousElementSibling(*first) || xmlNextElementSibling(*last))
        return;
    *first = *last = parent;
}

/* Marks from one element of the run level to another, both included. */
static void mark_from_to(const struct remarking *r, xmlNode *first, xmlNode *last, unsigned id)
{
    widen(&first, &last);
    marker(r, first, "commentRangeStart", id);
    xmlNode *end = marker(r, last, "commentRangeEnd", id), *run = xmlNewDocNode(last->doc, end->ns, BAD_CAST "r", NULL);
    xmlAddNextSibling(last, end);
    xmlAddNextSibling(end, run);
    set_number(add(run, "commentReference"), "id", id);
}

/* What a comment, or a note, hangs on in the document. */
static xmlNode *hangs_on(const struct remarking *r, const struct docx_piece *piece)
{
    if (piece->call)
        return piece->call;
    const char *id = NULL;
    for (xmlNode *at = piece->node; at && !id; at = at->parent)
        id = xml_is(at, "comment") ? xml_attribute(at, "id") : NULL;
    xmlNode *root = xmlDocGetRootElement(r->docx->tree->doc);
    for (xmlNode *at = root; id && at; at = xml_next(at, root, true))
        if (xml_is(at, "commentReference") && g_strcmp0(xml_attribute(at, "id"), id) == 0)
            return at;
    return xml_find(root, "r");
}

/* Marks the bytes; false where only what holds or calls them could be marked. */
static bool mark(const struct remarking *r, struct span span, unsigned id)
{
    uint32_t first, after;
    xmlNode *root = xmlDocGetRootElement(r->docx->tree->doc), *outer, *outer_last;
    const struct docx_piece *start = places_of(r, span, &first, &after) ? piece_at(r, first) : NULL, *end = start ? piece_at(r, after - 1) : NULL;
    bool inside = start && end && start->node->doc == root->doc && end->node->doc == root->doc;
    xmlNode *held = inside || !start ? (start ? start->node : xml_find(root, "r")) : hangs_on(r, start);
    xmlNode *run = held ? run_of(held, &outer) : NULL, *run_last = inside ? run_of(end->node, &outer_last) : NULL;
    if (!run)
        return false;
    if (!inside || run != outer || !run_last || run_last != outer_last) {
        mark_from_to(r, outer, outer, id);
        return false;
    }
    xmlNode *behind = divide(run_last, end->node, after - end->at), *begin = divide(run, start->node, first - start->at);
    xmlNode *last = behind ? behind->prev : run == run_last ? begin : run_last;
    mark_from_to(r, begin, last, id);
    return true;
}

/* ---- the comments themselves ---- */

static void add_text(xmlNode *run, const char *text)
{
    xmlNode *node = xmlNewTextChild(run, run->ns, BAD_CAST "t", BAD_CAST text);
    xmlNodeSetSpacePreserve(node, 1);
}

static void add_paragraph(xmlNode *comment, const char *text, bool bold)
{
    xmlNode *run = add(add(comment, "p"), "r");
    if (bold)
        add(add(run, "rPr"), "b");
    add_text(run, text);
}

static void add_field(xmlNode *paragraph, const char *type)
{
    set(add(add(paragraph, "r"), "fldChar"), "fldCharType", type);
}

/* A link as a field: it needs no relationship of its own. Quotes and backslashes would end its address. */
static void add_link(xmlNode *comment, const char *link)
{
    g_autoptr(GString) address = g_string_new(link);
    g_string_replace(address, "\"", "%22", 0);
    g_string_replace(address, "\\", "%5C", 0);
    g_autofree char *code = g_strdup_printf(" HYPERLINK \"%s\" ", address->str);
    xmlNode *paragraph = add(comment, "p");
    add_field(paragraph, "begin");
    xmlNode *instruction = xmlNewTextChild(add(paragraph, "r"), paragraph->ns, BAD_CAST "instrText", BAD_CAST code);
    xmlNodeSetSpacePreserve(instruction, 1);
    add_field(paragraph, "separate");
    xmlNode *run = add(paragraph, "r"), *properties = add(run, "rPr");
    set(add(properties, "color"), "val", "0563C1");
    set(add(properties, "u"), "val", "single");
    add_text(run, "Open the source at the passage");
    add_field(paragraph, "end");
}

static void add_comment(const struct remarking *r, const struct docx_remark *remark, unsigned id, bool exact)
{
    xmlNode *comment = add(xmlDocGetRootElement(r->comments), "comment");
    set_number(comment, "id", id);
    set(comment, "author", DOCX_OWN_AUTHOR);
    set(comment, "initials", "c");
    add_paragraph(comment, remark->head, true);
    if (!exact) {
        g_autofree char *words = slice_dup(document_slice(r->doc, remark->span)), *line = g_strdup_printf("On “%s”, where no comment can stand:", words);
        add_paragraph(comment, line, false);
    }
    for (const char *const *line = remark->lines; *line; line++)
        add_paragraph(comment, *line, false);
    if (remark->link)
        add_link(comment, remark->link);
}

/* ---- the package ---- */

static unsigned next_id(xmlDoc *comments)
{
    unsigned next = 0;
    for (xmlNode *node = xmlDocGetRootElement(comments)->children; node; node = node->next) {
        const char *id = xml_is(node, "comment") ? xml_attribute(node, "id") : NULL;
        if (id)
            next = MAX(next, (unsigned)CLAMP(g_ascii_strtoll(id, NULL, 10), -1, INT32_MAX - 1) + 1u);
    }
    return next;
}

/* The comments part that is there, or a new one beside the document part. */
static void find_comments(struct remarking *r)
{
    const char *known = g_hash_table_lookup(r->docx->relations, "comments");
    if (r->docx->comments && known) {
        r->comments = r->docx->comments->doc;
        r->part = g_strdup(known);
        r->first = next_id(r->comments);
        return;
    }
    const xmlNode *document = xmlDocGetRootElement(r->docx->tree->doc);
    r->made = true;
    r->comments = xmlNewDoc(BAD_CAST "1.0");
    r->comments->standalone = 1;
    xmlNode *root = xmlNewDocNode(r->comments, NULL, BAD_CAST "comments", NULL);
    xmlDocSetRootElement(r->comments, root);
    if (document->ns)
        xmlSetNs(root, xmlNewNs(root, document->ns->href, document->ns->prefix ? document->ns->prefix : BAD_CAST "w"));
    const char *slash = strrchr(r->docx->main, '/');
    g_autofree char *folder = g_strndup(r->docx->main, slash ? (gsize)(slash + 1 - r->docx->main) : 0);
    r->part = g_strconcat(folder, "comments.xml", NULL);
    for (unsigned i = 1; archive_find(r->docx->archive, r->part) >= 0; i++) {
        g_free(r->part);
        r->part = g_strdup_printf("%scomments%u.xml", folder, i);
    }
}

static GBytes *dump(xmlDoc *doc)
{
    xmlChar *bytes = NULL;
    int len = 0;
    xmlDocDumpMemoryEnc(doc, &bytes, &len, "UTF-8");
    return g_bytes_new_with_free_func(bytes, (gsize)len, xmlFree, bytes);
}

static bool has_relation(const xmlNode *root, const char *id)
{
    for (const xmlNode *node = root->children; node; node = node->next)
        if (g_strcmp0(xml_attribute(node, "Id"), id) == 0)
            return true;
    return false;
}

static void relate(const struct remarking *r, xmlNode *root)
{
    const xmlNode *document = xmlDocGetRootElement(r->docx->tree->doc);
    bool is_strict = document->ns && g_str_has_prefix((const char *)document->ns->href, "http://purl.oclc.org/ooxml/");
    const char *slash = strrchr(r->part, '/');
    g_autofree char *id = g_strdup("rIdComments");
    for (unsigned i = 1; has_relation(root, id); i++) {
        g_free(id);
        id = g_strdup_printf("rIdComments%u", i);
    }
    xmlNode *node = add(root, "Relationship");
    xmlNewProp(node, BAD_CAST "Id", BAD_CAST id);
    xmlNewProp(node, BAD_CAST "Type", BAD_CAST(is_strict ? strict : transitional));
    xmlNewProp(node, BAD_CAST "Target", BAD_CAST(slash ? slash + 1 : r->part));
}

static void declare(const struct remarking *r, xmlNode *root)
{
    g_autofree char *name = g_strconcat("/", r->part, NULL);
    xmlNode *node = add(root, "Override");
    xmlNewProp(node, BAD_CAST "PartName", BAD_CAST name);
    xmlNewProp(node, BAD_CAST "ContentType", BAD_CAST content_type);
}

/* Reads a part, lets `change` change it, and gives its bytes; a part that is not there is begun with an empty root. */
static GBytes *changed(const struct remarking *r, const char *name, const char *root, const char *space, void (*change)(const struct remarking *, xmlNode *), GError **error)
{
    struct xml_tree *tree;
    if (!package_xml(r->docx->archive, name, &tree, error))
        return NULL;
    xmlDoc *doc = tree ? tree->doc : xmlNewDoc(BAD_CAST "1.0");
    if (!tree) {
        xmlNode *node = xmlNewDocNode(doc, NULL, BAD_CAST root, NULL);
        xmlDocSetRootElement(doc, node);
        xmlSetNs(node, xmlNewNs(node, BAD_CAST space, NULL));
    }
    change(r, xmlDocGetRootElement(doc));
    GBytes *bytes = dump(doc);
    if (tree)
        xml_tree_free(tree);
    else
        xmlFreeDoc(doc);
    return bytes;
}

static bool write_package(const struct remarking *r, GBytes **ret, GError **error)
{
    g_autofree char *relations = docx_relations_name(r->docx->main);
    struct archive_part parts[4] = {{r->docx->main, dump(r->docx->tree->doc)}, {r->part, dump(r->comments)}};
    size_t n = 2;
    bool ok = true;
    if (r->made) {
        static const char package[] = "http://schemas.openxmlformats.org/package/2006/";
        g_autofree char *types_space = g_strconcat(package, "content-types", NULL), *relations_space = g_strconcat(package, "relationships", NULL);
        parts[n++] = (struct archive_part){"[Content_Types].xml", changed(r, "[Content_Types].xml", "Types", types_space, declare, error)};
        ok = parts[n - 1].bytes != NULL;
        if (ok)
            parts[n++] = (struct archive_part){relations, changed(r, relations, "Relationships", relations_space, relate, error)};
        ok = ok && parts[n - 1].bytes;
    }
    ok = ok && archive_rewrite(r->docx->archive, parts, n, ret, error);
    for (size_t i = 0; i < n; i++)
        if (parts[i].bytes)
            g_bytes_unref(parts[i].bytes);
    return ok;
}

/* From the last to the first: what is divided keeps its beginning, so that earlier places stay where they are. */
static bool write_remarks(struct remarking *r, const GArray *remarks, GBytes **ret, GError **error)
{
    find_comments(r);
    g_autofree bool *exact = g_new0(bool, remarks->len + 1);
    uint32_t before = UINT32_MAX; /* one inside another ends where that begins */
    for (guint i = remarks->len; i-- > 0;) {
        struct span span = g_array_index(remarks, struct docx_remark, i).span;
        exact[i] = mark(r, (struct span){span.start, MIN(span.end, before)}, r->first + i);
        before = span.start;
    }
    for (guint i = 0; i < remarks->len; i++)
        add_comment(r, &g_array_index(remarks, struct docx_remark, i), r->first + i, exact[i]);
    bool ok = write_package(r, ret, error);
    if (r->made)
        xmlFreeDoc(r->comments);
    g_free(r->part);
    return ok;
}

bool docx_remark(const struct source *source, struct slice text, const GArray *remarks, GBytes **ret, GError **error)
{
    struct archive *archive = NULL;
    struct docx docx;
    if (!archive_open(source, &archive, error))
        return false;
    bool ok = docx_open(archive, &docx, error);
    if (ok) {
        g_autoptr(GArray) pieces = g_array_new(FALSE, FALSE, sizeof(struct docx_piece));
        struct document *doc = docx_read(source->path, &docx, pieces);
        g_assert(slice_equal(document_text(doc), text));
        struct remarking r = {.docx = &docx, .doc = doc, .pieces = pieces};
        ok = write_remarks(&r, remarks, ret, error);
        document_free(doc);
        docx_close(&docx);
    }
    archive_close(archive);
    return ok;
}
