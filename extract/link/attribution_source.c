/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/link/attribution.h"

#include "extract/gazetteer.h"
#include "extract/link/link.h"

enum { NAME_TOKENS = 16, PHRASE_TOKENS = 14, LEAD_TOKENS = 4 };

/* A source is no law, programme or declaration. */
static bool can_say(const struct mention *actor)
{
    return actor->actor.class == NULL || (strcmp(actor->actor.class, "law") != 0 && strcmp(actor->actor.class, "programme") != 0);
}

/* The first actor that begins in tokens [first, after), or NULL. */
static const struct mention *actor_in(const struct attribution_scan *s, uint32_t first, uint32_t after)
{
    if (first >= after)
        return NULL;
    for (uint32_t i = link_from(s->actors, s->n_actors, s->tokens[first].span.start); i < s->n_actors && s->actors[i].span.start < s->tokens[after - 1].span.end; i++)
        if (can_say(&s->actors[i]))
            return &s->actors[i];
    return NULL;
}

static bool from_actor(const struct attribution_scan *s, const struct mention *actor, struct source_found *ret)
{
    ret->first = extraction_token(s->x, actor->span.start);
    ret->after = extraction_token(s->x, actor->span.end);
    ret->name = actor->actor.canonical;
    ret->place = false;
    return ret->name != NULL && ret->first < ret->after;
}

/* "at the end of January reported": a month is no source. */
static bool is_period(const struct attribution_scan *s, uint32_t first, uint32_t after)
{
    uint32_t i = link_from(s->periods, s->n_periods, s->tokens[after - 1].span.end);
    return i > 0 && s->periods[i - 1].span.end > s->tokens[first].span.start;
}

static void print_name(const struct attribution_scan *s, struct source_found *ret)
{
    struct span span = {s->tokens[ret->first].span.start, s->tokens[ret->after - 1].span.end};
    span.end = span.start + word_stem_len(document_slice(s->doc, span)); /* "the Panel's estimate" */
    ret->name = mentions_intern(s->x->mentions, document_slice(s->doc, span));
    uint32_t i = link_from(s->locations, s->n_locations, span.start);
    ret->place = i < s->n_locations && s->locations[i].span.start == span.start && extraction_token(s->x, s->locations[i].span.end) + 1 >= ret->after;
}

static bool capital(const struct attribution_scan *s, uint32_t i)
{
    return s->tokens[i].class == TOKEN_WORD && s->tokens[i].flags & TOKEN_CAPITAL;
}

static bool joins(const struct attribution_scan *s, uint32_t i)
{
    return attribution_is(s, i, ATTRIBUTION_CONNECTOR) || attribution_sign(s, i, '-') || attribution_sign(s, i, 0x2019 /* ’ */) || attribution_sign(s, i, '&') ||
           (attribution_sign(s, i, '.') && i > 0 && !(s->tokens[i].flags & TOKEN_SPACE) && s->tokens[i - 1].span.end - s->tokens[i - 1].span.start == 1);
}

/* Words with capitals, and what may stand between them. */
static uint32_t name_end(const struct attribution_scan *s, uint32_t i, uint32_t limit)
{
    uint32_t end = i;
    for (uint32_t k = i; k < limit && k < i + NAME_TOKENS; k++) {
        if (capital(s, k))
            end = k + 1;
        else if (!joins(s, k))
            break;
    }
    return end;
}

static bool article(const struct attribution_scan *s, uint32_t i)
{
    return s->tokens[i].class == TOKEN_WORD && lexicon_word(s->lexicon, s->language, s->tokens[i].hash) & WORD_ARTICLE;
}

static bool stops(const struct attribution_scan *s, uint32_t i);

/* Spanish and French go on in small letters: "Conseil des réfugiés", "Comisión de derechos humanos". */
static uint32_t small_letters(const struct attribution_scan *s, uint32_t end, uint32_t limit)
{
    for (int words = 0; s->language != LANGUAGE_EN && words < 3 && end + 1 < limit; words++) {
        const struct cue *of = attribution_cue(s, end, ATTRIBUTION_BY);
        uint32_t i = end + (of ? of->n : 0);
        while (of && i < limit && article(s, i))
            i++;
        if (!of || i >= limit || s->tokens[i].class != TOKEN_WORD || stops(s, i))
            break;
        end = i + 1;
    }
    return end;
}

/* Does a word end a noun phrase: a verb, a pronoun, a preposition that none of its own? */
static bool stops(const struct attribution_scan *s, uint32_t i)
{
    if (s->tokens[i].class == TOKEN_NUMBER)
        return s->tokens[i].span.end - s->tokens[i].span.start != 4; /* "the 2023 survey" */
    if (s->tokens[i].class != TOKEN_WORD)
        return !attribution_sign(s, i, '-') && !attribution_sign(s, i, '\'') && !attribution_sign(s, i, 0x2019 /* ’ */);
    uint32_t flags = lexicon_word(s->lexicon, s->language, s->tokens[i].hash);
    return flags & WORD_STOP && !(flags & (WORD_OF | WORD_ARTICLE)) && !attribution_is(s, i, ATTRIBUTION_CONNECTOR) && !attribution_is(s, i, ATTRIBUTION_NOUN);
}

/* "of", "for", "by" in a noun phrase, not "and" or "the". */
static bool preposition(const struct attribution_scan *s, uint32_t i)
{
    return s->tokens[i].class == TOKEN_WORD && attribution_is(s, i, ATTRIBUTION_CONNECTOR) &&
           !(lexicon_word(s->lexicon, s->language, s->tokens[i].hash) & (WORD_ARTICLE | WORD_JOINT));
}

/* Where the head of a noun phrase ends: before its first preposition. */
static uint32_t head_end(const struct attribution_scan *s, uint32_t first, uint32_t end)
{
    uint32_t i = first;
    while (i < end && (i == first || !preposition(s, i)))
        i++;
    return i;
}

/* Does the phrase name someone: a capital that no sentence gave, or a body that speaks? */
static bool names_someone(const struct attribution_scan *s, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++) {
        const struct cue *noun = attribution_cue(s, i, ATTRIBUTION_NOUN);
        if ((capital(s, i) && !(s->tokens[i].flags & (TOKEN_SENTENCE | TOKEN_PASSAGE))) || (noun && noun->value == 0))
            return true;
    }
    return false;
}

/* May the noun phrase of tokens [first, end) be a source? Its head speaks: "officials", "the 2023 survey"; not "recent data", "the report" alone; "states"
 * only where `many` may speak: "according to residents", but not "most residents reported". */
static bool speaks(const struct attribution_scan *s, uint32_t first, uint32_t end, bool many)
{
    bool article_before = first > 0 && article(s, first - 1);
    while (first < end && article(s, first)) {
        article_before = true;
        first++;
    }
    uint32_t head = head_end(s, first, end);
    const struct cue *noun = head > first ? attribution_cue(s, head - 1, ATTRIBUTION_NOUN) : NULL;
    if (!noun)
        return false;
    switch (noun->value) {
    case 0: return true;
    case 1: return names_someone(s, first, end);
    case 2: return end - first > 1 && (article_before || names_someone(s, first, end) || attribution_is(s, first, ATTRIBUTION_OBJECT));
    case 3: return many;
    default: return false;
    }
}

/* "Israeli official sources": the name only says whose they are. */
static uint32_t noun_behind(const struct attribution_scan *s, uint32_t end, uint32_t limit)
{
    uint32_t last = end;
    for (uint32_t i = end; i < limit && i < end + LEAD_TOKENS && s->tokens[i].class == TOKEN_WORD && !stops(s, i) && !attribution_is(s, i, ATTRIBUTION_CONNECTOR); i++)
        if (attribution_is(s, i, ATTRIBUTION_NOUN) && attribution_cue(s, i, ATTRIBUTION_NOUN)->value < 4)
            last = i + 1;
    return last;
}

/* "the Gini coefficient", "the Paris agreement on": the name only tells of what the noun behind it means, and that is nobody. */
static bool only_tells(const struct attribution_scan *s, uint32_t end, uint32_t limit)
{
    return end < limit && s->tokens[end].class == TOKEN_WORD && !stops(s, end) && !attribution_is(s, end, ATTRIBUTION_CONNECTOR) && !capital(s, end);
}

/* One word with a capital is a name in the middle of a sentence, or in capitals all through; not "Further", "Three". */
static bool is_name(const struct attribution_scan *s, uint32_t first, uint32_t end)
{
    const struct token *token = &s->tokens[first];
    const struct cue *noun = attribution_cue(s, first, ATTRIBUTION_NOUN);
    bool ordinary = lexicon_word(s->lexicon, s->language, token->hash) != 0 || lexicon_number(s->lexicon, s->language, token->hash) ||
                    (noun && noun->value > 0) || attribution_is(s, first, ATTRIBUTION_PRONOUN) || attribution_is(s, first, ATTRIBUTION_OBJECT);
    const struct cue *last = attribution_cue(s, end - 1, ATTRIBUTION_NOUN);
    if (last && last->value == 4) /* "the Constitution" */
        return false;
    if (end - first > 1)
        return !ordinary || !(token->flags & (TOKEN_SENTENCE | TOKEN_PASSAGE));
    return !ordinary && token->span.end - token->span.start > 1 && (token->flags & TOKEN_ALLCAPS || !(token->flags & (TOKEN_SENTENCE | TOKEN_PASSAGE)));
}

bool source_after(const struct attribution_scan *s, uint32_t i, uint32_t limit, struct source_found *ret)
{
    uint32_t first = i;
    while (first < limit && first < i + 2 && (article(s, first) || (s->language == LANGUAGE_FR && attribution_is(s, first, ATTRIBUTION_BY))) && !capital(s, first))
        first++; /* "selon des témoins" */
    if (first >= limit)
        return false;
    const struct mention *actor = actor_in(s, first, MIN(first + LEAD_TOKENS, limit));
    uint32_t end = name_end(s, first, limit);
    if (actor && extraction_token(s->x, actor->span.start) <= MAX(first, end))
        return from_actor(s, actor, ret);
    if (end > first) {
        uint32_t last = noun_behind(s, small_letters(s, end, limit), limit);
        if (is_period(s, first, end) || !is_name(s, first, end) || (last == end && only_tells(s, end, limit)))
            return false;
        *ret = (struct source_found){.first = first, .after = last};
        print_name(s, ret);
        return true;
    }
    for (end = first; end < limit && end < first + PHRASE_TOKENS && !stops(s, end); end++)
        if (actor_in(s, end, end + 1))
            return from_actor(s, actor_in(s, end, end + 1), ret);
    while (end > first && (attribution_is(s, end - 1, ATTRIBUTION_CONNECTOR) || article(s, end - 1)))
        end--;
    if (end == first || !speaks(s, first, end, true))
        return false;
    *ret = (struct source_found){.first = first, .after = end};
    print_name(s, ret);
    return true;
}

/* Steps back over a bracket or an apposition that ends right before token `end`: "UNHCR, which also counts refugees, reported". */
static uint32_t before_aside(const struct attribution_scan *s, uint32_t end, uint32_t start)
{
    bool bracket = end > start && attribution_sign(s, end - 1, ')'), comma = end > start && attribution_sign(s, end - 1, ',');
    if (!bracket && !comma)
        return end;
    for (uint32_t i = end - 1; i > start && end - i < 40; i--)
        if (attribution_sign(s, i - 1, bracket ? '(' : ','))
            return before_aside(s, i - 1, start);
    return end;
}

/* The words with capitals that end before token `end`. */
static uint32_t name_start(const struct attribution_scan *s, uint32_t end, uint32_t start)
{
    uint32_t first = end;
    for (uint32_t i = end; i > start && end - i < NAME_TOKENS; i--) {
        bool begins = s->tokens[i - 1].flags & TOKEN_SENTENCE; /* "The", and "Twice" before "the United States" */
        if (capital(s, i - 1) && !(begins && (article(s, i - 1) || (i < end && article(s, i)))))
            first = i - 1;
        else if (!joins(s, i - 1))
            break;
    }
    return first;
}

/* "One in five residents reported": those counted speak, nobody is credited. */
static bool is_counted(const struct attribution_scan *s, uint32_t first, uint32_t after)
{
    uint32_t i = link_from(s->figures, s->n_figures, s->tokens[first].span.start);
    bool inside = i < s->n_figures && s->figures[i].span.start < s->tokens[after - 1].span.end && !s->figures[i].figure.minor;
    bool before = i > 0 && !s->figures[i - 1].figure.minor && s->figures[i - 1].span.end + 1 >= s->tokens[first].span.start;
    return inside || before;
}

/* "a study by the Refugee Council": the name behind "by", where it ends the phrase. */
static bool name_behind_by(const struct attribution_scan *s, uint32_t first, uint32_t end, struct source_found *ret)
{
    for (uint32_t i = first; i + 1 < end; i++) {
        uint32_t name = i + 1;
        if (!attribution_is(s, i, ATTRIBUTION_BY))
            continue;
        while (name < end && !capital(s, name) && (article(s, name) || attribution_is(s, name, ATTRIBUTION_NOUN)))
            name++;
        if (name < end && name_end(s, name, end) == end) {
            *ret = (struct source_found){.first = name, .after = end};
            print_name(s, ret);
            return !ret->place;
        }
    }
    return false;
}

/* A noun phrase without a name of its own: "one representative of a child protection NGO", "a study by UNHCR" (then UNHCR). */
static bool phrase_before(const struct attribution_scan *s, uint32_t end, uint32_t start, struct source_found *ret)
{
    uint32_t first = end;
    while (first > start && end - first < PHRASE_TOKENS && !stops(s, first - 1)) {
        first--;
        if (article(s, first) && (first == start || !attribution_is(s, first - 1, ATTRIBUTION_CONNECTOR)))
            break;
    }
    while (first < end && attribution_is(s, first, ATTRIBUTION_CONNECTOR) && !article(s, first))
        first++;
    if (first < end && article(s, first))
        first++;
    if (first == end || is_counted(s, first, end) || !speaks(s, first, end, false))
        return false;
    const struct mention *actor = actor_in(s, first, end);
    if (actor)
        return from_actor(s, actor, ret);
    if (name_behind_by(s, first, end, ret))
        return true;
    *ret = (struct source_found){.first = first, .after = end};
    print_name(s, ret);
    return true;
}

/* "the Permanent Representative of Israel to the United Nations": the name is only the end of a longer one. Its first token; NONE: of a phrase that is no
 * source; the actor's own: it stands for itself, or for a noun that speaks for it, "a spokesperson for UNHCR". */
static uint32_t longer_name(const struct attribution_scan *s, uint32_t first, uint32_t start)
{
    uint32_t i = first, prepositions = 0, head = NONE, capitals = NONE;
    while (i > start && article(s, i - 1))
        i--;
    if (i == start || !preposition(s, i - 1))
        return first;
    for (; i > start && first - i < PHRASE_TOKENS && (!stops(s, i - 1) || preposition(s, i - 1) || capital(s, i - 1)); i--) {
        prepositions += preposition(s, i - 1);
        if (attribution_is(s, i - 1, ATTRIBUTION_NOUN) && !(s->tokens[i - 1].flags & TOKEN_SENTENCE && preposition(s, i - 1)))
            head = i - 1;
        if (head != NONE && capital(s, i - 1) && !article(s, i - 1))
            capitals = i - 1;
        if (article(s, i - 1) && head != NONE)
            break;
    }
    if (head == NONE)
        return NONE;
    return prepositions < 2 ? first : MIN(head, capitals);
}

static bool subject(const struct attribution_scan *s, uint32_t end, uint32_t start, struct source_found *ret)
{
    uint32_t at = link_from(s->actors, s->n_actors, s->tokens[end - 1].span.end);
    if (at > 0 && s->actors[at - 1].span.end >= s->tokens[end - 1].span.end && s->actors[at - 1].span.start >= s->tokens[start].span.start && can_say(&s->actors[at - 1])) {
        uint32_t own = extraction_token(s->x, s->actors[at - 1].span.start), first = longer_name(s, own, start);
        if (first == own)
            return from_actor(s, &s->actors[at - 1], ret);
        *ret = (struct source_found){.first = first, .after = end};
        if (first != NONE)
            print_name(s, ret);
        return first != NONE;
    }
    if (phrase_before(s, end, start, ret))
        return true;
    uint32_t first = name_start(s, end, start);
    if (first == end || (first > start && preposition(s, first - 1)))
        return false;
    *ret = (struct source_found){.first = first, .after = end};
    print_name(s, ret);
    return is_name(s, first, end) && !is_period(s, first, end) && !is_counted(s, first, end);
}

bool source_before(const struct attribution_scan *s, uint32_t end, uint32_t start, struct source_found *ret)
{
    if (end > start && s->tokens[end - 1].class == TOKEN_NUMBER)
        return false;
    end = before_aside(s, end, start);
    if (end <= start || article(s, end - 1) || attribution_is(s, end - 1, ATTRIBUTION_CONNECTOR) || attribution_sign(s, end - 1, '-') || !subject(s, end, start, ret))
        return false;
    ret->gap = end - MIN(end, ret->after);
    return true;
}
