/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_EXTRACT_ATTRIBUTION_H
#define CITABLE_EXTRACT_ATTRIBUTION_H

#include "extract/cue.h"
#include "extract/extractor.h"

/* Inside the attribution pass only. */

/* What words do in crediting someone (names/attribution_words.tsv). */
enum attribution_word {
    ATTRIBUTION_ACCORDING, /* "according to", "reported by": the source follows */
    ATTRIBUTION_SAY,       /* "found that": the source is its subject, where what is said follows (1: also a noun or participle, "reports": only
                              right before it; 2: does nothing but speak, "said": anything may follow; 3: "concluded": only "that") */
    ATTRIBUTION_COUNT,     /* "recorded": the same, but a country that records is no source */
    ATTRIBUTION_AUX,       /* "has also": between subject and verb */
    ATTRIBUTION_NOUN,      /* officials: may be a source without a name (1: data, findings: only of one that has a name; 2: study, survey: not as the
                              one word, unless "a study"; 3: states, residents: many that are counted, and no source; 4: laws) */
    ATTRIBUTION_PRONOUN,   /* it, the agency: the source of the sentence before (1: only one of that name, "the commission"; 2: only where that sentence
                              has the word, "the report") */
    ATTRIBUTION_CONNECTOR, /* inside a name or noun phrase */
    ATTRIBUTION_BY,        /* "a study by": whose it is */
    ATTRIBUTION_OBJECT,    /* "at least": what is said begins (1: "that", which may also stand a few words behind the verb) */
    ATTRIBUTION_CONTRAST,  /* "while": what follows is another's */
    ATTRIBUTION_WORDS
};

struct attribution_scan {
    struct extraction *x;
    const struct document *doc;
    struct cue_text cues;
    const uint32_t *place; /* the next token that may begin words that credit someone */
    const struct lexicon *lexicon;
    enum language language;
    const struct token *tokens;
    uint32_t n;
    const struct mention *actors, *locations, *figures, *periods;
    uint32_t n_actors, n_locations, n_figures, n_periods;
};

/* A source found in tokens [first, after). */
struct source_found {
    uint32_t first, after;
    const char *name; /* interned: an actor's canonical name, or as printed */
    bool place;       /* a country and no more */
    uint32_t gap;     /* tokens between it and the verb, brackets and appositions left out */
};

/* The sentence in work, and what the one before leaves to its pronouns. */
struct attributed_sentence {
    uint32_t passage, sentence;
    uint32_t first, after;       /* tokens */
    uint32_t before_first;       /* of the sentence before in the paragraph; == first: there is none */
    uint32_t credited;           /* token behind the last attribution of the sentence, or its first */
    const char *before;          /* source of the sentence before in the paragraph, else the actor it begins with; or NULL */
    const char *last;            /* source of this sentence so far, or NULL, and */
    const char *named;           /* the actor that it begins with, or NULL */
};

struct cue_table *attribution_words_new(void);

/* attribution_scope.c: what is said of a verb that ends before token i: does it begin there? `within` = the cue's value. */
bool attribution_says(const struct attribution_scan *s, const struct attributed_sentence *sentence, uint32_t i, int value, bool counts);

/* What an attribution in tokens [first, after) holds for: what follows it, what stands before it, or both. */
enum attribution_side { SIDE_BEHIND = 1, SIDE_BEFORE = 2 };
struct span attribution_holds(const struct attribution_scan *s, const struct attributed_sentence *sentence, uint32_t first, uint32_t after, unsigned sides);

/* ", said X." and ", X said.": parted from what is said by a comma or a quotation mark? Nothing said behind token i? */
bool attribution_parted(const struct attribution_scan *s, const struct attributed_sentence *sentence, uint32_t first);
bool attribution_trails(const struct attribution_scan *s, const struct attributed_sentence *sentence, uint32_t i);

/* attribution_source.c: the noun phrase that begins with token i, before `limit`; the one that ends before token `end`, from `start` on. */
bool source_after(const struct attribution_scan *s, uint32_t i, uint32_t limit, struct source_found *ret);
bool source_before(const struct attribution_scan *s, uint32_t end, uint32_t start, struct source_found *ret);

static inline const struct cue *attribution_cue(const struct attribution_scan *s, uint32_t i, enum attribution_word word)
{
    return cue_text_at(&s->cues, i, word);
}

static inline bool attribution_is(const struct attribution_scan *s, uint32_t i, enum attribution_word word)
{
    return cue_text_is(&s->cues, i, word);
}

static inline bool attribution_sign(const struct attribution_scan *s, uint32_t i, uint16_t sign)
{
    return i < s->n && s->tokens[i].sign == sign;
}

#endif
