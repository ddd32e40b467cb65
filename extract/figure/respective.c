/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/figure/phrase.h"

/*  "Civilians killed and injured decreased by 18 per cent (635 to 519) and 41 per cent (676 to 396), respectively":
 *
 *    killed   18 per cent, 635, 519      the first half of the sentence's figures
 *    injured  41 per cent, 676, 396      the second
 */

/* "civilians killed" and "civilians injured", of "civilians killed and injured"; false where no two states are joined. The caller frees both. */
static bool part(const struct figure_scan *s, struct span span, char *parts[2])
{
    uint32_t first = token_at(s->x->tokens, span.start), end = token_at(s->x->tokens, span.end);
    uint32_t i = end > first + 2 ? end - 2 : 0;
    if (i <= first || !(figure_word(s, i) & WORD_JOINT) || !(figure_word(s, i - 1) & WORD_STATE) || !(figure_word(s, i + 1) & WORD_STATE))
        return false;
    struct slice before = document_slice(s->doc, (struct span){span.start, s->tokens[i - 1].span.start}), last = figure_text(s, i - 1);
    parts[0] = g_strdup_printf("%.*s%.*s", SLICE_ARG(before), SLICE_ARG(last));
    parts[1] = g_strdup_printf("%.*s%.*s", SLICE_ARG(before), SLICE_ARG(figure_text(s, i + 1)));
    return true;
}

static void give_each(struct figure_scan *s, guint first, guint n)
{
    GArray *figures = mentions_of(s->x->mentions, MENTION_FIGURE);
    char *parts[2];
    const struct figure *whole = &g_array_index(figures, struct mention, first).figure;
    if (!part(s, whole->counted_span, parts))
        return;
    const char *of = whole->counted;
    for (guint i = 0; i < n; i++) {
        struct figure *figure = &g_array_index(figures, struct mention, first + i).figure;
        if (figure->counted && figure->counted != of && !g_str_equal(figure->counted, of))
            continue;
        figure->counted = mentions_intern(s->x->mentions, slice_of(parts[i >= n / 2]));
        figure->counted_span = (struct span){0, 0}; /* what is counted stands apart: "killed … injured" */
    }
    g_free(parts[0]);
    g_free(parts[1]);
}

/* The figures [first, after) of a sentence: those before the word are given their states. */
static void read_sentence(struct figure_scan *s, guint first, guint after, uint32_t word)
{
    const struct mention *figures = (const void *)mentions_of(s->x->mentions, MENTION_FIGURE)->data;
    uint32_t end = DOCUMENT_AT(s->doc->sentences, struct sentence, figures[first].sentence).span.end, i = extraction_token(s->x, figures[first + 1].span.start);
    guint n = 0;
    for (; i < s->n_tokens && s->tokens[i].span.start < end; i++) {
        if (s->tokens[i].word != word)
            continue;
        while (first + n < after && figures[first + n].span.start < s->tokens[i].span.start)
            n++;
        if (n >= 2 && n % 2 == 0)
            give_each(s, first, n);
    }
}

void figure_respective(struct figure_scan *s)
{
    static const char *const words[LANGUAGES] = {"respectively", "respectivamente", "respectivement"};
    const GArray *figures = mentions_of(s->x->mentions, MENTION_FIGURE);
    uint32_t hash = token_hash(slice_of(words[s->language])), word = 0;
    while (word < s->x->words->len && g_array_index(s->x->words, uint32_t, word) != hash)
        word++;
    if (word == s->x->words->len) /* most texts do not say it */
        return;
    for (guint first = 0, after; first < figures->len; first = after) {
        uint32_t sentence = g_array_index(figures, struct mention, first).sentence;
        for (after = first + 1; after < figures->len && g_array_index(figures, struct mention, after).sentence == sentence; after++)
            ;
        if (sentence != NONE && after - first >= 2)
            read_sentence(s, first, after, word);
    }
}
