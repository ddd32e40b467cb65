/* SPDX-License-Identifier: GPL-3.0-or-later
 * Countries, first-order areas and cities, from the packages of the build machine. */
#include "extract/names/make_gazetteer.h"

#include <jansson.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const char *const languages[] = {"en", "es", "fr"};
static const char *const ands[] = {" and ", " y ", " et "};

static void stop(const char *path, const char *what)
{
    fprintf(stderr, "make_gazetteer: %s: %s\n", path, what);
    exit(1);
}

static struct gazetteer_place *place_at(struct maker *maker, uint32_t i)
{
    return &g_array_index(maker->places, struct gazetteer_place, i);
}

static json_t *load_json(const char *folder, const char *file, const char *key)
{
    g_autofree char *path = g_build_filename(folder, file, NULL);
    json_error_t error;
    json_t *root = json_load_file(path, 0, &error);
    if (!root)
        stop(path, error.text);
    json_t *list = json_incref(json_object_get(root, key));
    json_decref(root);
    if (!json_is_array(list))
        stop(path, "not the expected list");
    return list;
}

/* Calls `row` for every <tag type="…">text</tag> of a CLDR file. */
static void each_cldr(struct maker *maker, const char *cldr, const char *folder, guint language, const char *tag,
    void (*row)(struct maker *maker, const char *type, const char *name, const char *alt, guint language))
{
    g_autofree char *file = g_strdup_printf("%s.xml", languages[language]);
    g_autofree char *path = g_build_filename(cldr, folder, file, NULL);
    xmlDoc *xml = xmlReadFile(path, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    if (!xml)
        stop(path, "not readable as XML");
    for (xmlNode *node = xmlDocGetRootElement(xml), *next = NULL; node; node = next) {
        if (node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, tag) == 0) {
            xmlChar *type = xmlGetProp(node, (const xmlChar *)"type"), *alt = xmlGetProp(node, (const xmlChar *)"alt"), *text = xmlNodeGetContent(node);
            g_auto(GStrv) parts = g_strsplit((const char *)text, " & ", -1);
            g_autofree char *name = g_strjoinv(ands[language], parts);
            if (type)
                row(maker, (const char *)type, name, (const char *)alt, language);
            xmlFree(type);
            xmlFree(alt);
            xmlFree(text);
        }
        next = node->children;
        while (node && !next) {
            next = node->next;
            node = node->parent;
        }
    }
    xmlFreeDoc(xml);
}

static int by_code(const void *a, const void *b)
{
    return strcmp(json_string_value(json_object_get(*(json_t *const *)a, "alpha_2")), json_string_value(json_object_get(*(json_t *const *)b, "alpha_2")));
}

static void territory(struct maker *maker, const char *type, const char *name, const char *alt, guint language)
{
    uint32_t country = maker_country(maker, type);
    if (country == NONE || strlen(name) < 4)
        return;
    maker_name(maker, name, country, language > 0 || alt ? SENSE_ALTERNATE : 0);
    if (language == 0 && !alt)
        place_at(maker, country)->name = maker_string(maker, name);
}

static void country_info(struct maker *maker, char **fields)
{
    uint32_t country = maker_country(maker, fields[0]);
    if (country == NONE)
        return;
    place_at(maker, country)->geonames = (uint32_t)strtoul(fields[16], NULL, 10);
    place_at(maker, country)->population = (uint32_t)strtoul(fields[7], NULL, 10);
    enum { SMALL_KM2 = 60000 };
    if (g_ascii_strtod(fields[6], NULL) < SMALL_KM2)
        place_at(maker, country)->flags |= PLACE_SMALL;
    maker_name(maker, fields[4], country, SENSE_ALTERNATE);
}

/* countries.tsv: code, name as we print it, latitude, longitude, aliases, demonyms. */
static void own_country(struct maker *maker, char **fields)
{
    uint32_t country = maker_country(maker, fields[0]);
    if (country == NONE)
        stop(fields[0], "no such country code");
    place_at(maker, country)->name = maker_string(maker, fields[1]);
    place_at(maker, country)->lat = (float)g_ascii_strtod(fields[2], NULL);
    place_at(maker, country)->lon = (float)g_ascii_strtod(fields[3], NULL);
    maker_name(maker, fields[1], country, 0);
    maker_list(maker, fields[4], country, SENSE_ALTERNATE);
    maker_list(maker, fields[5], country, SENSE_DEMONYM);
}

static void new_country(struct maker *maker, const char *code, const char *name)
{
    uint32_t country = maker_place(maker, name, PLACE_COUNTRY, code, code);
    g_hash_table_insert(maker->countries, g_strdup(code), GUINT_TO_POINTER(country + 1));
}

void read_countries(struct maker *maker, const char *iso_codes, const char *cldr, const char *timezonemap, const char *own)
{
    json_t *list = load_json(iso_codes, "iso_3166-1.json", "3166-1");
    g_autoptr(GPtrArray) rows = g_ptr_array_new();
    for (size_t i = 0; i < json_array_size(list); i++)
        g_ptr_array_add(rows, json_array_get(list, i));
    json_t *kosovo = json_pack("{s:s,s:s}", "alpha_2", "XK", "name", "Kosovo"); /* in use, but not in the standard */
    g_ptr_array_add(rows, kosovo);
    g_ptr_array_sort(rows, by_code);
    for (guint i = 0; i < rows->len; i++) {
        json_t *row = g_ptr_array_index(rows, i);
        new_country(maker, json_string_value(json_object_get(row, "alpha_2")), json_string_value(json_object_get(row, "name")));
        static const char *const keys[] = {"common_name", "name", "official_name"};
        for (size_t k = 0; k < G_N_ELEMENTS(keys); k++)
            if (json_object_get(row, keys[k]))
                maker_name(maker, json_string_value(json_object_get(row, keys[k])), i, SENSE_ALTERNATE);
    }
    json_decref(kosovo);
    json_decref(list);
    for (guint language = 0; language < G_N_ELEMENTS(languages); language++)
        each_cldr(maker, cldr, "main", language, "territory", territory);
    read_tsv(maker, timezonemap, "countryInfo.txt", 17, country_info);
    read_tsv(maker, own, "countries.tsv", 6, own_country);
}

/* "mxchp" → "MX-CHP" */
static char *subdivision_code(const char *type)
{
    char *upper = g_ascii_strup(type, -1);
    char *code = strlen(upper) > 2 ? g_strdup_printf("%.2s-%s", upper, upper + 2) : g_strdup("");
    g_free(upper);
    return code;
}

static void subdivision(struct maker *maker, const char *type, const char *name, const char *alt, guint language)
{
    (void)alt;
    g_autofree char *code = subdivision_code(type);
    uint32_t admin = maker_admin(maker, code);
    if (admin == NONE)
        return;
    maker_name(maker, name, admin, language > 0 ? SENSE_ALTERNATE : 0);
    if (language == 0)
        place_at(maker, admin)->name = maker_string(maker, name);
}

static void add_admin(struct maker *maker, json_t *row)
{
    const char *code = json_string_value(json_object_get(row, "code")), *name = json_string_value(json_object_get(row, "name"));
    g_autofree char *country = g_strndup(code, 2);
    uint32_t admin = maker_place(maker, name, PLACE_ADMIN, country, code);
    maker_name(maker, name, admin, 0);
    g_hash_table_insert(maker->admins, g_strdup(code), GUINT_TO_POINTER(admin + 1));
}

/* Words that a source adds to the name itself: "Nyanza Province", "Departamento de Cortés". */
static char *bare_name(const char *name)
{
    static const char *const before[] = {"Departamento de ", "Departamento del ", "Provincia de ", "Provincia del ", "Estado de ", "Province of ", "State of ", "Région de ", "Region of ", "Muḩāfaz̧at "};
    static const char *const after[] = {" Province", " Region", " Department", " Governorate", " District", " State", " Oblast", " Oblast'", " Parish", " Prefecture", " Division", " Municipality", " City", " County"};
    for (size_t i = 0; i < G_N_ELEMENTS(before); i++)
        if (g_str_has_prefix(name, before[i]))
            return g_strdup(name + strlen(before[i]));
    for (size_t i = 0; i < G_N_ELEMENTS(after); i++)
        if (g_str_has_suffix(name, after[i]))
            return g_strndup(name, strlen(name) - strlen(after[i]));
    return g_strdup(name);
}

/* GeoNames counts first-order areas in its own way: joined to ours by country and name. */
static void admin_code(struct maker *maker, char **fields)
{
    g_autofree char *country = g_strndup(fields[0], 2);
    g_autofree char *bare = bare_name(fields[1]);
    const char *const names[] = {fields[1], fields[2], bare};
    uint32_t found = NONE;
    for (size_t n = 0; n < G_N_ELEMENTS(names) && found == NONE; n++)
        found = maker_area(maker, names[n], country);
    if (found == NONE)
        found = maker_place(maker, bare, PLACE_ADMIN, country, "");
    place_at(maker, found)->geonames = (uint32_t)strtoul(fields[3], NULL, 10);
    g_hash_table_insert(maker->admins, g_strdup(fields[0]), GUINT_TO_POINTER(found + 1));
    for (size_t n = 0; n < G_N_ELEMENTS(names); n++)
        maker_name(maker, names[n], found, n == 2 ? 0 : SENSE_ALTERNATE);
}

void read_admins(struct maker *maker, const char *iso_codes, const char *cldr, const char *timezonemap)
{
    json_t *list = load_json(iso_codes, "iso_3166-2.json", "3166-2");
    for (size_t i = 0; i < json_array_size(list); i++)
        add_admin(maker, json_array_get(list, i));
    json_decref(list);
    for (guint language = 0; language < G_N_ELEMENTS(languages); language++)
        each_cldr(maker, cldr, "subdivisions", language, "subdivision", subdivision);
    for (guint i = 0; i < maker->places->len; i++) {
        if (place_at(maker, i)->class != PLACE_ADMIN)
            continue;
        const char *name = maker->strings->str + place_at(maker, i)->name;
        g_autofree char *bare = bare_name(name);
        maker_name(maker, bare, i, strcmp(bare, name) == 0 ? 0 : SENSE_ALTERNATE);
    }
    read_tsv(maker, timezonemap, "admin1Codes.txt", 4, admin_code);
}

/* Columns of a GeoNames dump. */
enum { GN_ID, GN_NAME, GN_ASCII, GN_OTHERS, GN_LAT, GN_LON, GN_CLASS, GN_CODE, GN_COUNTRY, GN_CC2, GN_ADMIN1, GN_ADMIN2, GN_ADMIN3, GN_ADMIN4, GN_POPULATION, GN_FIELDS };

/* Other names worth having: not airport codes, not one of a dozen transliterations of a small town. */
static void other_names(struct maker *maker, const char *list, uint32_t city)
{
    g_auto(GStrv) names = g_strsplit(list, ",", -1);
    uint32_t population = place_at(maker, city)->population;
    for (char **name = names; *name; name++) {
        bool capital = g_unichar_isupper(g_utf8_get_char(*name));
        bool short_name = g_utf8_strlen(*name, -1) < (population > 300000 ? 4 : 5);
        if (capital && !short_name && !strchr(*name, '\'') && population >= 20000)
            maker_name(maker, *name, city, SENSE_ALTERNATE);
    }
}

/* The name we print: "Rafah", not "Rafaḩ"; letters with marks stay where the language is written with them. */
static const char *printed_name(char **fields)
{
    static const char *const marked[] = {"LV", "LT", "EE", "PL", "CZ", "SK", "HU", "RO", "MD", "TR", "AZ", "HR", "RS", "BA", "SI", "ME", "MK", "VN", "MT", "NZ", "IS", "FO", NULL};
    bool far = false;
    for (const char *p = fields[GN_NAME]; *p; p = g_utf8_next_char(p))
        far = far || g_utf8_get_char(p) > 0xFF;
    return far && !g_strv_contains(marked, fields[GN_COUNTRY]) && *fields[GN_ASCII] ? fields[GN_ASCII] : fields[GN_NAME];
}

static void city_row(struct maker *maker, char **fields)
{
    if (strcmp(fields[GN_CODE], "PPLX") == 0 && g_ascii_strtoull(fields[GN_POPULATION], NULL, 10) < 50000)
        return; /* a section of a city */
    g_autofree char *code = g_strdup_printf("%s.%s", fields[GN_COUNTRY], fields[GN_ADMIN1]);
    uint32_t city = maker_place(maker, printed_name(fields), PLACE_CITY, fields[GN_COUNTRY], ""), admin = maker_admin(maker, code);
    struct gazetteer_place *place = place_at(maker, city);
    place->geonames = (uint32_t)strtoul(fields[GN_ID], NULL, 10);
    place->population = (uint32_t)strtoul(fields[GN_POPULATION], NULL, 10);
    place->lat = (float)g_ascii_strtod(fields[GN_LAT], NULL);
    place->lon = (float)g_ascii_strtod(fields[GN_LON], NULL);
    place->admin = admin;
    place->flags = strcmp(fields[GN_CODE], "PPLC") == 0 ? PLACE_CAPITAL : strcmp(fields[GN_CODE], "PPLA") == 0 ? PLACE_SEAT : 0;
    maker_name(maker, fields[GN_NAME], city, 0);
    maker_name(maker, fields[GN_ASCII], city, 0);
    other_names(maker, fields[GN_OTHERS], city);
}

/* An area lies where its towns lie: the middle of the box around them. */
static void place_admins(struct maker *maker)
{
    struct bounds {
        float south, north, west, east;
    } *bounds = g_new(struct bounds, maker->places->len);
    for (guint i = 0; i < maker->places->len; i++)
        bounds[i] = (struct bounds){90, -90, 180, -180};
    for (guint i = 0; i < maker->places->len; i++) {
        const struct gazetteer_place *city = place_at(maker, i);
        if (city->class != PLACE_CITY || city->admin == NONE)
            continue;
        struct bounds *b = &bounds[city->admin];
        *b = (struct bounds){MIN(b->south, city->lat), MAX(b->north, city->lat), MIN(b->west, city->lon), MAX(b->east, city->lon)};
    }
    for (guint i = 0; i < maker->places->len; i++) {
        struct gazetteer_place *place = place_at(maker, i);
        if (place->class == PLACE_ADMIN && bounds[i].south <= bounds[i].north) {
            place->lat = (bounds[i].south + bounds[i].north) / 2;
            place->lon = (bounds[i].west + bounds[i].east) / 2;
        }
    }
    g_free(bounds);
}

/* Areas without a joined code lie where a town of their name in the same country lies: most are named after their seat. */
static void place_by_seat(struct maker *maker)
{
    for (guint i = 0; i < maker->names->len; i++) {
        const GArray *senses = ((struct maker_name *)g_ptr_array_index(maker->names, i))->senses;
        for (guint a = 0; a < senses->len; a++) {
            struct gazetteer_place *area = place_at(maker, g_array_index(senses, struct gazetteer_sense, a).record);
            for (guint b = 0; area->class == PLACE_ADMIN && isnan(area->lat) && b < senses->len; b++) {
                const struct gazetteer_place *city = place_at(maker, g_array_index(senses, struct gazetteer_sense, b).record);
                if (city->class == PLACE_CITY && strcmp(city->country, area->country) == 0) {
                    area->lat = city->lat;
                    area->lon = city->lon;
                }
            }
        }
    }
}

void read_cities(struct maker *maker, const char *timezonemap)
{
    read_tsv(maker, timezonemap, "cities15000.txt", GN_FIELDS, city_row);
    place_admins(maker);
    place_by_seat(maker);
}
