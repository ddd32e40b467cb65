/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/link/attribution.h"

#include "base/limits.h"

/*  Who a sentence credits:
 *
 *    according to X        the source follows the words
 *    X found that …        it is the verb's subject
 *    …, said X             or stands behind it, after a comma or quotation mark
 *    it also found that …  the source of the sentence before */

struct cue_table *attribution_words_new(void)
{
    static const char *const classes[ATTRIBUTION_WORDS] = {
        [ATTRIBUTION_ACCORDING] = "according", [ATTRIBUTION_SAY] = "say",         [ATTRIBUTION_COUNT] = "count",         [ATTRIBUTION_AUX] = "aux",
        [ATTRIBUTION_NOUN] = "noun",           [ATTRIBUTION_PRONOUN] = "pronoun", [ATTRIBUTION_CONNECTOR] = "connector", [ATTRIBUTION_BY] = "by",
        [ATTRIBUTION_OBJECT] = "object",
    };
    return cue_table_new("/extract/names/attribution_words.tsv", classes, ATTRIBUTION_WORDS);
}

/* The sentence in work, and what the one before leaves to its pronouns. */
struct sentence_scan {
    uint32_t passage, sentence;
    uint32_t first, after;  /* tokens */
    const char *before;     /* source of the sentence before in the paragraph, else its first actor; or NULL */
    const char *last;       /* the same of this sentence */
};

static void add(struct attribution_scan *s, struct sentence_scan *sentence, uint32_t first, uint32_t after, const struct source_found *source, const char *rule)
{
    GArray *attributions = mentions_of(s->x->mentions, MENTION_ATTRIBUTION);
    struct mention mention = {
        .type = MENTION_ATTRIBUTION,
        .span = {s->tokens[first].span.start, s->tokens[after - 1].span.end},
        .passage = sentence->passage,
        .sentence = sentence->sentence,
        .rule = rule,
    };
    mention.attribution.source = source->name;
    if (source->first < source->after)
        mention.attribution.source_span = (struct span){s->tokens[source->first].span.start, s->tokens[source->after - 1].span.end};
    if (attributions->len < LIMIT_MENTIONS)
        g_array_append_val(attributions, mention);
    sentence->last = source->name;
}

/* Steps back over "has also". */
static uint32_t before_auxiliaries(const struct attribution_scan *s, uint32_t i, uint32_t start)
{
    for (bool again = true; again && i > start;) {
        again = false;
        for (uint32_t n = 1; n <= 2 && i >= start + n && !again; n++) {
            const struct cue *cue = attribution_cue(s, i - n, ATTRIBUTION_AUX);
            if (cue && cue->n == n) {
                i -= n;
                again = true;
            }
        }
    }
    return i;
}

/* A pronoun that ends right before token `end` and begins its clause. */
static uint32_t pronoun_before(const struct attribution_scan *s, uint32_t end, uint32_t start)
{
    for (uint32_t n = 1; n <= 3 && end >= start + n; n++) {
        const struct cue *cue = attribution_cue(s, end - n, ATTRIBUTION_PRONOUN);
        if (cue && cue->n == n)
            return end - n;
    }
    return NONE;
}

/* "It", "the commission": whom the words before name, if the noun fits. */
static bool refers(const struct attribution_scan *s, uint32_t first, uint32_t after, const char *name)
{
    if (!name)
        return false;
    if (after - first == 1)
        return true;
    const struct cue *cue = attribution_cue(s, first, ATTRIBUTION_PRONOUN);
    g_autofree char *noun = slice_dup(document_slice(s->doc, s->tokens[after - 1].span));
    g_autofree char *a = g_utf8_casefold(noun, -1), *b = g_utf8_casefold(name, -1);
    return (cue && cue->value == 0) || strstr(b, a) != NULL;
}

static bool subject_says(struct attribution_scan *s, struct sentence_scan *sentence, uint32_t verb, const struct cue *cue, bool counts)
{
    uint32_t end = before_auxiliaries(s, verb, sentence->first), pronoun = pronoun_before(s, end, sentence->first);
    struct source_found source = {.first = pronoun, .after = end, .name = sentence->last ? sentence->last : sentence->before};
    if (pronoun != NONE && refers(s, pronoun, end, source.name)) {
        add(s, sentence, pronoun, verb + cue->n, &source, "attribution.pronoun");
        return true;
    }
    if (end == pronoun + 1 || !source_before(s, end, sentence->first, &source) || (counts && source.place) || (cue->value == 1 && source.gap > 0))
        return false;
    add(s, sentence, source.first, verb + cue->n, &source, "attribution.subject");
    return true;
}

/* ", said X" and, in Spanish and French, "informó X". */
static bool subject_behind(struct attribution_scan *s, struct sentence_scan *sentence, uint32_t verb, const struct cue *cue)
{
    uint32_t i = verb + cue->n;
    bool quoted = verb > sentence->first && (attribution_sign(s, verb - 1, ",") || attribution_sign(s, verb - 1, "”") || attribution_sign(s, verb - 1, "\"") || attribution_sign(s, verb - 1, "»"));
    struct source_found source;
    if ((!quoted && s->language == LANGUAGE_EN) || i >= sentence->after || !source_after(s, i, sentence->after, &source) || source.first > i + 1)
        return false;
    add(s, sentence, verb, source.after, &source, "attribution.behind");
    return true;
}

/* Behind "reports" what is said must begin: "IDMC reports 300 cases", not "media reports of violence". */
static bool object_follows(const struct attribution_scan *s, uint32_t i, uint32_t end)
{
    if (i >= end || s->tokens[i].class != TOKEN_WORD)
        return true;
    return attribution_cue(s, i, ATTRIBUTION_OBJECT) || lexicon_number(s->lexicon, s->language, s->tokens[i].hash);
}

static bool credited_at(struct attribution_scan *s, struct sentence_scan *sentence, uint32_t i, uint32_t *after)
{
    const struct cue *cue = attribution_cue(s, i, ATTRIBUTION_ACCORDING);
    struct source_found source;
    if (cue && source_after(s, i + cue->n, sentence->after, &source)) {
        add(s, sentence, i, source.after, &source, "attribution.according");
        *after = source.after;
        return true;
    }
    const struct cue *say = attribution_cue(s, i, ATTRIBUTION_SAY), *count = attribution_cue(s, i, ATTRIBUTION_COUNT);
    const struct cue *verb = say ? say : count;
    if (!verb || (s->tokens[i].flags & TOKEN_CAPITAL && i > sentence->first))
        return false;
    *after = i + verb->n;
    if (verb->value == 1 && !object_follows(s, *after, sentence->after))
        return false;
    return subject_says(s, sentence, i, verb, !say) || (say && subject_behind(s, sentence, i, verb));
}

/* Without a credit, the actor a sentence names first is who "it" is in the next. */
static const char *first_actor(const struct attribution_scan *s, uint32_t *cursor, struct span span)
{
    while (*cursor < s->n_actors && s->actors[*cursor].span.start < span.start)
        (*cursor)++;
    return *cursor < s->n_actors && s->actors[*cursor].span.end <= span.end ? s->actors[*cursor].actor.canonical : NULL;
}

static void scan_sentence(struct attribution_scan *s, struct sentence_scan *sentence)
{
    for (uint32_t i = sentence->first; i < sentence->after;) {
        uint32_t after;
        bool found = s->tokens[i].class == TOKEN_WORD && s->classes[i] && credited_at(s, sentence, i, &after);
        i = found ? after : i + 1;
    }
}

void extract_attributions(struct extraction *x)
{
    GArray *actors = mentions_of(x->mentions, MENTION_ACTOR), *locations = mentions_of(x->mentions, MENTION_LOCATION), *figures = mentions_of(x->mentions, MENTION_FIGURE);
    GArray *periods = mentions_of(x->mentions, MENTION_PERIOD);
    struct attribution_scan s = {
        .x = x, .doc = x->doc, .words = x->extractor->attributions, .lexicon = x->extractor->lexicon, .language = language_of_document(x->doc),
        .tokens = (const void *)x->tokens->data, .n = x->tokens->len, .actors = (const void *)actors->data, .n_actors = actors->len,
        .locations = (const void *)locations->data, .n_locations = locations->len, .figures = (const void *)figures->data, .n_figures = figures->len,
        .periods = (const void *)periods->data, .n_periods = periods->len,
    };
    s.classes = cue_classes(s.words, s.language, x->tokens);
    struct sentence_scan sentence = {.passage = NONE};
    uint32_t actor = 0;
    for (guint i = 0; i < x->doc->sentences->len; i++) {
        const struct sentence *read = &DOCUMENT_AT(x->doc->sentences, struct sentence, i);
        sentence.before = read->passage == sentence.passage ? sentence.last : NULL;
        sentence.last = NULL;
        sentence.passage = read->passage;
        sentence.sentence = i;
        sentence.first = token_ahead(x->tokens, sentence.after, read->span.start);
        sentence.after = token_ahead(x->tokens, sentence.first, read->span.end);
        scan_sentence(&s, &sentence);
        const char *named = first_actor(&s, &actor, read->span);
        if (!sentence.last)
            sentence.last = named;
    }
    g_free(s.classes);
}
