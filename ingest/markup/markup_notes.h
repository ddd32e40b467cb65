/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_MARKUP_NOTES_H
#define CITABLE_INGEST_MARKUP_NOTES_H

#include "ingest/xml.h"

/*  Notes of a page: a short label that links to a place in the same page, and the block that stands there.
 *
 *    851<sup><a href="#fn1">1</a></sup> cases         a call: mark "1"
 *    <li id="fn1">Survey of 2014. <a href="#r1">↩</a>   its target: the note "1"; links in it that only lead back are no text */
struct markup_notes {
    xmlNode *root;       /* where they were looked for */
    GHashTable *labels;  /* id that is called → label */
    GHashTable *targets; /* block element → label */
    GHashTable *ids;     /* block element → the id by which it is called */
};

/* Finds the calls and their targets below `root`. called: id → label of what other files of the same text call, or NULL. */
void markup_notes_find(xmlNode *root, GHashTable *called, struct markup_notes *ret);
void markup_notes_clear(struct markup_notes *notes);

/* The id that a link inside the page leads to, or NULL. */
const char *markup_place(const xmlNode *link);

/* The label of a call of this page's notes, or of another file's; NULL: no call. The caller frees it. */
char *markup_call(const struct markup_notes *notes, xmlNode *link);

/* The label of a link that looks like a call, wherever it leads ("notes.xhtml#n1"); NULL: it does not. The caller frees it. */
char *markup_call_label(xmlNode *link);

/* Does this link lead back from a note to its call: a link to a place whose text is a sign or a label? */
bool markup_leads_back(xmlNode *link);

#endif
