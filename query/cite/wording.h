/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_CITE_WORDING_H
#define CITABLE_QUERY_CITE_WORDING_H

#include "index/get.h"

/* The words of a document as browsers compare them (without case and accents, white space of any kind as one space), so that a link can be made to
 * words which stand there once. */
struct wording;

struct wording *wording_new(void);
void wording_free(struct wording *wording);

/* Adds a passage; pages from 1, or NONE. Passages come in reading order. */
void wording_add(struct wording *wording, struct slice text, uint32_t page, uint32_t page_end);

/* How often words stand in the document, whole: 0, 1, or 2 for more. Takes the time of reading `words`, but for fewer than three words. */
unsigned wording_count(struct wording *wording, struct slice words);

/* The same for passages on one page, where the letters may also be a part of longer words ("5,000 people" in "25,000 people"): viewers of PDFs search so. */
unsigned wording_count_on_page(const struct wording *wording, uint32_t page, struct slice letters);

/* The same for a text that is no document. */
unsigned wording_times(struct slice text, struct slice words);

/* What a link needs of the documents that are cited; a few are kept. */
struct wordings;

struct wordings *wordings_new(struct store *store);
void wordings_free(struct wordings *wordings);

/* Takes over the wording and marks of a document that no evidence file holds. */
void wordings_put(struct wordings *wordings, int64_t document, struct wording *wording, GArray *marks);

/* The wording of a document and its note marks (uint32_t: bytes of the clean text before which they stood, rising); borrowed until the next call.
 * False where the evidence file cannot be read: the link then goes to the page alone. */
bool wordings_of(struct wordings *wordings, int64_t document, struct wording **ret, const GArray **marks);

#endif
