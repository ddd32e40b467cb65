/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/agree.h"

#include "extract/gazetteer.h"

#include <math.h>
#include <stdio.h>

enum { NAME_WORDS = 5 };

/* What a word is worth that stands in the heading over the passage, or in the document's title, and not in the passage. */
static const double heading_worth = 0.4, title_worth = 0.3;

/* What a noun beside the figure is worth where the figure's own record says that it counts something else. */
static const double counts_other = 0.6;

static const struct term *term_of(const struct words *words, uint32_t i)
{
    return &g_array_index(words->terms, struct term, i);
}

static double way(const struct candidate *candidate, uint32_t a, uint32_t b)
{
    return fabs(g_array_index(candidate->cost, double, a) - g_array_index(candidate->cost, double, b));
}

/* The places of a passage where a unit or a place name is met. */
struct meeting {
    uint32_t term;
    double quality;
};

static void add_meeting(void *data, uint32_t term, double quality)
{
    GArray *meetings = data;
    struct meeting meeting = {term, quality};
    g_array_append_val(meetings, meeting);
}

/* What a word is worth for a figure by where it stands: right beside it 1, in its sentence at least `sentence`, else in its passage at most `passage`. */
struct locality {
    double sentence, before, passage, steep; /* before: in the sentence before it */
    double behind;                           /* what is left of it behind another figure */
};

static const struct locality locality_word = {0.5, 0.55, 0.4, 4, 0.65}, locality_head = {0.3, 0.3, 0.2, 4, 0.65}, locality_place = {0.6, 0.6, 0.5, 4, 0.5};

/* What a figure is worth that is what another one is measured against, or a part of. */
static const double base_worth = 0.85, whole_worth = 0.85;

/* What it is worth that a figure counts people of some kind, where people are asked for. */
static const double folk_worth = 0.8;

/* What the noun of the figure before it is worth for one that has none of its own. */
static const double shared_noun = 0.95;

/* How much newer evidence is better, where nobody asks for a time; over how many days that fades. */
static const double newness_worth = 0.03, newness_days = 1000;

/* How far before its sentence a term may be that still stands in the sentence before. */
static const double sentence_way = 1.2;

/* Words behind a later figure of a like kind are that one's: "36 per cent of adults in the east and 25 per cent in the west". A part and its whole share
 * theirs. */
static bool behind_another(const struct candidate *candidate, uint32_t figure, uint32_t term)
{
    const struct figure_row *own = g_ptr_array_index(candidate->figures, figure);
    uint32_t alike = kinds_alike(own->quantity.kind);
    for (uint32_t next = figure + 1; next < candidate->figures->len && g_array_index(candidate->at, uint32_t, next) <= term; next++) {
        uint8_t stand = g_array_index(candidate->stands, uint8_t, next);
        const struct figure_row *other = g_ptr_array_index(candidate->figures, next);
        if (stand & STAND_PLAIN && !(stand & STAND_WHOLE) && alike >> other->quantity.kind & 1)
            return true;
    }
    return false;
}

static double worth_at(const struct candidate *candidate, uint32_t figure, uint32_t term, const struct locality *locality)
{
    double near = 1 / (1 + locality->steep * way(candidate, term, g_array_index(candidate->at, uint32_t, figure)));
    uint32_t first = g_array_index(candidate->first, uint32_t, figure);
    bool inside = term >= first && term < g_array_index(candidate->after, uint32_t, figure);
    if (inside)
        return (locality->sentence + (1 - locality->sentence) * near) * (behind_another(candidate, figure, term) ? locality->behind : 1);
    return term < first && way(candidate, term, first) < sentence_way ? locality->before : locality->passage;
}

static double nearest(const struct candidate *candidate, const GArray *meetings, uint32_t figure, const struct locality *locality)
{
    double best = 0;
    for (guint i = 0; i < meetings->len; i++) {
        const struct meeting *meeting = &g_array_index(meetings, struct meeting, i);
        best = MAX(best, meeting->quality * worth_at(candidate, figure, meeting->term, locality));
    }
    return best;
}

/* Does any sense of the name at terms [i, i + n) mean the place, or its people? */
static bool means(const struct candidate *candidate, uint32_t i, uint32_t n, const struct figure_place *place)
{
    const struct gazetteer *g = gazetteer_get();
    const char *text = candidate->passage->text;
    uint32_t start = term_of(candidate->words, i)->start, end = term_of(candidate->words, i + n - 1)->end;
    g_autofree char *name = g_strndup(text + start, end - start);
    const struct gazetteer_slot *slot = gazetteer_find(g, name);
    const struct gazetteer_sense *senses = slot ? gazetteer_senses(g, slot) : NULL;
    for (uint16_t s = 0; slot && s < slot->count; s++) {
        if (senses[s].flags & SENSE_ACTOR)
            continue;
        const struct gazetteer_place *known = gazetteer_place(g, senses[s].record);
        struct figure_place other = {.name = gazetteer_string(g, known->name), .iso = known->iso[0] ? known->iso : NULL, .geonames = known->geonames};
        if (place_relation(place, &other) == RELATION_SAME)
            return true;
    }
    return g_ascii_strcasecmp(name, place->name) == 0;
}

static GArray *place_meetings(const struct candidate *candidate, const struct figure_place *place)
{
    GArray *meetings = g_array_new(FALSE, FALSE, sizeof(struct meeting));
    uint32_t terms = candidate->words->terms->len;
    for (uint32_t i = 0; i < terms; i++) {
        if (!(term_of(candidate->words, i)->flags & TERM_CAPITAL))
            continue;
        for (uint32_t n = MIN(NAME_WORDS, terms - i); n > 0; n--)
            if (means(candidate, i, n, place)) {
                add_meeting(meetings, i, 1);
                add_meeting(meetings, i + n - 1, 1);
                i += n - 1;
                break;
            }
    }
    return meetings;
}

/* Is the place named in a heading or title? */
static bool named_in(const char *text, const struct figure_place *place)
{
    if (!text)
        return false;
    g_autofree char *folded = g_utf8_casefold(text, -1), *name = g_utf8_casefold(place->name, -1);
    return strstr(folded, name) != NULL;
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

/* What is asked of one passage, found once for all of its figures. */
struct met {
    const struct subject *subject;
    const struct lexis *lexis; /* of the passage */
    const double *rarity;
    GPtrArray *units;  /* GArray of struct meeting, one a unit */
    GPtrArray *places; /* the same, one a place */
    double *outside;   /* one a unit: what heading and title give it */
    double *outside_place;
    bool *known;       /* one a term of the passage: a unit or place is met here */
};

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
        bool heading = named_in(candidate->passage->heading, &subject->places[i]), title = named_in(candidate->document->metadata.title, &subject->places[i]);
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

/* The noun of what a figure counts. */
struct noun {
    struct words *words; /* or NULL */
    double worth;        /* 1; less where it is the noun of the figure before it */
    bool people;         /* a unit says that it counts people */
};

static void agree_words(struct agreement *agreement, const struct met *met, const struct noun *noun_of)
{
    const struct words *counted = noun_of->words;
    double all = 0, got = 0, all_counted = 0, got_counted = 0;
    for (guint u = 0; u < met->units->len; u++) {
        const struct unit *unit = &g_array_index(met->subject->units, struct unit, u);
        const GArray *meetings = g_ptr_array_index(met->units, u);
        double weight = unit->weight * met->rarity[u], noun = noun_of->worth * unit_best(unit, counted);
        double quality = MAX(nearest(agreement->candidate, meetings, agreement->figure, &locality_word), met->outside[u]);
        all += weight;
        got += weight * MAX(quality, noun);
        if (unit->counted || unit->event) {
            double counts = ((met->subject->people ? unit->event : unit->head) ? 3 : 1) * fmax(weight, 0.5);
            double near = nearest(agreement->candidate, meetings, agreement->figure, &locality_head);
            all_counted += counts;
            double folk = unit->head && met->subject->people && noun_of->people ? folk_worth : 0;
            got_counted += counts * fmax(folk, MAX(unit->head && counted && noun_of->worth == 1 ? counts_other * near : near, noun));
        }
    }
    agreement->words = all > 0 ? got / all : 0;
    agreement->counted = all_counted > 0 ? got_counted / all_counted : agreement->words;
}

/* Content words of the figure's clause, up to eight on either side, and how many of them the subject has. */
static void agree_close(struct agreement *agreement, const struct met *met)
{
    enum { AROUND = 8 };
    const struct candidate *candidate = agreement->candidate;
    uint32_t at = g_array_index(candidate->at, uint32_t, agreement->figure), n = candidate->words->terms->len;
    unsigned all = 0, known = 0;
    for (int direction = -1; direction <= 1; direction += 2) {
        uint32_t i = at;
        for (unsigned step = 0; step < AROUND; step++) {
            uint32_t edge = direction > 0 ? i + 1 : i; /* whose flags say what parts the two */
            if ((direction < 0 && i == 0) || (direction > 0 && i + 1 >= n) || term_of(candidate->words, edge)->flags & (TERM_BREAK | TERM_STOPPED))
                break;
            i += (uint32_t)direction;
            uint32_t flags = term_of(candidate->words, i)->flags;
            if (flags & (TERM_STOP | TERM_WEAK | TERM_NUMBER))
                continue;
            all++;
            known += met->known[i] ? 1 : 0;
        }
    }
    agreement->close = (known + 1.0) / (all + 1.0);
}

/* Does the record say where people come from, and no more? */
static bool from_there(const struct figure_row *figure)
{
    for (uint32_t i = 0; i < figure->n_places; i++)
        if (figure->places[i].role != ROLE_ORIGIN)
            return false;
    return figure->n_places > 0;
}

static void agree_place(struct agreement *agreement, const struct met *met, const struct figure_row *figure)
{
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

/* The days between two periods that do not meet. */
static double days_between(const char *a, const char *b)
{
    struct days x, y;
    if (!days_from_edtf(a, &x) || !days_from_edtf(b, &y))
        return 0;
    return x.last < y.first ? (double)y.first - x.last : (double)x.first - y.last;
}

/* Up to a day, or as at a day: what counts is that the last days are near one another. */
static enum relation as_at(const char *a, const char *b)
{
    enum { SAME_DAYS = 15, NEAR_DAYS = 45 };
    struct days x, y;
    enum relation relation = period_relation(a, b);
    if (relation == RELATION_UNKNOWN || !days_from_edtf(a, &x) || !days_from_edtf(b, &y) || (x.first != INT32_MIN && y.first != INT32_MIN))
        return relation;
    double apart = fabs((double)x.last - y.last);
    return apart <= SAME_DAYS ? RELATION_SAME : apart <= NEAR_DAYS ? RELATION_OVERLAPS : RELATION_APART;
}

/* Does the figure's sentence say the period in the subject's own words, and not as what it is measured against? */
static bool says_period(const struct agreement *agreement, const struct subject *subject)
{
    const struct candidate *candidate = agreement->candidate;
    uint32_t first = g_array_index(candidate->first, uint32_t, agreement->figure), after = g_array_index(candidate->after, uint32_t, agreement->figure);
    for (guint k = 0; k < subject->dated->len; k++) {
        bool found = false;
        for (uint32_t i = first; i < after && !found; i++)
            found = term_of(candidate->words, i)->stem == g_array_index(subject->dated, uint32_t, k) && !(i > first && term_of(candidate->words, i - 1)->flags & TERM_BASE);
        if (!found)
            return false;
    }
    return subject->dated->len > 0;
}

/* Is it a stretch of time rather than a day? */
static bool is_stretch(const char *period)
{
    struct days days;
    return days_from_edtf(period, &days) && days.first != INT32_MIN && (double)days.last - days.first >= 20;
}

/* The months of a period of less than a year, as a mask; 0 where it names none: "2025", "2024/2025". */
static uint32_t months_of(const char *period)
{
    int first[2] = {0}, last[2] = {0}; /* year, month */
    const char *slash = strchr(period, '/');
    if (sscanf(period, "%d-%d", &first[0], &first[1]) != 2)
        return 0;
    if (!slash)
        memcpy(last, first, sizeof last);
    else if (sscanf(slash + 1, "%d-%d", &last[0], &last[1]) != 2)
        return 0;
    int n = (last[0] - first[0]) * 12 + last[1] - first[1];
    uint32_t months = 0;
    if (first[1] < 1 || first[1] > 12 || last[1] > 12 || n < 0 || n > 10)
        return 0;
    for (int i = 0; i <= n; i++)
        months |= 1u << ((first[1] - 1 + i) % 12 + 1);
    return months;
}

/* "By mid-July": the year is not said, the month must fit. */
static void agree_months(struct agreement *agreement, const struct subject *subject, const struct figure_row *figure)
{
    uint32_t months = figure->period ? months_of(figure->period) : 0;
    agreement->period_relation = !months ? RELATION_UNKNOWN : months & subject->months ? RELATION_WITHIN : RELATION_APART;
    agreement->period = !months ? 0.7 : months & subject->months ? 1 : 0.4;
}

static void agree_period(struct agreement *agreement, const struct subject *subject, const struct figure_row *figure)
{
    static const double worth[] = {[RELATION_UNKNOWN] = 0.6, [RELATION_SAME] = 1, [RELATION_WITHIN] = 0.9, [RELATION_AROUND] = 0.7, [RELATION_OVERLAPS] = 0.6, [RELATION_APART] = 0.1};
    if (subject->months) {
        agree_months(agreement, subject, figure);
        return;
    }
    agreement->period_relation = subject->period ? as_at(subject->period, figure->period) : RELATION_UNKNOWN;
    agreement->period = subject->period ? worth[agreement->period_relation] : 1;
    if (agreement->period_relation == RELATION_APART && days_between(subject->period, figure->period) <= 45 && !is_stretch(subject->period))
        agreement->period = figure->period_scope > SCOPE_SENTENCE ? 0.45 : 0.35; /* as at a day: one near it may be meant */
    if (agreement->period_relation == RELATION_AROUND && figure->period_scope > SCOPE_SENTENCE)
        agreement->period = 0.6;
    bool own = figure->period && figure->period_scope <= SCOPE_SENTENCE;
    if ((agreement->period_relation == RELATION_APART || agreement->period_relation == RELATION_UNKNOWN) && !own && says_period(agreement, subject)) {
        agreement->period_relation = RELATION_UNKNOWN; /* "the 2025 appeal, launched on 4 December 2024" */
        agreement->period = 0.75;
        return;
    }
    struct days asked, published;
    const char *date = agreement->candidate->document->metadata.date;
    if (agreement->period_relation == RELATION_UNKNOWN && subject->period && date && days_from_edtf(subject->period, &asked) && days_from_edtf(date, &published) &&
        published.last < asked.first)
        agreement->period = 0.25; /* nobody had counted yet */
}

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

static bool is_demonym(const char *name)
{
    const struct gazetteer *g = gazetteer_get();
    const struct gazetteer_slot *slot = gazetteer_find(g, name);
    for (uint16_t i = 0; slot && i < slot->count; i++)
        if (gazetteer_senses(g, slot)[i].flags & SENSE_DEMONYM)
            return true;
    return false;
}

/* Names alone, no common noun? */
static bool names_only(const struct words *words)
{
    for (guint i = 0; i < words->terms->len; i++)
        if (!(term_of(words, i)->flags & (TERM_CAPITAL | TERM_STOP)))
            return false;
    return true;
}

/* What the figure counts, by its own noun; else by that of the like figure before it in the sentence: "36 per cent of adults in the east and 25 per cent in
 * the west". A name counts nothing: "in Libya exceeded 858,000". */
static struct noun noun_of(const struct agreement *agreement, const struct lexis *lexis)
{
    const struct figure_row *figure = agreement_figure(agreement);
    struct noun noun = {NULL, 1, g_strcmp0(figure->unit, "{person}") == 0};
    for (uint32_t back = 0; back < 2 && back <= agreement->figure && !noun.words; back++) {
        const struct figure_row *other = g_ptr_array_index(agreement->candidate->figures, agreement->figure - back);
        bool like = other->quantity.kind == figure->quantity.kind && other->sentence_span.start == figure->sentence_span.start && !other->minor;
        if (!like || !other->counted)
            continue;
        noun.words = words_new(lexis, slice_of(other->counted));
        noun.worth = back == 0 ? 1 : shared_noun;
        if (names_only(noun.words)) {
            noun.people = noun.people || is_demonym(other->counted);
            words_free(noun.words);
            noun.words = NULL;
        }
    }
    return noun;
}

static void agree(struct agreement *agreement, const struct met *met)
{
    const struct figure_row *figure = agreement_figure(agreement);
    agreement->kind = agree_kind(met->subject, figure);
    if (agreement->kind == 0)
        return;
    struct noun noun = noun_of(agreement, met->lexis);
    agree_words(agreement, met, &noun);
    agree_close(agreement, met);
    agree_place(agreement, met, figure);
    agree_period(agreement, met->subject, figure);
    words_free(noun.words);
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

bool agreements_new(struct pool *pool, const GPtrArray *candidates, const struct subject *subject, bool minor, GArray **ret, GError **error)
{
    bool ok = true;
    GArray *list = g_array_new(FALSE, TRUE, sizeof(struct agreement));
    g_autofree double *rarity = pool_rarity(candidates, subject);
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
