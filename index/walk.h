/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_WALK_H
#define CITABLE_INDEX_WALK_H

#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>

/* A thing found where a user said to look. */
struct found {
    char *path;            /* as given, or below a folder that was given; bytes, not always UTF-8 */
    uint64_t size;         /* bytes, of files */
    bool named;            /* by the user, not found in a folder */
    bool odd;              /* it is not read: `code` and `why` say so */
    enum citable_error code;
    const char *word;      /* for the ledger: "symlink", "fifo", …; static */
    char *why;             /* one line */
};

/* Everything under the paths, folders walked whole: GPtrArray of struct found, in the order of their bytes, each path once. Symbolic links inside folders are told,
 * not followed. skip: a path that is left out in silence with its -wal, -shm and -journal (the evidence file), or NULL. opened: gets the
 * path of every folder that could be opened (owned char *), or NULL. The caller unrefs the list. */
GPtrArray *walk(char *const *paths, const char *skip, GPtrArray *opened);

#endif
