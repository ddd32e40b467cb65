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
    switch (s->tokens[i].sign) {
    case ',':
        return glued_both(s, i) ? 0 : WEIGHT_COMMA;
    case ';':
        return glued_both(s, i) ? 0 : WEIGHT_STOP;
    case ':':
        return glued_both(s, i) ? 0 : WEIGHT_COLON;
    case '-':
    case 0x2013: /* – */
    case 0x2014: /* — */
        return glued_both(s, i) ? 0 : WEIGHT_DASH;
    default:
        return s->tokens[i].class != TOKEN_SIGN && link_is(s, i, LINK_CONTRAST) ? WEIGHT_CONTRAST : 0;
    }
}

/* The words that a standing depends on, and the signs, by their low byte: few others have one of these, and they change nothing. */
#define BIT(word) (UINT64_C(1) << (word))
static const uint64_t STANDING_WORDS = BIT(LINK_CONTRAST) | BIT(LINK_JOINT) | BIT(LINK_BASE) | BIT(LINK_ASIDE) | BIT(LINK_RESPECTIVELY) | BIT(LINK_WORLD);
static const bool standing_signs[256] = {
    [','] = true, [';'] = true, [':'] = true, ['-'] = true, [0x2013 & 0xff] = true, [0x2014 & 0xff] = true, ['('] = true, [')'] = true, ['['] = true, [']'] = true,
};

/* The tokens of the sentence at which standings may change, gathered without a branch that depends on them, where there is room for all; returns how many. */
static uint32_t gather_turns(const struct link_scan *s, uint32_t *places)
{
    const struct token *tokens = s->tokens;
    const struct cue_start *begin = s->cues.begin;
    const uint16_t *rows = s->cues.rows;
    uint32_t found = 0;
    for (uint32_t i = s->first_token, after = s->after_token; i < after; i++) {
        places[found] = i;
        found += standing_signs[tokens[i].sign & 0xff] | ((begin[rows[tokens[i].word]].classes & STANDING_WORDS) != 0);
    }
    return found;
}

/* What holds at the token in work, while turns are noted, and which base or aside it is in. */
struct stander {
    struct standing at;
    uint8_t segments, segment_depth;
    uint32_t period, begun; /* "down from 37 in 2015 and only 3 per cent of all": behind its period a base ends at the joint */
};

static void pass_periods(const struct link_scan *s, struct stander *stander, uint32_t i)
{
    while (stander->period < s->period_to && s->periods[stander->period].span.end <= s->tokens[i].span.start)
        stander->period++;
}

/* A base or an aside goes on to the next comma of its own depth. */
static void pass_turn(const struct link_scan *s, struct stander *stander, uint32_t i)
{
    struct standing *at = &stander->at;
    uint16_t character = s->tokens[i].sign;
    unsigned weight = weight_of(s, i);
    if (character == ')' || character == ']') {
        at->depth = (uint8_t)(at->depth - (at->depth > 0));
        at->segment = at->depth < stander->segment_depth ? 0 : at->segment;
    }
    if (at->segment && at->depth <= stander->segment_depth) {
        pass_periods(s, stander, i);
        if (weight || (stander->period > stander->begun && link_is(s, i, LINK_JOINT)))
            at->segment = 0;
    }
    if (character == 0 && stander->segments < UINT8_MAX && cue_text_may(&s->cues, i, BIT(LINK_BASE) | BIT(LINK_ASIDE)) && (link_is(s, i, LINK_BASE) || link_is(s, i, LINK_ASIDE))) {
        pass_periods(s, stander, i);
        at->segment = ++stander->segments;
        stander->segment_depth = at->depth;
        stander->begun = stander->period;
    }
    if (weight == 0)
        return;
    at->stops = (uint8_t)MIN(at->stops + (weight == WEIGHT_STOP), UINT8_MAX);
    at->commas = (uint16_t)MIN(at->commas + weight, (unsigned)MAX_WEIGHT);
}

static void note_turn(struct link_scan *s, uint32_t token, struct standing at)
{
    struct turn *last = &s->turns[s->n_turns - 1];
    if (last->token != token)
        last = &s->turns[s->n_turns++];
    *last = (struct turn){token, at};
}

static void stand(struct link_scan *s)
{
    struct stander stander = {.period = s->period_from};
    uint32_t n = s->after_token - s->first_token;
    if (2 * n + 1 > s->turns_room) { /* a bracket turns twice */
        s->turns_room = 4 * n + 1;
        s->turns = g_renew(struct turn, s->turns, s->turns_room);
        s->places = g_renew(uint32_t, s->places, s->turns_room);
    }
    uint32_t turns = gather_turns(s, s->places);
    s->turns[0] = (struct turn){.token = s->first_token};
    s->n_turns = 1;
    s->respectively = s->world = false;
    for (uint32_t k = 0; k < turns; k++) {
        uint32_t i = s->places[k];
        pass_turn(s, &stander, i);
        note_turn(s, i, stander.at);
        if ((sign(s, i, '(') || sign(s, i, '[')) && stander.at.depth < UINT8_MAX) {
            stander.at.depth++;
            if (i + 1 < s->after_token)
                note_turn(s, i + 1, stander.at);
        }
        if (cue_text_may(&s->cues, i, BIT(LINK_RESPECTIVELY) | BIT(LINK_WORLD))) {
            s->respectively = s->respectively || link_is(s, i, LINK_RESPECTIVELY);
            s->world = s->world || link_world(s, i);
        }
    }
}

/* Which tokens each figure of the sentence has, and how it stands. */
static void find_figures(struct link_scan *s)
{
    uint32_t n = s->figure_to - s->figure_from, turn = 0;
    if (n > s->figures_room) {
        s->figures_room = 2 * n;
        s->figure_tokens = g_renew(struct figure_tokens, s->figure_tokens, s->figures_room);
    }
    for (uint32_t k = 0; k < n; k++) {
        struct span span = s->figures[s->figure_from + k].span;
        uint32_t token = link_token(s, span.start);
        s->figure_tokens[k] = (struct figure_tokens){token, link_token(s, span.end), link_standing_ahead(s, token, &turn)};
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

/* *turn: that of the marker before it. */
static struct marker mark(const struct link_scan *s, struct span span, uint32_t first, uint32_t n, uint32_t *turn)
{
    struct marker m = {.span = span, .first = first, .n = n};
    m.token = link_token(s, span.start);
    if (m.token > s->first_token && (m.token == s->n || s->tokens[m.token].span.start > span.start))
        m.token--; /* begins inside a token: "d'Haïti" */
    m.end = link_token(s, span.end);
    m.at = link_standing_ahead(s, m.token, turn);
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
static bool dates_a_name(struct link_scan *s, const struct mention *period, const struct marker *m)
{
    uint32_t after = link_actor(s, period->span.start + 1);
    if ((after > 0 && s->actors[after - 1].span.end >= period->span.end) || cites(s, m))
        return true;
    bool year = period->span.end - period->span.start == strlen("2011");
    for (uint32_t i = m->end; year && i < m->end + 3 && i < s->after_token && s->tokens[i].class == TOKEN_WORD && !link_is(s, i, LINK_ARTICLE); i++)
        if (link_is(s, i, LINK_PUBLICATION))
            return true;
    return false;
}

/* The numbers that the figure pass read as figures are no dates. */
static bool is_figure(const struct link_scan *s, const struct mention *period, uint32_t near)
{
    uint32_t after = link_near(s->figures, s->n_figures, period->span.end, near);
    return after > 0 && s->figures[after - 1].span.start <= period->span.start && s->figures[after - 1].span.end >= period->span.end;
}

/* "said on Monday", "announced on 5 March 2025": the day of the saying. */
static bool dates_a_saying(const struct link_scan *s, const struct mention *period, const struct marker *m)
{
    if (strlen(period->period.edtf) != strlen("2025-03-05"))
        return false;
    for (uint32_t i = m->token; i > s->first_token && m->token - i < SAYING_TOKENS; i--)
        if (link_is(s, i - 1, LINK_SAID) && !(i - 1 <= s->first_token + 1 && link_cue(s, i - 1, LINK_SAID)->n > 1)) /* not "En date du 3 mai, 40 alertes" */
            return s->figure_from == s->figure_to || m->figures == 0 || s->figures[s->figure_from].span.start < s->tokens[i - 1].span.start;
    return false;
}

/* Of the wanted classes (bit n: class n), those of which a cue ends right before token i, articles between allowed; the cues' lengths in tokens. */
static uint64_t cues_before(const struct link_scan *s, uint32_t i, uint64_t wanted, uint8_t lengths[LINK_WORDS])
{
    uint64_t found = 0;
    for (int skipped = 0; skipped < 4; skipped++) {
        for (uint32_t n = 1; n <= 4 && i >= s->first_token + n; n++)
            for (uint64_t may = cue_text_start(&s->cues, s->tokens[i - n].word)->classes & wanted; may; may &= may - 1) {
                unsigned class = (unsigned)__builtin_ctzll(may);
                const struct cue *cue = cue_text_find(&s->cues, i - n, class);
                if (cue && cue->n == n) {
                    lengths[class] = (uint8_t)n;
                    found |= BIT(class);
                }
            }
        wanted &= ~found;
        if (wanted == 0 || i <= s->first_token || !link_is(s, i - 1, LINK_ARTICLE))
            break;
        i--;
    }
    return found;
}

static bool cue_before(const struct link_scan *s, uint32_t i, enum link_word word)
{
    return cues_before(s, i, BIT(word), (uint8_t[LINK_WORDS]){0});
}

/* `next`: the first figure behind it. "one third of the rate of 2012", "four times the number of 2021", "half the 2021 level" */
static bool of_share(const struct link_scan *s, const struct marker *m, uint32_t next)
{
    if (next <= s->figure_from)
        return false;
    enum figure_kind kind = s->figures[next - 1].figure.quantity.kind;
    if (kind != KIND_MULTIPLE && kind != KIND_FRACTION && kind != KIND_PERCENT)
        return false;
    const struct cue *noun = m->end < s->after_token ? link_cue(s, m->end, LINK_BASE_NOUN) : NULL;
    bool behind = noun && !(m->end + noun->n < s->after_token && slice_is(text_of(s, m->end + noun->n), "of")); /* "the 2022 figure of 800,000" is that figure's */
    return behind || cue_before(s, m->token, LINK_BASE_OF);
}

/* "The analysis for May projects that …", of which figures are told behind it. */
static bool dates_a_report(const struct link_scan *s, const struct marker *m)
{
    enum { VERB_TOKENS = 4 };
    for (uint32_t i = m->end; i < s->after_token && i < m->end + VERB_TOKENS && s->tokens[i].class == TOKEN_WORD; i++)
        if (i > m->end && link_is(s, i, LINK_THAT))
            return true;
    return false;
}

/* Does a period begin another clause, behind figures of its own: "…, and on 13 December, 15 people were killed", "in 2001 22 were"? */
static void note_opening(struct link_scan *s, const struct marker *m, uint32_t near)
{
    enum { NEAR_TOKENS = 14 };
    if (m->figures == 0 || m->base || m->at.depth > 0 || m->at.segment != 0 || s->n_openings == MAX_OPENINGS)
        return;
    uint32_t next = link_near(s->figures, s->figure_to, m->span.end, near), first = m->token;
    if (next >= s->figure_to)
        return;
    uint32_t figure = link_figure_tokens(s, next)->first;
    for (int skipped = 0; skipped < 2 && first > s->first_token && (link_is(s, first - 1, LINK_SPAN) || link_is(s, first - 1, LINK_PLACE) || link_is(s, first - 1, LINK_ARTICLE)); skipped++)
        first--;
    if (figure > m->end + NEAR_TOKENS || first <= s->first_token + 1)
        return;
    bool joint = link_is(s, first - 1, LINK_JOINT) || sign(s, first - 1, ';');
    if ((joint && (sign(s, m->end, ',') || figure == m->end)) || (sign(s, first - 1, ',') && figure == m->end))
        s->openings[s->n_openings++] = first;
}

static void mark_periods(struct link_scan *s)
{
    uint32_t cursor = s->figure_from, count = 0, turn = 0;
    link_empty(s->period_marks);
    s->n_openings = 0;
    for (uint32_t i = s->period_from; i < s->period_to; i++) {
        const struct mention *period = &s->periods[i];
        struct marker m = mark(s, period->span, i, 1, &turn);
        m.figures = figures_before(s, &cursor, &count, period->span.start);
        if (is_figure(s, period, cursor) || dates_a_name(s, period, &m) || dates_a_saying(s, period, &m))
            continue;
        m.fronted = m.token <= front_token(s) + FRONT_TOKENS && m.figures == 0 && m.at.segment == 0;
        m.base = (m.at.segment != 0 || g_str_equal(period->rule, "period.same") || of_share(s, &m, cursor)) && !m.fronted;
        m.reported = dates_a_report(s, &m);
        note_opening(s, &m, cursor);
        g_array_append_val(s->period_marks, m);
    }
}

/* By the longest of the words before it: `found`, with their lengths. */
static enum role role_of(const struct link_scan *s, const struct marker *m, uint64_t found, const uint8_t lengths[LINK_WORDS])
{
    static const struct {
        enum link_word word;
        enum role role;
    } rows[] = {{LINK_HOST, ROLE_HOST}, {LINK_DESTINATION, ROLE_DESTINATION}, {LINK_ORIGIN, ROLE_ORIGIN}};
    uint32_t longest = 0;
    enum role role = ROLE_UNKNOWN;
    for (size_t k = 0; found && k < G_N_ELEMENTS(rows); k++) {
        uint32_t n = found & BIT(rows[k].word) ? lengths[rows[k].word] : 0;
        if (n > longest) {
            longest = n;
            role = rows[k].role;
        }
    }
    if (longest == 0 && m->end < s->after_token && link_is(s, m->end, LINK_HOSTS))
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

static const struct spot *spot_at(const struct link_scan *s, uint32_t i)
{
    return &g_array_index(s->spots, struct spot, i);
}

/* A bracket that opens behind the list's first name, or closes again: "Rivas, León (Moyo and Sapo) and Boaco", not "(behind Rivas), León". */
static bool inner_bracket(const struct link_scan *s, const struct marker *m, uint32_t i)
{
    return sign(s, i, '(') || (sign(s, i, ')') && link_standing(s, i).depth >= m->at.depth);
}

/* "Honduras, Guatemala and El Salvador": commas, joints and articles alone between two places. */
static bool one_list(const struct link_scan *s, const struct marker *m, uint32_t next)
{
    uint32_t start = spot_at(s, next)->span.start, i = m->end;
    for (; i < s->n && s->tokens[i].span.start < start; i++)
        if (!sign(s, i, ',') && !sign(s, i, '/') && !inner_bracket(s, m, i) && !sign(s, i, '-') && !sign(s, i, 0x2013 /* – */) && !link_is(s, i, LINK_JOINT) && !link_is(s, i, LINK_ARTICLE))
            return false;
    return i > m->end;
}

/* "Fortul, Saravena y Tame", of which only the last is known. */
static bool partial(const struct link_scan *s, uint32_t token)
{
    if (token < s->first_token + 2 || !link_is(s, token - 1, LINK_JOINT))
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
    uint32_t cursor = s->figure_from, count = 0, turn = 0;
    link_empty(s->place_marks);
    for (uint32_t i = 0; i < s->spots->len;) {
        struct marker m = mark(s, spot_at(s, i)->span, i, 1, &turn);
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
        uint8_t lengths[LINK_WORDS];
        uint64_t words = cues_before(s, m.token, BIT(LINK_PLACE) | (m.demonym ? 0 : BIT(LINK_HOST) | BIT(LINK_DESTINATION) | BIT(LINK_ORIGIN)), lengths);
        m.announced = elided || opened || words & BIT(LINK_PLACE);
        if (opened)
            m.at = link_standing(s, m.token - 1);
        if (m.token > s->first_token + 1 && sign(s, m.token - 1, ':') && cue_before(s, m.token - 1, LINK_PLACE)) { /* "en los municipios de: Moyo, Rivas" */
            m.announced = true;
            m.at = link_standing(s, m.token - 2);
        }
        m.fronted = m.token <= front_token(s) + FRONT_TOKENS && m.figures == 0;
        m.beyond = beyond(s, m.token);
        m.partial = !m.demonym && partial(s, m.token);
        m.role = m.demonym ? role_of_people(s, &m) : role_of(s, &m, words, lengths);
        g_array_append_val(s->place_marks, m);
        i += m.n;
    }
}

void link_sentence(struct link_scan *s)
{
    stand(s);
    find_figures(s);
    mark_periods(s);
    link_spots(s);
    mark_places(s);
}
