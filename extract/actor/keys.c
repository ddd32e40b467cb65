/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/actor/keys.h"

#include "extract/token.h"

/* Open addressing; the bytes of the key lie in `bytes`. */
struct key_slot {
    uint32_t hash, at;
    uint32_t len; /* + 1; 0 = free */
    uint32_t entity;
};

struct name_keys {
    struct key_slot *slots;
    uint32_t mask, n;
    GString *bytes;
};

void name_key_of(struct slice text, struct name_key *ret)
{
    ret->len = (uint32_t)token_fold(text, ret->text, sizeof ret->text);
    ret->text[ret->len] = '\0';
    ret->hash = token_hash_folded(ret->text, ret->len);
}

struct name_keys *name_keys_new(void)
{
    enum { FIRST_SLOTS = 256, FIRST_BYTES = 2048 };
    struct name_keys *keys = g_new(struct name_keys, 1);
    *keys = (struct name_keys){.slots = g_new0(struct key_slot, FIRST_SLOTS), .mask = FIRST_SLOTS - 1, .bytes = g_string_sized_new(FIRST_BYTES)};
    return keys;
}

void name_keys_free(struct name_keys *keys)
{
    if (!keys)
        return;
    g_free(keys->slots);
    g_string_free(keys->bytes, TRUE);
    g_free(keys);
}

/* Its slot, or the free one where it would stand. */
static struct key_slot *slot_of(const struct name_keys *keys, const struct name_key *key)
{
    for (uint32_t i = key->hash & keys->mask;; i = (i + 1) & keys->mask) {
        struct key_slot *slot = &keys->slots[i];
        if (slot->len == 0 || (slot->hash == key->hash && slot->len == key->len + 1 && memcmp(keys->bytes->str + slot->at, key->text, key->len) == 0))
            return slot;
    }
}

bool name_keys_find(const struct name_keys *keys, const struct name_key *key, uint32_t *ret_entity)
{
    const struct key_slot *slot = slot_of(keys, key);
    if (slot->len == 0)
        return false;
    *ret_entity = slot->entity;
    return true;
}

static void grow(struct name_keys *keys)
{
    struct key_slot *old = keys->slots;
    uint32_t n = keys->mask + 1;
    keys->mask = n * 4 - 1;
    keys->slots = g_new0(struct key_slot, keys->mask + 1);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t at = old[i].hash & keys->mask;
        while (old[i].len > 0 && keys->slots[at].len > 0)
            at = (at + 1) & keys->mask;
        if (old[i].len > 0)
            keys->slots[at] = old[i];
    }
    g_free(old);
}

void name_keys_set(struct name_keys *keys, const struct name_key *key, uint32_t entity)
{
    struct key_slot *slot = slot_of(keys, key);
    if (slot->len > 0) {
        slot->entity = entity;
        return;
    }
    *slot = (struct key_slot){key->hash, (uint32_t)keys->bytes->len, key->len + 1, entity};
    g_string_append_len(keys->bytes, key->text, (gssize)key->len);
    if (++keys->n * 2 > keys->mask)
        grow(keys);
}
