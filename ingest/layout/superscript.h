/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_SUPERSCRIPT_H
#define CITABLE_INGEST_SUPERSCRIPT_H

#include "base/slice.h"

/* What raised text is, where a format says that it is raised but not why. */
enum superscript {
    SUPERSCRIPT_TEXT,  /* "1st", "n.º", "5e": part of the word */
    SUPERSCRIPT_POWER, /* "km²", "10⁶": changes what the text means, so it stays in it, raised */
    SUPERSCRIPT_MARK   /* "851¹ cases", "people.[12]", "total*": calls a note */
};

/* before: what stands before it in the passage; raised: without white space around it. */
enum superscript superscript_kind(struct slice before, struct slice raised);

/* Is a SUPERSCRIPT_POWER one of ten that nothing is multiplied by, so that it may be a note's mark, too: "10⁵ cases"? */
bool superscript_may_be_mark(struct slice before, struct slice raised);

/* "2,500": thousands in groups, which are an amount where they touch no word, and two notes where they do. */
bool superscript_is_amount(struct slice raised);

/* "1/2", raised as a whole. */
bool superscript_is_fraction(struct slice raised);

/* The mark as notes are labelled: "[12]" → "12", "(a)" → "a". Part of `raised`. */
struct slice superscript_label(struct slice raised);

/* "2" → "²", "-3" → "⁻³"; other characters stay. The caller frees it. */
char *superscript_raise(struct slice raised);

#endif
