/* SPDX-License-Identifier: GPL-3.0-or-later
 * Lays the finished table out as the program reads it. */
#include "extract/names/make_gazetteer.h"

#include <stdio.h>
#include <stdlib.h>

/* Best known first: our own tables, countries, areas, then cities by population; actors last. */
static const struct maker *sorting;

static double weight(const struct gazetteer_sense *sense)
{
    if (sense->flags & SENSE_ACTOR)
        return -1;
    const struct gazetteer_place *place = &g_array_index(sorting->places, struct gazetteer_place, sense->record);
    double known = place->class == PLACE_COUNTRY ? 1e12 : place->class != PLACE_CITY ? 1e6 : (double)place->population;
    if (place->flags & PLACE_CAPITAL)
        known += 3e6;
    if (sense->flags & SENSE_ALTERNATE)
        known /= 4;
    return known;
}

static int by_weight(const void *a, const void *b)
{
    const struct gazetteer_sense *x = a, *y = b;
    double difference = weight(y) - weight(x);
    if (difference != 0)
        return difference > 0 ? 1 : -1;
    return x->record < y->record ? -1 : x->record > y->record;
}

/* A table on its way: rows of one size, each with the hash that it is found by. */
struct rows {
    GArray *rows;   /* as they come */
    GArray *hashes; /* uint32_t, of each */
};

static struct rows rows_new(guint size)
{
    return (struct rows){g_array_new(FALSE, FALSE, size), g_array_new(FALSE, FALSE, sizeof(uint32_t))};
}

static void rows_add(struct rows *rows, uint32_t hash, const void *row)
{
    g_array_append_vals(rows->rows, row, 1);
    g_array_append_val(rows->hashes, hash);
}

static void rows_free(struct rows *rows)
{
    g_array_unref(rows->rows);
    g_array_unref(rows->hashes);
}

static uint32_t put(GString *out, const void *data, size_t len)
{
    while (out->len % 16 != 0)
        g_string_append_c(out, '\0');
    uint32_t at = (uint32_t)out->len;
    g_string_append_len(out, data, (gssize)len);
    return at;
}

/* Which row stands at each of n places, + 1; 0 = none. The caller frees it. */
static uint32_t *set_places(const GArray *hashes, uint32_t n)
{
    uint32_t *places = g_new0(uint32_t, n);
    for (uint32_t i = 0; i < hashes->len; i++) {
        uint32_t at = g_array_index(hashes, uint32_t, i) & (n - 1);
        while (places[at])
            at = (at + 1) & (n - 1);
        places[at] = i + 1;
    }
    return places;
}

static struct gazetteer_rows put_rows(GString *out, const struct rows *rows)
{
    uint32_t n = 64;
    while (n < rows->rows->len * PLACES_A_ROW)
        n *= 2;
    g_autofree uint32_t *places = set_places(rows->hashes, n);
    g_autofree struct gazetteer_places *taken = g_new0(struct gazetteer_places, n / 64);
    guint size = g_array_get_element_size(rows->rows);
    g_autoptr(GString) bytes = g_string_new(NULL);
    uint32_t done = 0;
    for (uint32_t at = 0; at < n; at++) {
        if (at % 64 == 0)
            taken[at / 64].before = done;
        if (!places[at])
            continue;
        taken[at / 64].bits |= UINT64_C(1) << at % 64;
        g_string_append_len(bytes, rows->rows->data + (size_t)size * (places[at] - 1), size);
        done++;
    }
    struct gazetteer_rows head = {.n = done, .mask = n - 1};
    head.places = put(out, taken, n / 64 * sizeof *taken);
    head.rows = put(out, bytes->str, bytes->len);
    return head;
}

/* First words of names of several words; what has only one is found by itself. */
static void make_starts(const struct maker *maker, struct rows *starts)
{
    g_autoptr(GHashTable) known = g_hash_table_new(g_direct_hash, g_direct_equal); /* hash → struct gazetteer_start, + 1 */
    for (guint i = 0; i < maker->names->len; i++) {
        const struct maker_name *name = g_ptr_array_index(maker->names, i);
        gpointer key = GUINT_TO_POINTER(name->start);
        if (name->words < 2 || g_hash_table_contains(known, key))
            continue;
        rows_add(starts, name->start, &(struct gazetteer_start){.hash = name->start});
        g_hash_table_insert(known, key, GUINT_TO_POINTER(starts->rows->len));
    }
    for (guint i = 0; i < maker->names->len; i++) {
        const struct maker_name *name = g_ptr_array_index(maker->names, i);
        uint32_t at = GPOINTER_TO_UINT(g_hash_table_lookup(known, GUINT_TO_POINTER(name->start)));
        if (at == 0)
            continue;
        struct gazetteer_start *start = &g_array_index(starts->rows, struct gazetteer_start, at - 1);
        start->lengths |= 1u << (name->words - 1);
        start->seconds |= name->words > 1 ? UINT64_C(1) << (name->second & 63) : 0;
    }
}

/* Words we know something of by themselves. */
static void make_words(const struct maker *maker, struct rows *words)
{
    for (guint i = 0; i < maker->names->len; i++) {
        const struct maker_name *name = g_ptr_array_index(maker->names, i);
        if (name->words == 1 && name->flags)
            rows_add(words, name->start, &(struct gazetteer_word){name->start, name->flags});
    }
}

static bool all_capitals(const GArray *senses)
{
    for (guint i = 0; i < senses->len; i++)
        if (!(g_array_index(senses, struct gazetteer_sense, i).flags & SENSE_CAPITALS))
            return false;
    return senses->len > 0;
}

/* The number of a set of flags. */
static uint32_t kind_of(GArray *kinds, uint32_t flags)
{
    uint32_t i = 0;
    while (i < kinds->len && g_array_index(kinds, uint32_t, i) != flags)
        i++;
    if (i == kinds->len)
        g_array_append_val(kinds, flags);
    return i;
}

/* Ends the program where a value does not fit into so many bits. */
static uint32_t fit(uint32_t value, unsigned bits, const char *what)
{
    if (value >> bits) {
        fprintf(stderr, "make_gazetteer: %u %s: more than %u bits of struct gazetteer_slot hold\n", value, what, bits);
        exit(1);
    }
    return value;
}

static void make_slots(struct maker *maker, struct rows *slots, GArray *senses, GArray *kinds)
{
    for (guint i = 0; i < maker->names->len; i++) {
        struct maker_name *name = g_ptr_array_index(maker->names, i);
        g_array_sort(name->senses, by_weight);
        uint32_t tag = name->hash >> TAG_SHIFT, kind = kind_of(kinds, name->flags | (all_capitals(name->senses) ? SLOT_CAPS : 0u));
        struct gazetteer_slot slot = {
            .text = fit(maker_string(maker, name->folded), 22, "bytes of names") & 0x3fffff,
            .tag = tag & 0x3ff,
            .first = fit(senses->len, 18, "senses") & 0x3ffff,
            .kind = fit(kind, 7, "kinds of names") & 0x7f,
            .count = fit(name->senses->len, 7, "senses of a name") & 0x7f,
        };
        rows_add(slots, name->hash, &slot);
        g_array_append_vals(senses, name->senses->data, name->senses->len);
    }
}

/* With which two words names of three or more begin. */
static uint32_t put_pairs(GString *out, const struct maker *maker)
{
    g_autofree uint64_t *pairs = g_new0(uint64_t, PAIR_BITS / 64);
    for (guint i = 0; i < maker->names->len; i++) {
        const struct maker_name *name = g_ptr_array_index(maker->names, i);
        if (name->words > 2)
            pairs[name->pair % PAIR_BITS / 64] |= UINT64_C(1) << name->pair % 64;
    }
    return put(out, pairs, PAIR_BITS / 8);
}

void write_table(struct maker *maker, const char *path)
{
    sorting = maker;
    struct gazetteer head = {.magic = GAZETTEER_MAGIC, .n_places = maker->places->len, .n_actors = maker->actors->len};
    g_autoptr(GArray) senses = g_array_new(FALSE, TRUE, sizeof(struct gazetteer_sense)), kinds = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    struct rows words = rows_new(sizeof(struct gazetteer_word)), starts = rows_new(sizeof(struct gazetteer_start)), slots = rows_new(sizeof(struct gazetteer_slot));
    make_words(maker, &words);
    make_starts(maker, &starts);
    make_slots(maker, &slots, senses, kinds);
    g_autoptr(GString) out = g_string_new(NULL);
    head.n_senses = senses->len;
    head.strings_len = (uint32_t)maker->strings->len;
    put(out, &head, sizeof head);
    head.words = put_rows(out, &words);
    head.starts = put_rows(out, &starts);
    head.slots = put_rows(out, &slots);
    rows_free(&words);
    rows_free(&starts);
    rows_free(&slots);
    head.pairs = put_pairs(out, maker);
    head.kinds = put(out, kinds->data, kinds->len * sizeof(uint32_t));
    head.senses = put(out, senses->data, senses->len * sizeof(struct gazetteer_sense));
    head.places = put(out, maker->places->data, maker->places->len * sizeof(struct gazetteer_place));
    head.actors = put(out, maker->actors->data, maker->actors->len * sizeof(struct gazetteer_actor));
    head.strings = put(out, maker->strings->str, maker->strings->len);
    head.checksum = 2166136261u;
    for (size_t i = sizeof head; i < out->len; i++)
        head.checksum = (head.checksum ^ (unsigned char)out->str[i]) * 16777619u;
    memcpy(out->str, &head, sizeof head);
    g_autoptr(GError) error = NULL;
    if (!g_file_set_contents(path, out->str, (gssize)out->len, &error)) {
        fprintf(stderr, "make_gazetteer: %s\n", error->message);
        exit(1);
    }
    printf("%u names, %u places, %u actors, %zu bytes\n", maker->names->len, head.n_places, head.n_actors, out->len);
}
