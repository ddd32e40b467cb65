/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_BATCH_H
#define CITABLE_INDEX_BATCH_H

#include "index/statement.h"

/*  Inside index/ only: rows of one table on their way into the file. They are gathered and written many at a time, by one statement that reads them as the table `gathered`
 *  (columns c1, c2, …): a statement for each row would be begun, bound and ended for each.
 *
 *      INSERT OR FAIL INTO stored_figures (id, passage, …) SELECT c1, c2, … FROM gathered
 *
 *  OR FAIL, and no function in it: what could be undone by itself SQLite lets FTS5 write all that it has first, each time. The caller's transaction is undone as a whole. */
struct batch;

/* Registers `gathered`, which nothing inside the file itself (a view, a trigger) may read. */
bool batch_register(struct store *store);

/* Those of a store that are free, and are used again. */
GPtrArray *batches_new(void);

/* name: of the statement, a literal. Freed before the store is closed. */
struct batch *batch_new(struct store *store, const char *name);
void batch_free(struct batch *batch);

/* One row, of the types that statement() knows but "n"; every row of a batch has the same. Texts are borrowed until batch_write, blobs are copied. Errors: STORE. */
bool batch_add(struct batch *batch, GError **error, const char *types, ...);

/* Writes what is not written yet. Errors: STORE. */
bool batch_write(struct batch *batch, GError **error);

/* All is added: writes the rest of it, if all was well, and frees the batch. Returns whether all is. Errors: STORE. */
bool batch_end(struct batch *batch, bool ok, GError **error);

#endif
