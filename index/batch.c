/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/batch.h"

#include <math.h>
#include <string.h>

enum {
    BATCH_ROWS = 256,    /* of the widest table they fit into the processor's second cache */
    BATCH_COLUMNS = 16,
};

/* A value; bytes of a blob are at `place` of the batch's own. */
struct gathered_cell {
    union {
        int64_t whole;
        double real;
        const char *text;
        size_t place;
    } value;
    uint32_t len;
    int type; /* SQLITE_INTEGER, … */
};

struct batch {
    struct store *store;
    const char *name;
    GByteArray *blobs;
    uint32_t rows, columns;
    struct gathered_cell cells[BATCH_ROWS * BATCH_COLUMNS]; /* row by row */
};

static void really_free(void *data)
{
    struct batch *batch = data;
    g_byte_array_unref(batch->blobs);
    g_free(batch);
}

struct batch *batch_new(struct store *store, const char *name)
{
    struct batch *batch = store->batches->len > 0 ? g_ptr_array_steal_index_fast(store->batches, store->batches->len - 1) : NULL;
    if (!batch) {
        batch = g_new(struct batch, 1);
        batch->blobs = g_byte_array_new();
    }
    batch->store = store;
    batch->name = name;
    batch->rows = batch->columns = 0;
    return batch;
}

static void forget_rows(struct batch *batch)
{
    batch->rows = 0;
    g_byte_array_set_size(batch->blobs, 0);
}

void batch_free(struct batch *batch)
{
    if (!batch)
        return;
    forget_rows(batch);
    g_ptr_array_add(batch->store->batches, batch);
}

GPtrArray *batches_new(void)
{
    return g_ptr_array_new_with_free_func(really_free);
}

static struct gathered_cell whole_cell(int64_t value, bool none)
{
    return (struct gathered_cell){.value.whole = value, .type = none ? SQLITE_NULL : SQLITE_INTEGER};
}

static struct gathered_cell text_cell(const char *text, size_t len)
{
    return (struct gathered_cell){.value.text = text, .len = (uint32_t)len, .type = text ? SQLITE_TEXT : SQLITE_NULL};
}

static struct gathered_cell blob_cell(struct batch *batch, const void *bytes, size_t len)
{
    struct gathered_cell cell = {.value.place = batch->blobs->len, .len = (uint32_t)len, .type = SQLITE_BLOB};
    if (len > 0)
        g_byte_array_append(batch->blobs, bytes, (guint)len);
    return cell;
}

/* The cells of a row; returns how many. */
static uint32_t row_of(struct batch *batch, struct gathered_cell *row, const char *types, va_list values)
{
    uint32_t n = 0;
    for (; types[n]; n++) {
        g_assert(n < BATCH_COLUMNS);
        switch (types[n]) {
        case 'i': row[n] = whole_cell(va_arg(values, int64_t), false); break;
        case 'o': {
            int64_t value = va_arg(values, int64_t);
            row[n] = whole_cell(value, value == NO_NUMBER);
            break;
        }
        case 'u': {
            uint32_t value = va_arg(values, uint32_t);
            row[n] = whole_cell(value, value == NONE);
            break;
        }
        case 'd': {
            double value = va_arg(values, double);
            row[n] = (struct gathered_cell){.value.real = value, .type = isnan(value) ? SQLITE_NULL : SQLITE_FLOAT};
            break;
        }
        case 's': {
            const char *value = va_arg(values, const char *);
            row[n] = text_cell(value, value ? strlen(value) : 0);
            break;
        }
        case 't': {
            struct slice value = va_arg(values, struct slice);
            row[n] = text_cell(value.ptr ? value.ptr : "", value.len);
            break;
        }
        case 'b': {
            const void *value = va_arg(values, const void *);
            row[n] = blob_cell(batch, value, va_arg(values, size_t));
            break;
        }
        default: g_assert_not_reached();
        }
    }
    return n;
}

bool batch_add(struct batch *batch, GError **error, const char *types, ...)
{
    va_list values;
    va_start(values, types);
    batch->columns = row_of(batch, &batch->cells[batch->rows * batch->columns], types, values);
    va_end(values);
    return ++batch->rows < BATCH_ROWS || batch_write(batch, error);
}

bool batch_write(struct batch *batch, GError **error)
{
    if (batch->rows == 0)
        return true;
    batch->store->gathered = batch;
    bool ok = statement_do(batch->store, error, batch->name, "");
    batch->store->gathered = NULL;
    forget_rows(batch);
    return ok;
}

bool batch_end(struct batch *batch, bool ok, GError **error)
{
    ok = ok && batch_write(batch, error);
    batch_free(batch);
    return ok;
}

/* ---- the table `gathered` ---- */

struct gathered_table {
    sqlite3_vtab base;
    struct store *store;
};

struct gathered_cursor {
    sqlite3_vtab_cursor base;
    const struct batch *batch; /* NULL: nothing is gathered */
    uint32_t row;
};

static int connect_table(sqlite3 *db, void *data, int n, const char *const *arguments, sqlite3_vtab **ret, char **trouble)
{
    (void)n;
    (void)arguments;
    (void)trouble;
    G_STATIC_ASSERT(BATCH_COLUMNS == 16);
    int code = sqlite3_declare_vtab(db, "CREATE TABLE gathered (c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16)");
    if (code != SQLITE_OK)
        return code;
    sqlite3_vtab_config(db, SQLITE_VTAB_DIRECTONLY);
    struct gathered_table *table = sqlite3_malloc64(sizeof *table);
    if (!table)
        return SQLITE_NOMEM;
    *table = (struct gathered_table){.store = data};
    *ret = &table->base;
    return SQLITE_OK;
}

static int disconnect_table(sqlite3_vtab *table)
{
    sqlite3_free(table);
    return SQLITE_OK;
}

static int plan(sqlite3_vtab *table, sqlite3_index_info *info)
{
    (void)table;
    info->estimatedRows = BATCH_ROWS;
    info->estimatedCost = BATCH_ROWS;
    return SQLITE_OK;
}

static int open_cursor(sqlite3_vtab *table, sqlite3_vtab_cursor **ret)
{
    (void)table;
    struct gathered_cursor *cursor = sqlite3_malloc64(sizeof *cursor);
    if (!cursor)
        return SQLITE_NOMEM;
    *cursor = (struct gathered_cursor){.batch = NULL};
    *ret = &cursor->base;
    return SQLITE_OK;
}

static int close_cursor(sqlite3_vtab_cursor *cursor)
{
    sqlite3_free(cursor);
    return SQLITE_OK;
}

static int first_row(sqlite3_vtab_cursor *base, int plan_number, const char *plan_text, int n, sqlite3_value **values)
{
    (void)plan_number;
    (void)plan_text;
    (void)n;
    (void)values;
    struct gathered_cursor *cursor = (struct gathered_cursor *)base;
    cursor->batch = ((struct gathered_table *)base->pVtab)->store->gathered;
    cursor->row = 0;
    return SQLITE_OK;
}

static int next_row(sqlite3_vtab_cursor *base)
{
    ((struct gathered_cursor *)base)->row++;
    return SQLITE_OK;
}

static int at_end(sqlite3_vtab_cursor *base)
{
    const struct gathered_cursor *cursor = (const struct gathered_cursor *)base;
    return !cursor->batch || cursor->row >= cursor->batch->rows;
}

static int tell_cell(sqlite3_vtab_cursor *base, sqlite3_context *context, int column)
{
    const struct gathered_cursor *cursor = (const struct gathered_cursor *)base;
    const struct batch *batch = cursor->batch;
    if ((uint32_t)column >= batch->columns)
        return SQLITE_OK; /* NULL */
    const struct gathered_cell *cell = &batch->cells[cursor->row * batch->columns + (uint32_t)column];
    switch (cell->type) {
    case SQLITE_INTEGER: sqlite3_result_int64(context, cell->value.whole); break;
    case SQLITE_FLOAT: sqlite3_result_double(context, cell->value.real); break;
    case SQLITE_TEXT: sqlite3_result_text64(context, cell->value.text, cell->len, SQLITE_STATIC, SQLITE_UTF8); break;
    case SQLITE_BLOB: sqlite3_result_blob64(context, cell->len > 0 ? (const char *)batch->blobs->data + cell->value.place : "", cell->len, SQLITE_STATIC); break;
    default: break; /* NULL */
    }
    return SQLITE_OK;
}

static int tell_row(sqlite3_vtab_cursor *base, sqlite3_int64 *ret)
{
    *ret = ((const struct gathered_cursor *)base)->row;
    return SQLITE_OK;
}

bool batch_register(struct store *store)
{
    static const sqlite3_module module = {.xConnect = connect_table, .xDisconnect = disconnect_table, .xBestIndex = plan, .xOpen = open_cursor, .xClose = close_cursor,
                                          .xFilter = first_row, .xNext = next_row, .xEof = at_end, .xColumn = tell_cell, .xRowid = tell_row};
    return sqlite3_create_module(store->db, "gathered", &module, store) == SQLITE_OK;
}
