/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_BASE_STEMMER_H
#define CITABLE_BASE_STEMMER_H

#include "base/slice.h"

#include <libstemmer.h>

/* libstemmer answers NULL when it has no memory, as it does for a language that it does not know: a word whose stem was lost so would not be found, and
 * nobody would know why. These end the program then, as GLib's own do. */

/* For a language's name or ISO 639-1 code, of UTF-8; sb_stemmer_delete frees it. NULL: libstemmer does not know the language. */
struct sb_stemmer *stemmer_new(const char *language);

/* The stem of a word in lower case, valid until the next call; without bytes: it has none. */
struct slice stemmer_stem(struct sb_stemmer *stemmer, struct slice word);

#endif
