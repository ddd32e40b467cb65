/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/check/parts.h"

enum verdict verdict_of(enum value_match value, enum relation place, enum relation period, enum flow claim_flow, enum flow source_flow)
{
    if (value == VALUE_INCOMPARABLE)
        return VERDICT_NOT_FOUND;
    bool elsewhere = place == RELATION_APART || period == RELATION_APART;
    if (value == VALUE_DIFFERS)
        return elsewhere ? VERDICT_NOT_FOUND : VERDICT_DIFFERS;
    if (elsewhere || place == RELATION_OVERLAPS) /* two towns of one region */
        return VERDICT_CONTEXT;
    if (claim_flow != FLOW_NONE && source_flow != FLOW_NONE && claim_flow != source_flow)
        return VERDICT_DIFFERS;
    return value == VALUE_SAME ? VERDICT_SUPPORTED : value == VALUE_ROUNDED ? VERDICT_ROUNDED : VERDICT_QUALIFIER;
}

bool are_countries(const struct figure_place *places, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (!is_country(&places[i]))
            return false;
    return n > 0;
}

/* "Worldwide, …": a figure that names no place of its own, for a draft that names one. */
static bool counts_the_world(const struct agreement *agreement, const struct subject *claim)
{
    const struct candidate *candidate = agreement->candidate;
    const struct figure_row *figure = agreement_figure(agreement);
    bool own = figure->n_places > 0 && figure->place_scope <= SCOPE_SENTENCE;
    uint32_t world = concept_named(lexis_of(candidate->document->metadata.language), "world");
    if (own || !world || claim->n_places == 0 || claim->place_scope > SCOPE_SENTENCE || agreement->place_named)
        return false;
    uint32_t first = g_array_index(candidate->first, uint32_t, agreement->figure), after = g_array_index(candidate->after, uint32_t, agreement->figure);
    for (guint i = 0; i < candidate->words->named->len; i++) {
        const struct named *named = &g_array_index(candidate->words->named, struct named, i);
        if (named->concept != world || named->narrow || named->first < first || named->first >= after)
            continue;
        bool name = named->first > first && g_array_index(candidate->words->terms, struct term, named->first).flags & TERM_CAPITAL; /* "the World Bank" */
        if (!name)
            return true;
    }
    return false;
}

static bool all_origins(const struct figure_place *places, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (places[i].role != ROLE_ORIGIN)
            return false;
    return n > 0;
}

/* Each names in its own clause where people come from: "59 from Chad and 297 from Benin". */
static bool other_origin(const struct agreement *agreement, const struct subject *claim)
{
    const struct figure_row *figure = agreement_figure(agreement);
    return claim->place_scope <= SCOPE_SENTENCE && figure->place_scope == SCOPE_CLAUSE && all_origins(claim->places, claim->n_places) && all_origins(figure->places, figure->n_places);
}

/* Where the source names the draft's place near by, or the place was read from afar, nobody can say that it is another one. */
enum relation sure_place(const struct agreement *agreement, const struct subject *claim)
{
    const struct figure_row *figure = agreement_figure(agreement);
    enum relation main = claim->main ? places_relation(claim->main, 1, figure->places, figure->n_places) : RELATION_UNKNOWN;
    bool as_draft = claim->place_scope > SCOPE_SENTENCE && (main == RELATION_SAME || main == RELATION_WITHIN);
    bool beside = agreement->place_named && figure->place_scope != SCOPE_CLAUSE && are_countries(claim->places, claim->n_places) && are_countries(figure->places, figure->n_places);
    bool far = figure->place_scope > SCOPE_SENTENCE && agreement->place >= 0.5 && are_countries(claim->places, claim->n_places);
    bool world = agreement->place_relation != RELATION_SAME && counts_the_world(agreement, claim);
    if (world || (agreement->place_relation == RELATION_APART && other_origin(agreement, claim)))
        return RELATION_APART;
    /* Its own sentence names another place, and not the draft's. A town that was taken for one of its name elsewhere may lie in the source's country. */
    bool alike = are_countries(claim->places, claim->n_places) == are_countries(figure->places, figure->n_places);
    bool given = alike && (claim->place_scope <= SCOPE_SENTENCE || are_countries(claim->places, claim->n_places));
    bool sure = given && figure->place_scope <= SCOPE_SENTENCE && !agreement->place_named;
    bool unsure = agreement->place_relation == RELATION_APART && !sure && (agreement->place >= 0.6 || claim->place_scope == SCOPE_DOCUMENT || as_draft || beside || far);
    return unsure ? RELATION_UNKNOWN : agreement->place_relation;
}

/* "A 26 per cent increase from 2024": the year is what is compared with, not when it was. */
static bool is_baseline(const struct agreement *agreement)
{
    const struct candidate *candidate = agreement->candidate;
    const char *period = agreement_figure(agreement)->period, *text = candidate->passage->text;
    uint32_t first = g_array_index(candidate->first, uint32_t, agreement->figure), after = g_array_index(candidate->after, uint32_t, agreement->figure);
    for (uint32_t i = first + 1; period && i < after; i++) {
        const struct term *term = &g_array_index(candidate->words->terms, struct term, i);
        if (!(term->flags & TERM_NUMBER) || term->end - term->start != 4 || strncmp(text + term->start, period, 4) != 0)
            continue;
        bool farther = term[-1].flags & TERM_STOP && i > first + 1 && term[-2].flags & TERM_BASE; /* "than in 2024" */
        if (term[-1].flags & (TERM_BASE | TERM_TIE) || farther)
            return true;
    }
    return false;
}

enum relation sure_period(const struct agreement *agreement, const struct subject *claim)
{
    if (agreement->period_relation == RELATION_APART && claim->flow != FLOW_NONE && is_baseline(agreement))
        return RELATION_UNKNOWN;
    bool near = agreement_figure(agreement)->period_scope <= SCOPE_SENTENCE;
    bool unsure = agreement->period_relation == RELATION_APART && (claim->period_scope > SCOPE_SENTENCE || (!near && agreement->period >= 0.3));
    return unsure ? RELATION_UNKNOWN : agreement->period_relation;
}

bool tells_of_before(const struct agreement *agreement, const struct subject *claim)
{
    const struct candidate *candidate = agreement->candidate;
    const struct figure_row *figure = agreement_figure(agreement);
    if (claim->base || claim->period || claim->months || !figure->period || !(g_array_index(candidate->stands, uint8_t, agreement->figure) & STAND_BASE))
        return false;
    for (guint i = 0; i < candidate->figures->len; i++) {
        const struct figure_row *other = g_ptr_array_index(candidate->figures, i);
        bool measured = other->quantity.kind == figure->quantity.kind && other->sentence_span.start == figure->sentence_span.start && !(g_array_index(candidate->stands, uint8_t, i) & STAND_BASE);
        if (measured && g_strcmp0(other->period, figure->period) != 0)
            return true;
    }
    return false;
}

enum verdict verdict_by(const struct weighed *weighed, const struct subject *claim)
{
    enum verdict verdict = verdict_of(weighed->value, sure_place(weighed->agreement, claim), sure_period(weighed->agreement, claim), claim->flow, weighed->flow);
    bool only_hedge = weighed->value == VALUE_QUALIFIER && agreement_figure(weighed->agreement)->quantity.qualifier == QUALIFIER_ABOUT;
    bool elsewhere = weighed->other || tells_of_before(weighed->agreement, claim);
    if (elsewhere && (verdict == VERDICT_SUPPORTED || verdict == VERDICT_ROUNDED || verdict == VERDICT_QUALIFIER))
        return VERDICT_CONTEXT;
    return verdict == VERDICT_QUALIFIER && claim->hedged && only_hedge ? VERDICT_SUPPORTED : verdict;
}
