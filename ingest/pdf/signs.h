/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_PDF_SIGNS_H
#define CITABLE_INGEST_PDF_SIGNS_H

#include <glib.h>
#include <stdint.h>

/* What a PDF has that can make its text another one than its pages show. None of it is wrong by itself: it says where to look at the pages. */
enum pdf_sign {
    SIGN_INVISIBLE = 1 << 0, /* text set to be invisible, as under a scanned page */
    SIGN_ACTUAL = 1 << 1,    /* digits that stand for others in marked content (ActualText) */
    SIGN_DIGITS = 1 << 2,    /* a font whose digits are not in their usual order, as they are when a map to Unicode exchanges them */
    SIGN_ALL = SIGN_INVISIBLE | SIGN_ACTUAL | SIGN_DIGITS
};

/*  Poppler's GLib interface tells none of this, so the bytes are searched: each stream that may hold drawing, objects or a map to Unicode is inflated and
 *  looked through for a few words. This reads no structure, and decides nothing; what cannot be inflated (encrypted, other filters) counts as every sign.
 *  enum pdf_sign. */
uint32_t pdf_signs(GBytes *bytes);

#endif
