/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/get.h"

#include "index/places.h"
#include "index/row_hash.h"
#include "index/rows.h"
#include "index/statement.h"
#include "index/words.h"

/*  A question reads some thousand figures, most of which it shows to nobody. Those of a passage that was read, and is what its hash says, are made here of what is written
 *  of them; the view figure_rows looks for each figure's form, period, page, note and passage anew. Whatever is not plain, or not what its hash says, is left to that. */

/* The columns of figures_stored.sql, form_values.sql and period_values.sql. */
enum { S_ID, S_NUMBER, S_SHA256, S_PASSAGE, S_FIRST, S_LENGTH, S_SENTENCE_FIRST, S_SENTENCE_AFTER, S_LOW, S_FORM, S_COUNTED, S_PERIOD, S_PLACES, S_BOXES, S_HASH,
       S_HIGH, S_OTHER_LOW, S_OTHER_HIGH, S_SAID_BY, S_MARK, S_NOTE, S_PAGE };
enum { M_KIND, M_QUALIFIER, M_UNIT, M_UNIT_TEXT, M_PERIOD_SCOPE, M_PLACE_SCOPE, M_RULE, M_MINOR };
enum { T_EDTF, T_FIRST, T_LAST };

/* A row, and what it shares with others. */
struct stored {
    sqlite3_stmt *row;
    const struct passage_row *passage;
    sqlite3_value *const *form, *const *period; /* period: NULL where there is none */
};

static bool is_null(const struct stored *stored, int column)
{
    return sqlite3_column_type(stored->row, column) == SQLITE_NULL;
}

static bool is_plain(const struct stored *stored)
{
    for (int column = S_FIRST; column <= S_SENTENCE_AFTER; column++)
        if (sqlite3_column_type(stored->row, column) != SQLITE_INTEGER)
            return false;
    return is_null(stored, S_NOTE) && is_null(stored, S_PAGE) && stored->passage->page != 0;
}

static char *value_text(sqlite3_value *value)
{
    return g_strdup((const char *)sqlite3_value_text(value));
}

/* Bytes of the document out of its passage. */
static char *cut(const struct passage_row *passage, struct span span)
{
    uint32_t begin = passage->span.start, len = (uint32_t)strlen(passage->text);
    uint32_t start = MIN(span.start > begin ? span.start - begin : 0, len), end = MIN(span.end > begin ? span.end - begin : 0, len);
    return g_strndup(passage->text + start, end > start ? end - start : 0);
}

/* The text of a row of words in a column; false: it is not to be had. */
static bool take_word(struct store *store, const struct stored *stored, int column, char **ret)
{
    if (is_null(stored, column))
        return true;
    *ret = g_strdup(word_text(store, sqlite3_column_int64(stored->row, column)));
    return *ret != NULL;
}

static void hash_columns(struct row_hash *hash, const struct stored *stored, int first, int last)
{
    for (int column = first; column <= last; column++)
        row_hash_add(hash, sqlite3_column_value(stored->row, column));
}

static void hash_form(struct row_hash *hash, const struct stored *stored, int first, int last)
{
    for (int column = first; column <= last; column++)
        row_hash_add(hash, stored->form[column]);
}

/* Of a period; NULL: there is none. */
static void hash_period(struct row_hash *hash, const struct stored *stored, int first, int last)
{
    for (int column = first; column <= last; column++)
        if (stored->period)
            row_hash_add(hash, stored->period[column]);
        else
            row_hash_add_text(hash, NULL);
}

/* The values that figure_rows hashes, in its order. */
static bool is_as_hashed(const struct stored *stored, const struct figure_row *row, const char *places)
{
    struct row_hash hash;
    row_hash_init(&hash);
    row_hash_add(&hash, sqlite3_column_value(stored->row, S_SHA256));
    row_hash_add(&hash, sqlite3_column_value(stored->row, S_PASSAGE));
    row_hash_add(&hash, sqlite3_column_value(stored->row, S_NUMBER));
    hash_columns(&hash, stored, S_FIRST, S_LOW);
    hash_columns(&hash, stored, S_HIGH, S_OTHER_HIGH);
    hash_form(&hash, stored, M_KIND, M_UNIT_TEXT);
    row_hash_add_text(&hash, row->counted);
    hash_period(&hash, stored, T_EDTF, T_EDTF);
    hash_form(&hash, stored, M_PERIOD_SCOPE, M_PLACE_SCOPE);
    row_hash_add_text(&hash, places);
    row_hash_add_text(&hash, row->said_by);
    hash_columns(&hash, stored, S_MARK, S_NOTE);
    if (row->page == NONE)
        row_hash_add_text(&hash, NULL);
    else
        row_hash_add_whole(&hash, row->page);
    hash_form(&hash, stored, M_RULE, M_MINOR);
    row_hash_add(&hash, sqlite3_column_value(stored->row, S_BOXES));
    hash_period(&hash, stored, T_FIRST, T_LAST);
    return row_hash_end(&hash) == sqlite3_column_int64(stored->row, S_HASH);
}

static struct quantity quantity_of(const struct stored *stored, const char *unit)
{
    int kind = sqlite3_value_int(stored->form[M_KIND]), qualifier = sqlite3_value_int(stored->form[M_QUALIFIER]);
    double low = sqlite3_column_double(stored->row, S_LOW);
    return (struct quantity){
        .low = low, .high = is_null(stored, S_HIGH) ? low : sqlite3_column_double(stored->row, S_HIGH),
        .kind = kind >= 0 && kind <= KIND_CHANGE ? (enum figure_kind)kind : KIND_COUNT,
        .qualifier = qualifier >= 0 && qualifier <= QUALIFIER_BETWEEN ? (enum qualifier)qualifier : QUALIFIER_EXACT,
        .unit = unit,
        .ambiguous = !is_null(stored, S_OTHER_LOW),
        .other_low = sqlite3_column_double(stored->row, S_OTHER_LOW), .other_high = sqlite3_column_double(stored->row, S_OTHER_HIGH),
    };
}

/* What the row itself says. */
static void fill(struct figure_row *row, const struct stored *stored)
{
    const struct passage_row *passage = stored->passage;
    uint32_t begin = passage->span.start, first = begin + column_u32(stored->row, S_FIRST);
    row->rowid = sqlite3_column_int64(stored->row, S_ID);
    row->passage = passage->rowid;
    row->document = passage->document;
    row->span = (struct span){first, first + column_u32(stored->row, S_LENGTH)};
    row->sentence_span = (struct span){begin + column_u32(stored->row, S_SENTENCE_FIRST), passage->span.end - column_u32(stored->row, S_SENTENCE_AFTER)};
    row->text = cut(passage, row->span);
    row->sentence = cut(passage, row->sentence_span);
    row->unit = value_text(stored->form[M_UNIT]);
    row->quantity = quantity_of(stored, row->unit);
    row->unit_text = value_text(stored->form[M_UNIT_TEXT]);
    row->period = stored->period ? value_text(stored->period[T_EDTF]) : NULL;
    row->period_scope = (enum scope)sqlite3_value_int(stored->form[M_PERIOD_SCOPE]);
    row->place_scope = (enum scope)sqlite3_value_int(stored->form[M_PLACE_SCOPE]);
    row->mark = column_text(stored->row, S_MARK);
    row->note_page = NONE;
    row->rule = value_text(stored->form[M_RULE]);
    row->page = passage->page;
    row->label = g_strdup(passage->label);
    row->zone = passage->zone;
    row->minor = sqlite3_value_int(stored->form[M_MINOR]);
    row->id = g_strdup_printf("%s#%u", passage->id, column_u32(stored->row, S_NUMBER));
}

/* NULL: it is not plain. */
static struct figure_row *plain_row(struct store *store, struct stored *stored)
{
    bool dated = !is_null(stored, S_PERIOD);
    stored->form = form_values(store, sqlite3_column_int64(stored->row, S_FORM));
    stored->period = dated ? period_values(store, sqlite3_column_int64(stored->row, S_PERIOD)) : NULL;
    if (!is_plain(stored) || !stored->form || (dated && !stored->period))
        return NULL;
    struct figure_row *row = g_new0(struct figure_row, 1);
    g_autofree char *places = NULL;
    fill(row, stored);
    row->boxes = items_of(stored->row, S_BOXES, sizeof(struct place_on_page));
    row->intact = take_word(store, stored, S_COUNTED, &row->counted) && take_word(store, stored, S_SAID_BY, &row->said_by) && take_word(store, stored, S_PLACES, &places) &&
                  is_as_hashed(stored, row, places);
    places_recall(store, places, &row->places, &row->n_places);
    if (row->intact && (row->n_places > 0) == (row->place_scope != SCOPE_NONE))
        return row;
    figure_row_free(row);
    return NULL;
}

static void release(void *row)
{
    figure_row_free(row);
}

/* NULL: they are not all plain. */
static GPtrArray *plain_figures(struct store *store, const struct passage_row *passage)
{
    g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(release);
    struct stored stored = {.row = statement(store, NULL, "figures_stored", "i", passage->rowid), .passage = passage};
    int code = SQLITE_ERROR;
    while (stored.row && (code = statement_step(store, stored.row, NULL)) == SQLITE_ROW) {
        struct figure_row *row = plain_row(store, &stored);
        if (!row) {
            sqlite3_reset(stored.row);
            return NULL;
        }
        g_ptr_array_add(rows, row);
    }
    return code == SQLITE_DONE ? g_steal_pointer(&rows) : NULL;
}

bool store_figures_of(struct store *store, const struct passage_row *passage, GPtrArray **ret, GError **error)
{
    bool whole = passage->intact && !store->older;
    *ret = whole ? plain_figures(store, passage) : NULL;
    if (*ret)
        return true;
    sqlite3_stmt *stmt = whole ? statement(store, error, "figure_rows_of", "iis", passage->rowid, (int64_t)passage->span.end, passage->text)
                               : statement(store, error, "figure_rows_anyhow", "i", passage->rowid);
    return figure_rows(store, stmt, ret, error);
}
