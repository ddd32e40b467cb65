/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_STATEMENT_H
#define CITABLE_INDEX_STATEMENT_H

#include "index/store.h"
#include "index/tokenize.h"

#include <sqlite3.h>

/* Inside index/ only: how SQL is run. */

struct store {
    sqlite3 *db;
    char *path;               /* of the evidence file, absolute */
    char *folder;             /* the folder it lies in */
    char *notice;             /* see store_notice, or NULL */
    enum store_mode mode;
    bool older;               /* its schema is: older.sql says what is read */
    GHashTable *statements;   /* name, by its address → sqlite3_stmt *, prepared once */
    struct tokenizer *tokenizer;
    struct ranking *ranking;  /* made by the first search, or NULL */
    GHashTable *interned;     /* text → row of words, forms or names, of writers (index/words.h) */
    struct fresh_rows *fresh; /* of them, what is known of those that the file does not have; NULL: nothing (index/words.c) */
    GHashTable *written_periods; /* EDTF → struct written_period, of writers (index/words.h) */
    GHashTable *words;        /* row of words → text, of readers */
    GHashTable *forms, *periods; /* rows of them → their columns, of readers; NULL: none yet (index/words.h) */
    GHashTable *places;       /* list of places in JSON → what it says, of readers; or NULL (index/places.h) */
    bool reads_word;          /* a row of words is being read */
    GString *key;             /* reused */
    GHashTable *ids;          /* rowid → id as users write it, of the documents whose passages or figures were read */
    unsigned holds;           /* see store_hold */
    bool held;                /* by a transaction of its own */
    bool merges;              /* it is known to say how many segments are merged at a time (index/segment.c) */
    struct inverted *inverted; /* what the open transaction does to the full text (index/inverted.h) */
    GPtrArray *batches;       /* struct batch, that are used again (index/batch.h) */
    const struct batch *gathered; /* rows that a statement writes now, or NULL (index/batch.h) */
};

#define NO_NUMBER INT64_MIN

enum { ROWS_SHIFT = 24 };     /* a document's rows have ids document << ROWS_SHIFT and onwards */

/* A file may have any number there. */
static inline int64_t rows_first(int64_t document)
{
    return (int64_t)((uint64_t)document << ROWS_SHIFT);
}

static inline int64_t rows_last(int64_t document)
{
    return rows_first(document) + ((INT64_C(1) << ROWS_SHIFT) - 1);
}

/* Whether a document's passages may begin at that row of the full text. */
static inline bool row_fits(int64_t row)
{
    return row >= 1 && row <= INT64_C(1) << 62;
}

static inline int64_t rows_document(int64_t row)
{
    return row >> ROWS_SHIFT;
}

/* The statement in sql/<name>.sql, reset, with values bound in order; `name` is a literal, as its address is what it is known by:
 *    i int64_t   u uint32_t, NONE = NULL   d double, no number = NULL   s const char * or NULL   t struct slice   b const void *, size_t   n nothing: NULL
 *    o int64_t, NO_NUMBER = NULL
 * Strings and blobs are borrowed until it is stepped. Errors: STORE. */
sqlite3_stmt *statement(struct store *store, GError **error, const char *name, const char *types, ...);

/* One step: SQLITE_ROW, SQLITE_DONE, or another code with `error` set. */
int statement_step(struct store *store, sqlite3_stmt *stmt, GError **error);

/* Runs it to its end. */
bool statement_run(struct store *store, sqlite3_stmt *stmt, GError **error);

/* statement() and statement_run() in one. */
bool statement_do(struct store *store, GError **error, const char *name, const char *types, ...);

/* Runs SQL text, or a whole file of it that is compiled in ("/index/schema.sql"). Errors: STORE. */
bool store_exec(struct store *store, const char *sql, GError **error);
bool store_run(struct store *store, const char *path, GError **error);

/* Sets STORE with what SQLite says, in words that tell what to do. */
void store_error(const struct store *store, GError **error);

/* Sets STORE: the evidence file is damaged. Returns false. */
bool store_damaged(const struct store *store, GError **error);

/* Registers the SQL function among, of find.c. */
bool find_register(struct store *store);

static inline uint32_t column_u32(sqlite3_stmt *stmt, int column)
{
    return sqlite3_column_type(stmt, column) == SQLITE_NULL ? NONE : (uint32_t)sqlite3_column_int64(stmt, column);
}

static inline char *column_text(sqlite3_stmt *stmt, int column)
{
    return g_strdup((const char *)sqlite3_column_text(stmt, column));
}

#endif
