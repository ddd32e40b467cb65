/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/compare/parts.h"

#include <math.h>

/* What a group gains where it has the same number, or the same time; how alike in length the times must be of what is summed up. */
static const double number_worth = 1, period_worth = 0.5, least_length = 0.8;

bool is_household(const struct figure_row *figure)
{
    return g_strcmp0(figure->unit, "{household}") == 0;
}

static bool is_share(const struct figure_row *figure)
{
    return figure->quantity.kind == KIND_PERCENT || figure->quantity.kind == KIND_FRACTION;
}

void sought_free(void *data)
{
    struct sought *sought = data;
    thing_free(sought->thing);
    g_free(sought);
}

/* Does the figure count what happened, one after another? Who is displaced or held is counted as at a day. */
static bool is_summed(const struct sought *sought)
{
    static const char *const acts[] = {"kill", "injure", "homicide", "femicide", "abduct", "rape", "recruit", "deport", "detain", "destroy", "demolish", "damage", "attack", "incident", "violation"};
    const struct lexis *lexis = lexis_of(sought->answer->document->metadata.language);
    for (size_t i = 0; i < G_N_ELEMENTS(acts); i++) {
        uint32_t concept = concept_named(lexis, acts[i]);
        if (concept && (set_names(sought->thing->counted, concept) || set_names(sought->thing->clause, concept)))
            return sought->answer->figure->quantity.kind == KIND_COUNT;
    }
    return false;
}

struct sought *sought_new(struct answer *answer)
{
    struct sought *sought = g_new0(struct sought, 1);
    sought->answer = answer;
    sought->thing = thing_new(answer);
    sought->dated = answer->figure->period && days_from_edtf(answer->figure->period, &sought->days);
    sought->summed = is_summed(sought);
    return sought;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool is_people(const struct figure_row *figure)
{
    return is_household(figure) || g_strcmp0(figure->unit, "{person}") == 0;
}

char *key_of(const struct figure_row *figure)
{
    bool people = figure->quantity.kind == KIND_COUNT && is_people(figure);
    const char *unit = people ? "people" : is_share(figure) || !figure->unit ? "" : figure->unit;
    g_autoptr(GPtrArray) places = g_ptr_array_new_with_free_func(g_free);
    for (uint32_t i = 0; i < figure->n_places; i++) {
        const char *iso = figure->places[i].iso, *name = figure->places[i].name;
        g_ptr_array_add(places, iso ? g_strndup(iso, 2) : g_utf8_casefold(name ? name : "", -1));
    }
    g_ptr_array_sort(places, by_text);
    GString *key = g_string_new(NULL);
    g_string_append_printf(key, "%d\x1f%s", is_share(figure) ? (int)KIND_PERCENT : (int)figure->quantity.kind, unit);
    for (guint i = 0; i < places->len; i++)
        if (i == 0 || strcmp(g_ptr_array_index(places, i), g_ptr_array_index(places, i - 1)) != 0)
            g_string_append_printf(key, "\x1f%s", (const char *)g_ptr_array_index(places, i));
    return g_string_free(key, FALSE);
}

/* Is each place of `a` one of b's, or the country of one that both name? A town is not its country. */
static bool places_among(const struct figure_row *a, const struct figure_row *b)
{
    for (uint32_t i = 0; i < a->n_places; i++) {
        bool met = places_relation(&a->places[i], 1, b->places, b->n_places) == RELATION_SAME;
        for (uint32_t k = 0; k < a->n_places && !met; k++)
            met = place_relation(&a->places[i], &a->places[k]) == RELATION_WITHIN && places_relation(&a->places[k], 1, b->places, b->n_places) == RELATION_SAME;
        if (!met)
            return false;
    }
    return true;
}

bool fits(const struct quantity *a, const struct quantity *b)
{
    return match_value(a, b) < VALUE_DIFFERS || match_value(b, a) < VALUE_DIFFERS;
}

enum relation times_relation(const struct sought *a, const struct sought *b)
{
    return a->dated && b->dated ? days_relation(&a->days, &b->days) : RELATION_UNKNOWN;
}

/* A sentence states a statistic once, and a document states no other number for it: its other figures are of something else. */
static bool other_statistic(const struct answer *a, const struct answer *b)
{
    if (a->document != b->document)
        return false;
    bool sentence = answer_quote_span(a).start == answer_quote_span(b).start && answer_quote_span(a).end == answer_quote_span(b).end;
    return sentence || !fits(&a->figure->quantity, &b->figure->quantity);
}

/* Counts that do not fit are of one statistic only where both say of what time, and something of what or where; of what is summed up, of times of about one length: a part of the time has a part of the number. */
static bool counts_apart(const struct sought *a, const struct sought *b)
{
    const struct quantity *one = &a->answer->figure->quantity, *other = &b->answer->figure->quantity;
    if (one->kind != KIND_COUNT || fits(one, other))
        return false;
    if (!a->dated || !b->dated || a->thing->vague || b->thing->vague)
        return true;
    double length = (double)a->days.last - a->days.first + 1, other_length = (double)b->days.last - b->days.first + 1;
    return (a->summed || b->summed) && fmin(length, other_length) < least_length * fmax(length, other_length);
}

/* How much the things are one, at one place; 0: they are not. */
static double alike(const struct sought *a, const struct sought *b)
{
    const struct figure_row *x = a->answer->figure, *y = b->answer->figure;
    if (other_statistic(a->answer, b->answer) || !places_among(x, y) || !places_among(y, x))
        return 0;
    return thing_likeness(a->thing, b->thing, is_share(x));
}

double likeness(const struct sought *a, const struct sought *b)
{
    const struct figure_row *x = a->answer->figure, *y = b->answer->figure;
    enum relation times = times_relation(a, b);
    double much = times == RELATION_APART || counts_apart(a, b) ? 0 : alike(a, b);
    if (much <= 0)
        return 0;
    bool same = same_number(x->quantity.low, y->quantity.low) && same_number(x->quantity.high, y->quantity.high);
    return much + (same ? number_worth : 0) + (times == RELATION_SAME ? period_worth : 0);
}

/* Of what is summed up, is one time a part of the other, and no running total with it? "From March to June" and "since 2023" are two statistics. */
static bool is_part(const struct sought *a, const struct sought *b)
{
    enum { DAYS = 7 };
    double from = fabs((double)a->days.first - b->days.first);
    return (a->summed || b->summed) && times_relation(a, b) != RELATION_APART && from > DAYS && !fits(&a->answer->figure->quantity, &b->answer->figure->quantity);
}

double likeness_over_time(const struct sought *a, const struct sought *b)
{
    double much = is_part(a, b) ? 0 : alike(a, b);
    bool same = times_relation(a, b) == RELATION_SAME;
    return much <= 0 || (same && !fits(&a->answer->figure->quantity, &b->answer->figure->quantity)) ? 0 : much;
}

/* "A woman was arrested", "two boys were hurt" without a time of their own tell of one event, and the next report's of another. */
static bool is_event(const struct figure_row *figure)
{
    enum { FEW = 10 };
    const struct quantity *quantity = &figure->quantity;
    bool timed = figure->period && figure->period_scope <= SCOPE_SENTENCE, total = figure->counted && strstr(figure->counted, "total");
    return quantity->kind == KIND_COUNT && quantity->high < FEW && is_people(figure) && !timed && !total;
}

/* "Aged 5 to 9", "under the age of 6" say who is counted, "for the next five years" says how long. */
bool is_no_statistic(const struct figure_row *figure)
{
    const struct quantity *quantity = &figure->quantity;
    bool group = quantity->kind == KIND_AGE && (quantity->low != quantity->high || quantity->qualifier != QUALIFIER_EXACT);
    return group || is_event(figure) || (quantity->kind == KIND_DURATION && !figure->counted);
}
