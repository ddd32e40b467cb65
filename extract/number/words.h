/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_EXTRACT_NUMBER_WORDS_H
#define CITABLE_EXTRACT_NUMBER_WORDS_H

#include "extract/number/number.h"

/* Inside the readers of number words only. */

enum { SUM_PARTS = 8 };

/*  The sum of number words so far. A scale closes a part; parts go from the largest down:
 *    two million three hundred   parts {2,000,000}  current 300 */
struct word_sum {
    double parts[SUM_PARTS], scales[SUM_PARTS];
    uint32_t n;
    double current;            /* what stands behind the last scale */
    enum number_role last;
    uint32_t words;
    uint32_t joint;            /* token of the last "and", or 0 */
    double before_joint;       /* the sum before it, and the scale that part ended in, or 1 */
    double scale_before_joint;
    bool ten, ten_joint;       /* the last word is twenty … ninety; "and" stands right before that */
};

static inline double sum_total(const struct word_sum *sum)
{
    double total = sum->current;
    for (uint32_t i = 0; i < sum->n; i++)
        total += sum->parts[i];
    return total;
}

/* The scale that the sum ends in, or 1. */
static inline double sum_scale_last(const struct word_sum *sum)
{
    return sum->last == NUMBER_SCALE && sum->n > 0 ? sum->scales[sum->n - 1] : 1;
}

#define NUMBER_ROLES UINT32_C(0xffff) /* the bits of them in a word's uses */

static inline const struct number_word *number_word_at(const struct number_reader *r, uint32_t i)
{
    if (!(number_use(r, i) & NUMBER_ROLES) || r->tokens[i].class != TOKEN_WORD)
        return NULL;
    return lexicon_number(r->lexicon, r->language, r->tokens[i].hash);
}

static inline const struct number_word *number_role_at(const struct number_reader *r, uint32_t i, enum number_role role)
{
    if (!(number_use(r, i) & number_role_bit(role)) || r->tokens[i].class != TOKEN_WORD)
        return NULL;
    return lexicon_number_role(r->lexicon, r->language, r->tokens[i].hash, role);
}

/* number_words.c: one word more; false = it is not part of this number. */
bool sum_add(const struct number_reader *r, struct word_sum *sum, const struct number_word *word);

/* As many number words as make one cardinal; returns the token behind. */
uint32_t sum_words(const struct number_reader *r, uint32_t i, struct word_sum *sum);

/* number_parts.c: what may follow a cardinal that ends at ret->after: decimals, fractions, halves, dozens. Sets the value. */
void number_tail(const struct number_reader *r, const struct word_sum *sum, struct number *ret);

/* The denominator at token `i` under the numerator `sum`: "two thirds", "three-quarters", "un tercio". */
bool number_fraction(const struct number_reader *r, uint32_t i, const struct word_sum *sum, bool article, struct number *ret);

/* Half of a scale ("half a million", "medio millón"), else a plain half. */
bool number_half(const struct number_reader *r, uint32_t first, struct number *ret);

/* A denominator that nothing stands before: "quarter million", "le tiers des". */
bool number_bare_part(const struct number_reader *r, uint32_t first, struct number *ret);

/* May a fraction word of one thing stand here without "of"? The noun of an ordinal does not follow. */
bool number_part_ends(const struct number_reader *r, uint32_t i);

#endif
