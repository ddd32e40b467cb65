/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_PDF_HIDDEN_H
#define CITABLE_INGEST_PDF_HIDDEN_H

#include "ingest/layout.h"

#include <poppler.h>

/* Marks the glyphs that a reader of the page does not see: smaller than any print, outside the page, or white on white. White letters are common
 * on dark ground, so a page with a line of them or more is drawn once, small, and looked at where they stand.
 * Text that the file sets as invisible (as under a scanned page) or covers with a picture cannot be told through Poppler's GLib interface. */
void pdf_hidden_glyphs(PopplerPage *page, struct sheet *sheet);

#endif
