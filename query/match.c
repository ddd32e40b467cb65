/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/match.h"

#include "extract/gazetteer.h"

#include <math.h>

bool same_number(double a, double b)
{
    return fabs(a - b) <= 1e-12 * fmax(fabs(a), fabs(b));
}

unsigned telling_digits(double value)
{
    char digits[64];
    g_ascii_formatd(digits, sizeof digits, "%.9e", fabs(value));
    unsigned n = 0, seen = 0;
    for (const char *c = digits; *c && *c != 'e'; c++) {
        if (!g_ascii_isdigit(*c))
            continue;
        seen++;
        if (*c != '0')
            n = seen;
    }
    return n;
}

/* Half a step of the last digit that is not a zero: 500 for 31,000, 50000 for 1.2 million, 0.05 for 7.4. */
static double half_step(double value)
{
    if (value == 0)
        return 0;
    double step = pow(10, floor(log10(fabs(value)) + 1e-12));
    for (int digit = 0; digit < 15 && !same_number(round(value / step) * step, value); digit++)
        step /= 10;
    return step / 2;
}

struct interval quantity_interval(const struct quantity *quantity)
{
    struct interval interval = {quantity->low, quantity->high, false, false};
    switch (quantity->qualifier) {
    case QUALIFIER_EXACT:
    case QUALIFIER_BETWEEN: break;
    case QUALIFIER_ABOUT:
        interval.low -= fmax(half_step(quantity->low), fabs(quantity->low) * 0.05);
        interval.high += fmax(half_step(quantity->high), fabs(quantity->high) * 0.05);
        break;
    case QUALIFIER_MORE_THAN: interval.open_low = true; G_GNUC_FALLTHROUGH;
    case QUALIFIER_AT_LEAST: interval.high = INFINITY; break;
    case QUALIFIER_LESS_THAN: interval.open_high = true; G_GNUC_FALLTHROUGH;
    case QUALIFIER_AT_MOST: interval.low = -INFINITY; break;
    }
    return interval;
}

static bool is_share(const struct quantity *q)
{
    return q->kind == KIND_PERCENT || q->kind == KIND_FRACTION;
}

bool units_compare(const struct quantity *a, const struct quantity *b, double *factor)
{
    *factor = 1;
    if (is_share(a) && is_share(b)) {
        if (a->kind != b->kind)
            *factor = a->kind == KIND_PERCENT ? 100 : 0.01;
        return true;
    }
    if (is_share(a) || is_share(b))
        return false;
    bool counts = (a->kind == KIND_COUNT && b->kind == KIND_RATE) || (a->kind == KIND_RATE && b->kind == KIND_COUNT);
    if (counts) /* "every day 140 are killed" and "140 a day" */
        return !(a->unit && b->unit && strchr(a->unit, '{') && strchr(b->unit, '{') && !strstr(a->unit, b->unit) && !strstr(b->unit, a->unit));
    if (a->unit && b->unit)
        return g_str_equal(a->unit, b->unit);
    return a->kind == b->kind || (a->kind == KIND_COUNT && b->kind == KIND_CHANGE) || (a->kind == KIND_CHANGE && b->kind == KIND_COUNT);
}

/* Whether every value of `inner` is one of `outer`. */
static bool holds(struct interval outer, struct interval inner)
{
    bool low = outer.low < inner.low || (outer.low == inner.low && (!outer.open_low || inner.open_low));
    bool high = outer.high > inner.high || (outer.high == inner.high && (!outer.open_high || inner.open_high));
    return low && high;
}

static bool meet(struct interval a, struct interval b)
{
    double low = fmax(a.low, b.low), high = fmin(a.high, b.high);
    if (low < high)
        return true;
    bool open = (low == a.low && a.open_low) || (low == b.low && b.open_low) || (high == a.high && a.open_high) || (high == b.high && b.open_high);
    return low == high && !open;
}

/* A bound says something about a number only while it is near: "more than 85,800" is no rounding of 858,000. */
static bool near_bound(const struct quantity *claim, double low, double high)
{
    double bound = claim->qualifier == QUALIFIER_AT_MOST || claim->qualifier == QUALIFIER_LESS_THAN ? claim->high : claim->low;
    double number = claim->qualifier == QUALIFIER_AT_MOST || claim->qualifier == QUALIFIER_LESS_THAN ? high : low;
    return fabs(number - bound) <= 0.25 * fmin(fabs(number), fabs(bound));
}

/* "$1.36 billion" for $1,358,727,767: a number in millions says itself how far it is rounded, where it has digits enough to say something, and the source's far more. */
static bool rounds_to(double claim, double number)
{
    static const double scaled = 1e6;
    enum { LEAST = 3, MORE = 2 };
    unsigned digits = telling_digits(claim);
    return fabs(claim) >= scaled && digits >= LEAST && digits + MORE <= telling_digits(number) && fabs(claim - number) <= half_step(claim) * (1 + 1e-12);
}

static enum value_match match_reading(const struct quantity *claim, double low, double high, enum qualifier qualifier)
{
    struct quantity source = {.low = low, .high = high, .qualifier = qualifier};
    bool same = same_number(claim->low, low) && same_number(claim->high, high);
    struct interval wide = quantity_interval(claim), narrow = quantity_interval(&source);
    if (same)
        return claim->qualifier == qualifier || holds(wide, narrow) ? VALUE_SAME : VALUE_QUALIFIER;
    /* Another number: only the claim's own words can make it the same ("nearly", "more than half"). */
    struct interval number = {low, high, false, false};
    /* Rounding leaves fewer digits, never more; shares are rounded to words ("a quarter"). */
    bool fewer = is_share(claim) || telling_digits(claim->low) <= telling_digits(low);
    if (claim->qualifier == QUALIFIER_ABOUT && fewer && holds(wide, number))
        return VALUE_ROUNDED;
    if (claim->qualifier == QUALIFIER_EXACT && rounds_to(claim->low, low) && claim->low == claim->high && low == high)
        return VALUE_ROUNDED;
    bool bound = claim->qualifier != QUALIFIER_EXACT && claim->qualifier != QUALIFIER_ABOUT;
    bool range = claim->qualifier == QUALIFIER_BETWEEN;
    if (bound && holds(wide, narrow) && (range || (fewer && near_bound(claim, low, high))))
        return VALUE_ROUNDED;
    if (qualifier == QUALIFIER_BETWEEN && meet(wide, narrow) && claim->qualifier != QUALIFIER_MORE_THAN && claim->qualifier != QUALIFIER_LESS_THAN)
        return VALUE_QUALIFIER;
    return VALUE_DIFFERS;
}

enum value_match match_value(const struct quantity *claim, const struct quantity *source)
{
    double factor;
    if (!units_compare(claim, source, &factor))
        return VALUE_INCOMPARABLE;
    enum value_match first = match_reading(claim, source->low * factor, source->high * factor, source->qualifier);
    if (!source->ambiguous)
        return first;
    enum value_match second = match_reading(claim, source->other_low * factor, source->other_high * factor, source->qualifier);
    return MIN(first, second);
}

const char *value_match_name(enum value_match match)
{
    static const char *const names[] = {"same", "rounded", "qualifier", "differs", "incomparable"};
    g_assert((size_t)match < G_N_ELEMENTS(names));
    return names[match];
}

/* The record of a place that a document names; NULL where it is no one's: a camp that only the document knows. */
static const struct gazetteer_place *record_of(const struct figure_place *place)
{
    const struct gazetteer *g = gazetteer_get();
    const struct gazetteer_slot *slot = place->name ? gazetteer_find(g, place->name) : NULL;
    const struct gazetteer_sense *senses = slot ? gazetteer_senses(g, slot) : NULL;
    for (uint32_t i = 0; slot && i < slot->count; i++) {
        if (senses[i].flags & (SENSE_ACTOR | SENSE_DEMONYM))
            continue;
        const struct gazetteer_place *record = gazetteer_place(g, senses[i].record);
        bool code = place->iso && (g_str_equal(record->iso, place->iso) || (!record->iso[0] && g_str_equal(record->country, place->iso)));
        if (place->geonames ? record->geonames == place->geonames : code)
            return record;
    }
    return NULL;
}

bool is_country(const struct figure_place *place)
{
    const struct gazetteer_place *country = place->iso && strlen(place->iso) == 2 ? gazetteer_country(gazetteer_get(), place->iso) : NULL;
    return country && country->geonames == place->geonames;
}

/* Does the code alone say where it is: a country's, or a region's that lies in it? "CD" on a town says only that the town is somewhere in the country. */
static bool is_all_of_it(const struct figure_place *place, const struct gazetteer_place *record)
{
    return strlen(place->iso) == 2 && (record ? record->class == PLACE_COUNTRY : !place->geonames && !place->name);
}

/* Does `a` hold `b`, by the records or, where there is none, by the codes? */
static bool holds_place(const struct figure_place *a, const struct gazetteer_place *outer, const struct figure_place *b, const struct gazetteer_place *inner)
{
    const struct gazetteer *g = gazetteer_get();
    if (is_all_of_it(a, outer))
        return true; /* both are of one country */
    if (!outer || outer->class != PLACE_ADMIN)
        return false;
    if (inner && inner->admin != NONE && gazetteer_place(g, inner->admin) == outer)
        return true;
    return strlen(a->iso) > 2 && g_str_equal(a->iso, b->iso) && !(inner && inner->class == PLACE_ADMIN); /* a town carries its region's code */
}

/* Two places with codes of one country. */
static enum relation relation_inside(const struct figure_place *a, const struct figure_place *b)
{
    const struct gazetteer_place *x = record_of(a), *y = record_of(b);
    bool named = a->name && b->name;
    if ((x && x == y) || (named && g_ascii_strcasecmp(a->name, b->name) == 0) || (!named && g_str_equal(a->iso, b->iso)))
        return RELATION_SAME;
    if (is_all_of_it(a, x) && is_all_of_it(b, y))
        return RELATION_SAME;
    if (holds_place(a, x, b, y))
        return RELATION_WITHIN;
    if (holds_place(b, y, a, x))
        return RELATION_AROUND;
    /* Where a place has no record, or its record names no region, one may lie in the other. */
    bool towns = x && y && x->class == PLACE_CITY && y->class == PLACE_CITY, regions = x && y && x->class == PLACE_ADMIN && y->class == PLACE_ADMIN;
    bool known = x && y && ((x->admin != NONE || x->class == PLACE_ADMIN) && (y->admin != NONE || y->class == PLACE_ADMIN));
    return towns || regions || known ? RELATION_APART : RELATION_OVERLAPS;
}

/* How many of the zone's countries are among the other's. */
static unsigned shared_members(const char *members, const char *others, unsigned *all)
{
    unsigned shared = 0;
    g_auto(GStrv) countries = g_strsplit(members, " ", -1);
    *all = g_strv_length(countries);
    for (char **country = countries; *country; country++)
        shared += strstr(others, *country) ? 1 : 0; /* codes of two letters, parted by spaces */
    return shared;
}

/* Two zones, by their countries; zones whose countries are not known, and continents, may hold one another. */
static enum relation zones_relation(const char *a, const char *b)
{
    const char *ours = gazetteer_members(a), *theirs = gazetteer_members(b);
    unsigned n_ours, n_theirs;
    if (!ours || !theirs)
        return RELATION_UNKNOWN;
    unsigned shared = shared_members(ours, theirs, &n_ours);
    shared_members(theirs, ours, &n_theirs);
    if (shared == 0)
        return RELATION_APART;
    return shared == n_ours && shared == n_theirs ? RELATION_SAME : shared == n_theirs ? RELATION_WITHIN : shared == n_ours ? RELATION_AROUND : RELATION_OVERLAPS;
}

enum relation place_relation(const struct figure_place *a, const struct figure_place *b)
{
    if (a->geonames && a->geonames == b->geonames)
        return RELATION_SAME;
    if (a->iso && b->iso)
        return strncmp(a->iso, b->iso, 2) == 0 ? relation_inside(a, b) : RELATION_APART;
    if (a->name && b->name)
        return g_ascii_strcasecmp(a->name, b->name) == 0 ? RELATION_SAME : a->iso || b->iso ? RELATION_UNKNOWN : zones_relation(a->name, b->name);
    return RELATION_UNKNOWN;
}

enum relation places_relation(const struct figure_place *a, uint32_t n_a, const struct figure_place *b, uint32_t n_b)
{
    static const int order[] = {[RELATION_UNKNOWN] = 1, [RELATION_SAME] = 5, [RELATION_WITHIN] = 4, [RELATION_AROUND] = 3, [RELATION_OVERLAPS] = 2, [RELATION_APART] = 0};
    if (n_a == 0 || n_b == 0)
        return RELATION_UNKNOWN;
    enum relation best = RELATION_APART;
    for (uint32_t i = 0; i < n_a; i++)
        for (uint32_t j = 0; j < n_b; j++) {
            enum relation relation = place_relation(&a[i], &b[j]);
            if (order[relation] > order[best])
                best = relation;
        }
    return best;
}
