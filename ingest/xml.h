/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_XML_H
#define CITABLE_INGEST_XML_H

#include "ingest/document.h"

#include <libxml/tree.h>

/*  libxml2 with limits: no network, no external entity, no DTD, our own depth limit, and not a word on stderr.
 *
 *  A tree knows where its text stood. libxml2 keeps no byte offsets, so each piece of text is placed while it is parsed (the parser's
 *  own position in its input) and believed only when the bytes there, entities decoded, are the bytes it handed over:
 *
 *    source   <p>4 &lt; 8&nbsp;512</p>
 *    content     4 < 8·512              one text node
 *    runs        [-]|[]^[-]             {offset in the content, source of its first byte}; a piece that fails the check has source NONE;
 *                                        a soft hyphen that is a reference has no run */

/* A piece of a text node: `len` bytes of its content from `offset` on stood at `source` and onwards. */
struct xml_run {
    const xmlNode *node;
    uint32_t offset, len, source;
};

struct xml_tree {
    xmlDoc *doc;
    GArray *runs;    /* struct xml_run, in the order of parsing; those of a text node follow one another */
    char *comment;   /* a comment at the head that says where the page was saved from, or NULL */
    bool too_deep;   /* elements beyond LIMIT_XML_DEPTH were taken out; their text stayed */
    bool damaged;    /* XML that is not well-formed: what could be read is there */
};

enum xml_kind {
    XML_HTML,   /* never fails: any bytes are some HTML */
    XML_STRICT, /* an archive's member: damage is an error */
    XML_LOOSE,  /* a feed: damage ends the text, what stood before it counts */
};

/* Parses UTF-8 (HTML: the caller has decided the encoding; XML: a declared encoding counts where `text` is not UTF-8, and then no run has a source).
 * Runs hold offsets into `text`. Errors: FORMAT (no element at all, not well-formed, entities declared inside), LIMIT. */
bool xml_parse(const char *path, struct slice text, enum xml_kind kind, struct xml_tree **ret, GError **error);
void xml_tree_free(struct xml_tree *tree);

/* The runs of a text node, `count` of them; NULL and 0 when it has none. */
const struct xml_run *xml_runs(const struct xml_tree *tree, const xmlNode *node, guint *count);

/* Takes `head` bytes from the begin of a text node and `tail` bytes from its end; what stays keeps its places. */
void xml_trim(struct xml_tree *tree, xmlNode *node, size_t head, size_t tail);

/* The name of the root element, prefix and all, as the first bytes of a file show it; empty: this is no XML, or it begins too late. */
struct slice xml_root(struct slice head);

/* Is the node an element of this name (without prefix, case as given)? */
bool xml_is(const xmlNode *node, const char *name);

/* The value of an attribute by its local name, borrowed from the tree; NULL when it is missing. */
const char *xml_attribute(const xmlNode *node, const char *name);

/* The first child element of this name, or NULL. */
xmlNode *xml_child(const xmlNode *node, const char *name);

/* The first element of this name at or below the node, in document order, or NULL. */
xmlNode *xml_find(xmlNode *node, const char *name);

/* The next node in document order inside `root`; `deep` false leaves out what stands below `node`. NULL at the end. */
xmlNode *xml_next(xmlNode *node, const xmlNode *root, bool deep);

/* All text below a node, white space collapsed and trimmed; owned by the caller; never NULL. */
char *xml_text(const xmlNode *node);

/* The same of the first element of this name at or below a node (may be NULL); NULL where it is missing or says nothing. */
char *xml_text_at(xmlNode *root, const char *name);

/* The UTF-8 of an entity reference at the start of `text` ("&eacute;", "&#233;", "&#xE9;", semicolon optional as in HTML): returns the bytes
 * it takes in `text` (0: none) and writes up to 6 bytes and a NUL to `utf8`. */
size_t xml_entity(struct slice text, char utf8[8]);

#endif
