/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/agree/parts.h"

#include "query/place_name.h"

GArray *place_meetings(const struct candidate *candidate, const struct figure_place *place)
{
    GArray *meetings = g_array_new(FALSE, FALSE, sizeof(struct meeting));
    for (uint32_t i = 0; i < candidate->words->terms->len;) {
        bool same;
        uint32_t n = place_name_at(candidate->passage->text, candidate->words, i, place, &same);
        if (n > 0 && same) {
            add_meeting(meetings, i, 1);
            add_meeting(meetings, i + n - 1, 1);
        }
        i += MAX(n, 1);
    }
    return meetings;
}

/* How well one asked place is met by what the figure's own record says. */
static double worth_of(enum relation relation, enum scope scope)
{
    double sure = scope == SCOPE_CLAUSE || scope == SCOPE_SENTENCE ? 1 : scope == SCOPE_DOCUMENT ? 0.8 : 0.9;
    switch (relation) {
    case RELATION_SAME: return sure;
    case RELATION_WITHIN: return 0.55 * sure;
    case RELATION_AROUND: return 0.35 * sure;
    case RELATION_OVERLAPS: return 0.4 * sure;
    case RELATION_UNKNOWN:
    case RELATION_APART: break;
    }
    return 0;
}

/* Does the record say where people come from, and no more? */
static bool from_there(const struct figure_row *figure)
{
    for (uint32_t i = 0; i < figure->n_places; i++)
        if (figure->places[i].role != ROLE_ORIGIN)
            return false;
    return figure->n_places > 0;
}

void agree_place(struct agreement *agreement, const struct met *met)
{
    const struct figure_row *figure = agreement_figure(agreement);
    const struct subject *subject = met->subject;
    double sum = 0;
    agreement->place_relation = places_relation(subject->places, subject->n_places, figure->places, figure->n_places);
    for (uint32_t i = 0; i < subject->n_places; i++) {
        enum relation relation = places_relation(&subject->places[i], 1, figure->places, figure->n_places);
        double own = worth_of(relation, figure->place_scope);
        const GArray *senses = subject->senses[i];
        for (guint k = 0; k < senses->len; k++) {
            enum relation other = places_relation(&g_array_index(senses, struct figure_place, k), 1, figure->places, figure->n_places);
            if (worth_of(other, figure->place_scope) <= own)
                continue;
            own = worth_of(other, figure->place_scope);
            relation = other;
        }
        if (subject->n_places == 1)
            agreement->place_relation = relation;
        double near = nearest(agreement->candidate, g_ptr_array_index(met->places, i), agreement->figure, &locality_place);
        double outside = met->outside_place[i];
        /* The record names another place: words elsewhere in the passage or over it do not overrule it. */
        bool apart = relation == RELATION_APART && figure->place_scope <= SCOPE_SENTENCE;
        agreement->place_named = agreement->place_named || near >= locality_place.sentence;
        near *= !apart ? 0.95 : from_there(figure) ? 0.8 : 0.6;
        outside *= apart ? 0.4 : figure->n_places && relation == RELATION_APART ? 0.6 : 1;
        sum += MAX(own, MAX(near, outside));
    }
    agreement->place = subject->n_places ? sum / subject->n_places : 1;
    if (subject->global && figure->n_places) /* a part of the world is asked for by its name */
        agreement->place = figure->place_scope <= SCOPE_SENTENCE ? 0.5 : figure->place_scope == SCOPE_DOCUMENT ? 0.9 : 0.75;
}
