/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_EXTRACT_ACTOR_KEYS_H
#define CITABLE_EXTRACT_ACTOR_KEYS_H

#include "base/slice.h"

/* Inside the actor pass only. */

enum { KEY_BYTES = 400 };

/* A name as names are compared: folded, one space between words. */
struct name_key {
    uint32_t hash, len;
    char text[KEY_BYTES]; /* NUL-terminated */
};

/* `text`: white space in it is single spaces. */
void name_key_of(struct slice text, struct name_key *ret);

/* Which entity each name of a document means; a name is asked of each time it is printed, so that nothing is allocated to ask. */
struct name_keys;

struct name_keys *name_keys_new(void);
void name_keys_free(struct name_keys *keys);

/* false: none is called so. */
bool name_keys_find(const struct name_keys *keys, const struct name_key *key, uint32_t *ret_entity);

/* From now on the name means this one, whatever it meant before. */
void name_keys_set(struct name_keys *keys, const struct name_key *key, uint32_t entity);

#endif
