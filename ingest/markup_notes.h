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
};

/* Finds the calls and their targets below `root`. */
void markup_notes_find(xmlNode *root, struct markup_notes *ret);
void markup_notes_clear(struct markup_notes *notes);

/* The label of a call: `node` is the <a>, or the <sup> around it; NULL: no call. The caller frees it. */
char *markup_call(const struct markup_notes *notes, xmlNode *node);

/* Does this link lead back from a note to its call: a link inside the page whose text is a sign or a label? */
bool markup_leads_back(xmlNode *link);

#endif
