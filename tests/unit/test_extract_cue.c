/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/cue.h"
#include "extract/period/period.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

enum { WORDS = 3000 };

/* Words that phrases of the table begin and go on with, among others. */
static struct document *shuffled(GRand *random)
{
    static const char *const words[] = {"of", "the", "in", "by", "March", "since", "late", "end", "first", "half", "last", "year", "de", "la", "fin", "año", "desde", "le", "depuis", "mois"};
    struct document *doc = document_new("text");
    for (int i = 0; i < WORDS; i++) {
        g_autofree char *other = g_strdup_printf("w%d", g_rand_int_range(random, 0, 500)), *word = NULL;
        word = g_strdup_printf("%s ", g_rand_int_range(random, 0, 4) > 0 ? words[g_rand_int_range(random, 0, G_N_ELEMENTS(words))] : other);
        document_append(doc, slice_of(word), NONE);
    }
    return doc;
}

static bool stands(const struct cue_table *table, const struct cue *cue, const GArray *tokens, uint32_t i)
{
    for (uint32_t k = 0; k < cue->n; k++)
        if (i + k >= tokens->len || g_array_index(tokens, struct token, i + k).hash != g_array_index(table->hashes, uint32_t, cue->first + k))
            return false;
    return true;
}

/* Of each class the longest cue that begins with token i, of equal ones the first, by a look at all of them; first: the classes of those that begin with its word. */
static void plainly(const struct cue_table *table, enum language language, const GArray *tokens, uint32_t i, const struct cue *best[static PERIOD_WORDS], uint64_t *first)
{
    const struct trigger_table *starts = table->starts[language];
    *first = 0;
    for (guint k = 0; k < starts->pairs->len; k++) {
        const struct cue *cue = &g_array_index(table->cues, struct cue, starts->rows[k]), **of = &best[cue->class];
        if (g_array_index(table->hashes, uint32_t, cue->first) == g_array_index(tokens, struct token, i).hash)
            *first |= UINT64_C(1) << cue->class;
        if (stands(table, cue, tokens, i) && (!*of || cue->n > (*of)->n || (cue->n == (*of)->n && cue->first < (*of)->first)))
            *of = cue;
    }
}

static void longest_of_each_class(void **state)
{
    (void)state;
    struct cue_table *table = period_words_new();
    GRand *random = g_rand_new_with_seed(7);
    for (enum language language = 0; language < LANGUAGES; language++) {
        struct document *doc = shuffled(random);
        g_autoptr(GArray) tokens = tokens_new(doc), words = token_words(tokens);
        struct cue_text text;
        cue_text_init(&text, table, language, tokens, words);
        for (uint32_t i = 0; i < tokens->len; i++) {
            const struct cue *best[PERIOD_WORDS] = {NULL};
            uint64_t first;
            plainly(table, language, tokens, i, best, &first);
            assert_true(cue_text_start(&text, g_array_index(tokens, struct token, i).word)->classes == first);
            for (unsigned class = 0; class < PERIOD_WORDS; class++) {
                const struct cue *found = cue_text_at(&text, i, class);
                assert_int_equal(found != NULL, best[class] != NULL);
                assert_int_equal(found ? found->first : 0, best[class] ? best[class]->first : 0);
                assert_int_equal(cue_text_is(&text, i, class), best[class] != NULL);
            }
        }
        assert_false(cue_text_may(&text, tokens->len, UINT64_MAX));
        cue_text_clear(&text);
        document_free(doc);
    }
    g_rand_free(random);
    cue_table_free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(longest_of_each_class)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
