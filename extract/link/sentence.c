/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/link/link.h"

enum { WEIGHT_COMMA = 3, WEIGHT_COLON = 4, WEIGHT_CONTRAST = 9, WEIGHT_DASH = 6, WEIGHT_STOP = 14, MAX_WEIGHT = 60000, FRONT_TOKENS = 4, SAYING_TOKENS = 6 };

static struct slice text_of(const struct link_scan *s, uint32_t i)
{
    return token_text(s->doc, &s->tokens[i]);
}

static bool sign(const struct link_scan *s, uint32_t i, gunichar character)
{
    return i < s->n && s->tokens[i].sign == character;
}

/* Inside a number or a name: "1,234", "three-year". */
static bool glued_both(const struct link_scan *s, uint32_t i)
{
    return !(s->tokens[i].flags & TOKEN_SPACE) && i + 1 < s->after_token && !(s->tokens[i + 1].flags & TOKEN_SPACE);
}

static unsigned weight_of(const struct link_scan *s, uint32_t i)
{
    if (s->tokens[i].class != TOKEN_SIGN)
        return link_cue(s, i, LINK_CONTRAST) ? WEIGHT_CONTRAST : 0;
    if (glued_both(s, i))
        return 0;
    if (sign(s, i, ','))
        return WEIGHT_COMMA;
    if (sign(s, i, ';'))
        return WEIGHT_STOP;
    if (sign(s, i, ':'))
        return WEIGHT_COLON;
    return sign(s, i, 0x2013 /* – */) || sign(s, i, 0x2014 /* — */) || sign(s, i, '-') ? WEIGHT_DASH : 0;
}

/* The words that stand() looks at. */
#define BIT(word) (UINT64_C(1) << (word))
static const uint64_t STANDING_WORDS = BIT(LINK_CONTRAST) | BIT(LINK_JOINT) | BIT(LINK_BASE) | BIT(LINK_ASIDE) | BIT(LINK_RESPECTIVELY) | BIT(LINK_WORLD);

/* A base or an aside goes on to the next comma of its own depth. */
static void stand(struct link_scan *s)
{
    struct standing at = {0, 0, 0, 0};
    uint8_t segments = 0, segment_depth = 0;
    uint32_t period = s->period_from, begun = 0; /* "down from 37 in 2015 and only 3 per cent of all": behind its period a base ends at the joint */
    s->respectively = s->world = false;
    g_array_set_size(s->standings, s->after_token - s->first_token);
    for (uint32_t i = s->first_token; i < s->after_token; i++) {
        if (s->tokens[i].class != TOKEN_SIGN && !cue_text_may(&s->cues, i, STANDING_WORDS)) { /* most words */
            g_array_index(s->standings, struct standing, i - s->first_token) = at;
            continue;
        }
        unsigned weight = weight_of(s, i);
        if (sign(s, i, ')') || sign(s, i, ']')) {
            at.depth = (uint8_t)(at.depth - (at.depth > 0));
            at.segment = at.depth < segment_depth ? 0 : at.segment;
        }
        while (period < s->period_to && s->periods[period].span.end <= s->tokens[i].span.start)
            period++;
        if (at.depth <= segment_depth && (weight || (at.segment && period > begun && link_cue(s, i, LINK_JOINT))))
            at.segment = 0;
        if (segments < UINT8_MAX && (link_cue(s, i, LINK_BASE) || link_cue(s, i, LINK_ASIDE))) {
            at.segment = ++segments;
            segment_depth = at.depth;
            begun = period;
        }
        at.stops = (uint8_t)MIN(at.stops + (weight == WEIGHT_STOP), UINT8_MAX);
        at.commas = (uint16_t)MIN(at.commas + weight, (unsigned)MAX_WEIGHT);
        g_array_index(s->standings, struct standing, i - s->first_token) = at;
        if ((sign(s, i, '(') || sign(s, i, '[')) && at.depth < UINT8_MAX)
            at.depth++;
        s->respectively = s->respectively || link_cue(s, i, LINK_RESPECTIVELY);
        s->world = s->world || link_world(s, i);
    }
}

/* How many figures that someone would cite stand before a byte of the sentence. */
static uint32_t figures_before(const struct link_scan *s, uint32_t *cursor, uint32_t *count, uint32_t at)
{
    while (*cursor < s->figure_to && s->figures[*cursor].span.start < at) {
        *count += link_counts(&s->figures[*cursor]);
        (*cursor)++;
    }
    return *count;
}

static struct marker mark(const struct link_scan *s, struct span span, uint32_t first, uint32_t n)
{
    struct marker m = {.span = span, .first = first, .n = n};
    m.token = link_token(s, span.start);
    if (m.token > s->first_token && (m.token == s->n || s->tokens[m.token].span.start > span.start))
        m.token--; /* begins inside a token: "d'Haïti" */
    m.end = token_ahead(s->x->tokens, m.token, span.end);
    m.at = *link_standing(s, m.token);
    return m;
}

/* "Germanwatch (2015)": the year of a publication; "Honduras (2015)" is none. */
static bool cites(const struct link_scan *s, const struct marker *m)
{
    if (m->token < s->first_token + 2 || m->end >= s->after_token || !sign(s, m->token - 1, '(') || !sign(s, m->end, ')'))
        return false;
    const struct token *name = &s->tokens[m->token - 2];
    uint32_t after = link_from(s->locations, s->n_locations, name->span.end);
    bool place = after > 0 && s->locations[after - 1].span.end >= name->span.end;
    return name->class == TOKEN_WORD && name->flags & TOKEN_CAPITAL && !place;
}

/* Where the sentence begins, behind the number of its paragraph: "28. On the night of 17 March". */
static uint32_t front_token(const struct link_scan *s)
{
    uint32_t i = s->first_token;
    return i + 2 < s->after_token && s->tokens[i].class == TOKEN_NUMBER && (sign(s, i + 1, '.') || sign(s, i + 1, ')')) ? i + 2 : i;
}

/* A period inside the name of a law or programme, or that dates a publication, governs no figure. */
static bool dates_a_name(const struct link_scan *s, const struct mention *period, const struct marker *m)
{
    uint32_t after = link_from(s->actors, s->n_actors, period->span.start + 1);
    if ((after > 0 && s->actors[after - 1].span.end >= period->span.end) || cites(s, m))
        return true;
    bool year = period->span.end - period->span.start == strlen("2011");
    for (uint32_t i = m->end; year && i < m->end + 3 && i < s->after_token && s->tokens[i].class == TOKEN_WORD && !link_cue(s, i, LINK_ARTICLE); i++)
        if (link_cue(s, i, LINK_PUBLICATION))
            return true;
    return false;
}

/* The numbers that the figure pass read as figures are no dates. */
static bool is_figure(const struct link_scan *s, const struct mention *period)
{
    uint32_t after = link_from(s->figures, s->n_figures, period->span.end);
    return after > 0 && s->figures[after - 1].span.start <= period->span.start && s->figures[after - 1].span.end >= period->span.end;
}

/* "said on Monday", "announced on 5 March 2025": the day of the saying. */
static bool dates_a_saying(const struct link_scan *s, const struct mention *period, const struct marker *m)
{
    if (strlen(period->period.edtf) != strlen("2025-03-05"))
        return false;
    for (uint32_t i = m->token; i > s->first_token && m->token - i < SAYING_TOKENS; i--)
        if (link_cue(s, i - 1, LINK_SAID) && !(i - 1 <= s->first_token + 1 && link_cue(s, i - 1, LINK_SAID)->n > 1)) /* not "En date du 3 mai, 40 alertes" */
            return s->figure_from == s->figure_to || m->figures == 0 || s->figures[s->figure_from].span.start < s->tokens[i - 1].span.start;
    return false;
}

/* The cue of a class that ends right before token i, articles between allowed; its length in tokens, or 0. */
static uint32_t cue_before(const struct link_scan *s, uint32_t i, enum link_word word)
{
    for (int skipped = 0; skipped < 4; skipped++) {
        uint32_t best = 0;
        for (uint32_t n = 1; n <= 4 && i >= s->first_token + n; n++) {
            const struct cue *cue = link_cue(s, i - n, word);
            if (cue && cue->n == n)
                best = n;
        }
        if (best)
            return best;
        if (i <= s->first_token || !link_cue(s, i - 1, LINK_ARTICLE))
            return 0;
        i--;
    }
    return 0;
}

/* "one third of the rate of 2012", "four times the number of 2021", "half the 2021 level" */
static bool of_share(const struct link_scan *s, const struct marker *m)
{
    uint32_t after = link_from(s->figures, s->figure_to, m->span.start);
    const struct cue *noun = m->end < s->after_token ? link_cue(s, m->end, LINK_BASE_NOUN) : NULL;
    bool behind = noun && !(m->end + noun->n < s->after_token && slice_is(text_of(s, m->end + noun->n), "of")); /* "the 2022 figure of 800,000" is that figure's */
    if (after <= s->figure_from || !(behind || cue_before(s, m->token, LINK_BASE_OF) > 0))
        return false;
    enum figure_kind kind = s->figures[after - 1].figure.quantity.kind;
    return kind == KIND_MULTIPLE || kind == KIND_FRACTION || kind == KIND_PERCENT;
}

/* "The analysis for May projects that …", of which figures are told behind it. */
static bool dates_a_report(const struct link_scan *s, const struct marker *m)
{
    enum { VERB_TOKENS = 4 };
    for (uint32_t i = m->end; i < s->after_token && i < m->end + VERB_TOKENS && s->tokens[i].class == TOKEN_WORD; i++)
        if (i > m->end && link_cue(s, i, LINK_THAT))
            return true;
    return false;
}

/* Does a period begin another clause, behind figures of its own: "…, and on 13 December, 15 people were killed", "in 2001 22 were"? */
static void note_opening(struct link_scan *s, const struct marker *m)
{
    enum { NEAR_TOKENS = 14 };
    uint32_t next = link_from(s->figures, s->figure_to, m->span.end), first = m->token;
    if (m->figures == 0 || m->base || m->at.depth > 0 || m->at.segment != 0 || next >= s->figure_to || s->n_openings == MAX_OPENINGS)
        return;
    uint32_t figure = link_token(s, s->figures[next].span.start);
    for (int skipped = 0; skipped < 2 && first > s->first_token && (link_cue(s, first - 1, LINK_SPAN) || link_cue(s, first - 1, LINK_PLACE) || link_cue(s, first - 1, LINK_ARTICLE)); skipped++)
        first--;
    if (figure > m->end + NEAR_TOKENS || first <= s->first_token + 1)
        return;
    bool joint = link_cue(s, first - 1, LINK_JOINT) || sign(s, first - 1, ';');
    if ((joint && (sign(s, m->end, ',') || figure == m->end)) || (sign(s, first - 1, ',') && figure == m->end))
        s->openings[s->n_openings++] = first;
}

static void mark_periods(struct link_scan *s)
{
    uint32_t cursor = s->figure_from, count = 0;
    g_array_set_size(s->period_marks, 0);
    s->n_openings = 0;
    for (uint32_t i = s->period_from; i < s->period_to; i++) {
        const struct mention *period = &s->periods[i];
        struct marker m = mark(s, period->span, i, 1);
        m.figures = figures_before(s, &cursor, &count, period->span.start);
        if (is_figure(s, period) || dates_a_name(s, period, &m) || dates_a_saying(s, period, &m))
            continue;
        m.fronted = m.token <= front_token(s) + FRONT_TOKENS && m.figures == 0 && m.at.segment == 0;
        m.base = (m.at.segment != 0 || g_str_equal(period->rule, "period.same") || of_share(s, &m)) && !m.fronted;
        m.reported = dates_a_report(s, &m);
        note_opening(s, &m);
        g_array_append_val(s->period_marks, m);
    }
}

static enum role role_of(const struct link_scan *s, const struct marker *m)
{
    static const struct {
        enum link_word word;
        enum role role;
    } rows[] = {{LINK_HOST, ROLE_HOST}, {LINK_DESTINATION, ROLE_DESTINATION}, {LINK_ORIGIN, ROLE_ORIGIN}};
    uint32_t longest = 0;
    enum role role = ROLE_UNKNOWN;
    for (size_t k = 0; k < G_N_ELEMENTS(rows); k++) {
        uint32_t n = cue_before(s, m->token, rows[k].word);
        if (n > longest) {
            longest = n;
            role = rows[k].role;
        }
    }
    if (longest == 0 && m->end < s->after_token && link_cue(s, m->end, LINK_HOSTS))
        return ROLE_HOST;
    return role;
}

/* "Hondurans", "Haitian migrants" come from there; "Honduran companies" are there. */
static enum role role_of_people(const struct link_scan *s, const struct marker *m)
{
    uint32_t next = m->end < s->after_token && s->tokens[m->end].class == TOKEN_WORD ? lexicon_word(s->x->extractor->lexicon, s->language, s->tokens[m->end].hash) : 0;
    bool plural = s->language == LANGUAGE_EN && slice_ends(document_slice(s->doc, m->span), "s");
    return plural || next & (WORD_PERSON | WORD_STATE) ? ROLE_ORIGIN : ROLE_UNKNOWN;
}

static void add_spot(struct link_scan *s, const struct mention *m)
{
    struct spot spot = {m->span, m->location.canonical, m->location.iso, m->location.class, m->location.geonames, false};
    g_array_append_val(s->spots, spot);
}

/* The actor whose name holds the span, or NULL. */
static const struct mention *actor_around(const struct link_scan *s, struct span span)
{
    uint32_t after = link_from(s->actors, s->n_actors, span.start + 1);
    return after > 0 && s->actors[after - 1].span.end >= span.end ? &s->actors[after - 1] : NULL;
}

/* "Mexican Commission for Refugee Aid", not "Norwegian Refugee Council". */
static bool state_body(const struct link_scan *s, const struct mention *actor)
{
    if (g_strcmp0(actor->actor.class, "state") == 0)
        return true;
    for (uint32_t i = link_token(s, actor->span.start); i < s->n && s->tokens[i].span.start < actor->span.end; i++)
        if (link_cue(s, i, LINK_BODY))
            return true;
    return false;
}

static void add_demonym_of(struct link_scan *s, struct span span, const struct gazetteer_place *place)
{
    const char *iso = *place->iso ? place->iso : place->country;
    struct spot spot = {span, gazetteer_string(gazetteer_get(), place->name), *iso ? iso : NULL, place_class_name(place->class), place->geonames, true};
    const struct mention *actor = actor_around(s, span);
    if (!actor || state_body(s, actor))
        g_array_append_val(s->spots, spot);
}

/* "Latin American" tells of Latin America: the name without its last letter, where that is a zone or continent. */
static bool add_adjective(struct link_scan *s, uint32_t i)
{
    struct span span = {s->tokens[i].span.start, s->tokens[i + 1].span.end};
    g_autofree char *name = slice_dup(document_slice(s->doc, (struct span){span.start, span.end - 1}));
    const struct gazetteer *g = gazetteer_get();
    const struct gazetteer_slot *slot = gazetteer_find(g, name);
    for (uint32_t k = 0; slot && k < slot->count; k++) {
        const struct gazetteer_sense *sense = &gazetteer_senses(g, slot)[k];
        const struct gazetteer_place *place = sense->flags & SENSE_ACTOR ? NULL : gazetteer_place(g, sense->record);
        if (place && (place->class == PLACE_ZONE || place->class == PLACE_CONTINENT)) {
            add_demonym_of(s, span, place);
            return true;
        }
    }
    return false;
}

/* The people's sense of a name; inside the name of a state's body ("United States Border Patrol") the country's too. */
static const struct gazetteer_sense *people_of(const struct link_scan *s, const struct gazetteer *g, const struct name_match *match)
{
    const struct gazetteer_sense *senses = gazetteer_senses(g, match->slot);
    bool named = actor_around(s, match->span) != NULL;
    for (uint32_t k = 0; k < match->slot->count; k++) {
        if (senses[k].flags & SENSE_DEMONYM)
            return &senses[k];
        if (senses[k].flags & SENSE_ACTOR)
            continue;
        unsigned class = gazetteer_place(g, senses[k].record)->class;
        if (class == PLACE_ZONE || (named && class == PLACE_COUNTRY)) /* "Latin American and Caribbean states" */
            return &senses[k];
    }
    return NULL;
}

/* "an Israeli air strike", "un ataque israelí": who acts, and nothing of where. */
static bool of_strike(const struct link_scan *s, uint32_t first, uint32_t after)
{
    return (after < s->after_token && link_cue(s, after, LINK_STRIKE)) || (s->language != LANGUAGE_EN && first > s->first_token && link_cue(s, first - 1, LINK_STRIKE));
}

/* "Honduran" tells of Honduras: of a word with a capital. */
static void add_demonym(struct link_scan *s, uint32_t *i)
{
    struct name_match match;
    const struct gazetteer *g = gazetteer_get();
    const struct token *token = &s->tokens[*i];
    bool pair = *i + 1 < s->after_token && token[1].flags & TOKEN_CAPITAL;
    if (pair && slice_ends(text_of(s, *i + 1), "n") && add_adjective(s, *i)) {
        (*i)++;
        return;
    }
    if (scan_known(s->x->names, *i) & SCAN_NAMELESS || !gazetteer_match(g, s->doc, s->x->tokens, *i, s->after_token, &match))
        return;
    const struct gazetteer_sense *sense = people_of(s, g, &match);
    if (!sense && match.after > *i + 1 && gazetteer_match(g, s->doc, s->x->tokens, *i, *i + 1, &match)) /* the first word of a known actor's name */
        sense = people_of(s, g, &match);
    if (!sense)
        return;
    if (!of_strike(s, *i, match.after))
        add_demonym_of(s, match.span, gazetteer_place(g, sense->record));
    *i = match.after - 1;
}

bool link_people(const struct link_scan *s, struct span span, struct spot *ret)
{
    struct name_match match;
    const struct gazetteer *g = gazetteer_get();
    uint32_t first = link_token(s, span.start), after = link_token(s, span.end);
    const struct gazetteer_sense *sense = first < after && gazetteer_match(g, s->doc, s->x->tokens, first, after, &match) ? people_of(s, g, &match) : NULL;
    if (!sense)
        return false;
    const struct gazetteer_place *place = gazetteer_place(g, sense->record);
    const char *iso = *place->iso ? place->iso : place->country;
    *ret = (struct spot){match.span, gazetteer_string(g, place->name), *iso ? iso : NULL, place_class_name(place->class), place->geonames, true};
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
            return link_cue(s, i - 1, LINK_RIVER) && slice_ends(text_of(s, i - 1), i == first ? "" : "s");
        if (s->tokens[i - 1].class != TOKEN_WORD && !sign(s, i - 1, ','))
            return false;
    }
    return false;
}

static void gather_spots(struct link_scan *s)
{
    uint32_t location = s->location_from;
    g_array_set_size(s->spots, 0);
    for (uint32_t i = s->first_token; i < s->after_token; i++) {
        if (location < s->location_to && s->locations[location].span.start < s->tokens[i].span.end) {
            uint32_t end = s->locations[location].span.end;
            if (!of_river(s, &s->locations[location]))
                add_spot(s, &s->locations[location]);
            location++;
            while (i + 1 < s->after_token && s->tokens[i + 1].span.start < end)
                i++;
        } else if (s->tokens[i].flags & TOKEN_CAPITAL && s->figure_to > s->figure_from) {
            add_demonym(s, &i);
        }
    }
}

static const struct spot *spot_at(const struct link_scan *s, uint32_t i)
{
    return &g_array_index(s->spots, struct spot, i);
}

/* A bracket that opens behind the list's first name, or closes again: "Rivas, León (Moyo and Sapo) and Boaco", not "(behind Rivas), León". */
static bool inner_bracket(const struct link_scan *s, const struct marker *m, uint32_t i)
{
    return sign(s, i, '(') || (sign(s, i, ')') && link_standing(s, i)->depth >= m->at.depth);
}

/* "Honduras, Guatemala and El Salvador": commas, joints and articles alone between two places. */
static bool one_list(const struct link_scan *s, const struct marker *m, uint32_t next)
{
    uint32_t end = link_token(s, spot_at(s, next)->span.start);
    for (uint32_t i = m->end; i < end; i++)
        if (!sign(s, i, ',') && !sign(s, i, '/') && !inner_bracket(s, m, i) && !sign(s, i, '-') && !sign(s, i, 0x2013 /* – */) && !link_cue(s, i, LINK_JOINT) && !link_cue(s, i, LINK_ARTICLE))
            return false;
    return end > m->end;
}

/* "Fortul, Saravena y Tame", of which only the last is known. */
static bool partial(const struct link_scan *s, uint32_t token)
{
    if (token < s->first_token + 2 || !link_cue(s, token - 1, LINK_JOINT))
        return false;
    const struct token *name = &s->tokens[token - 2];
    uint32_t after = link_from(s->locations, s->n_locations, name->span.end);
    bool known = after > 0 && s->locations[after - 1].span.end >= name->span.end;
    bool listed = token > s->first_token + 3 && (sign(s, token - 3, ',') || (s->tokens[token - 3].flags & TOKEN_CAPITAL && sign(s, token - 4, ',')));
    return name->class == TOKEN_WORD && name->flags & TOKEN_CAPITAL && !known && listed;
}

/* "south of Rivas", "al norte de Rivas": beside the place, not in it. */
static bool beyond(const struct link_scan *s, uint32_t token)
{
    static const char *const words[] = {"north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "norte", "sur", "este", "oeste", "nord", "sud", "est", "ouest"};
    if (token < s->first_token + 2 || !(slice_is(text_of(s, token - 1), "of") || slice_is(text_of(s, token - 1), "de")))
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (slice_is(text_of(s, token - 2), words[i]))
            return true;
    return false;
}

static void mark_places(struct link_scan *s)
{
    uint32_t cursor = s->figure_from, count = 0;
    g_array_set_size(s->place_marks, 0);
    for (uint32_t i = 0; i < s->spots->len;) {
        struct marker m = mark(s, spot_at(s, i)->span, i, 1);
        m.demonym = spot_at(s, i)->demonym;
        m.figures = figures_before(s, &cursor, &count, m.span.start);
        while (i + m.n < s->spots->len && one_list(s, &m, i + m.n)) {
            if (cursor < s->figure_to && s->figures[cursor].span.start < spot_at(s, i + m.n)->span.start && link_counts(&s->figures[cursor]))
                break;
            m.span.end = spot_at(s, i + m.n)->span.end;
            m.end = link_token(s, m.span.end);
            m.n++;
        }
        bool elided = s->tokens[m.token].span.start < m.span.start;
        bool opened = m.token > s->first_token && sign(s, m.token - 1, '(');
        m.announced = elided || opened || cue_before(s, m.token, LINK_PLACE) > 0;
        if (opened)
            m.at = *link_standing(s, m.token - 1);
        if (m.token > s->first_token + 1 && sign(s, m.token - 1, ':') && cue_before(s, m.token - 1, LINK_PLACE) > 0) { /* "en los municipios de: Moyo, Rivas" */
            m.announced = true;
            m.at = *link_standing(s, m.token - 2);
        }
        m.fronted = m.token <= front_token(s) + FRONT_TOKENS && m.figures == 0;
        m.beyond = beyond(s, m.token);
        m.partial = !m.demonym && partial(s, m.token);
        m.role = m.demonym ? role_of_people(s, &m) : role_of(s, &m);
        g_array_append_val(s->place_marks, m);
        i += m.n;
    }
}

void link_sentence(struct link_scan *s)
{
    stand(s);
    mark_periods(s);
    gather_spots(s);
    mark_places(s);
}
