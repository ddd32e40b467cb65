/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/ask/total.h"

#include <math.h>

/* How near a whole must be to the question's words, by its part; how much less near each word of the question may be, and the word for what happened. */
static const double least_topic = 0.65, less_near = 0.15, event_less_near = 0.35;

/* How long its time must be, by that of its part. */
static const double least_length = 0.8;

static bool names_concept(const struct unit *unit, const struct lexis *lexis, const char *name)
{
    uint32_t concept = concept_named(lexis, name);
    for (uint32_t c = 0; c < unit->n_concepts; c++)
        if (concept && unit->concepts[c] == concept && !unit->narrow[c])
            return true;
    return false;
}

/* "Deaths", "injuries", "cases": nouns for what happened, each time to another one. Who is displaced or held is counted as at a day. */
static bool is_event_noun(const struct unit *unit, const struct lexis *lexis)
{
    static const char *const nouns[] = {"kill", "injure", "homicide", "case-disease"};
    for (size_t i = 0; i < G_N_ELEMENTS(nouns); i++)
        if (names_concept(unit, lexis, nouns[i]))
            return true;
    return false;
}

bool asks_for_total(const struct subject *question)
{
    bool happened = false;
    for (guint u = 0; u < question->units->len; u++) {
        const struct unit *unit = &g_array_index(question->units, struct unit, u);
        happened = happened || (unit->happened && (!unit->counted || is_event_noun(unit, question->lexis))) || (!unit->counted && names_concept(unit, question->lexis, "affected"));
    }
    return happened && question->kinds >> KIND_COUNT & 1 && !question->rated && !question->compared;
}

/* Is each word of the question about as near to the whole as to its part? */
static bool as_near(const struct agreement *whole, const struct agreement *part, const struct subject *question)
{
    for (guint u = 0; u < question->units->len; u++) {
        const struct unit *unit = &g_array_index(question->units, struct unit, u);
        if (unit->weight >= 0.5 && agreement_unit(whole, unit) < agreement_unit(part, unit) - (unit->happened && !unit->counted ? event_less_near : less_near))
            return false;
    }
    return true;
}

/* The days that a figure tells of, up to its document's date where they go on. */
static bool days_of(const struct agreement *agreement, struct days *ret)
{
    struct days published;
    const char *period = agreement_figure(agreement)->period, *date = agreement->candidate->document->metadata.date;
    if (!period || !days_from_edtf(period, ret) || ret->first == INT32_MIN)
        return false;
    if (ret->last == INT32_MAX && date && days_from_edtf(date, &published))
        ret->last = published.last;
    return ret->last >= ret->first;
}

static double length(const struct days *days)
{
    return (double)days->last - days->first + 1;
}

/* Is the whole's time about as long as the part's, and do they meet? Of two without a time, where both stand in one document. */
static bool covers(const struct agreement *whole, const struct agreement *part)
{
    struct days long_one, short_one;
    bool dated = days_of(whole, &long_one), other = days_of(part, &short_one);
    if (!dated || !other)
        return whole->candidate->document == part->candidate->document && (dated || !other);
    return long_one.first <= short_one.last && short_one.first <= long_one.last && length(&long_one) >= least_length * length(&short_one);
}

/* Is it of the asked time and of no longer one? */
static bool inside_asked(const struct agreement *agreement)
{
    return agreement->period_relation == RELATION_SAME || agreement->period_relation == RELATION_WITHIN;
}

/* "Killings" have no unit, "people killed" have. */
static bool same_unit(const char *a, const char *b)
{
    bool people = g_strcmp0(a, "{person}") == 0, others = g_strcmp0(b, "{person}") == 0;
    return g_strcmp0(a, b) == 0 || (people && !b) || (others && !a);
}

bool is_whole_of(const struct agreement *whole, const struct agreement *part, const struct subject *question)
{
    const struct quantity *one = &agreement_figure(whole)->quantity, *other = &agreement_figure(part)->quantity;
    if (one->kind != KIND_COUNT || other->kind != KIND_COUNT || one->low <= other->low || !same_unit(agreement_figure(whole)->unit, agreement_figure(part)->unit))
        return false;
    if (g_array_index(whole->candidate->stands, uint8_t, whole->figure) & (STAND_WHOLE | STAND_BASE))
        return false; /* "12 of the 40 who were abducted are dead" */
    if (whole->place_relation == RELATION_WITHIN && part->place_relation == RELATION_SAME)
        return false;
    if (question->period && !inside_asked(whole))
        return false;
    return whole->topic >= least_topic * part->topic && covers(whole, part) && as_near(whole, part, question);
}
