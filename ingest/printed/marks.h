/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_TEXT_MARKS_H
#define CITABLE_INGEST_TEXT_MARKS_H

#include "ingest/printed/lines.h"

/*  Note marks in printed text: digits that an extractor glued to words and numbers.
 *
 *  A mark is never told by its own looks. Everything that could be one is a candidate, with the form in which it stands; which of them are marks is
 *  decided over the whole document: by the notes whose labels they repeat, and by the longest increasing run that the surer forms make. */
enum mark_form {
    MARK_SUPERSCRIPT,  /* ¹² */
    MARK_BRACKET,      /* [12] */
    MARK_SYMBOL,       /* * † ‡ */
    MARK_WORD,         /* internally8, Guatema-⏎la18 */
    MARK_STOP,         /* annum.3 In   Tabasco,15   “violence”14   vice-president)52 */
    MARK_NUMBER_STOP,  /* Barrio 18.73   $11,000.63   in 2014.32 */
    MARK_NUMBER,       /* 437,0001 people   8511 casos */
    MARK_SPACE,        /* politics. 44Policy   each month 82 are */
};

struct mark_candidate {
    uint32_t start, end; /* bytes of the text: what is taken out if it is a mark (brackets with it) */
    uint32_t line;
    uint16_t number;     /* 0: a symbol */
    uint8_t form;        /* enum mark_form */
    bool whole;          /* NUMBER and NUMBER_STOP: with the digits the number is well formed too ("90.42"; "437,0001" is not) */
    float weight;        /* 0 = it hardly ever is one … 6 = nothing else looks like this; 1.5 and more carry a run of their own */
};

enum { MARK_MOST = 999 }; /* the highest number of a note */

/* Every candidate of the text's lines, in order: GArray of struct mark_candidate, owned by the caller. */
GArray *mark_candidates(const struct text_lines *lines);

/* The digit that a superscript prints; -1 = none. */
int mark_superscript(gunichar c);

#endif
