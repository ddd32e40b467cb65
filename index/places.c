/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/places.h"

#include "extract/token.h"

#include <jansson.h>
#include <string.h>

static json_t *text_or_null(const char *text)
{
    return text ? json_string_nocheck(text) : json_null();
}

char *places_write(const struct figure *figure)
{
    if (figure->n_places == 0)
        return NULL;
    json_t *all = json_array();
    for (uint32_t i = 0; i < figure->n_places; i++) {
        const struct figure_place *place = &figure->places[i];
        json_t *one = json_array();
        json_array_append_new(one, json_string_nocheck(place->name ? place->name : ""));
        json_array_append_new(one, text_or_null(place->iso));
        json_array_append_new(one, place->geonames ? json_integer(place->geonames) : json_null());
        json_array_append_new(one, json_integer(place->role));
        json_array_append_new(all, one);
    }
    char *text = json_dumps(all, JSON_COMPACT);
    json_decref(all);
    return text;
}

static struct figure_place place_of(const json_t *one)
{
    const char *name = json_string_value(json_array_get(one, 0)); /* a damaged file may have none */
    json_int_t role = json_integer_value(json_array_get(one, 3));
    return (struct figure_place){
        g_strdup(name ? name : ""), g_strdup(json_string_value(json_array_get(one, 1))), (uint32_t)json_integer_value(json_array_get(one, 2)),
        role >= 0 && role <= ROLE_DESTINATION ? (enum role)role : ROLE_UNKNOWN,
    };
}

void places_read(const char *text, struct figure_place **ret, uint32_t *n)
{
    json_t *all = text ? json_loads(text, 0, NULL) : NULL;
    *n = (uint32_t)json_array_size(all);
    *ret = g_new0(struct figure_place, *n + 1);
    for (uint32_t i = 0; i < *n; i++)
        (*ret)[i] = place_of(json_array_get(all, i));
    json_decref(all);
}

void places_clear(struct figure_place *places, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        g_free((char *)places[i].name);
        g_free((char *)places[i].iso);
    }
    g_free(places);
}

static size_t folded(const char *text, char *out, size_t size)
{
    return token_fold(slice_of(text), out, size);
}

static bool is_named(const struct figure_place *place, const char *wanted)
{
    char name[512], other[512];
    size_t len = place->name ? folded(place->name, name, sizeof name) : 0;
    return place->name && len == folded(wanted, other, sizeof other) && memcmp(name, other, len) == 0;
}

/* "MX" is MX, and has MX-CHP in it. */
static bool is_coded(const struct figure_place *place, const char *wanted)
{
    size_t len = strlen(wanted);
    return place->iso && g_ascii_strncasecmp(place->iso, wanted, len) == 0 && (place->iso[len] == '\0' || place->iso[len] == '-');
}

static bool any_is(const char *text, const char *wanted)
{
    struct figure_place *places;
    uint32_t n;
    bool found = false;
    places_read(text, &places, &n);
    for (uint32_t i = 0; i < n && !found; i++)
        found = is_coded(&places[i], wanted) || is_named(&places[i], wanted);
    places_clear(places, n);
    return found;
}

static void free_answers(void *answers)
{
    g_hash_table_unref(answers);
}

/* Many figures have the same places: what was said of them is kept for the rows of one statement, beside the place that is asked for. */
static void lies_in(sqlite3_context *context, int n, sqlite3_value **values)
{
    (void)n;
    const char *text = (const char *)sqlite3_value_text(values[0]), *wanted = (const char *)sqlite3_value_text(values[1]);
    if (!text || !wanted)
        return;
    GHashTable *answers = sqlite3_get_auxdata(context, 1);
    gpointer answer;
    if (!answers || !g_hash_table_lookup_extended(answers, text, NULL, &answer)) {
        bool kept = answers;
        if (!kept)
            answers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        answer = GINT_TO_POINTER(any_is(text, wanted));
        g_hash_table_insert(answers, g_strdup(text), answer);
        if (!kept)
            sqlite3_set_auxdata(context, 1, answers, free_answers); /* which may free them at once */
    }
    sqlite3_result_int(context, GPOINTER_TO_INT(answer));
}

bool places_register(sqlite3 *db)
{
    return sqlite3_create_function(db, "lies_in", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL, lies_in, NULL, NULL) == SQLITE_OK;
}
