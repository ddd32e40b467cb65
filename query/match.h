/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_MATCH_H
#define CITABLE_QUERY_MATCH_H

#include "extract/mention.h"
#include "index/period.h"

/* Figure against figure: does one say what the other says? `ask`, `check` and `compare` stand on these. */

/* What a quantity allows: "at least 10,000" is [10000, +inf). Open ends are those of "more than" and "less than". */
struct interval {
    double low, high;
    bool open_low, open_high;
};

/* The values that the words allow. "About" allows half a step of the last digit that is not a zero, and 5 per cent at least. */
struct interval quantity_interval(const struct quantity *quantity);

enum value_match {
    VALUE_SAME,         /* everything the source allows, the claim allows too, and the numbers are the same */
    VALUE_ROUNDED,      /* the source's number lies where the claim's own words allow it ("nearly 1.2 million" for 1,153,000) */
    VALUE_QUALIFIER,    /* the same number, but the claim is narrower than the source allows */
    VALUE_DIFFERS,      /* no number fits both */
    VALUE_INCOMPARABLE, /* different units */
};

/* `claim` is what somebody says, `source` what the evidence says. Of an ambiguous source each reading may agree. */
enum value_match match_value(const struct quantity *claim, const struct quantity *source);

/* "same", "rounded", "qualifier", "differs", "incomparable". */
const char *value_match_name(enum value_match match);

/* Equal within a relative tolerance of 1e-12. */
bool same_number(double a, double b);

/* How many digits of a number say something: five of 42,308, two of 25, one of 2 million. */
unsigned telling_digits(double value);

/* Whether the quantities can be compared: the same unit, or both shares of a whole; `*factor` turns b's numbers into a's scale. */
bool units_compare(const struct quantity *a, const struct quantity *b, double *factor);

/* Is it a country? A city may carry its country's code, too. */
bool is_country(const struct figure_place *place);

/* Two places by ISO code (a subdivision lies within its country), else by name. */
enum relation place_relation(const struct figure_place *a, const struct figure_place *b);

/* Where the figure is: the best relation of any of its places to any asked for; RELATION_UNKNOWN where one side has none. */
enum relation places_relation(const struct figure_place *a, uint32_t n_a, const struct figure_place *b, uint32_t n_b);

#endif
