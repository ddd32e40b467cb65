/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/token.h"

/* Open addressing: a hash, and the number it has + 1; 0 = free. */
struct word_slot {
    uint32_t hash, number;
};

struct word_table {
    struct word_slot *slots;
    uint32_t mask;
};

static inline struct word_slot *word_slot(const struct word_table *table, uint32_t hash)
{
    uint32_t i = hash & table->mask;
    while (table->slots[i].number && table->slots[i].hash != hash)
        i = (i + 1) & table->mask;
    return &table->slots[i];
}

static void word_table_grow(struct word_table *table, const uint32_t *hashes, uint32_t n)
{
    g_free(table->slots);
    table->mask = table->mask * 4 + 3;
    table->slots = g_new0(struct word_slot, table->mask + 1);
    for (uint32_t i = 0; i < n; i++)
        *word_slot(table, hashes[i]) = (struct word_slot){hashes[i], i + 1};
}

/* A table that most texts of so many tokens fill by a quarter at most: then nearly all words are found where they are looked for first. */
static struct word_table word_table_for(guint tokens)
{
    enum { LEAST = 1024, MOST = 16384 };
    uint32_t size = LEAST;
    while (size < tokens && size < MOST)
        size *= 2;
    return (struct word_table){g_new0(struct word_slot, size), size - 1};
}

GArray *token_words(GArray *tokens)
{
    enum { PART = 4 };
    struct word_table table = word_table_for(tokens->len);
    struct token *token = (void *)tokens->data;
    uint32_t n = 0, room = (table.mask + 1) / PART;
    GArray *words = g_array_sized_new(FALSE, FALSE, sizeof(uint32_t), room);
    g_array_set_size(words, room);
    uint32_t *hashes = (void *)words->data;
    for (guint i = 0; i < tokens->len; i++) {
        struct word_slot *slot = word_slot(&table, token[i].hash);
        if (slot->number) { /* most */
            token[i].word = slot->number - 1;
            continue;
        }
        if (n == room) {
            word_table_grow(&table, hashes, n);
            g_array_set_size(words, room = (table.mask + 1) / PART);
            hashes = (void *)words->data;
            slot = word_slot(&table, token[i].hash);
        }
        hashes[n] = token[i].hash;
        token[i].word = n++;
        *slot = (struct word_slot){token[i].hash, n};
    }
    g_free(table.slots);
    g_array_set_size(words, n);
    return words;
}
