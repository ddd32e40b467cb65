/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_PUT_H
#define CITABLE_INDEX_PUT_H

#include "index/store.h"

/* Writes one document with everything found in it; replaces an earlier edition of the same path and member.
 * The caller holds a transaction (store_begin/store_commit in store.h's writers). Errors: STORE. */
bool store_put(struct store *store, const struct document *doc, const struct mentions *mentions, const char *version, GError **error);

/* A person's correction of a document's metadata: field is "title", "authors", "publisher", "date", "url", "language". Survives a new ingest. */
bool store_describe(struct store *store, const char *doc_id, const char *field, const char *value, GError **error);

#endif
