/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_LEDGER_H
#define CITABLE_INDEX_LEDGER_H

#include "index/store.h"

/* The last word on a file. Strings are borrowed when noted, owned when read. */
struct ledger_entry {
    char *path, *member;      /* path as store_path writes it */
    char *status, *code;      /* see schema.sql */
    uint32_t page;            /* or NONE */
    char *reason, *document;
    int64_t size, changed;    /* bytes; the file's own time in nanoseconds */
    char *sha256, *version;
};

/* The entry of the file itself; `*ret` is NULL when it was never seen. Errors: STORE. */
bool ledger_known(struct store *store, const char *path, struct ledger_entry **ret, GError **error);
void ledger_entry_free(struct ledger_entry *entry);

/* Inside a transaction: all that was said of a file is forgotten; an entry is written. Errors: STORE. */
bool ledger_forget(struct store *store, const char *path, GError **error);
bool ledger_note(struct store *store, const struct ledger_entry *entry, GError **error);

/* A file that was touched and not changed. */
bool ledger_touch(struct store *store, const char *path, int64_t size, int64_t changed, GError **error);

/* What this ingest runs under: one line, or NULL when there is nothing to say. Inside a transaction. */
bool ledger_condition(struct store *store, const char *name, const char *value, GError **error);

/* Paths of duplicates whose original is no longer in the file: GPtrArray of char *. */
bool ledger_orphans(struct store *store, GPtrArray **ret, GError **error);

#endif
