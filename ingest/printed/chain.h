/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_TEXT_CHAIN_H
#define CITABLE_INGEST_TEXT_CHAIN_H

#include "ingest/printed/notes.h"

/* A candidate that is a note mark. */
struct text_mark {
    uint32_t start, end; /* bytes of the text that are taken out */
    uint32_t line;
    uint16_t number;     /* 0: a symbol */
    bool doubtful;       /* its digits may belong to the number before it: both readings are kept */
};

/* A place where the mark of a note, or the next mark of a run, may stand: too weak to be taken out, too likely to be passed over in silence. */
struct text_doubt {
    uint32_t start, end;
    uint32_t line;
    uint16_t number;
    bool in_number; /* its digits end a number, which has two readings then */
};

/*  Which candidates are marks, decided over the whole document.
 *
 *    backbone   the longest, heaviest run of growing numbers through the surer candidates (it may begin again by chapter or page); a candidate whose
 *               note stands on its page weighs more, one whose number no note has weighs less
 *    accepted   a run whose notes are there, or of three or more that leaves few gaps; a single one only in a form that nothing else has
 *    filled     what is missing between two members, by weaker candidates that stand between them ("$11,000.63" between 62 and 64)
 *    strayed    a sure candidate of a missing number a few places off its turn (columns read out of order)
 *    followed   the next number behind the end of a run without notes, where it ends a number as a mark would ("Barrio 18.8", "2.0173 personas"): doubtful
 *
 *  Marks (GArray of struct text_mark) in order of their bytes; `doubts` (GArray of struct text_doubt or NULL) likewise. The caller owns the result. */
GArray *marks_choose(const struct text_lines *lines, const GArray *candidates, const GArray *notes, GArray *doubts);

#endif
