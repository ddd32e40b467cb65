/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_VOCABULARY_H
#define CITABLE_INGEST_VOCABULARY_H

#include "ingest/xml.h"

/* An XML vocabulary that is read as HTML: each of its elements has an HTML element that reads alike (markup.h). */
struct vocabulary_word {
    const char *name;
    const char *as; /* NULL: the element is no text and goes */
};

/* Renames the elements below `root`; one that is in no row becomes <span> inside a paragraph and <div> outside. */
void vocabulary_apply(xmlNode *root, const struct vocabulary_word *words, size_t count);

/* Notes that stand in the middle of a paragraph, as DocBook, TEI and some JATS have them: each element called `name` below `root` goes behind the paragraph
 * that it stands in (`paragraphs`: what one is called), and a link to it stays in its place, with the note's own label (child "label") or its number.
 * One whose id is in `called` (NULL: none) has its call elsewhere. To be done before vocabulary_apply. */
void vocabulary_lift_notes(xmlNode *root, const char *name, const char *const paragraphs[2], GHashTable *called);

void vocabulary_rename(xmlNode *node, const char *as);
void vocabulary_remove(xmlNode *node);
/* Text of ours to put into the tree: in an element of its own, for libxml2 melts text nodes that meet, and their places with them. */
xmlNode *vocabulary_text(const char *text);
/* What `label` holds goes to the head of `block`, which has children, with a space behind it; its text keeps its places in the file. */
void vocabulary_begin(xmlNode *block, xmlNode *label);
void vocabulary_set(xmlNode *node, const char *attribute, const char *value);

#endif
