/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/mark.h"

#include "extract/token.h"
#include "query/words/words.h"

static const struct term *term_at(const struct words *words, uint32_t i)
{
    return &g_array_index(words->terms, struct term, i);
}

static bool starts_with(struct slice word, const char *prefix)
{
    char folded[256], wanted[256];
    size_t len = token_fold(word, folded, sizeof folded), n = token_fold(slice_of(prefix), wanted, sizeof wanted);
    return len >= n && memcmp(folded, wanted, n) == 0;
}

/* Marks terms [first, first + n). */
static void mark(GArray *marked, uint32_t first, uint32_t n)
{
    for (uint32_t i = first; i < first + n; i++)
        g_array_index(marked, char, i) = 1;
}

static void mark_clause(const struct clause *clause, const struct lexis *lexis, struct slice text, const struct words *words, GArray *marked)
{
    struct words *wanted = words_new_plain(lexis, slice_of(clause->text));
    uint32_t n = wanted->terms->len;
    for (uint32_t i = 0; n > 0 && i + n <= words->terms->len; i++) {
        uint32_t same = 0;
        while (same < n && term_at(words, i + same)->stem == term_at(wanted, same)->stem)
            same++;
        const struct term *term = term_at(words, i);
        bool begins = clause->prefix && n == 1 && starts_with(slice_sub(text, term->start, term->end), clause->text);
        if (same == n || begins)
            mark(marked, i, n);
    }
    words_free(wanted);
}

GArray *marks_new(const GPtrArray *clauses, const char *language, struct slice text)
{
    const struct lexis *lexis = lexis_of(language);
    struct words *words = words_new_plain(lexis, text);
    g_autoptr(GArray) marked = g_array_sized_new(FALSE, TRUE, 1, words->terms->len);
    g_array_set_size(marked, words->terms->len);
    for (guint i = 0; i < clauses->len; i++) {
        const struct clause *clause = g_ptr_array_index(clauses, i);
        if (!clause->excluded)
            mark_clause(clause, lexis, text, words, marked);
    }
    GArray *spans = g_array_new(FALSE, FALSE, sizeof(struct span));
    for (uint32_t i = 0; i < words->terms->len; i++) {
        if (!g_array_index(marked, char, i))
            continue;
        struct span span = {term_at(words, i)->start, term_at(words, i)->end};
        while (i + 1 < words->terms->len && g_array_index(marked, char, i + 1))
            span.end = term_at(words, ++i)->end;
        g_array_append_val(spans, span);
    }
    words_free(words);
    return spans;
}
