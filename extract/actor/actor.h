/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_EXTRACT_ACTOR_H
#define CITABLE_EXTRACT_ACTOR_H

#include "extract/actor/keys.h"
#include "extract/name_scan.h"

/* Inside the actor pass only. */

enum actor_class { ACTOR_ORGANISATION, ACTOR_GROUP, ACTOR_STATE, ACTOR_PERSON, ACTOR_PROGRAMME, ACTOR_LAW, ACTOR_MEDIA, ACTOR_CLASSES };

/* "organisation", "group", … Static. */
const char *actor_class_name(enum actor_class class);
bool actor_class_from(const char *name, enum actor_class *ret);

/* Who is meant: one for all the forms of a document. */
struct actor_entity {
    const char *canonical; /* lives as long as the mentions or the program */
    const char *acronym;   /* or NULL */
    enum actor_class class;
    uint32_t record;       /* in the table, or NONE */
    uint32_t head;         /* hash of the head of its name, for "the Alliance"; 0 = none */
    uint32_t seen;         /* token where it was named last, while short forms are read */
};

/* A name as it stands in the text. */
struct actor_name {
    uint32_t first, after; /* tokens [first, after) */
    struct span span;
    enum actor_class class;
    uint32_t record;       /* in the table, or NONE */
    uint32_t entity;
    uint32_t head;         /* token that is the head of the name, or NONE */
    uint32_t place;        /* the first token of a place that stays one by itself ("government of El Salvador"), or NONE */
    const char *rule;      /* static */
    const char *canonical; /* a user's name for it, or NULL */
    const char *acronym;   /* a user's, or NULL */
};

struct actor_scan {
    struct name_scan *scan;
    GArray *names;         /* struct actor_name; in reading order once the pass is done */
    GArray *entities;      /* struct actor_entity */
    struct name_keys *by_text; /* canonical name → entity */
    GHashTable *by_record; /* record + 1 → entity + 1 */
    GHashTable *acronyms;  /* token_hash of an acronym that the document defines → entity + 1 */
    GHashTable *persons;   /* token_hash of a last or given name → entity + 1; 0 = of two persons */
    GHashTable *heads;     /* token_hash of a head → entity + 1 that was named so last */
    uint64_t words[64];    /* the low bits of the hashes in acronyms, persons and heads, as a set: most words are in none */
};

/* A name that is built as one from token `first` on: "Ministry of Health", "National Council of Small Business", "2011 Immigration Law". */
bool actor_built(const struct actor_scan *s, uint32_t first, struct actor_name *ret);

/* A person by title, given name, surname, initial, or by what stands beside: "President Obama", "Photo: J. Arredondo". */
bool actor_person(const struct actor_scan *s, uint32_t first, struct actor_name *ret);

/* A name of the table that begins at token `first`, in a form that the table allows there. */
bool actor_known(const struct actor_scan *s, uint32_t first, struct actor_name *ret);

/* A group named after words that say so: "gangs such as the Chirizos", "the Valles cartel". */
bool actor_called(const struct actor_scan *s, uint32_t first, struct actor_name *ret);

/* Adds a name: finds or makes whom it means, marks its tokens as taken. Returns the entity. */
uint32_t actor_add(struct actor_scan *s, const struct actor_name *name);

/* An acronym in brackets behind the name that ends before token `after`, or a name in brackets behind an acronym; adds both. */
void actor_define(struct actor_scan *s, uint32_t first, uint32_t after);

/* What a whole document tells: acronyms defined elsewhere in it, last names, "the Commission". */
void actor_refer(struct actor_scan *s);

#endif
