/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_PDF_PICTURES_H
#define CITABLE_INGEST_PDF_PICTURES_H

#include "ingest/document.h"

#include <stdbool.h>
#include <stddef.h>

/*  Most of what drawing a page takes is the decoding of its pictures, and where only a line of it is looked at, most of them lie elsewhere. The functions below
 *  have the names of libpoppler's and stand before them, as the program's own symbols: a picture beside the places that are looked at is not drawn, and of
 *  one that lies there only what lies there, and a little around it, gets the colours of the screen, which for those of print takes most of the time.
 *
 *      Poppler ──Gfx::doImage──▶ here: beside all of the areas? ── yes ──▶ nothing
 *                                                              └─ no ───▶ libpoppler's doImage
 *              ──getRGBLine────▶ here: a row of it, beside all of them? ── yes ──▶ black
 *                                                                      └─ no ───▶ libpoppler's getRGBLine, for the columns between
 *
 *  Only pictures of the page itself and of its forms, not those of a pattern's cell, a glyph or the content's own bytes; and only where libpoppler is the
 *  version that this was written for, as with fonts (ingest/pdf/fonts.h). */

/* Until pictures_everywhere; areas in points from the page's top left, which stay the caller's; scale: pixels a point. */
void pictures_near(const struct rect *areas, size_t count, double scale);
void pictures_everywhere(void);

/* How many pictures, and rows of others, were not drawn, in the life of the process; for tests. */
struct pictures_left_out {
    unsigned pictures, lines;
};
struct pictures_left_out pictures_left_out(void);

#ifdef CITABLE_POPPLER
/* void Gfx::doImage(Object *reference, Stream *stream, bool inlined) */
void pictures_draw(void *gfx, void *reference, void *stream, bool inlined) __asm__("_ZN3Gfx7doImageEP6ObjectP6Streamb");

/* void GfxImageColorMap::getRGBLine(unsigned char *line, unsigned *ret, int width) */
void pictures_line(void *map, unsigned char *line, unsigned *ret, int width) __asm__("_ZN16GfxImageColorMap10getRGBLineEPhPji");
#endif

#endif
