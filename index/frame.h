/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_FRAME_H
#define CITABLE_INDEX_FRAME_H

#include "extract/mention.h"

/*  What a reading process sends to the one that started it. The receiver believes nothing: a frame is taken whole, checked, or refused.
 *
 *    pipe       [type 32][length 32][bytes …] [type][length][bytes …] …          in this machine's byte order: both ends are one program
 *    document   [strings: count, (length, bytes) …][counts and structs in the order of frame.c's tables] */

enum frame_type {
    FRAME_HASH = 1, /* 64 hex digits of the file's SHA-256, then its size (64 bits) */
    FRAME_DOCUMENT, /* a document with its mentions */
    FRAME_TROUBLE,  /* one line: a rule that hit a limit */
    FRAME_ERROR,    /* enum citable_error, then one line: nothing (more) can be read */
    FRAME_UNKNOWN,  /* one line: no reader knows this format */
    FRAME_SAME,     /* the file's bytes are those that were read before */
    FRAME_TIME,     /* nanoseconds (64 bits), then the name of the stage that took them; only when timings are asked for */
    FRAME_END,      /* how many documents were sent (32 bits): all is said */
};

/* Appends the bytes of a document and its mentions (without type and length). */
void frame_write(GByteArray *bytes, const struct document *doc, const struct mentions *mentions);

/* Reads them back, checks every length, position and text, and gives the document `path`. Errors: WORKER, saying what is wrong. The caller frees both. */
bool frame_read(struct slice bytes, const char *path, struct document **doc, struct mentions **mentions, GError **error);

/* frame_check.c: whether everything in them stands where it may stand; says what does not. Static, or NULL: all is well.
 * Boxes beyond their page are possible in honest files: their passages are marked as hidden. A mention that runs over its passage's end loses the passage. */
const char *frame_check(struct document *doc, const struct mentions *mentions);

#endif
