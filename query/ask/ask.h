/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_ASK_H
#define CITABLE_QUERY_ASK_H

#include "query/agree/agree.h"

/* A question answered. */
struct reply {
    GPtrArray *answers; /* struct answer *, best first; none = not in the evidence */
    GPtrArray *rejected; /* struct answer *: what would answer it as well, but that a person rejected it */
    GPtrArray *nearest; /* struct answer *: where there is no answer, what comes nearest, to be shown as such; passages without a figure where none can answer */
};

/* The figures that meet the question's constraints. Errors: STORE. */
bool ask(struct pool *pool, const struct subject *question, uint32_t limit, struct reply **ret, GError **error);
void reply_free(struct reply *reply);

#endif
