/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_MIGRATE_H
#define CITABLE_INDEX_MIGRATE_H

#include "index/store.h"

/* Inside index/ only.
 *
 * A file of an older schema is brought forward when it is opened for writing, step by step: migrate/<version>.sql leads from that version to the next, and
 * all steps are one transaction. Who only reads an older file finds what it holds; what came later is not there, and the functions that look for it say
 * that it has none (store_holds). */

enum { SCHEMA_VERSION = 9 }; /* PRAGMA user_version of schema.sql */

/* Inside a transaction: from `version` to SCHEMA_VERSION. Errors: STORE. */
bool migrate(struct store *store, int64_t version, GError **error);

/* What statements need of a file of an older schema, `version`, that is only read. Errors: STORE. */
bool migrate_reading(struct store *store, int64_t version, GError **error);

/* Does the file have this table? An older one that is only read may not. */
bool store_holds(const struct store *store, const char *table);

#endif
