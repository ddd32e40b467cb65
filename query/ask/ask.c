/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/ask/ask.h"

#include "query/ask/constraint.h"
#include "query/ask/total.h"

enum { POOL_PASSAGES = 400, NEAREST = 3, TRIED = 200, ENOUGH = 12 };

/* Below these a figure is about something else. */
static const double least_words = 0.33, least_counted = 0.42, least_topic = 0.4, least_place = 0.5, least_period = 0.3;

/* Where many of the other words are met, less of what is counted must be. */
static const double many_words = 0.55, near_counted = 0.33;

/* Answers far behind the best one are noise. */
static const double least_of_best = 0.6;

/* Are its words those of the question at all? */
static bool is_near(const struct agreement *agreement)
{
    bool counted = agreement->counted >= least_counted || (agreement->words >= many_words && agreement->counted >= near_counted);
    return agreement->words >= least_words && counted && agreement->topic >= least_topic;
}

/* Is it likely enough to be of the place and time, by all that stands around it? */
static bool is_likely(const struct agreement *agreement)
{
    return agreement->place >= least_place && agreement->period >= least_period;
}

static bool add_answer(struct pool *pool, const struct agreement *agreement, const struct trial *trial, const struct subject *question, GPtrArray *answers, GError **error)
{
    struct answer *answer = NULL;
    struct figure_row *figure = NULL;
    if (!agreement_figure_again(pool, agreement, &figure, error))
        return false;
    if (!figure)
        return true;
    if (!answer_of_figure(pool_library(pool), figure, &answer, error))
        return false;
    g_autofree char *scores = agreement_explain(agreement, question);
    answer->score = agreement->score;
    answer->fails = g_strdup(trial->fails);
    answer->why = g_strdup_printf("%s%sscores      %s", trial->met, *trial->met ? "\n" : "", scores);
    g_ptr_array_add(answers, answer);
    return true;
}

void reply_free(struct reply *reply)
{
    if (!reply)
        return;
    g_ptr_array_unref(reply->answers);
    g_ptr_array_unref(reply->rejected);
    g_ptr_array_unref(reply->nearest);
    g_free(reply);
}

/* A figure that is no answer: how many constraints it fails, and where it stands in the list. */
struct miss {
    uint32_t failed, at;
    struct trial trial;
};

static void miss_clear(void *miss)
{
    trial_clear(&((struct miss *)miss)->trial);
}

/* Those that fail least come nearest; of those, the ones with the question's words. */
static int by_failed(const void *a, const void *b)
{
    const struct miss *x = a, *y = b;
    if (x->failed != y->failed)
        return x->failed < y->failed ? -1 : 1;
    return x->at < y->at ? -1 : x->at > y->at;
}

/* A figure that meets every constraint. */
struct hit {
    const struct agreement *agreement;
    struct trial trial;
    double rank;
};

static void hit_clear(void *hit)
{
    trial_clear(&((struct hit *)hit)->trial);
}

/* The figures that meet every constraint, best first, to `hits`; the others, tried as far as that, to `misses`. */
static void try_all(const GArray *agreements, const struct subject *question, GArray *hits, GArray *misses)
{
    double best = 0;
    for (uint32_t i = 0; i < agreements->len && i < TRIED; i++) {
        const struct agreement *agreement = &g_array_index(agreements, struct agreement, i);
        if (agreement->score < best * least_of_best)
            break;
        struct miss miss = {.at = i};
        bool near = is_near(agreement), likely = is_likely(agreement);
        if (!(near && likely) && misses->len >= ENOUGH)
            continue; /* no answer, and not among the nearest */
        constraints_try(agreement, question, &miss.trial);
        if (near && likely && !miss.trial.failed) {
            struct hit hit = {agreement, miss.trial, agreement->score};
            best = MAX(best, agreement->rejected ? 0 : agreement->score);
            g_array_append_val(hits, hit);
            continue;
        }
        if (!miss.trial.fails)
            miss.trial.fails = g_strdup(near ? "place and time: too little speaks for them" : "words: too few of the question's");
        miss.failed = MAX(miss.trial.failed, likely ? 0 : 1) + (near ? 0 : 2);
        g_array_append_val(misses, miss);
    }
}

/* The smallest first, so that a whole that is itself a part of another stands behind that. */
static int by_value(const void *a, const void *b)
{
    const struct hit *x = *(struct hit *const *)a, *y = *(struct hit *const *)b;
    double one = agreement_figure(x->agreement)->quantity.low, other = agreement_figure(y->agreement)->quantity.low;
    if (one != other)
        return one < other ? -1 : 1;
    return x < y ? 1 : x > y ? -1 : 0; /* of one number, the better one last */
}

static int by_rank(const void *a, const void *b)
{
    const struct hit *x = a, *y = b;
    if (x->rank != y->rank)
        return x->rank > y->rank ? -1 : 1;
    int64_t one = agreement_figure(x->agreement)->rowid, other = agreement_figure(y->agreement)->rowid;
    return one < other ? -1 : one > other;
}

/* A total goes before its parts. */
static void totals_first(GArray *hits, const struct subject *question)
{
    static const double step = 1e-6; /* above the part; below any difference of scores that means something */
    g_autoptr(GPtrArray) rising = g_ptr_array_new();
    for (guint i = 0; i < hits->len; i++)
        g_ptr_array_add(rising, &g_array_index(hits, struct hit, i));
    g_ptr_array_sort(rising, by_value);
    for (guint i = 0; i < rising->len; i++) {
        struct hit *whole = g_ptr_array_index(rising, i);
        double rank = whole->rank;
        for (guint k = 0; k < i; k++) {
            const struct hit *part = g_ptr_array_index(rising, k);
            if (part->rank + step > rank && is_whole_of(whole->agreement, part->agreement, question))
                rank = part->rank + step;
        }
        whole->rank = rank;
    }
    g_array_sort(hits, by_rank);
}

/* What a person rejected is no answer, and is told. */
static bool add_answers(struct pool *pool, const GArray *hits, const struct subject *question, uint32_t limit, struct reply *reply, GError **error)
{
    for (guint i = 0; i < hits->len && reply->answers->len < limit; i++) {
        const struct hit *hit = &g_array_index(hits, struct hit, i);
        if (!add_answer(pool, hit->agreement, &hit->trial, question, hit->agreement->rejected ? reply->rejected : reply->answers, error))
            return false;
    }
    return true;
}

/* What comes nearest where nothing answers. */
static bool add_nearest(struct pool *pool, const GArray *agreements, GArray *misses, const struct subject *question, uint32_t limit, struct reply *reply, GError **error)
{
    g_array_sort(misses, by_failed);
    for (guint i = 0; i < misses->len && reply->nearest->len < MIN(NEAREST, limit); i++) {
        const struct miss *miss = &g_array_index(misses, struct miss, i);
        const struct agreement *agreement = &g_array_index(agreements, struct agreement, miss->at);
        if (!agreement->rejected && !add_answer(pool, agreement, &miss->trial, question, reply->nearest, error))
            return false;
    }
    return true;
}

/* No figure answers who, where, when or why: the passages that may, as `find` shows them. */
static bool add_passages(struct pool *pool, const GPtrArray *candidates, uint32_t limit, GPtrArray *passages, GError **error)
{
    for (guint i = 0; i < candidates->len && i < MIN(NEAREST, limit); i++) {
        const struct candidate *candidate = g_ptr_array_index(candidates, i);
        struct answer *answer = NULL;
        if (!answer_of_passage(pool_library(pool), candidate->rowid, &answer, error))
            return false;
        g_ptr_array_add(passages, answer);
    }
    return true;
}

static bool answer(struct pool *pool, const GPtrArray *candidates, const struct subject *question, uint32_t limit, struct reply *reply, GError **error)
{
    g_autoptr(GArray) agreements = NULL, hits = g_array_new(FALSE, FALSE, sizeof(struct hit)), misses = g_array_new(FALSE, FALSE, sizeof(struct miss));
    g_array_set_clear_func(misses, miss_clear);
    g_array_set_clear_func(hits, hit_clear);
    if (!agreements_new(pool, candidates, question, false, &agreements, error))
        return false;
    try_all(agreements, question, hits, misses);
    if (asks_for_total(question))
        totals_first(hits, question);
    if (!add_answers(pool, hits, question, limit, reply, error))
        return false;
    return reply->answers->len > 0 || add_nearest(pool, agreements, misses, question, limit, reply, error);
}

static bool ask_held(struct pool *pool, const struct subject *question, uint32_t limit, struct reply **ret, GError **error)
{
    g_autoptr(GPtrArray) candidates = NULL;
    if (!pool_find(pool, question, POOL_PASSAGES, &candidates, error))
        return false;
    struct reply *reply = g_new(struct reply, 1);
    GPtrArray **const lists[] = {&reply->answers, &reply->rejected, &reply->nearest};
    for (size_t i = 0; i < G_N_ELEMENTS(lists); i++)
        *lists[i] = g_ptr_array_new_with_free_func((GDestroyNotify)answer_free);
    if (question->beyond ? add_passages(pool, candidates, limit, reply->nearest, error) : answer(pool, candidates, question, limit, reply, error)) {
        *ret = reply;
        return true;
    }
    reply_free(reply);
    return false;
}

/* All at one moment: where another program writes, the figure that answers may be gone in the next, or another. */
bool ask(struct pool *pool, const struct subject *question, uint32_t limit, struct reply **ret, GError **error)
{
    struct store *store = library_store(pool_library(pool));
    if (!store_hold(store, error))
        return false;
    bool ok = ask_held(pool, question, limit, ret, error);
    store_release(store);
    return ok;
}
