/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/postings.h"

#include "index/doclist.h"
#include "index/rank.h"
#include "index/statement.h"
#include "index/tokenize.h"

/* Postings while they are read. */
struct reading {
    struct ranking *ranking;
    struct postings *postings;
};

static uint8_t *put_number(uint8_t *at, uint32_t value)
{
    for (; value >= 0x80; value >>= 7)
        *at++ = (uint8_t)(value | 0x80);
    *at++ = (uint8_t)value;
    return at;
}

struct postings *postings_new(void)
{
    struct postings *postings = g_new(struct postings, 1);
    *postings = (struct postings){.last = UINT32_MAX, .bytes = g_byte_array_new(), .blocks = g_array_new(FALSE, FALSE, sizeof(struct postings_block))};
    return postings;
}

void postings_free(void *data)
{
    struct postings *postings = data;
    if (!postings)
        return;
    g_byte_array_unref(postings->bytes);
    g_array_unref(postings->blocks);
    g_free(postings);
}

/* Begins the blocks up to that of a passage, at byte `at`. last: the passage before it. */
static void begin_blocks(struct postings *postings, uint32_t passage, uint32_t last, size_t at)
{
    struct postings_block block = {(uint32_t)at, last};
    while (postings->blocks->len <= passage / POSTINGS_BLOCK)
        g_array_append_val(postings->blocks, block);
}

void postings_add(struct postings *postings, const struct entry *entries, size_t n)
{
    enum { ENTRIES = 1024, ENTRY_BYTES = 10 }; /* at a time; that one may take */
    for (size_t done = 0; done < n;) {
        size_t end = MIN(n, done + ENTRIES);
        guint len = postings->bytes->len;
        g_byte_array_set_size(postings->bytes, len + (guint)(end - done) * ENTRY_BYTES);
        uint8_t *at = postings->bytes->data + len;
        uint32_t last = postings->last, most = postings->most, more = 0;
        uint64_t begun = (uint64_t)postings->blocks->len * POSTINGS_BLOCK; /* passages of blocks that have begun */
        for (; done < end; done++) {
            uint32_t passage = entries[done].passage, times = entries[done].times;
            if (times == 0)
                continue;
            if (passage >= begun) {
                begin_blocks(postings, passage, last, (size_t)(at - postings->bytes->data));
                begun = (uint64_t)postings->blocks->len * POSTINGS_BLOCK;
            }
            at = put_number(at, (passage - last) << 1 | (times > 1));
            if (times > 1)
                at = put_number(at, times);
            last = passage;
            most = MAX(most, times);
            more++;
        }
        postings->last = last;
        postings->most = most;
        postings->n += more;
        g_byte_array_set_size(postings->bytes, (guint)(at - postings->bytes->data));
    }
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
    struct entry entry = {ranking_number_of_row(reading->ranking, api->xRowid(context)), occurrences(api, context)};
    if (entry.passage == UINT32_MAX)
        return SQLITE_OK;
    if (reading->postings->n > 0 && entry.passage <= reading->postings->last) /* FTS5 itself does not look whether they rise */
        return SQLITE_CORRUPT;
    postings_add(reading->postings, &entry, 1);
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

/* Adds what FTS5 finds. */
static bool ask_fts5(struct store *store, struct ranking *ranking, const char *match, struct postings *postings, GError **error)
{
    sqlite3_stmt *stmt = statement(store, error, "postings", "s", match);
    if (!stmt)
        return false;
    struct reading reading = {ranking, postings};
    sqlite3_bind_pointer(stmt, 2, &reading, "postings", NULL);
    int code = statement_step(store, stmt, error);
    sqlite3_reset(stmt);
    sqlite3_clear_bindings(stmt);
    return code == SQLITE_ROW || code == SQLITE_DONE;
}

/* Each beginning of a word may be the stem of what goes on: "refugee" also as "r|efugee", … "refuge|e". */
static void append_beginnings(GString *match, const char *word)
{
    for (const char *at = g_utf8_next_char(word); *word && *at; at = g_utf8_next_char(at))
        g_string_append_printf(match, "%c%.*s%c%s", FORMS_PART, (int)(at - word), word, STEM_ENDS, at);
}

static void append_forms(GString *match, struct store *store, const struct ranking *ranking, const char *word)
{
    g_autoptr(GPtrArray) forms = tokenizer_forms(store->tokenizer, (const char *const *)ranking->languages, word);
    for (guint i = 0; i < forms->len; i++)
        g_string_append_printf(match, "%c%s", FORMS_PART, (const char *)g_ptr_array_index(forms, i));
}

/* The words that have this one for their stem, from FTS5's own list of words. */
static bool append_words_of_stem(GString *match, struct store *store, const char *word, GError **error)
{
    g_autofree char *from = g_strdup_printf("%s%c", word, STEM_ENDS), *behind = g_strdup_printf("%s%c", word, STEM_ENDS + 1);
    if (!store_exec(store, "CREATE VIRTUAL TABLE IF NOT EXISTS temp.fts_words USING fts5vocab (main, fts, row)", error))
        return false;
    sqlite3_stmt *stmt = statement(store, error, "words_of_stem", "ss", from, behind);
    int code = SQLITE_ERROR;
    while (stmt && (code = statement_step(store, stmt, error)) == SQLITE_ROW) {
        const char *term = (const char *)sqlite3_column_text(stmt, 0);
        if (term && !strpbrk(term, "\" \x02")) /* what no tokenizer wrote would end the phrase, or its place */
            g_string_append_printf(match, "%c%s", FORMS_PART, term);
    }
    return code == SQLITE_DONE;
}

/* What FTS5 is to be asked for words of the text, each in all its forms, or for a tag. NULL: an error. */
static char *match_of(struct store *store, const struct ranking *ranking, const struct rank_phrase *phrase, GError **error)
{
    if (!phrase->words || (store->older && phrase->column > 0))
        return g_strdup(phrase->match);
    if (phrase->column > 0)
        return g_strdup_printf("text : \"%c%s\"", TAG_SIGN, phrase->words);
    g_auto(GStrv) words = g_strsplit(phrase->words, " ", -1);
    g_autoptr(GString) match = g_string_new("text : \"");
    bool ok = true;
    for (char **word = words; ok && *word; word++) {
        g_string_append_printf(match, "%s%s", word > words ? " " : "", *word);
        if (phrase->prefix && !word[1]) {
            append_beginnings(match, *word);
        } else {
            append_forms(match, store, ranking, *word);
            ok = append_words_of_stem(match, store, *word, error);
        }
    }
    g_string_append(match, phrase->prefix ? "\" *" : "\"");
    return ok ? g_string_free(g_steal_pointer(&match), FALSE) : NULL;
}

/* As FTS5 finds them: beginnings of words, and what doclist.h leaves to it. */
static struct postings *found_by_fts5(struct store *store, struct ranking *ranking, const struct rank_phrase *phrase, GError **error)
{
    g_autofree char *match = match_of(store, ranking, phrase, error);
    struct postings *postings = match ? postings_new() : NULL;
    if (postings && !ask_fts5(store, ranking, match, postings, error))
        g_clear_pointer(&postings, postings_free);
    return postings;
}

static struct postings *read_postings(struct store *store, struct ranking *ranking, const struct rank_phrase *phrase, GError **error)
{
    struct postings *postings = postings_new();
    if (phrase->words && !phrase->prefix && doclist_read(store, ranking, phrase->words, phrase->column, postings))
        return postings;
    postings_free(postings);
    return found_by_fts5(store, ranking, phrase, error);
}

const struct postings *postings_of(struct store *store, struct ranking *ranking, const struct rank_phrase *phrase, GError **error)
{
    const struct postings *known = ranking_recall(ranking, phrase->match);
    if (known)
        return known;
    if (!store_hold(store, error)) /* all pages of one moment */
        return NULL;
    struct postings *postings = read_postings(store, ranking, phrase, error);
    store_release(store);
    if (postings)
        ranking_keep(ranking, phrase->match, postings);
    return postings;
}
