/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_EXTRACT_NAME_SCAN_H
#define CITABLE_EXTRACT_NAME_SCAN_H

#include "extract/gazetteer.h"
#include "extract/pass.h"

/* What we see of a word in its text, beside enum slot_flag. */
enum scan_flag {
    SCAN_ACTOR = 1 << 26,   /* a name of the table begins here that may be an actor's */
    SCAN_CELL = 1 << 27,    /* first of a table's cell */
    SCAN_ELIDED = 1 << 28,  /* "d'Haïti", "l'Union": a capital after an elision */
    SCAN_HEADLINE = 1 << 29, /* in a line where every word has a capital, or all are capitals */
    SCAN_NAMELESS = 1 << 30 /* no name of the table begins here, whatever limit one sets */
};

enum { SCAN_POINT_BIT = 31 };
#define SCAN_POINT (UINT32_C(1) << SCAN_POINT_BIT) /* in `points` even without a capital */

/* Words of the language, whatever the document prints. */
#define SCAN_ORDINARY (SLOT_WORD | SLOT_FUNCTION | SLOT_PREPOSITION)

/* 64 tokens: a bit for each that a name begins at, and how many begin before them. */
struct scan_begins {
    uint64_t bits;
    uint32_t before;
};

/* What the actor and location passes both ask of a document: made once, by the first that asks. For files inside extract/ only. */
struct name_scan {
    struct extraction *x;
    const struct gazetteer *g;
    const struct document *doc;
    const struct token *tokens;
    uint32_t n;
    bool small;           /* a language that prints names with few capitals: "Union africaine", "Comisión nacional de búsqueda" */
    uint32_t *known;      /* enum slot_flag and scan_flag of each word, without its possessive or elision; 0 behind the last */
    uint32_t *points;     /* the tokens where anything of names begins: words with a capital or an elision, words for a state or a feature, brackets; in order */
    uint32_t n_points;
    struct gazetteer_first *firsts; /* by token.word: what names begin with it, where one may begin with a token of it */
    uint8_t *taken;       /* tokens that stand inside the name of an actor */
    GArray *matches;      /* struct name_match: the names of the table, longest first, none inside another */
    struct scan_begins *begins; /* by 64 tokens: at which of them a name of `matches` begins */
    uint8_t *lower;       /* by token.word: 1 where this document prints the word in small letters, beside those of the tables */
    uint64_t spoken[11];  /* bit by country (26 * first letter of its code + second): does the text speak of it or its people? */
    uint8_t *references;  /* by passage: 1 where it stands under "References", "Bibliografía" */
    GArray *user_places;  /* struct user_place, in reading order: the user's own, met by the pass of actors */
};

/* Does the passage stand in a list of works: who is named there wrote, and numbers are volumes and pages? NONE: no. */
static inline bool scan_references(const struct name_scan *scan, uint32_t passage)
{
    return passage != NONE && scan->references[passage];
}

/* Does the text speak of one of these countries ("GT SV"), or of their people? */
bool scan_speaks_of(const struct name_scan *scan, const char *countries);

struct user_name;

/* A place of the user's, as it stands in the text. */
struct user_place {
    struct span span;
    const struct user_name *name;
};

/* The document's scan; lives as long as the extraction. */
struct name_scan *scan_names(struct extraction *x);
void name_scan_free(struct name_scan *scan);

static inline struct slice scan_text(const struct name_scan *scan, uint32_t i)
{
    return token_text(scan->doc, &scan->tokens[i]);
}

/* Is token `i` the sign or word `text`? False beyond the ends. */
static inline bool scan_is(const struct name_scan *scan, uint32_t i, const char *text)
{
    return i < scan->n && slice_is(scan_text(scan, i), text);
}

/* A list of words, as printed, to compare a text's with. Most words of a text are in no list: `set` tells that of most of them. */
struct name_words {
    const char *const *words; /* NULL-terminated */
    uint64_t set[4];          /* the low eight bits of their hashes; made when first asked */
    bool begun;
};

#define NAME_WORDS(name, ...) \
    static const char *const name##_words[] = {__VA_ARGS__, NULL}; \
    static struct name_words name[1] = {{.words = name##_words}}

/* Is token `i` one of the words of a list? */
bool name_word_is(const struct name_scan *scan, uint32_t i, const struct name_words *words);
void name_words_begin(struct name_words *words);

static inline bool name_word_in(const struct name_scan *scan, uint32_t i, struct name_words *words)
{
    if (!words->begun)
        name_words_begin(words);
    uint32_t hash = i < scan->n ? scan->tokens[i].hash : 0;
    return words->set[hash >> 6 & 3] >> (hash & 63) & 1 && i < scan->n && name_word_is(scan, i, words);
}

static inline bool scan_word(const struct name_scan *scan, uint32_t i)
{
    return i < scan->n && scan->tokens[i].class == TOKEN_WORD;
}

static inline bool scan_capital(const struct name_scan *scan, uint32_t i)
{
    return i < scan->n && scan->tokens[i].flags & TOKEN_CAPITAL; /* only words have one */
}

static inline uint32_t scan_known(const struct name_scan *scan, uint32_t i)
{
    return i < scan->n ? scan->known[i] : 0;
}

/* Is token `i` the first of a sentence, or behind the last? */
static inline bool scan_starts(const struct name_scan *scan, uint32_t i)
{
    return i >= scan->n || scan->tokens[i].flags & (TOKEN_SENTENCE | TOKEN_PASSAGE);
}

/* Does token `i` stand directly after token `i` - 1, with white space between, in the same sentence and cell? */
static inline bool scan_follows(const struct name_scan *scan, uint32_t i)
{
    return i > 0 && !scan_starts(scan, i) && scan->tokens[i].flags & TOKEN_SPACE && !(scan->known[i] & SCAN_CELL);
}

/* Does this document, or the language, use the word in small letters? */
static inline bool scan_ordinary(const struct name_scan *scan, uint32_t i)
{
    return scan_known(scan, i) & SCAN_ORDINARY || scan->lower[scan->tokens[i].word];
}

/* The name of the table that begins at token `i`, or NULL. */
static inline const struct name_match *scan_match_at(const struct name_scan *scan, uint32_t i)
{
    const struct scan_begins *begins = i < scan->n ? &scan->begins[i / 64] : NULL;
    if (!begins || !(begins->bits >> i % 64 & 1))
        return NULL;
    return &g_array_index(scan->matches, struct name_match, begins->before + token_bits(begins->bits & ((UINT64_C(1) << i % 64) - 1)));
}

/* The name of the table that covers token `i`, or NULL. */
static inline const struct name_match *scan_match_over(const struct name_scan *scan, uint32_t i)
{
    if (i >= scan->n)
        return NULL;
    const struct scan_begins *begins = &scan->begins[i / 64];
    uint32_t begun = begins->before + token_bits(begins->bits & (UINT64_MAX >> (63 - i % 64)));
    const struct name_match *m = begun ? &g_array_index(scan->matches, struct name_match, begun - 1) : NULL;
    return m && i < m->after ? m : NULL;
}

/* Does token `i` stand inside a name of the table that begins before it: "Pedro" in "San Pedro Sula"? */
static inline bool scan_inside_match(const struct name_scan *scan, uint32_t i)
{
    const struct name_match *m = scan_match_over(scan, i);
    return m && m->first < i;
}

/* Is every letter of the name a capital? */
bool scan_all_capitals(const struct name_scan *scan, struct span span);

/* "MALI" in a headline is the country; "IT" among small letters is an acronym: do the words beside token `i` shout as well? */
bool scan_shouted(const struct name_scan *scan, uint32_t i);

#endif
