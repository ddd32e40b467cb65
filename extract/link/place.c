/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/link/link.h"

enum { MAX_PLACES = 64, MAX_MARKERS = 4, DEMONYM_TOKENS = 3, FAR_TOKENS = 60, NEAR_MARKERS = 12 };

/* The markers chosen for a figure. */
struct choice {
    const struct marker *markers[MAX_MARKERS];
    uint32_t n;
    enum scope scope;
};

static const struct marker *marker_at(const struct link_scan *s, uint32_t i)
{
    return &g_array_index(s->place_marks, struct marker, i);
}

static const struct spot *spot_at(const struct link_scan *s, uint32_t i)
{
    return &g_array_index(s->spots, struct spot, i);
}

static void choose(struct choice *choice, const struct marker *m, enum scope scope)
{
    if (choice->n < MAX_MARKERS)
        choice->markers[choice->n++] = m;
    choice->scope = scope;
}

/* "Tapachula, Mexico": the country says where the town is, and is no second place. */
static bool holds(const struct spot *outer, const struct spot *inner)
{
    static const char *const classes[] = {"country", "admin", "city"};
    int a = -1, b = -1;
    if (!outer->iso || !inner->iso || !g_str_has_prefix(inner->iso, outer->iso))
        return false;
    for (int i = 0; i < 3; i++) {
        a = g_strcmp0(outer->class, classes[i]) == 0 ? i : a;
        b = g_strcmp0(inner->class, classes[i]) == 0 ? i : b;
    }
    return a >= 0 && b > a;
}

static void add_place(struct figure_place *places, uint32_t *n, const struct spot *spot, enum role role)
{
    for (uint32_t i = 0; i < *n; i++)
        if (g_str_equal(places[i].name, spot->name)) {
            places[i].role = places[i].role == ROLE_UNKNOWN ? role : places[i].role;
            return;
        }
    if (*n < MAX_PLACES)
        places[(*n)++] = (struct figure_place){spot->name, spot->iso, spot->geonames, role};
}

/* In one list only what stands before it: "Mexico, Tapachula" lists two. */
static bool is_outer(const struct link_scan *s, const struct choice *choice, const struct marker *m, uint32_t i)
{
    for (uint32_t k = 0; k < choice->n; k++) {
        const struct marker *other = choice->markers[k];
        uint32_t end = other == m ? i : other->first + other->n;
        for (uint32_t j = other->first; j < end; j++)
            if (other->role == m->role && holds(spot_at(s, i), spot_at(s, j)))
                return true;
    }
    return false;
}

static void give(struct link_scan *s, struct mention *figure, const struct choice *choice)
{
    struct figure_place places[MAX_PLACES];
    uint32_t n = 0;
    for (uint32_t k = 0; k < choice->n; k++) {
        const struct marker *m = choice->markers[k];
        for (uint32_t i = m->first; i < m->first + m->n; i++)
            if (!is_outer(s, choice, m, i))
                add_place(places, &n, spot_at(s, i), m->role);
    }
    figure->figure.places = mentions_places(s->x->mentions, n);
    memcpy(figure->figure.places, places, n * sizeof *places);
    figure->figure.n_places = n;
    figure->figure.place_scope = choice->scope;
}

static bool moves(const struct choice *choice)
{
    for (uint32_t i = 0; i < choice->n; i++)
        if (choice->markers[i]->role != ROLE_ORIGIN && choice->markers[i]->role != ROLE_DESTINATION)
            return false;
    return true;
}

/* The places that the figure before took from words before it, and the token behind that figure; n == 0: it did not. */
struct listing {
    struct choice choice;
    uint32_t after;
};

/* Where the figure stands. */
struct spot_of_figure {
    struct standing at;
    uint32_t first, after; /* tokens */
    uint32_t before;       /* figures before it */
    uint32_t from, to;     /* the markers around it that are looked at, however long the sentence */
};

/* "38 million people worldwide": the figure's own clause says that no one place is meant. */
static bool worldwide(const struct link_scan *s, const struct spot_of_figure *f, uint32_t next)
{
    if (!s->world)
        return false;
    for (uint32_t i = f->after; i < s->after_token && s->tokens[i].span.start < next; i++) {
        if (link_standing(s, i).commas != f->at.commas)
            break;
        if (link_world(s, i))
            return true;
    }
    return false;
}

/* Behind the figure, before the next one, in its clause, tied to it by a preposition; or a demonym in its noun phrase. */
static bool follows(const struct link_scan *s, const struct marker *m, const struct spot_of_figure *f)
{
    if (m->token >= f->first && m->end <= f->after) /* "200,000 Haitians", "01 Macenta" */
        return true;
    if (link_clause(s, m->token) != link_clause(s, f->first))
        return false;
    if (m->token < f->after || m->figures != f->before + 1 || m->at.segment != f->at.segment || m->at.depth != f->at.depth)
        return false;
    if (m->demonym)
        return m->token - f->after <= DEMONYM_TOKENS && m->at.commas == f->at.commas;
    return m->announced && m->token - f->after <= FAR_TOKENS;
}

/* Before the figure, behind the one before it, in its clause. */
static bool leads(const struct link_scan *s, const struct marker *m, const struct spot_of_figure *f)
{
    return link_clause(s, m->token) == link_clause(s, f->first) && m->end <= f->first && m->figures == f->before && m->at.depth <= f->at.depth && !m->demonym;
}

/* What a sentence offers a figure, beyond the places that follow it in its clause. */
struct offers {
    const struct marker *lead;    /* last before it */
    const struct marker *front;   /* begins the sentence */
    const struct marker *later;   /* follows it behind a comma */
    const struct marker *any;     /* the nearest before it, else the first */
    const struct marker *last;    /* behind it and the figures listed with it: "15 were killed, 12 injured in Rivas" */
    const struct marker *demonym;
};

static struct offers offers_of(const struct link_scan *s, const struct spot_of_figure *f, struct choice *choice)
{
    struct offers o = {NULL, NULL, NULL, NULL, NULL, NULL};
    if (f->from > 0 && marker_at(s, 0)->fronted && !marker_at(s, 0)->demonym)
        o.front = o.any = marker_at(s, 0);
    for (uint32_t i = f->from; i < f->to; i++) {
        const struct marker *m = marker_at(s, i);
        if (follows(s, m, f)) {
            if (m->at.commas == f->at.commas)
                choose(choice, m, SCOPE_CLAUSE);
            else if (!o.later)
                o.later = m;
        }
        if (m->demonym) {
            o.demonym = !o.demonym || m->end <= f->first ? m : o.demonym;
            continue;
        }
        if (leads(s, m, f))
            o.lead = m;
        if (!o.last && m->token >= f->after && m->announced && m->at.depth <= f->at.depth && link_clause(s, m->token) == link_clause(s, f->first))
            o.last = m;
        if (m->fronted && !o.front)
            o.front = m;
        if (!o.any || (m->end <= f->first && m->at.depth <= f->at.depth))
            o.any = m;
    }
    return o;
}

/* "Bunia (6)": right behind a place, in brackets. */
static const struct marker *bracketed(const struct link_scan *s, const struct spot_of_figure *f)
{
    if (f->first < s->first_token + 2 || !slice_is(token_text(s->doc, &s->tokens[f->first - 1]), "("))
        return NULL;
    for (uint32_t i = f->from; i < f->to; i++)
        if (marker_at(s, i)->end == f->first - 1 && !marker_at(s, i)->demonym)
            return marker_at(s, i);
    return NULL;
}

/* "Nyankunde (2)" where other places of the sentence have figures of their own in brackets: a name that we do not know, but none of theirs. */
static bool unknown_place(const struct link_scan *s, const struct spot_of_figure *f)
{
    uint32_t open = f->first - 1;
    if (f->first < s->first_token + 2 || !slice_is(token_text(s->doc, &s->tokens[open]), "(") || !(s->tokens[open - 1].flags & TOKEN_CAPITAL))
        return false;
    for (uint32_t i = f->from; i < f->to; i++) {
        const struct marker *m = marker_at(s, i);
        if (m->end < s->after_token - 1 && slice_is(token_text(s->doc, &s->tokens[m->end]), "(") && s->tokens[m->end + 1].class == TOKEN_NUMBER)
            return true;
    }
    return false;
}

/* Whose people says nothing of where: "200,000 Haitians were sent back from Santiago". */
static bool origins(const struct choice *choice)
{
    for (uint32_t i = 0; i < choice->n; i++)
        if (!choice->markers[i]->demonym || choice->markers[i]->role != ROLE_ORIGIN)
            return false;
    return choice->n > 0;
}

/* Does a list of what it holds follow the name: "Province of Rivas (874): …", "In Rivas, …"? */
static bool heads_list(const struct link_scan *s, const struct marker *m)
{
    enum { BRACKET_TOKENS = 8 };
    uint32_t i = m->end;
    bool bracket = i < s->after_token && slice_is(token_text(s->doc, &s->tokens[i]), "(");
    for (uint32_t n = 0; bracket && n < BRACKET_TOKENS && i < s->after_token && !slice_is(token_text(s->doc, &s->tokens[i]), ")"); n++)
        i++;
    i += bracket;
    return i < s->after_token && (slice_is(token_text(s->doc, &s->tokens[i]), ":") || (!bracket && slice_is(token_text(s->doc, &s->tokens[i]), ",")));
}

/* What holds a list of places that we do not all know: "Province of Rivas (874): Moyo (259), Sapo (20)", "in Moyo (11) and Sapo (2), in Rivas". */
static const struct marker *around_list(const struct link_scan *s, const struct spot_of_figure *f)
{
    for (uint32_t i = f->from; i < f->to; i++) {
        const struct marker *m = marker_at(s, i);
        bool own = m->end + 1 < s->after_token && slice_is(token_text(s->doc, &s->tokens[m->end]), "(");
        if (m->token >= f->after && m->announced && !m->demonym && !own)
            return m;
    }
    const struct marker *front = s->place_marks->len > 0 ? marker_at(s, 0) : NULL;
    return front && front->fronted && !front->demonym && heads_list(s, front) ? front : NULL;
}

/* The places of the figure before it in one list: "in Rivas 4 civilians were killed, 16 injured and 300 displaced". */
static bool listed(const struct link_scan *s, const struct spot_of_figure *f, const struct listing *last, struct choice *choice)
{
    if (last->choice.n == 0 || link_standing(s, last->after).stops != f->at.stops || link_clause(s, last->after) != link_clause(s, f->first) || link_standing(s, last->after).segment != f->at.segment)
        return false;
    for (uint32_t i = f->from; i < f->to; i++)
        if (marker_at(s, i)->token >= last->after && marker_at(s, i)->token < f->first)
            return false;
    *choice = last->choice;
    choice->scope = SCOPE_SENTENCE;
    return true;
}

/* "13,800 people were affected, including some in Rivas": is the place only that of a part? */
static bool of_part(const struct link_scan *s, const struct spot_of_figure *f, const struct marker *m)
{
    for (uint32_t i = f->after; i < m->token; i++)
        if (link_is(s, i, LINK_PART))
            return true;
    return false;
}

static bool in_sentence(struct link_scan *s, const struct spot_of_figure *f, bool world, const struct listing *last, struct choice *choice)
{
    const struct marker *beside = bracketed(s, f);
    if (beside) {
        choose(choice, beside, SCOPE_CLAUSE);
        return true;
    }
    if (unknown_place(s, f)) {
        const struct marker *around = around_list(s, f);
        if (around)
            choose(choice, around, SCOPE_SENTENCE);
        return around != NULL;
    }
    struct offers o = offers_of(s, f, choice);
    if (origins(choice) && !o.lead) {
        const struct marker *where = o.front ? o.front : o.later ? o.later : o.any;
        if (where && where->role != ROLE_ORIGIN && (where->announced || where->fronted))
            choose(choice, where, SCOPE_CLAUSE);
        return true;
    }
    if (choice->n > 0) {
        if (moves(choice) && o.lead && o.lead->role != ROLE_ORIGIN && o.lead->role != ROLE_DESTINATION)
            choose(choice, o.lead, SCOPE_CLAUSE);
        return true;
    }
    if (o.front && o.lead && o.lead != o.front && o.lead->at.stops != f->at.stops && heads_list(s, o.front))
        o.lead = NULL; /* "Rivas: talks in Moyo; 40 families came; …" */
    if (world && (!o.lead || o.lead->at.commas != f->at.commas))
        return false;
    if (o.lead && o.lead->partial && s->here.places)
        return false;
    if (o.lead) {
            for (uint32_t i = f->from; i < f->to; i++)
            if (leads(s, marker_at(s, i), f) && marker_at(s, i)->at.commas == o.lead->at.commas)
                choose(choice, marker_at(s, i), SCOPE_CLAUSE);
        return true;
    }
    if (listed(s, f, last, choice))
        return true;
    bool other = link_clause(s, f->first) > 0; /* what the sentence begins with was said of another time */
    const struct marker *rest = other && o.last ? o.last : o.front ? o.front : o.later ? o.later : o.any ? o.any : o.demonym;
    if (rest && rest == o.any && s->here.places && (rest->partial || of_part(s, f, rest)))
        return false;
    if (rest)
        choose(choice, rest, SCOPE_SENTENCE);
    return rest != NULL;
}

static void from_locations(struct link_scan *s, struct mention *figure, uint32_t first, uint32_t end, enum scope scope)
{
    struct figure_place places[MAX_PLACES];
    uint32_t n = 0;
    for (uint32_t i = first; i < s->n_locations && s->locations[i].span.start < end; i++) {
        const struct location *l = &s->locations[i].location;
        struct spot spot = {s->locations[i].span, l->canonical, l->iso, l->class, l->geonames, false};
        add_place(places, &n, &spot, ROLE_UNKNOWN);
    }
    figure->figure.places = mentions_places(s->x->mentions, n);
    memcpy(figure->figure.places, places, n * sizeof *places);
    figure->figure.n_places = n;
    figure->figure.place_scope = scope;
}

/* "In the European Union, …": the sentence is about an actor that no table of places has. */
static bool in_an_actor(struct link_scan *s)
{
    if (!link_is(s, s->first_token, LINK_SPAN))
        return false;
    uint32_t i = link_actor(s, s->tokens[s->first_token].span.start);
    uint32_t first = i < s->n_actors ? link_token(s, s->actors[i].span.start) : s->after_token;
    return first > s->first_token && first <= s->first_token + 2 && first < s->after_token;
}

/* "… trade with Pakistan. Imports rose": of a report on another country. */
static bool leads_abroad(const struct link_scan *s)
{
    const char *own = s->own_place ? s->own_place->iso : NULL, *here = s->here.n_places == 1 ? s->here.places->iso : NULL;
    return own && here && strncmp(own, here, 2) != 0;
}

/* Of what the paragraph only spoke of: does the chapter's own place say more surely where? That of an area over one of its towns, and over a place abroad. */
static bool yields(const struct link_scan *s, uint32_t heading)
{
    if (!s->here.loose || leads_abroad(s))
        return s->here.loose;
    const struct location *chapter = heading == NONE ? NULL : &s->locations[heading].location;
    const char *here = s->here.n_places > 0 ? s->here.places->iso : NULL;
    return chapter && chapter->iso && (!here || g_strcmp0(chapter->class, "admin") == 0 || strncmp(chapter->iso, here, 2) != 0);
}

static void from_around(struct link_scan *s, struct mention *figure)
{
    if (s->world || in_an_actor(s))
        return;
    uint32_t heading = link_heading(s, s->heading_place, &s->over_place);
    if (s->here.places && !yields(s, heading)) {
        figure->figure.places = s->here.places;
        figure->figure.n_places = s->here.n_places;
        figure->figure.place_scope = SCOPE_PARAGRAPH;
        return;
    }
    if (heading != NONE) {
        from_locations(s, figure, heading, DOCUMENT_AT(s->doc->passages, struct passage, s->locations[heading].passage).span.end, SCOPE_HEADING);
    } else if (s->own_place) {
        figure->figure.places = s->own_place;
        figure->figure.n_places = 1;
        figure->figure.place_scope = SCOPE_DOCUMENT;
    }
}

static bool distribute(struct link_scan *s)
{
    uint32_t spots = s->spots->len, figures = 0;
    for (uint32_t i = s->figure_from; i < s->figure_to; i++)
        figures += !s->figures[i].figure.minor;
    if (!s->respectively || spots < 2 || figures != spots)
        return false;
    for (uint32_t i = s->figure_from, k = 0; i < s->figure_to; i++)
        if (!s->figures[i].figure.minor) {
            struct marker one = {.first = k++, .n = 1};
            struct choice choice = {.markers = {&one}, .n = 1, .scope = SCOPE_CLAUSE};
            give(s, &s->figures[i], &choice);
        }
    return true;
}

/* "Unity (40), Jonglei (29) and Lakes (9)": figures stand between the places, so that none of them holds for what follows. */
static bool each_its_own(const struct link_scan *s)
{
    uint32_t first = NONE, last = 0;
    for (uint32_t i = 0; i < s->place_marks->len; i++)
        if (!marker_at(s, i)->demonym && !marker_at(s, i)->fronted) {
            first = MIN(first, marker_at(s, i)->figures);
            last = marker_at(s, i)->figures;
        }
    return first != NONE && last > first + 1;
}

/* Does the place say where somebody comes from: "raiders from the Gambella region of Ethiopia and Turkana in Kenya"? Back to "from" stand names, "of", "and", and what
 * belongs to them. */
static bool comes_from(const struct link_scan *s, const struct marker *m)
{
    enum { BACK = 24 };
    if (m->role == ROLE_ORIGIN)
        return true;
    bool of = false, name = true; /* what stands behind the token is "of", or a name */
    for (uint32_t i = m->token; i > s->first_token && m->token - i < BACK; i--) {
        const struct token *token = &s->tokens[i - 1];
        bool small = link_is(s, i - 1, LINK_ARTICLE) || link_is(s, i - 1, LINK_JOINT), is_of = slice_is(token_text(s->doc, token), "of");
        if (link_is(s, i - 1, LINK_ORIGIN))
            return true;
        if (token->class != TOKEN_WORD || (!small && !is_of && !(token->flags & TOKEN_CAPITAL) && !of && !name))
            return false;
        of = is_of;
        name = token->flags & TOKEN_CAPITAL;
    }
    return false;
}

/* The place that the sentence is about: the one it begins with, else the first of its main clause; where somebody comes from only where no other is known. */
static const struct marker *topic(const struct link_scan *s)
{
    const struct marker *first = NULL, *origin = NULL;
    for (uint32_t i = 0; i < s->place_marks->len; i++) {
        const struct marker *m = marker_at(s, i);
        if (m->demonym || m->at.depth > 0 || (m->beyond && first) || m->partial)
            continue;
        if (comes_from(s, m)) {
            origin = origin ? origin : m;
            continue;
        }
        if (m->fronted)
            return m;
        first = first ? first : m;
    }
    return first || s->here.places ? first : origin;
}

/* What the sentence leaves for those behind it in the paragraph. */
static void leave(struct link_scan *s)
{
    const struct marker *own = topic(s);
    if (each_its_own(s)) {
        s->here.places = NULL;
        return;
    }
    if (!own)
        return;
    struct mention none = {.type = MENTION_FIGURE};
    struct marker plain = *own;
    plain.role = ROLE_UNKNOWN;
    struct choice choice = {.markers = {&plain}, .n = 1, .scope = SCOPE_PARAGRAPH};
    give(s, &none, &choice);
    s->here.loose = !own->fronted && !own->announced;
    s->here.places = none.figure.places;
    s->here.n_places = none.figure.n_places;
}

/* "two off-duty Haitian soldiers", told of Rivas in Haiti: the people's country says less than the paragraph does. */
static bool says_less(const struct link_scan *s, const struct spot_of_figure *f, const struct choice *choice)
{
    bool counted = choice->n == 1 && choice->markers[0]->demonym && choice->markers[0]->n == 1 && choice->markers[0]->token >= f->first &&
                   choice->markers[0]->token <= f->after + DEMONYM_TOKENS; /* not "the Haitian Commission … received 140" */
    const struct spot *people = counted ? spot_at(s, choice->markers[0]->first) : NULL;
    const struct figure_place *here = s->here.n_places == 1 ? s->here.places : NULL;
    return people && here && people->iso && here->iso && g_str_has_prefix(here->iso, people->iso) && !g_str_equal(here->name, people->name);
}

/* Did the figure take what stands before it, so that those listed behind it may, too? */
static bool took_before(const struct choice *choice, const struct spot_of_figure *f)
{
    for (uint32_t i = 0; i < choice->n; i++)
        if (choice->markers[i]->demonym || choice->markers[i]->end > f->first)
            return false;
    return choice->n > 0;
}

/* `marker`: the first one behind the figure before it, or 0. */
static struct spot_of_figure where_is(const struct link_scan *s, uint32_t figure, uint32_t before, uint32_t *marker)
{
    const struct figure_tokens *tokens = link_figure_tokens(s, figure);
    while (*marker < s->place_marks->len && marker_at(s, *marker)->token < tokens->first)
        (*marker)++;
    return (struct spot_of_figure){tokens->at, tokens->first, tokens->after, before, *marker - MIN(*marker, (uint32_t)NEAR_MARKERS),
                                   MIN(s->place_marks->len, *marker + NEAR_MARKERS)};
}

void link_places(struct link_scan *s)
{
    struct listing last = {.after = 0};
    if (s->figure_from < s->figure_to && !distribute(s))
        for (uint32_t i = s->figure_from, before = 0, marker = 0; i < s->figure_to; i++) {
            struct mention *figure = &s->figures[i];
            const struct spot_of_figure f = where_is(s, i, before, &marker);
            struct choice choice = {.n = 0};
            uint32_t next = i + 1 < s->figure_to ? s->figures[i + 1].span.start : UINT32_MAX;
            bool world = worldwide(s, &f, next);
            bool own = in_sentence(s, &f, world, &last, &choice);
            if (own && !says_less(s, &f, &choice))
                give(s, figure, &choice);
            else if (!world)
                from_around(s, figure);
            last = (struct listing){.after = f.after};
            if (own && took_before(&choice, &f) && !bracketed(s, &f))
                last.choice = choice;
            before += link_counts(figure);
        }
    leave(s);
}

/* What a head of a table says of places. */
static const struct known_head *known_head(struct link_scan *s, struct span span)
{
    struct known_head *head = &s->heads[span.start * 0x9e3779b1u >> 28];
    if (head->span.start == span.start && head->span.end == span.end)
        return head;
    uint32_t i = link_from(s->locations, s->n_locations, span.start);
    head->span = span;
    head->location = i < s->n_locations && s->locations[i].span.start < span.end ? i : NONE;
    head->people = head->location == NONE && link_people(s, span, &head->spot);
    return head;
}

void link_places_of_cell(struct link_scan *s, struct mention *figure, const struct cell *cell)
{
    const struct span none = {0, 0}, heads[] = {cell ? cell->row : none, cell ? cell->section : none, cell ? cell->column : none, cell ? cell->group : none};
    for (size_t k = 0; k < G_N_ELEMENTS(heads); k++) {
        const struct known_head *head = heads[k].end > heads[k].start ? known_head(s, heads[k]) : NULL;
        if (head && head->location != NONE) {
            from_locations(s, figure, head->location, heads[k].end, SCOPE_CLAUSE);
            return;
        }
        if (head && head->people) {
            figure->figure.places = mentions_places(s->x->mentions, 1);
            figure->figure.places[0] = (struct figure_place){head->spot.name, head->spot.iso, head->spot.geonames, ROLE_ORIGIN};
            figure->figure.n_places = 1;
            figure->figure.place_scope = SCOPE_CLAUSE;
            return;
        }
    }
    uint32_t caption = figure->figure.caption;
    if (caption != NONE && s->heading_place[caption] != NONE)
        from_locations(s, figure, s->heading_place[caption], DOCUMENT_AT(s->doc->passages, struct passage, caption).span.end, SCOPE_HEADING);
    else
        from_around(s, figure);
}
