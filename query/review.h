/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_REVIEW_H
#define CITABLE_QUERY_REVIEW_H

#include "index/get.h"
#include "index/review.h"

struct answer;

/* What persons said of a figure or passage; a field is NULL where nobody did. */
struct review {
    const struct review_row *verdict, *note;
};

/* All reviews of an evidence file, by document and place. */
struct reviews;

bool reviews_new(struct store *store, struct reviews **ret, GError **error);
void reviews_free(struct reviews *reviews);

/* What is said of an answer: of this very figure or passage. A mark on another one that once stood at its place does not count. NULL: nothing. */
const struct review *reviews_find(const struct reviews *reviews, const struct answer *answer);

/* The review that rejects the figure (NULL: a passage is asked about), or the passage it stands in; NULL: none does. */
const struct review *reviews_rejected(const struct reviews *reviews, const struct document_row *document, const struct passage_row *passage, const struct figure_row *figure);

/* The rows (const struct review_row *), by document, place and field. */
const GPtrArray *reviews_rows(const struct reviews *reviews);

/* Where an id points inside its document: "11.3#2" of "a1c94e.11.3#2". */
const char *review_place(const char *id);

/* "accepted", "rejected", or "none". */
const char *review_verdict(const struct review *review);

#endif
