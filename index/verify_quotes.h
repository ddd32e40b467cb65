/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_VERIFY_QUOTES_H
#define CITABLE_INDEX_VERIFY_QUOTES_H

#include "index/build.h"

/* Do words that were cited some time ago stand in today's documents? */

enum quoted_status {         /* in the order of what is preferred, where several documents could be meant */
    QUOTED_UNCHECKED,        /* the citation has neither words nor a hash to look for */
    QUOTED_GONE,             /* no document has these bytes, this name or these words */
    QUOTED_UNREADABLE,       /* the document is there and could not be read */
    QUOTED_TEXT_CHANGED,     /* the document is there, the words are not in it */
    QUOTED_MOVED,            /* the words stand on another page */
    QUOTED_DOCUMENT_CHANGED, /* the file has other bytes; the words stand on the same page */
    QUOTED_FOUND,            /* the same bytes, the words on the same page */
};

/* "found", "text_changed", …; static */
const char *quoted_status_name(enum quoted_status status);

/* A quote as it was cited, and what became of it. Strings are owned, and NULL where nothing is known. */
struct quoted {
    char *id, *sha256, *file, *url, *quote; /* quote NULL: only the document is looked for */
    uint32_t start;                         /* byte of the clean text, or NONE */
    uint32_t page;                          /* of the file, or NONE */
    enum quoted_status status;              /* from here on: filled by verify_quotes */
    char *file_now, *sha256_now, *reason;
    char *quote_now;                        /* TEXT_CHANGED: the sentence of today that shares most words with the quote, if it shares most of them */
    uint32_t page_now;
};

struct quoted *quoted_new(void);
void quoted_free(struct quoted *quoted);

/* Looks for each struct quoted in the files of the evidence file's documents (that of the same hash, else of the same address or name), or, where there are
 * `paths`, in these files and folders alone; store may then be NULL. Every file is read again, as it is today.
 * options: extractor, jobs, progress and data are used. Errors: STORE. */
bool verify_quotes(struct store *store, char *const *paths, const struct build_options *options, const GPtrArray *quotes, GError **error);

#endif
