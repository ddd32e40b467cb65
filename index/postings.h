/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_POSTINGS_H
#define CITABLE_INDEX_POSTINGS_H

#include "index/ranking.h"

#include <sqlite3.h>

struct rank_phrase;

/* Where a phrase stands: read from the full text once, and kept for the questions that follow.
 *
 *    passages  17 (once)  20 (3 times)  2107 (once)       numbers as in ranking.h, rising
 *    bytes     36         07 03         aa 20 …           the way from the one before, times 2, + 1 where it stands there more than once; then how often */
struct postings {
    uint32_t n;         /* passages */
    uint32_t last;      /* of them */
    uint32_t most;      /* times in one of them */
    GByteArray *bytes;
    GArray *blocks;     /* struct postings_block, of POSTINGS_BLOCK passages each, up to that of the last one */
};

enum { POSTINGS_BLOCK = 8192 }; /* a search goes through passages a block at a time: what it sums up stays in the processor's caches */

/* Where the postings of a block begin. */
struct postings_block {
    uint32_t at;     /* of bytes */
    uint32_t before; /* the passage before them */
};

/* A place in postings. */
struct posting {
    uint32_t passage, times;
    const uint8_t *next, *end; /* what was not read yet */
};

/* Registers the FTS5 function passage_postings that postings_of asks. */
bool postings_register(sqlite3 *db);

/* The ranking's, until ranking_tidy. NULL: `error` says why. Errors: STORE. */
const struct postings *postings_of(struct store *store, struct ranking *ranking, const struct rank_phrase *phrase, GError **error);

struct postings *postings_new(void);
void postings_free(void *postings);

/* A passage, and how often the phrase stands there. */
struct entry {
    uint32_t passage, times;
};

/* Passages are added in rising order; those with 0 times are left out. */
void postings_add(struct postings *postings, const struct entry *entries, size_t n);

/* Before the first one. */
static inline struct posting postings_begin(const struct postings *postings)
{
    const uint8_t *data = postings->bytes->data, *end = postings->bytes->len ? data + postings->bytes->len : data; /* of none there is no address */
    return (struct posting){UINT32_MAX, 0, data, end};
}

/* Before the first one of a block; there are none of other blocks. */
static inline struct posting postings_begin_block(const struct postings *postings, uint32_t block)
{
    struct posting posting = postings_begin(postings);
    if (block >= postings->blocks->len)
        return (struct posting){0, 0, posting.end, posting.end};
    const struct postings_block *own = &g_array_index(postings->blocks, struct postings_block, block);
    const uint8_t *end = block + 1 < postings->blocks->len ? posting.next + own[1].at : posting.end;
    return (struct posting){own->before, 0, posting.next + own->at, end};
}

static inline uint32_t posting_number(struct posting *posting)
{
    uint32_t value = 0;
    for (unsigned shift = 0;; shift += 7) {
        uint8_t byte = *posting->next++;
        value |= (uint32_t)(byte & 0x7f) << shift;
        if (byte < 0x80)
            return value;
    }
}

/* False: there are no more. */
static inline bool posting_next(struct posting *posting)
{
    if (posting->next == posting->end)
        return false;
    uint32_t way = posting_number(posting);
    posting->passage += way >> 1; /* from -1 on */
    posting->times = way & 1 ? posting_number(posting) : 1;
    return true;
}

#endif
