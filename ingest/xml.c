/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/xml.h"

#include "base/error.h"
#include "base/limits.h"

#include <libxml/HTMLparser.h>
#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>

enum {
    ENTITY_BYTES = 40,    /* the longest reference we look back for */
    BIG_RUN = 300,        /* libxml2 hands long text over in pieces of 300 (XML) or 1000 (HTML) bytes or a little more, before it steps over the last character */
    STOP_DEPTH = 200000,  /* beyond it even counting is not worth it */
};

/* What the handlers need while a tree is built; `ctxt->_private` points here. */
struct parse {
    struct xml_tree *tree;
    struct slice text;   /* what libxml2 reads: as long as the caller's text, offsets agree */
    bool placed;         /* offsets of the input are offsets of the text */
    bool entities;       /* the document declares entities of its own */
    unsigned depth;
    const xmlNode *last; /* text node that took the last piece, and its length so far */
    uint32_t last_len;
};

static void silent(void *data, xmlErrorPtr error)
{
    (void)data;
    (void)error;
}

static xmlParserInputPtr no_entity(const char *url, const char *id, xmlParserCtxtPtr ctxt)
{
    (void)url;
    (void)id;
    (void)ctxt;
    return NULL;
}

/* The error handler is one per thread, the entity loader one per process. */
static void quiet(void)
{
    static gsize once;
    if (g_once_init_enter(&once)) {
        xmlInitParser();
        xmlSetExternalEntityLoader(no_entity);
        g_once_init_leave(&once, 1);
    }
    xmlSetStructuredErrorFunc(NULL, silent);
}

/* Offset of the parser's position in the text. */
static size_t position(const xmlParserCtxt *ctxt)
{
    return (size_t)ctxt->input->consumed + (size_t)(ctxt->input->cur - ctxt->input->base);
}

static bool stands_at(const struct parse *parse, size_t at, const char *piece, size_t len)
{
    return at <= parse->text.len && len <= parse->text.len - at && memcmp(parse->text.ptr + at, piece, len) == 0;
}

size_t xml_entity(struct slice text, char utf8[8])
{
    if (text.len < 3 || text.ptr[0] != '&')
        return 0;
    size_t at = 1;
    gunichar c = 0;
    if (text.ptr[1] == '#') {
        bool hex = (text.ptr[2] | 0x20) == 'x';
        size_t first = at = hex ? 3 : 2;
        for (; at < text.len && (hex ? g_ascii_isxdigit(text.ptr[at]) : g_ascii_isdigit(text.ptr[at])) && c < 0x110000; at++)
            c = c * (hex ? 16 : 10) + (gunichar)g_ascii_xdigit_value(text.ptr[at]);
        if (at == first)
            return 0;
    } else {
        char name[ENTITY_BYTES];
        while (at < text.len && at < sizeof name && g_ascii_isalnum(text.ptr[at])) {
            name[at - 1] = text.ptr[at];
            at++;
        }
        name[at - 1] = '\0';
        const htmlEntityDesc *entity = htmlEntityLookup((const xmlChar *)name);
        c = entity ? entity->value : 0;
    }
    if (c == 0 || !g_unichar_validate(c))
        return 0;
    utf8[g_unichar_to_utf8(c, utf8)] = '\0';
    return at < text.len && text.ptr[at] == ';' ? at + 1 : at;
}

/* The reference that ends at `end` and stands for `piece`; its offset in the text, or NONE. */
static uint32_t reference_before(const struct parse *parse, size_t end, const char *piece, size_t len)
{
    if (len > 6 || end > parse->text.len)
        return NONE;
    for (size_t at = end; at-- > 0 && end - at <= ENTITY_BYTES;) {
        if (parse->text.ptr[at] != '&')
            continue;
        char utf8[8];
        size_t used = xml_entity(slice_sub(parse->text, at, end), utf8);
        return used == end - at && strlen(utf8) == len && memcmp(utf8, piece, len) == 0 ? (uint32_t)at : NONE;
    }
    return NONE;
}

/* The '&' that begins no reference: it is handed over when the name behind it has been stepped over, which no entity has. Its offset, or SIZE_MAX. */
static size_t lone_ampersand(const struct parse *parse, size_t end)
{
    size_t at = MIN(end, parse->text.len);
    while (at > 0 && (g_ascii_isalnum(parse->text.ptr[at - 1]) || (guchar)parse->text.ptr[at - 1] >= 0x80 || strchr("#:-_.", parse->text.ptr[at - 1])))
        at--;
    return at > 0 ? at - 1 : SIZE_MAX;
}

static void add_run(struct parse *parse, xmlNode *node, uint32_t offset, size_t len, uint32_t source)
{
    GArray *runs = parse->tree->runs;
    if (runs->len > 0) {
        struct xml_run *run = &g_array_index(runs, struct xml_run, runs->len - 1);
        if (run->node == node && run->offset + run->len == offset && run->source != NONE && run->source + run->len == source) {
            run->len += (uint32_t)len;
            return;
        }
    }
    bool first = runs->len == 0 || g_array_index(runs, struct xml_run, runs->len - 1).node != node;
    struct xml_run run = {node, offset, (uint32_t)len, source};
    g_array_append_val(runs, run);
    if (first)
        node->_private = GUINT_TO_POINTER(runs->len);
}

/* A reference of several bytes: its first stands at the '&', its last at the ';', so that a span that ends with it covers it whole.
 * A soft hyphen (&shy;) has no run: it is no text, and its two bytes must not be parted. */
static void add_reference(struct parse *parse, xmlNode *node, uint32_t offset, size_t len, const char *piece, uint32_t source, size_t end)
{
    if (len == 2 && memcmp(piece, "\u00ad", 2) == 0)
        return;
    if (len == 1) {
        add_run(parse, node, offset, 1, source);
        return;
    }
    add_run(parse, node, offset, len - 1, source);
    struct xml_run run = {node, offset + (uint32_t)len - 1, 1, (uint32_t)end - 1};
    g_array_append_val(parse->tree->runs, run);
}

/* Where a piece of text stood that the parser has just handed over. */
static void place(struct parse *parse, const xmlParserCtxt *ctxt, xmlNode *node, uint32_t offset, const char *piece, size_t len)
{
    uint32_t source = NONE;
    if (parse->placed) {
        size_t end = position(ctxt);
        const char *base = (const char *)ctxt->input->base;
        source = reference_before(parse, end, piece, len);
        if (source != NONE) {
            add_reference(parse, node, offset, len, piece, source, end);
            return;
        }
        size_t last = end < parse->text.len ? (size_t)g_utf8_skip[(guchar)parse->text.ptr[end]] : 1;
        size_t candidates[] = {
            piece >= base && piece < (const char *)ctxt->input->end ? (size_t)ctxt->input->consumed + (size_t)(piece - base) : SIZE_MAX,
            len == 1 && *piece == '<' ? end : SIZE_MAX, /* one that begins no element: handed over before it was stepped over */
            len == 1 && *piece == '&' ? lone_ampersand(parse, end) : SIZE_MAX,
            len >= BIG_RUN ? end + last - len : SIZE_MAX, /* handed over before the last character was stepped over */
            end - len,
            end - len - 2, /* a CDATA section: the parser stands on the '>' of its end, */
            end - len - 3, /* or behind it */
            end - 1 - len,
        };
        for (size_t i = 0; i < G_N_ELEMENTS(candidates) && source == NONE; i++)
            if (stands_at(parse, candidates[i], piece, len))
                source = (uint32_t)candidates[i];
    }
    add_run(parse, node, offset, len, source);
}

static void note_piece(xmlParserCtxt *ctxt, const xmlChar *piece, int len)
{
    struct parse *parse = ctxt->_private;
    xmlNode *node = ctxt->node ? ctxt->node->last : NULL;
    if (!node || (node->type != XML_TEXT_NODE && node->type != XML_CDATA_SECTION_NODE) || len <= 0)
        return;
    uint32_t offset = node == parse->last ? parse->last_len : 0;
    place(parse, ctxt, node, offset, (const char *)piece, (size_t)len);
    parse->last = node;
    parse->last_len = offset + (uint32_t)len;
}

static void on_characters(void *data, const xmlChar *piece, int len)
{
    xmlSAX2Characters(data, piece, len);
    note_piece(data, piece, len);
}

static void on_cdata(void *data, const xmlChar *piece, int len)
{
    xmlSAX2CDataBlock(data, piece, len);
    note_piece(data, piece, len);
}

static void on_comment(void *data, const xmlChar *value)
{
    struct parse *parse = ((xmlParserCtxt *)data)->_private;
    const char *text = (const char *)value;
    if (!parse->tree->comment && parse->depth <= 1 && (strstr(text, "saved from url") || strstr(text, "SingleFile")))
        parse->tree->comment = g_strdup((const char *)value);
}

/* Beyond the depth limit the element is left out and its text goes to the element that was let in last. */
static bool enter(xmlParserCtxt *ctxt)
{
    struct parse *parse = ctxt->_private;
    if (++parse->depth > STOP_DEPTH)
        xmlStopParser(ctxt);
    if (parse->depth > LIMIT_XML_DEPTH)
        parse->tree->too_deep = true;
    return parse->depth <= LIMIT_XML_DEPTH;
}

static bool leave(const xmlParserCtxt *ctxt)
{
    struct parse *parse = ctxt->_private;
    return parse->depth == 0 || parse->depth-- <= LIMIT_XML_DEPTH;
}

static void on_start_html(void *data, const xmlChar *name, const xmlChar **attributes)
{
    if (enter(data))
        xmlSAX2StartElement(data, name, attributes);
}

static void on_end_html(void *data, const xmlChar *name)
{
    if (leave(data))
        xmlSAX2EndElement(data, name);
}

static void on_entity(void *data, const xmlChar *name, int type, const xmlChar *public_id, const xmlChar *system_id, xmlChar *content)
{
    (void)name;
    (void)type;
    (void)public_id;
    (void)system_id;
    (void)content;
    xmlParserCtxt *ctxt = data;
    ((struct parse *)ctxt->_private)->entities = true;
    xmlStopParser(ctxt);
}

static void hook(xmlParserCtxt *ctxt, struct parse *parse, enum xml_kind kind)
{
    ctxt->_private = parse;
    ctxt->sax->characters = on_characters;
    ctxt->sax->cdataBlock = on_cdata;
    ctxt->sax->comment = on_comment;
    ctxt->sax->processingInstruction = NULL;
    if (kind == XML_HTML) {
        ctxt->sax->startElement = on_start_html;
        ctxt->sax->endElement = on_end_html;
    } else {
        ctxt->sax->ignorableWhitespace = on_characters;
        ctxt->sax->entityDecl = on_entity;
    }
}

/* A copy of the same length without what libxml2 stumbles over: NUL ends its input, control characters, U+FFFE and
 * U+FFFF are dropped ("8", U+FFFE, "511" as 8511), CR LF becomes LF. */
static char *washed(struct slice text)
{
    char *copy = g_malloc(text.len + 1);
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        copy[i] = (c < 0x20 && c != '\n' && c != '\t') || c == 0x7f ? ' ' : (char)c;
        if ((c == 0xbe || c == 0xbf) && i >= 2 && memcmp(text.ptr + i - 2, "\xef\xbf", 2) == 0)
            copy[i] = (char)0xbd; /* the replacement character, which is as long */
    }
    copy[text.len] = '\0';
    return copy;
}


static bool refuse(const char *path, const struct parse *parse, const xmlParserCtxt *ctxt, enum xml_kind kind, GError **error)
{
    const char *what = NULL;
    if (ctxt->errNo == XML_ERR_NO_MEMORY) {
        citable_error_memory(error, path);
        return true;
    }
    if (parse->entities)
        what = "declares XML entities of its own; such files are not read";
    else if (kind == XML_STRICT && !ctxt->wellFormed)
        what = "holds damaged XML";
    else if (!parse->tree->doc || !xmlDocGetRootElement(parse->tree->doc))
        what = kind == XML_HTML ? "holds no HTML element" : "holds no XML element";
    if (what && kind != XML_HTML && ctxt->lastError.line > 0 && !parse->entities)
        citable_error_at(error, CITABLE_ERROR_FORMAT, path, 0, "%s (line %d)", what, ctxt->lastError.line);
    else if (what)
        citable_error_at(error, CITABLE_ERROR_FORMAT, path, 0, "%s", what);
    return what != NULL;
}

bool xml_parse(const char *path, struct slice text, enum xml_kind kind, struct xml_tree **ret, GError **error)
{
    quiet();
    bool utf8 = kind == XML_HTML || g_utf8_validate(text.ptr, (gssize)text.len, NULL);
    g_autofree char *copy = utf8 ? washed(text) : g_memdup2(text.ptr, text.len);
    struct xml_tree *tree = g_new0(struct xml_tree, 1);
    tree->runs = g_array_new(FALSE, FALSE, sizeof(struct xml_run));
    struct parse parse = {.tree = tree, .text = {copy, text.len}, .placed = utf8};
    xmlParserCtxt *ctxt = kind == XML_HTML ? htmlNewParserCtxt() : xmlNewParserCtxt();
    hook(ctxt, &parse, kind);
    if (kind == XML_HTML)
        ctxt->options |= XML_PARSE_HUGE; /* text and depth have our own limits; 2.9 has no HTML option of this name */
    if (kind == XML_HTML)
        tree->doc = htmlCtxtReadMemory(ctxt, copy, (int)text.len, NULL, "UTF-8",
                                       HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET);
    else
        tree->doc = xmlCtxtReadMemory(ctxt, copy, (int)text.len, NULL, utf8 ? "UTF-8" : NULL,
                                      XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | (kind == XML_LOOSE ? XML_PARSE_RECOVER : 0));
    tree->damaged = kind != XML_HTML && !ctxt->wellFormed;
    bool refused = refuse(path, &parse, ctxt, kind, error);
    xmlFreeParserCtxt(ctxt);
    if (refused)
        xml_tree_free(tree);
    else
        *ret = tree;
    return !refused;
}

void xml_tree_free(struct xml_tree *tree)
{
    if (!tree)
        return;
    xmlFreeDoc(tree->doc);
    g_array_unref(tree->runs);
    g_free(tree->comment);
    g_free(tree);
}

const struct xml_run *xml_runs(const struct xml_tree *tree, const xmlNode *node, guint *count)
{
    guint first = GPOINTER_TO_UINT(node->_private);
    *count = 0;
    if (first == 0 || first > tree->runs->len)
        return NULL;
    while (first - 1 + *count < tree->runs->len && g_array_index(tree->runs, struct xml_run, first - 1 + *count).node == node)
        (*count)++;
    return *count ? &g_array_index(tree->runs, struct xml_run, first - 1) : NULL;
}

void xml_trim(struct xml_tree *tree, xmlNode *node, size_t head, size_t tail)
{
    size_t len = strlen((const char *)node->content);
    g_assert(head + tail <= len);
    guint count, first = GPOINTER_TO_UINT(node->_private);
    xml_runs(tree, node, &count);
    for (guint i = 0; i < count; i++) {
        struct xml_run *run = &g_array_index(tree->runs, struct xml_run, first - 1 + i);
        size_t from = CLAMP((size_t)run->offset, head, len - tail), to = CLAMP((size_t)run->offset + run->len, from, len - tail);
        if (run->source != NONE)
            run->source += (uint32_t)(from - MIN(run->offset, from));
        run->offset = (uint32_t)(from - head);
        run->len = (uint32_t)(to - from);
    }
    g_autofree char *kept = g_strndup((const char *)node->content + head, len - head - tail);
    xmlNodeSetContent(node, NULL);
    xmlNodeAddContent(node, (const xmlChar *)kept);
}

/* Bytes of a declaration, a comment or a document type at the head of `text`; 0: it has no end here. */
static size_t prolog_part(struct slice text)
{
    const char *stop = slice_starts(text, "<!--") ? "-->" : slice_starts(text, "<?") ? "?>" : ">";
    const char *end = g_strstr_len(text.ptr, (gssize)text.len, stop), *open = memchr(text.ptr, '[', text.len);
    if (end && *stop == '>' && open && open < end) /* declarations inside the document type */
        end = g_strstr_len(open, (gssize)(text.len - (size_t)(open - text.ptr)), "]>"), stop = "]>";
    return end ? (size_t)(end - text.ptr) + strlen(stop) : 0;
}

struct slice xml_root(struct slice head)
{
    if (slice_starts(head, "\xef\xbb\xbf"))
        head = slice_sub(head, 3, head.len);
    for (;;) {
        head = slice_trim(head);
        if (head.len < 2 || head.ptr[0] != '<')
            return slice_make(head.ptr, 0);
        if (head.ptr[1] != '?' && head.ptr[1] != '!')
            break;
        size_t used = prolog_part(head);
        if (used == 0)
            return slice_make(head.ptr, 0);
        head = slice_sub(head, used, head.len);
    }
    size_t end = 1;
    while (end < head.len && !g_ascii_isspace(head.ptr[end]) && head.ptr[end] != '>' && head.ptr[end] != '/')
        end++;
    return slice_sub(head, 1, end);
}

bool xml_is(const xmlNode *node, const char *name)
{
    return node && node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

const char *xml_attribute(const xmlNode *node, const char *name)
{
    if (!node || node->type != XML_ELEMENT_NODE)
        return NULL;
    for (const xmlAttr *attribute = node->properties; attribute; attribute = attribute->next)
        if (strcmp((const char *)attribute->name, name) == 0)
            return attribute->children && attribute->children->content ? (const char *)attribute->children->content : "";
    return NULL;
}

xmlNode *xml_child(const xmlNode *node, const char *name)
{
    for (xmlNode *child = node ? node->children : NULL; child; child = child->next)
        if (xml_is(child, name))
            return child;
    return NULL;
}

xmlNode *xml_next(xmlNode *node, const xmlNode *root, bool deep)
{
    if (deep && node->children && node->type == XML_ELEMENT_NODE)
        return node->children;
    while (node && node != root && !node->next)
        node = node->parent;
    return !node || node == root ? NULL : node->next;
}

xmlNode *xml_find(xmlNode *node, const char *name)
{
    for (xmlNode *at = node; at; at = xml_next(at, node, true))
        if (xml_is(at, name))
            return at;
    return NULL;
}

char *xml_text(const xmlNode *node)
{
    GString *text = g_string_new(NULL);
    for (xmlNode *at = (xmlNode *)node; at; at = xml_next(at, node, true)) {
        if (at->type != XML_TEXT_NODE && at->type != XML_CDATA_SECTION_NODE)
            continue;
        for (const char *p = (const char *)at->content; p && *p; p++) {
            if (!g_ascii_isspace(*p))
                g_string_append_c(text, *p);
            else if (text->len > 0 && text->str[text->len - 1] != ' ')
                g_string_append_c(text, ' ');
        }
    }
    return g_strchomp(g_string_free(text, FALSE));
}

char *xml_text_at(xmlNode *root, const char *name)
{
    xmlNode *node = root ? xml_find(root, name) : NULL;
    char *text = node ? xml_text(node) : NULL;
    if (text && !*text)
        g_clear_pointer(&text, g_free);
    return text;
}
