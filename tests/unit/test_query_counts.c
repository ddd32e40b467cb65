/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/words/counts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* A draft and a source, and the number in each. */
static const struct counts_case {
    const char *name, *language, *draft, *draft_number, *source, *source_number, *why;
} cases[] = {
    {"killed, and injured", "en", "Shelling left 31 residents dead.", "31", "Shelling killed 12 residents and injured 31.", "31", "the source counts injured, the draft killed"},
    {"behind the figure before", "en", "The storm killed 12.", "12", "The storm left 12 dead and 31 wounded.", "12", NULL},
    {"cases, and deaths", "en", "Dengue caused 4,118 deaths.", "4118", "Dengue caused 4,118 infections and 52 deaths.", "4118", "the source counts cases, the draft killed"},
    {"abducted", "en", "Bandits killed 77 farmers.", "77", "Bandits kidnapped 77 farmers.", "77", "the source counts abducted, the draft killed"},
    {"reached", "en", "Floods displaced 90,000 persons.", "90000", "Aid reached 90,000 persons.", "90000", "the source counts reached with assistance, the draft displaced"},
    {"in need, of the displaced", "en", "Some 640 were displaced.", "640", "Some 640 displaced people are in need.", "640", NULL},
    {"other words for one event", "en", "There were 45 fatalities.", "45", "The blast killed 45 villagers.", "45", NULL},
    {"destroyed, and damaged", "en", "The storm destroyed 30 schools.", "30", "Some 30 schools were heavily damaged.", "30", "the source counts damaged, the draft destroyed"},
    {"both of the two", "en", "The storm destroyed 30 schools.", "30", "Some 30 schools were damaged or destroyed.", "30", NULL},
    {"an event far behind", "en", "Fighting uprooted 800 people.", "800", "In all, 800 people, most of them farmers, were displaced.", "800", NULL},
    {"no event", "en", "Fire killed 9 miners.", "9", "There were 9 miners.", "9", NULL},
    {"Spanish", "es", "El sismo dejó 63 muertos.", "63", "El sismo dejó 63 heridos.", "63", "the source counts injured, the draft killed"},
    {"French", "fr", "Le séisme a fait 63 morts.", "63", "Le séisme a fait 63 blessés.", "63", "the source counts injured, the draft killed"},
    {"a narrower group", "en", "About 5,200 children lack water.", "5200", "About 5,200 people lack water.", "5200", "the source counts people, the draft children"},
    {"a wider one", "en", "About 5,200 people lack water.", "5200", "About 5,200 refugees lack water.", "5200", NULL},
    {"a part for the whole", "en", "About 5,200 people lack water.", "5200", "About 5,200 children lack water.", "5200", "the source counts children, the draft people"},
    {"a part that the draft names beside", "en", "Among children, 5,200 people lack water.", "5200", "About 5,200 children lack water.", "5200", NULL},
    {"one of two", "en", "The town hosts 710 refugees.", "710", "The town hosts 710 refugees and migrants.", "710", "the source counts refugees and migrants, the draft refugees"},
    {"both of two", "en", "The town hosts 710 refugees and migrants.", "710", "The town hosts 710 migrants and refugees.", "710", NULL},
    {"a word of two kinds", "en", "The town hosts 710 children.", "710", "The town hosts 710 refugee children.", "710", NULL},
    {"the group before", "en", "The list has 88 women.", "88", "Among women, 88 people were on the list.", "88", NULL},
    {"beside another group", "en", "The school has 88 boys.", "88", "Where boys and girls learn together, 88 girls are at school.", "88", "the source counts girls, the draft boys"},
    {"families", "en", "Some 300 people left.", "300", "Some 300 families left.", "300", "the source counts families, the draft people"},
    {"a disease", "en", "The clinic saw 19 cases of cholera.", "19", "The clinic saw 19 cases of measles.", "19", "the source counts measles, the draft cholera"},
    {"boys and girls are children", "en", "The club has 88 boys and girls.", "88", "The club has 88 children.", "88", NULL},
    {"boys alone are not", "en", "The club has 88 boys.", "88", "The club has 88 children.", "88", "the source counts children, the draft boys"},
    {"suspected, and confirmed", "en", "The ministry saw 640 confirmed cases.", "640", "The ministry saw 640 suspected cases, 12 of them fatal.", "640",
     "the source counts suspected, the draft confirmed"},
    {"both", "en", "The ministry saw 640 confirmed cases.", "640", "There were 640 cases, suspected or confirmed.", "640", NULL},
    {"of another figure", "en", "The force has deployed 900 guards.", "900", "The force deployed 900 guards, of an authorized 1200.", "900", NULL},
    {"its own", "en", "The force has deployed 1200 guards.", "1200", "The force deployed 900 guards, of an authorized 1200.", "1200", "the source counts authorized, the draft deployed"},
    {"in Spanish", "es", "Hubo 640 casos confirmados.", "640", "Hubo 640 casos sospechosos.", "640", "the source counts suspected, the draft confirmed"},
    {"a year is no figure", "en", "The war killed 61 in 2019.", "61", "Those killed in 2019 were 61.", "61", NULL},
};

static struct counts counts_of(const struct lexis *lexis, const char *text, const char *number)
{
    struct counts counts;
    struct words *words = words_new(lexis, slice_of(text));
    uint32_t at = NONE, stem = word_stem(lexis, slice_of(number));
    for (guint i = 0; i < words->terms->len; i++)
        if (g_array_index(words->terms, struct term, i).stem == stem)
            at = i;
    assert_true(at != NONE);
    counts_read(lexis, text, words, (struct span){0, words->terms->len}, (struct span){at, at + 1}, NULL, &counts);
    words_free(words);
    return counts;
}

static void test_counts(void **state)
{
    const struct counts_case *c = *state;
    const struct lexis *lexis = lexis_of(c->language);
    struct counts draft = counts_of(lexis, c->draft, c->draft_number), source = counts_of(lexis, c->source, c->source_number);
    g_autofree char *why = counts_differ(&draft, &source);
    if (c->why) {
        assert_non_null(why);
        assert_string_equal(why, c->why);
    } else {
        assert_null(why);
    }
}

/* What happened to what is counted, beside its noun. */
static const struct happened_case {
    const char *name, *text, *number, *counted, *happened;
} happened_cases[] = {
    {"what the noun does not say", "The storm killed 12 children.", "12", "children", "killed"},
    {"what it says itself", "There were 45 fatalities.", "45", "fatalities", NULL},
    {"a part of those before", "The demolitions displaced 640 persons, including 212 children.", "212", "children", "displaced"},
    {"a part of either", "The blast killed 31 and injured 80 persons, including 12 children.", "12", "children", NULL},
    {"nothing", "The list has 88 women.", "88", "women", NULL},
};

static void test_happened(void **state)
{
    const struct happened_case *c = *state;
    struct counts counts = counts_of(lexis_of("en"), c->text, c->number);
    counts_take_sentence(&counts);
    g_autofree char *happened = counts_happened(lexis_of("en"), &counts, c->counted);
    assert_true(g_strcmp0(happened, c->happened) == 0);
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(cases) + G_N_ELEMENTS(happened_cases)];
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        tests[i] = (struct CMUnitTest){.name = cases[i].name, .test_func = test_counts, .initial_state = (void *)&cases[i]};
    for (size_t i = 0; i < G_N_ELEMENTS(happened_cases); i++)
        tests[G_N_ELEMENTS(cases) + i] = (struct CMUnitTest){.name = happened_cases[i].name, .test_func = test_happened, .initial_state = (void *)&happened_cases[i]};
    return _cmocka_run_group_tests("counts", tests, G_N_ELEMENTS(tests), NULL, NULL);
}
