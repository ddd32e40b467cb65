/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/places.h"

#include "extract/token.h"
#include "index/get.h"
#include "index/ranking.h"
#include "index/statement.h"

#include <jansson.h>
#include <string.h>

static json_t *text_or_null(const char *text)
{
    return text ? json_string_nocheck(text) : json_null();
}

/* Appends a text, or null, as JSON has it; false: it has signs that must be written otherwise. */
static bool append_plain(GString *json, const char *text)
{
    size_t len = text ? strlen(text) : 0;
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)text[i] < ' ' || text[i] == '"' || text[i] == '\\')
            return false;
    if (!text) {
        g_string_append(json, "null");
        return true;
    }
    g_string_append_c(json, '"');
    g_string_append_len(json, text, (gssize)len);
    g_string_append_c(json, '"');
    return true;
}

static void append_whole(GString *json, uint32_t number)
{
    char digits[WHOLE_BYTES];
    g_string_append_len(json, digits, (gssize)whole_write(number, digits));
}

/* What write_all writes, of names without signs that JSON has other uses for; NULL: some have them. */
static char *write_plain(const struct figure *figure)
{
    GString *json = g_string_new("[");
    bool plain = true;
    for (uint32_t i = 0; plain && i < figure->n_places; i++) {
        const struct figure_place *place = &figure->places[i];
        g_string_append(json, i > 0 ? ",[" : "[");
        plain = append_plain(json, place->name ? place->name : "");
        g_string_append_c(json, ',');
        plain = plain && append_plain(json, place->iso);
        g_string_append_c(json, ',');
        if (place->geonames)
            append_whole(json, place->geonames);
        else
            g_string_append(json, "null");
        g_string_append_c(json, ',');
        append_whole(json, (uint32_t)place->role);
        g_string_append_c(json, ']');
    }
    g_string_append_c(json, ']');
    return g_string_free(json, !plain);
}

static char *write_all(const struct figure *figure)
{
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

char *places_write(const struct figure *figure)
{
    char *text = figure->n_places > 0 ? write_plain(figure) : NULL;
    return text || figure->n_places == 0 ? text : write_all(figure);
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

/* A list that was read. */
struct known_places {
    struct figure_place *places;
    uint32_t n;
};

static void known_free(void *data)
{
    struct known_places *known = data;
    places_clear(known->places, known->n);
    g_free(known);
}

/* Until the next one is read. */
static const struct known_places *known_of(struct store *store, const char *text)
{
    enum { REMEMBERED = 1 << 14 }; /* before all are forgotten */
    if (!store->places)
        store->places = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, known_free);
    struct known_places *known = g_hash_table_lookup(store->places, text);
    if (known)
        return known;
    if (g_hash_table_size(store->places) >= REMEMBERED)
        g_hash_table_remove_all(store->places);
    known = g_new(struct known_places, 1);
    places_read(text, &known->places, &known->n);
    g_hash_table_insert(store->places, g_strdup(text), known);
    return known;
}

void places_recall(struct store *store, const char *text, struct figure_place **ret, uint32_t *n)
{
    const struct known_places *known = text ? known_of(store, text) : NULL;
    *n = known ? known->n : 0;
    *ret = g_new0(struct figure_place, *n + 1);
    for (uint32_t i = 0; i < *n; i++) {
        (*ret)[i] = known->places[i];
        (*ret)[i].name = g_strdup(known->places[i].name);
        (*ret)[i].iso = g_strdup(known->places[i].iso);
    }
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

static bool any_is(struct store *store, const char *text, const char *wanted)
{
    const struct known_places *known = known_of(store, text);
    bool found = false;
    for (uint32_t i = 0; i < known->n && !found; i++)
        found = is_coded(&known->places[i], wanted) || is_named(&known->places[i], wanted);
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
        answer = GINT_TO_POINTER(any_is(sqlite3_user_data(context), text, wanted));
        g_hash_table_insert(answers, g_strdup(text), answer);
        if (!kept)
            sqlite3_set_auxdata(context, 1, answers, free_answers); /* which may free them at once */
    }
    sqlite3_result_int(context, GPOINTER_TO_INT(answer));
}

bool places_register(struct store *store)
{
    return sqlite3_create_function(store->db, "lies_in", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC, store, lies_in, NULL, NULL) == SQLITE_OK;
}

/* Passages that name a place, each once. */
struct naming {
    struct ranking *ranking;
    uint64_t *seen;   /* a bit for each, by their numbers */
    uint32_t *counts; /* by the place of their document in the ranking */
};

static void naming_init(struct naming *naming, struct ranking *ranking)
{
    *naming = (struct naming){ranking, g_new0(uint64_t, (gsize)ranking->n / 64 + 1), g_new0(uint32_t, (gsize)ranking->documents->len + 1)};
}

static void naming_clear(struct naming *naming)
{
    g_free(naming->seen);
    g_free(naming->counts);
}

/* number: of a passage of the document asked for last. */
static void count_passage(struct naming *naming, uint32_t number)
{
    uint64_t *seen = &naming->seen[number / 64], bit = UINT64_C(1) << (number % 64);
    naming->counts[naming->ranking->last] += !(*seen & bit);
    *seen |= bit;
}

/* "[0,17,18]", or "17": places in the document. False: it is written otherwise. */
static bool count_list(struct naming *naming, int64_t document, const char *list)
{
    const char *at = list && *list == '[' ? list + 1 : list;
    bool there = ranking_number(naming->ranking, rows_first(document)) != UINT32_MAX;
    const struct ranked *ranked = there ? &g_array_index(naming->ranking->documents, struct ranked, naming->ranking->last) : NULL;
    for (bool more = at != NULL; more; at++) {
        uint32_t place = 0, digits = 0;
        for (; g_ascii_isdigit(*at) && digits < 9; digits++)
            place = place * 10 + (uint32_t)(*at++ - '0');
        more = *at == ',';
        if (digits == 0 || !(more || (*list == '[' ? *at == ']' && at[1] == '\0' : *at == '\0')))
            return false;
        if (ranked && place < ranked->n)
            count_passage(naming, ranked->first + place);
        if (!more)
            return true;
    }
    return false;
}

/* False, without an error: a list is not as citable writes it, or the file has an older schema. */
static bool count_lists(struct store *store, const struct figure_place *place, const char *within, struct naming *naming, GError **error)
{
    sqlite3_stmt *stmt = store->older ? NULL : statement(store, error, "place_lists", "isss", (int64_t)MENTION_LOCATION, place->iso, within, place->name);
    int code = stmt ? SQLITE_ROW : SQLITE_ERROR;
    while (stmt && (code = statement_step(store, stmt, error)) == SQLITE_ROW && count_list(naming, sqlite3_column_int64(stmt, 0), (const char *)sqlite3_column_text(stmt, 1))) {}
    if (code == SQLITE_ROW)
        sqlite3_reset(stmt);
    return code == SQLITE_DONE;
}

/* The same, passage by passage. */
static bool count_passages(struct store *store, const struct figure_place *place, const char *within, struct naming *naming, GError **error)
{
    sqlite3_stmt *stmt = statement(store, error, "place_passages", "isss", (int64_t)MENTION_LOCATION, place->iso, within, place->name);
    int code = stmt ? SQLITE_ROW : SQLITE_ERROR;
    while (stmt && (code = statement_step(store, stmt, error)) == SQLITE_ROW) {
        uint32_t number = ranking_number(naming->ranking, sqlite3_column_int64(stmt, 0));
        if (number != UINT32_MAX)
            count_passage(naming, number);
    }
    return code == SQLITE_DONE;
}

bool store_place_documents(struct store *store, const struct figure_place *place, void (*each)(void *data, int64_t document, uint32_t passages), void *data,
                           GError **error)
{
    g_autofree char *within = place->iso ? g_strdup_printf("%s-%%", place->iso) : NULL;
    g_autoptr(GError) problem = NULL;
    struct ranking *ranking = ranking_of(store, error);
    if (!ranking)
        return false;
    struct naming naming;
    naming_init(&naming, ranking);
    bool ok = count_lists(store, place, within, &naming, &problem);
    if (!ok && !problem) {
        naming_clear(&naming);
        naming_init(&naming, ranking);
        ok = count_passages(store, place, within, &naming, &problem);
    }
    for (guint i = 0; ok && i < ranking->documents->len; i++)
        if (naming.counts[i] > 0)
            each(data, g_array_index(ranking->documents, struct ranked, i).document, naming.counts[i]);
    naming_clear(&naming);
    if (problem)
        g_propagate_error(error, g_steal_pointer(&problem));
    return ok;
}
