/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_EXTRACT_PASS_H
#define CITABLE_EXTRACT_PASS_H

#include "extract/mention.h"
#include "extract/token.h"

/* What is loaded once per run and shared by all documents: rules compiled, gazetteers. Read-only after extractor_new, so a forked worker shares it. */
struct extractor;

/* rules: a user's own folder of rules and, in names/, of names, read after ours, or NULL. Errors: RULE. The caller frees it. */
bool extractor_new(const char *rules, struct extractor **ret, GError **error);
/* The same for one short text, a question: ours alone, soon made, slower for what is long, and without a version. */
bool extractor_new_brief(struct extractor **ret, GError **error);
void extractor_free(struct extractor *extractor);

/* Appends a line for each row of the user's names that can have no effect or contradicts another; returns how many. */
unsigned extractor_lint(const struct extractor *extractor, GString *report);

/* What a rule did at a span of the text: for `rules explain` and for the tests of the rules. */
struct rule_event {
    const char *rule; /* id */
    struct span span;
    bool used;        /* false: it matched, but `why` it had no effect */
    const char *why;  /* static, or lives as long as the extractor */
};

struct name_scan;

/* One document on its way through the passes. */
struct extraction {
    const struct extractor *extractor;
    const struct document *doc;
    GArray *tokens; /* struct token */
    GArray *words;  /* uint32_t: the different hashes of the tokens, by token.word */
    struct token_starts *starts; /* of the tokens, or NULL */
    struct mentions *mentions;
    GArray *numbers; /* made by the pass "number", read by those after it */
    struct name_scan *names; /* what the text says of names: made by the first pass that asks (name_scan.h) */
    GArray *trace; /* struct rule_event, or NULL: nobody asks */
    GPtrArray *troubles; /* char *: rules that hit a match limit, one line each; never "no match" in silence */
    uint32_t passage, sentence; /* that were looked for last: the next one is near */
};

/* The passage or sentence that holds a byte of the text; NONE between passages. */
static inline uint32_t extraction_passage(struct extraction *x, uint32_t at)
{
    return document_passage_near(x->doc, at, &x->passage);
}

static inline uint32_t extraction_sentence(struct extraction *x, uint32_t at)
{
    return document_sentence_near(x->doc, at, &x->sentence);
}

/* Index of the first token that starts at or behind a byte. */
static inline uint32_t extraction_token(const struct extraction *x, uint32_t at)
{
    return x->starts ? token_from(x->starts, at) : token_at(x->tokens, at);
}

struct pass {
    const char *name;
    void (*run)(struct extraction *x);
};

/* Runs every pass over the document. The caller frees the mentions. */
struct mentions *extractor_run(const struct extractor *extractor, const struct document *doc, GPtrArray *troubles);

/* The same, and appends to `trace` (struct rule_event) what each rule did. */
struct mentions *extractor_trace(const struct extractor *extractor, const struct document *doc, GPtrArray *troubles, GArray *trace);

/* Bytes that change when rules, names or passes change: a document read under another version is read again. Static. */
const char *extractor_version(const struct extractor *extractor);

/* The passes, one row each in pass.c. */
void extract_notes(struct extraction *x);
void extract_numbers(struct extraction *x);
void extract_periods(struct extraction *x);
void extract_locations(struct extraction *x);
void extract_actors(struct extraction *x);
void extract_figures(struct extraction *x);
void extract_attributions(struct extraction *x);
void extract_links(struct extraction *x);

#endif
