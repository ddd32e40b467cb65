/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_EXTRACT_RULE_TEST_H
#define CITABLE_EXTRACT_RULE_TEST_H

#include "extract/pass.h"

/* The rules of an extractor, ours first: borrowed array of struct rule *. */
const GPtrArray *extractor_rules(const struct extractor *extractor);

/* Runs the `match` and `reject` lines of every rule through the whole extraction, as documents of the rule's language. A match line
 * passes when the rule took effect and some figure has the fields named behind "=>"; a reject line when the rule took none.
 * Appends one line for each that fails ("file:line: rule: what") and returns how many did; *lines = how many there are. */
unsigned rules_test(const struct extractor *extractor, GString *report, unsigned *lines);

/* Reads a text given as such, in a language (NULL: its own), and says in `report` what each rule did in it and which figures came of it. */
bool rules_explain(const struct extractor *extractor, const char *text, const char *lang, GString *report, GError **error);

/* The same for line `line` (from 1) of a file as a reader prints it. Errors: those of reading, USAGE for a line that is not there. */
bool rules_explain_line(const struct extractor *extractor, const char *path, unsigned line, const char *lang, GString *report, GError **error);

#endif
