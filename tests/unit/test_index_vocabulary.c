/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/segment.h"
#include "index/tokenize.h"
#include "index/vocabulary.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* Words are numbered, kept and put in order as a plain table and a plain comparison would. */
enum { TURNS = 60000, KEPT = 3000 };

static char *random_word(GRand *random)
{
    static const char signs[] = {'a', 'b', 'c', (char)0xC3, (char)0xA9, STEM_ENDS, '=', '\0'};
    int len = g_rand_int_range(random, 0, g_rand_int_range(random, 0, 20) == 0 ? 130 : 11);
    GString *word = g_string_new(NULL);
    for (int i = 0; i < len; i++)
        g_string_append_c(word, signs[g_rand_int_range(random, 0, i < 8 ? 3 : (int)G_N_ELEMENTS(signs) - 1)]);
    return g_string_free(word, FALSE);
}

/* The numbers of words that are met at random are those that the table gave them. */
static void meet(struct vocabulary *vocabulary, GHashTable *table, GPtrArray *words, GRand *random, int turns)
{
    for (int i = 0; i < turns; i++) {
        char *word = random_word(random);
        uint32_t known = GPOINTER_TO_UINT(g_hash_table_lookup(table, word));
        uint32_t number = vocabulary_number(vocabulary, slice_of(word));
        assert_int_equal(number, known ? known : words->len + 1);
        if (known) {
            g_free(word);
            continue;
        }
        g_ptr_array_add(words, word);
        g_hash_table_insert(table, word, GUINT_TO_POINTER(number));
    }
    assert_int_equal(vocabulary_count(vocabulary), words->len);
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* words: become sorted. */
static void check_order(const struct vocabulary *vocabulary, GPtrArray *words)
{
    guint n = words->len;
    g_autofree uint32_t *numbers = g_new(uint32_t, n);
    for (uint32_t i = 0; i < n; i++)
        numbers[i] = (i * UINT32_C(7919)) % n + 1;
    assert_int_not_equal(n % 7919, 0); /* each once, then */
    vocabulary_sort(vocabulary, numbers, n);
    qsort(words->pdata, n, sizeof *words->pdata, by_bytes);
    for (uint32_t i = 0; i < n; i++) {
        struct slice word = vocabulary_word(vocabulary, numbers[i]);
        assert_int_equal(word.ptr[0], SEGMENT_WORDS);
        assert_true(slice_equal(slice_sub(word, 1, word.len), slice_of(g_ptr_array_index(words, i))));
    }
}

static void numbers_words_as_a_table_does(void **state)
{
    (void)state;
    GRand *random = g_rand_new_with_seed(11);
    struct vocabulary *vocabulary = vocabulary_new();
    g_autoptr(GHashTable) table = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
    meet(vocabulary, table, words, random, TURNS);
    assert_true(words->len > 2 * KEPT);
    for (guint i = KEPT; i < words->len; i++)
        g_hash_table_remove(table, g_ptr_array_index(words, i));
    g_ptr_array_set_size(words, KEPT);
    vocabulary_keep(vocabulary, KEPT);
    meet(vocabulary, table, words, random, TURNS);
    check_order(vocabulary, words);
    vocabulary_keep(vocabulary, 0);
    assert_int_equal(vocabulary_number(vocabulary, slice_of("camp")), 1);
    vocabulary_free(vocabulary);
    g_rand_free(random);
}

static void forms_of_a_stem_are_of_one_part(void **state)
{
    (void)state;
    uint32_t parts[7] = {0};
    for (int i = 0; i < 700; i++) {
        g_autofree char *stem = g_strdup_printf("stem%d", i), *form = g_strdup_printf("%s\x01s", stem), *other = g_strdup_printf("%s\x01", stem);
        uint32_t part = vocabulary_part(slice_of(stem), G_N_ELEMENTS(parts));
        assert_true(part < G_N_ELEMENTS(parts));
        assert_int_equal(vocabulary_part(slice_of(form), G_N_ELEMENTS(parts)), part);
        assert_int_equal(vocabulary_part(slice_of(other), G_N_ELEMENTS(parts)), part);
        parts[part]++;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
        assert_in_range(parts[i], 50, 150);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_words_as_a_table_does),
        cmocka_unit_test(forms_of_a_stem_are_of_one_part),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
