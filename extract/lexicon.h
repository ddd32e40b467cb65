/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_EXTRACT_LEXICON_H
#define CITABLE_EXTRACT_LEXICON_H

#include "extract/trigger.h"
#include "extract/mention.h"
#include "extract/token.h"

enum language { LANGUAGE_EN, LANGUAGE_ES, LANGUAGE_FR, LANGUAGES };

/* "en", "es", "fr". */
const char *language_name(enum language language);

/* The language whose rules read the document: its own, or English for one that we have no rules for. */
enum language language_of_document(const struct document *doc);

/* What a word of the language says about the number beside it (names/figure_words.tsv). */
enum word_class {
    WORD_STOP = 1 << 0,       /* ends a noun phrase: verbs, prepositions, pronouns */
    WORD_PERSON = 1 << 1,     /* people, child, migrant */
    WORD_HOUSEHOLD = 1 << 2,  /* family, home, house */
    WORD_STATE = 1 << 3,      /* killed, displaced: what people are, printed without a noun */
    WORD_MINOR = 1 << 4,      /* reason, way: nobody cites how many */
    WORD_TIME = 1 << 5,       /* day, month, year: after "per" */
    WORD_OF = 1 << 6,         /* of, de: goes on with a noun phrase */
    WORD_ARTICLE = 1 << 7,    /* the, these, their: stands before a noun phrase */
    WORD_MONTH = 1 << 8,
    WORD_JOINT = 1 << 9,      /* and, or: between two parts of a noun phrase */
    WORD_CHANGE = 1 << 10,    /* rise, fell, increase */
    WORD_BE = 1 << 11,        /* is, was, were: what is counted may stand before it */
    WORD_FROM = 1 << 12,      /* from, in: a noun phrase of people goes on */
    WORD_NUMBER = 1 << 13,    /* number, total, rate: what stands in apposition to a figure */
    WORD_RANKING = 1 << 14,   /* ranking, index: what a place in an order belongs to */
    WORD_PART = 1 << 15,      /* including, whom: what follows is a part of what was counted before */
    WORD_HAVE = 1 << 16,      /* have, had: stands before been and killed */
    WORD_THEM = 1 << 17,      /* them, these: behind "of", what was counted before */
    WORD_DIRECTION = 1 << 19, /* north: ends a noun phrase, but "North Kivu" */
    WORD_AMONG = 1 << 20,     /* for, among: behind a share, whose it is */
    WORD_COMPARED = 1 << 21,  /* higher: behind a figure says of what it is told, and is nothing that is counted */
    WORD_OTHER = 1 << 18,     /* others, more: of what was counted before, where no noun follows */
};

/* What a word does inside a number (names/number_words.tsv). */
enum number_role {
    NUMBER_SMALL,    /* added: one … ninety */
    NUMBER_HUNDRED,  /* multiplies what stands before it since the last scale */
    NUMBER_SCALE,    /* thousand, million: closes a part */
    NUMBER_SCORE,    /* French vingt after quatre */
    NUMBER_DOZEN,    /* dozen, docena: multiplies, needs a number or an article */
    NUMBER_JOINT,    /* and, y, et */
    NUMBER_ARTICLE,  /* a, un */
    NUMBER_HALF,     /* half, medio */
    NUMBER_PART,     /* third, quarter: value is the denominator */
    NUMBER_ORDINAL,  /* second, eleventh */
    NUMBER_VAGUE,    /* thousands, dozens: value times one … ten */
    NUMBER_SUFFIX,   /* k, bn: a scale glued to digits */
    NUMBER_MINUS,
    NUMBER_ROUND,    /* centaine, centenar: multiplies as a dozen does, and says about */
    NUMBER_POINT,    /* point, coma, virgule: decimals follow */
    NUMBER_WITH,     /* Spanish con: decimals or a fraction follow */
};

/* What a word or sign may do in a number: a bit for each role that it has, and these. */
enum number_use {
    NUMBER_EXPONENT = 1 << 16,      /* e, ^: behind digits, a power */
    NUMBER_TIMES = 1 << 17,         /* ×: the same */
    NUMBER_RAISED = 1 << 18,        /* ², ⁻ */
    NUMBER_RAISED_LETTER = 1 << 19, /* ᵃ: a note mark */
    NUMBER_ENDING = 1 << 20,        /* th, º: makes digits an ordinal */
    NUMBER_VULGAR = 1 << 21,        /* ½ */
    NUMBER_STROKE = 1 << 22,        /* / */
    NUMBER_DASH = 1 << 23,          /* a minus, or a dash that may be one */
    NUMBER_LETTER = 1 << 24,        /* B: a scale, apart from the digits */
    NUMBER_POINTED = 1 << 25        /* . , before decimals that nothing stands before */
};

static inline uint32_t number_role_bit(enum number_role role)
{
    return UINT32_C(1) << role;
}

struct number_word {
    enum number_role role;
    double value;
};

enum unit_place { UNIT_AFTER = 1, UNIT_BEFORE = 2, UNIT_GLUED = 4, UNIT_CASE = 8, UNIT_PER = 16 /* behind "per": "month", or as "monthly" says it */ };

/* A unit or currency as it may be printed (names/units.tsv). */
struct unit {
    const char *code;         /* UCUM-like or ISO 4217 */
    enum figure_kind kind;
    uint32_t where;           /* enum unit_place */
    uint32_t first, n;        /* its tokens' hashes in unit_hashes */
    const char *form;         /* as printed, for units where the case tells */
};

struct lexicon {
    struct trigger_table *numbers[LANGUAGES]; /* → number_words */
    struct trigger_table *number_signs;       /* → enum number_use */
    struct trigger_table *words[LANGUAGES];   /* → word_flags */
    struct trigger_table *units[LANGUAGES];   /* first token → units, longest first */
    GArray *number_words;                     /* struct number_word */
    GArray *word_flags;                       /* uint32_t */
    GArray *unit_rows;                        /* struct unit */
    GArray *unit_hashes;                      /* uint32_t */
    GStringChunk *strings;
};

/* Reads the tables compiled into the program; a broken row is a broken promise of ours. */
struct lexicon *lexicon_new(void);
void lexicon_free(struct lexicon *lexicon);

static inline uint32_t lexicon_word(const struct lexicon *lexicon, enum language language, uint32_t hash)
{
    uint32_t n, flags = 0;
    const uint32_t *rows = trigger_find(lexicon->words[language], hash, &n);
    for (uint32_t i = 0; i < n; i++)
        flags |= g_array_index(lexicon->word_flags, uint32_t, rows[i]);
    return flags;
}

/* What the word does in a number, or NULL. With several rows the one of that role. */
const struct number_word *lexicon_number(const struct lexicon *lexicon, enum language language, uint32_t hash);
const struct number_word *lexicon_number_role(const struct lexicon *lexicon, enum language language, uint32_t hash, enum number_role role);

/* What each of a text's words (token_words) may do in a number: its roles and enum number_use; by token.word. The caller frees it. */
uint32_t *lexicon_number_uses(const struct lexicon *lexicon, enum language language, const GArray *words);

/* The longest unit that begins with token `first` and may stand there; *after = the token behind it. NULL = none. */
const struct unit *lexicon_unit(const struct lexicon *lexicon, enum language language, const struct document *doc, const GArray *tokens, uint32_t first,
                                uint32_t where, uint32_t *after);

/* The currency whose one-word form is this text, case included; NULL = none. */
const struct unit *lexicon_currency(const struct lexicon *lexicon, enum language language, struct slice text);

#endif
