/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_PDF_PICTURES_H
#define CITABLE_INGEST_PDF_PICTURES_H

#include "ingest/document.h"

#include <stdbool.h>
#include <stddef.h>

/*  Most of what drawing a page takes is the decoding of its pictures, and where only a line of it is looked at, most of them lie elsewhere. The function below
 *  has the name of libpoppler's and stands before it, as the program's own symbol: a picture beside the places that are looked at is not drawn.
 *
 *      Poppler ──Gfx::doImage──▶ here: beside all of the areas? ── yes ──▶ nothing
 *                                                              └─ no ───▶ libpoppler's doImage
 *
 *  Only pictures of the page itself and of its forms, not those of a pattern's cell, a glyph or the content's own bytes; and only where libpoppler is the
 *  version that this was written for, as with fonts (ingest/pdf/fonts.h). */

/* Until pictures_everywhere; areas in points from the page's top left, which stay the caller's. */
void pictures_near(const struct rect *areas, size_t count);
void pictures_everywhere(void);

/* How many pictures were not drawn, in the life of the process; for tests. */
unsigned pictures_left_out(void);

#ifdef CITABLE_POPPLER
/* void Gfx::doImage(Object *reference, Stream *stream, bool inlined) */
void pictures_draw(void *gfx, void *reference, void *stream, bool inlined) __asm__("_ZN3Gfx7doImageEP6ObjectP6Streamb");
#endif

#endif
