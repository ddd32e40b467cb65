/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_EXTRACT_CUE_H
#define CITABLE_EXTRACT_CUE_H

#include "extract/lexicon.h"

/*  What a word, or a few of them, mean to one pass: a table names/<pass>_words.tsv, read once.
 *
 *    language  class  value  cues parted by ";"
 *    en        month  3      March;Mar
 *    en        late   0      end of;the end of;late
 *
 *  A phrase is found by the hash of its first token; the longest one that stands there counts. */

struct cue {
    uint8_t class;       /* index into the pass's class names */
    int16_t value;
    uint16_t n;          /* tokens */
    uint32_t first;      /* its tokens' hashes, in cue_table.hashes */
    uint32_t second;     /* the hash of the second of them, which most texts differ in; 0: it has one */
};

struct cue_start {
    uint64_t alone;   /* classes of the cues of this one word */
    uint64_t seconds; /* low six bits of the hashes that may follow in longer ones, as a set */
    uint32_t n;       /* how many begin so */
    uint32_t first;   /* of them, in cue_table.rows */
};

struct cue_table {
    struct trigger_table *starts[LANGUAGES]; /* hash of the first token → cues */
    struct cue_start *begin[LANGUAGES];      /* at the first of the rows that begin alike: what to know before they are looked at */
    struct cue *rows[LANGUAGES];             /* the cues, those that begin alike side by side, by class, the longest of each first */
    GArray *cues;                            /* struct cue */
    GArray *hashes;                          /* uint32_t */
    uint32_t checksum;                       /* of the table's text */
};

/* Reads a table compiled into the program ("/extract/names/period_words.tsv"); a class that is not among the n names is a broken promise of ours. */
struct cue_table *cue_table_new(const char *path, const char *const *classes, size_t n);
void cue_table_free(struct cue_table *table);

/* The longest phrase of that class that begins with token i and lies in one passage, or NULL. */
const struct cue *cue_of(const struct cue_table *table, enum language language, const GArray *tokens, uint32_t i, unsigned class);

/* The classes (bit n: class n) of the cues that begin at each token: a pass asks here first. words: token_words of the tokens. The caller frees it. */
uint64_t *cue_classes(const struct cue_table *table, enum language language, const GArray *tokens, const GArray *words);

#endif
