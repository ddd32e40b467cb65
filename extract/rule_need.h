/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_EXTRACT_RULE_NEED_H
#define CITABLE_EXTRACT_RULE_NEED_H

#include <stdbool.h>
#include <stdint.h>

/*  Which numbers must stand ahead of a place for a pattern to match there, as the pattern itself tells: a number is one character of the shadow text
 *  (rule.h), so that the bytes that may stand before it can be counted. Most tries of a rule end here, before PCRE2 is asked.
 *
 *    pattern  (?:pages?|pp\.) (?<low>(?&digits))-(?<high>(?&number))
 *    hops     4 … 11 bytes, digits or a year; 1 … 1 bytes, any of those that (?&number) means */
struct rule_hop {
    uint16_t near, far; /* bytes from the place, or from the end of the number before, to the next number; RULE_FAR: as many as there are */
    uint8_t forms;      /* bit n: a number whose character is SHADOW_FIRST + n */
};

enum { RULE_HOPS = 3, RULE_FAR = UINT16_MAX, RULE_ANY_FORM = 0xFF };

struct rule_needs {
    struct rule_hop hops[RULE_HOPS];
    uint8_t n; /* of the numbers that follow one another from the place on, this many are known; 0: the pattern tells nothing, or needs none */
};

/* Reads a pattern as rule_pattern_expand leaves it. What it does not understand of it may be anything, so that it never asks for more than the pattern does. */
struct rule_needs rule_needs_of(const char *expanded);

#endif
