/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_MARKUP_H
#define CITABLE_INGEST_MARKUP_H

#include "ingest/markup/article.h"
#include "ingest/builder.h"
#include "ingest/encoding.h"
#include "ingest/markup/markup_notes.h"

/* Where bytes of a text stood in the file: struct shift as in a document; NULL: the same offsets; `lost`: nowhere. */
struct origin {
    const GArray *shifts;
    bool lost;
};

/* Offsets of the text that an encoding decoded; borrows it. */
static inline struct origin origin_of(const struct encoding *encoding)
{
    return (struct origin){.shifts = encoding->shifts};
}

/* Adds to `shifts` how `len` bytes at `at` of a text made of the decoded one (a fragment that was escaped in a feed) go back to the file:
 * they stood at `source` and onwards of the decoded text (NONE: nowhere). */
void origin_add(GArray *shifts, uint32_t at, uint32_t source, uint32_t len, const struct encoding *encoding);

/* HTML elements → passages, appended to the document: headings, paragraphs, list items, table rows, captions, notes and their marks.
 * tree: where its text stood; origin: where the tree's text stood in the file; notes: those of the page
 * (a note that stands outside the article is read behind it), or NULL. Marks are not tied to their notes yet (notes_link). */
void markup_passages(struct document *doc, const struct xml_tree *tree, const struct article *article, const struct markup_notes *notes, const struct origin *origin);

#endif
