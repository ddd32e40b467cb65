/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_PLACE_NAME_H
#define CITABLE_QUERY_PLACE_NAME_H

#include "extract/mention.h"
#include "query/words/words.h"

/* Names of places in a text that is read as words. The longest name counts: "South Sudan" does not name the Sudan, "Mexico City" not Mexico. */

/* How many terms the name at term i has, 0 where none begins there; `*same`: it means the place, or its people. */
uint32_t place_name_at(const char *text, const struct words *words, uint32_t i, const struct figure_place *place, bool *same);

/* Do the terms [start, end) name the place, or its people? words: those of text, or NULL. */
bool names_place(const char *text, const struct words *words, struct span terms, const struct figure_place *place);

#endif
