/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/gazetteer.h"
#include "query/export/exporter.h"
#include "query/print/answer.h"

#include <math.h>

/* Where a figure's place is on the map; NULL where nobody knows. */
static const struct gazetteer_place *known_place(const struct figure_place *place)
{
    const struct gazetteer *g = gazetteer_get();
    const struct gazetteer_slot *slot = gazetteer_find(g, place->name);
    const struct gazetteer_sense *senses = slot ? gazetteer_senses(g, slot) : NULL;
    for (uint16_t i = 0; slot && i < slot->count; i++) {
        if (senses[i].flags & (SENSE_ACTOR | SENSE_DEMONYM))
            continue;
        const struct gazetteer_place *known = gazetteer_place(g, senses[i].record);
        bool same = place->geonames ? known->geonames == place->geonames : g_strcmp0(known->iso[0] ? known->iso : NULL, place->iso) == 0;
        if (same && !isnan(known->lat))
            return known;
    }
    return place->iso && strlen(place->iso) == 2 ? gazetteer_country(g, place->iso) : NULL;
}

void export_geojson_begin(struct export *export)
{
    fputs("{\"type\":\"FeatureCollection\",\"features\":[", export->out);
}

/* A point, several, or null: where the figure's places are. */
static json_t *geometry_of(const struct figure_row *figure)
{
    json_t *points = json_array(), *geometry;
    for (uint32_t i = 0; i < figure->n_places; i++) {
        const struct gazetteer_place *known = known_place(&figure->places[i]);
        if (known && !isnan(known->lat))
            json_array_append_new(points, json_pack("[f,f]", (double)known->lon, (double)known->lat));
    }
    size_t n = json_array_size(points);
    if (n == 0)
        geometry = json_null();
    else
        geometry = json_pack("{s:s,s:O}", "type", n == 1 ? "Point" : "MultiPoint", "coordinates", n == 1 ? json_array_get(points, 0) : points);
    json_decref(points);
    return geometry;
}

/* `place`: the names in one text, for labels. `role`: null where the places have several. */
static void add_labels(json_t *properties, const struct figure_row *figure)
{
    g_autoptr(GString) names = g_string_new(NULL);
    bool same = figure->n_places > 0;
    for (uint32_t i = 0; i < figure->n_places; i++) {
        g_string_append_printf(names, "%s%s", i ? ", " : "", figure->places[i].name);
        same = same && figure->places[i].role == figure->places[0].role;
    }
    json_object_set_new(properties, "place", json_text(figure->n_places ? names->str : NULL));
    json_object_set_new(properties, "role", same ? json_string(role_name(figure->places[0].role)) : json_null());
}

/* One feature for each figure, whatever places it is of: a value that stood at each of them would be counted twice in a sum. */
bool export_geojson_add(struct export *export, const struct answer *answer, GError **error)
{
    (void)error;
    const struct figure_row *figure = answer->figure;
    json_t *properties = answer_json(answer, NULL);
    json_object_del(properties, "boxes");
    add_labels(properties, figure);
    if (export->reviews)
        answer_json_review(properties, answer);
    json_t *feature = json_pack("{s:s,s:o,s:o,s:o}", "type", "Feature", "id", json_text(figure->id), "geometry", geometry_of(figure), "properties", properties);
    fputs(export->added ? ",\n" : "\n", export->out);
    json_dumpf(feature, export->out, JSON_COMPACT | JSON_REAL_PRECISION(7));
    json_decref(feature);
    return true;
}

void export_geojson_end(struct export *export)
{
    fputs("\n]}\n", export->out);
}
