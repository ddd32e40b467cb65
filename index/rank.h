/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_RANK_H
#define CITABLE_INDEX_RANK_H

#include <glib.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

/*  BM25 with the lengths of all passages in memory (FTS5's own looks each one up in a table: ten times slower), and the zone weighed in:
 *  a heading or a table row is short and would always win.
 *
 *    documents.lengths   [tokens | zone << 24] [tokens | zone << 24] …      one word a passage */
struct ranking;
struct store;

/* A phrase of the query, in the order in which the MATCH expression has them. Of one group only the best counts: spellings and stems of one word. */
struct rank_phrase {
    uint32_t group;
    double weight; /* 0: it only filters */
    double idf;    /* filled by passage_rank */
};

struct rank_query {
    struct ranking *ranking; /* borrowed */
    GArray *phrases;         /* struct rank_phrase */
    bool weighed;
};

/* Registers the FTS5 function passage_rank(pointer to a struct rank_query, type "rank_query"): higher is better. */
bool rank_register(sqlite3 *db);

/* The lengths of all documents, loaded once; NULL: the store cannot be read. */
struct ranking *ranking_of(struct store *store);
void ranking_free(struct ranking *ranking);

/* The document's place among all, by path and member; for ties. */
uint32_t ranking_order(struct ranking *ranking, int64_t document);

#endif
