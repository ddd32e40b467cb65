/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/place/location.h"

#include <math.h>

static bool is_candidate_at(const struct location_scan *s, uint32_t i, uint32_t first)
{
    return i < s->candidates->len && candidate_at(s, i)->match.first == first;
}

/* A word with a capital stands directly after the name, with only a space between. */
static bool touches_after(const struct name_scan *scan, const struct name_match *m)
{
    return m->after < scan->n && !scan_starts(scan, m->after) && !(scan_known(scan, m->after) & SCAN_CELL) && scan_capital(scan, m->after) && m->span.end == scan->tokens[m->after - 1].span.end;
}

/* What the word after a name makes of it: the name of an organisation, of a person, or nothing. */
static bool inside_longer_after(const struct location_scan *s, uint32_t i)
{
    const struct name_scan *scan = s->scan;
    const struct candidate *c = candidate_at(s, i);
    if (!touches_after(scan, &c->match) || c->flags & CANDIDATE_HEADLINE || is_candidate_at(s, i + 1, c->match.after))
        return false;
    uint32_t word = scan_known(scan, c->match.after);
    unsigned class = gazetteer_place(scan->g, c->sense)->class;
    if (word & SLOT_TITLE && !(word & SLOT_HEAD))
        return false;
    if (word & (SLOT_FEATURE | SLOT_DIRECTION | SLOT_TIME))
        return false;
    if (word & (SLOT_HEAD | SLOT_SITE | SLOT_LAW))
        return true;
    if (scan->tokens[c->match.after].flags & TOKEN_ALLCAPS)
        return false;
    /* "US Centers for Disease Control", "Texas Department …": a head further on in the run of capitals */
    for (uint32_t k = c->match.after + 1; k < c->match.after + 6 && k < scan->n && !scan_starts(scan, k) && (scan_capital(scan, k) || scan_known(scan, k) & SLOT_CONNECTOR); k++)
        if (scan_capital(scan, k) && scan_known(scan, k) & (SLOT_HEAD | SLOT_SITE | SLOT_LAW))
            return true;
    return class == PLACE_CITY || gazetteer_flags(s->scan->g, c->match.slot) & SLOT_GIVEN;
}

static bool inside_longer_before(const struct location_scan *s, uint32_t i)
{
    const struct name_scan *scan = s->scan;
    const struct candidate *c = candidate_at(s, i);
    uint32_t first = c->match.first;
    if (first == 0 || scan_starts(scan, first) || scan_known(scan, first) & SCAN_CELL || c->flags & CANDIDATE_HEADLINE)
        return false;
    if (scan_is(scan, first - 1, ".") && first > 1 && !(scan->tokens[first].flags & TOKEN_SENTENCE) && scan_capital(scan, first - 2) &&
        scan->tokens[first - 2].span.end - scan->tokens[first - 2].span.start == 1)
        return true; /* an initial: "J. Paris" */
    if (!scan_capital(scan, first - 1) || (i > 0 && candidate_at(s, i - 1)->match.after == first))
        return false;
    uint32_t word = scan_known(scan, first - 1);
    if (word & SLOT_GIVEN)
        return true;
    if (word & (SLOT_PREPOSITION | SLOT_FUNCTION | SLOT_DIRECTION | SLOT_FEATURE | SLOT_TIME))
        return false;
    if (scan_starts(scan, first - 1))
        return !scan_ordinary(scan, first - 1) && gazetteer_place(scan->g, c->sense)->class == PLACE_CITY;
    if (word & SLOT_TITLE)
        return gazetteer_place(scan->g, c->sense)->class == PLACE_CITY || gazetteer_flags(s->scan->g, c->match.slot) & SLOT_GIVEN;
    return true;
}

static float size_points(const struct gazetteer_place *place)
{
    if (place->flags & PLACE_CAPITAL)
        return 3;
    if (place->flags & PLACE_OWN)
        return 2.5f;
    if (place->class == PLACE_ADMIN)
        return 1.5f;
    return place->population >= 1000000 ? 2.5f : place->population >= 300000 ? 1.7f : place->population >= 100000 ? 1.0f : place->population >= 50000 ? 0.5f : 0;
}

static bool alternate(const struct gazetteer *g, const struct candidate *c)
{
    const struct gazetteer_sense *senses = gazetteer_senses(g, c->match.slot);
    for (uint32_t k = 0; k < c->match.slot->count; k++)
        if (senses[k].record == c->sense && !(senses[k].flags & SENSE_ACTOR))
            return senses[k].flags & SENSE_ALTERNATE;
    return false;
}

/* "Western", "the Central", "March", "Central and Western": directions or a time, unless a feature stands behind them ("Western Province"). */
static bool only_direction(const struct location_scan *s, const struct candidate *c)
{
    const struct name_scan *scan = s->scan;
    if (c->flags & CANDIDATE_PART)
        return false;
    for (uint32_t i = c->match.first; i < c->match.after; i++)
        if (!(scan_known(scan, i) & (SLOT_DIRECTION | SLOT_TIME)) && !(i > c->match.first && i + 1 < c->match.after && scan_is(scan, i, "and")))
            return false;
    bool several = scan_word(scan, c->match.after) && !scan_capital(scan, c->match.after) && slice_ends(scan_text(scan, c->match.after), "s"); /* "the Western and Central regions" */
    return several || !(scan_follows(scan, c->match.after) && scan_known(scan, c->match.after) & SLOT_FEATURE);
}

/* "Crimean-Congo haemorrhagic fever", "fiebre hemorr\303\241gica de Crimea-Congo": the name of a disease. */
static bool in_disease(const struct name_scan *scan, const struct name_match *m)
{
    NAME_WORDS(diseases, "fever", "Fever", "virus", "Virus", "viruses", "ebolavirus", "haemorrhagic", "hemorrhagic", "encephalitis");
    NAME_WORDS(before, "fiebre", "virus", "fi\303\250vre", "encefalitis", "enc\303\251phalite", "hemorr\303\241gica", "h\303\251morragique");
    if (scan_follows(scan, m->after) && name_word_in(scan, m->after, diseases))
        return true;
    uint32_t i = m->first;
    if (i > 2 && scan_is(scan, i - 1, "-") && scan_word(scan, i - 2))
        i -= 2;
    return i > 1 && !scan_starts(scan, i) && !scan_starts(scan, i - 1) && (scan_is(scan, i - 1, "de") || scan_is(scan, i - 1, "del")) && name_word_in(scan, i - 2, before);
}

/* "US$10", "$ US 10" */
static bool is_money(const struct name_scan *scan, const struct name_match *m)
{
    bool behind = scan_is(scan, m->after, "$") && !(scan->tokens[m->after].flags & TOKEN_SPACE);
    return behind || (m->first > 0 && scan_is(scan, m->first - 1, "$"));
}

/* "Latin American and Caribbean states": a zone's name used of its people. */
static bool used_of_people(const struct location_scan *s, uint32_t i)
{
    const struct name_scan *scan = s->scan;
    const struct candidate *c = candidate_at(s, i);
    if (i == 0 || gazetteer_place(scan->g, c->sense)->class != PLACE_ZONE || !(candidate_at(s, i - 1)->flags & CANDIDATE_DEMONYM))
        return false;
    uint32_t between = candidate_at(s, i - 1)->match.after;
    return between + 1 == c->match.first && (scan_is(scan, between, "and") || scan_is(scan, between, "or")) && scan_follows(scan, c->match.after) && scan_word(scan, c->match.after);
}

/* A country or a place of its kind beside it in a list: "Angola, Chad and …". */
static bool listed(const struct location_scan *s, uint32_t i)
{
    for (int side = -1; side <= 1; side += 2) {
        uint32_t other = location_listed(s, i, side);
        if (other == NONE || candidate_at(s, other)->sense == NONE || candidate_at(s, other)->flags & CANDIDATE_DEMONYM)
            continue;
        unsigned class = gazetteer_place(s->scan->g, candidate_at(s, other)->sense)->class;
        if (class == PLACE_COUNTRY || class == gazetteer_place(s->scan->g, candidate_at(s, i)->sense)->class)
            return true;
    }
    return false;
}

/* "the Mission", "the Reading": a word of the language with its article is no town. */
static bool has_article(const struct location_scan *s, const struct candidate *c)
{
    const struct name_scan *scan = s->scan;
    uint32_t i = c->match.first;
    bool article = i > 0 && !scan_starts(scan, i) && (scan_is(scan, i - 1, "the") || scan_is(scan, i - 1, "The"));
    bool word = scan_ordinary(scan, i) || scan_known(scan, i) & (SLOT_HEAD | SLOT_FEATURE | SLOT_SITE | SLOT_LAW | SLOT_TITLE);
    return article && word && c->match.after == i + 1 && gazetteer_place(scan->g, c->sense)->class == PLACE_CITY;
}

/* "Rivers rose": a plural of a feature that begins a sentence, whatever state is called so. */
static bool begins_as_word(const struct location_scan *s, const struct candidate *c)
{
    NAME_WORDS(words, "Rivers", "Lakes", "Plateau", "Plains", "Coast", "Central", "Centre");
    const struct name_scan *scan = s->scan;
    bool goes_on = scan_follows(scan, c->match.after) && scan_known(scan, c->match.after) & SLOT_FEATURE;
    return c->match.after == c->match.first + 1 && scan_starts(scan, c->match.first) && !goes_on && name_word_in(scan, c->match.first, words) &&
           !(c->flags & CANDIDATE_HEADLINE) && scan_follows(scan, c->match.after) && !scan_capital(scan, c->match.after);
}

/* How sure we are that this mention is the place: 2 and more is a place. */
static float points(const struct location_scan *s, const struct candidate *c)
{
    const struct name_scan *scan = s->scan;
    const struct gazetteer_place *place = gazetteer_place(scan->g, c->sense);
    float sum = size_points(place);
    bool single = c->match.after == c->match.first + 1;
    int country = country_index(place->country);
    if (c->flags & CANDIDATE_AFTER)
        sum += 1.5f;
    if (c->flags & CANDIDATE_BESIDE)
        sum += 1.5f;
    if (c->inside != NONE)
        sum += 4;
    if (country >= 0 && s->countries[country] > 0)
        sum += 1.5f;
    if (alternate(scan->g, c))
        sum -= place->flags & PLACE_OWN ? 0 : 1.5f;
    if (!single)
        sum += 1;
    if (single && scan_ordinary(scan, c->match.first))
        sum -= 2.5f;
    if (gazetteer_flags(s->scan->g, c->match.slot) & (SLOT_GIVEN | SLOT_TIME | SLOT_HEAD | SLOT_FEATURE | SLOT_DIRECTION | SLOT_TITLE | SLOT_SITE | SLOT_LAW))
        sum -= 1.5f;
    if (c->flags & (CANDIDATE_START | CANDIDATE_HEADLINE))
        sum -= 0.5f;
    return sum;
}

static bool sure_class(const struct location_scan *s, const struct candidate *c)
{
    unsigned class = gazetteer_place(s->scan->g, c->sense)->class;
    bool doubtful = gazetteer_flags(s->scan->g, c->match.slot) & (SLOT_GIVEN | SLOT_WORD | SLOT_TIME | SLOT_HEAD | SLOT_FEATURE | SLOT_DIRECTION);
    return class != PLACE_CITY && class != PLACE_ADMIN && !doubtful;
}

void location_judge(struct location_scan *s)
{
    for (uint32_t i = 0; i < s->candidates->len; i++) {
        struct candidate *c = candidate_at(s, i);
        if (c->flags & (CANDIDATE_DROPPED | CANDIDATE_MADE))
            continue;
        bool people = c->flags & CANDIDATE_DEMONYM && c->match.after == c->match.first + 1;
        if (people || only_direction(s, c) || is_money(s->scan, &c->match) || in_disease(s->scan, &c->match) || begins_as_word(s, c) || used_of_people(s, i) || has_article(s, c) || inside_longer_after(s, i) || inside_longer_before(s, i)) {
            c->flags |= CANDIDATE_DROPPED;
            continue;
        }
        c->score = sure_class(s, c) || c->flags & CANDIDATE_PART ? 6 : points(s, c) + (listed(s, i) ? 2 : 0);
        candidate_name(s, c)->strong |= c->score >= 3;
    }
    for (uint32_t i = 0; i < s->candidates->len; i++) {
        struct candidate *c = candidate_at(s, i);
        if (c->flags & (CANDIDATE_DROPPED | CANDIDATE_MADE))
            continue;
        if (candidate_name(s, c)->strong)
            c->score += 1;
        if (c->score < 2)
            c->flags |= CANDIDATE_DROPPED;
    }
}
