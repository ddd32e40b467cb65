/* SPDX-License-Identifier: GPL-3.0-or-later
 * Towns and areas that are called like one abroad: a report on Liberia that says "Maryland" means its own, and a county that no table has is none of Myanmar. */
#include "extract/place/location.h"

enum { SMALL_TOWN = 100000, LARGE_TOWN = 500000 };

/* Words of a name that stand before it: "Puerto Arica" is not Arica. */
NAME_WORDS(others, "States", "Counties");
NAME_WORDS(firsts, "Puerto", "Port", "Porto", "Villa", "Nueva", "Nuevo", "New", "Ciudad");
NAME_WORDS(greater, "Greater", "Upper", "Lower", "Northern", "Southern", "Eastern", "Western", "Central", "North", "South", "East", "West");
NAME_WORDS(areas, "County", "Counties", "State", "States", "Region", "District", "Province", "Payam", "Department", "Departamento", "Municipality", "Woreda", "region", "county", "district", "province");
NAME_WORDS(ofs, "de", "del", "du");
NAME_WORDS(articles, "la", "las", "los", "el");
NAME_WORDS(rivers, "river", "rivers", "r\xc3\xado", "r\xc3\xados", "fleuve", "rivi\xc3\xa8re", "rivi\xc3\xa8res");

static bool is_place(const struct gazetteer_sense *sense)
{
    return !(sense->flags & (SENSE_ACTOR | SENSE_DEMONYM));
}

/* Does a name of the table, a country's or its people's, speak of the country? */
static bool names_country(const struct gazetteer *g, const struct gazetteer_slot *slot, const char *country)
{
    const struct gazetteer_sense *senses = slot ? gazetteer_senses(g, slot) : NULL;
    for (uint32_t k = 0; slot && k < slot->count; k++) {
        if (senses[k].flags & SENSE_ACTOR)
            continue;
        const struct gazetteer_place *place = gazetteer_place(g, senses[k].record);
        if (place->class == PLACE_COUNTRY && strcmp(place->country, country) == 0)
            return true;
    }
    return false;
}

/* Does the sentence of candidate `i` name the country? */
static bool sentence_names(const struct location_scan *s, uint32_t i, const char *country)
{
    enum { NEAR = 24 };
    const struct gazetteer *g = s->scan->g;
    uint32_t sentence = extraction_sentence(s->scan->x, candidate_at(s, i)->match.span.start);
    for (int side = -1; side <= 1; side += 2)
        for (uint32_t k = i + (uint32_t)side, n = 0; k < s->candidates->len && n < NEAR; k += (uint32_t)side, n++) {
            const struct candidate *c = candidate_at(s, k);
            if (extraction_sentence(s->scan->x, c->match.span.start) != sentence)
                break;
            if (names_country(g, c->match.slot, country))
                return true;
        }
    return false;
}

/* The place of this very name in the country, or NONE. */
static uint32_t sense_in(const struct gazetteer *g, const struct gazetteer_slot *slot, const char *country)
{
    const struct gazetteer_sense *senses = gazetteer_senses(g, slot);
    for (uint32_t k = 0; k < slot->count; k++)
        if (is_place(&senses[k]) && strcmp(gazetteer_place(g, senses[k].record)->country, country) == 0)
            return senses[k].record;
    return NONE;
}

/* The first token of a longer name that goes on into this one, or the name's own: "Greater Bahr el-Ghazal", "Puerto Arica", "Rumbek North County". */
static uint32_t longer_from(const struct name_scan *scan, const struct name_match *m)
{
    uint32_t before = m->first - 1;
    if (m->first == 0 || !scan_follows(scan, m->first) || !scan_capital(scan, before) || scan_match_over(scan, before))
        return m->first;
    bool direction = m->after == m->first + 1 && name_word_in(scan, m->first, greater) && !scan_starts(scan, before) && !scan_ordinary(scan, before);
    return direction || name_word_in(scan, before, firsts) || name_word_in(scan, before, greater) ? before : m->first;
}

/* Behind a longer name: "Magwe County", "San Vicente del Caguán"; the name's own end where it goes on with nothing. */
static uint32_t longer_to(const struct name_scan *scan, const struct name_match *m, bool *area)
{
    uint32_t i = m->after;
    *area = false;
    if (m->span.end < scan->tokens[i - 1].span.end || !scan_follows(scan, i))
        return i;
    if (name_word_in(scan, i, areas)) {
        *area = true;
        return scan_capital(scan, i) && !name_word_in(scan, i, others) ? i + 1 : i;
    }
    if (!name_word_in(scan, i, ofs))
        return i;
    uint32_t next = i + 1 + name_word_in(scan, i + 1, articles);
    bool goes_on = scan_follows(scan, next) && scan_capital(scan, next) && !scan_match_over(scan, next);
    return goes_on ? next + 1 : i;
}

/* "the rivers Caquetá and Guayas": a river's name, in a list that begins with the word. */
static bool in_rivers(const struct name_scan *scan, const struct name_match *m)
{
    enum { LIST_TOKENS = 14 };
    for (uint32_t i = m->first; i > 0 && m->first - i < LIST_TOKENS && !scan_starts(scan, i); i--) {
        bool part = scan_capital(scan, i - 1) || scan_is(scan, i - 1, ",") || scan_known(scan, i - 1) & SLOT_CONNECTOR;
        if (name_word_in(scan, i - 1, rivers))
            return true;
        if (!part)
            return false;
    }
    return false;
}

/* "the Portland district of Jamaica": the country that the name goes on with, or NONE. */
static uint32_t holder_of(const struct location_scan *s, uint32_t i, uint32_t after)
{
    const struct name_scan *scan = s->scan;
    after += scan_follows(scan, after) && name_word_in(scan, after, areas);
    bool goes_on = scan_follows(scan, after) && (name_word_in(scan, after, ofs) || scan_is(scan, after, "of") || scan_is(scan, after, "in"));
    if (!goes_on || i + 1 >= s->candidates->len || candidate_at(s, i + 1)->match.first != after + 1 || candidate_at(s, i + 1)->flags & CANDIDATE_DROPPED)
        return NONE;
    return candidate_at(s, i + 1)->sense;
}

/* Makes candidate `i`, with the words around it that belong to its name, a place that no table has. */
static void make_own(struct location_scan *s, uint32_t i, uint32_t first, uint32_t after, unsigned class)
{
    struct candidate *c = candidate_at(s, i);
    uint32_t holder = holder_of(s, i, after);
    const struct token *tokens = s->scan->tokens;
    if (first < c->match.first) {
        c->match.first = first;
        c->match.span.start = tokens[first].span.start;
    }
    if (after > c->match.after) {
        c->match.after = after;
        c->match.span.end = tokens[after - 1].span.start + word_stem_len(scan_text(s->scan, after - 1));
    }
    c->match.slot = NULL;
    c->flags |= CANDIDATE_MADE;
    c->class = (uint8_t)class;
    c->sense = holder == NONE ? s->main : holder;
    c->inside = NONE;
}

/* Does the passage of candidate `i` name a town or area at home, near it? */
static bool beside_home(const struct location_scan *s, uint32_t i, const char *home)
{
    enum { NEAR = 6 };
    uint32_t passage = document_passage_at(s->scan->doc, candidate_at(s, i)->match.span.start);
    for (int side = -1; side <= 1; side += 2)
        for (uint32_t k = i + (uint32_t)side, n = 0; k < s->candidates->len && n < NEAR; k += (uint32_t)side, n++) {
            const struct candidate *c = candidate_at(s, k);
            if (document_passage_at(s->scan->doc, c->match.span.start) != passage)
                break;
            if (c->flags & (CANDIDATE_DROPPED | CANDIDATE_DEMONYM | CANDIDATE_MADE) || c->sense == NONE)
                continue;
            const struct gazetteer_place *place = gazetteer_place(s->scan->g, c->sense);
            if ((place->class == PLACE_CITY || place->class == PLACE_ADMIN) && strcmp(place->country, home) == 0)
                return true;
        }
    return false;
}

/* "Milán" of a report on Colombia that never speaks of Italy: named twice or more, each time beside towns or areas of Colombia. */
static bool always_at_home(const struct location_scan *s, const struct gazetteer_slot *slot, const char *home)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < s->candidates->len; i++) {
        if (candidate_at(s, i)->match.slot != slot || candidate_at(s, i)->flags & CANDIDATE_DROPPED)
            continue;
        if (!beside_home(s, i, home))
            return false;
        n++;
    }
    return n >= 2;
}

/* The same, asked once of each name. */
static bool large_at_home(const struct location_scan *s, const struct gazetteer_slot *slot, const char *home, GHashTable *asked)
{
    enum { YES = 1, NO };
    gpointer known = g_hash_table_lookup(asked, slot);
    if (!known) {
        known = GUINT_TO_POINTER(always_at_home(s, slot, home) ? YES : NO);
        g_hash_table_insert(asked, (gpointer)slot, known);
    }
    return GPOINTER_TO_UINT(known) == YES;
}

/* Is a large town called so: Milan, not only the province of that name? */
static bool names_large_town(const struct gazetteer *g, const struct gazetteer_slot *slot)
{
    const struct gazetteer_sense *senses = gazetteer_senses(g, slot);
    for (uint32_t k = 0; k < slot->count; k++) {
        const struct gazetteer_place *place = is_place(&senses[k]) ? gazetteer_place(g, senses[k].record) : NULL;
        if (place && place->class == PLACE_CITY && place->population >= LARGE_TOWN)
            return true;
    }
    return false;
}

/* Does the text print another name of the place than its first: "Sabra" for Sabratah? */
static bool other_name(const struct gazetteer *g, const struct candidate *c)
{
    const struct gazetteer_sense *senses = gazetteer_senses(g, c->match.slot);
    for (uint32_t k = 0; k < c->match.slot->count; k++)
        if (is_place(&senses[k]) && senses[k].record == c->sense)
            return senses[k].flags & SENSE_ALTERNATE;
    return false;
}

/* "Tchomia (5), Damas (4)": a name in a list of names with numbers. */
static bool in_numbered_list(const struct name_scan *scan, const struct name_match *m)
{
    bool own = scan_is(scan, m->after, "(") && m->after + 1 < scan->n && scan->tokens[m->after + 1].class == TOKEN_NUMBER;
    return own && m->first > 2 && scan_is(scan, m->first - 1, ",") && scan_is(scan, m->first - 2, ")") && scan->tokens[m->first - 3].class == TOKEN_NUMBER;
}

/* A mention of a place abroad, whose country the text does not name: becomes the one at home, or a place of its own in the country of the document. */
static void bring_home(struct location_scan *s, uint32_t i, const char *home, GHashTable *areas_at_home, GHashTable *asked)
{
    const struct gazetteer *g = s->scan->g;
    struct candidate *c = candidate_at(s, i);
    const struct gazetteer_place *place = gazetteer_place(g, c->sense);
    bool spoken = scan_speaks_of(s->scan, place->country);
    if (spoken && sentence_names(s, i, place->country))
        return;
    uint32_t own = sense_in(g, c->match.slot, home);
    if (own != NONE && !spoken) {
        c->sense = own;
        return;
    }
    bool area, city = place->class == PLACE_CITY, large = names_large_town(g, c->match.slot);
    if ((in_numbered_list(s->scan, &c->match) && beside_home(s, i, home)) || (!spoken && large && large_at_home(s, c->match.slot, home, asked))) {
        make_own(s, i, c->match.first, c->match.after, PLACE_CITY);
        return;
    }
    if (place->flags & (PLACE_OWN | PLACE_CAPITAL) || large)
        return;
    uint32_t first = longer_from(s->scan, &c->match), after = longer_to(s->scan, &c->match, &area);
    bool longer = first < c->match.first || after > c->match.after || area;
    if (longer && !city)
        g_hash_table_add(areas_at_home, (gpointer)c->match.slot);
    if (in_rivers(s->scan, &c->match) && !longer)
        make_own(s, i, first, after, PLACE_WATER);
    else if (longer || (!spoken && (!city || place->population < SMALL_TOWN || other_name(g, c))))
        make_own(s, i, first, after, area || !city ? PLACE_ADMIN : PLACE_CITY);
}

/* May candidate `i` be a namesake of a place in the document's country? */
static bool abroad(const struct location_scan *s, uint32_t i, const char *home)
{
    const struct candidate *c = candidate_at(s, i);
    if (c->flags & (CANDIDATE_DROPPED | CANDIDATE_DEMONYM | CANDIDATE_MADE | CANDIDATE_BORDER) || c->sense == NONE || c->inside != NONE)
        return false;
    const struct gazetteer_place *place = gazetteer_place(s->scan->g, c->sense);
    bool kind = place->class == PLACE_CITY || place->class == PLACE_ADMIN;
    bool capital = place->flags & PLACE_CAPITAL && !in_numbered_list(s->scan, &c->match);
    return kind && *place->country && !capital && strcmp(place->country, home) != 0;
}

void location_namesakes(struct location_scan *s)
{
    if (s->main == NONE)
        return;
    const char *home = gazetteer_place(s->scan->g, s->main)->country;
    g_autoptr(GHashTable) areas_at_home = g_hash_table_new(g_direct_hash, g_direct_equal); /* slots that the text calls a state or county of its own */
    g_autoptr(GHashTable) asked = g_hash_table_new(g_direct_hash, g_direct_equal);
    for (uint32_t i = 0; i < s->candidates->len; i++)
        if (abroad(s, i, home))
            bring_home(s, i, home, areas_at_home, asked);
    for (uint32_t i = 0; i < s->candidates->len && g_hash_table_size(areas_at_home) > 0; i++) {
        const struct candidate *c = candidate_at(s, i);
        if (abroad(s, i, home) && g_hash_table_contains(areas_at_home, c->match.slot) && !sentence_names(s, i, gazetteer_place(s->scan->g, c->sense)->country))
            make_own(s, i, c->match.first, c->match.after, PLACE_ADMIN);
    }
}
