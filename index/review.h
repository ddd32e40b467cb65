/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_REVIEW_H
#define CITABLE_INDEX_REVIEW_H

#include "index/store.h"

/* A person's mark on a figure or passage, as schema.sql has it. */
struct review_row {
    char *sha256, *place; /* of the document; where in it: "11.3#2" */
    char *field, *value;  /* "verdict": "accepted" or "rejected"; "note": any text */
    char *text;           /* what was marked, as printed */
    char *who, *at;       /* at: UTC, "2026-11-25T17:03:00Z" */
};
void review_row_free(struct review_row *row);

/* All of them, by document, place and field: GPtrArray of struct review_row. Errors: STORE. */
bool store_reviews(struct store *store, GPtrArray **ret, GError **error);

/* Inside a transaction: writes one field, in place of what it said before; takes back all that is said of a place. Errors: STORE. */
bool store_review(struct store *store, const struct review_row *row, GError **error);
bool store_review_clear(struct store *store, const char *sha256, const char *place, GError **error);

#endif
