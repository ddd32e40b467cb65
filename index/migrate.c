/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/migrate.h"

#include "index/statement.h"

bool migrate(struct store *store, int64_t version, GError **error)
{
    for (int64_t from = version; from < SCHEMA_VERSION; from++) {
        g_autofree char *path = g_strdup_printf("/index/migrate/%d.sql", (int)from);
        g_autofree char *counted = g_strdup_printf("PRAGMA user_version = %d", (int)from + 1);
        if (!store_run(store, path, error) || !store_exec(store, counted, error))
            return false;
    }
    return true;
}

bool migrate_reading(struct store *store, GError **error)
{
    return store_run(store, "/index/older.sql", error);
}

bool store_holds(const struct store *store, const char *table)
{
    return sqlite3_table_column_metadata(store->db, "main", table, NULL, NULL, NULL, NULL, NULL, NULL) == SQLITE_OK;
}
