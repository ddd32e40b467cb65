/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/words/act.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* A draft and a source, the number in each, and why the one does not say the other. */
static const struct act_case {
    const char *name, *language, *draft, *draft_number, *source, *source_number, *why;
} cases[] = {
    {"a list of numbers, each with its act", "en", "Raids injured 41 farmers.", "41", "Raids struck 90 farmers: 41 killed, 32 injured.", "41", "the source says killed, the draft injured"},
    {"the same", "en", "Raids injured 32 farmers.", "32", "Raids struck 90 farmers: 41 killed, 32 injured.", "32", NULL},
    {"the verb, and not what they were before", "en", "Some 700 people were displaced.", "700", "Some 700 displaced people were evicted.", "700", "the source says evicted, the draft displaced"},
    {"behind a bracket", "en", "Of the convoys, 61 were denied.", "61", "Of 90 convoys, 61 (68 per cent) were facilitated, 12 were denied.", "61", "the source says allowed, the draft denied"},
    {"in a bracket", "en", "Some 68 per cent were denied.", "68", "Of 90 convoys, 61 (68 per cent) were facilitated, 12 were denied.", "68", "the source says allowed, the draft denied"},
    {"harm that nobody says", "en", "The force lost 812 soldiers who were killed.", "812", "The force had 812 military personnel.", "812", "the source does not say killed"},
    {"behind an aside", "en", "The blast killed 18 people.", "18", "In all, 18 people, including 4 guards, were killed and 60 were injured.", "18", NULL},
    {"behind an aside, another", "en", "The blast injured 18 people.", "18", "In all, 18 people, including 4 guards, were killed and 60 were injured.", "18", "the source says killed, the draft injured"},
    {"destroyed, and damaged", "en", "The storm destroyed 58 clinics.", "58", "At least 9 clinics were destroyed and 58 were badly damaged.", "58", "the source says damaged, the draft destroyed"},
    {"a wider word", "en", "The storm affected 300 people.", "300", "The storm displaced 300 people.", "300", NULL},
    {"a narrower one", "en", "The storm displaced 300 people.", "300", "The storm affected 300 people.", "300", "the source says affected, the draft displaced"},
    {"sought, and received", "en", "The fund received 47 million.", "47", "The fund seeks 47 million.", "47", "the source says what is planned, sought, projected or likely, the draft what was done"},
    {"an appeal for so much", "en", "The plan received 47 million.", "47", "Aid agencies appeal for 47 million.", "47", "the source says asked for, the draft reached or received"},
    {"what an appeal received", "en", "The appeal received 47 million.", "47", "The appeal was extended, with a further 47 million requested.", "47", "the source says asked for, the draft reached or received"},
    {"projected", "en", "Exports grew by 7 per cent.", "7", "Growth of exports is projected to slow to 7 per cent.", "7",
     "the source says what is planned, sought, projected or likely, the draft what was done"},
    {"likely", "en", "Some 640 children died of malnutrition.", "640", "Some 640 children are likely to suffer from malnutrition.", "640",
     "the source says what is planned, sought, projected or likely, the draft what was done"},
    {"a target, and what was reached", "en", "Teams vaccinated 830 children.", "830", "With a goal of 900, teams vaccinated 830 children.", "830", NULL},
    {"no act in the draft", "en", "There were 12 men.", "12", "Floods displaced 12 men.", "12", NULL},
    {"Spanish", "es", "Fueron destruidas 58 casas.", "58", "Fueron dañadas 58 casas.", "58", "the source says damaged, the draft destroyed"},
    {"French", "fr", "Ont été détruites 58 maisons.", "58", "Ont été endommagées 58 maisons.", "58", "the source says damaged, the draft destroyed"},
};

static struct acts acts_of(const struct lexis *lexis, const char *text, const char *number)
{
    struct acts acts;
    struct words *words = words_new(lexis, slice_of(text));
    uint32_t at = NONE, stem = word_stem(lexis, slice_of(number));
    for (guint i = 0; i < words->terms->len; i++)
        if (g_array_index(words->terms, struct term, i).stem == stem)
            at = i;
    assert_true(at != NONE);
    acts_read(lexis, text, words, (struct span){0, words->terms->len}, (struct span){at, at + 1}, &acts);
    words_free(words);
    return acts;
}

static void test_acts(void **state)
{
    const struct act_case *c = *state;
    const struct lexis *lexis = lexis_of(c->language);
    struct acts draft = acts_of(lexis, c->draft, c->draft_number), source = acts_of(lexis, c->source, c->source_number);
    g_autofree char *why = acts_differ(&draft, &source, acts_said(lexis, c->source));
    if (c->why)
        assert_string_equal(why ? why : "", c->why);
    else
        assert_null(why);
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(cases)];
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        tests[i] = (struct CMUnitTest){.name = cases[i].name, .test_func = test_acts, .initial_state = (void *)&cases[i]};
    return _cmocka_run_group_tests("acts", tests, G_N_ELEMENTS(tests), NULL, NULL);
}
