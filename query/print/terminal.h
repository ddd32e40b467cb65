/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_PRINT_TERMINAL_H
#define CITABLE_QUERY_PRINT_TERMINAL_H

#include "base/slice.h"

#include <stdint.h>

/* Where text output goes. */
struct terminal {
    bool colour;
    unsigned width; /* columns to wrap at; 0 = not a terminal: nothing is wrapped */
};

/* What a piece of text is, for its colour. */
enum ink { INK_PLAIN, INK_VALUE, INK_TITLE, INK_FAINT, INK_MATCH, INK_ALARM };

/* Escape sequences that begin and end an ink; empty strings without colour. Static. */
const char *ink_on(const struct terminal *terminal, enum ink ink);
const char *ink_off(const struct terminal *terminal, enum ink ink);

/* Appends text from a document or a file name: whatever would act on a terminal or deceive the eye (control characters, escape sequences,
 * direction overrides, characters without width) is shown as a visible mark, "⟨U+202E⟩"; white space of any kind is one space. */
void terminal_append(GString *out, struct slice text);

/* The same as a new string; the caller frees it. */
char *terminal_safe(const char *text);

/* As terminal_append, but line ends and tabs stay: for whole pages. */
void terminal_append_lines(GString *out, struct slice text);

/* Columns that text takes on a terminal: East Asian wide characters two, combining ones none; escape sequences of our inks none. */
unsigned terminal_columns(struct slice text);

/* Appends text wrapped at spaces so that no line is wider than the terminal; each line begins with `indent` spaces, the first one only where
 * `out` is at the beginning of a line. Text must already be safe. Ends without a line end. */
void terminal_wrap(const struct terminal *terminal, GString *out, const char *text, unsigned indent);

#endif
