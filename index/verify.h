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
    uint32_t lost_figures;     /* that are not what was written, or are no more */
};

/* options: extractor, jobs, limits, progress, notice and data are used. Errors: STORE. */
bool verify_run(struct store *store, const struct build_options *options, void (*result)(void *data, const struct verify_result *result), GError **error);

/* Inside index/ only: where the files of documents lie today. */
struct verify_around {
    struct store *store;
    GPtrArray *files; /* struct found: files near the evidence file; made when something is gone */
};
void verify_around_clear(struct verify_around *around);

/* Opens a document's file, or another one near the evidence file that has its bytes (`*moved`: its path, which the caller frees). `*missing`: nothing lies at its place.
 * -1 with a MISSING or READ error where there is none. */
int verify_open(struct verify_around *around, const struct document_row *row, char **moved, bool *missing, GError **problem);
int verify_open_path(const char *path, GError **problem);

#endif
