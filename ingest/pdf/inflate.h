/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_PDF_INFLATE_H
#define CITABLE_INGEST_PDF_INFLATE_H

#include <gio/gio.h>

/* The packed streams of a file, each inflated once and whole, by zlib: for the search for signs, and for Poppler's readers (ingest/pdf/streams.h). */

/* A stream as it was before it was packed. */
struct inflated {
    const char *start;
    size_t size;
};

/* Keeps what is inflated of this file, which the document that is opened next is made of; one at a time. */
void inflate_begin(GBytes *file);

/* Frees it; what is held still, when it is released. */
void inflate_end(void);

/* Who asks: what nobody but the search read is kept for Poppler, as far as there is room; what Poppler read makes room first. */
enum inflate_reader { INFLATE_SEARCH, INFLATE_POPPLER };

/* What is packed at `at`, a place of the file, in no more than `len` bytes. NULL: damaged, cut short, too large, or not of the file. Release it. */
const struct inflated *inflate_hold(const char *at, size_t len, enum inflate_reader reader);
void inflate_release(const struct inflated *inflated); /* takes NULL */

/* How many streams were inflated of this file, and how many were asked for again; for tests. */
struct inflate_kept {
    unsigned streams, again;
};
struct inflate_kept inflate_kept(void);

#endif
