/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_EXTRACT_GAZETTEER_H
#define CITABLE_EXTRACT_GAZETTEER_H

#include "extract/token.h"

/*  One read-only table of all names we know: places, actors, given names, words of the language that are also names.
 *  names/make_gazetteer.c writes it at build time; it is linked into the program and used where it lies.
 *
 *    words    hash of a word        → what we know of it by itself: small, for it is asked of every word of a text
 *    starts   hash of a first word  → how many words names of several words that begin so have, and which may be the second
 *    pairs    hash of two first words → may a longer name begin so: a bit each, several of them sharing one
 *    slots    hash of all words     → text (compared), flags, its senses
 *    senses   (place or actor, flags), best known first
 *    places, actors                 → the records
 *    strings  NUL-terminated UTF-8 */

enum place_class { PLACE_COUNTRY, PLACE_ADMIN, PLACE_CITY, PLACE_ZONE, PLACE_CONTINENT, PLACE_WATER, PLACE_CLASSES };

enum place_flag {
    PLACE_CAPITAL = 1 << 0, /* seat of a country's government */
    PLACE_SEAT = 1 << 1,    /* seat of a first-order area */
    PLACE_OWN = 1 << 2,     /* from our own tables */
    PLACE_SMALL = 1 << 3    /* a country whose middle is near all of it */
};

enum sense_flag {
    SENSE_ALTERNATE = 1 << 0, /* not the name we would print: another language, an older or shorter form */
    SENSE_CAPITALS = 1 << 1,  /* only where printed in capitals: "US", never "us" */
    SENSE_DEMONYM = 1 << 2,   /* "Honduran": evidence for the country, not a place */
    SENSE_ACTOR = 1 << 3,     /* `record` is an actor */
    SENSE_DOUBTFUL = 1 << 4   /* a form that is mostly something else: only where the text says more */
};

enum slot_flag {
    SLOT_WORD = 1 << 0,        /* also a word of the language: "Reading", "Much" */
    SLOT_GIVEN = 1 << 1,       /* also a given name: "Jordan", "Chelsea" */
    SLOT_CAPS = 1 << 2,        /* every sense wants capitals */
    SLOT_PREPOSITION = 1 << 3, /* "in", "near", "desde": a place may follow */
    SLOT_FUNCTION = 1 << 4,    /* "the", "however", "since": begins sentences, never part of a name */
    SLOT_CONNECTOR = 1 << 5,   /* "of", "and", "de la": stands inside names in small letters */
    SLOT_TITLE = 1 << 6,       /* "President", "Governor", "Dr" */
    SLOT_HEAD = 1 << 7,        /* "Ministry", "Bank", "Comisión": an organisation's name is around it */
    SLOT_FEATURE = 1 << 8,     /* "province", "district", "village": a place stands beside it */
    SLOT_DIRECTION = 1 << 9,   /* "northern", "Greater", "central" */
    SLOT_SITE = 1 << 10,       /* "Street", "Airport", "Hospital": the name before it is no town by itself */
    SLOT_LAW = 1 << 11,        /* "Law", "Convention", "Declaration" */
    SLOT_TIME = 1 << 12,       /* months and days */
    SLOT_RANK = 1 << 13,       /* "President", "Dr": a person's name follows */
    SLOT_SURNAME = 1 << 14,    /* "Hernández": the word before it is a given name */
    SLOT_SAY = 1 << 15,        /* "said", "reports", "afirmó": who stands beside it is somebody */
    SLOT_STATE = 1 << 16,      /* heads by what they make of a name: "Ministry", "Police" */
    SLOT_BODY = 1 << 17,       /* "Agency", "Comité", "University" */
    SLOT_GROUP = 1 << 18,      /* "Cartel", "militia" */
    SLOT_PROGRAMME = 1 << 19,  /* "Programme", "Plan" */
    SLOT_MEDIA = 1 << 20,      /* "Times", "newspaper" */
    SLOT_CREDIT = 1 << 21,     /* "Photo", "Foto": a name follows */
    SLOT_COMMA = 1 << 22,      /* a name with a comma: only where it is printed with one */
    SLOT_BANNED = 1 << 23      /* "West Nile virus": holds a name and is none; found so that nothing inside it is */
};

struct gazetteer_place {
    uint32_t name, geonames, population;
    uint32_t admin;    /* the first-order area it lies in, or NONE */
    float lat, lon;    /* NAN = unknown */
    char country[4];   /* ISO 3166-1 alpha-2, or "" */
    char iso[8];       /* ISO 3166-1 or 3166-2, or "" */
    uint32_t members;  /* zones: "GT HN SV", or the empty string */
    uint8_t class, flags, pad[2];
};

struct gazetteer_actor {
    uint32_t name, acronym; /* acronym: the empty string = none */
    uint32_t class;         /* offset of "organisation", "group", … */
    uint32_t countries;     /* "GT SV": its acronym means it only in a text that speaks of one of them; the empty string = anywhere */
};

struct gazetteer_sense {
    uint32_t record : 24;
    uint32_t flags : 8; /* enum sense_flag */
};

struct gazetteer_slot {
    uint32_t text : 22;  /* folded words, one space between */
    uint32_t tag : 10;   /* the highest bits of the name_hash of its words */
    uint32_t first : 18; /* of its senses */
    uint32_t kind : 7;   /* which set of flags: most names have the same */
    uint32_t count : 7;  /* senses */
};

struct gazetteer_word {
    uint32_t hash;  /* token_hash */
    uint32_t flags; /* enum slot_flag */
};

struct gazetteer_start {
    uint32_t hash;
    uint32_t lengths; /* bit n - 1: a name of n words begins so */
    uint64_t seconds; /* the low six bits of the hashes that the second words of those names have, as a set: most words of a text are followed by another */
};

/*  Open addressing without the free places: a row stands at the first free place from the low bits of its hash on, and behind those of lesser places.
 *
 *    places   . X . . X X . .     a bit each, eight or more to a row; beside each 64 of them how many rows stand before these
 *    rows     0 1 2
 *
 *  Most words of a text are no name, which the bits alone tell; they stay near the processor, and what is found lies in few pages. */
struct gazetteer_rows {
    uint32_t n, mask;            /* rows; places - 1 */
    uint32_t places, rows; /* offsets in bytes from the head */
};

/* 64 places: read together, so that memory is asked once. */
struct gazetteer_places {
    uint64_t bits;
    uint32_t before, pad;
};

enum { GAZETTEER_MAGIC = 0x365a4147, TAG_SHIFT = 32 - 10, PLACES_A_ROW = 8 /* or more */, PAIR_BITS = 1 << 18 };

struct gazetteer {
    uint32_t magic, checksum, n_senses, n_places, n_actors, strings_len;
    struct gazetteer_rows words, starts, slots;
    uint32_t pairs, kinds, senses, places, actors, strings; /* offsets in bytes from here */
};

/* The table linked into the program, or its copy. */
const struct gazetteer *gazetteer_get(void);

/* Copies the table into huge pages, where there are such. For one who forks: a child reads them as its parent does, but would ask the system for each page of
 * the program anew. What was got before stays good. Not beside other threads. */
void gazetteer_settle(void);

/* Place `at`, and those beside it. */
static inline const struct gazetteer_places *gazetteer_places(const struct gazetteer *g, const struct gazetteer_rows *rows, uint32_t at)
{
    return (const struct gazetteer_places *)(const void *)((const char *)g + rows->places) + (at >> 6);
}

/* Is place `at` taken? */
static inline bool gazetteer_taken(const struct gazetteer *g, const struct gazetteer_rows *rows, uint32_t at)
{
    return gazetteer_places(g, rows, at)->bits >> (at & 63) & 1;
}

/* The row that stands at place `at`. */
static inline uint32_t gazetteer_row(const struct gazetteer *g, const struct gazetteer_rows *rows, uint32_t at)
{
    const struct gazetteer_places *places = gazetteer_places(g, rows, at);
    return places->before + token_bits(places->bits & ((UINT64_C(1) << (at & 63)) - 1));
}

/* The hash of a name's words, from the token_hash of each; begin with NAME_HASH_START. */
#define NAME_HASH_START 0x9e3779b9u
static inline uint32_t name_hash(uint32_t hash, uint32_t word)
{
    hash ^= word + 0x9e3779b9u + (hash << 6) + (hash >> 2);
    return hash * 0x85ebca6bu + 1;
}

/* May a name of three words or more begin with the two whose name_hash this is? */
static inline bool gazetteer_pair(const struct gazetteer *g, uint32_t hash)
{
    return ((const uint64_t *)(const void *)((const char *)g + g->pairs))[hash % PAIR_BITS / 64] >> hash % 64 & 1;
}

/* A name found in the text. */
struct name_match {
    const struct gazetteer_slot *slot;
    uint32_t first, after; /* tokens [first, after) */
    struct span span;      /* without a possessive "'s" */
};

/* The longest name that begins with token `first` and ends before `limit`; false when there is none.
 * Hyphens between words, and stops after initials and short forms ("St. John's", "U.S."), count as spaces; "l'" and "d'" may stand before it;
 * signs such as "/" and "&" are passed over where the table's name has them or not, commas only where it has them. */
bool gazetteer_match(const struct gazetteer *g, const struct document *doc, const GArray *tokens, uint32_t first, uint32_t limit, struct name_match *ret);

/* The names that begin with a word, by its token_hash; one without lengths where there are none. Of a word that begins no longer name, that there may be one
 * of this word alone. */
const struct gazetteer_start *gazetteer_start(const struct gazetteer *g, uint32_t hash);

/* gazetteer_match for one who asked of token `first` already: `start` = gazetteer_start of its hash. */
bool gazetteer_match_from(const struct gazetteer *g, const struct document *doc, const GArray *tokens, uint32_t first, uint32_t limit, const struct gazetteer_start *start,
                          struct name_match *ret);

/* The name of the one word `token`, which has no apostrophe, or NULL; `start` = gazetteer_start of its hash. */
const struct gazetteer_slot *gazetteer_alone(const struct gazetteer *g, const struct document *doc, const struct token *token, const struct gazetteer_start *start);

/* What names begin with a word of a text. */
struct gazetteer_first {
    const struct gazetteer_start *start;
    const struct gazetteer_slot *alone; /* the name of this one word, or NULL; of a word with an apostrophe it says nothing */
};

/* Asks that of n words together, the tokens at[0], at[1], …; writes it at ret[token.word]. */
void gazetteer_firsts(const struct gazetteer *g, const struct document *doc, const struct token *tokens, const uint32_t *at, uint32_t n, struct gazetteer_first *ret);

/* Asks memory for what the table says of n names, by the name_hash of each, which are looked for soon: it lies far from the processor. */
void gazetteer_fetch(const struct gazetteer *g, const uint32_t *names, uint32_t n);

/* May a name of two words or more that begins so stand at `token`, the first of `left`? False for most: then only a name of this one word can stand there. */
bool gazetteer_goes_on(const struct gazetteer_start *start, const struct token *token, uint32_t left);

/* What we know of a single word by its token_hash (enum slot_flag); 0 for a word that is in no table. */
static inline uint32_t gazetteer_word(const struct gazetteer *g, uint32_t hash)
{
    const struct gazetteer_word *words = (const void *)((const char *)g + g->words.rows);
    for (uint32_t at = hash & g->words.mask; gazetteer_taken(g, &g->words, at); at = (at + 1) & g->words.mask) {
        const struct gazetteer_word *word = &words[gazetteer_row(g, &g->words, at)];
        if (word->hash == hash)
            return word->flags;
    }
    return 0;
}

/* What we know of a name (enum slot_flag). */
static inline uint32_t gazetteer_flags(const struct gazetteer *g, const struct gazetteer_slot *slot)
{
    return ((const uint32_t *)(const void *)((const char *)g + g->kinds))[slot->kind];
}

/* The slot of a name given as text, or NULL. */
const struct gazetteer_slot *gazetteer_find(const struct gazetteer *g, const char *name);

/* Does the name tell people by where they are from: "Haitians"? */
bool gazetteer_is_demonym(const char *name);

/* The country with this ISO 3166-1 alpha-2 code, or NULL. */
const struct gazetteer_place *gazetteer_country(const struct gazetteer *g, const char *iso);

static inline const char *gazetteer_string(const struct gazetteer *g, uint32_t offset)
{
    return (const char *)g + g->strings + offset;
}

static inline const struct gazetteer_place *gazetteer_place(const struct gazetteer *g, uint32_t i)
{
    return (const struct gazetteer_place *)(const void *)((const char *)g + g->places) + i;
}

static inline const struct gazetteer_actor *gazetteer_actor(const struct gazetteer *g, uint32_t i)
{
    return (const struct gazetteer_actor *)(const void *)((const char *)g + g->actors) + i;
}

static inline const struct gazetteer_sense *gazetteer_senses(const struct gazetteer *g, const struct gazetteer_slot *slot)
{
    return (const struct gazetteer_sense *)(const void *)((const char *)g + g->senses) + slot->first;
}

/* Length of the word without a possessive ending: "China's" → 5. Asked of every word: two comparisons for most. */
static inline uint32_t word_stem_len(struct slice word)
{
    if (word.len < 3 || (word.ptr[word.len - 1] | 0x20) != 's')
        return (uint32_t)word.len;
    if (word.ptr[word.len - 2] == '\'')
        return (uint32_t)word.len - 2;
    return word.len > 4 && memcmp(word.ptr + word.len - 4, "\xe2\x80\x99", 3) == 0 ? (uint32_t)word.len - 4 : (uint32_t)word.len;
}

/* Bytes of an elided article or preposition before a capital: "d'Haïti" → 2, "l’Union" → 4; else 0. */
static inline uint32_t word_elided_len(struct slice word)
{
    if (word.len < 4 || (word.ptr[1] != '\'' && word.ptr[1] != '\xe2'))
        return 0;
    uint32_t len = word.ptr[1] == '\'' ? 2 : memcmp(word.ptr + 1, "\xe2\x80\x99", 3) == 0 ? 4 : 0;
    char first = (char)(word.ptr[0] | 0x20);
    return len && len < word.len && (first == 'd' || first == 'l') && g_unichar_isupper(g_utf8_get_char(word.ptr + len)) ? len : 0;
}

/* "country", "admin", "city", "zone", "continent", "water". Static. */
static inline const char *place_class_name(unsigned class)
{
    static const char *const names[PLACE_CLASSES] = {"country", "admin", "city", "zone", "continent", "water"};
    g_assert(class < PLACE_CLASSES);
    return names[class];
}

/* The countries of a zone by its canonical name, ISO 3166-1 alpha-2 parted by spaces: "GT HN SV"; NULL for any other place, and for continents. Static. */
const char *gazetteer_members(const char *name);

#endif
