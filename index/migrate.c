/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/migrate.h"

#include "index/put.h"
#include "index/statement.h"

enum { FULL_TEXT_VERSION = 9 /* since which the full text is as it is */, VIEWS_VERSION = 8 /* since which views show what statements ask for */ };

bool migrate(struct store *store, int64_t version, GError **error)
{
    for (int64_t from = version; from < SCHEMA_VERSION; from++) {
        g_autofree char *path = g_strdup_printf("/index/migrate/%d.sql", (int)from);
        g_autofree char *counted = g_strdup_printf("PRAGMA user_version = %d", (int)from + 1);
        if (!store_run(store, path, error) || !store_exec(store, counted, error))
            return false;
    }
    return version >= FULL_TEXT_VERSION || store_index_again(store, error);
}

bool migrate_reading(struct store *store, int64_t version, GError **error)
{
    return version >= VIEWS_VERSION || store_run(store, "/index/older.sql", error);
}

bool store_holds(const struct store *store, const char *table)
{
    return sqlite3_table_column_metadata(store->db, "main", table, NULL, NULL, NULL, NULL, NULL, NULL) == SQLITE_OK;
}
