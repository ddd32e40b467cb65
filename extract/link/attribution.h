/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_EXTRACT_ATTRIBUTION_H
#define CITABLE_EXTRACT_ATTRIBUTION_H

#include "extract/cue.h"
#include "extract/extractor.h"

/* Inside the attribution pass only. */

/* What words do in crediting someone (names/attribution_words.tsv). */
enum attribution_word {
    ATTRIBUTION_ACCORDING, /* "according to", "reported by": the source follows */
    ATTRIBUTION_SAY,       /* "found that": the source is its subject (1: also a noun or participle, "reports": only before what is said) */
    ATTRIBUTION_COUNT,     /* "recorded": the same, but a country that records is no source */
    ATTRIBUTION_AUX,       /* "has also": between subject and verb */
    ATTRIBUTION_NOUN,      /* study, officials: may be a source without a name (1: data, figures: not as the one word) */
    ATTRIBUTION_PRONOUN,   /* it, the agency: the source of the sentence before (1: only one of that name, "the commission") */
    ATTRIBUTION_CONNECTOR, /* inside a name or noun phrase */
    ATTRIBUTION_BY,        /* "a study by": whose it is */
    ATTRIBUTION_OBJECT,    /* "that", "at least": what is said begins */
    ATTRIBUTION_WORDS
};

struct attribution_scan {
    struct extraction *x;
    const struct document *doc;
    const struct cue_table *words;
    const struct lexicon *lexicon;
    enum language language;
    const struct token *tokens;
    uint32_t n;
    uint64_t *classes; /* of the words that may begin at each token */
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

struct cue_table *attribution_words_new(void);

/* attribution_source.c: the noun phrase that begins with token i, before `limit`; the one that ends before token `end`, from `start` on. */
bool source_after(const struct attribution_scan *s, uint32_t i, uint32_t limit, struct source_found *ret);
bool source_before(const struct attribution_scan *s, uint32_t end, uint32_t start, struct source_found *ret);

static inline const struct cue *attribution_cue(const struct attribution_scan *s, uint32_t i, enum attribution_word word)
{
    return i < s->n && s->classes[i] >> word & 1 ? cue_of(s->words, s->language, s->x->tokens, i, word) : NULL;
}

static inline bool attribution_sign(const struct attribution_scan *s, uint32_t i, const char *text)
{
    return i < s->n && s->tokens[i].class == TOKEN_SIGN && slice_is(document_slice(s->doc, s->tokens[i].span), text);
}

#endif
