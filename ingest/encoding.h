/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_ENCODING_H
#define CITABLE_INGEST_ENCODING_H

#include "ingest/document.h"

/*  Bytes → UTF-8, decided before any parser sees them, with the way back to the file's bytes.
 *
 *    bytes    caf\xE9 …        text    café …        shifts    {0,0} {4,3} {5,4}     (the second byte of é stands at the source of its first)
 *
 *  In this order: a byte order mark; valid UTF-8; UTF-16 without a mark; UTF-8 with a few broken bytes; the charset that the file declares; ICU's detector;
 *  windows-1252, in which every text can be read. A broken byte is read as windows-1252 where it stands alone among ASCII ("na\xEFve" in a UTF-8 file),
 *  else it becomes U+FFFD; either is counted and placed. */
struct encoding {
    const char *charset; /* interned: "UTF-8", "UTF-16LE", "windows-1252" */
    struct slice text;   /* valid UTF-8 without byte order mark and without NUL; borrows the bytes where nothing had to change */
    char *owned;         /* the same, where it had to */
    GArray *shifts;      /* struct shift: byte of `text` → byte of the file; NULL: the same offsets */
    unsigned broken;     /* bytes that were repaired */
    uint32_t broken_at;  /* byte of the file where the first of them stands */
};

/* Decodes. `declared`: the charset that a meta tag or a mail header names, or NULL. False: the bytes are no text in any charset (too many control
 * characters or NULs); `ret` is then empty. The bytes must outlive it. */
bool encoding_decode(struct slice bytes, const char *declared, struct encoding *ret);
void encoding_clear(struct encoding *encoding);

/* Could these first bytes of a file be text? Cheap: looks at control characters only. */
bool encoding_is_text(struct slice head);

/* The byte of the file at which a byte of the text stands. */
uint32_t encoding_source(const struct encoding *encoding, uint32_t at);

/* How far bytes [from, to) of the text stand one after another in the file: the end of the first piece. */
uint32_t encoding_piece(const struct encoding *encoding, uint32_t from, uint32_t to);

/* Appends bytes [from, to) of the text to a document, each with its source. */
void encoding_append(const struct encoding *encoding, struct document *doc, uint32_t from, uint32_t to);

/* Says once, in the document's warnings, that bytes were repaired ("bad-utf8") or a charset was guessed ("charset"). */
void encoding_warn(const struct encoding *encoding, struct document *doc);

#endif
