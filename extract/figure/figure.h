/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_EXTRACT_FIGURE_H
#define CITABLE_EXTRACT_FIGURE_H

#include "extract/extractor.h"
#include "extract/number/number.h"

/* Inside the figure pass only. */

/* A qualifier, or "per month": a span of the text that a figure begins or ends at. */
struct piece {
    struct span span;
    const struct rule *rule;
    struct rule_hit hit; /* groups in bytes of the text */
};

/* What is known of a word beside its classes (enum word_class), whose bits these do not touch. */
enum known {
    KNOWN_CLASSES = (1 << 22) - 1,
    KNOWN_NUMBER = 1 << 25, /* it does something in numbers */
    KNOWN_VALUE = 1 << 26,  /* and a number may be read from it on */
    KNOWN_ASKED = 1 << 27
};

/* The unit that stands right before token `number`, from token `first` on; NULL: none. */
struct unit_found {
    uint32_t number, first;
    const struct unit *unit;
};

/* What the rules said of a number: a line of the cache. */
struct verdict {
    const struct rule *excluded, *minor, *keep, *negate;
    const struct rule_hit *figure; /* a rule that reads the number as part of a figure of its own */
    const struct rule *range_rule;
    struct span range_span;        /* of the rule's match: "between … and …" */
    uint32_t range;                /* index of the number that ends the range begun here; itself: none */
    bool pair;                     /* begins two figures, not a range */
    bool taken;                    /* belongs to a figure that begins earlier */
};

struct figure_scan {
    struct extraction *x;
    const struct lexicon *lexicon;
    enum language language;
    const struct document *doc;
    const struct token *tokens;
    uint32_t n_tokens;
    const struct number *numbers;
    uint32_t n_numbers;
    struct number_reader reader;
    GString *shadow;            /* the text with a private character for each number */
    uint32_t *shadow_at;        /* where each number's character stands in it; behind the last: UINT32_MAX */
    uint32_t near_number;       /* the first number at or behind the place where a rule is tried; a match may look at those before it */
    struct verdict *verdicts;   /* one a number */
    GPtrArray *hits;            /* struct rule_hit *, of DOES_FIGURE; owned */
    GArray *before, *after, *per; /* struct piece, in reading order */
    guint near_before, near_after, near_per; /* those that were looked for last */
    uint32_t *known;            /* by token.word: enum known of the words that were asked about; 0: nobody did */
    uint32_t worded_passage;    /* the passage that `worded` speaks of, or NONE */
    bool worded;                /* it holds a word of two letters or more */
    uint32_t name_near[2];      /* the actor and the location that were looked for last */
    struct span chunk;          /* the run of characters without white space last judged, and what it is: an address, … */
    const char *chunk_is;
    guint part;                 /* figures so far, the last of which was a part of another ("of whom 160 were women"), and */
    const char *part_unit;      /* what that other counts */
    uint32_t table_row, table_top; /* a row of a table that was asked for last, and the first passage of that table */
    GPtrArray *cells;           /* const struct cell *, by start; NULL: the document has no tables */
    guint near_cell;            /* the one that was looked for last */
    struct unit_found money;    /* before the number that was asked about last */
    struct headings_read *headings; /* what heads of tables were found to say; NULL: none was read */
};

/* figure_scan.c: the shadow, and every rule tried where its trigger stands. */
void figure_scan_init(struct figure_scan *s, struct extraction *x);
void figure_scan_clear(struct figure_scan *s);
void figure_scan_rules(struct figure_scan *s);

/* Tells whoever asked (`rules explain`) what a rule did at a span of the text. */
void figure_trace(const struct figure_scan *s, const char *rule, struct span span, bool used, const char *why);

/* Both readings of a quantity from those of its numbers: a range whose ends are read the same way. */
void figure_readings(struct quantity *quantity, const struct number *low, const struct number *high);

/* Multiplies a value, in both its readings. */
void figure_scale(struct quantity *quantity, double scale);

/* Does a currency stand right before the number: "USD 200", "$2000"? */
bool figure_money_before(struct figure_scan *s, const struct number *number);

/* May two numbers with "to" between them be one range? Not "rose 8 per cent to 99 yuan", nor "2 hours to 3 days": both ends have the same unit.
 * said: "between" leads to them, so that the unit of the first may be that of both. */
bool figure_range_holds(struct figure_scan *s, uint32_t low, uint32_t high, bool said);

/* figure_exclude.c: numbers that are no figures whatever stands around them, for reasons no rule needs to say. Returns why, or NULL. */
const char *figure_excluded(struct figure_scan *s, uint32_t number);

/* The place whose name ends with token `last`; an empty span: none does. */
struct span figure_place_before(const struct figure_scan *s, uint32_t last);

/* figure_compose.c: a number with what stands around it. */
struct composed {
    struct mention mention;
    uint32_t first, after;      /* tokens of the mention */
    uint32_t counted_from;      /* token at which the counted noun phrase may begin */
    uint32_t first_number, last_number;
    bool unit;                  /* a unit or currency was found */
    bool scaled;                /* by letters or words beside its currency: "30 MUSD", "75 EUR million" */
    bool tabular;               /* stands in a table: its heads say what is counted, whatever words stand beside it */
};
bool figure_compose(struct figure_scan *s, uint32_t number, struct composed *c);

/* figure_kinds.c: figures that a rule reads as a whole: one in five, doubled, 171 per 100,000. */
bool figure_from_hit(struct figure_scan *s, const struct rule_hit *hit, struct composed *c);

/* figure_qualifier.c: what stands before and behind says how exact it is. */
void figure_qualify(struct figure_scan *s, struct composed *c);
void figure_per(struct figure_scan *s, struct composed *c);

/* figure_counted.c: the noun phrase, its unit ({person}, {household}), and whether anyone would cite it. */
void figure_count(struct figure_scan *s, struct composed *c);

/* head.c: takes the unit or scale that the heads of a cell say ("Displaced (thousands)"), or the table's caption. */
void figure_head_unit(struct figure_scan *s, struct composed *c, const struct cell *cell);

/* respective.c: once all figures are read and in order, gives those of a sentence with "respectively" the one of two states that each counts. */
void figure_respective(struct figure_scan *s);

static inline struct slice figure_text(const struct figure_scan *s, uint32_t token)
{
    return token_text(s->doc, &s->tokens[token]);
}

/* Index of the first token that starts at or behind byte `at`. */
static inline uint32_t figure_token(const struct figure_scan *s, uint32_t at)
{
    return extraction_token(s->x, at);
}

/* Looks a token's word up for figure_known. */
uint32_t figure_learn(const struct figure_scan *s, uint32_t token);

/* What is known of the word of a token, a set of enum known and of enum word_class: looked up once of each different word near a number. */
static inline uint32_t figure_known(const struct figure_scan *s, uint32_t token)
{
    uint32_t known = s->known[s->tokens[token].word];
    return known ? known : figure_learn(s, token);
}

/* The classes of a word; 0 for signs, digits and tokens past the end. */
static inline uint32_t figure_word(const struct figure_scan *s, uint32_t token)
{
    return token < s->n_tokens && s->tokens[token].class == TOKEN_WORD ? figure_known(s, token) & KNOWN_CLASSES : 0;
}

/* As lexicon_unit, for most tokens without a call. */
static inline const struct unit *figure_unit(const struct figure_scan *s, uint32_t token, uint32_t where, uint32_t *after)
{
    uint32_t n;
    if (token >= s->n_tokens || !trigger_find(s->lexicon->units[s->language], s->tokens[token].hash, &n))
        return NULL;
    return lexicon_unit(s->lexicon, s->language, s->doc, s->x->tokens, token, where, after);
}

/* Of one sign that is ASCII, the token says so. */
static inline bool figure_is(const struct figure_scan *s, uint32_t token, const char *text)
{
    bool sign = text[0] > ' ' && text[1] == '\0' && !(text[0] >= '0' && text[0] <= '9') && !((text[0] | ' ') >= 'a' && (text[0] | ' ') <= 'z');
    return token < s->n_tokens && (sign ? s->tokens[token].sign == (unsigned char)text[0] : slice_is(figure_text(s, token), text));
}

/* Does a passage end before this token? */
static inline bool figure_break(const struct figure_scan *s, uint32_t token)
{
    return token >= s->n_tokens || s->tokens[token].flags & TOKEN_PASSAGE;
}

/* Token i stands right at the one before it, without white space. */
static inline bool figure_glued(const struct figure_scan *s, uint32_t token)
{
    return token > 0 && token < s->n_tokens && !(s->tokens[token].flags & (TOKEN_SPACE | TOKEN_PASSAGE));
}

#endif
