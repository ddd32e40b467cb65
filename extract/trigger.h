/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_EXTRACT_TRIGGER_H
#define CITABLE_EXTRACT_TRIGGER_H

#include "extract/token.h"

/*  Which rows of a table can begin at a token: a token's hash leads to the rows that were added under it, in the order they were added.
 *  Most tokens lead nowhere; a bitmap of the low hash bits says so at once.
 *
 *    bitmap  1 bit for each of the low 16 bits of a hash
 *    slots   open addressing, hash → (first, count)
 *    rows    the payloads, those of a hash side by side */
struct trigger_slot {
    uint32_t hash, first, count; /* count 0 = free */
};

struct trigger_table {
    uint64_t bitmap[1024];
    struct trigger_slot *slots;
    uint32_t *rows;
    uint32_t mask;
    GArray *pairs; /* until frozen: struct trigger_pair */
};

struct trigger_table *trigger_new(void);
void trigger_free(struct trigger_table *table);

void trigger_add(struct trigger_table *table, uint32_t hash, uint32_t row);

/* After the last trigger_add, before the first trigger_find. */
void trigger_freeze(struct trigger_table *table);

/* The rows under a hash, and how many; NULL and 0 for none. */
static inline const uint32_t *trigger_find(const struct trigger_table *table, uint32_t hash, uint32_t *n)
{
    *n = 0;
    uint32_t low = hash & 0xffff;
    if (!(table->bitmap[low >> 6] >> (low & 63) & 1))
        return NULL;
    for (uint32_t i = hash & table->mask;; i = (i + 1) & table->mask) {
        const struct trigger_slot *slot = &table->slots[i];
        if (slot->count == 0)
            return NULL;
        if (slot->hash == hash) {
            *n = slot->count;
            return table->rows + slot->first;
        }
    }
}

/* Of tokens [first, after) of n, those whose word may begin something: begun, by token.word, are the low six bits of the hashes that may stand behind it, as a
 * set. They are gathered without a branch that depends on the words, which processors would not foresee. Writes their indexes, at most one a token, and
 * returns how many. */
static inline uint32_t trigger_places(const struct token *tokens, uint32_t first, uint32_t after, uint32_t n, const uint64_t *begun, uint32_t *places)
{
    uint32_t found = 0, last = after == n && after > first ? after - 1 : after;
    for (uint32_t i = first; i < last; i++) {
        places[found] = i;
        found += (uint32_t)(begun[tokens[i].word] >> (tokens[i + 1].hash & 63) & 1);
    }
    if (last < after) { /* nothing stands behind it */
        places[found] = last;
        found += (uint32_t)(begun[tokens[last].word] & 1);
    }
    return found;
}

#endif
