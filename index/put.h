/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_PUT_H
#define CITABLE_INDEX_PUT_H

#include "index/store.h"

/* Writes one document with everything found in it; replaces an earlier edition of the same path and member. doc->path is written down as store_path says.
 * The caller holds a transaction (store_begin/store_commit in store.h's writers). Errors: STORE. */
bool store_put(struct store *store, const struct document *doc, const struct mentions *mentions, const char *version, GError **error);

/* Takes a document out, with all its rows. Inside a transaction. */
bool store_remove(struct store *store, int64_t document, GError **error);

/* Gives an empty full text all passages that the file has. Inside a transaction. */
bool store_index_again(struct store *store, GError **error);

/* A person's correction of a document's metadata: field is "title", "authors", "publisher", "date", "url", "language"; NULL or "" takes it back.
 * Survives a new ingest. doc_id: prefix of the id. Errors: STORE, QUERY (no such document or field). */
bool store_describe(struct store *store, const char *doc_id, const char *field, const char *value, GError **error);

#endif
