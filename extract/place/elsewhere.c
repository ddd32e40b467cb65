/* SPDX-License-Identifier: GPL-3.0-or-later
 * Places that share their name with one of the table, or are a part of one: "Milán, Caquetá" is not in Italy, "Tonj North" is not Tonj. */
#include "extract/place/location.h"

NAME_WORDS(parts, "North", "South", "East", "West", "Central", "Centre", "Norte", "Sur", "Este", "Oeste", "Nord", "Sud", "Est", "Ouest");
NAME_WORDS(joints, "and", "y", "e", "et", "or", "o", "ou");

static bool placed(const struct location_scan *s, uint32_t i)
{
    return i < s->candidates->len && !(candidate_at(s, i)->flags & (CANDIDATE_DROPPED | CANDIDATE_DEMONYM | CANDIDATE_BORDER)) && candidate_at(s, i)->sense != NONE;
}

static const struct gazetteer_place *place_of(const struct location_scan *s, uint32_t i)
{
    return gazetteer_place(s->scan->g, candidate_at(s, i)->sense);
}

/* Does a list go on behind the name: "Milan, Colombia and Peru"? Not where a larger area follows: "Milán, Caquetá, Colombia". */
static bool list_behind(const struct location_scan *s, uint32_t holder)
{
    const struct name_scan *scan = s->scan;
    uint32_t i = candidate_at(s, holder)->match.after;
    if (scan_starts(scan, i))
        return false;
    if (name_word_in(scan, i, joints))
        return scan_capital(scan, i + 1);
    bool larger = placed(s, holder + 1) && candidate_at(s, holder + 1)->match.first == i + 1 && place_of(s, holder + 1)->class == PLACE_COUNTRY &&
                  strcmp(place_of(s, holder + 1)->country, place_of(s, holder)->country) == 0;
    return scan_is(scan, i, ",") && !scan_starts(scan, i + 1) && scan_capital(scan, i + 1) && !larger;
}

/* May the name be a town's, too? */
static bool names_town(const struct location_scan *s, const struct candidate *c)
{
    const struct gazetteer_sense *senses = gazetteer_senses(s->scan->g, c->match.slot);
    for (uint32_t k = 0; k < c->match.slot->count; k++)
        if (!(senses[k].flags & (SENSE_ACTOR | SENSE_DEMONYM)) && gazetteer_place(s->scan->g, senses[k].record)->class == PLACE_CITY)
            return true;
    return false;
}

/* "Milán, Caquetá", "Milán (Caquetá)": a town of the table, but the text says that it lies in another country. */
static bool lies_elsewhere(const struct location_scan *s, uint32_t i)
{
    if (!placed(s, i) || !placed(s, i + 1) || candidate_at(s, i)->flags & CANDIDATE_MADE || candidate_at(s, i + 1)->flags & CANDIDATE_MADE)
        return false;
    const struct name_scan *scan = s->scan;
    const struct candidate *town = candidate_at(s, i), *holder = candidate_at(s, i + 1);
    bool beside = holder->match.first == town->match.after + 1 && !scan_starts(scan, holder->match.first) &&
                  (scan_is(scan, town->match.after, ",") || scan_is(scan, town->match.after, "("));
    const struct gazetteer_place *inner = place_of(s, i), *outer = place_of(s, i + 1);
    bool town_in = inner->class == PLACE_CITY && (outer->class == PLACE_COUNTRY || outer->class == PLACE_ADMIN);
    bool namesake = inner->class == PLACE_ADMIN && outer->class == PLACE_ADMIN && names_town(s, town); /* of an area that is called as its town, as Milan's is */
    if (!beside || !(town_in || namesake) || strcmp(inner->country, outer->country) == 0)
        return false;
    int here = country_index(inner->country), there = country_index(outer->country);
    if (here >= 0 && there >= 0 && s->countries[here] > s->countries[there]) /* "Baidoa, South West State": of the country that the document speaks of */
        return false;
    bool bracket = scan_is(scan, town->match.after, "(");
    bool listed = i > 0 && location_listed(s, i, -1) != NONE;
    return bracket ? scan_is(scan, holder->match.after, ")") : !listed && !list_behind(s, i + 1);
}

static void move(struct candidate *c, uint32_t holder)
{
    c->match.slot = NULL;
    c->flags |= CANDIDATE_MADE;
    c->class = PLACE_CITY;
    c->sense = holder;
    c->inside = NONE;
}

/* What one sentence says of a name holds for the document, but where another says what the table does. */
static void move_towns(struct location_scan *s)
{
    g_autoptr(GHashTable) moved = NULL; /* slot → place + 1 */
    for (uint32_t i = 0; i < s->candidates->len; i++)
        if (lies_elsewhere(s, i)) {
            moved = moved ? moved : g_hash_table_new(g_direct_hash, g_direct_equal);
            g_hash_table_insert(moved, (gpointer)candidate_at(s, i)->match.slot, GUINT_TO_POINTER(candidate_at(s, i + 1)->sense + 1));
        }
    for (uint32_t i = 0; moved && i < s->candidates->len; i++) {
        struct candidate *c = candidate_at(s, i);
        gpointer holder = placed(s, i) && c->match.slot && c->inside == NONE ? g_hash_table_lookup(moved, c->match.slot) : NULL;
        if (holder && (place_of(s, i)->class == PLACE_CITY || place_of(s, i)->class == PLACE_ADMIN))
            move(c, GPOINTER_TO_UINT(holder) - 1);
    }
}

/* "Tonj North", "Juba North County": takes the direction behind a town into the name; it lies in the town. */
static void take_direction(struct location_scan *s, uint32_t i)
{
    const struct name_scan *scan = s->scan;
    struct candidate *c = candidate_at(s, i);
    uint32_t next = c->match.after;
    unsigned class = c->flags & CANDIDATE_MADE ? c->class : place_of(s, i)->class;
    bool another = i + 1 < s->candidates->len && !(candidate_at(s, i + 1)->flags & CANDIDATE_DROPPED) && candidate_at(s, i + 1)->match.first == next;
    if (another || (class != PLACE_CITY && class != PLACE_ADMIN) || !scan_follows(scan, next) || !scan_capital(scan, next) || !name_word_in(scan, next, parts))
        return;
    if (c->match.span.end < scan->tokens[next - 1].span.end || scan->tokens[next].flags & TOKEN_ALLCAPS)
        return;
    if (scan_follows(scan, next + 1) && scan_capital(scan, next + 1) && !(scan_known(scan, next + 1) & SLOT_FEATURE))
        return; /* "Seattle Central College" */
    c->match.after = next + 1;
    c->match.span.end = scan->tokens[next].span.end;
    c->match.slot = NULL;
    c->flags |= CANDIDATE_MADE;
    c->class = PLACE_ADMIN;
}

void location_elsewhere(struct location_scan *s)
{
    move_towns(s);
    for (uint32_t i = 0; i < s->candidates->len; i++)
        if (placed(s, i))
            take_direction(s, i);
}
