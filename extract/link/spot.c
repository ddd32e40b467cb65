/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/link/link.h"

#include "extract/name_scan.h"

/*  The places of a sentence, in order: its locations, and between them the names of peoples that tell of one ("Honduran"). */

static void add_spot(struct link_scan *s, const struct mention *m)
{
    struct spot spot = {m->span, m->location.canonical, m->location.iso, m->location.class, m->location.geonames, false};
    g_array_append_val(s->spots, spot);
}

/* The actor whose name holds the span, or NULL. */
static const struct mention *actor_around(struct link_scan *s, struct span span)
{
    uint32_t after = link_actor(s, span.start + 1);
    return after > 0 && s->actors[after - 1].span.end >= span.end ? &s->actors[after - 1] : NULL;
}

/* "Mexican Commission for Refugee Aid", not "Norwegian Refugee Council". */
static bool state_body(const struct link_scan *s, const struct mention *actor)
{
    if (g_strcmp0(actor->actor.class, "state") == 0)
        return true;
    for (uint32_t i = link_token(s, actor->span.start); i < s->n && s->tokens[i].span.start < actor->span.end; i++)
        if (link_is(s, i, LINK_BODY))
            return true;
    return false;
}

static void add_demonym_of(struct link_scan *s, struct span span, const struct gazetteer_place *place)
{
    const char *iso = *place->iso ? place->iso : place->country;
    struct spot spot = {span, gazetteer_string(s->g, place->name), *iso ? iso : NULL, place_class_name(place->class), place->geonames, true};
    const struct mention *actor = actor_around(s, span);
    if (!actor || state_body(s, actor))
        g_array_append_val(s->spots, spot);
}

/* "Latin American" tells of Latin America: the name without its last letter, where that is a zone or continent. */
static bool add_adjective(struct link_scan *s, uint32_t i)
{
    struct span span = {s->tokens[i].span.start, s->tokens[i + 1].span.end};
    g_autofree char *name = slice_dup(document_slice(s->doc, (struct span){span.start, span.end - 1}));
    const struct gazetteer_slot *slot = gazetteer_find(s->g, name);
    for (uint32_t k = 0; slot && k < slot->count; k++) {
        const struct gazetteer_sense *sense = &gazetteer_senses(s->g, slot)[k];
        const struct gazetteer_place *place = sense->flags & SENSE_ACTOR ? NULL : gazetteer_place(s->g, sense->record);
        if (place && (place->class == PLACE_ZONE || place->class == PLACE_CONTINENT)) {
            add_demonym_of(s, span, place);
            return true;
        }
    }
    return false;
}

/* Does the name of a people, or one that may be of a body's country, have this sense? *country: only in the name of a state's body. */
static bool tells(const struct gazetteer *g, const struct gazetteer_sense *sense, bool *country)
{
    *country = false;
    if (sense->flags & SENSE_DEMONYM)
        return true;
    if (sense->flags & SENSE_ACTOR)
        return false;
    unsigned class = gazetteer_place(g, sense->record)->class;
    *country = class == PLACE_COUNTRY;
    return *country || class == PLACE_ZONE; /* "Latin American and Caribbean states" */
}

/* The people's sense of a name; inside the name of a state's body ("United States Border Patrol") the country's too. */
static const struct gazetteer_sense *people_of(struct link_scan *s, const struct name_match *match)
{
    const struct gazetteer_sense *senses = gazetteer_senses(s->g, match->slot);
    bool country;
    for (uint32_t k = 0; k < match->slot->count; k++)
        if (tells(s->g, &senses[k], &country) && (!country || actor_around(s, match->span)))
            return &senses[k];
    return NULL;
}

/* "an Israeli air strike", "un ataque israelí": who acts, and nothing of where. */
static bool of_strike(const struct link_scan *s, uint32_t first, uint32_t after)
{
    return (after < s->after_token && link_is(s, after, LINK_STRIKE)) || (s->language != LANGUAGE_EN && first > s->first_token && link_is(s, first - 1, LINK_STRIKE));
}

/* What names begin with a word with a capital. */
static const struct gazetteer_first *first_at(const struct link_scan *s, const struct token *token)
{
    return &s->x->names->firsts[token->word];
}

/* What the names that begin with a word say, told once of each word of the text (enum people_word). */
static unsigned people_word(struct link_scan *s, const struct token *token)
{
    uint8_t *word = &s->people[token->word];
    if (*word)
        return *word;
    const struct gazetteer_first *first = first_at(s, token);
    const struct gazetteer_slot *slot = first->alone;
    *word = PEOPLE_ASKED | (first->start->lengths & 1 << 1 ? PEOPLE_PAIR : 0) | (first->start->lengths > 1 ? PEOPLE_LONGER : 0);
    for (uint32_t k = 0; slot && k < slot->count; k++)
        *word |= tells(s->g, &gazetteer_senses(s->g, slot)[k], &(bool){false}) ? PEOPLE_TELLS : 0;
    return *word;
}

/* May words that tell of a place begin with the one at token i? Most are in no name but that of this one word, and that is of nobody. */
static bool may_tell(struct link_scan *s, uint32_t i, unsigned word)
{
    return word & PEOPLE_TELLS || (word & PEOPLE_LONGER && gazetteer_goes_on(first_at(s, &s->tokens[i])->start, &s->tokens[i], s->after_token - i));
}

/* Is the longest name that begins with token i known, and nobody's: "United Nations"? One of a single word may have been cut from a longer one ("Northern Triangle
 * countries", before a small letter), and so may one before a direction. */
static bool of_nobody(const struct link_scan *s, uint32_t i)
{
    const struct name_match *match = scan_match_at(s->x->names, i);
    if (!match || match->after - i < 2 || match->after > s->after_token || scan_known(s->x->names, match->after) & SLOT_DIRECTION)
        return false;
    for (uint32_t k = 0; k < match->slot->count; k++)
        if (tells(s->g, &gazetteer_senses(s->g, match->slot)[k], &(bool){false}))
            return false;
    return true;
}

/* "Honduran" tells of Honduras: of a word with a capital. The last token that it takes, or its own. */
static uint32_t add_demonym(struct link_scan *s, uint32_t i)
{
    struct name_match match;
    unsigned word = s->tokens[i].flags & TOKEN_APOSTROPHE ? PEOPLE_TELLS | PEOPLE_PAIR : people_word(s, &s->tokens[i]);
    bool pair = word & PEOPLE_PAIR && i + 1 < s->after_token && s->tokens[i + 1].flags & TOKEN_CAPITAL;
    if (pair && slice_ends(token_text(s->doc, &s->tokens[i + 1]), "n") && add_adjective(s, i))
        return i + 1;
    if (!may_tell(s, i, word) || (!(word & PEOPLE_TELLS) && of_nobody(s, i)) || scan_known(s->x->names, i) & SCAN_NAMELESS ||
        !gazetteer_match_from(s->g, s->doc, s->x->tokens, i, s->after_token, first_at(s, &s->tokens[i])->start, &match))
        return i;
    const struct gazetteer_sense *sense = people_of(s, &match);
    if (!sense && match.after > i + 1 && gazetteer_match_from(s->g, s->doc, s->x->tokens, i, i + 1, first_at(s, &s->tokens[i])->start, &match)) /* the first word of a known actor's name */
        sense = people_of(s, &match);
    if (!sense)
        return i;
    if (!of_strike(s, i, match.after))
        add_demonym_of(s, match.span, gazetteer_place(s->g, sense->record));
    return match.after - 1;
}

bool link_people(struct link_scan *s, struct span span, struct spot *ret)
{
    struct name_match match;
    uint32_t first = link_token(s, span.start), after = link_token(s, span.end);
    const struct gazetteer_sense *sense = first < after && gazetteer_match(s->g, s->doc, s->x->tokens, first, after, &match) ? people_of(s, &match) : NULL;
    if (!sense)
        return false;
    const struct gazetteer_place *place = gazetteer_place(s->g, sense->record);
    const char *iso = *place->iso ? place->iso : place->country;
    *ret = (struct spot){match.span, gazetteer_string(s->g, place->name), *iso ? iso : NULL, place_class_name(place->class), place->geonames, true};
    return true;
}

/* "los ríos Sapo, Moyo y Rivas", "the Tarna River": what water it came from, where figures of people and homes are of land; "under the flag of Panama". */
static bool of_river(const struct link_scan *s, const struct mention *m)
{
    enum { LIST_TOKENS = 14 };
    uint32_t first = link_token(s, m->span.start);
    if (g_strcmp0(m->location.class, "water") == 0)
        return m->location.iso != NULL;
    for (uint32_t i = first; i > s->first_token && first - i < LIST_TOKENS; i--) {
        const struct cue *pair = i == first && i > s->first_token + 1 ? link_cue(s, i - 2, LINK_RIVER) : NULL;
        if (pair && pair->n == 2) /* "the basin of the", "the flag of" */
            return true;
        if (s->tokens[i - 1].class == TOKEN_WORD && !(s->tokens[i - 1].flags & TOKEN_CAPITAL))
            return link_is(s, i - 1, LINK_RIVER) && slice_ends(token_text(s->doc, &s->tokens[i - 1]), i == first ? "" : "s");
        if (s->tokens[i - 1].class != TOKEN_WORD && s->tokens[i - 1].sign != ',')
            return false;
    }
    return false;
}

/* The location that is met at token `at`; the last token that it takes. */
static uint32_t add_location(struct link_scan *s, const struct mention *m, uint32_t at)
{
    if (!of_river(s, m))
        add_spot(s, m);
    while (at + 1 < s->after_token && s->tokens[at + 1].span.start < m->span.end)
        at++;
    return at;
}

/*  Locations and points, where names may begin, each in order; what one took the others leave:
 *
 *    Honduran   migrants   crossed into   Guatemala   on …
 *    ^point                               ^location, and point */
void link_spots(struct link_scan *s)
{
    const struct name_scan *names = s->x->names;
    uint32_t next = s->first_token, token = next, location = s->location_from, last = s->figure_to > s->figure_from ? names->n_points : 0;
    while (s->point < names->n_points && names->points[s->point] < next)
        s->point++;
    link_empty(s->spots);
    for (uint32_t p = s->point;;) {
        uint32_t at = s->after_token;
        if (location < s->location_to) {
            while (token < s->after_token && s->tokens[token].span.end <= s->locations[location].span.start)
                token++;
            at = MAX(token, next);
        }
        for (; p < last && names->points[p] < MIN(at, s->after_token); p++) {
            uint32_t i = names->points[p];
            if (i >= next && s->tokens[i].flags & TOKEN_CAPITAL)
                next = add_demonym(s, i) + 1;
            at = MAX(at, next);
        }
        if (location == s->location_to || at >= s->after_token)
            return;
        next = add_location(s, &s->locations[location++], at) + 1;
    }
}
