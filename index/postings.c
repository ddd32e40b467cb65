/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/postings.h"

#include "index/statement.h"
#include "index/tokenize.h"

/* Postings while they are read. */
struct reading {
    struct ranking *ranking;
    struct postings *postings;
};

static void append_number(GByteArray *bytes, uint32_t value)
{
    uint8_t buffer[5];
    guint n = 0;
    for (; value >= 0x80; value >>= 7)
        buffer[n++] = (uint8_t)(value | 0x80);
    buffer[n++] = (uint8_t)value;
    g_byte_array_append(bytes, buffer, n);
}

struct postings *postings_new(void)
{
    struct postings *postings = g_new(struct postings, 1);
    *postings = (struct postings){0, UINT32_MAX, g_byte_array_new()};
    return postings;
}

void postings_free(void *data)
{
    struct postings *postings = data;
    if (!postings)
        return;
    g_byte_array_unref(postings->bytes);
    g_free(postings);
}

void postings_add(struct postings *postings, uint32_t passage, uint32_t times)
{
    append_number(postings->bytes, (passage - postings->last) << 1 | (times > 1));
    if (times > 1)
        append_number(postings->bytes, times);
    postings->last = passage;
    postings->n++;
}

static uint32_t occurrences(const Fts5ExtensionApi *api, Fts5Context *context)
{
    Fts5PhraseIter iter;
    int column, offset;
    uint32_t n = 0;
    if (api->xPhraseFirst(context, 0, &iter, &column, &offset) != SQLITE_OK)
        return 0;
    for (; column >= 0; api->xPhraseNext(context, &iter, &column, &offset))
        n++;
    return n;
}

static int add_row(const Fts5ExtensionApi *api, Fts5Context *context, void *data)
{
    struct reading *reading = data;
    uint32_t passage = ranking_number(reading->ranking, api->xRowid(context)), times = occurrences(api, context);
    if (passage != UINT32_MAX && times > 0)
        postings_add(reading->postings, passage, times);
    return SQLITE_OK;
}

/* At the first row that has the phrase: all of them, without a step of a statement for each. */
static void passage_postings(const Fts5ExtensionApi *api, Fts5Context *context, sqlite3_context *result, int n, sqlite3_value **values)
{
    struct reading *reading = n == 1 ? sqlite3_value_pointer(values[0], "postings") : NULL;
    if (!reading || api->xPhraseCount(context) != 1) {
        sqlite3_result_error(result, "passage_postings is for citable alone", -1);
        return;
    }
    int code = api->xQueryPhrase(context, 0, reading, add_row);
    if (code != SQLITE_OK)
        sqlite3_result_error_code(result, code);
}

bool postings_register(sqlite3 *db)
{
    fts5_api *api = fts5_api_of(db);
    return api && api->xCreateFunction(api, "passage_postings", NULL, passage_postings, NULL) == SQLITE_OK;
}

const struct postings *postings_of(struct store *store, struct ranking *ranking, const char *phrase, GError **error)
{
    const struct postings *known = ranking_recall(ranking, phrase);
    if (known)
        return known;
    sqlite3_stmt *stmt = statement(store, error, "postings", "s", phrase);
    if (!stmt)
        return NULL;
    struct reading reading = {ranking, postings_new()};
    sqlite3_bind_pointer(stmt, 2, &reading, "postings", NULL);
    int code = statement_step(store, stmt, error);
    sqlite3_reset(stmt);
    sqlite3_clear_bindings(stmt);
    if (code != SQLITE_ROW && code != SQLITE_DONE) {
        postings_free(reading.postings);
        return NULL;
    }
    ranking_keep(ranking, phrase, reading.postings);
    return reading.postings;
}
