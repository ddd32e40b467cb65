/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/ask.h"

enum { POOL_PASSAGES = 400, NEAREST = 3 };

/* Below these a figure is about something else. */
static const double least_words = 0.33, least_counted = 0.42, least_topic = 0.4, least_place = 0.5, least_period = 0.3;

/* Where many of the other words are met, less of what is counted must be. */
static const double many_words = 0.55, near_counted = 0.33;

/* Answers far behind the best one are noise. */
static const double least_of_best = 0.6;

static bool meets(const struct agreement *agreement)
{
    bool counted = agreement->counted >= least_counted || (agreement->words >= many_words && agreement->counted >= near_counted);
    return agreement->words >= least_words && counted && agreement->topic >= least_topic && agreement->place >= least_place && agreement->period >= least_period;
}

static bool add_answer(struct pool *pool, const struct agreement *agreement, const struct subject *question, GPtrArray *answers, GError **error)
{
    struct answer *answer = NULL;
    struct figure_row *figure = NULL;
    if (!store_figure_by_id(library_store(pool_library(pool)), agreement_figure(agreement)->id, &figure, error))
        return false;
    if (!figure)
        return true;
    if (!answer_of_figure(pool_library(pool), figure, &answer, error))
        return false;
    answer->score = agreement->score;
    answer->why = agreement_explain(agreement, question);
    g_ptr_array_add(answers, answer);
    return true;
}

void reply_free(struct reply *reply)
{
    if (!reply)
        return;
    g_ptr_array_unref(reply->answers);
    g_ptr_array_unref(reply->nearest);
    g_free(reply);
}

bool ask(struct pool *pool, const struct subject *question, uint32_t limit, struct reply **ret, GError **error)
{
    g_autoptr(GPtrArray) candidates = NULL;
    g_autoptr(GArray) agreements = NULL;
    if (!pool_find(pool, question, POOL_PASSAGES, &candidates, error) || !agreements_new(pool, candidates, question, false, &agreements, error))
        return false;
    struct reply *reply = g_new(struct reply, 1);
    reply->answers = g_ptr_array_new_with_free_func((GDestroyNotify)answer_free);
    reply->nearest = g_ptr_array_new_with_free_func((GDestroyNotify)answer_free);
    bool ok = true;
    double best = 0;
    for (guint i = 0; ok && i < agreements->len && reply->answers->len < limit; i++) {
        const struct agreement *agreement = &g_array_index(agreements, struct agreement, i);
        if (agreement->score < best * least_of_best)
            break;
        if (meets(agreement)) {
            best = MAX(best, agreement->score);
            ok = add_answer(pool, agreement, question, reply->answers, error);
        }
    }
    for (guint i = 0; ok && reply->answers->len == 0 && i < agreements->len && i < NEAREST; i++)
        ok = add_answer(pool, &g_array_index(agreements, struct agreement, i), question, reply->nearest, error);
    if (!ok) {
        reply_free(reply);
        return false;
    }
    *ret = reply;
    return true;
}
