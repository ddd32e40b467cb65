/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_PDF_COLOUR_H
#define CITABLE_INGEST_PDF_COLOUR_H

#include <stdint.h>

/*  Poppler opens a file's ICC profiles anew for each of its pages, and has liblcms2 compute the way from each to the screen's colours anew, half a
 *  millisecond each, although it is the same for all pages. The functions below have the names of liblcms2's and stand before them, as the program's own
 *  symbols: what was made once is handed out again. Colours stay what they are, in what is read and in what is drawn.
 *
 *      Poppler ──cmsCreateTransform──▶ here: the same two profiles? ── yes ──▶ the one made before
 *                                                                  └─ no ───▶ liblcms2's cmsCreateTransform
 *
 *  Where they do not stand before liblcms2's (a linker that does not export them), nothing changes but the time. */

/* Finds liblcms2's own functions; before the first page, and before a process confines itself. */
void colour_begin(void);

/* What is kept by now, for tests. */
struct colour_kept {
    unsigned profiles, transforms;
};
struct colour_kept colour_kept(void);

/* As in lcms2.h. A profile or transform that is kept stays open when it is closed or deleted. */
void *cmsOpenProfileFromMem(const void *bytes, uint32_t size);
void *cmsCreate_sRGBProfile(void);
int cmsCloseProfile(void *profile);
void *cmsCreateTransform(void *from, uint32_t from_format, void *to, uint32_t to_format, uint32_t intent, uint32_t flags);
void cmsDeleteTransform(void *transform);

#endif
