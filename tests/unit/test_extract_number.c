/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/extractor.h"
#include "extract/number/number.h"
#include "ingest/passage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/resource.h>
#include <cmocka.h>

static struct extractor *extractor;

static struct document *read_line(const char *text, const char *language)
{
    struct document *doc = document_new("line");
    doc->metadata.language = g_strdup(language);
    document_append(doc, slice_of(text), 0);
    struct passage passage = {.span = {0, (uint32_t)doc->text->len}, .page = NONE, .number = 1, .heading = NONE};
    struct sentence sentence = {{0, (uint32_t)doc->text->len}, 0};
    g_array_append_val(doc->passages, passage);
    g_array_append_val(doc->sentences, sentence);
    return doc;
}

/* "103.5", "12..120" for a vague one, "1250?1.25" for two readings, "6th" for an ordinal: the numbers of a text, parted by a space. */
static void print_number(GString *out, const struct number *number)
{
    if (number->flags & NUMBER_LONG) {
        g_string_append(out, out->len ? " long" : "long");
        return;
    }
    g_string_append_printf(out, "%s%.14g", out->len ? " " : "", number->low);
    if (number->high > number->low)
        g_string_append_printf(out, "..%.12g", number->high);
    if (number->ambiguous)
        g_string_append_printf(out, "?%.12g", number->other);
    if (number->form == FORM_ORDINAL)
        g_string_append(out, "th");
}

static void assert_read(struct document *doc, const char *expected)
{
    struct extraction x = {.extractor = extractor, .doc = doc, .tokens = tokens_new(doc)};
    x.words = token_words(x.tokens);
    extract_numbers(&x);
    g_autoptr(GString) found = g_string_new(NULL);
    for (guint i = 0; i < x.numbers->len; i++)
        print_number(found, &g_array_index(x.numbers, struct number, i));
    assert_string_equal(found->str, expected);
    g_array_unref(x.numbers);
    g_array_unref(x.tokens);
    g_array_unref(x.words);
    document_free(doc);
}

static void assert_numbers(const char *language, const char *text, const char *expected)
{
    assert_read(read_line(text, language), expected);
}

static const struct number_row {
    const char *name, *language, *text, *expected;
} rows[] = {
    {"thousands", "en", "566,700 people and 10 000 homes", "566700 10000"},
    {"a group that lost its comma", "en", "61, 000 people", "61000"},
    {"Indian groups", "en", "1,00,000 voters", "100000"},
    {"a point is a decimal in English, and marked", "en", "a rate of 1.250 holds", "1.25?1250"},
    {"a point groups in Spanish, and is marked", "es", "hubo 1.250 casos", "1250?1.25"},
    {"the document decides", "es", "hubo 1.250 casos y 0,15 por ciento, y 2,5", "1250 0.15 2.5"},
    {"three zeros are thousands", "es", "20.000 millones de dólares", "20000000000"},
    {"both readings are scaled", "es", "1.250 millones", "1250000000?1250000"},
    {"a decimal comma leads", "fr", ",08", "0.08"},
    {"digits behind a thousand in words", "es", "10 mil 500 personas y 3 mil 45.", "10500 3045"},
    {"digits and scales in turn", "es", "2 millones 345 mil 678 habitantes", "2345678"},
    {"thousands and digits of millions", "es", "20 mil 564 millones de dólares", "20564000000"},
    {"a percentage is no lower part", "es", "de los 3 mil 50% eran niños", "3000 50"},
    {"a decimal is no lower part", "es", "las 3 mil 12.5 veces", "3000 12.5"},
    {"what is not smaller is another number", "es", "los 3 mil 500 mil veces", "3000 500000"},
    {"a year is another number", "es", "eran 3 mil 2014", "3000 2014"},
    {"digits and scales in French", "fr", "3 millions 200 mille personnes", "3200000"},
    {"scale words", "en", "4.5 million, 2.5-million, 12 million", "4500000 2500000 12000000"},
    {"scale suffixes", "en", "$4.5bn, $6m and 300k", "4500000000 6000000 300000"},
    {"millimetres are no million", "en", "a 7.62mm round", "7.62"},
    {"metres are no million", "en", "he is 1.8m tall", "1.8"},
    {"more digits than a double holds are no number", "en", "12345678901234567 or 9007199254740993", "long long"},
    {"long numbers that a double holds", "en", "9007199254740992, 123,000,000,000,000,000,000 and 0.12345678901234567890", "9.007199254741e+15 1.23e+20 0.12345678901235"},
    {"a number of more groups than eight", "en", "1,000,000,000,000,000,000,000,000,000,000", "1e+30"},
    {"a row of digits is no number", "en", "1,2,3,4,5,6,7,8,9,10,11", "1"},
    {"a mark glued to thousands", "en", "437,0001 people and 1,234,5678", "437000?4370001 1234567?12345678"},
    {"a mark glued where a point groups", "es", "2.0173 personas", "2017?2.0173"},
    {"four decimals", "en", "a rate of 2.0173", "2.0173"},
    {"both readings are raised", "es", "1.250e3 metros", "1250000?1250"},
    {"exponents", "en", "1e10, 2.5^2 and 3×10^6", "10000000000 6.25 3000000"},
    {"ten with a raised exponent", "en", "10⁶ homes, 10³ of them, and 10", "1000000 1000 10"},
    {"a stroke of fractions", "en", "some 1⁄3 of 2 1⁄2 homes", "0.33333333333333 2.5"},
    {"raised exponents", "en", "5×10³, 2 · 10⁻² and 4 x 10", "5000 0.02 4 10"},
    {"a minus", "en", "it was -5 then", "-5"},
    {"a minus apart, with nothing else there", "en", "- 5 k", "-5000"},
    {"empty cells over a value", "en", "- - 3", "3"},
    {"an empty cell between values", "en", "- 11 - 68", "11 68"},
    {"an empty cell before values", "en", "- 11 68", "11 68"},
    {"digits and words", "en", "4 thousand 3 hundred and 21", "4321"},
    {"half of a scale", "en", "half a million, a quarter million, five and a half million", "500000 250000 5500000"},
    {"a million and a half", "en", "a million and a half; 3 million and a half", "1500000 3500000"},
    {"long scales", "es", "tres billones cuatrocientos mil doscientos millones de pesos", "3400200000000"},
    {"two million three hundred thousand", "en", "two million, three hundred thousand and six", "2300006"},
    {"words with hyphens", "en", "twenty-eight thousand six hundred forty-two", "28642"},
    {"two numbers stay two", "en", "five, six or seven", "5 6 7"},
    {"read out decimals", "en", "two hundred point zero three", "200.03"},
    {"no decimals at one point", "en", "at one point two men left", "1 2"},
    {"mixed fractions", "en", "one hundred and three and two thirds", "103.66666666667"},
    {"fractions", "en", "two thirds, three-quarters, a fifth of", "0.66666666666667 0.75 0.2"},
    {"fractions with compound parts", "en", "three twenty-fifths", "0.12"},
    {"ordinals", "en", "the twenty-first century, the 6th, the second", "21th 6th 2th"},
    {"dozens", "en", "a dozen, three dozens and dozens", "12 36 12..120"},
    {"vague", "en", "tens of thousands", "10000..100000"},
    {"a raised letter behind a long number calls a note", "en", "1,204ᵇ homes in 2019ᵃ", "1204 2019"},
    {"a stroke of fractions has any number below it", "en", "2 1⁄7 and 1⁄12", "2.1428571428571 0.083333333333333"},
    {"vulgar fractions", "en", "2½ and ⅙", "2.5 0.16666666666667"},
    {"negative words", "en", "minus five and negative ten", "-5 -10"},
    {"at least is no minus", "es", "al menos 20 y por lo menos treinta", "20 30"},
    {"below zero is", "es", "entre menos diez y quince", "-10 15"},
    {"hundreds by gender", "es", "doscientas mil y quinientos", "200000 500"},
    {"the hundred of a percentage", "es", "setenta y nueve por ciento", "79"},
    {"a third part", "es", "dos terceras partes, la quinta parte, un tercio", "0.66666666666667 0.2 0.33333333333333"},
    {"decimals with con", "es", "siete con cincuenta", "7.5"},
    {"con that counts others", "es", "una familia de siete con cinco niños", "1 7 5"},
    {"a round hundred", "es", "un centenar de casas", "100"},
    {"millions and a half", "es", "dos millones y medio", "2500000"},
    {"seventy and ninety", "fr", "soixante-quinze, quatre-vingt-dix-sept, dix-sept", "75 97 17"},
    {"ninety thousand", "fr", "quatre-vingt-dix mille", "90000"},
    {"one and twenty", "fr", "vingt et un et cent vingt-trois", "21 123"},
    {"coins are no hundreds", "fr", "quarante-cinq cents", "45 100"},
    {"the hundred of a percentage in French", "fr", "douze pour cent", "12"},
    {"a quarter", "fr", "un quart, le tiers des, trois quarts", "0.25 0.33333333333333 0.75"},
    {"million and a half in French", "fr", "un million et demi", "1500000"},
};

static void an_exponent_that_may_be_a_mark_has_two_readings(void **state)
{
    (void)state;
    struct document *doc = read_line("10⁶ homes, 10³ of them", "en");
    uint32_t at = (uint32_t)strlen("10⁶ homes, 10");
    struct span doubt = {at, at + (uint32_t)strlen("³")};
    g_array_append_val(doc->doubts, doubt);
    assert_read(doc, "1000000 1000?10");
}

#ifndef CITABLE_SANITIZED /* it reserves terabytes of addresses */
/* Bytes of addresses that this process has. */
static rlim_t addresses(void)
{
    unsigned long kib = 0;
    g_autofree char *status = NULL;
    assert_true(g_file_get_contents("/proc/self/status", &status, NULL, NULL));
    assert_int_equal(sscanf(strstr(status, "VmSize:"), "VmSize: %lu", &kib), 1);
    return (rlim_t)kib << 10;
}

/* Readers have few addresses (--memory): a text of a million tokens, each of which a number may begin with, needs no more of them than what is found. */
static void what_may_begin_takes_no_room(void **state)
{
    (void)state;
    enum { TOKENS = 1 << 20, BYTES_A_TOKEN = 72 };
    g_autoptr(GString) text = g_string_new(NULL);
    for (uint32_t i = 0; i < TOKENS; i++)
        g_string_append(text, "a ");
    struct document *doc = read_line(text->str, "en");
    g_autoptr(GPtrArray) troubles = g_ptr_array_new_with_free_func(g_free);
    struct rlimit before, limit;
    assert_int_equal(getrlimit(RLIMIT_AS, &before), 0);
    limit = (struct rlimit){addresses() + (rlim_t)TOKENS * BYTES_A_TOKEN, before.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_AS, &limit), 0);
    struct mentions *mentions = extractor_run(extractor, doc, troubles); /* ends the test where memory does not suffice */
    assert_int_equal(setrlimit(RLIMIT_AS, &before), 0);
    assert_int_equal(mentions_of(mentions, MENTION_FIGURE)->len, 0);
    mentions_free(mentions);
    document_free(doc);
}
#else
static void what_may_begin_takes_no_room(void **state)
{
    (void)state;
    skip();
}
#endif

static void test_row(void **state)
{
    const struct number_row *row = *state;
    assert_numbers(row->language, row->text, row->expected);
}

static int set_up(void **state)
{
    (void)state;
    return extractor_new(NULL, &extractor, NULL) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    extractor_free(extractor);
    return 0;
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(rows) + 2] = {
        [G_N_ELEMENTS(rows)] = cmocka_unit_test(an_exponent_that_may_be_a_mark_has_two_readings),
        [G_N_ELEMENTS(rows) + 1] = cmocka_unit_test(what_may_begin_takes_no_room),
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        tests[i] = (struct CMUnitTest){rows[i].name, test_row, NULL, NULL, (void *)(uintptr_t)&rows[i]};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
