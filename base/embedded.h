/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_BASE_EMBEDDED_H
#define CITABLE_BASE_EMBEDDED_H

#include "base/slice.h"

/* Files of the source tree that are parts of the program (rules, tables of words, SQL), as citable_embed() in CMakeLists.txt lists them: one table for each stage. */
struct embedded_file {
    const char *path;          /* as "/extract/rules/en/figure.rules"; NULL ends the table */
    const char *first, *after; /* its bytes, [first, after); a zero follows them */
};

/* The bytes of a file of the table, which a zero follows; ends the program where there is none: whoever asks knows what was built. */
struct slice embedded_bytes(const struct embedded_file *files, const char *path);

/* The paths that begin so, in the order of the table: an array ended by NULL, of strings of the table; the caller frees the array with g_free. */
const char **embedded_below(const struct embedded_file *files, const char *folder);

#endif
