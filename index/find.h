/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_FIND_H
#define CITABLE_INDEX_FIND_H

#include "index/get.h"

/* What full text is asked: built by query/parse, never text in FTS5's own syntax. Every word is quoted by find.c. */
struct clause {
    char *text;     /* one word, or the words of a phrase */
    bool phrase;
    bool excluded;  /* must not occur */
    bool required;  /* must occur; clauses that are neither required nor excluded only raise the rank (if none is required, one of them must occur) */
    bool prefix;    /* the last word may go on */
};

struct passage_hit {
    int64_t passage; /* rowid; store_passage gives the row */
    double rank;     /* higher is better */
};

/* Passages, best first (ties in document and reading order): GArray of struct passage_hit. clauses: struct clause *.
 * language: ISO 639-1 for stemming the query, or NULL for all that the file holds. Errors: STORE, QUERY (nothing to look for). */
bool store_find(struct store *store, const GPtrArray *clauses, const char *language, uint32_t limit, GArray **ret, GError **error);

/* Filters on figures; a NULL or unset field does not filter. */
struct figure_filter {
    const char *place;     /* ISO code, or a place's name as stored */
    const char *actor;     /* an actor named in the passage */
    const char *said_by;
    const char *period_from, *period_to; /* EDTF days, inclusive: figures whose period overlaps */
    const char *unit;
    const char *document;  /* id prefix, or a part of the path or title */
    int64_t row;           /* of one document, its rowid; 0: of any */
    bool has_kind, has_min, has_max;
    enum figure_kind kind;
    double min, max;       /* the figure's interval overlaps [min, max] */
    bool minor;            /* counts that nobody cites, too */
};

/* Figures that pass the filter and, where there are clauses, stand in a passage that fits them; best first, else document and reading order.
 * GPtrArray of struct figure_row. */
bool store_figures(struct store *store, const struct figure_filter *filter, const GPtrArray *clauses, uint32_t limit, GPtrArray **ret, GError **error);

#endif
