/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/token.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

static const char text[] = "In 2014, 1,250 people – most of them children – fled; d'Haïti \xf0\x9d\x9f\x99 (in May).";

static GArray *tokens_of(struct document **ret)
{
    *ret = document_new("text");
    document_append(*ret, slice_of(text), 0);
    return tokens_new(*ret);
}

static const struct sign_case {
    const char *name;
    uint32_t clean; /* byte where a token begins */
    uint16_t sign;
} signs[] = {
    {"a word is no sign", 0, 0},
    {"a number is no sign", 3, 0},
    {"a comma", 7, ','},
    {"a dash", 22, 0x2013},
    {"beyond U+FFFF", 67, 0},
};

static void sign_of_token(void **state)
{
    const struct sign_case *c = *state;
    struct document *doc;
    g_autoptr(GArray) tokens = tokens_of(&doc);
    uint32_t i = token_at(tokens, c->clean);
    assert_int_equal(g_array_index(tokens, struct token, i).span.start, c->clean);
    assert_int_equal(g_array_index(tokens, struct token, i).sign, c->sign);
    document_free(doc);
}

/* From wherever one looks, the same token is found. */
static void ahead_is_at(void **state)
{
    (void)state;
    struct document *doc;
    g_autoptr(GArray) tokens = tokens_of(&doc);
    for (uint32_t clean = 0; clean <= sizeof text; clean++)
        for (uint32_t from = 0; from <= tokens->len; from++)
            assert_int_equal(token_ahead(tokens, from, clean), token_at(tokens, clean));
    document_free(doc);
}

/* Equal words have one number, whatever their case; as many hashes as numbers. */
static void words_are_numbered(void **state)
{
    (void)state;
    struct document *doc = document_new("text");
    document_append(doc, slice_of("The people, the place"), 0);
    for (unsigned i = 0; i < 3000; i++) { /* more than the first table holds */
        g_autofree char *word = g_strdup_printf(" w%u the", i);
        document_append(doc, slice_of(word), NONE);
    }
    g_autoptr(GArray) tokens = tokens_new(doc), words = token_words(tokens);
    static const uint32_t first[] = {0, 1, 2, 0, 3};
    for (size_t i = 0; i < G_N_ELEMENTS(first); i++)
        assert_int_equal(g_array_index(tokens, struct token, i).word, first[i]);
    for (uint32_t i = 0; i < tokens->len; i++) {
        const struct token *token = &g_array_index(tokens, struct token, i);
        assert_in_range(token->word, 0, words->len - 1);
        assert_int_equal(g_array_index(words, uint32_t, token->word), token->hash);
    }
    document_free(doc);
}

/* A form has the hashes of the tokens that a document with it has. */
static void forms_are_hashed_alike(void **state)
{
    (void)state;
    static const char *const forms[] = {"", "per cent", "million de", "l'année", "US$", "CO2", "m²", " 1990s,\tthe ", "México-Norte", "\xe2\x80\xaf, 3.5"};
    for (size_t f = 0; f < G_N_ELEMENTS(forms); f++) {
        struct document *doc = document_new("text");
        document_append(doc, slice_of(forms[f]), NONE);
        g_autoptr(GArray) tokens = tokens_new(doc), hashes = g_array_new(FALSE, FALSE, sizeof(uint32_t));
        token_hashes(slice_of(forms[f]), hashes);
        assert_int_equal(hashes->len, tokens->len);
        for (guint i = 0; i < hashes->len; i++)
            assert_int_equal(g_array_index(hashes, uint32_t, i), g_array_index(tokens, struct token, i).hash);
        document_free(doc);
    }
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(signs) + 3];
    for (size_t i = 0; i < G_N_ELEMENTS(signs); i++)
        tests[i] = (struct CMUnitTest){signs[i].name, sign_of_token, NULL, NULL, (void *)&signs[i]};
    tests[G_N_ELEMENTS(signs)] = (struct CMUnitTest)cmocka_unit_test(ahead_is_at);
    tests[G_N_ELEMENTS(signs) + 1] = (struct CMUnitTest)cmocka_unit_test(words_are_numbered);
    tests[G_N_ELEMENTS(signs) + 2] = (struct CMUnitTest)cmocka_unit_test(forms_are_hashed_alike);
    return _cmocka_run_group_tests("token", tests, G_N_ELEMENTS(tests), NULL, NULL);
}
