/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/get.h"

#include "base/error.h"
#include "index/blob.h"
#include "index/migrate.h"
#include "index/places.h"
#include "index/ranking.h"
#include "index/rows.h"
#include "index/statement.h"

enum { ID_LENGTH = 6 };

void document_row_free(struct document_row *row)
{
    if (!row)
        return;
    char *strings[] = {row->id, row->sha256, row->file_sha256, row->path, row->member, row->reader, row->metadata.title, row->metadata.publisher, row->metadata.url,
                       row->metadata.language, row->metadata.date, row->metadata.authors, row->metadata.period, row->metadata.symbol};
    for (size_t i = 0; i < G_N_ELEMENTS(strings); i++)
        g_free(strings[i]);
    g_free(row);
}

void passage_row_free(struct passage_row *row)
{
    if (!row)
        return;
    g_free(row->id);
    g_free(row->text);
    g_free(row->label);
    g_free(row->heading);
    g_array_unref(row->boxes);
    g_array_unref(row->lines);
    g_free(row);
}

void figure_row_free(struct figure_row *row)
{
    if (!row)
        return;
    places_clear(row->places, row->n_places);
    char *strings[] = {row->id, row->text, row->unit, row->unit_text, row->counted, row->period, row->said_by, row->mark, row->note_text, row->rule, row->sentence, row->label};
    for (size_t i = 0; i < G_N_ELEMENTS(strings); i++)
        g_free(strings[i]);
    g_array_unref(row->boxes);
    g_free(row);
}

void ledger_row_free(struct ledger_row *row)
{
    if (!row)
        return;
    char *strings[] = {row->path, row->member, row->status, row->code, row->reason, row->document};
    for (size_t i = 0; i < G_N_ELEMENTS(strings); i++)
        g_free(strings[i]);
    g_free(row);
}

static size_t common(const char *a, const char *b)
{
    size_t n = 0;
    while (a && b && a[n] && a[n] == b[n])
        n++;
    return n;
}

/* The shortest beginning of `sha256`, 6 or more, that tells it from its neighbours in columns `before` and the next. */
static char *short_id(sqlite3_stmt *stmt, const char *sha256, int before)
{
    size_t first = common(sha256, (const char *)sqlite3_column_text(stmt, before)), second = common(sha256, (const char *)sqlite3_column_text(stmt, before + 1));
    return g_strndup(sha256, MAX(MAX(first, second) + 1, ID_LENGTH));
}

/* The document's id, from its hash in a column; found once for each document. Owned by the store. NULL with `error`: its neighbours could not be read. */
static const char *document_id(struct store *store, sqlite3_stmt *row, int column, int64_t document, GError **error)
{
    char *id = g_hash_table_lookup(store->ids, &document);
    const char *sha256 = (const char *)sqlite3_column_text(row, column);
    if (!sha256)
        return ""; /* damage */
    if (id && g_str_has_prefix(sha256, id))
        return id;
    sqlite3_stmt *stmt = statement(store, error, "document_neighbours", "s", sha256);
    int code = stmt ? statement_step(store, stmt, error) : SQLITE_ERROR;
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        return NULL;
    id = code == SQLITE_ROW ? short_id(stmt, sha256, 0) : g_strdup(sha256);
    sqlite3_reset(stmt);
    g_hash_table_insert(store->ids, g_memdup2(&document, sizeof document), id);
    return id;
}

GArray *items_of(sqlite3_stmt *stmt, int column, size_t size)
{
    GArray *items = g_array_new(FALSE, FALSE, (guint)size);
    guint n = (guint)((size_t)sqlite3_column_bytes(stmt, column) / size);
    if (n > 0)
        g_array_append_vals(items, sqlite3_column_blob(stmt, column), n);
    blob_swap(items->data, n * size);
    return items;
}

/* The columns of document_rows. */
enum { D_ID, D_SHA256, D_FILE, D_PATH, D_MEMBER, D_READER, D_SIZE, D_TITLE, D_AUTHORS, D_PUBLISHER, D_DATE, D_URL, D_LANGUAGE, D_PERIOD, D_PAGES, D_PASSAGES, D_FIGURES, D_INTACT, D_BEFORE };

struct document_row *document_row_read(sqlite3_stmt *stmt)
{
    struct document_row *row = g_new0(struct document_row, 1);
    row->rowid = sqlite3_column_int64(stmt, D_ID);
    row->sha256 = column_text(stmt, D_SHA256);
    row->file_sha256 = column_text(stmt, D_FILE);
    row->path = column_text(stmt, D_PATH);
    row->member = sqlite3_column_bytes(stmt, D_MEMBER) > 0 ? column_text(stmt, D_MEMBER) : NULL;
    row->reader = column_text(stmt, D_READER);
    row->size = (uint64_t)sqlite3_column_int64(stmt, D_SIZE);
    row->metadata = (struct metadata){
        .title = column_text(stmt, D_TITLE), .authors = column_text(stmt, D_AUTHORS), .publisher = column_text(stmt, D_PUBLISHER), .date = column_text(stmt, D_DATE),
        .url = column_text(stmt, D_URL), .language = column_text(stmt, D_LANGUAGE), .period = column_text(stmt, D_PERIOD),
    };
    row->pages = column_u32(stmt, D_PAGES);
    row->passages = column_u32(stmt, D_PASSAGES);
    row->figures = column_u32(stmt, D_FIGURES);
    row->intact = sqlite3_column_int(stmt, D_INTACT);
    row->id = short_id(stmt, row->sha256, D_BEFORE);
    return row;
}

/* The columns of passage_rows. */
enum { P_ID, P_PAGE, P_PAGE_END, P_NUMBER, P_FIRST, P_AFTER, P_SOURCE_FIRST, P_SOURCE_AFTER, P_ZONE, P_FLAGS, P_TEXT, P_LINES, P_LABEL, P_HEADING, P_INTACT, P_SHA256 };

static enum zone zone_of(sqlite3_stmt *stmt, int column)
{
    int zone = sqlite3_column_int(stmt, column);
    return zone >= ZONE_BODY && zone <= ZONE_NOTE ? (enum zone)zone : ZONE_BODY;
}

struct passage_row *passage_row_read(struct store *store, sqlite3_stmt *stmt, GError **error)
{
    const char *document = document_id(store, stmt, P_SHA256, rows_document(sqlite3_column_int64(stmt, P_ID)), error);
    if (!document)
        return NULL;
    struct passage_row *row = g_new0(struct passage_row, 1);
    row->rowid = sqlite3_column_int64(stmt, P_ID);
    row->document = rows_document(row->rowid);
    row->page = column_u32(stmt, P_PAGE);
    row->page_end = column_u32(stmt, P_PAGE_END);
    row->span = (struct span){column_u32(stmt, P_FIRST), column_u32(stmt, P_AFTER)};
    row->source = (struct span){column_u32(stmt, P_SOURCE_FIRST), column_u32(stmt, P_SOURCE_AFTER)};
    row->zone = zone_of(stmt, P_ZONE);
    row->flags = column_u32(stmt, P_FLAGS);
    char *text = column_text(stmt, P_TEXT); /* NULL only in a file that somebody made, whatever its hash says */
    row->text = text ? text : g_strdup("");
    row->label = column_text(stmt, P_LABEL);
    row->heading = column_text(stmt, P_HEADING);
    row->intact = text && sqlite3_column_int(stmt, P_INTACT);
    row->lines = items_of(stmt, P_LINES, sizeof(struct stored_line));
    row->boxes = g_array_sized_new(FALSE, FALSE, sizeof(struct place_on_page), row->lines->len);
    for (guint i = 0; i < row->lines->len; i++)
        g_array_append_val(row->boxes, g_array_index(row->lines, struct stored_line, i).place);
    row->id = g_strdup_printf("%s.%u.%u", document, row->page == NONE ? 0 : row->page, column_u32(stmt, P_NUMBER));
    return row;
}

/* The columns of figure_rows. */
enum {
    F_ID, F_PASSAGE, F_NUMBER, F_FIRST, F_AFTER, F_SENTENCE_FIRST, F_SENTENCE_AFTER, F_LOW, F_HIGH, F_OTHER_LOW, F_OTHER_HIGH, F_KIND, F_QUALIFIER, F_UNIT, F_UNIT_TEXT,
    F_COUNTED, F_PERIOD, F_PERIOD_FIRST, F_PERIOD_LAST, F_PERIOD_SCOPE, F_PLACE_SCOPE, F_SAID_BY, F_MARK, F_NOTE_TEXT, F_NOTE_PAGE, F_PAGE, F_LABEL, F_RULE, F_MINOR,
    F_BOXES, F_INTACT, F_TEXT, F_PASSAGE_FIRST, F_PASSAGE_PAGE, F_PASSAGE_NUMBER, F_ZONE, F_SHA256,
    F_PLACES
};

/* Bytes [first, after) of the document out of its passage; what damage has put outside it is cut. */
static char *cut(sqlite3_stmt *stmt, struct span span)
{
    const char *text = (const char *)sqlite3_column_text(stmt, F_TEXT);
    uint32_t begin = column_u32(stmt, F_PASSAGE_FIRST), len = text ? (uint32_t)strlen(text) : 0;
    uint32_t start = MIN(span.start > begin ? span.start - begin : 0, len), end = MIN(span.end > begin ? span.end - begin : 0, len);
    return g_strndup(text ? text + start : "", end > start ? end - start : 0);
}

static struct quantity quantity_of(sqlite3_stmt *stmt, const char *unit)
{
    int kind = sqlite3_column_int(stmt, F_KIND), qualifier = sqlite3_column_int(stmt, F_QUALIFIER);
    return (struct quantity){
        .low = sqlite3_column_double(stmt, F_LOW), .high = sqlite3_column_double(stmt, F_HIGH),
        .kind = kind >= 0 && kind <= KIND_CHANGE ? (enum figure_kind)kind : KIND_COUNT,
        .qualifier = qualifier >= 0 && qualifier <= QUALIFIER_BETWEEN ? (enum qualifier)qualifier : QUALIFIER_EXACT,
        .unit = unit,
        .ambiguous = sqlite3_column_type(stmt, F_OTHER_LOW) != SQLITE_NULL,
        .other_low = sqlite3_column_double(stmt, F_OTHER_LOW), .other_high = sqlite3_column_double(stmt, F_OTHER_HIGH),
    };
}

struct figure_row *figure_row_read(struct store *store, sqlite3_stmt *stmt, GError **error)
{
    const char *document = document_id(store, stmt, F_SHA256, rows_document(sqlite3_column_int64(stmt, F_ID)), error);
    if (!document)
        return NULL;
    struct figure_row *row = g_new0(struct figure_row, 1);
    row->rowid = sqlite3_column_int64(stmt, F_ID);
    row->passage = sqlite3_column_int64(stmt, F_PASSAGE);
    row->document = rows_document(row->rowid);
    row->span = (struct span){column_u32(stmt, F_FIRST), column_u32(stmt, F_AFTER)};
    row->sentence_span = (struct span){column_u32(stmt, F_SENTENCE_FIRST), column_u32(stmt, F_SENTENCE_AFTER)};
    row->text = cut(stmt, row->span);
    row->sentence = cut(stmt, row->sentence_span);
    row->unit = column_text(stmt, F_UNIT);
    row->quantity = quantity_of(stmt, row->unit);
    row->unit_text = column_text(stmt, F_UNIT_TEXT);
    row->counted = column_text(stmt, F_COUNTED);
    row->period = column_text(stmt, F_PERIOD);
    row->period_scope = (enum scope)sqlite3_column_int(stmt, F_PERIOD_SCOPE);
    row->place_scope = (enum scope)sqlite3_column_int(stmt, F_PLACE_SCOPE);
    row->said_by = column_text(stmt, F_SAID_BY);
    row->mark = column_text(stmt, F_MARK);
    row->note_text = column_text(stmt, F_NOTE_TEXT);
    row->note_page = column_u32(stmt, F_NOTE_PAGE);
    row->rule = column_text(stmt, F_RULE);
    row->page = column_u32(stmt, F_PAGE);
    row->label = column_text(stmt, F_LABEL);
    row->zone = zone_of(stmt, F_ZONE);
    row->minor = sqlite3_column_int(stmt, F_MINOR);
    row->boxes = items_of(stmt, F_BOXES, sizeof(struct place_on_page));
    places_recall(store, (const char *)sqlite3_column_text(stmt, F_PLACES), &row->places, &row->n_places);
    row->intact = sqlite3_column_int(stmt, F_INTACT) && (row->n_places > 0) == (row->place_scope != SCOPE_NONE); /* in old files places could go to another figure */
    uint32_t page = column_u32(stmt, F_PASSAGE_PAGE);
    row->id = g_strdup_printf("%s.%u.%u#%u", document, page == NONE ? 0 : page, column_u32(stmt, F_PASSAGE_NUMBER), column_u32(stmt, F_NUMBER));
    return row;
}

/* Every row of a statement, made by `read`, which may fail. */
static bool all_rows(struct store *store, sqlite3_stmt *stmt, void *(*read)(struct store *, sqlite3_stmt *, GError **), GDestroyNotify release, GPtrArray **ret, GError **error)
{
    if (!stmt)
        return false;
    g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(release);
    int code;
    while ((code = statement_step(store, stmt, error)) == SQLITE_ROW) {
        void *row = read(store, stmt, error);
        if (!row) {
            sqlite3_reset(stmt);
            return false;
        }
        g_ptr_array_add(rows, row);
    }
    if (code != SQLITE_DONE)
        return false;
    *ret = g_steal_pointer(&rows);
    return true;
}

static void *read_document(struct store *store, sqlite3_stmt *stmt, GError **error)
{
    (void)store, (void)error;
    return document_row_read(stmt);
}

static void *read_passage(struct store *store, sqlite3_stmt *stmt, GError **error)
{
    return passage_row_read(store, stmt, error);
}

static void *read_figure(struct store *store, sqlite3_stmt *stmt, GError **error)
{
    return figure_row_read(store, stmt, error);
}

static void *read_ledger(struct store *store, sqlite3_stmt *stmt, GError **error)
{
    (void)store, (void)error;
    struct ledger_row *row = g_new0(struct ledger_row, 1);
    row->path = column_text(stmt, 0);
    row->member = sqlite3_column_bytes(stmt, 1) > 0 ? column_text(stmt, 1) : NULL;
    row->status = column_text(stmt, 2);
    row->code = column_text(stmt, 3);
    row->page = column_u32(stmt, 4);
    row->reason = column_text(stmt, 5);
    row->document = column_text(stmt, 6);
    return row;
}

void note_row_free(struct note_row *row)
{
    if (!row)
        return;
    g_free(row->label);
    g_free(row->text);
    g_free(row);
}

static void *read_note(struct store *store, sqlite3_stmt *stmt, GError **error)
{
    (void)store, (void)error;
    struct note_row *row = g_new(struct note_row, 1);
    row->label = column_text(stmt, 0);
    row->page = column_u32(stmt, 1);
    row->text = sqlite3_column_int(stmt, 3) ? column_text(stmt, 2) : NULL;
    return row;
}

static void release_note(void *row)
{
    note_row_free(row);
}

static void release_document(void *row)
{
    document_row_free(row);
}

static void release_passage(void *row)
{
    passage_row_free(row);
}

static void release_figure(void *row)
{
    figure_row_free(row);
}

static void release_ledger(void *row)
{
    ledger_row_free(row);
}

/* The first row, or NULL; the array goes. */
static void *only(GPtrArray *rows)
{
    void *row = rows->len > 0 ? g_ptr_array_steal_index(rows, 0) : NULL;
    g_ptr_array_unref(rows);
    return row;
}

/* Adds the symbol of each document; files of older schemas have none. */
static bool read_symbols(struct store *store, const GPtrArray *rows, GError **error)
{
    bool held = rows->len > 0 && store_holds(store, "identifiers");
    for (guint i = 0; held && i < rows->len; i++) {
        struct document_row *row = g_ptr_array_index(rows, i);
        sqlite3_stmt *stmt = statement(store, error, "symbol_of", "is", row->rowid, row->sha256);
        if (!stmt || statement_step(store, stmt, error) != SQLITE_ROW)
            return false;
        row->metadata.symbol = column_text(stmt, 0);
        sqlite3_reset(stmt); /* left open, it keeps the file as it is now, and another writer's work ends this one */
    }
    return true;
}

static bool document_rows(struct store *store, sqlite3_stmt *stmt, void *(*read)(struct store *, sqlite3_stmt *, GError **), GPtrArray **ret, GError **error)
{
    g_autoptr(GPtrArray) rows = NULL;
    if (!all_rows(store, stmt, read, release_document, &rows, error) || !read_symbols(store, rows, error))
        return false;
    *ret = g_steal_pointer(&rows);
    return true;
}

/* A row without its neighbours: its id is the store's. */
static void *read_named_document(struct store *store, sqlite3_stmt *stmt, GError **error)
{
    const char *id = document_id(store, stmt, D_SHA256, sqlite3_column_int64(stmt, D_ID), error);
    if (!id)
        return NULL;
    struct document_row *row = document_row_read(stmt);
    g_free(row->id);
    row->id = g_strdup(id);
    return row;
}

bool store_document(struct store *store, int64_t rowid, struct document_row **ret, GError **error)
{
    GPtrArray *rows;
    if (!document_rows(store, statement(store, error, store->older ? "document_row_older" : "document_row", "i", rowid), read_named_document, &rows, error))
        return false;
    *ret = only(rows);
    return true;
}

bool store_document_by_id(struct store *store, const char *prefix, struct document_row **ret, GError **error)
{
    *ret = NULL;
    g_autofree char *lower = g_ascii_strdown(prefix, -1), *behind = g_strconcat(lower, "g", NULL);
    if (*lower == '\0' || strspn(lower, "0123456789abcdef") != strlen(lower))
        return true;
    GPtrArray *rows;
    if (!document_rows(store, statement(store, error, "document_rows_by_prefix", "ss", lower, behind), read_document, &rows, error))
        return false;
    if (rows->len > 1) {
        g_set_error(error, CITABLE_ERROR, CITABLE_ERROR_QUERY, "several documents begin with '%s'; write more of the id", prefix);
        g_ptr_array_unref(rows);
        return false;
    }
    *ret = only(rows);
    return true;
}

bool store_documents(struct store *store, GPtrArray **ret, GError **error)
{
    return document_rows(store, statement(store, error, "document_rows", ""), read_document, ret, error);
}

bool store_documents_at(struct store *store, const char *path, GPtrArray **ret, GError **error)
{
    return document_rows(store, statement(store, error, "document_rows_at", "s", path), read_document, ret, error);
}

bool store_passage(struct store *store, int64_t rowid, struct passage_row **ret, GError **error)
{
    GPtrArray *rows;
    if (!all_rows(store, statement(store, error, store->older ? "passage_row_older" : "passage_row", "i", rowid), read_passage, release_passage, &rows, error))
        return false;
    *ret = only(rows);
    return true;
}

bool store_original(struct store *store, int64_t passage, struct passage_row **ret, GError **error)
{
    GPtrArray *rows;
    *ret = NULL;
    if (!store_holds(store, "repeats"))
        return true;
    if (!all_rows(store, statement(store, error, "repeat_of", "i", passage), read_passage, release_passage, &rows, error))
        return false;
    *ret = only(rows);
    return true;
}

/* An id's parts: "a1c94e.11.3#2". */
struct id {
    char document[72];
    uint32_t page, passage, figure; /* page 0: the format has none; figure 0: not named */
};

static bool take_number(const char **at, char before, uint32_t *ret)
{
    if (**at != before || !g_ascii_isdigit((*at)[1]))
        return false;
    char *end;
    guint64 value = g_ascii_strtoull(*at + 1, &end, 10);
    *at = end;
    *ret = (uint32_t)value;
    return value < NONE;
}

static bool parse_id(const char *text, struct id *id)
{
    *id = (struct id){.figure = 0};
    size_t len = strcspn(text, ".");
    if (len == 0 || len >= sizeof id->document)
        return false;
    memcpy(id->document, text, len);
    text += len;
    if (!take_number(&text, '.', &id->page) || !take_number(&text, '.', &id->passage))
        return false;
    return *text == '\0' || (take_number(&text, '#', &id->figure) && *text == '\0');
}

static bool passage_at(struct store *store, const struct id *id, struct passage_row **ret, GError **error)
{
    *ret = NULL;
    struct document_row *doc;
    if (!store_document_by_id(store, id->document, &doc, error))
        return false;
    if (!doc)
        return true;
    int64_t document = doc->rowid;
    document_row_free(doc);
    GPtrArray *rows;
    sqlite3_stmt *stmt = statement(store, error, "passage_row_at", "iiuu", rows_first(document), rows_last(document), id->page ? id->page : NONE, id->passage);
    if (!all_rows(store, stmt, read_passage, release_passage, &rows, error))
        return false;
    *ret = only(rows);
    return true;
}

bool store_passage_by_id(struct store *store, const char *text, struct passage_row **ret, GError **error)
{
    struct id id;
    *ret = NULL;
    return !parse_id(text, &id) || passage_at(store, &id, ret, error);
}

bool figure_rows(struct store *store, sqlite3_stmt *stmt, GPtrArray **ret, GError **error)
{
    return all_rows(store, stmt, read_figure, release_figure, ret, error);
}

bool store_figure_by_id(struct store *store, const char *text, struct figure_row **ret, GError **error)
{
    struct id id;
    struct passage_row *passage = NULL;
    *ret = NULL;
    if (!parse_id(text, &id) || id.figure == 0)
        return true;
    if (!passage_at(store, &id, &passage, error))
        return false;
    if (!passage)
        return true;
    GPtrArray *rows;
    bool ok = figure_rows(store, statement(store, error, "figure_row_at", "iu", passage->rowid, id.figure), &rows, error);
    passage_row_free(passage);
    if (ok)
        *ret = only(rows);
    return ok;
}

bool store_context(struct store *store, int64_t passage, uint32_t n, GPtrArray **ret, GError **error)
{
    int64_t before = passage - rows_first(rows_document(passage)), behind = rows_last(rows_document(passage)) - passage;
    return all_rows(store, statement(store, error, "passage_rows_between", "ii", passage - MIN(before, n), passage + MIN(behind, n)), read_passage, release_passage, ret, error);
}

bool store_texts(struct store *store, int64_t document, void (*each)(void *data, const char *text, uint32_t page, uint32_t page_end), void *data, GError **error)
{
    sqlite3_stmt *stmt = statement(store, error, "passage_texts", "ii", rows_first(document), rows_last(document));
    int code = stmt ? SQLITE_ROW : SQLITE_ERROR;
    while (code == SQLITE_ROW && (code = statement_step(store, stmt, error)) == SQLITE_ROW)
        each(data, (const char *)sqlite3_column_text(stmt, 0), column_u32(stmt, 1), column_u32(stmt, 2));
    return code == SQLITE_DONE;
}

bool store_marks(struct store *store, int64_t document, GArray **ret, GError **error)
{
    sqlite3_stmt *stmt = statement(store, error, "marks_of", "i", document);
    g_autoptr(GArray) marks = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    int code = stmt ? SQLITE_ROW : SQLITE_ERROR;
    while (code == SQLITE_ROW && (code = statement_step(store, stmt, error)) == SQLITE_ROW) {
        uint32_t at = column_u32(stmt, 0);
        g_array_append_val(marks, at);
    }
    if (code != SQLITE_DONE)
        return false;
    *ret = g_steal_pointer(&marks);
    return true;
}

bool store_notes(struct store *store, int64_t document, GPtrArray **ret, GError **error)
{
    return all_rows(store, statement(store, error, "notes_of", "i", document), read_note, release_note, ret, error);
}

bool store_ledger(struct store *store, GPtrArray **ret, GError **error)
{
    return all_rows(store, statement(store, error, "ledger_rows", ""), read_ledger, release_ledger, ret, error);
}
