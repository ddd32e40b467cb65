/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/rank.h"

#include "index/statement.h"

#include <math.h>

/* BM25's usual constants (Robertson, Zaragoza: The Probabilistic Relevance Framework, 2009). */
static const double K1 = 1.2, B = 0.75, SHORT = 0.6;

/* How much a find in each zone is worth beside one in running text. */
static const double zone_weight[] = {
    [ZONE_BODY] = 1,      [ZONE_HEADING] = 0.6, [ZONE_SUMMARY] = 1.05, [ZONE_CAPTION] = 0.8,
    [ZONE_PULLQUOTE] = 0.9, [ZONE_BOX] = 1,     [ZONE_TABLE] = 0.85,   [ZONE_NOTE] = 0.75,
};

struct entry {
    const uint32_t *lengths; /* little-endian, of n passages */
    uint32_t n, order;
};

struct ranking {
    GHashTable *documents;   /* int64_t * → struct entry */
    GPtrArray *blobs;        /* GBytes */
    int64_t last_document;   /* the one asked for last, and its entry */
    const struct entry *last;
    double average;          /* tokens of a passage */
    double passages;
};

static bool add_document(struct ranking *ranking, sqlite3_stmt *stmt, uint64_t *tokens)
{
    size_t size = (size_t)sqlite3_column_bytes(stmt, 1);
    GBytes *bytes = g_bytes_new(sqlite3_column_blob(stmt, 1), size);
    g_ptr_array_add(ranking->blobs, bytes);
    struct entry *entry = g_new(struct entry, 1);
    *entry = (struct entry){g_bytes_get_data(bytes, NULL), (uint32_t)(size / 4), ranking->blobs->len};
    for (uint32_t i = 0; i < entry->n; i++)
        *tokens += GUINT32_FROM_LE(entry->lengths[i]) & 0xffffff;
    ranking->passages += entry->n;
    gint64 *key = g_new(gint64, 1);
    *key = sqlite3_column_int64(stmt, 0);
    return g_hash_table_insert(ranking->documents, key, entry);
}

struct ranking *ranking_of(struct store *store)
{
    if (store->ranking)
        return store->ranking;
    sqlite3_stmt *stmt = statement(store, NULL, "document_lengths", "");
    if (!stmt)
        return NULL;
    struct ranking *ranking = g_new0(struct ranking, 1);
    ranking->documents = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
    ranking->blobs = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
    uint64_t tokens = 0;
    while (statement_step(store, stmt, NULL) == SQLITE_ROW)
        add_document(ranking, stmt, &tokens);
    ranking->average = ranking->passages > 0 ? MAX((double)tokens / ranking->passages, 1) : 1;
    store->ranking = ranking;
    return ranking;
}

void ranking_free(struct ranking *ranking)
{
    if (!ranking)
        return;
    g_hash_table_unref(ranking->documents);
    g_ptr_array_unref(ranking->blobs);
    g_free(ranking);
}

static const struct entry *entry_of(struct ranking *ranking, int64_t document)
{
    if (!ranking->last || ranking->last_document != document) {
        ranking->last = g_hash_table_lookup(ranking->documents, &document);
        ranking->last_document = document;
    }
    return ranking->last;
}

uint32_t ranking_order(struct ranking *ranking, int64_t document)
{
    const struct entry *entry = entry_of(ranking, document);
    return entry ? entry->order : UINT32_MAX;
}

static int count_row(const Fts5ExtensionApi *api, Fts5Context *context, void *data)
{
    (void)api;
    (void)context;
    ++*(double *)data;
    return SQLITE_OK;
}

/* How telling each phrase is, counted once a query. */
static int weigh_phrases(const Fts5ExtensionApi *api, Fts5Context *context, struct rank_query *query)
{
    for (uint32_t i = 0; i < query->phrases->len; i++) {
        struct rank_phrase *phrase = &g_array_index(query->phrases, struct rank_phrase, i);
        if (phrase->weight == 0)
            continue;
        double rows = 0;
        int code = api->xQueryPhrase(context, (int)i, &rows, count_row);
        if (code != SQLITE_OK)
            return code;
        phrase->idf = log(1 + (query->ranking->passages - rows + 0.5) / (rows + 0.5));
        phrase->idf = MAX(phrase->idf, 1e-6);
    }
    query->weighed = true;
    return SQLITE_OK;
}

static uint32_t occurrences(const Fts5ExtensionApi *api, Fts5Context *context, uint32_t phrase)
{
    Fts5PhraseIter iter;
    int column, offset;
    uint32_t n = 0;
    if (api->xPhraseFirst(context, (int)phrase, &iter, &column, &offset) != SQLITE_OK)
        return 0;
    for (; column >= 0; api->xPhraseNext(context, &iter, &column, &offset))
        n++;
    return n;
}

static void passage_rank(const Fts5ExtensionApi *api, Fts5Context *context, sqlite3_context *result, int n, sqlite3_value **values)
{
    struct rank_query *query = n == 1 ? sqlite3_value_pointer(values[0], "rank_query") : NULL;
    if (!query || (uint32_t)api->xPhraseCount(context) != query->phrases->len) {
        sqlite3_result_error(result, "passage_rank is for citable alone", -1);
        return;
    }
    int code = query->weighed ? SQLITE_OK : weigh_phrases(api, context, query);
    if (code != SQLITE_OK) {
        sqlite3_result_error_code(result, code);
        return;
    }
    int64_t row = api->xRowid(context);
    const struct entry *entry = entry_of(query->ranking, rows_document(row));
    uint32_t at = (uint32_t)(row & ((1 << ROWS_SHIFT) - 1));
    uint32_t word = entry && at < entry->n ? GUINT32_FROM_LE(entry->lengths[at]) : 0, zone = word >> 24;
    double average = query->ranking->average, length = MAX(word & 0xffffff, average * SHORT); /* a line of three words is no better than one of thirty */
    double norm = K1 * (1 - B + B * length / average), score = 0, best = 0;
    uint32_t group = 0;
    for (uint32_t i = 0; i < query->phrases->len; i++) {
        const struct rank_phrase *phrase = &g_array_index(query->phrases, struct rank_phrase, i);
        if (phrase->group != group) {
            score += best;
            best = 0;
            group = phrase->group;
        }
        if (phrase->weight == 0)
            continue;
        double tf = occurrences(api, context, i);
        best = MAX(best, phrase->weight * phrase->idf * tf * (K1 + 1) / (tf + norm));
    }
    sqlite3_result_double(result, (score + best) * (zone < G_N_ELEMENTS(zone_weight) ? zone_weight[zone] : 1));
}

bool rank_register(sqlite3 *db)
{
    fts5_api *api = fts5_api_of(db);
    return api && api->xCreateFunction(api, "passage_rank", NULL, passage_rank, NULL) == SQLITE_OK;
}
