/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_TYPED_NOTES_H
#define CITABLE_INGEST_TYPED_NOTES_H

#include "ingest/document.h"

/*  Notes that nothing ties to their marks but their numbers:
 *
 *    … 851{1} cases, 8,512{2} people …
 *    Notes                              a heading that says so
 *    1. Survey.                         the first note
 *    2. Census.                         also "[2] Census.", or the second item of a list that the file numbers: bullets are no notes
 *
 *  Only where the document has marks by number, no note with a number yet, and as many notes below the heading as the marks need. To be asked before
 *  notes_link. */
void typed_notes_find(struct document *doc);

#endif
