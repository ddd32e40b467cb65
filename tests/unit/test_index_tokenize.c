/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/store_world.h"

/* Words that are looked up, eight letters at a time and some together, are those that are folded and stemmed one by one, as questions are. */
enum { TEXTS = 4000 };

static int open_english(void **state)
{
    open_world(state);
    tokenizer_language(((struct world *)*state)->store->tokenizer, "en");
    return 0;
}

static bool write_token(void *data, struct slice token, uint32_t start, uint32_t end, bool same)
{
    g_string_append_printf(data, "%.*s %u %u %d\n", (int)token.len, token.ptr, start, end, same);
    return true;
}

/* In memory that ends where the text does, so that a look behind it is seen by the sanitizers. */
static char *tokens_of(struct tokenizer *tokenizer, const GString *text, bool stems, bool asking)
{
    GString *all = g_string_new(NULL);
    g_autofree char *exact = g_memdup2(text->str, text->len);
    tokenizer_ask(tokenizer, asking);
    assert_true(tokenize(tokenizer, slice_make(exact, text->len), stems, write_token, all));
    tokenizer_ask(tokenizer, false);
    return g_string_free(all, FALSE);
}

static GString *random_text(GRand *random, bool ascii)
{
    static const char *const pieces[] = {" ", "-", "the", "a", "Z", "0", "9", "Refugees", "countries", "displacement", "internationalisation",
                                         "1,234", "2.5", "7", "/", ":", "@", "[", "`", "{", "\x11", "\x19", "'", "é", "ÀB", "×", "ß", "\xC2\xAD", "の", "\xE2\x80\x91", "ə"};
    GString *text = g_string_new(NULL);
    for (int n = g_rand_int_range(random, 0, 60); n > 0; n--)
        g_string_append(text, pieces[g_rand_int_range(random, 0, ascii ? 23 : (int)G_N_ELEMENTS(pieces))]);
    return text;
}

static void finds_the_words_that_are_there(void **state)
{
    struct world *world = *state;
    GRand *random = g_rand_new_with_seed(5);
    for (int i = 0; i < TEXTS; i++) {
        bool stems = i % 2; /* of an accented word a question has one more, so that texts which are stemmed are of ASCII here */
        GString *text = random_text(random, stems);
        g_autofree char *together = tokens_of(world->store->tokenizer, text, stems, false), *alone = tokens_of(world->store->tokenizer, text, stems, true);
        assert_string_equal(together, alone);
        g_string_free(text, TRUE);
    }
    g_rand_free(random);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(finds_the_words_that_are_there, open_english, close_world),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
