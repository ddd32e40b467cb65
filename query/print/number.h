/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_PRINT_NUMBER_H
#define CITABLE_QUERY_PRINT_NUMBER_H

#include "extract/mention.h"

/* Appends a value without locale, exponent or needless zeros: "183500000", "2.4". */
void number_append(GString *out, double value);

/* For programs. Appends a quantity's value with its qualifier as a sign: "≥ 10000", "~ 1000", "370000–550000"; the two readings of an ambiguous one: "8511 | 851". */
void quantity_append(GString *out, const struct quantity *quantity);

/* For people: qualifiers in words, thousands parted, fractions as such: "at least 10,000", "370,000–550,000", "about 1/3", "8,511 or 851". */
void quantity_words_append(GString *out, const struct quantity *quantity);

/* For people: how much a number went up or down, "+15 (+0.9 %)"; shares of a whole by points, "−2.5 points". before: what it was. */
void change_words_append(GString *out, double by, double before, bool share);

/* For people: what follows a value, as printed where the text says it (`printed`, or NULL): "%", "years", "per 100,000", "USD a month"; nothing for counts of things. */
void unit_words_append(GString *out, const struct quantity *quantity, const char *printed);

/* For programs: what follows a value: "%" for per cent, "USD", "month"; NULL for counts of things, whose unit is what is counted. */
const char *unit_shown(const struct quantity *quantity);

#endif
