/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/place/location.h"

#include "extract/extractor.h"

#include <math.h>

static const struct gazetteer_place *container(const struct gazetteer *g, const struct gazetteer_place *place)
{
    if (place->admin != NONE)
        return gazetteer_place(g, place->admin);
    return *place->country ? gazetteer_country(g, place->country) : NULL;
}

/* A place without a position of its own lies where the area around it lies; a large country says nothing of where in it. */
static void locate(const struct gazetteer *g, const struct gazetteer_place *place, bool inside, struct location *location)
{
    while (place && (isnan(place->lat) || (inside && place->class == PLACE_COUNTRY && !(place->flags & PLACE_SMALL)))) {
        place = place->class == PLACE_COUNTRY ? NULL : container(g, place);
        inside = true;
    }
    location->lat = place ? place->lat : NAN;
    location->lon = place ? place->lon : NAN;
}

/* What the mention says of its place; of one that no table has, only what it lies in. */
static void describe(struct location_scan *s, const struct candidate *c, struct location *ret)
{
    const struct gazetteer *g = s->scan->g;
    const struct gazetteer_place *place = c->sense == NONE ? NULL : gazetteer_place(g, c->sense);
    bool made = c->flags & (CANDIDATE_MADE | CANDIDATE_BORDER);
    const char *iso = !place ? "" : *place->iso ? place->iso : place->country;
    *ret = (struct location){
        .canonical = c->flags & CANDIDATE_BORDER ? location_border_name(s, c) : made ? mentions_intern(s->scan->x->mentions, document_slice(s->scan->doc, c->match.span)) : gazetteer_string(g, place->name),
        .iso = *iso ? iso : NULL,
        .class = c->flags & CANDIDATE_BORDER ? "border" : place_class_name(made ? c->class : place->class),
        .geonames = made ? 0 : place->geonames,
        .score = CLAMP(c->score / 8, 0.1f, 1),
    };
    locate(g, place, c->flags & CANDIDATE_MADE, ret);
}

static int by_start(const void *a, const void *b)
{
    const struct mention *x = a, *y = b;
    return x->span.start < y->span.start ? -1 : x->span.start > y->span.start;
}

/* ret: zeroed. */
static void make_mention(struct location_scan *s, const struct candidate *c, struct mention *ret)
{
    struct extraction *x = s->scan->x;
    ret->type = MENTION_LOCATION;
    ret->span = c->match.span;
    ret->passage = extraction_passage(x, c->match.span.start);
    ret->sentence = extraction_sentence(x, c->match.span.start);
    ret->rule = c->flags & CANDIDATE_BORDER ? "location.border" : c->flags & CANDIDATE_MADE ? "location.pattern" : "location.name";
    describe(s, c, &ret->location);
}

static void add_mentions(struct location_scan *s)
{
    GArray *mentions = mentions_of(s->scan->x->mentions, MENTION_LOCATION);
    uint32_t n = mentions->len, kept = 0;
    for (uint32_t i = 0; i < s->candidates->len; i++)
        kept += !(candidate_at(s, i)->flags & CANDIDATE_DROPPED);
    g_array_set_size(mentions, n + kept);
    for (uint32_t i = 0; i < s->candidates->len; i++)
        if (!(candidate_at(s, i)->flags & CANDIDATE_DROPPED))
            make_mention(s, candidate_at(s, i), &g_array_index(mentions, struct mention, n++));
}

/* Places of the user's own, which the pass of actors met. */
static void add_user_places(struct extraction *x, const GArray *places)
{
    GArray *locations = mentions_of(x->mentions, MENTION_LOCATION);
    for (guint i = 0; i < places->len; i++) {
        const struct user_place *found = &g_array_index(places, struct user_place, i);
        struct mention mention = {
            .type = MENTION_LOCATION,
            .span = found->span,
            .passage = extraction_passage(x, found->span.start),
            .sentence = extraction_sentence(x, found->span.start),
            .rule = "location.user",
            .location = {.canonical = mentions_intern(x->mentions, slice_of(user_names_merged(x->extractor->names, found->name->name))),
                         .iso = mentions_intern(x->mentions, slice_of(found->name->iso)), .class = "city", .lat = found->name->lat, .lon = found->name->lon, .score = 1},
        };
        g_array_append_val(locations, mention);
    }
    if (places->len > 0)
        g_array_sort(locations, by_start);
}

void extract_locations(struct extraction *x)
{
    struct name_scan *scan = scan_names(x);
    struct location_scan s = {
        .scan = scan,
        .candidates = g_array_sized_new(FALSE, FALSE, sizeof(struct candidate), scan->matches->len + 16),
        .areas = g_hash_table_new(g_direct_hash, g_direct_equal),
        .names = g_array_new(FALSE, FALSE, sizeof(struct place_name)),
        .borders = location_borders_new(),
    };
    location_collect(&s);
    location_choose(&s);
    location_judge(&s);
    location_borders(&s);
    s.main = location_main_country(&s);
    location_elsewhere(&s);
    location_namesakes(&s);
    location_patterns(&s);
    add_mentions(&s);
    add_user_places(x, scan->user_places);
    g_array_unref(s.candidates);
    g_hash_table_unref(s.areas);
    g_array_unref(s.names);
    g_free(s.name_of);
    g_array_unref(s.borders);
}
