/* SPDX-License-Identifier: GPL-3.0-or-later
 * Makes the table of names from the packages of the build machine and our own tables:
 *   make_gazetteer OUT ISO-CODES-JSON-DIR TIMEZONEMAP-DIR CLDR-COMMON-DIR OWN-DIR */
#include "extract/names/make_gazetteer.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

uint32_t maker_string(struct maker *maker, const char *text)
{
    gpointer known = g_hash_table_lookup(maker->string_of, text);
    if (known)
        return GPOINTER_TO_UINT(known) - 1;
    uint32_t offset = (uint32_t)maker->strings->len;
    g_string_append_len(maker->strings, text, (gssize)strlen(text) + 1);
    g_hash_table_insert(maker->string_of, g_strdup(text), GUINT_TO_POINTER(offset + 1));
    return offset;
}

static bool latin(const char *name)
{
    for (const char *p = name; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if ((c > 0x24F && c != 0x2019 && !(c >= 0x1E00 && c <= 0x1EFF)) || strchr("():;\"[]", (int)c & 0x7F && c < 0x80 ? (int)c : '\1'))
            return false;
    }
    return *name != '\0';
}

static void name_free(gpointer data)
{
    struct maker_name *name = data;
    g_free(name->folded);
    g_array_unref(name->senses);
    g_free(name);
}

/* The words of a name as the reader will see them. */
static struct maker_name *name_new(const char *text)
{
    struct document *doc = document_new("name");
    document_append(doc, slice_of(text), NONE);
    GArray *tokens = tokens_new(doc);
    GString *folded = g_string_new(NULL);
    struct maker_name made = {.hash = NAME_HASH_START};
    bool usable = true;
    for (guint i = 0; i < tokens->len; i++) {
        const struct token *t = &g_array_index(tokens, struct token, i);
        struct slice word = token_text(doc, t);
        if (t->class == TOKEN_SIGN) {
            usable = usable && word.len == 1 && strchr("-.'`&/,", *word.ptr);
            made.flags |= slice_is(word, ",") ? (uint32_t)SLOT_COMMA : 0;
            continue;
        }
        char buffer[256];
        size_t len = token_fold(word, buffer, sizeof buffer);
        g_string_append(folded, made.words++ ? " " : "");
        g_string_append_len(folded, buffer, (gssize)len);
        made.hash = name_hash(made.hash, t->hash);
        made.start = made.words == 1 ? t->hash : made.start;
        made.second = made.words == 2 ? t->hash : made.second;
        made.pair = made.words == 2 ? made.hash : made.pair;
    }
    usable = usable && made.words > 0 && made.words <= 12 && made.hash != 0;
    g_array_unref(tokens);
    document_free(doc);
    made.folded = g_string_free(folded, !usable);
    if (!usable)
        return NULL;
    made.senses = g_array_new(FALSE, TRUE, sizeof(struct gazetteer_sense));
    return g_memdup2(&made, sizeof made);
}

static struct maker_name *name_get(struct maker *maker, const char *text)
{
    if (!latin(text))
        return NULL;
    struct maker_name *name = name_new(text);
    if (!name)
        return NULL;
    struct maker_name *known = g_hash_table_lookup(maker->name_of, name->folded);
    if (known) {
        name_free(name);
        return known;
    }
    g_hash_table_insert(maker->name_of, name->folded, name);
    g_ptr_array_add(maker->names, name);
    return name;
}

struct maker_name *maker_name(struct maker *maker, const char *text, uint32_t record, uint32_t flags)
{
    struct maker_name *name = name_get(maker, text);
    if (!name)
        return NULL;
    for (guint i = 0; i < name->senses->len; i++) {
        struct gazetteer_sense *sense = &g_array_index(name->senses, struct gazetteer_sense, i);
        if (sense->record == record && (sense->flags & SENSE_ACTOR) == (flags & SENSE_ACTOR)) {
            sense->flags &= (flags | SENSE_ACTOR) & 0xff; /* the better of the two */
            return name;
        }
    }
    struct gazetteer_sense sense = {record & 0xffffff, flags & 0xff};
    g_array_append_val(name->senses, sense);
    return name;
}

void maker_list(struct maker *maker, const char *list, uint32_t record, uint32_t flags)
{
    g_auto(GStrv) names = g_strsplit(list, ";", -1);
    for (char **name = names; *name; name++) {
        char *text = g_strstrip(*name);
        uint32_t form = *text == '!' ? SENSE_CAPITALS : *text == '~' ? SENSE_DOUBTFUL : 0;
        if (*text)
            maker_name(maker, text + (form != 0), record, flags | form);
    }
}

void maker_mark(struct maker *maker, const char *text, uint32_t flags)
{
    struct maker_name *name = name_get(maker, text);
    if (name)
        name->flags |= flags;
}

uint32_t maker_place(struct maker *maker, const char *name, unsigned class, const char *country, const char *iso)
{
    struct gazetteer_place place = {.name = maker_string(maker, name), .admin = NONE, .lat = NAN, .lon = NAN, .members = maker_string(maker, ""), .class = (uint8_t)class};
    g_strlcpy(place.country, country, sizeof place.country);
    g_strlcpy(place.iso, iso, sizeof place.iso);
    g_array_append_val(maker->places, place);
    return maker->places->len - 1;
}

static uint32_t index_of(GHashTable *table, const char *key)
{
    gpointer known = g_hash_table_lookup(table, key);
    return known ? GPOINTER_TO_UINT(known) - 1 : NONE;
}

uint32_t maker_country(const struct maker *maker, const char *iso)
{
    return index_of(maker->countries, iso);
}

uint32_t maker_admin(const struct maker *maker, const char *code)
{
    return index_of(maker->admins, code);
}

uint32_t maker_area(struct maker *maker, const char *text, const char *country)
{
    const struct maker_name *name = name_get(maker, text);
    for (guint i = 0; name && i < name->senses->len; i++) {
        const struct gazetteer_sense *sense = &g_array_index(name->senses, struct gazetteer_sense, i);
        const struct gazetteer_place *place = &g_array_index(maker->places, struct gazetteer_place, sense->record);
        if (!(sense->flags & SENSE_ACTOR) && place->class == PLACE_ADMIN && strcmp(place->country, country) == 0)
            return sense->record;
    }
    return NONE;
}

void read_tsv(struct maker *maker, const char *folder, const char *file, guint least, void (*row)(struct maker *maker, char **fields))
{
    g_autofree char *path = g_build_filename(folder, file, NULL);
    g_autofree char *text = NULL;
    g_autoptr(GError) error = NULL;
    if (!g_file_get_contents(path, &text, NULL, &error)) {
        fprintf(stderr, "make_gazetteer: %s\n", error->message);
        exit(1);
    }
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (guint i = 0; lines[i]; i++) {
        if (!*lines[i] || *lines[i] == '#')
            continue;
        g_auto(GStrv) fields = g_strsplit(lines[i], "\t", -1);
        if (g_strv_length(fields) < least) {
            fprintf(stderr, "make_gazetteer: %s:%u: %u fields, expected %u\n", path, i + 1, g_strv_length(fields), least);
            exit(1);
        }
        row(maker, fields);
    }
}

int main(int argc, char **argv)
{
    if (argc != 6) {
        fprintf(stderr, "usage: make_gazetteer OUT ISO-CODES-DIR TIMEZONEMAP-DIR CLDR-DIR OWN-DIR\n");
        return 2;
    }
    struct maker maker = {
        .places = g_array_new(FALSE, TRUE, sizeof(struct gazetteer_place)),
        .actors = g_array_new(FALSE, TRUE, sizeof(struct gazetteer_actor)),
        .names = g_ptr_array_new_with_free_func(name_free),
        .name_of = g_hash_table_new(g_str_hash, g_str_equal),
        .strings = g_string_new(NULL),
        .string_of = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
        .countries = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
        .admins = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
    };
    read_countries(&maker, argv[2], argv[4], argv[3], argv[5]);
    read_admins(&maker, argv[2], argv[4], argv[3]);
    read_cities(&maker, argv[3]);
    read_own_places(&maker, argv[5]);
    read_actors(&maker, argv[5]);
    read_words(&maker, argv[5]);
    write_table(&maker, argv[1]);
    g_array_unref(maker.places);
    g_array_unref(maker.actors);
    g_hash_table_unref(maker.name_of);
    g_ptr_array_unref(maker.names);
    g_string_free(maker.strings, TRUE);
    g_hash_table_unref(maker.string_of);
    g_hash_table_unref(maker.countries);
    g_hash_table_unref(maker.admins);
    return 0;
}
