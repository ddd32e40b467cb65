/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/link/attribution.h"

#include "base/limits.h"

/*  Who a sentence credits, and for how much of it (attribution_scope.c):
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
        [ATTRIBUTION_OBJECT] = "object",       [ATTRIBUTION_CONTRAST] = "contrast",
    };
    return cue_table_new("/extract/names/attribution_words.tsv", classes, ATTRIBUTION_WORDS);
}

static void add(struct attribution_scan *s, struct attributed_sentence *sentence, uint32_t first, uint32_t after, const struct source_found *source, unsigned sides,
                const char *rule)
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
    mention.attribution.holds = attribution_holds(s, sentence, first, after, sides);
    if (source->first < source->after)
        mention.attribution.source_span = (struct span){s->tokens[source->first].span.start, s->tokens[source->after - 1].span.end};
    if (attributions->len < LIMIT_MENTIONS)
        g_array_append_val(attributions, mention);
    sentence->last = source->name;
    sentence->credited = after;
}

/* "publicly", "públicamente", "publiquement"; not "the family". */
static bool adverb(const struct attribution_scan *s, uint32_t i)
{
    static const char *const ends[LANGUAGES] = {"ly", "mente", "ment"};
    struct slice word = token_text(s->doc, &s->tokens[i]);
    bool noun = i > 0 && s->tokens[i - 1].class == TOKEN_WORD && lexicon_word(s->lexicon, s->language, s->tokens[i - 1].hash) & WORD_ARTICLE;
    return s->tokens[i].class == TOKEN_WORD && !(s->tokens[i].flags & TOKEN_CAPITAL) && word.len > 5 && slice_ends(word, ends[s->language]) && !noun;
}

/* Steps back over "has also publicly". */
static uint32_t before_auxiliaries(const struct attribution_scan *s, uint32_t i, uint32_t start)
{
    for (bool again = true; again && i > start;) {
        again = adverb(s, i - 1);
        i -= again;
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

/* Does the sentence before have the word? */
static bool spoken_of(const struct attribution_scan *s, const struct attributed_sentence *sentence, uint32_t hash)
{
    for (uint32_t i = sentence->before_first; i < sentence->first; i++)
        if (s->tokens[i].class == TOKEN_WORD && s->tokens[i].hash == hash)
            return true;
    return false;
}

/* "It", "the commission", "the report": whom the words before name, if the noun fits. */
static bool refers(const struct attribution_scan *s, const struct attributed_sentence *sentence, uint32_t first, uint32_t after, const char *name)
{
    const struct cue *cue = attribution_cue(s, first, ATTRIBUTION_PRONOUN);
    if (!name || !cue)
        return false;
    if (after - first == 1 || cue->value == 0)
        return true;
    if (cue->value == 2)
        return spoken_of(s, sentence, s->tokens[after - 1].hash);
    g_autofree char *noun = slice_dup(token_text(s->doc, &s->tokens[after - 1]));
    g_autofree char *a = g_utf8_casefold(noun, -1), *b = g_utf8_casefold(name, -1);
    return strstr(b, a) != NULL;
}

/* The sides of a subject and its verb that what is said stands on; 0: nothing is said. */
static unsigned sides_of(const struct attribution_scan *s, const struct attributed_sentence *sentence, uint32_t first, uint32_t after, const struct cue *verb, bool counts)
{
    bool parted = attribution_parted(s, sentence, first), says = attribution_says(s, sentence, after, verb->value, counts);
    if (parted && !counts && verb->value != 1 && attribution_trails(s, sentence, after))
        return SIDE_BEFORE | (attribution_sign(s, after, ',') ? SIDE_BEHIND : 0);
    return says ? SIDE_BEHIND : 0;
}

static bool subject_says(struct attribution_scan *s, struct attributed_sentence *sentence, uint32_t verb, const struct cue *cue, bool counts)
{
    uint32_t end = before_auxiliaries(s, verb, sentence->first), pronoun = pronoun_before(s, end, sentence->first);
    struct source_found source = {.first = pronoun, .after = end, .name = sentence->last ? sentence->last : sentence->before};
    bool referred = pronoun != NONE && refers(s, sentence, pronoun, end, source.name);
    const struct cue *noun = pronoun == NONE || end == pronoun + 1 ? NULL : attribution_cue(s, pronoun, ATTRIBUTION_PRONOUN);
    if (!referred && ((pronoun != NONE && (!noun || noun->value == 2)) || !source_before(s, end, sentence->first, &source) || (counts && source.place) || (cue->value == 1 && source.gap > 0)))
        return false;
    unsigned sides = sides_of(s, sentence, source.first, verb + cue->n, cue, counts);
    if (sides == 0)
        return false;
    add(s, sentence, source.first, verb + cue->n, &source, sides, referred ? "attribution.pronoun" : "attribution.subject");
    return true;
}

/* ", said X" and, in Spanish and French, "informó X". */
static bool subject_behind(struct attribution_scan *s, struct attributed_sentence *sentence, uint32_t verb, const struct cue *cue)
{
    uint32_t i = verb + cue->n;
    bool parted = attribution_parted(s, sentence, verb);
    struct source_found source;
    if ((!parted && s->language == LANGUAGE_EN) || i >= sentence->after || !source_after(s, i, sentence->after, &source) || source.first > i + 3)
        return false;
    if (!parted && (cue->value != 2 || source.place) && !attribution_says(s, sentence, source.after, 0, false)) /* "declaró la Calamidad Pública" */
        return false;
    add(s, sentence, verb, source.after, &source, (parted ? SIDE_BEFORE : 0) | SIDE_BEHIND, "attribution.behind");
    return true;
}

/* "according to X", "reported by X": of what stands before, unless the sentence begins with it; and, between commas, of what follows, too. */
static bool according(struct attribution_scan *s, struct attributed_sentence *sentence, uint32_t i, const struct cue *cue, uint32_t *after)
{
    struct source_found source;
    bool second = i > sentence->credited && sentence->credited > sentence->first && i <= sentence->credited + 6 && !attribution_parted(s, sentence, i) &&
                  lexicon_word(s->lexicon, s->language, s->tokens[i - 1].hash) & WORD_JOINT; /* "según X y datos de Y" */
    if (second || !source_after(s, i + cue->n, sentence->after, &source))
        return false;
    add(s, sentence, i, source.after, &source, SIDE_BEFORE | SIDE_BEHIND, "attribution.according");
    *after = source.after;
    return true;
}

static bool credited_at(struct attribution_scan *s, struct attributed_sentence *sentence, uint32_t i, uint32_t *after)
{
    const struct cue *cue = attribution_cue(s, i, ATTRIBUTION_ACCORDING);
    if (cue && according(s, sentence, i, cue, after))
        return true;
    const struct cue *say = attribution_cue(s, i, ATTRIBUTION_SAY), *count = attribution_cue(s, i, ATTRIBUTION_COUNT);
    const struct cue *verb = say ? say : count;
    if (!verb || (s->tokens[i].flags & TOKEN_CAPITAL && i > sentence->first))
        return false;
    *after = i + verb->n;
    return subject_says(s, sentence, i, verb, !say) || (say && verb->value != 1 && subject_behind(s, sentence, i, verb));
}

/* Without a credit, the actor that a sentence begins with is who "it" is in the next. */
static const char *first_actor(const struct attribution_scan *s, uint32_t *cursor, const struct attributed_sentence *sentence)
{
    enum { SUBJECT_TOKENS = 2 };
    if (sentence->first >= sentence->after)
        return NULL;
    uint32_t start = s->tokens[sentence->first].span.start, last = s->tokens[MIN(sentence->first + SUBJECT_TOKENS, sentence->after - 1)].span.start;
    while (*cursor < s->n_actors && s->actors[*cursor].span.start < start)
        (*cursor)++;
    return *cursor < s->n_actors && s->actors[*cursor].span.start <= last ? s->actors[*cursor].actor.canonical : NULL;
}

static void scan_sentence(struct attribution_scan *s, struct attributed_sentence *sentence)
{
    while (*s->place < sentence->first)
        s->place++;
    while (*s->place < sentence->after) {
        uint32_t i = *s->place++, after = i;
        if (s->tokens[i].class == TOKEN_WORD && credited_at(s, sentence, i, &after))
            while (*s->place < MIN(after, sentence->after))
                s->place++;
    }
}

/* Sentence `i`, behind the sentence `before`; nobody is credited yet, but whom it begins with. */
static struct attributed_sentence sentence_behind(const struct attribution_scan *s, uint32_t i, const struct attributed_sentence *before, uint32_t *actor)
{
    const struct sentence *read = &DOCUMENT_AT(s->doc->sentences, struct sentence, i);
    bool goes_on = before->sentence + 1 == i && read->passage == before->passage;
    uint32_t first = extraction_token(s->x, read->span.start);
    struct attributed_sentence sentence = {
        .passage = read->passage, .sentence = i, .first = first, .after = extraction_token(s->x, read->span.end), .credited = first,
        .before_first = goes_on ? before->first : first, .before = !goes_on ? NULL : before->last ? before->last : before->named,
    };
    sentence.named = first_actor(s, actor, &sentence);
    return sentence;
}

/* The tokens that may begin words that credit someone, by their first two; UINT32_MAX ends them. The caller frees them. Few words do: they are gathered first, without
 * a branch that depends on them. */
static uint32_t *crediting_places(const struct attribution_scan *s)
{
    static const uint64_t crediting = 1u << ATTRIBUTION_ACCORDING | 1u << ATTRIBUTION_SAY | 1u << ATTRIBUTION_COUNT;
    const struct token *tokens = s->tokens;
    g_autofree uint8_t *may = g_new(uint8_t, MAX(s->cues.words, 1));
    uint32_t *places = g_new(uint32_t, s->n + 1), found = 0, kept = 0;
    for (uint32_t i = 0; i < s->cues.words; i++)
        may[i] = (cue_text_start(&s->cues, i)->classes & crediting) != 0;
    for (uint32_t i = 0, n = s->n; i < n; i++) {
        places[found] = i;
        found += may[tokens[i].word];
    }
    for (uint32_t k = 0; k < found; k++) {
        uint32_t i = places[k];
        token_fetch(tokens, places, k, found);
        const struct cue_start *start = cue_text_start(&s->cues, tokens[i].word);
        bool longer = i + 1 < s->n && start->seconds >> (tokens[i + 1].hash & 63) & 1;
        places[kept] = i;
        kept += longer || start->alone & crediting;
    }
    places[kept] = UINT32_MAX;
    return places;
}

void extract_attributions(struct extraction *x)
{
    GArray *actors = mentions_of(x->mentions, MENTION_ACTOR), *locations = mentions_of(x->mentions, MENTION_LOCATION), *figures = mentions_of(x->mentions, MENTION_FIGURE);
    GArray *periods = mentions_of(x->mentions, MENTION_PERIOD);
    struct attribution_scan s = {
        .x = x, .doc = x->doc, .lexicon = x->extractor->lexicon, .language = language_of_document(x->doc),
        .tokens = (const void *)x->tokens->data, .n = x->tokens->len, .actors = (const void *)actors->data, .n_actors = actors->len,
        .locations = (const void *)locations->data, .n_locations = locations->len, .figures = (const void *)figures->data, .n_figures = figures->len,
        .periods = (const void *)periods->data, .n_periods = periods->len,
    };
    cue_text_init(&s.cues, x->extractor->attributions, s.language, x->tokens, x->words);
    g_autofree uint32_t *places = crediting_places(&s);
    s.place = places;
    struct attributed_sentence sentence = {.passage = NONE, .sentence = NONE - 1};
    uint32_t actor = 0;
    for (guint i = 0; i < x->doc->sentences->len && *s.place != UINT32_MAX; i++) {
        const struct sentence *read = &DOCUMENT_AT(x->doc->sentences, struct sentence, i);
        if (s.tokens[*s.place].span.start >= read->span.end) /* no word in it credits anyone: most sentences */
            continue;
        if (i > 0 && sentence.sentence != i - 1)
            sentence = sentence_behind(&s, i - 1, &sentence, &actor);
        sentence = sentence_behind(&s, i, &sentence, &actor);
        scan_sentence(&s, &sentence);
    }
    cue_text_clear(&s.cues);
}
