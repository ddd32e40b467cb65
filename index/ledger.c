/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/ledger.h"

#include "index/get.h"
#include "index/migrate.h"
#include "index/statement.h"

void ledger_entry_free(struct ledger_entry *entry)
{
    if (!entry)
        return;
    char *strings[] = {entry->path, entry->member, entry->status, entry->code, entry->reason, entry->document, entry->sha256, entry->version};
    for (size_t i = 0; i < G_N_ELEMENTS(strings); i++)
        g_free(strings[i]);
    g_free(entry);
}

bool ledger_known(struct store *store, const char *path, struct ledger_entry **ret, GError **error)
{
    *ret = NULL;
    sqlite3_stmt *stmt = statement(store, error, "ledger_known", "s", path);
    int code = stmt ? statement_step(store, stmt, error) : SQLITE_ERROR;
    if (code != SQLITE_ROW)
        return code == SQLITE_DONE;
    struct ledger_entry *entry = g_new(struct ledger_entry, 1);
    *entry = (struct ledger_entry){
        .path = column_text(stmt, 0), .member = column_text(stmt, 1), .status = column_text(stmt, 2), .code = column_text(stmt, 3), .page = column_u32(stmt, 4),
        .reason = column_text(stmt, 5), .document = column_text(stmt, 6), .size = sqlite3_column_int64(stmt, 7), .changed = sqlite3_column_int64(stmt, 8),
        .sha256 = column_text(stmt, 9), .version = column_text(stmt, 10),
    };
    sqlite3_reset(stmt);
    *ret = entry;
    return true;
}

bool ledger_forget(struct store *store, const char *path, GError **error)
{
    return statement_do(store, error, "ledger_forget", "s", path);
}

bool ledger_note(struct store *store, const struct ledger_entry *e, GError **error)
{
    return statement_do(store, error, "ledger_note", "ssssussiiss", e->path, e->member ? e->member : "", e->status, e->code, e->page, e->reason, e->document, e->size, e->changed,
                        e->sha256, e->version);
}

bool ledger_touch(struct store *store, const char *path, int64_t size, int64_t changed, GError **error)
{
    return statement_do(store, error, "ledger_touch", "sii", path, size, changed);
}

bool ledger_orphans(struct store *store, GPtrArray **ret, GError **error)
{
    sqlite3_stmt *stmt = statement(store, error, "ledger_orphans", "");
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    int code = stmt ? SQLITE_ROW : SQLITE_ERROR;
    while (stmt && (code = statement_step(store, stmt, error)) == SQLITE_ROW)
        g_ptr_array_add(paths, column_text(stmt, 0));
    *ret = code == SQLITE_DONE ? g_steal_pointer(&paths) : NULL;
    return code == SQLITE_DONE;
}

bool ledger_condition(struct store *store, const char *name, const char *value, GError **error)
{
    return value ? statement_do(store, error, "condition_set", "ss", name, value) : statement_do(store, error, "condition_unset", "s", name);
}

bool store_condition(struct store *store, const char *name, char **ret, GError **error)
{
    *ret = NULL;
    if (!store_holds(store, "conditions"))
        return true;
    sqlite3_stmt *stmt = statement(store, error, "condition", "s", name);
    int code = stmt ? statement_step(store, stmt, error) : SQLITE_ERROR;
    *ret = code == SQLITE_ROW ? column_text(stmt, 0) : NULL;
    if (code == SQLITE_ROW)
        sqlite3_reset(stmt);
    return code == SQLITE_ROW || code == SQLITE_DONE;
}
