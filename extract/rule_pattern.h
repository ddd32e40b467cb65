/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_EXTRACT_RULE_PATTERN_H
#define CITABLE_EXTRACT_RULE_PATTERN_H

#include <glib.h>

/* The private character that stands for a number of form 0 … in the shadow text: U+E000 + form, three bytes. */
enum { SHADOW_FIRST = 0xE000, SHADOW_ORDINAL_DIGITS = 7 /* 6th, 11º */, SHADOW_BYTES = 3, SHADOW_FORMS = 8,
    SHADOW_ORDINALS = 1 << 3 | 1 << SHADOW_ORDINAL_DIGITS /* as a set of forms */ };

/* A pattern as written in a rule file → as PCRE2 reads it: shared parts by name put in their place, a space is any white space but a TAB, which parts cells, and
 * the match never ends inside a word. NULL: a part that nobody defined, or parts that use one another; *problem says which (g_free). */
char *rule_pattern_expand(const char *pattern, GHashTable *parts, char **problem);

/* Orders an array of strings (char **) by bytes. */
int rule_name_order(const void *a, const void *b);

#endif
