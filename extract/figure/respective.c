/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/figure/phrase.h"

#include "base/sorted.h"

/*  "Civilians killed and injured decreased by 18 per cent (635 to 519) and 41 per cent (676 to 396), respectively":
 *
 *    killed   18 per cent, 635, 519      the first half of the sentence's figures
 *    injured  41 per cent, 676, 396      the second
 */

/* How many figures of the sentence stand before the word at byte `end`; *first = the first of them. */
static guint figures_of(const struct figure_scan *s, uint32_t sentence, uint32_t end, guint *first)
{
    const GArray *figures = mentions_of(s->x->mentions, MENTION_FIGURE);
    guint from = SORTED_FROM(figures, struct mention, span.start, DOCUMENT_AT(s->doc->sentences, struct sentence, sentence).span.start), after = from;
    while (after < figures->len && g_array_index(figures, struct mention, after).span.start < end)
        after++;
    *first = from;
    return after - from;
}

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

void figure_respective(struct figure_scan *s)
{
    static const char *const words[LANGUAGES] = {"respectively", "respectivamente", "respectivement"};
    uint32_t hash = token_hash(slice_of(words[s->language])), word = 0;
    while (word < s->x->words->len && g_array_index(s->x->words, uint32_t, word) != hash)
        word++;
    for (uint32_t i = word < s->x->words->len ? 0 : s->n_tokens; i < s->n_tokens; i++) { /* most texts do not say it */
        uint32_t sentence = s->tokens[i].word == word ? document_sentence_at(s->doc, s->tokens[i].span.start) : NONE;
        guint first, n = sentence == NONE ? 0 : figures_of(s, sentence, s->tokens[i].span.start, &first);
        if (n >= 2 && n % 2 == 0)
            give_each(s, first, n);
    }
}
