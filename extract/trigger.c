/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/trigger.h"

struct trigger_pair {
    uint32_t hash, row, order;
};

struct trigger_table *trigger_new(void)
{
    struct trigger_table *table = g_new0(struct trigger_table, 1);
    table->pairs = g_array_new(FALSE, FALSE, sizeof(struct trigger_pair));
    return table;
}

void trigger_free(struct trigger_table *table)
{
    if (!table)
        return;
    g_array_unref(table->pairs);
    g_free(table->slots);
    g_free(table->rows);
    g_free(table);
}

void trigger_add(struct trigger_table *table, uint32_t hash, uint32_t row)
{
    struct trigger_pair pair = {hash, row, table->pairs->len};
    g_array_append_val(table->pairs, pair);
}

static int by_hash(const void *a, const void *b)
{
    const struct trigger_pair *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return x->order < y->order ? -1 : 1;
}

static void slot_put(struct trigger_table *table, struct trigger_slot slot)
{
    uint32_t i = slot.hash & table->mask;
    while (table->slots[i].count != 0)
        i = (i + 1) & table->mask;
    table->slots[i] = slot;
}

void trigger_freeze(struct trigger_table *table)
{
    uint32_t n = table->pairs->len, size = 16;
    while (size < 2 * n + 2)
        size *= 2;
    table->mask = size - 1;
    table->slots = g_new0(struct trigger_slot, size);
    table->rows = g_new0(uint32_t, n + 1);
    g_array_sort(table->pairs, by_hash);
    const struct trigger_pair *pairs = (const struct trigger_pair *)(void *)table->pairs->data;
    for (uint32_t first = 0, end; first < n; first = end) {
        for (end = first; end < n && pairs[end].hash == pairs[first].hash; end++)
            table->rows[end] = pairs[end].row;
        slot_put(table, (struct trigger_slot){pairs[first].hash, first, end - first});
        uint32_t low = pairs[first].hash & 0xffff;
        table->bitmap[low >> 6] |= (uint64_t)1 << (low & 63);
    }
}
