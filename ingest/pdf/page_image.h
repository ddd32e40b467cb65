/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_PAGE_IMAGE_H
#define CITABLE_INGEST_PAGE_IMAGE_H

#include "ingest/document.h"

/* Draws page `page` (from 1) of the PDF at `path` at `dpi` dots an inch and writes it as PNG to `out`.
 * Each struct place_on_page of `boxes` that lies on this page is marked as with a highlighter; NULL or empty: nothing is marked.
 * A page that would be larger than the limit of cairo or of memory is drawn smaller.
 * Errors: MISSING or READ (the PDF or `out` cannot be used), ENCRYPTED, FORMAT (no such page, or not a PDF). */
bool page_image_png(const char *path, uint32_t page, const GArray *boxes, double dpi, const char *out, GError **error);

#endif
