/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_PDF_HIDDEN_H
#define CITABLE_INGEST_PDF_HIDDEN_H

#include "ingest/layout/layout.h"

#include <poppler.h>

/* Whether what the file says is what its pages show; one for each document. */
struct pdf_hidden;

/* signs: enum pdf_sign, what the file has that asks for a look at its pages; all: look at every page that holds a digit. */
struct pdf_hidden *pdf_hidden_new(uint32_t signs, bool all);
void pdf_hidden_free(struct pdf_hidden *hidden);

/*  Marks the glyphs of a page that a reader does not see (GLYPH_HIDDEN) or sees as other digits (GLYPH_OTHER).
 *
 *    always       smaller than any print; outside the page; white on white, where a page has a line of white glyphs or more
 *    where asked  the page is drawn: nothing printed where the glyph should be (invisible, covered, clipped, of its ground's colour);
 *                 a digit whose shape is another digit's (a false map to Unicode, ActualText); invisible text over a picture of the page
 *
 *  Drawing takes two or three times as long as reading, so not every page is drawn: where a font has mixed digits, the first that show digits of a
 *  font that was not looked at, two and one more for each twenty pages; and of these the characters alone, until one is not the digit that it says. */
void pdf_hidden_glyphs(struct pdf_hidden *hidden, PopplerPage *page, struct sheet *sheet);

#endif
