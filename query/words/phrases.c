/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/words/phrases.h"

GHashTable *phrases_new(void)
{
    return g_hash_table_new(NULL, NULL);
}

static void add_phrase(GHashTable *phrases, const struct lexis *lexis, const char *text, uint32_t row, const char *name)
{
    struct words *words = words_new(lexis, slice_of(text));
    struct phrase phrase = {.n = words->terms->len, .row = row};
    if (phrase.n == 0 || phrase.n > PHRASE_WORDS)
        g_error("query/words/%s: '%s' is no phrase", name, text);
    for (uint32_t i = 0; i < phrase.n; i++)
        phrase.words[i] = term_of(words, i)->plain;
    GArray *list = g_hash_table_lookup(phrases, GUINT_TO_POINTER(phrase.words[0]));
    if (!list) {
        list = g_array_new(FALSE, FALSE, sizeof(struct phrase));
        g_hash_table_insert(phrases, GUINT_TO_POINTER(phrase.words[0]), list);
    }
    guint at = 0;
    while (at < list->len && g_array_index(list, struct phrase, at).n >= phrase.n)
        at++;
    g_array_insert_val(list, at, phrase);
    words_free(words);
}

void phrases_add(GHashTable *phrases, const struct lexis *lexis, const char *cell, uint32_t row, const char *name)
{
    g_auto(GStrv) forms = g_strsplit(cell, "|", -1);
    for (char **form = forms; *form; form++)
        add_phrase(phrases, lexis, g_strstrip(*form), row, name);
}

const struct phrase *phrases_at(GHashTable *phrases, const struct words *words, struct span within, uint32_t row)
{
    const GArray *list = g_hash_table_lookup(phrases, GUINT_TO_POINTER(term_of(words, within.start)->plain));
    for (guint k = 0; list && k < list->len; k++) {
        const struct phrase *phrase = &g_array_index(list, struct phrase, k);
        uint32_t n = 1;
        while (n < phrase->n && within.start + n < within.end && term_of(words, within.start + n)->plain == phrase->words[n])
            n++;
        if (n == phrase->n && (row == NONE || row == phrase->row))
            return phrase;
    }
    return NULL;
}
