/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_EXTRACT_ACTOR_WAY_H
#define CITABLE_EXTRACT_ACTOR_WAY_H

#include "extract/name_scan.h"

/* Inside the actor pass only: which ways to find a name are worth trying at a word, told by its flags and the token behind it. */

/* The surest first. */
enum actor_way { WAY_KNOWN = 1 << 0, WAY_BUILT = 1 << 1, WAY_CALLED = 1 << 2, WAY_PERSON = 1 << 3 };

/* What a word beside a name may be to a way. */
enum beside {
    BESIDE_OUTLET = 1 << 0,   /* "magazine", before it */
    BESIDE_EXAMPLE = 1 << 1,  /* "including", before it */
    BESIDE_PLURAL = 1 << 2,   /* "the", between an example and it */
    BESIDE_NOUN = 1 << 3,     /* "cartel", "support group", behind it */
    BESIDE_AND = 1 << 4,      /* "and", behind it */
    BESIDE_FOR = 1 << 5,      /* "for", "against", behind the head of a name */
    BESIDE_PARTICLE = 1 << 6, /* "de la", in a person's name */
    BESIDE_OF = 1 << 7        /* "of", behind "government" */
};

/* The words of a list are such; each way says so of its own lists, once a process. */
void beside_add(const struct name_words *words, enum beside bit);
void actor_built_beside(void);
void actor_called_beside(void);
void actor_person_beside(void);

/* Before the first actor_ways. */
void actor_ways_init(void);

/* The ways that may find a name at token `i`, a point of the scan: a set of enum actor_way, empty for most words with a capital. It leaves out only ways that
 * would find nothing; they look closer themselves. */
unsigned actor_ways(const struct name_scan *scan, uint32_t i);

/* Words that are never part of a person's name, but for given names and surnames. */
#define NO_PERSON (SLOT_HEAD | SLOT_LAW | SLOT_SITE | SLOT_FEATURE | SLOT_DIRECTION | SLOT_TIME | SLOT_FUNCTION | SLOT_PREPOSITION | SLOT_TITLE | SLOT_CREDIT)

/* Words that make an organisation or a law of what stands around them. */
#define HEADS (SLOT_HEAD | SLOT_LAW)

#endif
