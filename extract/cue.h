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
    uint64_t classes; /* of all cues that begin so */
    uint64_t alone;   /* of those of this one word */
    uint64_t seconds; /* low six bits of the hashes that may follow in longer ones, as a set */
    uint32_t n;       /* how many begin so */
    uint32_t first;   /* of them, in cue_table.rows */
};

struct cue_table {
    struct trigger_table *starts[LANGUAGES]; /* hash of the first token → cues */
    struct cue_start *begin[LANGUAGES];      /* at the first of the rows that begin alike: what to know before they are looked at; behind the last: nothing */
    struct cue *rows[LANGUAGES];             /* the cues, those that begin alike side by side, by class, the longest of each first */
    GArray *cues;                            /* struct cue */
    GArray *hashes;                          /* uint32_t */
    uint32_t checksum;                       /* of the table's text */
};

/* Reads a table compiled into the program ("/extract/names/period_words.tsv"); a class that is not among the n names is a broken promise of ours. */
struct cue_table *cue_table_new(const char *path, const char *const *classes, size_t n);
void cue_table_free(struct cue_table *table);

/* What a table says of a text: asked once of each of its different words. */
struct cue_text {
    const struct cue_table *table;
    enum language language;
    const struct token *tokens;
    uint32_t n, words;
    const struct cue_start *begin; /* the table's, of the language */
    uint16_t *rows;                /* by token.word: which of them; small, so that those of a long text stay near */
};

/* words: token_words of the tokens. */
void cue_text_init(struct cue_text *text, const struct cue_table *table, enum language language, const GArray *tokens, const GArray *words);
void cue_text_clear(struct cue_text *text);

/* The longest phrase of that class that begins with token i and lies in one passage, or NULL; where cue_text_may says that there may be one. */
const struct cue *cue_text_find(const struct cue_text *text, uint32_t i, unsigned class);

/* What begins with a word of the text, by token.word. */
static inline const struct cue_start *cue_text_start(const struct cue_text *text, uint32_t word)
{
    return &text->begin[text->rows[word]];
}

/* May a phrase of one of the classes (bit n: class n) begin with token i, by its word alone? */
static inline bool cue_text_may(const struct cue_text *text, uint32_t i, uint64_t classes)
{
    return i < text->n && cue_text_start(text, text->tokens[i].word)->classes & classes;
}

/* The same of one class, by its word and the next: true wherever a phrase stands there, and of one word only there. */
static inline bool cue_text_may_be(const struct cue_text *text, uint32_t i, unsigned class)
{
    if (i >= text->n)
        return false;
    const struct cue_start *start = cue_text_start(text, text->tokens[i].word);
    if (!(start->classes >> class & 1))
        return false;
    return start->alone >> class & 1 || (i + 1 < text->n && start->seconds >> (text->tokens[i + 1].hash & 63) & 1);
}

static inline const struct cue *cue_text_at(const struct cue_text *text, uint32_t i, unsigned class)
{
    return cue_text_may_be(text, i, class) ? cue_text_find(text, i, class) : NULL;
}

/* Is there one? Of most words that begin one the word alone says so. */
static inline bool cue_text_is(const struct cue_text *text, uint32_t i, unsigned class)
{
    return cue_text_may_be(text, i, class) && (cue_text_start(text, text->tokens[i].word)->alone >> class & 1 || cue_text_find(text, i, class));
}

#endif
