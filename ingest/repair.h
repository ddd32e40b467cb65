/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_REPAIR_H
#define CITABLE_INGEST_REPAIR_H

#include "base/slice.h"

/*  What printing did to a text, undone where it is certain: divided words, ligatures, accents that stand beside their letter.
 *
 *  Whether a hyphen at a line end belongs to the word is decided by evidence, the document's own first:
 *
 *    inhabit-⏎ants     "inhabitants" stands elsewhere, or nothing speaks for the hyphen     → inhabitants
 *    well-⏎known       "well-known" stands elsewhere, or "well" makes compounds             → well-known
 *
 *  Learn every line of the document first, in reading order, then ask. Not to be shared between threads while it learns. */
struct repair;

struct repair *repair_new(void);
void repair_free(struct repair *repair);

/* Counts the words of a printed line, as evidence. The halves of a word divided at its end do not count. */
void repair_learn(struct repair *repair, struct slice line);

/* How often the document has this word, in any case, whole within a line. */
unsigned repair_count(const struct repair *repair, struct slice word);

/* Does `line` end in a hyphen that may divide a word: a letter, then "-", U+2010 or U+00AD (white space after it does not count)?
 * Gives the bytes up to the hyphen, and what stands from the hyphen on. */
bool repair_divided(struct slice line, struct slice *left, struct slice *hyphen);

/* `left`: text up to a line end, without or with its hyphen; `right`: what begins the next line. True: one word, without the hyphen ("inhabit|ants");
 * false: the hyphen stays, and no space follows ("well-|known", "COVID-|19"). Only the word at either edge is looked at. A soft hyphen always joins. */
bool repair_joins(const struct repair *repair, struct slice left, struct slice right);

/* Does `right` go on after a hyphen that waits for its second half ("short- and long-term")? The hyphen stays, and so does the space. */
bool repair_suspends(struct slice right);

/* What to write for a character: a ligature's letters, those of a shape of Hebrew or Arabic, " " for an odd space, "" for a soft hyphen or an invisible mark without meaning,
 * a bullet for a symbol font's private one. NULL = as it is. Static. */
const char *repair_character(gunichar c);

/* An accent that stands beside its letter. c[0 … len): the characters of a line. Where something at `at` is displaced for certain, returns how many
 * characters of the line are replaced and writes 1 or 2 characters to `out` (the second is 0 if there is one); 0 = nothing.
 *    world ś → world's    El Salvador´s → El Salvador's    poblacio ́n → población    M´exico → México
 * Left alone where there are two readings ("naci´on": an accent between two vowels), and where an accent begins or ends a quotation ("´protecting´"). */
size_t repair_accent(const gunichar *c, size_t len, size_t at, gunichar out[2]);

#endif
