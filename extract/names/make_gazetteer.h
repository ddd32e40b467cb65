/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_EXTRACT_NAMES_MAKE_GAZETTEER_H
#define CITABLE_EXTRACT_NAMES_MAKE_GAZETTEER_H

#include "extract/gazetteer.h"

/* The table while it is being made. All arrays keep the order of their sources, so the same sources give the same bytes. */
struct maker {
    GArray *places, *actors;  /* struct gazetteer_place, struct gazetteer_actor */
    GPtrArray *names;         /* struct maker_name *, in the order they came */
    GHashTable *name_of;      /* folded words → struct maker_name * */
    GString *strings;
    GHashTable *string_of;    /* text → offset + 1 */
    GHashTable *countries;    /* ISO code → place + 1 */
    GHashTable *admins;       /* "MX-CHP" and "MX.05" (as GeoNames counts) → place + 1 */
};

struct maker_name {
    char *folded;
    uint32_t hash, start, second, pair, words; /* second: 0 where there is none; pair: the name_hash of two words, if there are more */
    uint32_t flags;  /* enum slot_flag */
    GArray *senses;  /* struct gazetteer_sense */
};

/* A string's offset in the table. */
uint32_t maker_string(struct maker *maker, const char *text);

/* Adds a name for a record; names we cannot match (brackets, commas, other scripts) are left out. Returns NULL then. */
struct maker_name *maker_name(struct maker *maker, const char *name, uint32_t record, uint32_t sense_flags);

/* Adds the names of a list "Swaziland; !SZ; ~Valles": "!" = only where printed in capitals, "~" = doubtful by itself. */
void maker_list(struct maker *maker, const char *list, uint32_t record, uint32_t sense_flags);

/* A name without a record: a word of the language, a given name. */
void maker_mark(struct maker *maker, const char *name, uint32_t slot_flags);

uint32_t maker_place(struct maker *maker, const char *name, unsigned class, const char *country, const char *iso);

/* Index of a country, or NONE. */
uint32_t maker_country(const struct maker *maker, const char *iso);

/* Index of a first-order area by its ISO 3166-2 code or GeoNames code ("MX.05"), or NONE. */
uint32_t maker_admin(const struct maker *maker, const char *code);

/* A first-order area of a country by name, or NONE. */
uint32_t maker_area(struct maker *maker, const char *name, const char *country);

/* The sources; each prints one line and ends the program when its file cannot be used. */
void read_countries(struct maker *maker, const char *iso_codes, const char *cldr, const char *timezonemap, const char *own);
void read_admins(struct maker *maker, const char *iso_codes, const char *cldr, const char *timezonemap);
void read_cities(struct maker *maker, const char *timezonemap);
void read_own_places(struct maker *maker, const char *own);
void read_actors(struct maker *maker, const char *own);
void read_words(struct maker *maker, const char *own);

/* Calls `row` with the tab-separated fields of each line that is not empty and no comment; at least `least` fields. */
void read_tsv(struct maker *maker, const char *folder, const char *file, guint least, void (*row)(struct maker *maker, char **fields));

/* Writes the table; ends the program when it cannot. */
void write_table(struct maker *maker, const char *path);

#endif
