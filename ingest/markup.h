/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_MARKUP_H
#define CITABLE_INGEST_MARKUP_H

#include "ingest/article.h"
#include "ingest/builder.h"

/* Where bytes of a text stood in the file: struct shift as in a document; NULL: the same offsets; `lost`: nowhere. */
struct origin {
    const GArray *shifts;
    bool lost;
};

/* HTML elements → passages, appended to the document: headings, paragraphs, list items, table rows, captions, notes and their marks.
 * tree: where its text stood; origin: where the tree's text stood in the file. */
void markup_passages(struct document *doc, const struct xml_tree *tree, const struct article *article, const struct origin *origin);

#endif
