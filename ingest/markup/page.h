/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_PAGE_H
#define CITABLE_INGEST_PAGE_H

#include "ingest/markup/markup.h"
#include "ingest/markup/page_style.h"

/* A saved web page as a document: its article, its notes, and what it says of itself. text: UTF-8; origin: where it stood in the file.
 * sheets: style sheets that stand elsewhere, to which the page's own are added, or NULL.
 * NULL and `error` (FORMAT) when there is no element in it. The caller owns the document. */
struct document *page_read(const char *path, struct slice text, const struct origin *origin, struct page_style *sheets, GError **error);

/* A fragment or a page that is text from end to end (a chapter, a mail): nothing is left out. Appends to the document. */
bool page_append(struct document *doc, const char *path, struct slice text, const struct origin *origin, GError **error);
/* The same for elements of a tree that is parsed already. called: id → label of notes that other files of the same text call, or NULL.
 * Marks are not tied yet: the caller does it when the text is whole (notes_link). */
void page_append_elements(struct document *doc, const struct xml_tree *tree, xmlNode *root, GHashTable *called, const struct origin *origin);

/* Plain text as the markup that reads alike: an empty line ends a paragraph. The caller frees it. */
char *page_paragraphs(const char *text);

/* The same item in tomorrow's feed is the same document: its id comes from its key (NULL: none) and text, not from the file. Sets member and sha256. */
void page_identify(struct document *doc, const char *key);

/* Warns of what page_style_apply took away. */
void page_hidden(struct document *doc, unsigned hidden);

/* <body>, or the root where there is none. */
xmlNode *page_body(const struct xml_tree *tree);

#endif
