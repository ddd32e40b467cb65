/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_EXTRACT_NUMBER_H
#define CITABLE_EXTRACT_NUMBER_H

#include "extract/lexicon.h"
#include "extract/pass.h"

/* How a number is written. In patterns each form has a name: (?&digits), (?&word_number), (?&one), (?&ordinal), (?&year), (?&fraction), (?&vague). */
enum number_form {
    FORM_DIGITS,   /* 566,700; 4.5 million; 12th of nothing */
    FORM_WORDS,    /* seventy nine; two million three hundred thousand; a dozen */
    FORM_ONE,      /* the bare word "one" */
    FORM_ORDINAL,  /* second, 6th */
    FORM_YEAR,     /* four bare digits from 1000 to 2199 */
    FORM_FRACTION, /* half, two thirds, a quarter */
    FORM_VAGUE,    /* thousands, tens of thousands: low … high */
    FORMS
};

enum number_flag {
    NUMBER_GROUPED = 1 << 0,      /* thousands are parted */
    NUMBER_DECIMAL = 1 << 1,
    NUMBER_SCALED = 1 << 2,       /* a multiplier follows: 12 million, 4.5bn */
    NUMBER_GLUED_BEFORE = 1 << 3, /* a letter or sign of a name stands right before it: A79, mk5 */
    NUMBER_GLUED_AFTER = 1 << 4,  /* letters stand right behind it: 5G, 40km */
    NUMBER_DOTTED = 1 << 5,       /* 1.2.3, 10.0.0.1: never a value */
    NUMBER_SIGNED = 1 << 6,
    NUMBER_LEADING_ZERO = 1 << 7, /* 007, 0401 */
    NUMBER_ROUNDED = 1 << 8,      /* "une centaine", "un centenar": a round number by its name */
    NUMBER_ALONE = 1 << 9,        /* nothing else stands in its passage */
    NUMBER_DOUBT = 1 << 10,       /* its last digits may be a note mark, or a note mark its last digits: the other reading */
    NUMBER_LONG = 1 << 11,        /* more digits than a double holds: never a value */
};

/* A number as printed; what it is a number of is not known here. */
struct number {
    struct span span;
    uint32_t first, after; /* tokens [first, after) */
    double low, high;      /* high > low for vague ones only */
    double scale;          /* the multipliers behind it: 1e6 in "12 million", else 1 */
    double other;          /* the second reading, where ambiguous */
    bool ambiguous;
    uint8_t form;          /* enum number_form */
    uint16_t flags;        /* enum number_flag */
};

/* What "1.250" and "1,250" are in a document; all else tells by its form. */
struct number_style {
    bool point_groups, comma_groups;   /* the sign parts thousands there, else decimals */
    bool point_certain, comma_certain; /* the document itself shows it, without contradiction */
};


/* A place where a number may end otherwise than the text does, for a note mark may be there. */
struct number_doubt {
    uint32_t at;       /* clean byte of the mark; with `kept`, of the first digit that may be one */
    uint32_t kept;     /* bytes of those digits in the text; 0: they were taken out */
    const char *label; /* digits that were taken out */
    bool power;        /* they stood raised behind ten, and no note has their label: 10⁵, or ten with a note */
};

/* What a reader of numbers needs; all borrowed. */
struct number_reader {
    const struct lexicon *lexicon;
    enum language language;
    const struct document *doc;
    const struct token *tokens;
    uint32_t n;
    const uint32_t *uses; /* lexicon_number_uses of the text */
    struct number_style style;
    const GArray *doubts; /* struct number_doubt, by `at`; NULL: none */
};

/* What token `i` may do in a number, by its word alone; 0 behind the last one. */
static inline uint32_t number_use(const struct number_reader *reader, uint32_t i)
{
    return i < reader->n ? reader->uses[reader->tokens[i].word] : 0;
}


/* places: n tokens in order, all digits among them. */
struct number_style number_style_of(const struct number_reader *reader, const uint32_t *places, uint32_t n);

/* The number that begins with token `first`, if one does. */
bool number_read(const struct number_reader *reader, uint32_t first, struct number *ret);

/* The two readers behind it. */
/* Is token `first` digits, a point before them, or a fraction's sign? Only there may number_read_digits be asked. */
bool number_may_begin(const struct number_reader *reader, uint32_t first);
bool number_read_digits(const struct number_reader *reader, uint32_t first, struct number *ret);
bool number_read_words(const struct number_reader *reader, uint32_t first, struct number *ret);

/* What both do with the words behind a whole number: "and a half" (with `parts` "and three fifths" too) of the number, or of its `scale`
 * where that is a million or more; "dozens". False = nothing of it follows. */
bool number_mixed(const struct number_reader *reader, double scale, bool parts, struct number *ret);
bool number_dozens(const struct number_reader *reader, struct number *ret);

/* Does a word for minus stand right before token `first`? */
bool number_minus_word(const struct number_reader *reader, uint32_t first);

static inline bool number_sign(const struct number_reader *r, uint32_t i, char sign)
{
    return i < r->n && r->tokens[i].sign == (unsigned char)sign;
}

/* Does token `i` follow the one before it without white space, in the same passage? */
static inline bool number_glued(const struct number_reader *r, uint32_t i)
{
    return i > 0 && i < r->n && !(r->tokens[i].flags & (TOKEN_SPACE | TOKEN_PASSAGE));
}

#endif
