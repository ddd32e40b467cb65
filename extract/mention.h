/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_EXTRACT_MENTION_H
#define CITABLE_EXTRACT_MENTION_H

#include "base/strings.h"
#include "ingest/document.h"

enum mention_type { MENTION_FIGURE, MENTION_NOTE, MENTION_LOCATION, MENTION_ACTOR, MENTION_PERIOD, MENTION_ATTRIBUTION };

enum figure_kind {
    KIND_COUNT,
    KIND_PERCENT,
    KIND_FRACTION,
    KIND_RATE,
    KIND_MONEY,
    KIND_DURATION,
    KIND_DISTANCE,
    KIND_AREA,
    KIND_MEASURE, /* any other unit: mass, temperature, power, volume */
    KIND_RANK,
    KIND_AGE,
    KIND_MULTIPLE,
    KIND_CHANGE,
};

enum qualifier { QUALIFIER_EXACT, QUALIFIER_ABOUT, QUALIFIER_AT_LEAST, QUALIFIER_AT_MOST, QUALIFIER_MORE_THAN, QUALIFIER_LESS_THAN, QUALIFIER_BETWEEN };

enum role { ROLE_UNKNOWN, ROLE_HOST, ROLE_ORIGIN, ROLE_DESTINATION };

/* What a field was read from: the nearer, the surer. */
enum scope { SCOPE_NONE, SCOPE_CLAUSE, SCOPE_SENTENCE, SCOPE_PARAGRAPH, SCOPE_HEADING, SCOPE_DOCUMENT };

/* The words users and JSON write ("percent", "at_least", "host", "sentence"); *_from returns false for a word that is none. */
const char *kind_name(enum figure_kind kind);
const char *qualifier_name(enum qualifier qualifier);
const char *role_name(enum role role);
const char *scope_name(enum scope scope);
const char *mention_type_name(enum mention_type type);
bool kind_from(const char *name, enum figure_kind *ret);
bool qualifier_from(const char *name, enum qualifier *ret);

/* A number with its unit. low == high unless it is a range. The exact decimal is what the span prints; a double holds every
 * integer up to 2^53 and is compared with a relative tolerance of 1e-12. */
struct quantity {
    double low, high;
    enum figure_kind kind;
    enum qualifier qualifier;
    const char *unit;          /* "{person}", "{household}", "percent", "USD", "month", "km", "1/100000/a"; NULL = none */
    struct span unit_text;     /* as printed; start == end: none */
    struct span unit_before;   /* its first part, where one stands before the number and one behind it: "RM" of "RM79 a month" */
    bool ambiguous;            /* two readings are possible: */
    double other_low, other_high; /* the second one, where ambiguous */
};

struct figure_place {
    const char *name;     /* canonical */
    const char *iso;      /* ISO 3166-1 alpha-2, ISO 3166-2, or NULL */
    uint32_t geonames;    /* or 0 */
    enum role role;
};

struct figure {
    struct quantity quantity;
    struct span number;       /* the digits or words of the value alone, inside the mention's span */
    struct span counted_span; /* the noun phrase in the text; start == end: none */
    const char *counted;      /* the same as a string (a figure in a list may take it from elsewhere), or NULL */
    const char *period;       /* EDTF, or NULL */
    enum scope period_scope;
    struct figure_place *places; /* owned by the mentions' pool */
    uint32_t n_places;
    enum scope place_scope;
    const char *said_by;      /* who is credited, or NULL */
    uint32_t mark;            /* index into document->marks, or NONE */
    uint32_t caption;         /* table figures: the passage that is the caption, or NONE */
    bool minor;               /* a count that nobody cites ("two reasons", "one of the") */
};

struct location {
    const char *canonical; /* "El Salvador" */
    const char *iso;       /* "SV", "MX-CHH", or NULL for zones and seas */
    const char *class;     /* static: "country", "admin", "city", "zone", "continent", "water", "border" */
    uint32_t geonames;     /* or 0 */
    float lat, lon;        /* degrees; NAN = unknown */
    float score;           /* 0 … 1 */
};

struct actor {
    const char *canonical;
    const char *class; /* static: "organisation", "group", "state", "person", "programme", "law", "media" */
    const char *acronym; /* or NULL */
    uint32_t id;       /* the same actor of the document has the same id */
};

struct period {
    const char *edtf;  /* "2014", "2015-03", "2011/2014", "../2014-06", "2014~" */
    enum scope scope;  /* what completed it: SCOPE_NONE = it says all itself */
    bool relative;     /* "the same period in 2014", "the previous quarter" */
};

struct attribution {
    const char *source;   /* canonical name of who is credited */
    struct span source_span;
    struct span holds;          /* what it credits, of its sentence; not stored */
};

struct mention {
    enum mention_type type;
    struct span span;
    uint32_t passage, sentence; /* indexes into the document */
    const char *rule;           /* id of the rule that made it; interned */
    union {
        struct figure figure;
        struct location location;
        struct actor actor;
        struct period period;
        struct attribution attribution;
        uint32_t mark;          /* MENTION_NOTE: index into document->marks; span is empty, at the mark's place */
    };
};

/* All mentions of a document, and the strings and places they point to. */
struct mentions {
    GArray *items[MENTION_ATTRIBUTION + 1]; /* struct mention by type, each in reading order; new ones are not zeroed */
    struct strings *strings;                /* interned strings */
    GPtrArray *pools;                       /* blocks of struct figure_place */
    struct figure_place *places;            /* what is left of the last block */
    uint32_t n_places;
    GArray *unread;                         /* struct span: numbers whose digits no figure can hold exactly (see mentions_unread; not stored) */
    const char *period;                     /* EDTF: what the document says it is about (metadata.period, else its title or first pages), or NULL */
};

struct mentions *mentions_new(void);
void mentions_free(struct mentions *mentions);

/* The array of one type, in reading order. */
static inline GArray *mentions_of(const struct mentions *mentions, enum mention_type type)
{
    return mentions->items[type];
}

/* One line on the numbers that are no figures because no figure can hold them exactly, with the first of them; NULL: there are none. The caller frees it. */
char *mentions_unread(const struct mentions *mentions, const struct document *doc);

/* The unit as printed, both parts of it where it has two ("RM a month"); NULL: none. The caller frees it. */
char *quantity_unit_text(const struct document *doc, const struct quantity *quantity);

/* Makes room for so many mentions of a type, so that they are not moved while they are added. */
void mentions_reserve(struct mentions *mentions, enum mention_type type, guint n);

/* A copy of the text with runs of white space made one space, that lives as long as the mentions; equal ones are one pointer. */
static inline const char *mentions_intern(struct mentions *mentions, struct slice text)
{
    return strings_keep_healed(mentions->strings, &text, 1);
}

/* n places, zeroed, that live as long as the mentions. */
struct figure_place *mentions_places(struct mentions *mentions, uint32_t n);

/* Every mention of every type in reading order (struct mention *, borrowed); the caller unrefs the array. */
GPtrArray *mentions_in_order(const struct mentions *mentions);

#endif
