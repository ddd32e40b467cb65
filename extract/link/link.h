/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_EXTRACT_LINK_H
#define CITABLE_EXTRACT_LINK_H

#include "extract/cue.h"
#include "extract/extractor.h"
#include "extract/gazetteer.h"

/*  Inside the link pass only. A sentence is taken once, with all that stands in it:
 *
 *    In 2023, 520,085 people crossed into Panama, up from 248,284 in 2022 (a base).
 *    ^period  ^figure                     ^place  ^base   ^figure    ^period
 *
 *  and what governs a figure is the nearest in its clause, else its sentence, else what stands before it in the paragraph, else the
 *  heading over it, else what the document says of itself. */

/* What words do between a figure and its period and places (names/link_words.tsv). */
enum link_word {
    LINK_BASE,         /* "compared with": what follows is what a figure is measured against */
    LINK_BASE_OF,      /* "four times the number of 2021": the same, before a period, behind a share or multiple */
    LINK_BASE_NOUN,    /* "half the 2021 level": the same, behind a period */
    LINK_CONTRAST,     /* "while": another clause begins */
    LINK_ASIDE,        /* "who are": says what holds now, whatever the sentence tells of */
    LINK_PUBLICATION,  /* "2011 law": a year that dates a text or an event, not a figure */
    LINK_RESPECTIVELY,
    LINK_PLACE,        /* "in", "from": ties a place to what stands before it */
    LINK_ARTICLE,      /* stands between it and the place's name */
    LINK_JOINT,        /* "and": between two places of one list */
    LINK_BODY,         /* "commission": in the name of a state's body, whose country is the place */
    LINK_ORIGIN, LINK_DESTINATION, LINK_HOST,
    LINK_HOSTS,        /* behind a place: "Colombia hosts" */
    LINK_FROM, LINK_TO, /* "from 334 to 295": a change of value */
    LINK_WORLD,        /* "worldwide", "developing countries": no place named before governs it */
    LINK_THAT,         /* "that": what a report says begins */
    LINK_RIVER,        /* "the rivers": what is called so is no place that a figure is of */
    LINK_PART,         /* "including": what follows is a part */
    LINK_STRIKE,       /* "air strike": beside a demonym, who acts, not where */
    LINK_SPAN,         /* "over" ten years: before a duration, says how long in place of when */
    LINK_SAID,         /* a day behind it dates the saying */
    LINK_ENDS,         /* "between 2000 and 2020": a stretch that is given by its ends */
    LINK_ALONE,        /* "alone": behind a place, of those that the sentence before counts */
    LINK_ANAPHOR,      /* begins a sentence that goes on about the one before it (1: that goes on counting, "of these") */
    LINK_WORDS
};

enum { MAX_OPENINGS = 8 };

/* Where a token stands in its sentence. */
struct standing {
    uint16_t commas;  /* weight of the commas, dashes and stops before it */
    uint8_t stops;    /* semicolons before it */
    uint8_t depth;    /* of brackets */
    uint8_t segment;  /* 0: main; others: a base, an aside */
};

/* From token `token` on, and up to the next turn, tokens stand so. */
struct turn {
    uint32_t token;
    struct standing at;
};

/* The tokens [first, after) of a figure, and where it stands. */
struct figure_tokens {
    uint32_t first, after;
    struct standing at;
};

/* A period or a list of places, as it stands in the sentence. */
struct marker {
    struct span span;
    uint32_t first, n;    /* periods: the mention and 1; places: spots */
    uint32_t token, end;  /* tokens [token, end) */
    uint32_t figures;     /* figures of the sentence before it */
    struct standing at;
    bool fronted;         /* begins the sentence */
    bool base;            /* what a figure is measured against */
    bool announced;       /* places: a preposition ties it to what stands before it */
    bool demonym;
    bool partial;         /* places: the last of a list whose other names we do not know */
    bool beyond;          /* places: "south of Rivas" is not in Rivas */
    bool reported;        /* periods: "a report of May found that" dates what says it */
    enum role role;
};

/* A place of the sentence: a location, or a demonym that tells of one. */
struct spot {
    struct span span;
    const char *name, *iso, *class;
    uint32_t geonames;
    bool demonym;
};

struct paragraph {
    uint32_t frame;        /* period that its first words set, or NONE; a single day holds for one more sentence */
    uint32_t previous;     /* the one period of the sentence before, or NONE */
    uint32_t base;         /* what its figures are measured against, or NONE */
    struct figure_place *places; /* of the last sentence that named some; NULL = none */
    uint32_t n_places;
    bool loose;            /* that sentence only spoke of them: it neither begins with them nor tells what was there */
};

/* What the table of names says of a word. */
enum people_word {
    PEOPLE_ASKED = 1 << 0,
    PEOPLE_TELLS = 1 << 1, /* its own name may be that of a people */
    PEOPLE_PAIR = 1 << 2,  /* names of two words begin with it */
    PEOPLE_LONGER = 1 << 3 /* names of several */
};

/* What a table's head says of places: asked once, not in each row. */
struct known_head {
    struct span span; /* start == end: none yet */
    uint32_t location; /* the first in it, or NONE */
    bool people;      /* it tells of a place by its people: */
    struct spot spot;
};

enum { KNOWN_HEADS = 16 };

struct link_scan {
    struct extraction *x;
    const struct document *doc;
    struct cue_text cues;
    enum language language;
    const struct token *tokens;
    uint32_t n;
    const struct mention *periods, *locations, *actors, *attributions;
    struct mention *figures;
    uint32_t n_periods, n_locations, n_actors, n_attributions, n_figures;

    /* the sentence: indexes [from, to) into the arrays above */
    uint32_t sentence, passage;
    uint32_t first_token, after_token;
    uint32_t figure_from, figure_to, period_from, period_to, location_from, location_to, attribution_from, attribution_to;
    bool respectively, world, how_long; /* "over ten years": it says how long, not when */
    struct turn *turns;    /* in order; the first one is at the sentence's first token */
    uint32_t *places;      /* while they are noted: the tokens where there may be one */
    uint32_t n_turns, turns_room; /* room: of both */
    struct figure_tokens *figure_tokens; /* one a figure of the sentence */
    uint32_t figures_room;
    GArray *period_marks;  /* struct marker */
    GArray *spots;         /* struct spot */
    GArray *place_marks;   /* struct marker */
    uint32_t openings[MAX_OPENINGS], n_openings; /* tokens at which a period begins another clause: "…, and on 13 December, 15 people were" */

    struct paragraph here;  /* what its sentences so far leave to those behind them */
    struct paragraph intro; /* the same of the paragraph before a list, where that ends in a colon */
    bool introduced;
    uint32_t text;          /* the last passage of running text, and */
    struct paragraph after_text; /* what it left: a caption may stand in the middle of a paragraph */
    uint32_t credit;        /* attribution of the last figure of the sentence before, or NONE */
    uint32_t open_credit;   /* attribution that holds to the end of the sentence before, or NONE; and of the sentence that announces the list */
    uint32_t intro_credit;

    /* the document */
    struct figure_place *own_place; /* the one place its title names, else the country it speaks of most; or NULL */
    uint32_t table_end, caption; /* the passage behind the table in work, and its caption or NONE */
    uint32_t *heading_period, *heading_place; /* by passage: the first period or location of a heading or caption, or NONE */
    uint32_t over_period, over_place; /* what link_heading says of the passage in work */
    uint32_t *goes_on;     /* by passage: the first one whose broken sentence it may go on with; itself: none */
    uint8_t *people;       /* by token.word: enum people_word */
    const struct gazetteer *g;
    uint32_t point;        /* of the names' points: the first one in or behind the sentence */
    uint32_t actor;        /* that was looked for last: the next one is near */
    struct known_head heads[KNOWN_HEADS];
};

struct cue_table *link_words_new(void);

/* sentence.c: where each token of the sentence stands; its periods and places as markers. */
void link_sentence(struct link_scan *s);

/* spot.c: the places of the sentence, as spots; the place that a people's name at the start of the span tells of: a table's head "Honduran". */
void link_spots(struct link_scan *s);
bool link_people(struct link_scan *s, struct span span, struct spot *ret);

/* period.c: the period of each figure of the sentence; afterwards what the sentence leaves for those behind it. */
void link_periods(struct link_scan *s);

/* place.c: the same for places. */
void link_places(struct link_scan *s);

/* A figure in a table: heads, caption, heading. */
struct cell;
void link_period_of_cell(struct link_scan *s, struct mention *figure, const struct cell *cell);
void link_places_of_cell(struct link_scan *s, struct mention *figure, const struct cell *cell);

static inline const struct cue *link_cue(const struct link_scan *s, uint32_t i, enum link_word word)
{
    return cue_text_at(&s->cues, i, word);
}

static inline bool link_is(const struct link_scan *s, uint32_t i, enum link_word word)
{
    return cue_text_is(&s->cues, i, word);
}

/* Does token i begin words that mean no one place ("worldwide"), not a name or term that only holds them ("global acute malnutrition")? */
static inline bool link_world(const struct link_scan *s, uint32_t i)
{
    const struct cue *world = link_cue(s, i, LINK_WORLD);
    return world && world->value == 0;
}

/* Index of the first token that starts at or behind a byte. */
static inline uint32_t link_token(const struct link_scan *s, uint32_t at)
{
    return extraction_token(s->x, at);
}

/* `turn`: of the sentence, none behind the token's; it is moved on to that. */
static inline struct standing link_standing_ahead(const struct link_scan *s, uint32_t token, uint32_t *turn)
{
    while (*turn + 1 < s->n_turns && s->turns[*turn + 1].token <= token)
        (*turn)++;
    return s->turns[*turn].at;
}

static inline struct standing link_standing(const struct link_scan *s, uint32_t token)
{
    uint32_t turn = 0;
    for (uint32_t n = s->n_turns; n > 1;) { /* without a branch that depends on them */
        uint32_t half = n / 2;
        turn += s->turns[turn + half].token <= token ? half : 0;
        n -= half;
    }
    return s->turns[turn].at;
}

/* The tokens of figure i, which is one of the sentence. */
static inline const struct figure_tokens *link_figure_tokens(const struct link_scan *s, uint32_t i)
{
    return &s->figure_tokens[i - s->figure_from];
}

/* Which of the clauses that periods begin holds the token; 0: the first. */
static inline uint32_t link_clause(const struct link_scan *s, uint32_t token)
{
    uint32_t clause = 0;
    while (clause < s->n_openings && s->openings[clause] <= token)
        clause++;
    return clause;
}

/* Does the figure count on its own? Counts that nobody cites do not, nor ages that say which people another counts. */
static inline bool link_counts(const struct mention *figure)
{
    return !figure->figure.minor && figure->figure.quantity.kind != KIND_AGE;
}

static inline void link_empty(GArray *array)
{
    if (array->len > 0)
        g_array_set_size(array, 0);
}

/* The mention at or behind a byte: index of the first of n that starts there. */
uint32_t link_from(const struct mention *mentions, uint32_t n, uint32_t start);

/* The same, looked for from `near` on, to either side: for one who goes through the text. */
static inline uint32_t link_near(const struct mention *mentions, uint32_t n, uint32_t start, uint32_t near)
{
    while (near < n && mentions[near].span.start < start)
        near++;
    while (near > 0 && mentions[near - 1].span.start >= start)
        near--;
    return near;
}

/* The same of the actors. */
static inline uint32_t link_actor(struct link_scan *s, uint32_t start)
{
    return s->actor = link_near(s->actors, s->n_actors, start, s->actor);
}

/* Of the headings over the passage in work, the nearest one's entry in `table`; NONE = none has one. `known`: of that table, over_period or over_place. */
uint32_t link_heading(const struct link_scan *s, const uint32_t *table, uint32_t *known);

#endif
