/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_STORE_H
#define CITABLE_INDEX_STORE_H

#include "extract/mention.h"

/* The evidence file: one SQLite database. SQL stays inside index/; query/ asks through put.h, get.h and find.h. */
struct store;

enum store_mode {
    STORE_READ,  /* must exist; works in a read-only folder */
    STORE_WRITE, /* must exist */
    STORE_CREATE /* made if it is missing */
};

/* Opens and, for writing, brings an older schema up to date. Errors: MISSING, STORE (not an evidence file, damaged, locked), SCHEMA (newer than this program). */
bool store_open(const char *path, enum store_mode mode, struct store **ret, GError **error);

/* Leaves one file behind (no WAL beside it), so that it can be read where nobody may write. */
void store_close(struct store *store);

#endif
