/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_BASE_ERROR_H
#define CITABLE_BASE_ERROR_H

#include <glib.h>

#define CITABLE_ERROR citable_error_quark()
GQuark citable_error_quark(void);

/* What went wrong, in the words the ledger stores (citable_error_name). */
enum citable_error {
    CITABLE_ERROR_MISSING,    /* no such file */
    CITABLE_ERROR_READ,       /* could not be opened or read */
    CITABLE_ERROR_EMPTY,      /* zero bytes, or no page */
    CITABLE_ERROR_FORMAT,     /* damaged, or no reader knows it */
    CITABLE_ERROR_ENCRYPTED,  /* asks for a password */
    CITABLE_ERROR_ENCODING,   /* not text in any charset we can tell */
    CITABLE_ERROR_LIMIT,      /* larger, deeper or slower than a limit */
    CITABLE_ERROR_WORKER,     /* the reading process died or sent nonsense */
    CITABLE_ERROR_STORE,      /* the evidence file is unusable */
    CITABLE_ERROR_SCHEMA,     /* the evidence file is of a newer version */
    CITABLE_ERROR_QUERY,      /* a question without words to look for */
    CITABLE_ERROR_RULE,       /* a rule file that cannot be used */
    CITABLE_ERROR_USAGE,      /* wrong arguments */
};

/* The code as a stable lower-case word ("missing", "encrypted"). */
const char *citable_error_name(enum citable_error code);

/* Sets `*error` to "path:page: what"; page 0 = no page, path NULL = no path. Says what happened, where and what to do, in one line. */
void citable_error_at(GError **error, enum citable_error code, const char *path, unsigned page, const char *format, ...) G_GNUC_PRINTF(5, 6);

/* What somebody typed, for a message: its beginning, and "…" where there is more. The caller frees it. */
char *citable_error_excerpt(const char *typed);

/* A library ran out of memory at it: no fault of the file's. Code WORKER: the next ingest tries once more. */
void citable_error_memory(GError **error, const char *path);

#endif
