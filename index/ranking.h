/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_RANKING_H
#define CITABLE_INDEX_RANKING_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct postings;
struct store;

/*  What ranking needs of all passages, in memory: FTS5's own bm25 looks each length up in a table, ten times slower. Passages are numbered through, in the
 *  order of their rowids. The words of a document's passages (lengths.h) are read when one of them may be among the best. */
struct ranking {
    GArray *documents;      /* struct ranked, in the order of their rowids */
    uint16_t *words;        /* of each passage, by its number; see ranking_load */
    GByteArray *packed;     /* what is stored of the words of documents that have few passages, read with them */
    uint32_t n;             /* passages */
    double average;         /* tokens of one */
    char **languages;       /* that documents are in; ended by NULL */
    GHashTable *postings;   /* phrase → struct postings */
    uint64_t postings_size; /* bytes */
    guint last;             /* of documents: the one asked for last */
    guint wanted_first, wanted_after; /* of documents: those whose words are wanted are among these */
};

struct ranked {
    int64_t document; /* rowid */
    int64_t row;      /* of its first passage in the full text; they rise as the documents do */
    uint32_t first;   /* number of its first passage */
    uint32_t n;       /* passages */
    uint32_t order;   /* place among all documents, by path and member; for ties */
    uint32_t packed_at, packed_len; /* of its bytes among those read; none: they are read when they are wanted */
    bool wanted, loaded; /* the words of its passages */
};

/* Of all documents, made once; NULL: the store cannot be read, or is damaged. Errors: STORE. */
struct ranking *ranking_of(struct store *store, GError **error);
void ranking_free(struct ranking *ranking);

/* What was remembered of all documents no longer holds. */
void ranking_forget(struct store *store);

/* The number of a passage (`last` is then its document); UINT32_MAX: there is no such passage. And the document of a number. */
uint32_t ranking_number(struct ranking *ranking, int64_t passage);
uint32_t ranking_number_of_row(struct ranking *ranking, int64_t row); /* of the full text */
const struct ranked *ranking_document(struct ranking *ranking, uint32_t number);

/* Wants the words of the document that has the passage, and reads all those that are wanted and not there. Errors: STORE. */
void ranking_want(struct ranking *ranking, uint32_t number);
bool ranking_load(struct store *store, struct ranking *ranking, GError **error);

/* Postings that were read before, or NULL; and those to keep, which it then owns. */
const struct postings *ranking_recall(const struct ranking *ranking, const char *phrase);
void ranking_keep(struct ranking *ranking, const char *phrase, struct postings *postings);

/* Before a question: forgets all postings where they have become many. */
void ranking_tidy(struct ranking *ranking);

#endif
