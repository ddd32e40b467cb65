/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_PDF_STREAMS_H
#define CITABLE_INGEST_PDF_STREAMS_H

#include <glib.h>
#include <stdbool.h>

/*  Poppler inflates with a decoder of its own, bit by bit: a virtual call for each byte that goes in, and one for each that comes out; and it inflates a
 *  form anew for each page that draws it. The function below has the name of libpoppler's and stands before it, as the program's own symbol:
 *
 *      Poppler ──Stream::makeFilter──▶ libpoppler's makeFilter ──▶ a FlateStream over bytes of the file? ── no ──▶ it stays what it is
 *                                                                   └─ yes ──▶ it gets a table of functions that read what ingest/pdf/inflate has
 *
 *  Its first reset inflates. A stream that zlib does not read to its end (damaged, cut short, very large) gets Poppler's own table back then, before its
 *  first byte was read, so that what damaged streams yield stays what it was. Streams of which Poppler asks where it stands in the file (pictures
 *  within a page's content) lie over another stream, not over the file.
 *
 *  How these objects lie in memory is libpoppler's own affair, so that this acts only where it is the version that it was written for, as with fonts
 *  (ingest/pdf/fonts.h). */

/* For the document that is opened next, made of this file; the document's end comes before streams_end. */
void streams_begin(GBytes *file);
void streams_end(void);

/* Where a reader of a stream stands: in [start, end). */
struct stream_reading {
    const void *held; /* NULL: nothing was read yet */
    const unsigned char *start, *at, *end;
};

/* Of a Stream of Poppler's: NULL where it is none of those above, or has a predictor. */
struct stream_reading *stream_reading(void *stream);

/* How many streams got the table, and how many of them gave it back; for tests. */
struct streams_taken {
    unsigned streams, given_back;
};
struct streams_taken streams_taken(void);

#ifdef CITABLE_POPPLER
/* Stream *Stream::makeFilter(const char *name, Stream *from, Object *params, int recursion, Dict *dict) */
void *streams_make_filter(void *stream, const char *name, void *from, void *params, int recursion, void *dict) __asm__(
    "_ZN6Stream10makeFilterEPKcPS_P6ObjectiP4Dict");
#endif

#endif
