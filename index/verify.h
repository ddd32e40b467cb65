/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_VERIFY_H
#define CITABLE_INDEX_VERIFY_H

#include "index/get.h"
#include "index/build.h"

/* Does every stored quote still stand in its file, at its place? Each file is hashed and read again. */

/* What was found of one document. Strings are borrowed. */
struct verify_result {
    const struct document_row *document;
    const char *status;        /* "unchanged"; "moved": the same bytes lie at `where`; "changed"; "gone"; "unreadable"; "damaged": the evidence file itself is */
    const char *where, *reason; /* or NULL */
    uint32_t passages;         /* looked for in the file */
    uint32_t lost;             /* not found again at their place, or stored text that no longer matches its hash */
};

/* options: extractor, jobs, limits, progress, notice and data are used. Errors: STORE. */
bool verify_run(struct store *store, const struct build_options *options, void (*result)(void *data, const struct verify_result *result), GError **error);

#endif
