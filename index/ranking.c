/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/ranking.h"

#include "base/error.h"
#include "index/doclist.h"
#include "index/lengths.h"
#include "index/postings.h"
#include "index/segment_list.h"
#include "index/statement.h"

enum { POSTINGS_BYTES = 64 << 20 }; /* that are kept from one question to the next */

static int by_rowid(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    return x->document < y->document ? -1 : x->document > y->document;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Takes those of a set, in order. */
static char **ordered(GHashTable *languages)
{
    guint n;
    g_autofree char **names = (char **)g_hash_table_get_keys_as_array(languages, &n);
    qsort(names, n, sizeof *names, by_name);
    return g_strdupv(names);
}

static uint32_t within_rows(int64_t passages)
{
    return (uint32_t)CLAMP(passages, 0, INT64_C(1) << ROWS_SHIFT);
}

/* Documents, in the order of their rowids, with how many passages each says it has, and the languages that they are in. `*passages`: all of them. */
static bool read_documents(struct store *store, struct ranking *ranking, uint64_t *passages, GError **error)
{
    g_autoptr(GHashTable) languages = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    sqlite3_stmt *stmt = statement(store, error, store->older ? "document_passages_older" : "document_passages", "");
    int code = stmt ? SQLITE_ROW : SQLITE_ERROR;
    bool rises = true;
    for (int64_t before = -1; stmt && (code = statement_step(store, stmt, error)) == SQLITE_ROW;) {
        struct ranked ranked = {.document = sqlite3_column_int64(stmt, 0), .row = sqlite3_column_int64(stmt, 2), .n = within_rows(sqlite3_column_int64(stmt, 1))};
        const uint8_t *packed = sqlite3_column_blob(stmt, 4);
        ranked.packed_at = ranking->packed->len;
        ranked.packed_len = packed ? (uint32_t)sqlite3_column_bytes(stmt, 4) : 0;
        g_byte_array_append(ranking->packed, packed, ranked.packed_len);
        g_array_append_val(ranking->documents, ranked);
        *passages += ranked.n;
        rises = rises && ranked.row > before;
        before = ranked.row;
        const char *language = (const char *)sqlite3_column_text(stmt, 3);
        if (language && !g_hash_table_contains(languages, language))
            g_hash_table_add(languages, g_strdup(language));
    }
    ranking->languages = ordered(languages);
    if (code == SQLITE_DONE && !rises)
        store_damaged(store, error);
    return code == SQLITE_DONE && rises;
}

/* What a document says of itself may be damaged, and no search may pass over passages for that: where FTS5 has another number of them, their rows tell. */
static bool count_rows(struct store *store, struct ranking *ranking, GError **error)
{
    for (guint i = 0; i < ranking->documents->len; i++) {
        struct ranked *ranked = &g_array_index(ranking->documents, struct ranked, i);
        int64_t first = rows_first(ranked->document);
        sqlite3_stmt *stmt = statement(store, error, "document_last_passage", "ii", first, rows_last(ranked->document));
        if (!stmt || statement_step(store, stmt, error) != SQLITE_ROW)
            return false;
        if (sqlite3_column_type(stmt, 0) == SQLITE_INTEGER)
            ranked->n = MAX(ranked->n, within_rows(sqlite3_column_int64(stmt, 0) - first + 1));
        sqlite3_reset(stmt);
    }
    return true;
}

/* What is said of damage is no advice where there is only no memory: the file holds what its readers have marked. */
static bool number_passages(const struct store *store, struct ranking *ranking, GError **error)
{
    uint64_t n = 0;
    for (guint i = 0; i < ranking->documents->len && n <= INT32_MAX; i++) {
        struct ranked *ranked = &g_array_index(ranking->documents, struct ranked, i);
        if (i + 1 < ranking->documents->len) /* what it says of itself goes no farther than where the next one begins */
            ranked->n = (uint32_t)MIN(ranked->n, g_array_index(ranking->documents, struct ranked, i + 1).row - ranked->row);
        ranked->first = (uint32_t)n;
        n += ranked->n;
    }
    if (n > INT32_MAX) /* more than any file has room for */
        return store_damaged(store, error);
    ranking->n = (uint32_t)n;
    ranking->words = g_try_new0(uint16_t, (gsize)n + 1);
    if (!ranking->words)
        citable_error_at(error, CITABLE_ERROR_STORE, store->path, 0, "says to have %u passages, for which there is not enough memory", ranking->n);
    return ranking->words != NULL;
}

/* FTS5 takes a list of segments that is cut short for one of none, and finds nothing. */
static bool has_segments(struct store *store)
{
    struct segment_list list;
    enum segment_form form = segment_list_read(store, &list, NULL);
    bool misses = form == SEGMENTS_DAMAGED || (form == SEGMENTS_KNOWN && segment_list_misses(store, &list));
    segment_list_clear(&list);
    return !misses;
}

static bool read_passages(struct store *store, struct ranking *ranking, GError **error)
{
    uint64_t passages = 0, rows, tokens;
    if (!read_documents(store, ranking, &passages, error))
        return false;
    if (!has_segments(store))
        return store_damaged(store, error);
    bool told = doclist_totals(store, &rows, &tokens) && rows == passages;
    if (!told && !count_rows(store, ranking, error))
        return false;
    return number_passages(store, ranking, error);
}

/* How long a passage is: FTS5 counts all words; where that is not to be read, by the lengths of all. */
static bool read_average(struct store *store, struct ranking *ranking, GError **error)
{
    uint64_t rows, tokens = 0;
    bool counted = doclist_totals(store, &rows, &tokens);
    for (guint i = 0; !counted && i < ranking->documents->len; i++)
        if (g_array_index(ranking->documents, struct ranked, i).n > 0)
            ranking_want(ranking, g_array_index(ranking->documents, struct ranked, i).first);
    if (!counted && !ranking_load(store, ranking, error))
        return false;
    for (uint32_t i = 0; !counted && i < ranking->n; i++)
        tokens += length_tokens(ranking->words[i]);
    ranking->average = ranking->n > 0 ? MAX((double)tokens / ranking->n, 1) : 1;
    return true;
}

static bool read_order(struct store *store, struct ranking *ranking, GError **error)
{
    uint32_t order = 0;
    sqlite3_stmt *stmt = statement(store, error, "document_order", "");
    int code = stmt ? SQLITE_ROW : SQLITE_ERROR;
    while (stmt && (code = statement_step(store, stmt, error)) == SQLITE_ROW) {
        const struct ranked wanted = {.document = sqlite3_column_int64(stmt, 0)};
        guint at;
        if (g_array_binary_search(ranking->documents, &wanted, by_rowid, &at))
            g_array_index(ranking->documents, struct ranked, at).order = ++order;
    }
    return code == SQLITE_DONE;
}

struct ranking *ranking_of(struct store *store, GError **error)
{
    if (store->ranking)
        return store->ranking;
    struct ranking *ranking = g_new0(struct ranking, 1);
    ranking->documents = g_array_new(FALSE, FALSE, sizeof(struct ranked));
    ranking->packed = g_byte_array_new();
    ranking->postings = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, postings_free);
    if (!read_passages(store, ranking, error) || !read_average(store, ranking, error) || !read_order(store, ranking, error)) {
        ranking_free(ranking);
        return NULL;
    }
    store->ranking = ranking;
    return ranking;
}

void ranking_forget(struct store *store)
{
    g_hash_table_remove_all(store->ids);
    ranking_free(store->ranking);
    store->ranking = NULL;
}

void ranking_free(struct ranking *ranking)
{
    if (!ranking)
        return;
    g_array_unref(ranking->documents);
    g_byte_array_unref(ranking->packed);
    g_hash_table_unref(ranking->postings);
    g_strfreev(ranking->languages);
    g_free(ranking->words);
    g_free(ranking);
}

/* Questions come document by document: the last one is tried first. NULL: there is none. */
static const struct ranked *ranked_of(struct ranking *ranking, int64_t document)
{
    const struct ranked *all = (const struct ranked *)(const void *)ranking->documents->data;
    if (ranking->last < ranking->documents->len && all[ranking->last].document == document)
        return &all[ranking->last];
    struct ranked wanted = {.document = document};
    return g_array_binary_search(ranking->documents, &wanted, by_rowid, &ranking->last) ? &all[ranking->last] : NULL;
}

uint32_t ranking_number(struct ranking *ranking, int64_t passage)
{
    const struct ranked *ranked = ranked_of(ranking, rows_document(passage));
    int64_t at = ranked ? passage - rows_first(ranked->document) : 0;
    return ranked && at < ranked->n ? ranked->first + (uint32_t)at : UINT32_MAX;
}

/* The document before whose end the row stands, if it is in one; the last one is tried first. */
static const struct ranked *ranked_at(struct ranking *ranking, int64_t row)
{
    const struct ranked *all = (const struct ranked *)(const void *)ranking->documents->data;
    guint low = 0, high = ranking->documents->len, last = ranking->last;
    if (last < high && row >= all[last].row && row - all[last].row < all[last].n && (last + 1 == high || row < all[last + 1].row))
        return &all[last];
    low = last < high && row >= all[last].row ? last : 0;
    for (guint way = 1; low > 0 && high - low > way; way *= 2) { /* most are asked for soon behind the last one */
        if (all[low + way].row > row)
            high = low + way;
        else
            low += way;
    }
    while (high - low > 1) {
        guint middle = low + (high - low) / 2;
        if (all[middle].row <= row)
            low = middle;
        else
            high = middle;
    }
    ranking->last = low;
    return high > low && row >= all[low].row && row - all[low].row < all[low].n ? &all[low] : NULL;
}

uint32_t ranking_number_of_row(struct ranking *ranking, int64_t row)
{
    const struct ranked *ranked = ranked_at(ranking, row);
    return ranked ? ranked->first + (uint32_t)(row - ranked->row) : UINT32_MAX;
}

const struct ranked *ranking_document(struct ranking *ranking, uint32_t number)
{
    const struct ranked *all = (const struct ranked *)(const void *)ranking->documents->data;
    if (ranking->last < ranking->documents->len && number - all[ranking->last].first < all[ranking->last].n)
        return &all[ranking->last];
    guint low = 0, high = ranking->documents->len;
    while (high - low > 1) {
        guint middle = low + (high - low) / 2;
        if (all[middle].first <= number)
            low = middle;
        else
            high = middle;
    }
    ranking->last = low;
    return &all[low];
}

void ranking_want(struct ranking *ranking, uint32_t number)
{
    if (ranking_document(ranking, number)->loaded)
        return;
    g_array_index(ranking->documents, struct ranked, ranking->last).wanted = true;
    bool none = ranking->wanted_first == ranking->wanted_after;
    ranking->wanted_first = none ? ranking->last : MIN(ranking->wanted_first, ranking->last);
    ranking->wanted_after = MAX(none ? 0 : ranking->wanted_after, ranking->last + 1);
}

/* Of documents [first, after), as they come: what is said of one that is not among them, or no longer wanted, is passed over. */
static bool read_lengths(struct store *store, struct ranking *ranking, struct ranked *ranked, const struct ranked *after, GError **error)
{
    while (ranked < after && !ranked->wanted)
        ranked++;
    if (ranked == after)
        return true;
    sqlite3_stmt *stmt = statement(store, error, "document_lengths", "ii", ranked->document, after[-1].document);
    int code = stmt ? SQLITE_ROW : SQLITE_ERROR;
    while (stmt && (code = statement_step(store, stmt, error)) == SQLITE_ROW) {
        while (ranked < after && ranked->document < sqlite3_column_int64(stmt, 0))
            ranked++;
        if (ranked == after || ranked->document != sqlite3_column_int64(stmt, 0) || !ranked->wanted)
            continue;
        const uint8_t *stored = sqlite3_column_blob(stmt, 1);
        lengths_unpack(stored, stored ? (size_t)sqlite3_column_bytes(stmt, 1) : 0, ranked->n, ranking->words + ranked->first);
    }
    return code == SQLITE_DONE;
}

/* Those that were read with their documents. */
static void unpack_wanted(struct ranking *ranking, struct ranked *ranked, const struct ranked *after)
{
    for (; ranked < after; ranked++) {
        if (!ranked->wanted || ranked->packed_len == 0)
            continue;
        lengths_unpack(ranking->packed->data + ranked->packed_at, ranked->packed_len, ranked->n, ranking->words + ranked->first);
        ranked->loaded = true;
        ranked->wanted = false;
    }
}

bool ranking_load(struct store *store, struct ranking *ranking, GError **error)
{
    if (ranking->wanted_first == ranking->wanted_after)
        return true;
    struct ranked *all = (struct ranked *)(void *)ranking->documents->data, *after = all + ranking->wanted_after;
    unpack_wanted(ranking, all + ranking->wanted_first, after);
    bool ok = read_lengths(store, ranking, all + ranking->wanted_first, after, error);
    for (struct ranked *ranked = all + ranking->wanted_first; ranked < after; ranked++) {
        ranked->loaded |= ok && ranked->wanted;
        ranked->wanted = false;
    }
    ranking->wanted_first = ranking->wanted_after = 0;
    return ok;
}

const struct postings *ranking_recall(const struct ranking *ranking, const char *phrase)
{
    return g_hash_table_lookup(ranking->postings, phrase);
}

void ranking_keep(struct ranking *ranking, const char *phrase, struct postings *postings)
{
    ranking->postings_size += postings->bytes->len;
    g_hash_table_insert(ranking->postings, g_strdup(phrase), postings);
}

void ranking_tidy(struct ranking *ranking)
{
    if (ranking->postings_size < POSTINGS_BYTES)
        return;
    g_hash_table_remove_all(ranking->postings);
    ranking->postings_size = 0;
}
