/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_READER_H
#define CITABLE_INGEST_READER_H

#include "ingest/document.h"

/* Whoever waits for a reader: told of each page, and able to leave pages out. */
struct source_watch {
    void (*page)(void *data, uint32_t page, uint32_t pages);
    void *data;
    const GArray *left_out; /* uint32_t: pages that stalled or broke a reader before */
};

/* One member of an archive that is looked for, instead of reading all. */
struct source_wanted {
    const char *member; /* "report.pdf", "inner.zip!report.pdf" */
    GBytes *found;      /* NULL: not there */
};

/* When pages are read as pictures, through character recognition. */
enum ocr_mode {
    OCR_AUTO,  /* pages without usable text */
    OCR_NEVER,
    OCR_FORCE, /* every page: for files whose text is not what they print */
};

/* "auto", "never", "force"; false for another word. */
bool ocr_mode_from(const char *name, enum ocr_mode *ret);

/* A file's bytes, read once and hashed; what was hashed is what is parsed. */
struct source {
    const char *path;   /* as given; "-" for standard input */
    GBytes *bytes;
    char *sha256;       /* hex, of bytes */
    const char *lang;   /* ISO 639-1 that the user named, or NULL: the reader decides */
    enum ocr_mode ocr;
    bool look;          /* PDFs: draw every page with a digit, and hold its text against what is seen */
    unsigned depth;     /* archives that it was taken out of */
    uint64_t *inflated; /* bytes that came out of the outermost file so far; NULL: this is it */
    const struct source_watch *watch; /* or NULL */
    struct source_wanted *wanted;     /* or NULL: everything is read */
};

/* A format is a row: how to tell it, and how to read it. */
struct reader {
    const char *name;                                                        /* stored with every document it reads */
    int (*probe)(struct slice head, const char *path);                       /* 0 = not mine … 100 = certain; head: the first 64 KiB; path only breaks ties */
    bool (*read)(const struct source *source, GPtrArray *documents, GError **error); /* adds struct document *; a file may hold several (feed items) */
};

extern const struct reader read_pdf, read_html, read_news, read_zip, read_tar, read_mail, read_jats, read_newsml, read_json, read_xml, read_refused, read_csv, read_markdown, read_text, read_flat_odt;

/* Opens a regular file (never a FIFO or a device), reads it whole and hashes it. The caller frees it with source_free.
 * "archive.zip!report.pdf" opens a file inside a file, where there is no file of that very name.
 * Errors: MISSING, READ, EMPTY, LIMIT. */
bool source_open(const char *path, struct source **ret, GError **error);
/* The same for a file that is open already; `fd` stays the caller's. */
bool source_read(int fd, const char *path, struct source **ret, GError **error);
/* Takes ownership of nothing: refs `bytes`. */
struct source *source_new(const char *path, GBytes *bytes);
void source_free(struct source *source);

/* A reader calls it before each page (from 1): the pages before it are done. False: leave this page out, with PAGE_UNFINISHED and a warning. */
bool source_page(const struct source *source, uint32_t page, uint32_t pages);

/* The reader whose probe is surest of these bytes; NULL = none (a binary). */
const struct reader *reader_choose(const struct source *source);

/* Chooses and reads; fills path, sha256, size, reader, language and the passages' sentences, numbers and headings of every document.
 * Adds struct document * to `documents` (created with document_free). Errors: FORMAT, ENCRYPTED, EMPTY, ENCODING, LIMIT. */
bool reader_read(const struct source *source, GPtrArray *documents, GError **error);

/* The same with a reader that is known: what a person typed is text, whatever it looks like. */
bool reader_read_as(const struct reader *reader, const struct source *source, GPtrArray *documents, GError **error);

#endif
