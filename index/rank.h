/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_RANK_H
#define CITABLE_INDEX_RANK_H

#include "index/ranking.h"

/* BM25, and the zone weighed in: a heading or a table row is short and would always win. */

/* What a clause does in the query. */
enum rank_sort {
    RANK_OPTIONAL, /* raises the rank; where nothing is required, one of them must be met */
    RANK_REQUIRED,
    RANK_EXCLUDED,
};

/*  A phrase of the query, with its place in it:
 *
 *    well-known deaths      clause 1: ((well) and (known)) or ((wellknown))      clause 2: ((deaths or death))
 *
 *  A clause is met by one of its alternatives, an alternative by all of its groups, a group by one of its phrases. Of one group only the best phrase counts:
 *  spellings and stems of one word. Each of the three is numbered through from 1. */
struct rank_phrase {
    uint32_t clause, alternative, group;
    enum rank_sort sort; /* of the clause */
    double weight;       /* 0: it only filters */
    double idf;          /* filled when it is known in how many passages the phrase stands */
    char *match;         /* what FTS5 is asked for it */
    char *words;         /* of it, parted by spaces; NULL: only FTS5 is asked, as `match` says */
    uint32_t column;     /* of the full text in which it stands */
    bool prefix;         /* the last word may go on */
};

/* What a phrase in so many passages is worth, and what that is for a passage of so many tokens (norm) that has it `times`. */
double rank_idf(const struct ranking *ranking, double rows);
double rank_norm(const struct ranking *ranking, uint32_t tokens);
double rank_worth(const struct rank_phrase *phrase, double times, double norm);

/* How much a find is worth by the zone of its passage (a word of lengths.h); and the most that is. */
double rank_zone(uint16_t word);
double rank_zone_most(void);

#endif
