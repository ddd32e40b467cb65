/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_PAGE_H
#define CITABLE_INGEST_PAGE_H

#include "ingest/markup.h"

/* A saved web page as a document: its article, its notes, and what it says of itself. text: UTF-8; origin: where it stood in the file.
 * NULL and `error` (FORMAT) when there is no element in it. The caller owns the document. */
struct document *page_read(const char *path, struct slice text, const struct origin *origin, GError **error);

/* A fragment or a page that is text from end to end (a chapter, a mail): nothing is left out. Appends to the document. */
bool page_append(struct document *doc, const char *path, struct slice text, const struct origin *origin, GError **error);
/* The same for elements of a tree that is parsed already. */
void page_append_elements(struct document *doc, const struct xml_tree *tree, xmlNode *root, const struct origin *origin);

#endif
