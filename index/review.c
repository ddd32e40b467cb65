/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/review.h"

#include "index/migrate.h"
#include "index/statement.h"

void review_row_free(struct review_row *row)
{
    if (!row)
        return;
    char *strings[] = {row->sha256, row->place, row->field, row->value, row->text, row->who, row->at};
    for (size_t i = 0; i < G_N_ELEMENTS(strings); i++)
        g_free(strings[i]);
    g_free(row);
}

bool store_reviews(struct store *store, GPtrArray **ret, GError **error)
{
    g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func((GDestroyNotify)review_row_free);
    bool held = store_holds(store, "reviews");
    sqlite3_stmt *stmt = held ? statement(store, error, "reviews", "") : NULL;
    int code = held ? (stmt ? SQLITE_ROW : SQLITE_ERROR) : SQLITE_DONE;
    while (stmt && (code = statement_step(store, stmt, error)) == SQLITE_ROW) {
        struct review_row *row = g_new0(struct review_row, 1);
        char **fields[] = {&row->sha256, &row->place, &row->field, &row->value, &row->text, &row->who, &row->at};
        for (int i = 0; i < (int)G_N_ELEMENTS(fields); i++)
            *fields[i] = column_text(stmt, i);
        g_ptr_array_add(rows, row);
    }
    *ret = code == SQLITE_DONE ? g_steal_pointer(&rows) : NULL;
    return code == SQLITE_DONE;
}

bool store_review(struct store *store, const struct review_row *row, GError **error)
{
    return statement_do(store, error, "review_set", "sssssss", row->sha256, row->place, row->field, row->value, row->text, row->who, row->at);
}

bool store_review_clear(struct store *store, const char *sha256, const char *place, GError **error)
{
    return statement_do(store, error, "review_unset", "ss", sha256, place);
}
