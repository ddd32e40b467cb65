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

/* One feature for each place of the figure: a map shows points, not lists. Figures without a place on the map are features without geometry. */
bool export_geojson_add(struct export *export, const struct answer *answer, GError **error)
{
    (void)error;
    const struct figure_row *figure = answer->figure;
    for (uint32_t i = 0; i < MAX(figure->n_places, 1); i++) {
        const struct gazetteer_place *known = i < figure->n_places ? known_place(&figure->places[i]) : NULL;
        json_t *properties = answer_json(answer, NULL);
        json_object_del(properties, "boxes");
        if (i < figure->n_places) {
            json_object_set_new(properties, "place", json_text(figure->places[i].name));
            json_object_set_new(properties, "role", json_string(role_name(figure->places[i].role)));
        }
        json_t *geometry = known && !isnan(known->lat) ? json_pack("{s:s,s:[f,f]}", "type", "Point", "coordinates", (double)known->lon, (double)known->lat) : json_null();
        json_t *feature = json_pack("{s:s,s:o,s:o,s:o}", "type", "Feature", "id", json_text(figure->id), "geometry", geometry, "properties", properties);
        fputs(export->added || i ? ",\n" : "\n", export->out);
        json_dumpf(feature, export->out, JSON_COMPACT | JSON_REAL_PRECISION(7));
        json_decref(feature);
    }
    return true;
}

void export_geojson_end(struct export *export)
{
    fputs("\n]}\n", export->out);
}
