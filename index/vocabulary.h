/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_VOCABULARY_H
#define CITABLE_INDEX_VOCABULARY_H

#include "base/slice.h"

#include <stdint.h>

/* Inside index/ only: the different words of texts, numbered from 1 in the order in which they came. */
struct vocabulary;

struct vocabulary *vocabulary_new(void);
void vocabulary_free(struct vocabulary *vocabulary);

/* The number of a word of SEGMENT_WORD_BYTES at most, which is given one if it is new. */
uint32_t vocabulary_number(struct vocabulary *vocabulary, struct slice word);

/* The word, with SEGMENT_WORDS before it, until another one is new. */
struct slice vocabulary_word(const struct vocabulary *vocabulary, uint32_t number);

/* How many there are: the highest number. */
uint32_t vocabulary_count(const struct vocabulary *vocabulary);

/* Forgets all but the first `n`. */
void vocabulary_keep(struct vocabulary *vocabulary, uint32_t n);

/* Puts numbers in the order of their words' bytes. */
void vocabulary_sort(const struct vocabulary *vocabulary, uint32_t *numbers, size_t n);

/* One of `parts` for a word: the same for all forms of a stem (index/tokenize.h). */
uint32_t vocabulary_part(struct slice word, uint32_t parts);

#endif
