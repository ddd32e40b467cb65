/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_PDF_FONTS_H
#define CITABLE_INGEST_PDF_FONTS_H

#include <stdint.h>

/*  Poppler makes the fonts of a page anew for each page (and for each form on it): it inflates the embedded font file to see its encoding, and reads the map
 *  to Unicode, although both are the same for all pages. The functions below have the names of libpoppler's and stand before them, as the program's own
 *  symbols: between fonts_begin and fonts_end a font that has a number in the file is handed out again once Poppler has let go of it. What is read stays what it is.
 *
 *      Poppler ──GfxFont::makeFont──▶ here: the same number and name, not in use? ── yes ──▶ the one made before
 *                                                                                └─ no ───▶ libpoppler's makeFont
 *              ──~Gfx8BitFont──────▶ here: one that is kept? ── yes ──▶ it stays
 *
 *  They know nothing of a font but its address. How they are called is libpoppler's own affair, so that they act only where it is the version that they
 *  were written for (poppler_is_known); everywhere else nothing changes but the time. */

/* Keeps the fonts of the document that is opened next; one at a time. */
void fonts_begin(void);

/* Frees them: behind the document's own end, which lets go of them. */
void fonts_end(void);

/* How many are kept by now, and how many were asked for again; for tests. */
struct fonts_kept {
    unsigned fonts, again;
};
struct fonts_kept fonts_kept(void);

#ifdef CITABLE_POPPLER
/* std::unique_ptr<GfxFont> GfxFont::makeFont(XRef *xref, const char *tag, Ref id, Dict *dict); `ret` is where it returns the pointer. */
void **fonts_make(void **ret, void *xref, const char *tag, uint64_t id, void *dict) __asm__("_ZN7GfxFont8makeFontEP4XRefPKc3RefP4Dict");

/* Their destructors, which free them too. */
void fonts_delete_simple(void *font) __asm__("_ZN11Gfx8BitFontD0Ev");
void fonts_delete_composite(void *font) __asm__("_ZN10GfxCIDFontD0Ev");
#endif

#endif
