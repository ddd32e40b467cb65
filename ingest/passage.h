/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_PASSAGE_H
#define CITABLE_INGEST_PASSAGE_H

#include "ingest/document.h"

/* Completes what a reader left: language where it is not set, sentences of every passage, marks tied to notes, passage numbers on their page, headings over
 * them, title, date and publisher from the first page.
 * Every reader's document goes through here once (reader_read calls it). */
void passages_finish(struct document *doc);

#endif
