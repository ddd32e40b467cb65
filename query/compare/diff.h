/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_DIFF_H
#define CITABLE_QUERY_DIFF_H

#include "query/answer.h"

/*  Two editions of a document: which of their figures are the same statistic, and what became of it.
 *
 *    1. the same sentence                                  wherever it stands now
 *    2. the same sentence but for its numbers              in its place among its like, under the same heading
 *    3. what is left, the most alike first                 words of the sentence and beside the figure, what is counted, place, period
 *
 *  Figures of other places, periods or units are never one statistic; but what each edition says of its own time (that of the document, or of most of its
 *  figures) is: "as at 10 September" in one situation report, "as at 19 September" in the next. */

enum change {
    CHANGE_NONE,      /* the same number, qualified alike, in whatever words */
    CHANGE_VALUE,     /* another number */
    CHANGE_QUALIFIER, /* the same number, which now says more or less: "at least 4,200" and "4,200" */
    CHANGE_NEW,       /* only the new edition states it */
    CHANGE_GONE,      /* only the old one does */
    CHANGES,
};

/* "same", "changed", "qualifier", "new", "gone". */
const char *change_name(enum change change);

/* What became of a number; never NEW or GONE. A number that can be read in two ways is the same as one that shares a reading with it. */
enum change change_of(const struct quantity *before, const struct quantity *now);

struct difference {
    enum change change;
    const struct answer *before, *now; /* the caller's; NULL where there is none */
};

/* How much the number of a difference went up (or down, below 0), in its own unit; NAN where either side has no number, a range or two readings, or the units differ. */
double difference_by(const struct difference *difference);

/* Every figure of both (struct answer *, each with a figure and an intact quote, in reading order) once: those of the new edition in
 * its order, then those that only the old one has: GArray of struct difference. */
GArray *diff_figures(const GPtrArray *before, const GPtrArray *now);

/* Are what two figures count cells of different columns or rows ("HEAD · ROW")? False where either is no cell. */
bool cells_apart(const char *counted, const char *other, const char *language);

#endif
