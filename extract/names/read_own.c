/* SPDX-License-Identifier: GPL-3.0-or-later
 * Our own small tables. */
#include "extract/names/make_gazetteer.h"

#include <stdio.h>
#include <stdlib.h>

static unsigned class_from(const char *name)
{
    for (unsigned class = 0; class < PLACE_CLASSES; class++)
        if (strcmp(place_class_name(class), name) == 0)
            return class;
    fprintf(stderr, "make_gazetteer: no such class of places: %s\n", name);
    exit(1);
}

/* zones.tsv, places.tsv: name, class, code or members, latitude, longitude, aliases.
 * A row with the code of a first-order area corrects that area; "GT HN" names the members of a zone. */
static void own_place(struct maker *maker, char **fields)
{
    unsigned class = class_from(fields[1]);
    bool admin = class == PLACE_ADMIN || class == PLACE_CITY;
    g_autofree char *country = admin ? g_strndup(fields[2], 2) : g_strdup("");
    uint32_t i = class == PLACE_ADMIN ? maker_admin(maker, fields[2]) : NONE;
    if (class == PLACE_ZONE && strlen(fields[2]) == 2) /* "Bali" is an island and a province: one place */
        i = maker_area(maker, fields[0], fields[2]);
    if (i == NONE)
        i = maker_place(maker, fields[0], class, country, class == PLACE_ADMIN && strlen(fields[2]) > 2 ? fields[2] : "");
    struct gazetteer_place *place = &g_array_index(maker->places, struct gazetteer_place, i);
    place->flags |= PLACE_OWN;
    if (!admin)
        place->members = maker_string(maker, fields[2]);
    place->lat = (float)g_ascii_strtod(fields[3], NULL);
    place->lon = (float)g_ascii_strtod(fields[4], NULL);
    maker_name(maker, fields[0], i, 0);
    maker_list(maker, fields[5], i, SENSE_ALTERNATE);
}

/* areas.tsv: code, latitude, longitude. */
static void own_area(struct maker *maker, char **fields)
{
    uint32_t i = maker_admin(maker, fields[0]);
    if (i == NONE)
        return; /* another release of the packages */
    struct gazetteer_place *place = &g_array_index(maker->places, struct gazetteer_place, i);
    place->lat = (float)g_ascii_strtod(fields[1], NULL);
    place->lon = (float)g_ascii_strtod(fields[2], NULL);
}

/* towns.tsv: name, country, latitude, longitude, aliases. Towns like those of the packages: a text must say more before they count; and rivers. */
static void own_town(struct maker *maker, char **fields)
{
    enum { SMALL_TOWN = 50000 };
    unsigned class = g_str_has_suffix(fields[0], " River") ? PLACE_WATER : PLACE_CITY;
    uint32_t i = maker_place(maker, fields[0], class, fields[1], "");
    struct gazetteer_place *place = &g_array_index(maker->places, struct gazetteer_place, i);
    place->population = SMALL_TOWN;
    place->lat = (float)g_ascii_strtod(fields[2], NULL);
    place->lon = (float)g_ascii_strtod(fields[3], NULL);
    maker_name(maker, fields[0], i, 0);
    maker_list(maker, fields[4], i, SENSE_ALTERNATE);
}

void read_own_places(struct maker *maker, const char *own)
{
    read_tsv(maker, own, "areas.tsv", 3, own_area);
    read_tsv(maker, own, "zones.tsv", 6, own_place);
    read_tsv(maker, own, "places.tsv", 6, own_place);
    read_tsv(maker, own, "towns.tsv", 5, own_town);
}

/* actors.tsv: name, class, acronym, aliases, and, where others have the same acronym, its countries; "~" before a name or acronym = doubtful by itself. */
static void own_actor(struct maker *maker, char **fields)
{
    uint32_t doubt[2] = {*fields[0] == '~' ? SENSE_DOUBTFUL : 0, *fields[2] == '~' ? SENSE_DOUBTFUL : 0};
    const char *name = fields[0] + (doubt[0] != 0), *acronym = fields[2] + (doubt[1] != 0);
    struct gazetteer_actor actor = {maker_string(maker, name), maker_string(maker, acronym), maker_string(maker, fields[1]),
                                    maker_string(maker, g_strv_length(fields) > 4 ? fields[4] : "")};
    g_array_append_val(maker->actors, actor);
    uint32_t i = maker->actors->len - 1;
    maker_name(maker, name, i, SENSE_ACTOR | doubt[0]);
    if (*acronym)
        maker_name(maker, acronym, i, SENSE_ACTOR | SENSE_CAPITALS | doubt[1]);
    maker_list(maker, fields[3], i, SENSE_ACTOR | SENSE_ALTERNATE);
}

void read_actors(struct maker *maker, const char *own)
{
    read_tsv(maker, own, "actors.tsv", 4, own_actor);
}

/* bans.tsv: a name. */
static void own_ban(struct maker *maker, char **fields)
{
    maker_mark(maker, fields[0], SLOT_BANNED);
}

static uint32_t flag_from(const char *class)
{
    static const struct {
        const char *name;
        uint32_t flag;
    } classes[] = {
        {"word", SLOT_WORD}, {"given", SLOT_GIVEN}, {"preposition", SLOT_PREPOSITION}, {"function", SLOT_FUNCTION}, {"connector", SLOT_CONNECTOR},
        {"title", SLOT_TITLE}, {"head", SLOT_HEAD}, {"feature", SLOT_FEATURE}, {"direction", SLOT_DIRECTION}, {"site", SLOT_SITE},
        {"law", SLOT_LAW}, {"time", SLOT_TIME}, {"rank", SLOT_TITLE | SLOT_RANK}, {"surname", SLOT_SURNAME}, {"say", SLOT_SAY},
        {"state", SLOT_HEAD | SLOT_STATE}, {"body", SLOT_HEAD | SLOT_BODY}, {"group", SLOT_HEAD | SLOT_GROUP},
        {"programme", SLOT_HEAD | SLOT_PROGRAMME}, {"media", SLOT_HEAD | SLOT_MEDIA}, {"credit", SLOT_CREDIT},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(classes); i++)
        if (strcmp(classes[i].name, class) == 0)
            return classes[i].flag;
    fprintf(stderr, "make_gazetteer: no such class of words: %s\n", class);
    exit(1);
}

/* words.tsv, given.tsv: class, words parted by spaces. */
static void word_row(struct maker *maker, char **fields)
{
    g_auto(GStrv) words = g_strsplit(fields[1], " ", -1);
    for (char **word = words; *word; word++)
        if (**word)
            maker_mark(maker, *word, flag_from(fields[0]));
}

void read_words(struct maker *maker, const char *own)
{
    read_tsv(maker, own, "words.tsv", 2, word_row);
    read_tsv(maker, own, "given.tsv", 2, word_row);
    read_tsv(maker, own, "bans.tsv", 1, own_ban);
}
