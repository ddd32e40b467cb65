/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/inverted.h"
#include "index/places.h"
#include "index/put.h"
#include "index/ranking.h"
#include "index/statement.h"
#include "index/tags.h"

/* A document on its way out of the full text, which wants to be told what it was given: text and tags of each passage; or once more into it. */
struct leaving {
    struct store *store;
    int64_t document;
    GHashTable *tags; /* the passage's place in the document → GString; the tags are told again from figures and names */
    GError **error;
};

static void free_tags(void *tags)
{
    g_string_free(tags, TRUE);
}

/* A place that no passage can have is damage, and nothing was told of it. */
static void tell(struct leaving *leaving, guint64 passage, const struct mention *mention)
{
    if (passage >= (guint64)rows_first(1))
        return;
    GString *tags = g_hash_table_lookup(leaving->tags, GUINT_TO_POINTER(passage));
    if (!tags) {
        tags = tags_begin();
        g_hash_table_insert(leaving->tags, GUINT_TO_POINTER(passage), tags);
    }
    tags_add(tags, mention);
}

/* Each once: FTS5 takes a file for damaged when more words leave it than came. The caller frees it. */
static char *told(const struct leaving *leaving, int64_t passage)
{
    const GString *tags = g_hash_table_lookup(leaving->tags, GUINT_TO_POINTER((guint)passage));
    return tags ? tags_once(tags->str) : g_string_free(tags_begin(), FALSE);
}

static bool figure_tags(struct leaving *leaving)
{
    int64_t first = rows_first(leaving->document), last = rows_last(leaving->document);
    sqlite3_stmt *row = statement(leaving->store, leaving->error, "figures_to_unindex", "ii", first, last);
    int code = row ? SQLITE_ROW : SQLITE_ERROR;
    while (row && (code = statement_step(leaving->store, row, leaving->error)) == SQLITE_ROW) {
        int kind = sqlite3_column_int(row, 1);
        struct mention mention = {.type = MENTION_FIGURE};
        mention.figure.quantity = (struct quantity){
            .kind = kind >= 0 && kind <= KIND_CHANGE ? (enum figure_kind)kind : KIND_COUNT,
            .low = sqlite3_column_double(row, 2),
            .high = sqlite3_column_double(row, 3),
            .ambiguous = sqlite3_column_type(row, 4) != SQLITE_NULL,
            .other_low = sqlite3_column_double(row, 4),
        };
        places_read((const char *)sqlite3_column_text(row, 5), &mention.figure.places, &mention.figure.n_places);
        tell(leaving, (guint64)sqlite3_column_int64(row, 0), &mention);
        places_clear(mention.figure.places, mention.figure.n_places);
    }
    return code == SQLITE_DONE;
}

/* "" stands for none. */
static const char *text_or_null(sqlite3_stmt *row, int column)
{
    return sqlite3_column_bytes(row, column) > 0 ? (const char *)sqlite3_column_text(row, column) : NULL;
}

static bool mention_of(sqlite3_stmt *row, struct mention *ret)
{
    *ret = (struct mention){.type = (enum mention_type)sqlite3_column_int(row, 0)};
    if (ret->type == MENTION_LOCATION) {
        ret->location.canonical = text_or_null(row, 1);
        ret->location.iso = text_or_null(row, 2);
    } else if (ret->type == MENTION_ACTOR) {
        ret->actor.canonical = text_or_null(row, 1);
        ret->actor.acronym = text_or_null(row, 2);
    }
    return (ret->type == MENTION_LOCATION || ret->type == MENTION_ACTOR) && text_or_null(row, 1);
}

static bool name_tags(struct leaving *leaving)
{
    sqlite3_stmt *row = statement(leaving->store, leaving->error, "names_of", "i", leaving->document);
    int code = row ? SQLITE_ROW : SQLITE_ERROR;
    while (row && (code = statement_step(leaving->store, row, leaving->error)) == SQLITE_ROW) {
        struct mention mention;
        const char *at = (const char *)sqlite3_column_text(row, 3);
        if (!at || !mention_of(row, &mention))
            continue;
        while (*(at += strcspn(at, "0123456789"))) { /* [3,17] */
            char *end;
            tell(leaving, g_ascii_strtoull(at, &end, 10), &mention);
            at = end;
        }
    }
    return code == SQLITE_DONE;
}

/* Tells the full text of each passage. */
static bool tell_passages(struct leaving *leaving, bool leaves)
{
    struct store *store = leaving->store;
    sqlite3_stmt *row = statement(store, leaving->error, "document_unindex", "i", leaving->document);
    if (!row || statement_step(store, row, leaving->error) != SQLITE_ROW)
        return false;
    tokenizer_language(store->tokenizer, (const char *)sqlite3_column_text(row, 0));
    int64_t first_row = sqlite3_column_int64(row, 1);
    bool own = row_fits(first_row) && (!leaves || sqlite3_column_int(row, 2)); /* of another's rows those words would go that both have */
    sqlite3_reset(row);
    if (!own)
        return store_damaged(store, leaving->error);
    if (!figure_tags(leaving) || !name_tags(leaving))
        return false;
    int64_t first = rows_first(leaving->document);
    row = statement(store, leaving->error, "passages_to_unindex", "ii", first, rows_last(leaving->document));
    int code = row ? SQLITE_ROW : SQLITE_ERROR;
    while (row && (code = statement_step(store, row, leaving->error)) == SQLITE_ROW) {
        int64_t id = sqlite3_column_int64(row, 0);
        struct slice text = {(const char *)sqlite3_column_text(row, 1), (size_t)sqlite3_column_bytes(row, 1)};
        g_autofree char *tags = told(leaving, id - first);
        if (!inverted_add_told(store, first_row + (id - first), text, tags, leaves, leaving->error))
            break;
    }
    if (row)
        sqlite3_reset(row); /* one that is left open would hold the file */
    return code == SQLITE_DONE;
}

bool store_remove(struct store *store, int64_t document, GError **error)
{
    static const char *const whole[] = {"delete_document", "delete_pages", "delete_notes", "delete_marks", "delete_warnings", "delete_identifiers", "delete_mentions"};
    static const char *const ranges[] = {"delete_passages", "delete_repeats", "delete_figures", "delete_figure_rest"};
    struct leaving leaving = {store, document, g_hash_table_new_full(NULL, NULL, NULL, free_tags), error};
    ranking_forget(store);
    bool ok = tell_passages(&leaving, true);
    for (size_t i = 0; ok && i < G_N_ELEMENTS(ranges); i++)
        ok = statement_do(store, error, ranges[i], "ii", rows_first(document), rows_last(document));
    for (size_t i = 0; ok && i < G_N_ELEMENTS(whole); i++)
        ok = statement_do(store, error, whole[i], "i", document);
    g_hash_table_unref(leaving.tags);
    return ok;
}

/* The document behind one; 0: there is none. */
static bool next_document(struct store *store, int64_t *document, GError **error)
{
    sqlite3_stmt *row = statement(store, error, "document_behind", "i", *document);
    int code = row ? statement_step(store, row, error) : SQLITE_ERROR;
    *document = code == SQLITE_ROW ? sqlite3_column_int64(row, 0) : 0;
    if (code == SQLITE_ROW)
        sqlite3_reset(row);
    return code == SQLITE_ROW || code == SQLITE_DONE;
}

bool store_index_again(struct store *store, GError **error)
{
    int64_t document = 0;
    bool ok = next_document(store, &document, error);
    while (ok && document != 0) {
        struct leaving coming = {store, document, g_hash_table_new_full(NULL, NULL, NULL, free_tags), error};
        ok = tell_passages(&coming, false) && next_document(store, &document, error);
        g_hash_table_unref(coming.tags);
    }
    return ok;
}
