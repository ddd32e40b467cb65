/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/ranking.h"

#include "index/postings.h"
#include "index/statement.h"

enum { POSTINGS_BYTES = 64 << 20 }; /* that are kept from one question to the next */

static int by_rowid(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    return x->document < y->document ? -1 : x->document > y->document;
}

/* A document with the words of its passages; documents come in the order of their rowids. */
static void add_document(struct ranking *ranking, GArray *words, sqlite3_stmt *stmt, uint64_t *tokens)
{
    const uint32_t *stored = sqlite3_column_blob(stmt, 1);
    uint32_t n = (uint32_t)sqlite3_column_bytes(stmt, 1) / sizeof *stored;
    uint32_t rows = MAX(n, MIN(column_u32(stmt, 2), 1u << ROWS_SHIFT)); /* damage has cut the others */
    struct ranked ranked = {sqlite3_column_int64(stmt, 0), words->len, rows, 0};
    g_array_append_val(ranking->documents, ranked);
    if (n > 0)
        g_array_append_vals(words, stored, n);
    for (uint32_t i = ranked.first; i < words->len; i++) {
        uint32_t *word = &g_array_index(words, uint32_t, i);
        *word = GUINT32_FROM_LE(*word);
        *tokens += *word & 0xffffff;
    }
    g_array_set_size(words, ranked.first + rows);
    ranking->passages += n;
}

static bool read_languages(struct store *store, struct ranking *ranking)
{
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    sqlite3_stmt *stmt = statement(store, NULL, "languages", "");
    int code = stmt ? SQLITE_ROW : SQLITE_ERROR;
    while (stmt && (code = statement_step(store, stmt, NULL)) == SQLITE_ROW)
        g_strv_builder_add(builder, (const char *)sqlite3_column_text(stmt, 0));
    ranking->languages = g_strv_builder_end(builder);
    return code == SQLITE_DONE;
}

static bool read_lengths(struct store *store, struct ranking *ranking)
{
    GArray *words = g_array_new(FALSE, TRUE, sizeof(uint32_t));
    uint64_t tokens = 0;
    sqlite3_stmt *stmt = statement(store, NULL, "document_lengths", "");
    int code = stmt ? SQLITE_ROW : SQLITE_ERROR;
    while (stmt && (code = statement_step(store, stmt, NULL)) == SQLITE_ROW)
        add_document(ranking, words, stmt, &tokens);
    ranking->n = words->len;
    ranking->words = (uint32_t *)(void *)g_array_free(words, FALSE);
    ranking->average = ranking->passages > 0 ? MAX((double)tokens / ranking->passages, 1) : 1;
    return code == SQLITE_DONE;
}

static bool read_order(struct store *store, struct ranking *ranking)
{
    uint32_t order = 0;
    sqlite3_stmt *stmt = statement(store, NULL, "document_order", "");
    int code = stmt ? SQLITE_ROW : SQLITE_ERROR;
    while (stmt && (code = statement_step(store, stmt, NULL)) == SQLITE_ROW) {
        const struct ranked wanted = {.document = sqlite3_column_int64(stmt, 0)};
        guint at;
        if (g_array_binary_search(ranking->documents, &wanted, by_rowid, &at))
            g_array_index(ranking->documents, struct ranked, at).order = ++order;
    }
    return code == SQLITE_DONE;
}

struct ranking *ranking_of(struct store *store)
{
    if (store->ranking)
        return store->ranking;
    struct ranking *ranking = g_new0(struct ranking, 1);
    ranking->documents = g_array_new(FALSE, FALSE, sizeof(struct ranked));
    ranking->postings = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, postings_free);
    if (!read_lengths(store, ranking) || !read_order(store, ranking) || !read_languages(store, ranking)) {
        ranking_free(ranking);
        return NULL;
    }
    store->ranking = ranking;
    return ranking;
}

void ranking_free(struct ranking *ranking)
{
    if (!ranking)
        return;
    g_array_unref(ranking->documents);
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

uint32_t ranking_order(struct ranking *ranking, int64_t document)
{
    const struct ranked *ranked = ranked_of(ranking, document);
    return ranked ? ranked->order : UINT32_MAX;
}

uint32_t ranking_number(struct ranking *ranking, int64_t passage)
{
    const struct ranked *ranked = ranked_of(ranking, rows_document(passage));
    int64_t at = ranked ? passage - rows_first(ranked->document) : 0;
    return ranked && at < ranked->n ? ranked->first + (uint32_t)at : UINT32_MAX;
}

int64_t ranking_passage(struct ranking *ranking, uint32_t number)
{
    const struct ranked *all = (const struct ranked *)(const void *)ranking->documents->data;
    guint low = 0, high = ranking->documents->len;
    while (high - low > 1) {
        guint middle = low + (high - low) / 2;
        if (all[middle].first <= number)
            low = middle;
        else
            high = middle;
    }
    return rows_first(all[low].document) + (number - all[low].first);
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
