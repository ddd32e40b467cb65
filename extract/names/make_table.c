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

static uint32_t power_of_two(uint32_t least)
{
    uint32_t n = 16;
    while (n < least)
        n *= 2;
    return n;
}

static GArray *make_starts(const struct maker *maker, uint32_t *n)
{
    *n = power_of_two(maker->names->len * 2);
    GArray *starts = g_array_sized_new(FALSE, TRUE, sizeof(struct gazetteer_start), *n);
    g_array_set_size(starts, *n);
    for (guint i = 0; i < maker->names->len; i++) {
        const struct maker_name *name = g_ptr_array_index(maker->names, i);
        uint32_t at = name->start & (*n - 1);
        while (g_array_index(starts, struct gazetteer_start, at).lengths && g_array_index(starts, struct gazetteer_start, at).hash != name->start)
            at = (at + 1) & (*n - 1);
        struct gazetteer_start *start = &g_array_index(starts, struct gazetteer_start, at);
        start->hash = name->start;
        start->lengths |= 1u << (name->words - 1);
        start->seconds |= name->words > 1 ? UINT64_C(1) << (name->second & 63) : 0;
    }
    return starts;
}

/* Words we know something of by themselves. */
static GArray *make_words(const struct maker *maker, uint32_t *n)
{
    uint32_t known = 0;
    for (guint i = 0; i < maker->names->len; i++) {
        const struct maker_name *name = g_ptr_array_index(maker->names, i);
        known += name->words == 1 && name->flags;
    }
    *n = power_of_two(known * 3);
    GArray *words = g_array_sized_new(FALSE, TRUE, sizeof(struct gazetteer_word), *n);
    g_array_set_size(words, *n);
    for (guint i = 0; i < maker->names->len; i++) {
        const struct maker_name *name = g_ptr_array_index(maker->names, i);
        if (name->words != 1 || !name->flags)
            continue;
        uint32_t at = name->start & (*n - 1);
        while (g_array_index(words, struct gazetteer_word, at).hash)
            at = (at + 1) & (*n - 1);
        g_array_index(words, struct gazetteer_word, at) = (struct gazetteer_word){name->start, name->flags};
    }
    return words;
}

static bool all_capitals(const GArray *senses)
{
    for (guint i = 0; i < senses->len; i++)
        if (!(g_array_index(senses, struct gazetteer_sense, i).flags & SENSE_CAPITALS))
            return false;
    return senses->len > 0;
}

static GArray *make_slots(struct maker *maker, GArray *senses, uint32_t *n)
{
    *n = power_of_two(maker->names->len * 2);
    GArray *slots = g_array_sized_new(FALSE, TRUE, sizeof(struct gazetteer_slot), *n);
    g_array_set_size(slots, *n);
    for (guint i = 0; i < maker->names->len; i++) {
        struct maker_name *name = g_ptr_array_index(maker->names, i);
        uint32_t at = name->hash & (*n - 1);
        while (g_array_index(slots, struct gazetteer_slot, at).hash)
            at = (at + 1) & (*n - 1);
        g_array_sort(name->senses, by_weight);
        uint32_t flags = name->flags | (all_capitals(name->senses) ? SLOT_CAPS : 0u);
        g_array_index(slots, struct gazetteer_slot, at) =
            (struct gazetteer_slot){name->hash, maker_string(maker, name->folded), senses->len, name->senses->len, flags};
        if (name->senses->len > 0)
            g_array_append_vals(senses, name->senses->data, name->senses->len);
    }
    return slots;
}

/* rows: of a table, each of which begins with its hash; 0 = free. */
static GArray *make_bits(const GArray *rows)
{
    GArray *bits = g_array_new(FALSE, TRUE, 1);
    g_array_set_size(bits, rows->len * PRESENT_BITS / 8);
    for (guint i = 0; i < rows->len; i++) {
        uint32_t hash = *(const uint32_t *)(const void *)(rows->data + i * g_array_get_element_size((GArray *)rows));
        uint32_t at = hash & (rows->len * PRESENT_BITS - 1);
        g_array_index(bits, uint8_t, at >> 3) |= (uint8_t)(1 << (at & 7));
    }
    return bits;
}

static uint32_t put(GString *out, const void *data, size_t len)
{
    while (out->len % 16 != 0)
        g_string_append_c(out, '\0');
    uint32_t at = (uint32_t)out->len;
    g_string_append_len(out, data, (gssize)len);
    return at;
}

void write_table(struct maker *maker, const char *path)
{
    sorting = maker;
    struct gazetteer head = {.magic = GAZETTEER_MAGIC, .n_places = maker->places->len, .n_actors = maker->actors->len};
    g_autoptr(GArray) senses = g_array_new(FALSE, TRUE, sizeof(struct gazetteer_sense));
    g_autoptr(GArray) words = make_words(maker, &head.n_words);
    g_autoptr(GArray) starts = make_starts(maker, &head.n_starts);
    g_autoptr(GArray) slots = make_slots(maker, senses, &head.n_slots);
    g_autoptr(GArray) starting = make_bits(starts);
    g_autoptr(GArray) present = make_bits(slots);
    g_autoptr(GString) out = g_string_new(NULL);
    head.n_senses = senses->len;
    head.strings_len = (uint32_t)maker->strings->len;
    put(out, &head, sizeof head);
    head.words = put(out, words->data, words->len * sizeof(struct gazetteer_word));
    head.starts = put(out, starts->data, starts->len * sizeof(struct gazetteer_start));
    head.starting = put(out, starting->data, starting->len);
    head.present = put(out, present->data, present->len);
    head.slots = put(out, slots->data, slots->len * sizeof(struct gazetteer_slot));
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
