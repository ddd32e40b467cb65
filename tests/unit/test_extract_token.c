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

static void assert_starts(const struct document *doc)
{
    struct token_starts *starts;
    g_autoptr(GArray) tokens = tokens_new_starts(doc, &starts);
    for (uint32_t clean = 0; clean <= doc->text->len + 70; clean++)
        assert_int_equal(token_from(starts, clean), token_at(tokens, clean));
    assert_int_equal(token_from(starts, UINT32_MAX), tokens->len);
    g_free(starts);
}

/* Where tokens start tells the same as a search, at each byte and behind the last; in a text of several blocks, too. */
static void from_is_at(void **state)
{
    (void)state;
    struct document *doc = document_new("text");
    for (unsigned more = 0; more < 3; more++) {
        document_append(doc, slice_of(text), NONE);
        assert_starts(doc);
    }
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

/* The tokenizer said plainly, a character at a time. */
struct plain {
    const char *text, *p;
    uint8_t flags; /* of white space before the next token */
};

static gunichar behind(const char *p)
{
    return g_utf8_get_char(g_utf8_next_char(p));
}

static bool is_elision(const char *word, const char *apostrophe)
{
    bool one = apostrophe - word == 1 && strchr("ldnsjcmtLDNSJCMT", *word);
    return one || (apostrophe - word == 2 && g_ascii_tolower(*word) == 'q' && word[1] == 'u');
}

static void plain_word(struct plain *plain, struct token *token)
{
    unsigned letters = 0, capitals = 0;
    bool first_is_capital = g_unichar_isupper(g_utf8_get_char(plain->p));
    for (const char *word = plain->p; *plain->p; plain->p = g_utf8_next_char(plain->p)) {
        gunichar c = g_utf8_get_char(plain->p);
        bool apostrophe = (c == '\'' || c == 0x2019) && g_unichar_isalpha(behind(plain->p));
        if (!g_unichar_isalpha(c) && !apostrophe && !(c >= 0x300 && c <= 0x36F))
            break;
        letters += g_unichar_isalpha(c) ? 1 : 0;
        capitals += g_unichar_isupper(c) ? 1 : 0;
        token->flags |= apostrophe ? TOKEN_APOSTROPHE : 0;
        if (apostrophe && is_elision(word, plain->p) && g_unichar_islower(behind(plain->p))) {
            plain->p = g_utf8_next_char(plain->p);
            break;
        }
    }
    token->class = TOKEN_WORD;
    token->flags |= (uint8_t)((first_is_capital ? TOKEN_CAPITAL : 0) | (capitals > 1 ? TOKEN_CAPITALS : 0) | (letters > 1 && capitals == letters ? TOKEN_ALLCAPS : 0));
}

static bool plain_next(struct plain *plain, struct token *token)
{
    for (; g_unichar_isspace(g_utf8_get_char(plain->p)); plain->p = g_utf8_next_char(plain->p))
        plain->flags |= *plain->p == '\t' ? TOKEN_SPACE | TOKEN_PASSAGE : TOKEN_SPACE;
    const char *start = plain->p;
    if (!*start)
        return false;
    gunichar c = g_utf8_get_char(start);
    *token = (struct token){.class = TOKEN_SIGN, .flags = plain->flags};
    plain->flags = 0;
    if (g_unichar_isalpha(c)) {
        plain_word(plain, token);
    } else if (g_ascii_isdigit(*start)) {
        token->class = TOKEN_NUMBER;
        plain->p += strspn(start, "0123456789");
    } else {
        token->sign = c <= UINT16_MAX ? (uint16_t)c : 0;
        plain->p = g_utf8_next_char(start);
    }
    token->span = (struct span){(uint32_t)(start - plain->text), (uint32_t)(plain->p - plain->text)};
    return true;
}

static void assert_plain(const char *shown)
{
    struct document *doc = document_new("text");
    document_append(doc, slice_of(shown), NONE);
    g_autoptr(GArray) tokens = tokens_new(doc), hashes = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    token_hashes(slice_of(shown), hashes);
    struct plain plain = {.text = shown, .p = shown};
    struct token expected;
    guint n = 0;
    for (; plain_next(&plain, &expected); n++) {
        assert_true(n < tokens->len && n < hashes->len);
        const struct token *token = &g_array_index(tokens, struct token, n);
        assert_int_equal(token->span.start, expected.span.start);
        assert_int_equal(token->span.end, expected.span.end);
        assert_int_equal(token->class, expected.class);
        assert_int_equal(token->flags, expected.flags);
        assert_int_equal(token->sign, expected.sign);
        assert_int_equal(token->hash, token_hash(token_text(doc, token)));
        assert_int_equal(token->hash, g_array_index(hashes, uint32_t, n));
    }
    assert_int_equal(n, tokens->len);
    assert_int_equal(n, hashes->len);
    assert_starts(doc);
    document_free(doc);
}

/* Whatever stands where, and wherever the blocks of the text end that are looked at at once. */
static void tokens_are_as_said_plainly(void **state)
{
    (void)state;
    static const char *const pieces[] = {" ", " ", " ", " the ", " of", " people", " In", "UN", "a", "iPhone", "Z", "z", "@", "[", "`", "{", "0", "7", "2014", "1,250", "\t", "\n\n", "\v", "\f", "  \t ",
        "'", "’", "l'", "qu’", "d'", "é", "É", "ñ", "e\xcc\x81", "\xc2\xa0", "\xe2\x80\xaf", "–", "½", "º", "\xf0\x9d\x9f\x99", "абв", "administrations", "internationalisation", "12345678", "12345678901234567",
        ".", ",", "-", "\x7f", "\x01"};
    g_autoptr(GRand) random = g_rand_new_with_seed(20141126);
    g_autoptr(GString) shown = g_string_new(NULL);
    for (unsigned round = 0; round < 3000; round++) {
        g_string_truncate(shown, 0);
        for (unsigned n = (unsigned)g_rand_int_range(random, 0, 90); n > 0; n--)
            g_string_append(shown, pieces[g_rand_int_range(random, 0, G_N_ELEMENTS(pieces))]);
        assert_plain(shown->str);
    }
}

/* However long a word is and wherever it stands, its fold is that of its characters, and no more is written than there is room for. */
static void folds_are_of_each_character(void **state)
{
    (void)state;
    static const char word[] = "AbcdÉfghIJKLmnopQRSTuvwxÿzabcdefgh@[`{ABCD";
    for (size_t len = 0; len < sizeof word; len++) {
        if (g_utf8_get_char_validated(word + len, -1) == (gunichar)-1)
            continue; /* inside a character */
        for (size_t size = 16; size < 64; size++) {
            char folded[64];
            memset(folded, '#', sizeof folded);
            g_autoptr(GString) expected = g_string_new(NULL);
            for (const char *p = word; p < word + len && expected->len + 6 < size; p = g_utf8_next_char(p))
                g_string_append_c(expected, (unsigned char)*p < 0x80 ? g_ascii_tolower(*p) : g_utf8_get_char(p) == 0xC9 ? 'e' : 'y');
            size_t n = token_fold(slice_make(word, len), folded, size);
            assert_int_equal(n, expected->len);
            assert_memory_equal(folded, expected->str, n);
            assert_true(size == sizeof folded || folded[size] == '#');
        }
    }
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(signs) + 5];
    for (size_t i = 0; i < G_N_ELEMENTS(signs); i++)
        tests[i] = (struct CMUnitTest){signs[i].name, sign_of_token, NULL, NULL, (void *)&signs[i]};
    tests[G_N_ELEMENTS(signs)] = (struct CMUnitTest)cmocka_unit_test(from_is_at);
    tests[G_N_ELEMENTS(signs) + 1] = (struct CMUnitTest)cmocka_unit_test(words_are_numbered);
    tests[G_N_ELEMENTS(signs) + 2] = (struct CMUnitTest)cmocka_unit_test(forms_are_hashed_alike);
    tests[G_N_ELEMENTS(signs) + 3] = (struct CMUnitTest)cmocka_unit_test(tokens_are_as_said_plainly);
    tests[G_N_ELEMENTS(signs) + 4] = (struct CMUnitTest)cmocka_unit_test(folds_are_of_each_character);
    return _cmocka_run_group_tests("token", tests, G_N_ELEMENTS(tests), NULL, NULL);
}
