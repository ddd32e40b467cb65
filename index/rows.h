/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_ROWS_H
#define CITABLE_INDEX_ROWS_H

#include "index/get.h"

#include <sqlite3.h>

/* Inside index/ only: rows of the views in schema.sql as structs; the caller frees them. NULL with `error`: what belongs to them could not be read. */
struct document_row *document_row_read(sqlite3_stmt *stmt);
struct passage_row *passage_row_read(struct store *store, sqlite3_stmt *stmt, GError **error);
struct figure_row *figure_row_read(struct store *store, sqlite3_stmt *stmt, GError **error);

/* Every figure that a statement over figure_rows finds. A NULL statement fails, its error already set. */
bool figure_rows(struct store *store, sqlite3_stmt *stmt, GPtrArray **ret, GError **error);

/* An array of items of `size` bytes from a blob; whatever its length, nothing beyond it is read. */
GArray *items_of(sqlite3_stmt *stmt, int column, size_t size);

#endif
