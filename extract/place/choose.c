/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/place/location.h"

#include <math.h>

/* "Mexican" → Mexico; NONE where the name is no people's. */
static uint32_t country_of_people(const struct gazetteer *g, const struct gazetteer_slot *slot)
{
    const struct gazetteer_sense *senses = gazetteer_senses(g, slot);
    for (uint32_t i = 0; i < slot->count; i++)
        if (senses[i].flags & SENSE_DEMONYM)
            return senses[i].record;
    return NONE;
}

/* Do all places of this name lie in one country? */
static bool one_country(const struct gazetteer *g, const struct gazetteer_slot *slot)
{
    const struct gazetteer_sense *senses = gazetteer_senses(g, slot);
    const char *country = NULL;
    for (uint32_t i = 0; i < slot->count; i++) {
        if (senses[i].flags & SENSE_ACTOR)
            continue;
        const char *other = gazetteer_place(g, senses[i].record)->country;
        if (country && strcmp(country, other) != 0)
            return false;
        country = other;
    }
    return true;
}

/* A country's name is evidence for it, unless it is as often something else: "Georgia", "Jordan". */
static void count_evidence(struct location_scan *s)
{
    const struct gazetteer *g = s->scan->g;
    for (uint32_t i = 0; i < s->candidates->len; i++) {
        const struct candidate *c = candidate_at(s, i);
        const struct gazetteer_sense *senses = gazetteer_senses(g, c->match.slot);
        for (uint32_t k = 0; k < c->match.slot->count; k++) {
            if (senses[k].flags & SENSE_ACTOR)
                continue;
            const struct gazetteer_place *place = gazetteer_place(g, senses[k].record);
            int country = country_index(place->country);
            bool certain = place->class == PLACE_COUNTRY && !(gazetteer_flags(g, c->match.slot) & SLOT_GIVEN) && strcmp(place->iso, "GE") != 0;
            if (certain && country >= 0 && s->countries[country] < 1000)
                s->countries[country] = (uint16_t)(s->countries[country] + (senses[k].flags & SENSE_DEMONYM ? 1 : 2));
            if (place->class == PLACE_CITY && k == 0 && place->flags & PLACE_CAPITAL && country >= 0 && s->countries[country] < 1000)
                s->countries[country]++;
            if (place->class == PLACE_ADMIN && k == 0 && one_country(g, c->match.slot)) {
                gpointer key = GUINT_TO_POINTER(senses[k].record + 1);
                g_hash_table_insert(s->areas, key, GUINT_TO_POINTER(GPOINTER_TO_UINT(g_hash_table_lookup(s->areas, key)) + 1));
                if (country >= 0 && s->countries[country] < 1000)
                    s->countries[country]++;
            }
        }
    }
}

/* "Pandi, Bulacan", "Paris (Texas)", "Santa Ana, in California": the next candidate names what this one lies in. */
static bool next_holds(const struct location_scan *s, uint32_t i)
{
    const struct name_scan *scan = s->scan;
    if (i + 1 >= s->candidates->len)
        return false;
    uint32_t from = candidate_at(s, i)->match.after, to = candidate_at(s, i + 1)->match.first;
    if (to <= from || to - from > 3 || scan_starts(scan, to))
        return false;
    if (scan_is(scan, from, ",") || scan_is(scan, from, "("))
        return to - from == 1 || (to - from == 2 && (scan_is(scan, from + 1, "in") || scan_is(scan, from + 1, "the") || scan_is(scan, from + 1, "en"))) ||
               (to - from == 3 && scan_is(scan, from + 1, "in"));
    return to - from == 1 && (scan_is(scan, from, "in") || scan_is(scan, from, "en"));
}

/* Does `inner` lie in `outer`? */
static bool lies_in(const struct gazetteer *g, const struct gazetteer_place *inner, uint32_t outer_index)
{
    const struct gazetteer_place *outer = gazetteer_place(g, outer_index);
    if (inner == outer)
        return false;
    if (outer->class == PLACE_COUNTRY)
        return inner->class != PLACE_COUNTRY && strcmp(inner->country, outer->country) == 0;
    if (outer->class == PLACE_ADMIN && inner->class == PLACE_CITY)
        return inner->admin == outer_index || (inner->admin == NONE && strcmp(inner->country, outer->country) == 0);
    return false;
}

static float base_score(const struct gazetteer_place *place, uint32_t flags)
{
    float score = 0;
    switch (place->class) {
    case PLACE_COUNTRY: score = flags & SENSE_ALTERNATE ? 12 : 20; break; /* "Mexico" is the country, whatever else is called so */
    case PLACE_ADMIN: score = place->flags & PLACE_OWN ? (flags & SENSE_ALTERNATE ? 9 : 12) : 5.7f; break;
    case PLACE_CITY: score = place->flags & PLACE_OWN ? 6 : log10f((float)place->population + 10); break;
    default: score = 12; break;
    }
    if (place->flags & PLACE_CAPITAL)
        score += 1.5f;
    if (flags & SENSE_ALTERNATE)
        score -= place->class == PLACE_CITY ? 1.0f : 0.4f;
    return score;
}

/* Is the area that the place lies in called the same? Then its name is no evidence for the place. */
static bool named_after(const struct gazetteer *g, const struct gazetteer_slot *slot, const struct gazetteer_place *place)
{
    const struct gazetteer_sense *senses = gazetteer_senses(g, slot);
    for (uint32_t i = 0; i < slot->count; i++)
        if (!(senses[i].flags & SENSE_ACTOR) && senses[i].record == place->admin)
            return true;
    return false;
}

static float evidence_score(const struct location_scan *s, const struct gazetteer_slot *slot, const struct gazetteer_place *place)
{
    int country = country_index(place->country);
    float score = 0;
    if (country >= 0 && s->countries[country] > 0)
        score += 1.5f + 0.7f * log2f((float)MIN(s->countries[country], 64));
    if (place->admin != NONE && g_hash_table_contains(s->areas, GUINT_TO_POINTER(place->admin + 1)) && !named_after(s->scan->g, slot, place))
        score += 1.5f;
    return score;
}

/* Is a country's name as well known for something else: "Georgia"? Then the document decides. */
static bool shared(const struct gazetteer *g, const struct gazetteer_slot *slot)
{
    const struct gazetteer_sense *senses = gazetteer_senses(g, slot);
    for (uint32_t i = 0; i < slot->count; i++) {
        if (senses[i].flags & (SENSE_ACTOR | SENSE_DEMONYM | SENSE_ALTERNATE))
            continue;
        const struct gazetteer_place *place = gazetteer_place(g, senses[i].record);
        if (place->class == PLACE_ADMIN && place->flags & PLACE_OWN)
            return true;
    }
    return false;
}

/* Is there a large town of this very name, where the country only has it in another language: "Granada"? */
static bool town_of(const struct gazetteer *g, const struct gazetteer_slot *slot)
{
    enum { LARGE = 100000 };
    const struct gazetteer_sense *senses = gazetteer_senses(g, slot);
    for (uint32_t i = 0; i < slot->count; i++) {
        if (senses[i].flags & (SENSE_ACTOR | SENSE_DEMONYM | SENSE_ALTERNATE))
            continue;
        const struct gazetteer_place *place = gazetteer_place(g, senses[i].record);
        if (place->class == PLACE_CITY && place->population >= LARGE)
            return true;
    }
    return false;
}

/* "Montaña" is not Montana: a name printed with ñ is one that has it. */
static bool spelled(const struct location_scan *s, const struct candidate *c, const struct gazetteer_sense *sense)
{
    struct slice text = document_slice(s->scan->doc, c->match.span);
    const char *tilde = memchr(text.ptr, '\xc3', text.len); /* the first byte of ñ, and of few others */
    tilde = tilde ? g_strstr_len(tilde, text.ptr + text.len - tilde, "\xc3\xb1") : NULL;
    return !tilde || sense->flags & SENSE_ALTERNATE || strstr(gazetteer_string(s->scan->g, gazetteer_place(s->scan->g, sense->record)->name), "\xc3\xb1");
}

void location_name_read(const struct gazetteer *g, struct place_name *name)
{
    const struct gazetteer_sense *senses = gazetteer_senses(g, name->slot);
    for (uint32_t i = 0; i < name->slot->count; i++) {
        name->place |= !(senses[i].flags & (SENSE_ACTOR | SENSE_DEMONYM));
        name->people |= (senses[i].flags & SENSE_DEMONYM) != 0;
    }
    name->shared = shared(g, name->slot);
}

/* Sense of a candidate's name that fits best where some mention stands beside one of the places in `holder`. */
static uint32_t choose(const struct location_scan *s, const struct candidate *c, const struct gazetteer_slot *holder, float *ret)
{
    const struct gazetteer_slot *slot = c->match.slot;
    const struct gazetteer *g = s->scan->g;
    const struct gazetteer_sense *senses = gazetteer_senses(g, slot);
    uint32_t best = NONE;
    float best_score = -1e9f;
    bool ambiguous = candidate_name(s, c)->shared, town = town_of(g, slot);
    for (uint32_t i = 0; i < slot->count; i++) {
        if (senses[i].flags & (SENSE_ACTOR | SENSE_DEMONYM) || !spelled(s, c, &senses[i]))
            continue;
        const struct gazetteer_place *place = gazetteer_place(g, senses[i].record);
        float score = base_score(place, senses[i].flags) + evidence_score(s, slot, place);
        if (place->class == PLACE_COUNTRY && ambiguous)
            score -= 8; /* as much as the other */
        if (place->class == PLACE_COUNTRY && senses[i].flags & SENSE_ALTERNATE && town)
            score -= 7;
        for (uint32_t k = 0; holder && k < holder->count; k++) {
            const struct gazetteer_sense *outer = &gazetteer_senses(g, holder)[k];
            if (!(outer->flags & (SENSE_ACTOR | SENSE_DEMONYM)) && lies_in(g, place, outer->record)) {
                score += 8;
                break;
            }
        }
        if (score > best_score) {
            best_score = score;
            best = senses[i].record;
        }
    }
    *ret = best_score;
    return best;
}

/* A mention beside its container settles the name for the whole document, if nothing else does elsewhere. */
static void settle(struct location_scan *s)
{
    const struct gazetteer *g = s->scan->g;
    for (uint32_t i = 0; i < s->candidates->len; i++) {
        struct candidate *c = candidate_at(s, i);
        if (c->flags & CANDIDATE_DEMONYM || !next_holds(s, i))
            continue;
        const struct gazetteer_slot *holder = candidate_at(s, i + 1)->match.slot;
        float score;
        uint32_t place = choose(s, c, holder, &score);
        bool held = false;
        for (uint32_t k = 0; place != NONE && k < holder->count; k++)
            held = held || (!(gazetteer_senses(g, holder)[k].flags & SENSE_ACTOR) && lies_in(g, gazetteer_place(g, place), gazetteer_senses(g, holder)[k].record));
        if (!held)
            continue;
        c->sense = place;
        c->inside = i + 1;
        if (!candidate_name(s, c)->chosen)
            candidate_name(s, c)->chosen = place + 1;
    }
}

/* The container takes the sense that holds: "Atlanta, Georgia" is the state. */
static void settle_holders(struct location_scan *s)
{
    const struct gazetteer *g = s->scan->g;
    for (uint32_t i = 0; i < s->candidates->len; i++) {
        const struct candidate *c = candidate_at(s, i);
        if (c->inside == NONE)
            continue;
        struct candidate *holder = candidate_at(s, c->inside);
        const struct gazetteer_sense *senses = gazetteer_senses(g, holder->match.slot);
        for (uint32_t k = 0; k < holder->match.slot->count; k++) {
            if (senses[k].flags & (SENSE_ACTOR | SENSE_DEMONYM) || !lies_in(g, gazetteer_place(g, c->sense), senses[k].record))
                continue;
            if (holder->inside == NONE)
                holder->sense = senses[k].record;
            if (!candidate_name(s, holder)->chosen)
                candidate_name(s, holder)->chosen = senses[k].record + 1;
            break;
        }
    }
}

static bool in_list(const struct location_scan *s, uint32_t a, uint32_t b)
{
    const struct name_scan *scan = s->scan;
    uint32_t from = candidate_at(s, a)->match.after, to = candidate_at(s, b)->match.first;
    if (to <= from || to - from > 2 || scan_starts(scan, to))
        return false;
    bool comma = scan_is(scan, from, ",");
    return (comma && to - from == 1) || ((scan_is(scan, to - 1, "and") || scan_is(scan, to - 1, "y") || scan_is(scan, to - 1, "et") || scan_is(scan, to - 1, "or")) && (comma || to - from == 1));
}

uint32_t location_listed(const struct location_scan *s, uint32_t i, int side)
{
    if ((side < 0 && i == 0) || (side > 0 && i + 1 >= s->candidates->len))
        return NONE;
    uint32_t other = side < 0 ? i - 1 : i + 1;
    return in_list(s, MIN(i, other), MAX(i, other)) ? other : NONE;
}

/* The class of a name that has one sense worth the name, PLACE_CLASSES where it has several. */
static unsigned plain_class(const struct gazetteer *g, const struct place_name *name)
{
    const struct gazetteer_sense *sense = gazetteer_senses(g, name->slot);
    if (name->slot->count == 0 || sense->flags & (SENSE_ACTOR | SENSE_DEMONYM) || name->shared)
        return PLACE_CLASSES;
    return gazetteer_place(g, sense->record)->class;
}

/* "Armenia, Georgia and Turkey": what stands beside a shared name in a list says which of its places is meant, here and in the document. */
static void settle_shared(struct location_scan *s)
{
    const struct gazetteer *g = s->scan->g;
    for (uint32_t i = 0; i < s->candidates->len; i++) {
        struct candidate *c = candidate_at(s, i);
        if (!candidate_name(s, c)->shared || candidate_name(s, c)->chosen)
            continue;
        int countries = 0;
        for (int side = -1; side <= 1; side += 2) {
            uint32_t other = location_listed(s, i, side);
            unsigned class = other == NONE ? PLACE_CLASSES : plain_class(g, candidate_name(s, candidate_at(s, other)));
            countries += class == PLACE_COUNTRY ? 1 : class == PLACE_ADMIN ? -1 : 0;
        }
        const struct gazetteer_sense *senses = gazetteer_senses(g, c->match.slot);
        for (uint32_t k = 0; countries != 0 && k < c->match.slot->count; k++) {
            bool place = !(senses[k].flags & (SENSE_ACTOR | SENSE_DEMONYM | SENSE_ALTERNATE));
            if (!place || gazetteer_place(g, senses[k].record)->class != (countries > 0 ? PLACE_COUNTRY : PLACE_ADMIN))
                continue;
            candidate_name(s, c)->chosen = senses[k].record + 1;
            break;
        }
    }
}

void location_choose(struct location_scan *s)
{
    count_evidence(s);
    settle(s);
    settle_holders(s);
    settle_shared(s);
    for (uint32_t i = 0; i < s->candidates->len; i++) {
        struct candidate *c = candidate_at(s, i);
        struct place_name *name = candidate_name(s, c);
        if (!name->place) {
            c->flags |= CANDIDATE_DROPPED;
            c->sense = country_of_people(s->scan->g, name->slot);
            continue;
        }
        if (!name->chosen)
            name->chosen = choose(s, c, NULL, &c->score) + 1;
        if (c->sense == NONE)
            c->sense = name->chosen - 1;
        if (c->sense == NONE)
            c->flags |= CANDIDATE_DROPPED;
    }
}
