/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_SENTENCE_BREAK_H
#define CITABLE_INGEST_SENTENCE_BREAK_H

#include <stdint.h>

/* Where the sentence that begins at byte `from` of a valid UTF-8 text ends, white space behind it included: the first place in (from, end] at which
 * Unicode Standard Annex 29 breaks, with ICU's classes of characters. Only what stands around stops is looked at; ICU's own iterator runs its
 * state machine over every character, and takes eight times as long. A test holds both against one another. */
uint32_t sentence_break(const char *text, uint32_t from, uint32_t end);

#endif
