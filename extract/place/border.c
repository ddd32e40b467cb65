/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/place/location.h"

NAME_WORDS(crossings, "crossing", "crossings");
NAME_WORDS(borders, "border", "borders", "Border", "frontier");
NAME_WORDS(joints, "-", "\xe2\x80\x93", "/");

static bool is_border(const struct name_scan *scan, uint32_t i)
{
    return i < scan->n && !scan_starts(scan, i) && name_word_in(scan, i, borders);
}

/* May the candidate name a side of a border: a country or area, or its people? */
static bool is_side(const struct location_scan *s, uint32_t i)
{
    const struct candidate *c = candidate_at(s, i);
    if (c->sense == NONE)
        return false;
    unsigned class = gazetteer_place(s->scan->g, c->sense)->class;
    return (class == PLACE_COUNTRY || class == PLACE_ADMIN) && !(c->flags & CANDIDATE_DROPPED && !(c->flags & CANDIDATE_DEMONYM));
}

/* The first of the candidates that name the border behind candidate `last`: "Mexico-Guatemala border" has two. */
static uint32_t first_side(const struct location_scan *s, uint32_t last)
{
    uint32_t first = last;
    while (first > 0 && is_side(s, first - 1) && candidate_at(s, first - 1)->match.after + 1 == candidate_at(s, first)->match.first &&
           !scan_starts(s->scan, candidate_at(s, first)->match.first) && name_word_in(s->scan, candidate_at(s, first - 1)->match.after, joints))
        first--;
    return first;
}

/* "the Mexican border" names no place by itself; "the Mexican-US border" does. */
static void join_border(struct location_scan *s, uint32_t last)
{
    uint32_t first = first_side(s, last);
    if (first == last && candidate_at(s, last)->flags & CANDIDATE_DEMONYM)
        return;
    struct candidate *whole = candidate_at(s, first);
    uint32_t end = candidate_at(s, last)->match.after;
    for (uint32_t i = first + 1; i <= last; i++)
        candidate_at(s, i)->flags |= CANDIDATE_DROPPED;
    whole->match.after = end + 1;
    whole->match.span.end = s->scan->tokens[end].span.end;
    whole->flags = (whole->flags & ~(uint32_t)(CANDIDATE_DROPPED | CANDIDATE_DEMONYM)) | CANDIDATE_BORDER;
    whole->score = MAX(whole->score, 4);
    whole->inside = first == last ? NONE : last;
}

struct border {
    uint32_t a, b; /* places, the lesser first */
    const char *name;
};

const char *location_border_name(struct location_scan *s, const struct candidate *c)
{
    g_autofree char *printed = slice_dup(document_slice(s->scan->doc, c->match.span));
    g_auto(GStrv) parts = g_strsplit(printed, ".", -1);
    g_autofree char *plain = g_strjoinv("", parts);
    const char *name = mentions_intern(s->scan->x->mentions, slice_of(plain));
    if (c->inside == NONE)
        return name;
    uint32_t x = c->sense, y = candidate_at(s, c->inside)->sense;
    struct border border = {MIN(x, y), MAX(x, y), name};
    for (guint i = 0; i < s->borders->len; i++) {
        const struct border *known = &g_array_index(s->borders, struct border, i);
        if (known->a == border.a && known->b == border.b)
            return known->name;
    }
    g_array_append_val(s->borders, border);
    return name;
}

GArray *location_borders_new(void)
{
    return g_array_new(FALSE, FALSE, sizeof(struct border));
}

/* "the Arriaga station", "the Corinto border crossing", "Abu Shok refugee camp" */
static void take_site(struct location_scan *s, struct candidate *c)
{
    NAME_WORDS(sites, "station", "crossing", "camp", "camps", "airport");
    NAME_WORDS(kinds, "border", "refugee", "migration", "train", "railway", "international");
    const struct name_scan *scan = s->scan;
    uint32_t i = c->match.after;
    if (!scan_follows(scan, i))
        return;
    i += name_word_in(scan, i, kinds) && scan_follows(scan, i + 1);
    if (!name_word_in(scan, i, sites))
        return;
    c->match.after = i + 1;
    c->match.span.end = scan->tokens[i].span.end;
}

void location_borders(struct location_scan *s)
{
    for (uint32_t i = 0; i < s->candidates->len; i++) {
        struct candidate *c = candidate_at(s, i);
        uint32_t after = c->match.after;
        bool glued = after < s->scan->n && !(s->scan->tokens[after].flags & TOKEN_SPACE);
        bool crossing = s->scan->n > after + 1 && name_word_in(s->scan, after + 1, crossings);
        if (is_side(s, i) && !glued && is_border(s->scan, after) && !crossing)
            join_border(s, i);
        else if (!(c->flags & CANDIDATE_DROPPED) && c->sense != NONE && gazetteer_place(s->scan->g, c->sense)->class == PLACE_CITY)
            take_site(s, c);
    }
}
