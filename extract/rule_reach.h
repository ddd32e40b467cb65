/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_EXTRACT_RULE_REACH_H
#define CITABLE_EXTRACT_RULE_REACH_H

#include "extract/rule.h"

/* The words that rules of a language begin with, and how far those reach: made by the loader, for rules_words and rules_reach. Inside the rules only. */

/* After trigger_freeze of the language's words. */
void rules_number_words(struct rules *rules, enum language language);

/* The reaches of what every passage is tried for, after rules_number_words: made once, and not by each reader of a document. */
void rules_make_reaches(struct rules *rules, enum language language);

#endif
