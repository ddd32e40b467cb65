/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_ANSWER_H
#define CITABLE_QUERY_ANSWER_H

#include "index/get.h"

/* What every question is answered with: a verbatim passage, perhaps one figure of it, and the document they stand in. */
struct answer {
    struct document_row *document; /* owned */
    struct passage_row *passage;   /* owned */
    struct figure_row *figure;     /* owned, or NULL */
    double score;                  /* higher is better; only compares answers of one question */
    char *why;                     /* how the constraints were met, or NULL */
};

void answer_free(struct answer *answer);

#endif
