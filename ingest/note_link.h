/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_NOTE_LINK_H
#define CITABLE_INGEST_NOTE_LINK_H

#include "ingest/document.h"

/*  Ties every mark to the note of its label (mark.note); marks that a reader has tied stay so. In this order:
 *
 *    the note on the mark's own page, below the mark;
 *    the run of notes that follows the mark's run of marks: sequences restart by page, article or chapter, and the k-th run of marks has the k-th run
 *    of notes that comes after it, whether the notes stand behind each chapter or all at the end;
 *    a note of that label on the page above the mark, then the next one, then the last one before.
 *
 *  A mark without any note of its label keeps NONE. */
void notes_link(struct document *doc);

#endif
