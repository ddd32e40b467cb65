/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "index/batch.h"
#include "index/functions.h"
#include "index/inverted.h"
#include "index/migrate.h"
#include "index/places.h"
#include "index/postings.h"
#include "index/statement.h"
#include "index/words.h"

#include "index-embedded.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    APPLICATION_ID = 0x43495445, /* "CITE" */
    BUSY_MS = 60000,             /* how long another writer is waited for */
};

static const char damaged[] = "is damaged; move it away and ingest again";

static const struct {
    int code;
    const char *what;
} troubles[] = {
    {SQLITE_NOTADB, "is not an evidence file; name another with --db"},
    {SQLITE_CORRUPT, damaged},
    {SQLITE_CONSTRAINT, damaged}, /* it has a row that nothing in it tells of */
    {SQLITE_FULL, "the disk is full; nothing of the last step was written, run the same command again when there is room"},
    {SQLITE_BUSY, "another program is writing to it; try again when it is done"},
    {SQLITE_READONLY, "cannot be written here"},
    {SQLITE_CANTOPEN, "cannot be opened"},
    {SQLITE_PERM, "cannot be opened"},
    {SQLITE_IOERR, "could not be read or written; the disk may be full or failing"},
};

bool store_in_place(const struct store *store, GError **error)
{
    int moved = 0;
    if (!store->db || sqlite3_file_control(store->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved) != SQLITE_OK || !moved)
        return true;
    citable_error_at(error, CITABLE_ERROR_STORE, store->path, 0, "was moved or removed while it was written: what was added is not here; run the same command again");
    return false;
}

/* Of a list that citable wrote, of a table that it made, of a trigger that it did not. */
static bool tells_damage(const char *said)
{
    static const char *const beginnings[] = {"malformed JSON", "no such table: ", "unsafe use of "};
    for (size_t i = 0; i < G_N_ELEMENTS(beginnings); i++)
        if (g_str_has_prefix(said, beginnings[i]))
            return true;
    return false;
}

void store_error(const struct store *store, GError **error)
{
    if (!store_in_place(store, error)) /* SQLite may call that a full disk */
        return;
    const char *said = sqlite3_errmsg(store->db);
    int code = sqlite3_errcode(store->db) & 0xff, system = code == SQLITE_CANTOPEN ? sqlite3_system_errno(store->db) : 0;
    if (tells_damage(said))
        code = SQLITE_CORRUPT;
    for (size_t i = 0; i < G_N_ELEMENTS(troubles); i++)
        if (troubles[i].code == code) {
            citable_error_at(error, CITABLE_ERROR_STORE, store->path, 0, "%s%s%s", troubles[i].what, system ? ": " : "", system ? g_strerror(system) : "");
            return;
        }
    citable_error_at(error, CITABLE_ERROR_STORE, store->path, 0, "%s", said);
}

bool store_damaged(const struct store *store, GError **error)
{
    citable_error_at(error, CITABLE_ERROR_STORE, store->path, 0, "%s", damaged);
    return false;
}

static void bind_values(sqlite3_stmt *stmt, const char *types, va_list values)
{
    for (int i = 1; *types; types++, i++) {
        switch (*types) {
        case 'i': sqlite3_bind_int64(stmt, i, va_arg(values, int64_t)); break;
        case 'd': sqlite3_bind_double(stmt, i, va_arg(values, double)); break;
        case 's': sqlite3_bind_text(stmt, i, va_arg(values, const char *), -1, SQLITE_STATIC); break;
        case 'n': sqlite3_bind_null(stmt, i); break;
        case 'o': {
            int64_t value = va_arg(values, int64_t);
            if (value == NO_NUMBER)
                sqlite3_bind_null(stmt, i);
            else
                sqlite3_bind_int64(stmt, i, value);
            break;
        }
        case 'u': {
            uint32_t value = va_arg(values, uint32_t);
            if (value == NONE)
                sqlite3_bind_null(stmt, i);
            else
                sqlite3_bind_int64(stmt, i, value);
            break;
        }
        case 't': {
            struct slice value = va_arg(values, struct slice);
            sqlite3_bind_text64(stmt, i, value.ptr ? value.ptr : "", value.len, SQLITE_STATIC, SQLITE_UTF8);
            break;
        }
        case 'b': {
            const void *value = va_arg(values, const void *);
            size_t len = va_arg(values, size_t);
            sqlite3_bind_blob64(stmt, i, len ? value : "", len, SQLITE_STATIC);
            break;
        }
        default: g_assert_not_reached();
        }
    }
}

static sqlite3_stmt *prepared(struct store *store, const char *name, GError **error)
{
    sqlite3_stmt *stmt = g_hash_table_lookup(store->statements, name);
    if (stmt) {
        sqlite3_reset(stmt);
        return stmt;
    }
    g_autofree char *path = g_strdup_printf("/index/sql/%s.sql", name);
    struct slice sql = embedded_bytes(index_embedded, path);
    if (sqlite3_prepare_v3(store->db, sql.ptr, (int)sql.len, SQLITE_PREPARE_PERSISTENT, &stmt, NULL) != SQLITE_OK) {
        store_error(store, error);
        return NULL;
    }
    g_hash_table_insert(store->statements, (char *)name, stmt);
    return stmt;
}

static sqlite3_stmt *statement_v(struct store *store, GError **error, const char *name, const char *types, va_list values)
{
    sqlite3_stmt *stmt = prepared(store, name, error);
    if (stmt)
        bind_values(stmt, types, values);
    return stmt;
}

sqlite3_stmt *statement(struct store *store, GError **error, const char *name, const char *types, ...)
{
    va_list values;
    va_start(values, types);
    sqlite3_stmt *stmt = statement_v(store, error, name, types, values);
    va_end(values);
    return stmt;
}

int statement_step(struct store *store, sqlite3_stmt *stmt, GError **error)
{
    int code = sqlite3_step(stmt);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        store_error(store, error);
    if (code != SQLITE_ROW)
        sqlite3_reset(stmt); /* a statement left open keeps its locks */
    return code;
}

bool statement_run(struct store *store, sqlite3_stmt *stmt, GError **error)
{
    int code = SQLITE_ROW;
    while (code == SQLITE_ROW)
        code = statement_step(store, stmt, error);
    return code == SQLITE_DONE;
}

bool statement_do(struct store *store, GError **error, const char *name, const char *types, ...)
{
    va_list values;
    va_start(values, types);
    sqlite3_stmt *stmt = statement_v(store, error, name, types, values);
    va_end(values);
    return stmt && statement_run(store, stmt, error);
}

bool store_exec(struct store *store, const char *sql, GError **error)
{
    if (sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK)
        return true;
    store_error(store, error);
    return false;
}

bool store_run(struct store *store, const char *path, GError **error)
{
    return store_exec(store, embedded_bytes(index_embedded, path).ptr, error);
}

/* A statement that was not read to its end holds the file as it was: when another program writes, nothing more can be written from there. */
static bool statements_have_ended(const struct store *store)
{
    for (sqlite3_stmt *stmt = NULL; (stmt = sqlite3_next_stmt(store->db, stmt));)
        if (sqlite3_stmt_busy(stmt))
            return false;
    return true;
}

bool store_begin(struct store *store, GError **error)
{
    g_assert(statements_have_ended(store));
    words_check(store);
    return store_exec(store, "BEGIN IMMEDIATE", error);
}

bool store_commit(struct store *store, GError **error)
{
    bool ok = inverted_write(store, error) && store_exec(store, "COMMIT", error);
    inverted_end(store);
    return ok;
}

void store_rollback(struct store *store)
{
    if (!sqlite3_get_autocommit(store->db))
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    inverted_end(store);
    words_forget(store);
    store->merges = false;
}

bool store_hold(struct store *store, GError **error)
{
    if (store->holds == 0 && sqlite3_get_autocommit(store->db)) {
        if (!store_exec(store, "BEGIN", error))
            return false;
        store->held = true;
    }
    store->holds++;
    return true;
}

void store_release(struct store *store)
{
    if (--store->holds > 0 || !store->held)
        return;
    sqlite3_exec(store->db, "COMMIT", NULL, NULL, NULL);
    store->held = false;
}

/* A number that PRAGMA `name` answers; false when the file cannot be read. */
static bool pragma(struct store *store, const char *name, int64_t *ret, GError **error)
{
    g_autofree char *sql = g_strdup_printf("PRAGMA %s", name);
    sqlite3_stmt *stmt = NULL;
    bool ok = sqlite3_prepare_v2(store->db, sql, -1, &stmt, NULL) == SQLITE_OK && sqlite3_step(stmt) == SQLITE_ROW;
    if (ok)
        *ret = sqlite3_column_int64(stmt, 0);
    else
        store_error(store, error);
    sqlite3_finalize(stmt);
    return ok;
}

static bool connect_to(struct store *store, const char *name, int flags, GError **error)
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); /* nobody asks how much memory it has; refused when it runs already */
    sqlite3_close(store->db);
    store->db = NULL;
    if (sqlite3_open_v2(name, &store->db, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK) { /* a store is one thread's */
        store_error(store, error);
        return false;
    }
    sqlite3_extended_result_codes(store->db, 0);
    sqlite3_busy_timeout(store->db, BUSY_MS);
    if (tokenizer_register(store->db, &store->tokenizer) && postings_register(store->db) && functions_register(store->db) && places_register(store) &&
        find_register(store) && words_register(store) && batch_register(store))
        return true;
    store_error(store, error);
    return false;
}

/* Reads where nobody may write: what a write-ahead log beside the file holds is left out. */
static bool connect_immutable(struct store *store, GError **error)
{
    g_autofree char *uri = g_filename_to_uri(store->path, NULL, NULL);
    g_autofree char *name = g_strconcat(uri, "?immutable=1", NULL);
    g_autofree char *log = g_strconcat(store->path, "-wal", NULL);
    if (access(log, F_OK) == 0)
        store->notice = g_strdup_printf("%s: an ingest that did not end left changes that cannot be read here; what it had finished before is shown", store->path);
    return connect_to(store, name, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, error);
}

static bool connect_for(struct store *store, GError **error)
{
    int flags = store->mode == STORE_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | (store->mode == STORE_CREATE ? SQLITE_OPEN_CREATE : 0);
    int64_t ignored;
    g_autoptr(GError) problem = NULL;
    if (connect_to(store, store->path, flags, &problem) && pragma(store, "schema_version", &ignored, &problem))
        return true;
    int code = sqlite3_errcode(store->db) & 0xff;
    if (store->mode == STORE_READ && (code == SQLITE_CANTOPEN || code == SQLITE_READONLY || code == SQLITE_IOERR) && access(store->path, R_OK) == 0 &&
        connect_immutable(store, NULL) && pragma(store, "schema_version", &ignored, NULL))
        return true;
    g_autofree char *journal = g_strconcat(store->path, "-journal", NULL);
    if (store->mode == STORE_READ && access(journal, F_OK) == 0)
        citable_error_at(error, CITABLE_ERROR_STORE, store->path, 0, "an ingest ended while it made this file; run it again");
    else
        g_propagate_error(error, g_steal_pointer(&problem));
    return false;
}

static bool create_schema(struct store *store, GError **error)
{
    g_autofree char *marks = g_strdup_printf("PRAGMA application_id = %d; PRAGMA user_version = %d;", APPLICATION_ID, SCHEMA_VERSION);
    return store_run(store, "/index/schema.sql", error) && store_exec(store, marks, error);
}

static bool bring_forward(struct store *store, int64_t version, GError **error)
{
    if (!migrate(store, version, error))
        return false;
    store->notice = g_strdup_printf("%s: brought forward from schema %d to %d; an older citable no longer opens it", store->path, (int)version, SCHEMA_VERSION);
    return true;
}

/* Whose file it is, and of which edition; an empty one is filled where it may be made. */
static bool check_schema(struct store *store, GError **error)
{
    int64_t owner, version, tables;
    if (!pragma(store, "application_id", &owner, error) || !pragma(store, "user_version", &version, error) || !pragma(store, "schema_version", &tables, error))
        return false;
    if (tables == 0 && owner == 0 && store->mode == STORE_CREATE)
        return create_schema(store, error);
    if (owner != APPLICATION_ID || version < 1) {
        citable_error_at(error, CITABLE_ERROR_STORE, store->path, 0, "is not an evidence file; name another with --db");
        return false;
    }
    if (version > SCHEMA_VERSION) {
        citable_error_at(error, CITABLE_ERROR_SCHEMA, store->path, 0, "was made by a newer citable (schema %d, this one knows %d); update citable", (int)version, SCHEMA_VERSION);
        return false;
    }
    if (version == SCHEMA_VERSION)
        return true;
    store->older = store->mode == STORE_READ;
    return store->older ? migrate_reading(store, version, error) : bring_forward(store, version, error);
}

static bool prepare_file(struct store *store, GError **error)
{
    if (store->mode == STORE_READ)
        return check_schema(store, error) && store_exec(store, "PRAGMA cache_size = -1024", error);
    if (!store_exec(store, "PRAGMA page_size = 8192", error) || !store_begin(store, error)) /* of a file that is made now */
        return false;
    if (!check_schema(store, error)) {
        store_rollback(store);
        return false;
    }
    if (!store_commit(store, error))
        return false;
    if (store->notice)
        store_exec(store, "VACUUM", NULL); /* what was brought forward left room; a disk without room for that may keep it */
    return store_exec(store, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY", error);
}

static void finalize(gpointer stmt)
{
    sqlite3_finalize(stmt);
}

/* SQLite waits for ever at a named pipe, says of a folder that the disk may fail, and of a folder where nobody may write that there is no such file. */
static bool check_path(const char *path, enum store_mode mode, GError **error)
{
    struct stat stat_;
    if (stat(path, &stat_) == 0) {
        if (!S_ISREG(stat_.st_mode))
            citable_error_at(error, CITABLE_ERROR_STORE, path, 0, "is a folder, a pipe or a device, and no evidence file; name another with --db");
        return S_ISREG(stat_.st_mode);
    }
    if (mode != STORE_CREATE) {
        citable_error_at(error, CITABLE_ERROR_MISSING, path, 0, "there is no evidence file; 'citable ingest' makes one");
        return false;
    }
    g_autofree char *folder = g_path_get_dirname(path);
    if (access(folder, W_OK | X_OK) != 0) {
        citable_error_at(error, CITABLE_ERROR_STORE, path, 0, "cannot be made: %s", g_strerror(errno));
        return false;
    }
    return true;
}

bool store_open(const char *path, enum store_mode mode, struct store **ret, GError **error)
{
    if (!check_path(path, mode, error))
        return false;
    struct store *store = g_new0(struct store, 1);
    store->path = g_canonicalize_filename(path, NULL);
    store->folder = g_path_get_dirname(store->path);
    store->mode = mode;
    store->statements = g_hash_table_new_full(NULL, NULL, NULL, finalize);
    store->ids = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
    store->interned = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    store->words = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
    store->written_periods = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    store->key = g_string_new(NULL);
    store->inverted = inverted_new();
    store->batches = batches_new();
    if (!connect_for(store, error) || !prepare_file(store, error)) {
        store->mode = STORE_READ; /* nothing was written: nothing to finish */
        store_close(store);
        return false;
    }
    *ret = store;
    return true;
}

void store_close(struct store *store)
{
    if (!store)
        return;
    g_hash_table_unref(store->statements);
    g_hash_table_unref(store->ids);
    ranking_free(store->ranking);
    if (store->mode != STORE_READ) {
        store_rollback(store);
        sqlite3_exec(store->db, "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE", NULL, NULL, NULL); /* refused while others have it open: the last one does it */
    }
    sqlite3_close(store->db);
    g_hash_table_unref(store->interned);
    g_hash_table_unref(store->words);
    g_hash_table_unref(store->written_periods);
    g_clear_pointer(&store->forms, g_hash_table_unref);
    g_clear_pointer(&store->periods, g_hash_table_unref);
    g_clear_pointer(&store->places, g_hash_table_unref);
    g_string_free(store->key, TRUE);
    inverted_free(store->inverted);
    g_ptr_array_unref(store->batches);
    g_free(store->path);
    g_free(store->folder);
    g_free(store->notice);
    g_free(store);
}

const char *store_notice(const struct store *store)
{
    return store->notice;
}

const char *store_location(const struct store *store)
{
    return store->path;
}

char *store_file(const struct store *store, const char *path)
{
    return strcmp(path, "-") == 0 ? g_strdup(path) : g_canonicalize_filename(path, store->folder);
}

char *store_path(const struct store *store, const char *file)
{
    if (strcmp(file, "-") == 0)
        return g_strdup(file);
    g_autofree char *whole = g_canonicalize_filename(file, NULL);
    size_t len = strlen(store->folder);
    bool below = strncmp(whole, store->folder, len) == 0 && (whole[len] == '/' || (len == 1 && whole[1]));
    return g_strdup(below ? whole + len + (len > 1) : whole);
}
