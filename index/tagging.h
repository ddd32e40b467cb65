/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_TAGGING_H
#define CITABLE_INDEX_TAGGING_H

#include "extract/mention.h"
#include "index/store.h"

/* Inside index/ only: the tags of a document's passages (tags.h), by the numbers of inverted.h. Names of a document are folded and looked up once, not for each mention. */
struct tagging;

/* Holds while the transaction goes on. */
struct tagging *tagging_new(struct store *store, const struct document *doc, const struct mentions *mentions);
void tagging_free(struct tagging *tagging);

/* Those of one passage, some of them several times; of the tagging. */
const uint32_t *tagging_of(const struct tagging *tagging, uint32_t passage, uint32_t *n);

#endif
