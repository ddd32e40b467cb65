/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/words.h"

#include "base/error.h"
#include "index/batch.h"
#include "index/period.h"

enum { REMEMBERED = 1 << 16 }; /* of each sort, before all are forgotten */
enum { ROW_BYTES = 1024 };     /* of the texts of a row that is remembered whole: several times what any has that was written here */

/* Words and names of a file that had none when it was opened are all remembered: one that is not is new, and its row is written with others. */
struct fresh_rows {
    bool whole;                /* that is so */
    bool checked;              /* in this transaction: another program may have written before it */
    int64_t words, names;      /* the last ids */
    struct batch *words_rows, *names_rows; /* their texts are those of `interned` */
};

static void forget_rows(struct batch **rows)
{
    batch_free(*rows);
    *rows = NULL;
}

void words_forget(struct store *store)
{
    if (store->fresh) {
        forget_rows(&store->fresh->words_rows);
        forget_rows(&store->fresh->names_rows);
    }
    g_clear_pointer(&store->fresh, g_free);
    g_hash_table_remove_all(store->interned);
    g_hash_table_remove_all(store->words);
    g_hash_table_remove_all(store->written_periods);
    g_clear_pointer(&store->forms, g_hash_table_unref);
    g_clear_pointer(&store->periods, g_hash_table_unref);
}

/* The row that `find` finds; 0: there is none. */
static bool found(struct store *store, sqlite3_stmt *find, int64_t *ret, GError **error)
{
    *ret = 0;
    int code = find ? statement_step(store, find, error) : SQLITE_ERROR;
    if (code == SQLITE_ROW) {
        *ret = sqlite3_column_int64(find, 0);
        sqlite3_reset(find);
    }
    return code == SQLITE_ROW || code == SQLITE_DONE;
}

/* The row that `add` makes; 0: there is one, and it does nothing. */
static bool added(struct store *store, sqlite3_stmt *add, int64_t *ret, GError **error)
{
    if (!add || !statement_run(store, add, error))
        return false;
    *ret = sqlite3_changes(store->db) > 0 ? sqlite3_last_insert_rowid(store->db) : 0;
    return true;
}

static bool good_id(const struct store *store, int64_t id, uint32_t *ret, GError **error)
{
    bool good = id > 0 && id < NONE; /* no others are given here */
    *ret = good ? (uint32_t)id : NONE;
    return good || store_damaged(store, error);
}

void words_check(struct store *store)
{
    if (store->fresh)
        store->fresh->checked = false;
}

static bool write_rows(struct batch **rows, GError **error)
{
    bool ok = !*rows || batch_end(*rows, true, error);
    *rows = NULL;
    return ok;
}

bool words_write(struct store *store, GError **error)
{
    return !store->fresh || (write_rows(&store->fresh->words_rows, error) && write_rows(&store->fresh->names_rows, error));
}

/* Is a word or name that is not remembered a new one? */
static bool check_fresh(struct store *store, bool *ret, GError **error)
{
    bool begun = store->fresh != NULL;
    if (!begun)
        store->fresh = g_new0(struct fresh_rows, 1);
    struct fresh_rows *fresh = store->fresh;
    if (!fresh->checked && (fresh->whole || !begun)) {
        sqlite3_stmt *stmt = statement(store, error, "words_last", "");
        if (!stmt || statement_step(store, stmt, error) != SQLITE_ROW)
            return false;
        fresh->whole = sqlite3_column_int64(stmt, 0) == fresh->words && sqlite3_column_int64(stmt, 1) == fresh->names;
        sqlite3_reset(stmt);
    }
    fresh->checked = true;
    *ret = fresh->whole;
    return true;
}

/* For one more that is remembered: where there are many all are forgotten, and no row of theirs may wait then. */
static bool make_room(struct store *store, GError **error)
{
    if (g_hash_table_size(store->interned) < REMEMBERED)
        return true;
    if (!words_write(store, error))
        return false;
    if (store->fresh)
        store->fresh->whole = false;
    g_hash_table_remove_all(store->interned);
    return true;
}

/* Keeps what was found or made under `key`, which is taken over. */
static bool remember(struct store *store, char *key, int64_t id, uint32_t *ret, GError **error)
{
    if (!good_id(store, id, ret, error)) {
        g_free(key);
        return false;
    }
    g_hash_table_insert(store->interned, key, GUINT_TO_POINTER(*ret));
    return true;
}

static struct batch *rows_of(struct store *store, struct batch **rows, const char *name)
{
    if (!*rows)
        *rows = batch_new(store, name);
    return *rows;
}

static bool new_word(struct store *store, uint32_t *ret, GError **error)
{
    char *key = g_strdup(store->key->str);
    struct fresh_rows *fresh = store->fresh;
    return remember(store, key, ++fresh->words, ret, error) && batch_add(rows_of(store, &fresh->words_rows, "words_insert"), error, "is", fresh->words, key + 1);
}

/* Of a sort whose rows differ in what `add` writes: most that are not remembered are new. Both have their values bound; NULL: the error is set. */
static bool add_or_find(struct store *store, sqlite3_stmt *find, sqlite3_stmt *add, uint32_t *ret, GError **error)
{
    g_autofree char *key = g_strdup(store->key->str);
    int64_t id;
    return added(store, add, &id, error) && (id != 0 || found(store, find, &id, error)) && remember(store, g_steal_pointer(&key), id, ret, error);
}

static bool is_remembered(const struct store *store, const char *key, uint32_t *ret)
{
    *ret = GPOINTER_TO_UINT(g_hash_table_lookup(store->interned, key));
    return *ret != 0;
}

/* A key of its own for each sort. */
static const char *key_of(struct store *store, char sort, const char *text)
{
    g_string_truncate(store->key, 0);
    g_string_append_c(store->key, sort);
    return g_string_append(store->key, text)->str;
}

bool word_id(struct store *store, const char *text, uint32_t *ret, GError **error)
{
    *ret = NONE;
    bool fresh;
    if (!text || is_remembered(store, key_of(store, 'w', text), ret))
        return true;
    if (!make_room(store, error) || !check_fresh(store, &fresh, error))
        return false;
    if (fresh)
        return new_word(store, ret, error);
    return add_or_find(store, statement(store, error, "word_id", "s", text), statement(store, error, "word_insert", "s", text), ret, error);
}

/* The row of a period that was there before, with its days as they stand there; id 0: there is none. */
static bool found_period(struct store *store, const char *edtf, struct written_period *period, int64_t *id, GError **error)
{
    sqlite3_stmt *find = statement(store, error, "period_id", "s", edtf);
    int code = find ? statement_step(store, find, error) : SQLITE_ERROR;
    *id = 0;
    if (code == SQLITE_ROW) {
        *id = sqlite3_column_int64(find, 0);
        period->has_days = sqlite3_column_type(find, 1) != SQLITE_NULL;
        period->first = sqlite3_column_int64(find, 1);
        period->last = sqlite3_column_int64(find, 2);
        sqlite3_reset(find);
    }
    return code == SQLITE_ROW || code == SQLITE_DONE;
}

static bool added_period(struct store *store, const char *edtf, struct written_period *period, int64_t *id, GError **error)
{
    struct days days = {.first = 0};
    sqlite3_stmt *add = statement(store, error, "period_insert", "snn", edtf);
    period->has_days = days_from_edtf(edtf, &days);
    period->first = days.first;
    period->last = days.last;
    if (add && period->has_days) {
        sqlite3_bind_int(add, 2, days.first);
        sqlite3_bind_int(add, 3, days.last);
    }
    return added(store, add, id, error);
}

bool period_id(struct store *store, const char *edtf, struct written_period *ret, GError **error)
{
    const struct written_period *known = edtf ? g_hash_table_lookup(store->written_periods, edtf) : NULL;
    *ret = known ? *known : (struct written_period){.id = NONE};
    if (!edtf || known)
        return true;
    int64_t id;
    if (!added_period(store, edtf, ret, &id, error) || (id == 0 && !found_period(store, edtf, ret, &id, error)) || !good_id(store, id, &ret->id, error))
        return false;
    if (g_hash_table_size(store->written_periods) >= REMEMBERED)
        g_hash_table_remove_all(store->written_periods);
    g_hash_table_insert(store->written_periods, g_strdup(edtf), g_memdup2(ret, sizeof *ret));
    return true;
}

/* Parted by a sign that no text has; NULL is another than "". */
static const char *key_with(struct store *store, const char *const *texts, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        g_string_append_c(store->key, texts[i] ? '\x1e' : '\x1f');
        if (texts[i])
            g_string_append(store->key, texts[i]);
    }
    return store->key->str;
}

static const char *form_key(struct store *store, const struct form *form)
{
    const char head[] = {'f', (char)('A' + form->kind), (char)('A' + form->qualifier), (char)('A' + form->period_scope), (char)('A' + form->place_scope), (char)('A' + form->minor), '\0'};
    const char *texts[] = {form->unit, form->unit_text, form->rule};
    key_of(store, 'f', head);
    return key_with(store, texts, G_N_ELEMENTS(texts));
}

static sqlite3_stmt *form_statement(struct store *store, GError **error, const char *name, const struct form *form)
{
    return statement(store, error, name, "uussuusu", (uint32_t)form->kind, (uint32_t)form->qualifier, form->unit, form->unit_text, (uint32_t)form->period_scope,
                     (uint32_t)form->place_scope, form->rule, (uint32_t)form->minor);
}

bool form_id(struct store *store, const struct form *form, uint32_t *ret, GError **error)
{
    if (is_remembered(store, form_key(store, form), ret))
        return true;
    if (!make_room(store, error))
        return false;
    g_autofree char *key = g_strdup(store->key->str);
    int64_t id;
    return found(store, form_statement(store, error, "form_id", form), &id, error) && (id != 0 || added(store, form_statement(store, error, "form_insert", form), &id, error)) &&
           remember(store, g_steal_pointer(&key), id, ret, error);
}

/* Its row is written before the strings of the document that it is of go. */
static bool new_name(struct store *store, const struct name *name, uint32_t *ret, GError **error)
{
    struct fresh_rows *fresh = store->fresh;
    return remember(store, g_strdup(store->key->str), ++fresh->names, ret, error) &&
           batch_add(rows_of(store, &fresh->names_rows, "names_insert"), error, "iusssudd", fresh->names, name->type, name->name, name->class,
                     name->code, name->geonames, name->lat, name->lon);
}

bool name_id(struct store *store, const struct name *name, uint32_t *ret, GError **error)
{
    char digits[WHOLE_BYTES];
    const char head[] = {'n', (char)('A' + name->type), '\0'}, *texts[] = {name->name, name->class, name->code};
    key_of(store, 'n', head);
    key_with(store, texts, G_N_ELEMENTS(texts));
    g_string_append_c(store->key, '\x1e');
    g_string_append_len(store->key, digits, (gssize)whole_write(name->geonames, digits));
    bool fresh;
    if (is_remembered(store, store->key->str, ret))
        return true;
    if (!make_room(store, error) || !check_fresh(store, &fresh, error))
        return false;
    if (fresh)
        return new_name(store, name, ret, error);
    return add_or_find(store, statement(store, error, "name_id", "usssu", name->type, name->name, name->class, name->code, name->geonames),
                       statement(store, error, "name_insert", "usssudd", name->type, name->name, name->class, name->code, name->geonames, name->lat, name->lon), ret, error);
}

/* What a statement says of a row of words. A file may have made a view of that table, which asks this function again: that would never end. */
static char *read_text(struct store *store, sqlite3_int64 id, int *code)
{
    *code = SQLITE_CORRUPT;
    if (store->reads_word)
        return NULL;
    store->reads_word = true;
    sqlite3_stmt *stmt = statement(store, NULL, "word_text", "i", (int64_t)id);
    *code = stmt ? statement_step(store, stmt, NULL) : SQLITE_ERROR;
    store->reads_word = false;
    if (*code != SQLITE_ROW)
        return NULL;
    char *text = column_text(stmt, 0);
    sqlite3_reset(stmt);
    return text;
}

/* The text of a row of words. NULL: it has none, in a damaged file (`*code`: SQLITE_ROW), or there is none, or why it is not to be had. */
static const char *text_of(struct store *store, sqlite3_int64 id, int *code)
{
    const char *known = g_hash_table_lookup(store->words, &id);
    *code = SQLITE_ROW;
    if (known)
        return known;
    char *text = read_text(store, id, code);
    if (!text)
        return NULL;
    if (g_hash_table_size(store->words) >= REMEMBERED)
        g_hash_table_remove_all(store->words);
    g_hash_table_insert(store->words, g_memdup2(&id, sizeof id), text);
    return text;
}

const char *word_text(struct store *store, int64_t id)
{
    int code;
    return text_of(store, id, &code);
}

static void values_free(void *data)
{
    sqlite3_value **values = data;
    for (size_t i = 0; values[i]; i++)
        sqlite3_value_free(values[i]);
    g_free(values);
}

static bool is_short(sqlite3_stmt *stmt)
{
    int64_t bytes = 0;
    for (int i = 0; i < sqlite3_column_count(stmt); i++)
        if (sqlite3_column_type(stmt, i) == SQLITE_TEXT || sqlite3_column_type(stmt, i) == SQLITE_BLOB)
            bytes += sqlite3_column_bytes(stmt, i);
    return bytes <= ROW_BYTES;
}

/* Copies of a row's columns, ended by NULL; NULL: there is none, or it is too long to be kept. */
static sqlite3_value **read_values(struct store *store, const char *name, int64_t id)
{
    sqlite3_stmt *stmt = statement(store, NULL, name, "i", id);
    if (!stmt || statement_step(store, stmt, NULL) != SQLITE_ROW)
        return NULL;
    int n = sqlite3_column_count(stmt);
    sqlite3_value **values = g_new0(sqlite3_value *, (gsize)n + 1);
    bool all = is_short(stmt);
    for (int i = 0; all && i < n; i++)
        all = (values[i] = sqlite3_value_dup(sqlite3_column_value(stmt, i))) != NULL;
    sqlite3_reset(stmt);
    if (!all) /* too long, or for want of memory */
        g_clear_pointer(&values, values_free);
    return values;
}

/* The columns of a row, kept in `*rows`. */
static sqlite3_value *const *values_of(struct store *store, GHashTable **rows, const char *name, int64_t id)
{
    if (!*rows)
        *rows = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, values_free);
    sqlite3_value **values = g_hash_table_lookup(*rows, &id);
    if (values || !(values = read_values(store, name, id)))
        return values;
    if (g_hash_table_size(*rows) >= REMEMBERED)
        g_hash_table_remove_all(*rows);
    g_hash_table_insert(*rows, g_memdup2(&id, sizeof id), values);
    return values;
}

sqlite3_value *const *form_values(struct store *store, int64_t id)
{
    return values_of(store, &store->forms, "form_values", id);
}

sqlite3_value *const *period_values(struct store *store, int64_t id)
{
    return values_of(store, &store->periods, "period_values", id);
}

static void word(sqlite3_context *context, int n, sqlite3_value **values)
{
    (void)n;
    if (sqlite3_value_type(values[0]) == SQLITE_NULL)
        return;
    int code;
    const char *text = text_of(sqlite3_user_data(context), sqlite3_value_int64(values[0]), &code);
    if (text)
        sqlite3_result_text(context, text, -1, SQLITE_TRANSIENT); /* it may be forgotten before the row is done with */
    else if (code != SQLITE_DONE && code != SQLITE_ROW)
        sqlite3_result_error_code(context, code);
}

bool words_register(struct store *store)
{
    return sqlite3_create_function(store->db, "word", 1, SQLITE_UTF8, store, word, NULL, NULL) == SQLITE_OK;
}
