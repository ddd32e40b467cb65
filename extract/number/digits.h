/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_EXTRACT_NUMBER_DIGITS_H
#define CITABLE_EXTRACT_NUMBER_DIGITS_H

#include "extract/number/number.h"

/* Inside the readers of digits only. */

static inline struct slice number_text(const struct number_reader *r, uint32_t i)
{
    return token_text(r->doc, &r->tokens[i]);
}

static inline bool number_digits_at(const struct number_reader *r, uint32_t i)
{
    return i < r->n && r->tokens[i].class == TOKEN_NUMBER;
}

static inline bool number_passage_ends(const struct number_reader *r, uint32_t i)
{
    return i >= r->n || r->tokens[i].flags & TOKEN_PASSAGE;
}

static inline double number_digits_value(struct slice digits, double value)
{
    for (size_t i = 0; i < digits.len; i++)
        value = value * 10 + (digits.ptr[i] - '0');
    return value;
}

/* number_scale.c: scales and powers behind the digits that end at ret->after: "12 million", "300k", "1e6", "2.5^2", "2.998×10−8". */
void number_scales(const struct number_reader *r, struct number *ret);
void number_power(const struct number_reader *r, struct number *ret);

#endif
