/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "extract/gazetteer.h"
#include "query/place_name.h"
#include "query/words/difference.h"
#include "query/words/words.h"

static bool names(const struct lexis *lexis, const char *text, uint32_t concept)
{
    struct words *words = words_new(lexis, slice_of(text));
    bool found = false;
    for (guint i = 0; i < words->named->len; i++)
        found = found || g_array_index(words->named, struct named, i).concept == concept;
    words_free(words);
    return found;
}

/* Each row of the tables brings two texts that name its concept. */
static void test_examples(void **state)
{
    static const char *const languages[] = {"en", "es", "fr"};
    unsigned wrong = 0;
    (void)state;
    for (size_t l = 0; l < G_N_ELEMENTS(languages); l++) {
        const struct lexis *lexis = lexis_of(languages[l]);
        const GArray *examples = lexis_examples(lexis);
        assert_true(examples->len > 10);
        for (guint i = 0; i < examples->len; i++) {
            const struct concept_example *example = &g_array_index(examples, struct concept_example, i);
            if (!names(lexis, example->one, example->concept) || !names(lexis, example->other, example->concept))
                wrong++, print_error("%s: '%s' is not named by both '%s' and '%s'\n", languages[l], example->name, example->one, example->other);
        }
    }
    assert_int_equal(wrong, 0);
}

/* A concept of one language is one of English under the same name: that is how a question finds what another language says. */
static void test_names(void **state)
{
    static const char *const languages[] = {"es", "fr"};
    (void)state;
    for (size_t l = 0; l < G_N_ELEMENTS(languages); l++) {
        const GArray *examples = lexis_examples(lexis_of(languages[l]));
        for (guint i = 0; i < examples->len; i++) {
            const struct concept_example *example = &g_array_index(examples, struct concept_example, i);
            if (concept_named(lexis_of("en"), example->name) != example->concept)
                fail_msg("%s: English has no '%s'", languages[l], example->name);
        }
    }
}

static void test_elision(void **state)
{
    (void)state;
    struct words *words = words_new(lexis_of("fr"), slice_of("l'école, qu’une aujourd'hui"));
    const struct term *terms = (const struct term *)(void *)words->terms->data;
    assert_int_equal(words->terms->len, 5);
    assert_int_equal(terms[1].stem, word_stem(lexis_of("fr"), slice_of("écoles")));
    words_free(words);
    words = words_new(lexis_of("en"), slice_of("l'école"));
    assert_int_equal(words->terms->len, 1);
    words_free(words);
}

/* An acronym is no word that is spelt alike; but where a text is in capitals alone, none can be told. */
static void test_acronyms(void **state)
{
    static const struct {
        const char *text, *concept;
        bool named;
    } rows[] = {
        {"They died of AIDS", "hiv", true},   {"AIDS", "hiv", true},           {"two aid workers", "hiv", false}, {"It asks for aid", "aid", true},    {"They died of AIDS", "aid", false},
        {"people who fled", "who", false},    {"said the WHO", "who", true},   {"many IDPs", "idp", true},        {"how many idps", "idp", true},      {"the GIRLS of SUCRE", "child", false},
        {"two reporters fled", "journalist", true}, {"it reported floods", "journalist", false}, {"the United Nations", "person", false}, {"Syrian nationals", "person", true},
        {"THE GIRLS OF SUCRE", "child", true}, {"ISIS and its IEDs", "ied", true},
    };
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        if (names(lexis_of("en"), rows[i].text, concept_named(lexis_of("en"), rows[i].concept)) != rows[i].named)
            fail_msg("'%s' %s %s", rows[i].text, rows[i].named ? "does not name" : "names", rows[i].concept);
}

static const struct {
    const char *name, *one, *other;
    bool same; /* the stems of the first words are the same */
} stems[] = {
    {"plural", "refugees", "refugee", true},         {"derived", "displacement", "displaced", true},
    {"acronym", "IEDs", "IED", true},             {"possessive", "UNICEF's", "UNICEF", true},      {"accents", "Éducation", "education", true},
    {"thousands", "10,000", "10000", true},          {"thin space", "10 000", "10000", true},
    {"other number", "10,000", "100,000", false},    {"decimals", "2.5", "25", false},
    {"other word", "family", "famine", false},
};

static void test_stems(void **state)
{
    (void)state;
    const struct lexis *lexis = lexis_of("en");
    for (size_t i = 0; i < G_N_ELEMENTS(stems); i++) {
        struct words *one = words_new(lexis, slice_of(stems[i].one)), *other = words_new(lexis, slice_of(stems[i].other));
        assert_int_equal(one->terms->len, 1);
        bool same = g_array_index(one->terms, struct term, 0).stem == g_array_index(other->terms, struct term, 0).stem;
        if (same != stems[i].same)
            fail_msg("%s: '%s' and '%s'", stems[i].name, stems[i].one, stems[i].other);
        words_free(one);
        words_free(other);
    }
}

static void test_flags(void **state)
{
    (void)state;
    struct words *words = words_new(lexis_of("en"), slice_of("The killed, in Goma; 12"));
    const struct term *terms = (const struct term *)(void *)words->terms->data;
    assert_int_equal(words->terms->len, 5);
    assert_int_equal(terms[0].flags, TERM_STOP | TERM_CAPITAL);
    assert_int_equal(terms[1].flags, 0);
    assert_int_equal(terms[2].flags, TERM_STOP | TERM_BREAK);
    assert_int_equal(terms[3].flags, TERM_CAPITAL);
    assert_int_equal(terms[4].flags, TERM_NUMBER | TERM_STOPPED);
    words_free(words);
}

/* Names with an article that a French text elides, with either apostrophe: as many words in the table of names, more in the text. */
static void test_place_names(void **state)
{
    static const struct {
        const char *text, *place;
        bool named;
    } rows[] = {
        {"Les pompiers des Côtes d'Armor sont venus.", "Côtes-d'Armor", true},
        {"Les pompiers des Côtes d’Armor sont venus.", "Côtes-d'Armor", true},
        {"Les pompiers de L’Aquila sont venus.", "L'Aquila", true},
        {"Les pompiers d’Armor sont venus.", "Côtes-d'Armor", false},
        {"Le Soudan du Sud compte les siens.", "Sudan", false},
    };
    const struct gazetteer *g = gazetteer_get();
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        const struct gazetteer_slot *slot = gazetteer_find(g, rows[i].place);
        assert_non_null(slot);
        const struct gazetteer_place *known = gazetteer_place(g, gazetteer_senses(g, slot)[0].record);
        struct figure_place place = {.name = gazetteer_string(g, known->name), .iso = known->iso[0] ? known->iso : NULL, .geonames = known->geonames};
        struct words *words = words_new(lexis_of("fr"), slice_of(rows[i].text));
        if (names_place(rows[i].text, words, (struct span){0, words->terms->len}, &place) != rows[i].named)
            fail_msg("'%s' is %sread as '%s'", rows[i].text, rows[i].named ? "not " : "", rows[i].place);
        words_free(words);
    }
}

/* Columns of differences by their heads; questions that ask for one. */
static void test_differences(void **state)
{
    (void)state;
    assert_true(difference_heads("Change from the wells of 2021 · Kidal"));
    assert_true(difference_heads("Homes: Change from 2021 · Kidal"));
    assert_true(difference_heads("Écart par rapport à 2021 · Kidal"));
    assert_false(difference_heads("Annual change: 2021 · Kidal"));
    assert_false(difference_heads("No change from 2021 · Kidal"));
    assert_false(difference_heads("Wells · Kidal"));
    assert_true(difference_named("What is the change in wells?"));
    assert_true(difference_named("¿Cuál es la variación?"));
    assert_false(difference_named("How many prisoners were exchanged?"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_examples), cmocka_unit_test(test_names), cmocka_unit_test(test_elision), cmocka_unit_test(test_place_names), cmocka_unit_test(test_acronyms), cmocka_unit_test(test_stems), cmocka_unit_test(test_flags), cmocka_unit_test(test_differences)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
