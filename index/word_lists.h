/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_WORD_LISTS_H
#define CITABLE_INDEX_WORD_LISTS_H

#include "base/slice.h"

#include <stdint.h>

/*  Inside index/ only: where words stand, in the form in which FTS5 writes it, while texts are gone through:
 *
 *    list    [row, from the one before][bytes of places, doubled, and 1 where the row leaves][place, from the one before, and 2] …
 *
 *  Words are numbers from 1 (index/vocabulary.h). A list takes fewer bytes than the words that it stands for, and twice as much room at most. */
struct word_lists;

/* For a place: the row leaves; it is 0, if the word does not stand in the row already. */
#define PLACE_LEAVES UINT32_MAX
#define PLACE_ONCE (UINT32_MAX - 1)

struct word_lists *word_lists_new(void);
void word_lists_free(struct word_lists *lists);

/* The word stands there. Of each word rows come rising, and the places of a row so, too. */
void word_lists_note(struct word_lists *lists, uint32_t word, int64_t row, uint32_t place);

/* The words that stand somewhere, each once, to be put in any order; until another one is noted. */
uint32_t *word_lists_words(struct word_lists *lists, size_t *n);

/* The list of one of them, until something is noted. */
struct slice word_lists_of(struct word_lists *lists, uint32_t word);

/* Nothing stands anywhere. */
void word_lists_forget(struct word_lists *lists);

#endif
