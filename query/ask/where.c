/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/ask/parts.h"

#include "query/place_name.h"
#include "query/print/period.h"

#include <math.h>

/* A time that is a good deal longer than the one that is asked for does not tell of it alone. */
enum { LONG_DAYS = 400 };

/* A report that says no time tells of the time up to its own date, and of no more than this long before it. */
enum { REPORT_DAYS = 400 };

/* Below this neither record, words, heading nor document say that the figure is of the place. */
static const double least_place = 0.5;

static char *places_said(const struct figure_place *places, uint32_t n)
{
    GString *out = g_string_new(NULL);
    for (uint32_t i = 0; i < n; i++)
        g_string_append_printf(out, "%s%s", i == 0 ? "" : i + 1 < n ? ", " : " and ", places[i].name);
    return g_string_free(out, FALSE);
}

/* Was the place read from the figure's own sentence? What heading and document lend may be wrong. */
static bool is_own(enum scope scope)
{
    return scope == SCOPE_CLAUSE || scope == SCOPE_SENTENCE;
}

static bool only_origins(const struct figure_row *figure)
{
    for (uint32_t i = 0; i < figure->n_places; i++)
        if (figure->places[i].role != ROLE_ORIGIN)
            return false;
    return figure->n_places > 0;
}

/* Where the place's name begins in the sentence, as a term; the sentence's end where it is printed otherwise. */
static uint32_t name_at(const struct hearing *hearing, const char *name, uint32_t *after)
{
    const char *text = hearing->candidate->passage->text;
    for (uint32_t i = hearing->sentence.start; i < hearing->sentence.end; i++) {
        if (!g_str_has_prefix(text + heard_term(hearing, i)->start, name))
            continue;
        for (*after = i + 1; *after < hearing->sentence.end && heard_term(hearing, *after)->start < heard_term(hearing, i)->start + strlen(name);)
            ++*after;
        return i;
    }
    return hearing->sentence.end;
}

/* Do only names, commas and "and the" stand between the two: "Peru, Chile and Bolivia", not "Peru and near Chile"? */
static bool in_one_list(const struct hearing *hearing, const char *one, const char *other)
{
    uint32_t one_after = 0, other_after = 0, a = name_at(hearing, one, &one_after), b = name_at(hearing, other, &other_after);
    if (a == hearing->sentence.end || b == hearing->sentence.end)
        return true;
    for (uint32_t i = a < b ? one_after : other_after; i < MAX(a, b); i++)
        if (!(heard_term(hearing, i)->flags & (TERM_CAPITAL | TERM_STOP)))
            return false;
    return true;
}

/* Is it one number for several places, of which one is asked for: "8 million in Peru, Chile and Bolivia"? Where people come from and go to are no two places of it. */
static bool is_sum(const struct hearing *hearing)
{
    const struct subject *question = hearing->question;
    const struct figure_row *figure = hearing->figure;
    const char *asked = NULL;
    for (uint32_t i = 0; i < figure->n_places; i++) {
        const struct figure_place *place = &figure->places[i];
        if (place->role == ROLE_ORIGIN || place->role == ROLE_DESTINATION)
            return false;
        if (place_relation(&question->places[0], place) == RELATION_SAME)
            asked = place->name;
    }
    for (uint32_t i = 0; asked && question->n_places == 1 && i < figure->n_places; i++) {
        const char *other = figure->places[i].name;
        if (place_relation(&question->places[0], &figure->places[i]) == RELATION_APART && !strstr(question->text, other) && in_one_list(hearing, asked, other))
            return true;
    }
    return false;
}

/* "38 million children worldwide": do such words stand in the figure's own clause, and the asked place not? */
static bool is_worldwide(const struct hearing *hearing)
{
    uint32_t concept = concept_named(hearing->lexis, "worldwide"), from = hearing->number.start, to = hearing->number.end;
    const uint32_t parts = TERM_BREAK | TERM_STOPPED;
    while (from > hearing->sentence.start && !(heard_term(hearing, from)->flags & parts))
        from--;
    while (to < hearing->sentence.end && !(heard_term(hearing, to)->flags & (parts | TERM_NUMBER)))
        to++;
    for (guint k = 0; concept && k < hearing->candidate->words->named->len; k++) {
        const struct named *named = &g_array_index(hearing->candidate->words->named, struct named, k);
        if (named->concept != concept || named->first < from || named->first + named->n > to)
            continue;
        for (uint32_t i = 0; i < hearing->question->n_places; i++)
            if (names_place(hearing->candidate->passage->text, hearing->candidate->words, (struct span){from, to}, &hearing->question->places[i]))
                return false;
        return true;
    }
    return false;
}

/* Does the figure's own sentence name every place that is asked for? */
static bool sentence_names_all(const struct hearing *hearing)
{
    for (uint32_t i = 0; i < hearing->question->n_places; i++)
        if (!names_place(hearing->candidate->passage->text, hearing->candidate->words, hearing->sentence, &hearing->question->places[i]))
            return false;
    return true;
}

/* Does the name at a term say where somebody comes from: "raiders from the Gambella region of Ethiopia and Turkana in Kenya"? Back to "from" stand names, "of", "and", and what
 * belongs to them. */
static bool comes_from(const struct candidate *candidate, uint32_t at)
{
    enum { BACK = 24 };
    for (uint32_t i = at; i > 0 && at - i < BACK; i--) {
        uint32_t flags = term_of(candidate->words, i)->flags, before = term_of(candidate->words, i - 1)->flags;
        if (flags & (TERM_BREAK | TERM_STOPPED))
            return false;
        if ((before & (TERM_BASE | TERM_MEASURED)) == TERM_BASE)
            return true;
        bool article = before & TERM_STOP && (before & TERM_JOINT || term_of(candidate->words, i - 1)->end - term_of(candidate->words, i - 1)->start == strlen("the"));
        bool noun = !(before & TERM_STOP) && flags & (TERM_OF | TERM_CAPITAL); /* "the region of", "neighbouring Gambella" */
        if (!(before & TERM_CAPITAL) && !article && !noun)
            return false;
    }
    return false;
}

/* Or what stands before it in the passage, and does not say where somebody comes from? What comes later is of something else. */
static bool passage_names(const struct hearing *hearing, const struct figure_place *place)
{
    const struct candidate *candidate = hearing->candidate;
    for (uint32_t i = 0; i < MIN(hearing->sentence.end, candidate->words->terms->len);) {
        bool same;
        uint32_t n = place_name_at(candidate->passage->text, candidate->words, i, place, &same);
        if (n > 0 && same && (i >= hearing->sentence.start || !comes_from(candidate, i)))
            return true;
        i += MAX(n, 1);
    }
    return false;
}

/* Or that, the heading over it, or the title? */
static bool context_names(const struct hearing *hearing, const struct figure_place *place)
{
    const struct candidate *candidate = hearing->candidate;
    const struct span all = {0, G_MAXUINT32};
    return passage_names(hearing, place) || names_place(candidate->passage->heading, candidate->heading, all, place) ||
           names_place(candidate->document->metadata.title, candidate->title, all, place);
}

static bool context_names_all(const struct hearing *hearing)
{
    for (uint32_t i = 0; i < hearing->question->n_places; i++)
        if (!context_names(hearing, &hearing->question->places[i]))
            return false;
    return true;
}

/* Is another figure of the sentence of the very place: "7 million in Peru, 2 million of them in Piura"? Then the name belongs to that one. */
static bool another_is_there(const struct hearing *hearing)
{
    const struct subject *question = hearing->question;
    for (guint i = 0; i < hearing->candidate->figures->len; i++) {
        const struct figure_row *other = g_ptr_array_index(hearing->candidate->figures, i);
        if (other != hearing->figure && !other->minor && is_own(other->place_scope) && other->sentence_span.start == hearing->figure->sentence_span.start &&
            places_relation(question->places, question->n_places, other->places, other->n_places) == RELATION_SAME)
            return true;
    }
    return false;
}

/* Did what stands around the figure lend it several places, of which one lies elsewhere: where armed men came from, and where they went? */
static bool is_lent_apart(const struct hearing *hearing)
{
    const struct subject *question = hearing->question;
    for (uint32_t i = 0; i < hearing->figure->n_places; i++)
        if (places_relation(question->places, question->n_places, &hearing->figure->places[i], 1) == RELATION_APART)
            return true;
    return false;
}

/* Is the place one that another figure of the sentence has of its own: the Iraqis of "17,700 Iraqis and 8,600 other foreigners"? */
static bool belongs_to_another(const struct hearing *hearing, const struct figure_place *place)
{
    for (guint i = 0; i < hearing->candidate->figures->len; i++) {
        const struct figure_row *other = g_ptr_array_index(hearing->candidate->figures, i);
        if (other != hearing->figure && !other->minor && other->place_scope == SCOPE_CLAUSE && other->sentence_span.start == hearing->figure->sentence_span.start &&
            places_relation(place, 1, other->places, other->n_places) == RELATION_SAME)
            return true;
    }
    return false;
}

/* Of several places that are asked for ("Israeli hostages in Lebanon"): is each the figure's, or named by what stands around it? */
static bool has_each(const struct hearing *hearing)
{
    const struct subject *question = hearing->question;
    const struct figure_row *figure = hearing->figure;
    for (uint32_t i = 0; question->n_places > 1 && i < question->n_places; i++) {
        enum relation relation = places_relation(&question->places[i], 1, figure->places, figure->n_places);
        if (relation == RELATION_SAME || relation == RELATION_WITHIN)
            continue;
        bool people = question->places[i].role == ROLE_ORIGIN; /* "Iraqi nationals" */
        if (!context_names(hearing, &question->places[i]) || (people && belongs_to_another(hearing, &question->places[i])))
            return false;
    }
    return true;
}

/* Does what is known of the figure's place speak for the one that is asked for? What comes later in the passage is of something else. */
static bool is_there(const struct hearing *hearing)
{
    const struct agreement *agreement = hearing->agreement;
    bool own = is_own(hearing->figure->place_scope);
    switch (agreement->place_relation) {
    case RELATION_SAME: return !is_sum(hearing) && has_each(hearing);
    case RELATION_WITHIN: return own || !is_lent_apart(hearing) || context_names_all(hearing);
    case RELATION_AROUND:
    case RELATION_OVERLAPS: return (own ? sentence_names_all(hearing) : context_names_all(hearing)) && !(own && another_is_there(hearing));
    case RELATION_APART: return sentence_names_all(hearing) && (!own || only_origins(hearing->figure));
    case RELATION_UNKNOWN: return agreement->place >= least_place && (!hearing->figure->n_places || !own || sentence_names_all(hearing));
    }
    return false;
}

enum outcome hear_place(const struct hearing *hearing, GString *says)
{
    const struct subject *question = hearing->question;
    const struct figure_row *figure = hearing->figure;
    if (question->n_places == 0)
        return OUTCOME_NONE;
    g_autofree char *asked = places_said(question->places, question->n_places), *found = places_said(figure->places, figure->n_places);
    if (is_worldwide(hearing)) {
        g_string_append_printf(says, "the whole world; the question asks for %s", asked);
        return OUTCOME_FAILS;
    }
    if (is_there(hearing)) {
        bool same = hearing->agreement->place_relation == RELATION_SAME, within = hearing->agreement->place_relation == RELATION_WITHIN;
        g_string_append_printf(says, within ? "%s, a part of %s" : same ? "%s" : "%s, as the words around it say", within ? found : asked, asked);
        return OUTCOME_MET;
    }
    if (figure->n_places == 0)
        g_string_append_printf(says, "none; the question asks for %s", asked);
    else if (is_sum(hearing))
        g_string_append_printf(says, "%s together; the question asks for %s", found, asked);
    else
        g_string_append_printf(says, "%s%s; the question asks for %s", found, hearing->agreement->place_relation == RELATION_AROUND ? ", a wider place" : "", asked);
    return OUTCOME_FAILS;
}

/* The last day of a time: that of the document where it is still going on. */
static bool bounds(const struct hearing *hearing, const char *period, struct days *ret)
{
    struct days published;
    const char *date = hearing->candidate->document->metadata.date;
    if (!period || !days_from_edtf(period, ret))
        return false;
    if (ret->last == INT32_MAX && date && days_from_edtf(date, &published))
        ret->last = published.last;
    return true;
}

static double length(const struct days *days)
{
    return (double)days->last - days->first + 1;
}

/* Does the figure's sentence say the asked period in the question's own words? */
static bool sentence_says_period(const struct hearing *hearing)
{
    const GArray *dated = hearing->question->dated;
    for (guint k = 0; k < dated->len; k++) {
        uint32_t i = hearing->sentence.start;
        while (i < hearing->sentence.end && heard_term(hearing, i)->stem != g_array_index(dated, uint32_t, k))
            i++;
        if (i >= hearing->sentence.end)
            return false;
    }
    return dated->len > 0;
}

/* A figure without a time of its own: does its document tell of the asked one? */
static bool reported_then(const struct hearing *hearing, const struct days *asked)
{
    struct days told, published;
    const struct metadata *metadata = &hearing->candidate->document->metadata;
    if (metadata->period && days_from_edtf(metadata->period, &told))
        return days_relation(asked, &told) != RELATION_APART;
    if (!metadata->date || !days_from_edtf(metadata->date, &published))
        return false;
    return published.last >= asked->first && (double)published.first - asked->last <= REPORT_DAYS;
}

/* Does a longer time tell of the asked one, too? */
static bool tells_of_part(const struct hearing *hearing, const struct days *asked)
{
    struct days found;
    if (!bounds(hearing, hearing->figure->period, &found))
        return false;
    bool open = found.first == INT32_MIN || found.last == INT32_MAX || strstr(hearing->figure->period, "..");
    return length(&found) <= fmax(LONG_DAYS, 2 * length(asked)) || (!open && sentence_says_period(hearing));
}

static bool is_then(const struct hearing *hearing, const struct days *asked)
{
    const struct agreement *agreement = hearing->agreement;
    bool own = is_own(hearing->figure->period_scope);
    switch (agreement->period_relation) {
    case RELATION_SAME:
    case RELATION_WITHIN:
    case RELATION_OVERLAPS: return true;
    case RELATION_AROUND: return !own || tells_of_part(hearing, asked);
    case RELATION_APART: return !own && agreement->period >= 0.4; /* a day near it, read from far */
    case RELATION_UNKNOWN: return sentence_says_period(hearing) || reported_then(hearing, asked);
    }
    return false;
}

enum outcome hear_period(const struct hearing *hearing, GString *says)
{
    const struct subject *question = hearing->question;
    struct days asked;
    g_autofree char *found = period_words(hearing->figure->period), *wanted = period_words(question->period);
    if (question->months && hearing->agreement->period_relation == RELATION_APART) {
        g_string_append_printf(says, "%s; the question asks for another month", found);
        return OUTCOME_FAILS;
    }
    if (!question->period || !days_from_edtf(question->period, &asked))
        return OUTCOME_NONE;
    if (is_then(hearing, &asked)) {
        if (found)
            g_string_append(says, found);
        else
            g_string_append(says, "not said, in a report of that time");
        return OUTCOME_MET;
    }
    if (found)
        g_string_append_printf(says, "%s%s; the question asks for %s", found, hearing->agreement->period_relation == RELATION_AROUND ? ", a longer time" : "", wanted);
    else
        g_string_append_printf(says, "not said; the question asks for %s", wanted);
    return OUTCOME_FAILS;
}
