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

/* What a reader should know about how the file was opened ("an ingest that did not end left changes behind …"), or NULL. Owned by the store. */
const char *store_notice(const struct store *store);

/* The evidence file's own path, absolute. Owned by the store. */
const char *store_location(const struct store *store);

/* False: the file that was opened is no longer at its path, and what was written is nowhere, or elsewhere. Errors: STORE. */
bool store_in_place(const struct store *store, GError **error);

/* Where a document's path, as its row and the ledger hold it, is found from here. The caller frees it. */
char *store_file(const struct store *store, const char *path);

/* How a file is written down: from the evidence file's folder where it lies below it, else absolute; "-" stays. The caller frees it. */
char *store_path(const struct store *store, const char *file);

/* Writers: everything between is written whole or not at all. Other writers wait. Errors: STORE (locked for long, disk full). */
bool store_begin(struct store *store, GError **error);
bool store_commit(struct store *store, GError **error);
void store_rollback(struct store *store);

/* Readers: what is read between the two is of one moment, and the file is locked once instead of once a row. Writers that begin wait for store_release; for
 * short work, no waiting for people. Nothing inside a transaction. Errors: STORE. */
bool store_hold(struct store *store, GError **error);
void store_release(struct store *store);

#endif
