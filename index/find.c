/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/find.h"

#include "base/error.h"
#include "base/timing.h"
#include "index/expression.h"
#include "index/period.h"
#include "index/postings.h"
#include "index/rows.h"
#include "index/score.h"
#include "index/statement.h"
#include "index/tags.h"

enum { CLAUSES = 200 }; /* words of one question */

/* A passage that was found, and the place of its document among all. */
struct found {
    struct passage_hit hit;
    uint32_t order;
};

/* The best `limit` so far; kept short now and then, so that a common word costs no memory. */
struct best {
    GArray *found; /* struct found */
    struct ranking *ranking;
    uint32_t limit;
    double worst; /* of those kept, once there are `limit` */
};

static int by_rank(const void *a, const void *b)
{
    const struct found *x = a, *y = b;
    if (x->hit.rank != y->hit.rank)
        return x->hit.rank > y->hit.rank ? -1 : 1;
    if (x->order != y->order)
        return x->order < y->order ? -1 : 1;
    return x->hit.passage < y->hit.passage ? -1 : x->hit.passage > y->hit.passage;
}

static void shorten(struct best *best)
{
    g_array_sort(best->found, by_rank);
    if (best->found->len > best->limit)
        g_array_set_size(best->found, best->limit);
    if (best->found->len == best->limit)
        best->worst = g_array_index(best->found, struct found, best->limit - 1).hit.rank;
}

static double take_scored(void *data, uint32_t number, double rank)
{
    struct best *best = data;
    if (rank < best->worst)
        return best->worst;
    const struct ranked *ranked = ranking_document(best->ranking, number);
    struct found found = {{rows_first(ranked->document) + (number - ranked->first), rank}, ranked->order};
    g_array_append_val(best->found, found);
    if (best->found->len >= 2 * (uint64_t)best->limit + 64)
        shorten(best);
    return best->worst;
}

static bool run_find(struct store *store, struct ranking *ranking, const struct expression *e, uint32_t limit, GArray **ret, GError **error)
{
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(struct found));
    struct best best = {all, ranking, limit ? limit : UINT32_MAX / 4, 0};
    if (!score_passages(store, ranking, e, take_scored, &best, error))
        return false;
    shorten(&best);
    *ret = g_array_sized_new(FALSE, FALSE, sizeof(struct passage_hit), all->len);
    for (guint i = 0; i < all->len; i++)
        g_array_append_val(*ret, g_array_index(all, struct found, i).hit);
    return true;
}

static bool find_held(struct store *store, const GPtrArray *clauses, const char *tags, const char *language, uint32_t limit, GArray **ret, GError **error)
{
    struct ranking *ranking = ranking_of(store, error);
    if (!ranking)
        return false;
    const char *const named[] = {language, NULL}, *const *languages = language ? named : (const char *const *)ranking->languages;
    struct expression e;
    bool ok = expression_make(&e, store->tokenizer, clauses, tags, languages, error) && run_find(store, ranking, &e, limit, ret, error);
    expression_clear(&e);
    return ok;
}

/* tags: see expression_make. */
static bool find_tagged(struct store *store, const GPtrArray *clauses, const char *tags, const char *language, uint32_t limit, GArray **ret, GError **error)
{
    if (clauses && clauses->len > CLAUSES) {
        g_set_error(error, CITABLE_ERROR, CITABLE_ERROR_QUERY, "more than %d words to look for; ask with fewer", CLAUSES);
        return false;
    }
    if (!store_hold(store, error)) /* one lock for all that is read, and all of it of one moment */
        return false;
    bool ok = find_held(store, clauses, tags, language, limit, ret, error);
    store_release(store);
    return ok;
}

bool store_find(struct store *store, const GPtrArray *clauses, const char *language, uint32_t limit, GArray **ret, GError **error)
{
    const char *stage = timing_enter("find");
    bool found = find_tagged(store, clauses, NULL, language, limit, ret, error);
    timing_enter(stage);
    return found;
}

/* "MX", "MX-CHP": a code; anything else is a name. */
static bool is_code(const char *place)
{
    size_t len = strlen(place);
    return len >= 2 && g_ascii_isupper(place[0]) && g_ascii_isupper(place[1]) && (len == 2 || (place[2] == '-' && len <= 6));
}

static char *tags_for(const char *place, const char *actor, const char *kind)
{
    const struct {
        char letter;
        const char *value;
    } tags[] = {{place && is_code(place) ? 'p' : 'n', place}, {'a', actor}, {'k', kind}};
    GString *all = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(tags); i++)
        if (tags[i].value)
            tag_append(all, tags[i].letter, slice_of(tags[i].value));
    return g_string_free(all, FALSE);
}

/* Passages: what the SQL function among is given. */
struct among {
    struct ranking *ranking;
    uint8_t *holds; /* by the passage's number */
};

static void among_free(struct among *among)
{
    if (!among)
        return;
    g_free(among->holds);
    g_free(among);
}

/* among(passage, them): is it one of them? Any passage is one of NULL. */
static void among(sqlite3_context *context, int n, sqlite3_value **values)
{
    (void)n;
    const struct among *them = sqlite3_value_pointer(values[1], "passages");
    uint32_t number = them ? ranking_number(them->ranking, sqlite3_value_int64(values[0])) : 0;
    sqlite3_result_int(context, !them || (number != UINT32_MAX && them->holds[number]));
}

bool find_register(struct store *store)
{
    return sqlite3_create_function(store->db, "among", 2, SQLITE_UTF8, NULL, among, NULL, NULL) == SQLITE_OK;
}

static bool tagged_held(struct store *store, const char *tag, struct among **ret, GError **error)
{
    struct ranking *ranking = ranking_of(store, error);
    if (!ranking)
        return false;
    struct rank_phrase phrase = tag_phrase(tag);
    const struct postings *postings = postings_of(store, ranking, &phrase, error);
    rank_phrase_clear(&phrase);
    if (!postings)
        return false;
    *ret = g_new(struct among, 1);
    **ret = (struct among){ranking, g_new0(uint8_t, (gsize)ranking->n + 1)};
    for (struct posting at = postings_begin(postings); posting_next(&at);)
        (*ret)->holds[at.passage] = 1;
    return true;
}

/* The passages that have a tag. */
static bool tagged(struct store *store, const char *tag, struct among **ret, GError **error)
{
    if (!store_hold(store, error)) /* the numbers of passages and where the tag stands, of one moment */
        return false;
    bool ok = tagged_held(store, tag, ret, error);
    store_release(store);
    return ok;
}

/* A filter, made ready for the statements. */
struct sieve {
    const struct figure_filter *filter;
    struct among *actor;   /* the passages that name it, or NULL */
    bool has_first, has_last;
    struct days days;
    uint32_t limit;
};

static bool contains_folded(const char *text, const char *part)
{
    if (!text)
        return false;
    g_autofree char *a = g_utf8_casefold(text, -1), *b = g_utf8_casefold(part, -1);
    return strstr(a, b) != NULL;
}

static bool fits_document(const struct document_row *doc, const char *wanted)
{
    return g_str_has_prefix(doc->sha256, wanted) || contains_folded(doc->path, wanted) || contains_folded(doc->metadata.title, wanted) ||
           contains_folded(doc->metadata.publisher, wanted);
}

/* Rowids of the documents that fit, in order of path (all of them for NULL). */
static bool documents_for(struct store *store, const struct figure_filter *filter, GArray **ret, GError **error)
{
    g_autoptr(GPtrArray) rows = NULL;
    const char *wanted = filter->document;
    *ret = g_array_new(FALSE, FALSE, sizeof(int64_t));
    if (filter->row) {
        g_array_append_val(*ret, filter->row);
        return true;
    }
    if (!store_documents(store, &rows, error))
        return false;
    for (guint i = 0; i < rows->len; i++) {
        const struct document_row *doc = g_ptr_array_index(rows, i);
        if (!wanted || fits_document(doc, wanted))
            g_array_append_val(*ret, doc->rowid);
    }
    return true;
}

static bool holds(const GArray *documents, int64_t document)
{
    for (guint i = 0; i < documents->len; i++)
        if (g_array_index(documents, int64_t, i) == document)
            return true;
    return false;
}

static bool sieve_init(struct sieve *sieve, struct store *store, const struct figure_filter *filter, uint32_t limit, GError **error)
{
    *sieve = (struct sieve){.filter = filter, .limit = limit ? limit : UINT32_MAX / 4};
    struct days days;
    if (filter->actor) {
        g_autoptr(GString) tag = g_string_new(NULL);
        tag_append(tag, 'a', slice_of(filter->actor));
        if (!tagged(store, tag->str + 1, &sieve->actor, error))
            return false;
    }
    if ((filter->period_from && !days_from_edtf(filter->period_from, &days)) || (filter->period_to && !days_from_edtf(filter->period_to, &days))) {
        g_set_error(error, CITABLE_ERROR, CITABLE_ERROR_QUERY, "a period is written as 2014, 2014-03 or 2014-03-21");
        return false;
    }
    if (filter->period_from && days_from_edtf(filter->period_from, &days)) {
        sieve->has_first = true;
        sieve->days.first = days.first;
    }
    if (filter->period_to && days_from_edtf(filter->period_to, &days)) {
        sieve->has_last = true;
        sieve->days.last = days.last;
    }
    return true;
}

/* Adds the figures of one passage (or, with passage 0, of a whole document) that pass. */
static bool take(struct store *store, const struct sieve *sieve, int64_t passage, int64_t document, GPtrArray *into, GError **error)
{
    const struct figure_filter *f = sieve->filter;
    sqlite3_stmt *stmt = statement(store, error, passage ? "figures_in_passage" : "figures_between", "iiisnsiisuddii", passage, rows_first(document),
                                   rows_last(document), f->place, f->said_by, (int64_t)sieve->days.first, (int64_t)sieve->days.last, f->unit,
                                   f->has_kind ? (uint32_t)f->kind : NONE, f->min, f->max, (int64_t)f->minor, (int64_t)(sieve->limit - into->len));
    if (!stmt)
        return false;
    sqlite3_bind_pointer(stmt, 5, sieve->actor, "passages", NULL);
    const struct {
        int at;
        bool used;
    } optional[] = {{1, passage != 0}, {7, sieve->has_first}, {8, sieve->has_last}, {11, f->has_min}, {12, f->has_max}};
    for (size_t i = 0; i < G_N_ELEMENTS(optional); i++)
        if (!optional[i].used)
            sqlite3_bind_null(stmt, optional[i].at);
    g_autoptr(GPtrArray) rows = NULL;
    if (!figure_rows(store, stmt, &rows, error))
        return false;
    while (rows->len > 0)
        g_ptr_array_add(into, g_ptr_array_steal_index(rows, 0));
    return true;
}

/* Passage by passage, best first. */
static bool take_found(struct store *store, const struct sieve *sieve, const GPtrArray *clauses, const GArray *documents, GPtrArray *into, GError **error)
{
    const struct figure_filter *f = sieve->filter;
    g_autofree char *tags = tags_for(f->place, f->actor, f->has_kind ? kind_name(f->kind) : NULL);
    g_autoptr(GArray) hits = NULL;
    if (!find_tagged(store, clauses, tags, NULL, 0, &hits, error))
        return false;
    bool ok = true;
    for (guint i = 0; ok && i < hits->len && into->len < sieve->limit; i++) {
        int64_t passage = g_array_index(hits, struct passage_hit, i).passage, document = rows_document(passage);
        if (!documents || holds(documents, document))
            ok = take(store, sieve, passage, document, into, error);
    }
    return ok;
}

static bool figures_held(struct store *store, const struct figure_filter *filter, const GPtrArray *clauses, uint32_t limit, GPtrArray **ret, GError **error)
{
    struct sieve sieve;
    g_autoptr(GArray) documents = NULL;
    g_autoptr(GPtrArray) figures = g_ptr_array_new_with_free_func((GDestroyNotify)figure_row_free);
    bool asked = clauses && clauses->len > 0;
    bool ok = sieve_init(&sieve, store, filter, limit, error);
    if (ok && (!asked || filter->document || filter->row))
        ok = documents_for(store, filter, &documents, error);
    if (ok && asked)
        ok = take_found(store, &sieve, clauses, documents, figures, error);
    for (guint i = 0; ok && !asked && i < documents->len && figures->len < sieve.limit; i++)
        ok = take(store, &sieve, 0, g_array_index(documents, int64_t, i), figures, error);
    among_free(sieve.actor);
    if (ok)
        *ret = g_steal_pointer(&figures);
    return ok;
}

bool store_figures(struct store *store, const struct figure_filter *filter, const GPtrArray *clauses, uint32_t limit, GPtrArray **ret, GError **error)
{
    if (!store_hold(store, error)) /* one lock, not one for each passage */
        return false;
    bool ok = figures_held(store, filter, clauses, limit, ret, error);
    store_release(store);
    return ok;
}
