/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_EXTRACT_PERIOD_H
#define CITABLE_EXTRACT_PERIOD_H

#include "extract/extractor.h"
#include "extract/cue.h"

/* Inside the period pass only. */

enum grain { GRAIN_NONE, GRAIN_DAY, GRAIN_WEEK, GRAIN_MONTH, GRAIN_QUARTER, GRAIN_HALF, GRAIN_YEAR, GRAIN_DECADE, GRAIN_PERIOD };

/* What a word does in a period (names/period_words.tsv says which; its value in brackets). */
enum period_word {
    PERIOD_MONTH,      /* (1 … 12) */
    PERIOD_MONTH_WORD, /* also a word of the language: "May" (1 … 12) */
    PERIOD_SEASON,     /* (21 … 24, as EDTF writes them) */
    PERIOD_UNIT,       /* quarter, months, year (enum grain) */
    PERIOD_ORDINAL,    /* first, fourth; last is -1 */
    PERIOD_COUNT,      /* two … twelve */
    PERIOD_SIGN,       /* Q, H before a digit (3 months, 6 months) */
    PERIOD_EARLY, PERIOD_START, PERIOD_MID, PERIOD_LATE, PERIOD_END,
    PERIOD_SINCE, PERIOD_UNTIL, PERIOD_BY, PERIOD_BEFORE, PERIOD_AFTER,
    PERIOD_FROM, PERIOD_TO, PERIOD_BETWEEN, PERIOD_AND, PERIOD_ONWARD,
    PERIOD_AT,         /* in, on, during, as of: a period may follow */
    PERIOD_OF,         /* of, in the: between a part and its year */
    PERIOD_ARTICLE,
    PERIOD_THIS,       /* as seen from the document's date */
    PERIOD_LAST,       /* last year: as seen from the document's date */
    PERIOD_PREVIOUS,   /* the previous year: as seen from the period spoken of */
    PERIOD_NEXT, PERIOD_SAME, PERIOD_THAT,
    PERIOD_AGO,        /* behind "a year": ago (0: from the document's date), earlier, before (1: from the period spoken of) */
    PERIOD_LATER,
    PERIOD_REPORTING,  /* the reporting period */
    PERIOD_COVERS,     /* says what the document is about: "covers the period" (0), "the present report" (1), "since the previous report of" (2) */
    PERIOD_FISCAL, PERIOD_DECADE,
    PERIOD_WEEKDAY,    /* (1 = Monday … 7) */
    PERIOD_DAY,        /* yesterday (-1), today (0) */
    PERIOD_NUMBERED,   /* resolution, decision: a year in brackets behind their number is part of a name */
    PERIOD_SNAPSHOT,   /* in a title, before a day: all figures hold at that day */
    PERIOD_PLANNED,    /* before years: what a plan is for, not what a report tells of */
    PERIOD_RESPECTIVELY,
    PERIOD_SINCE_EVENT, /* "since the earthquake of …": a day or month behind it opens a stretch */
    PERIOD_SAID,       /* a day behind it dates the saying: nothing is told from there */
    PERIOD_WORDS
};

/* How a period is found that does not say all itself. */
enum anchor {
    ANCHOR_NONE,      /* it does */
    ANCHOR_YEAR,      /* its year is missing */
    ANCHOR_THE_YEAR,  /* "of the year", "that year": the year spoken of */
    ANCHOR_THIS,      /* the document's own, or `shift` grains from it */
    ANCHOR_SPOKEN,    /* the period spoken of, or `shift` grains from it */
    ANCHOR_SAME,      /* the months of the period spoken of, in a.year, or `shift` years from it */
    ANCHOR_SPAN,      /* the `count` grains up to the document's date */
    ANCHOR_REPORTING, /* the document's period */
    ANCHOR_WEEKDAY    /* the last day of that name before the document's date */
};

/* One end of a period; 0 = not said. Seasons are months 21 … 24. */
struct moment {
    int year, month, day;
};

struct when {
    struct moment a, b;    /* equal where it is one date */
    bool open_a, open_b;   /* "until", "since" */
    bool about;            /* "early 2014" */
    bool decade;           /* a.year is its first year */
    enum grain grain;
    enum anchor anchor;
    enum anchor year;      /* ANCHOR_YEAR, ANCHOR_THE_YEAR, ANCHOR_THIS (with shift): how a missing year is found */
    int shift, count;
    int moved;             /* once resolved: how many grains it was moved from the period spoken of, and */
    enum grain moved_by;   /* by which, so that "the previous quarter" said twice is one quarter */
    enum period_word edge; /* PERIOD_START or PERIOD_END of what the anchor gives, PERIOD_WORDS: all of it */
    enum scope scope;
    bool relative;
    const char *rule;      /* static */
};

/* What period_point said of a token last: a range asks first, then a point by itself. */
struct period_asked {
    const struct token *token; /* NULL: nothing was asked */
    bool found;
    uint32_t after;
    struct when when;
};

/* What a word must have behind it, for a period to begin with it (begin.c). */
struct period_begun {
    uint64_t needed; /* one of these, where it stands by itself */
    bool may;        /* a phrase that a period begins with may begin with it */
};

/* A period that was written before: few different ones stand in a text, and some of them often. */
struct period_written {
    struct moment a, b;
    bool open_a, open_b, about, decade;
    const char *edtf; /* NULL: none yet */
};

enum { WRITTEN_PERIODS = 128 };

struct period_scan {
    struct extraction *x;
    const struct document *doc;
    struct cue_text cues;
    struct period_begun *begun; /* by cues.rows */
    uint64_t seconds[64];    /* bit by the low twelve of a hash: is it that of a word that is second in a phrase? */
    const struct lexicon *lexicon;
    enum language language;
    const struct token *tokens;
    uint32_t n;
    GArray *read;            /* struct when, resolved, one for each mention */
    uint32_t *in_passage;    /* last period of each passage: index into read, or NONE */
    struct when own;         /* the document's period */
    struct moment date;      /* the document's date */
    bool has_own, has_date;
    struct period_asked *asked;
    struct period_written *written; /* WRITTEN_PERIODS of them */
};

/* Ways of saying a period, in the order in which they are tried. */
enum period_way { WAY_RANGE, WAY_OPEN, WAY_POINT, WAY_REPORTING, WAY_SAME, WAY_AGO, WAY_SHIFTED, WAY_UNIT_BEFORE, WAY_THE_UNIT, WAY_DAY, PERIOD_WAYS };

struct cue_table *period_words_new(void);

/* begin.c: makes `begun`, which the caller frees, and `seconds`. */
void period_begin(struct period_scan *s);

/* The ways (bit n: enum period_way) of saying a period that may begin with token i, by it and the two behind it; 0 for most. */
uint32_t period_ways(const struct period_scan *s, uint32_t i);

/* The tokens that period_ways need be asked of, and how many. The caller frees them. */
uint32_t *period_places(const struct period_scan *s, uint32_t *n);

/* read.c: the period that begins with token i in one of the ways, as printed, unresolved. */
bool period_read_as(const struct period_scan *s, uint32_t i, uint32_t ways, struct when *ret, uint32_t *after);

static inline bool period_read(const struct period_scan *s, uint32_t i, struct when *ret, uint32_t *after)
{
    uint32_t ways = period_ways(s, i);
    return ways && period_read_as(s, i, ways, ret, after);
}

/* point.c: one date, month, quarter, season, year or decade. */
bool period_point(const struct period_scan *s, uint32_t i, struct when *ret, uint32_t *after);

/* Four digits that are a year here, not a count, a code or a reference. */
bool period_year(const struct period_scan *s, uint32_t i, int *ret);

/* resolve.c: completes what it does not say from what stands before it. False: nothing completes it. */
bool period_resolve(const struct period_scan *s, uint32_t passage, uint32_t sentence, struct when *when);

/* calendar.c */
struct moment moment_shift(struct moment moment, enum grain grain, int n);
void when_set(struct when *when, enum grain grain, struct moment moment); /* the whole year, half, quarter, month or day that holds the moment */
int moment_compare(struct moment a, struct moment b);                      /* by their first days */
bool when_valid(const struct when *when);
bool moment_parse(const char *edtf, struct moment *ret);
bool when_parse(const char *edtf, struct when *ret);                       /* closed ones, of years, months or days */
const char *when_edtf(const struct period_scan *s, const struct when *when);

/* Classes of words as a set. */
#define PERIOD_BIT(word) (UINT64_C(1) << (word))
#define PERIOD_POINT_BITS (PERIOD_BIT(PERIOD_MONTH) | PERIOD_BIT(PERIOD_MONTH_WORD) | PERIOD_BIT(PERIOD_SIGN) | PERIOD_BIT(PERIOD_ORDINAL) | PERIOD_BIT(PERIOD_SEASON) | \
                           PERIOD_BIT(PERIOD_EARLY) | PERIOD_BIT(PERIOD_START) | PERIOD_BIT(PERIOD_MID) | PERIOD_BIT(PERIOD_LATE) | PERIOD_BIT(PERIOD_END) | \
                           PERIOD_BIT(PERIOD_FISCAL) | PERIOD_BIT(PERIOD_DECADE))

/* May a phrase of more than one word begin with the token, behind which another stands? */
static inline uint64_t period_goes_longer(const struct token *token, const struct cue_text *cues, const uint64_t seconds[64])
{
    uint32_t next = token[1].hash;
    return cue_text_start(cues, token->word)->seconds >> (next & 63) & seconds[next & 63] >> (next >> 6 & 63) & 1;
}

static inline bool period_may_go_on(const struct period_scan *s, uint32_t i)
{
    return i + 1 < s->n && period_goes_longer(&s->tokens[i], &s->cues, s->seconds);
}

/* The classes of what token i may begin. None is missing; one of a longer phrase that does not stand there may be among them. */
static inline uint64_t period_classes(const struct period_scan *s, uint32_t i)
{
    const struct cue_start *start = cue_text_start(&s->cues, s->tokens[i].word);
    return start->alone | (period_may_go_on(s, i) ? start->classes : 0);
}

static inline const struct cue *period_cue(const struct period_scan *s, uint32_t i, enum period_word word)
{
    return cue_text_at(&s->cues, i, word);
}

/* Skips the phrase of that class, if it stands there. */
static inline bool period_skip(const struct period_scan *s, uint32_t *i, enum period_word word)
{
    const struct cue *cue = period_cue(s, *i, word);
    if (cue)
        *i += cue->n;
    return cue != NULL;
}

static inline struct slice period_text(const struct period_scan *s, uint32_t i)
{
    return token_text(s->doc, &s->tokens[i]);
}

/* Does the text go on at token i, after the token before it? */
static inline bool period_goes_on(const struct period_scan *s, uint32_t i)
{
    return i < s->n && !(s->tokens[i].flags & TOKEN_PASSAGE);
}

static inline bool period_glued(const struct period_scan *s, uint32_t i)
{
    return i > 0 && i < s->n && !(s->tokens[i].flags & (TOKEN_SPACE | TOKEN_PASSAGE));
}

static inline bool period_sign(const struct period_scan *s, uint32_t i, char sign)
{
    return i < s->n && s->tokens[i].sign == (unsigned char)sign;
}

/* Digits alone, of a length in [least, most]. */
static inline bool period_digits(const struct period_scan *s, uint32_t i, uint32_t least, uint32_t most, int *ret)
{
    if (i >= s->n || s->tokens[i].class != TOKEN_NUMBER)
        return false;
    struct slice text = period_text(s, i);
    if (text.len < least || text.len > most)
        return false;
    *ret = 0;
    for (size_t k = 0; k < text.len; k++)
        *ret = *ret * 10 + (text.ptr[k] - '0');
    return true;
}

/* A hyphen or dash of any length: - ‐ ‑ – — */
static inline bool period_dash(const struct period_scan *s, uint32_t i)
{
    uint16_t sign = i < s->n ? s->tokens[i].sign : 0;
    return sign == '-' || sign == 0x2010 || sign == 0x2011 || sign == 0x2013 || sign == 0x2014;
}

#endif
