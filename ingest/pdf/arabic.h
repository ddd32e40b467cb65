/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_ARABIC_H
#define CITABLE_INGEST_ARABIC_H

#include "ingest/layout/layout.h"

/*  Ligatures of Arabic that a font prints as one and Poppler gives as several characters: it spreads them over the width from left to right, in the order of
 *  reading, which runs from right to left:
 *
 *    printed  [ ﻻ ]     file  lam alef     given  [lam][alef]     read from the right  alef lam, another word
 *
 *  Puts such characters of the sheet from glyph `from` on in their places. Parts of one ligature are equally wide; so may an alef and a lam be that were
 *  printed by themselves ("بالـ"), which is told from the other ones of the same font on the page. */
void pdf_arabic(struct sheet *sheet, uint32_t from);

#endif
