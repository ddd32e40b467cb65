/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_PDF_WORDS_H
#define CITABLE_INGEST_PDF_WORDS_H

/*  Poppler keeps the characters of a page's words in six arrays a word, each from malloc, with room for sixteen: half a million allocations for a hundred
 *  reports. The functions below have the names of libpoppler's and stand before them, as the program's own symbols: the arrays of a word are one
 *  block, and blocks of words that are gone are used again, for the next page's.
 *
 *  Which of the two made a word's arrays must be who frees them, so that these act from the first word to the last; but only where libpoppler is the
 *  version that they were written for, as with fonts (ingest/pdf/fonts.h). In the one thread that reads. */

/* Before the first page. */
void words_begin(void);

/* Frees the blocks that are not in use. */
void words_end(void);

#ifdef CITABLE_POPPLER
/* void TextWord::ensureCapacity(int capacity) */
void words_make_room(void *word, int capacity) __asm__("_ZN8TextWord14ensureCapacityEi");

/* TextWord::~TextWord(), which does not free the word itself */
void words_clear(void *word) __asm__("_ZN8TextWordD1Ev");
#endif

#endif
