/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/agree/parts.h"

#include "base/timing.h"
#include "query/place_name.h"

#include <math.h>

/* What a word is worth that stands in the heading over the passage, or in the document's title, and not in the passage. */
static const double heading_worth = 0.4, title_worth = 0.3;

/* What a figure is worth that is what another one is measured against, or a part of. */
static const double base_worth = 0.85, whole_worth = 0.85;

/* How much newer evidence is better, where nobody asks for a time; over how many days that fades. */
static const double newness_worth = 0.03, newness_days = 1000;

/* Kinds that answer only who asks for them. */
static const uint32_t kinds_aside = 1u << KIND_RANK | 1u << KIND_AGE | 1u << KIND_DURATION;

/* "How many tons": a measure answers where its unit is the thing asked for. */
static double agree_kind(const struct subject *subject, const struct figure_row *figure)
{
    if (!subject->kinds)
        return kinds_aside >> figure->quantity.kind & 1 && !(subject->likely >> figure->quantity.kind & 1) ? 0.5 : !subject->likely || subject->likely >> figure->quantity.kind & 1 ? 1 : 0.7;
    if (!(subject->kinds >> figure->quantity.kind & 1))
        return 0;
    bool many = subject->kinds >> KIND_COUNT & 1;
    switch (figure->quantity.kind) {
    case KIND_COUNT: return 1;
    case KIND_RATE:
    case KIND_CHANGE: return many ? 0.85 : 1;
    case KIND_MEASURE:
    case KIND_AREA:
    case KIND_DISTANCE:
    case KIND_DURATION:
    case KIND_MONEY: break;
    default: return 1;
    }
    if (!many)
        return 1;
    struct words *unit = figure->unit_text ? words_new(subject->lexis, slice_of(figure->unit_text)) : NULL;
    double best = 0;
    bool any = false;
    for (guint i = 0; i < subject->units->len; i++)
        any = any || g_array_index(subject->units, struct unit, i).counted;
    if (!any) /* "¿Cuánto ha subido …?" */
        best = 1;
    for (guint i = 0; unit && i < subject->units->len; i++) {
        const struct unit *asked = &g_array_index(subject->units, struct unit, i);
        if (asked->counted)
            best = MAX(best, unit_best(asked, unit));
    }
    words_free(unit);
    return best;
}

static bool met_init(struct met *met, struct pool *pool, const struct candidate *candidate, const struct subject *subject, const double *rarity, GError **error)
{
    bool ok = true;
    met->subject = subject;
    met->lexis = lexis_of(candidate->document->metadata.language);
    met->rarity = rarity;
    met->units = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    met->places = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    met->outside = g_new0(double, subject->units->len + 1);
    met->outside_place = g_new0(double, subject->n_places + 1);
    for (guint u = 0; u < subject->units->len; u++) {
        const struct unit *unit = &g_array_index(subject->units, struct unit, u);
        GArray *meetings = g_array_new(FALSE, FALSE, sizeof(struct meeting));
        unit_met(unit, candidate->words, add_meeting, meetings);
        g_ptr_array_add(met->units, meetings);
        met->outside[u] = MAX(heading_worth * unit_best(unit, candidate->heading), title_worth * unit_best(unit, candidate->title));
    }
    for (uint32_t i = 0; ok && i < subject->n_places; i++) {
        double focus = 0;
        g_ptr_array_add(met->places, place_meetings(candidate, &subject->places[i]));
        struct span all = {0, G_MAXUINT32};
        bool heading = names_place(candidate->passage->heading, candidate->heading, all, &subject->places[i]);
        bool title = names_place(candidate->document->metadata.title, candidate->title, all, &subject->places[i]);
        ok = pool_focus(pool, &subject->places[i], candidate->document, &focus, error);
        met->outside_place[i] = heading || title ? 0.85 : 0.85 * focus;
    }
    met->known = g_new0(bool, candidate->words->terms->len + 1);
    GPtrArray *const lists[] = {met->units, met->places};
    for (size_t l = 0; l < G_N_ELEMENTS(lists); l++)
        for (guint k = 0; k < lists[l]->len; k++) {
            const GArray *meetings = g_ptr_array_index(lists[l], k);
            for (guint m = 0; m < meetings->len; m++)
                met->known[g_array_index(meetings, struct meeting, m).term] = true;
        }
    return ok;
}

static void met_clear(struct met *met)
{
    g_ptr_array_unref(met->units);
    g_ptr_array_unref(met->places);
    g_free(met->outside);
    g_free(met->outside_place);
    g_free(met->known);
}

static void agree(struct agreement *agreement, const struct met *met)
{
    const struct figure_row *figure = agreement_figure(agreement);
    agreement->kind = agree_kind(met->subject, figure);
    if (agreement->kind == 0)
        return;
    agree_words(agreement, met);
    agree_place(agreement, met);
    agree_period(agreement, met->subject);
    agreement->topic = agreement->kind * (0.6 * agreement->words + 0.4 * agreement->counted) * (0.9 + 0.1 * agreement->close);
    agreement->score = agreement->topic * (0.3 + 0.7 * agreement->place) * (0.5 + 0.5 * agreement->period);
    for (guint i = 0; i < met->subject->numbers->len; i++)
        if (same_number(g_array_index(met->subject->numbers, double, i), figure->quantity.low))
            agreement->score *= 0.3; /* the question says it itself */
    if (figure->zone == ZONE_NOTE || figure->minor)
        agreement->score *= 0.8;
    uint8_t stand = g_array_index(agreement->candidate->stands, uint8_t, agreement->figure);
    if (!met->subject->number && stand & STAND_BASE && agreement->period_relation != RELATION_SAME)
        agreement->score *= base_worth;
    if (!met->subject->number && stand & STAND_WHOLE)
        agreement->score *= whole_worth;
}

double agreement_unit(const struct agreement *agreement, const struct unit *unit)
{
    g_autoptr(GArray) meetings = g_array_new(FALSE, FALSE, sizeof(struct meeting));
    unit_met(unit, agreement->candidate->words, add_meeting, meetings);
    return nearest(agreement->candidate, meetings, agreement->figure, &locality_word);
}

const struct figure_row *agreement_figure(const struct agreement *agreement)
{
    return g_ptr_array_index(agreement->candidate->figures, agreement->figure);
}

/* What was weighed, and not what a writer has put in its place since. */
static bool is_same(const struct figure_row *a, const struct figure_row *b)
{
    return strcmp(a->id, b->id) == 0 && a->span.start == b->span.start && a->span.end == b->span.end && a->quantity.low == b->quantity.low && a->quantity.high == b->quantity.high;
}

bool agreement_figure_again(const struct pool *pool, const struct agreement *agreement, struct figure_row **ret, GError **error)
{
    g_autoptr(GPtrArray) figures = NULL;
    if (!store_figures_of(library_store(pool_library(pool)), agreement->candidate->passage, &figures, error))
        return false;
    *ret = NULL;
    for (guint i = 0; i < figures->len && !*ret; i++)
        if (is_same(g_ptr_array_index(figures, i), agreement_figure(agreement)))
            *ret = g_ptr_array_steal_index(figures, i);
    return true;
}

struct span agreement_terms(const struct agreement *agreement)
{
    const struct candidate *candidate = agreement->candidate;
    uint32_t at = g_array_index(candidate->at, uint32_t, agreement->figure), after = at;
    uint32_t end = agreement_figure(agreement)->span.end - candidate->passage->span.start;
    while (after < candidate->words->terms->len && term_of(candidate->words, after)->start < end)
        after++;
    return (struct span){at, after};
}

/* Best first; of two that are as good, the one that stands first in the evidence. */
static int by_score(const void *a, const void *b)
{
    const struct agreement *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    int64_t one = agreement_figure(x)->rowid, other = agreement_figure(y)->rowid;
    return one < other ? -1 : one > other;
}

/* The day a figure was published, else the last one it tells of; INT32_MIN where nothing says so. */
static int32_t last_day(const struct agreement *agreement)
{
    struct days days;
    const char *const dates[] = {agreement->candidate->document->metadata.date, agreement_figure(agreement)->period};
    for (size_t i = 0; i < G_N_ELEMENTS(dates); i++)
        if (dates[i] && days_from_edtf(dates[i], &days) && days.last != INT32_MAX)
            return days.last;
    return INT32_MIN;
}

/* Who asks for no time wants the newest figure. */
static void prefer_new(GArray *list)
{
    int32_t newest = INT32_MIN;
    for (guint i = 0; i < list->len; i++)
        newest = MAX(newest, last_day(&g_array_index(list, struct agreement, i)));
    for (guint i = 0; i < list->len && newest != INT32_MIN; i++) {
        struct agreement *agreement = &g_array_index(list, struct agreement, i);
        int32_t day = last_day(agreement);
        double behind = day == INT32_MIN ? 1 : fmin(1, ((double)newest - day) / newness_days);
        agreement->score *= 1 - newness_worth * behind;
    }
}

bool agreements_among(struct pool *pool, const GPtrArray *candidates, const GPtrArray *all, const struct subject *subject, bool minor, GArray **ret, GError **error)
{
    const struct reviews *reviews;
    if (!library_reviews(pool_library(pool), &reviews, error))
        return false;
    bool ok = true;
    GArray *list = g_array_new(FALSE, TRUE, sizeof(struct agreement));
    g_autofree double *rarity = pool_rarity(all, subject);
    for (guint i = 0; ok && i < candidates->len; i++) {
        const struct candidate *candidate = g_ptr_array_index(candidates, i);
        struct met met;
        if (candidate->figures->len == 0 || candidate->words->terms->len == 0 || !candidate->passage->intact)
            continue;
        ok = met_init(&met, pool, candidate, subject, rarity, error);
        for (guint f = 0; ok && f < candidate->figures->len; f++) {
            struct agreement agreement = {.candidate = candidate, .figure = f};
            if (!agreement_figure(&agreement)->intact || (agreement_figure(&agreement)->minor && !minor))
                continue;
            agreement.rejected = reviews_rejected(reviews, candidate->document, candidate->passage, agreement_figure(&agreement));
            agree(&agreement, &met);
            if (agreement.score > 0)
                g_array_append_val(list, agreement);
        }
        met_clear(&met);
    }
    if (!subject->period && !subject->number)
        prefer_new(list);
    g_array_sort(list, by_score);
    if (ok)
        *ret = list;
    else
        g_array_unref(list);
    return ok;
}

bool agreements_new(struct pool *pool, const GPtrArray *candidates, const struct subject *subject, bool minor, GArray **ret, GError **error)
{
    const char *stage = timing_enter("agreement");
    bool ok = agreements_among(pool, candidates, candidates, subject, minor, ret, error);
    timing_enter(stage);
    return ok;
}

static const char *relation_word(enum relation relation)
{
    static const char *const words[] = {"not given", "same", "within", "around", "overlaps", "another"};
    return words[relation];
}

char *agreement_explain(const struct agreement *agreement, const struct subject *subject)
{
    GString *out = g_string_new(NULL);
    g_string_append_printf(out, "words %.2f, counted %.2f, close %.2f", agreement->words, agreement->counted, agreement->close);
    if (subject->n_places)
        g_string_append_printf(out, ", place %s %.2f", relation_word(agreement->place_relation), agreement->place);
    if (subject->period || subject->months)
        g_string_append_printf(out, ", period %s %.2f", relation_word(agreement->period_relation), agreement->period);
    g_string_append_printf(out, "; topic %.2f, in all %.2f", agreement->topic, agreement->score);
    return g_string_free(out, FALSE);
}
