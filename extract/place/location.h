/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_EXTRACT_LOCATION_H
#define CITABLE_EXTRACT_LOCATION_H

#include "extract/name_scan.h"

/* Inside the location pass only. */

enum candidate_flag {
    CANDIDATE_START = 1 << 0,    /* begins a sentence: its capital says nothing */
    CANDIDATE_HEADLINE = 1 << 1, /* in a line where every word has a capital */
    CANDIDATE_AFTER = 1 << 2,    /* after "in", "near", "city of" */
    CANDIDATE_BESIDE = 1 << 3,   /* beside "province", "district", "village of" */
    CANDIDATE_DEMONYM = 1 << 4,
    CANDIDATE_DROPPED = 1 << 5,
    CANDIDATE_MADE = 1 << 6,     /* read from a pattern, in no table: `match.slot` is NULL, `sense` is what it lies in, or NONE */
    CANDIDATE_PART = 1 << 8,     /* "Central" of "Central and Western Equatoria" */
    CANDIDATE_BORDER = 1 << 7    /* "the US border", "the Mexico-Guatemala border" */
};

/* A name of the table as the document has it: what is asked of it at each of its mentions. */
struct place_name {
    const struct gazetteer_slot *slot;
    uint32_t chosen; /* place + 1 that it means in the document; 0: not yet known */
    bool place;      /* a place is called so */
    bool people;     /* people are */
    bool shared;     /* a country, and as well known for an area: "Georgia" */
    bool strong;     /* some mention of it is certain */
};

struct candidate {
    struct name_match match;
    uint32_t name;    /* of location_scan.names, whatever became of the match */
    uint32_t flags;
    uint32_t inside;  /* candidate that names what it lies in ("Paris, Texas"), or NONE; of a border: its other side, or NONE */
    uint32_t sense;   /* chosen place, or NONE */
    float score;
    uint8_t class;    /* enum place_class of one that was made */
};

struct location_scan {
    struct name_scan *scan;
    GArray *candidates;     /* struct candidate, in reading order */
    uint16_t countries[26 * 26]; /* how often the document speaks of a country */
    uint32_t main;          /* the country that the document is about, a place of the table, or NONE */
    GHashTable *areas;      /* first-order areas named: place index → count */
    GArray *borders;        /* those named so far */
    GArray *names;          /* struct place_name */
    uint32_t *name_of;      /* open addressing by slot: name + 1; 0 = free */
    uint32_t name_mask;
};

static inline struct candidate *candidate_at(const struct location_scan *s, uint32_t i)
{
    return &g_array_index(s->candidates, struct candidate, i);
}

static inline struct place_name *candidate_name(const struct location_scan *s, const struct candidate *c)
{
    return &g_array_index(s->names, struct place_name, c->name);
}

/* Index of a country's counter, or -1. */
static inline int country_index(const char *iso)
{
    bool valid = g_ascii_isupper(iso[0]) && g_ascii_isupper(iso[1]);
    return valid ? (iso[0] - 'A') * 26 + iso[1] - 'A' : -1;
}

/* Finds every name of a place or people in the text; decides nothing. */
void location_collect(struct location_scan *s);

/* What the table says of a new name. */
void location_name_read(const struct gazetteer *g, struct place_name *name);

/* One place for each name of the document: evidence in the document, what it lies in, population, kind. */
void location_choose(struct location_scan *s);

/* The candidate beside candidate `i` in a list ("A, B and C"), before (-1) or after (1) it, or NONE. */
uint32_t location_listed(const struct location_scan *s, uint32_t i, int side);

/* Drops what is no place here: inside longer names, persons, words of the language, small towns without evidence. */
void location_judge(struct location_scan *s);

/* Makes "the Mexico-Guatemala border" one place, and takes "station", "border crossing" into a place's name. */
void location_borders(struct location_scan *s);

/* One name for a border of two sides, however it is printed: the first of the document, without stops ("US-Mexico border"). */
const char *location_border_name(struct location_scan *s, const struct candidate *c);
GArray *location_borders_new(void);

/* In a document about one country, brings the namesakes of places abroad home: to the place of that name in the country, else to one of its own without a position. */
void location_namesakes(struct location_scan *s);

/* The country that the document speaks of most, where that is clear: at least three times, and more than all others; else NONE. */
uint32_t location_main_country(const struct location_scan *s);

/* Moves a town of the table to where the text says that it lies ("Milán, Caquetá"); makes a part of a town a place of its own ("Tonj North"). */
void location_elsewhere(struct location_scan *s);

/* Adds places that no table has: "the village of X", "X, Chiapas", "X province". */
void location_patterns(struct location_scan *s);

#endif
