/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_PDF_GLYPHS_H
#define CITABLE_INGEST_PDF_GLYPHS_H

#include "ingest/pdf/hidden.h"

#include <poppler.h>

/* Fills a sheet's glyphs and flags with what a page prints: its text, then the contents of form fields and free-text annotations that Poppler's
 * text leaves out. Poppler is asked once for each of text, boxes and fonts. `hidden` marks what a reader of the page does not see. */
void pdf_page_glyphs(PopplerPage *page, struct pdf_hidden *hidden, struct layout *layout, struct sheet *sheet);

#endif
