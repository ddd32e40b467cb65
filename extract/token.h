/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_EXTRACT_TOKEN_H
#define CITABLE_EXTRACT_TOKEN_H

#include "ingest/document.h"

/* One tokenizer for rules, gazetteer, units and number words: computed once per document. */
enum token_class {
    TOKEN_WORD,   /* letters, with inner apostrophes and combining marks; hyphens part words */
    TOKEN_NUMBER, /* ASCII digits alone: "566,700" is three tokens */
    TOKEN_SIGN    /* one character that is neither */
};

enum token_flag {
    TOKEN_CAPITAL = 1 << 0,  /* a word whose first letter is a capital */
    TOKEN_ALLCAPS = 1 << 1,  /* all letters are capitals, two or more */
    TOKEN_SPACE = 1 << 2,    /* white space before it */
    TOKEN_SENTENCE = 1 << 3, /* first of a sentence */
    TOKEN_PASSAGE = 1 << 4,  /* first of a passage, or of a cell of a table's row */
    TOKEN_APOSTROPHE = 1 << 5, /* a word with one in it or at its end: "China's", "l'" */
    TOKEN_CAPITALS = 1 << 6   /* two letters or more are capitals: "IDMC", "CoE" */
};

struct token {
    struct span span;
    uint32_t hash;  /* token_hash of its text */
    uint32_t word;  /* which of the text's different hashes that is; see token_words */
    union {
        struct {
            uint8_t class;  /* enum token_class */
            uint8_t flags;
            uint16_t sign;  /* the character of a sign; 0: no sign, or one beyond U+FFFF */
        };
        uint32_t head; /* all three, for who writes them */
    };
};

/* A token's text; it lies in the document, so that nothing is left to check. */
static inline struct slice token_text(const struct document *doc, const struct token *token)
{
    return slice_make(doc->text->str + token->span.start, token->span.end - token->span.start);
}

/* Case- and accent-folded 32-bit hash: "México", "MEXICO" and "mexico" are one. Bytes that are not letters count as they are. */
uint32_t token_hash(struct slice text);

/* The same of what is folded already (token_fold). */
uint32_t token_hash_folded(const char *folded, size_t len);

/* Folds one word as token_hash does (lower case, no diacritics); returns the number of bytes written, at most `size`. */
size_t token_fold(struct slice text, char *folded, size_t size);

/* Appends to `hashes`, of uint32_t, those of a text's tokens, parted as a document's are. */
void token_hashes(struct slice text, GArray *hashes);

/* All tokens of the document, in order: GArray of struct token, owned by the caller. */
GArray *tokens_new(const struct document *doc);

/* The different hashes of a text's tokens, in the order in which they first stand there; numbers the tokens' `word` by them. What is asked of every
 * token is asked once of each of these: a text of a thousand tokens has some four hundred. GArray of uint32_t, owned by the caller. */
GArray *token_words(GArray *tokens);

/* Where tokens start, a bit a byte, and how many start before: which token stands at a byte is known without looking for it. */
enum { TOKEN_STARTS_BYTES = 64 };
struct token_starts {
    uint32_t len; /* bytes of the text */
    struct {
        uint64_t starts;
        uint32_t before;
    } blocks[];
};

/* As tokens_new, with where they start; the caller frees it with g_free. */
GArray *tokens_new_starts(const struct document *doc, struct token_starts **ret);

/* How many bits are set; processors that count them themselves are younger than what we are built for. */
static inline uint32_t token_bits(uint64_t bits)
{
    bits -= bits >> 1 & UINT64_C(0x5555555555555555);
    bits = (bits & UINT64_C(0x3333333333333333)) + (bits >> 2 & UINT64_C(0x3333333333333333));
    return (uint32_t)(((bits + (bits >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f)) * UINT64_C(0x0101010101010101) >> 56);
}

/* Index of the first token that starts at or after a clean byte. */
static inline uint32_t token_from(const struct token_starts *starts, uint32_t clean)
{
    uint32_t at = MIN(clean, starts->len), i = at / TOKEN_STARTS_BYTES;
    return starts->blocks[i].before + token_bits(starts->blocks[i].starts & ((UINT64_C(1) << at % TOKEN_STARTS_BYTES) - 1));
}

/* Asks memory for a token that is looked at soon: of `n` places, which one goes through in order and is at place k. The tokens of a long text lie in no cache, and which
 * of them come next only the places tell. */
static inline void token_fetch(const struct token *tokens, const uint32_t *places, uint32_t k, uint32_t n)
{
    enum { AHEAD = 10 };
    __builtin_prefetch(&tokens[places[MIN(k + AHEAD, n - 1)]]);
}

/* token_from without them: by a search. */
uint32_t token_at(const GArray *tokens, uint32_t clean);

#endif
