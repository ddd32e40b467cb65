/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_ACT_H
#define CITABLE_QUERY_ACT_H

#include "ingest/document.h"
#include "query/words/words.h"

/* What the clause of a figure says was done or happened (killed, evicted, denied, asked for), and whether it says so as a fact or as a plan, target or projection.
 * A draft that says one act is not supported by a clause that says another one. The tables are words/acts.tsv; a bit of a mask is a row of it. */

struct acts {
    uint64_t own;      /* what the figure's own part of the sentence says */
    uint64_t verb;     /* of those, what an auxiliary stands before: "150,000 displaced people were evicted" */
    uint64_t sentence; /* what the whole sentence says */
    bool in_order;     /* "519 and 396, respectively": which is whose cannot be told from what stands beside a figure */
    bool planned;      /* before the figure, or right behind it: sought, projected, likely */
    bool unsure;       /* right beside the figure: whatever it says was done is planned, too */
};

/* terms: the sentence's [start, end) in words, which are those of text; number: the figure's own terms. */
void acts_read(const struct lexis *lexis, const char *text, const struct words *words, struct span terms, struct span number, struct acts *ret);

/* Is one of them a harm? */
bool acts_harm(uint64_t acts);

/* Every act that a text says, as a mask. */
uint64_t acts_said(const struct lexis *lexis, const char *text);

/* Why a draft may not say what the source says: "the source says evicted, the draft displaced"; NULL where nothing speaks against it. around: the acts that the
 * source says beside its sentence, in its passage, heads and noun. The caller frees it. */
char *acts_differ(const struct acts *draft, const struct acts *source, uint64_t around);

#endif
