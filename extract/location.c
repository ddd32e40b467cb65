/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/location.h"

#include <math.h>

static const struct gazetteer_place *container(const struct gazetteer *g, const struct gazetteer_place *place)
{
    if (place->admin != NONE)
        return gazetteer_place(g, place->admin);
    return *place->country ? gazetteer_country(g, place->country) : NULL;
}

static void locate(const struct gazetteer *g, const struct gazetteer_place *place, struct location *location)
{
    location->lat = place->lat;
    location->lon = place->lon;
    for (const struct gazetteer_place *around = place; isnan(location->lat) && around && around->class != PLACE_COUNTRY;) {
        around = container(g, around);
        if (around) {
            location->lat = around->lat;
            location->lon = around->lon;
        }
    }
}

static void add_mention(struct location_scan *s, const struct candidate *c)
{
    struct extraction *x = s->scan->x;
    const struct gazetteer *g = s->scan->g;
    const struct gazetteer_place *place = gazetteer_place(g, c->sense);
    struct mention mention = {
        .type = MENTION_LOCATION,
        .span = c->match.span,
        .passage = document_passage_at(x->doc, c->match.span.start),
        .sentence = document_sentence_at(x->doc, c->match.span.start),
        .rule = c->flags & CANDIDATE_MADE ? "location.pattern" : "location.name",
    };
    const char *iso = *place->iso ? place->iso : place->country;
    mention.location = (struct location){
        .canonical = gazetteer_string(g, place->name),
        .iso = *iso ? iso : NULL,
        .class = place_class_name(place->class),
        .geonames = place->geonames,
        .score = CLAMP(c->score / 8, 0.1f, 1),
    };
    locate(g, place, &mention.location);
    g_array_append_val(mentions_of(x->mentions, MENTION_LOCATION), mention);
}

void extract_locations(struct extraction *x)
{
    struct location_scan s = {
        .scan = scan_names(x),
        .candidates = g_array_new(FALSE, TRUE, sizeof(struct candidate)),
        .areas = g_hash_table_new(g_direct_hash, g_direct_equal),
        .chosen = g_hash_table_new(g_direct_hash, g_direct_equal),
    };
    location_collect(&s);
    location_choose(&s);
    location_judge(&s);
    for (uint32_t i = 0; i < s.candidates->len; i++)
        if (!(candidate_at(&s, i)->flags & CANDIDATE_DROPPED))
            add_mention(&s, candidate_at(&s, i));
    g_array_unref(s.candidates);
    g_hash_table_unref(s.areas);
    g_hash_table_unref(s.chosen);
}
