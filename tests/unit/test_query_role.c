/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/words/role.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* A draft and a source, the number in each, and why the one does not say the other; told: the draft tells of harm. */
static const struct role_case {
    const char *name, *language, *draft, *draft_number, *source, *source_number;
    bool told;
    const char *why;
} cases[] = {
    {"another subject", "en", "The army killed 41 farmers.", "41", "Gangs killed 41 farmers.", "41", true, "the source says “Gangs”, the draft “army”"},
    {"the same", "en", "Gangs killed 41 farmers.", "41", "Criminal groups killed 41 farmers.", "41", true, NULL},
    {"active and passive", "en", "Gangs killed 41 farmers.", "41", "Some 41 farmers were killed by gangs.", "41", true, NULL},
    {"another behind by", "en", "Soldiers killed 41 farmers.", "41", "Some 41 farmers were killed by heavily armed gangs.", "41", true, "the source says “gangs”, the draft “Soldiers”"},
    {"by so much", "en", "Gangs killed 41 farmers.", "41", "Killings of farmers by gangs rose by 41.", "41", true, NULL},
    {"a wider word in the source", "en", "Militias killed 41 farmers.", "41", "Armed groups killed 41 farmers.", "41", true, NULL},
    {"nobody is named", "en", "UNICEF trained 90 nurses.", "90", "Some 90 nurses were trained.", "90", false, NULL},
    {"nobody, of harm", "en", "Gangs killed 41 farmers.", "41", "Some 41 farmers were killed.", "41", true, "the source does not name “Gangs”"},
    {"nobody, and the country is not its police", "en", "The police of Togo killed 41 farmers.", "41", "The year was a dark one in Togo. In all, 41 farmers were killed.", "41", true, "the source does not name “police of Togo”"},
    {"nobody, but near by", "en", "Gangs killed 41 farmers.", "41", "Gangs came at night. In all, 41 farmers were killed.", "41", true, NULL},
    {"another name", "en", "UNICEF evacuated 320 patients.", "320", "WHO evacuated 320 patients.", "320", false, "the source says “WHO”, the draft “UNICEF”"},
    {"an acronym of our table", "en", "WHO evacuated 320 patients.", "320", "The World Health Organization evacuated 320 patients.", "320", false, NULL},
    {"an acronym of no table", "en", "The QVLF killed 12 people.", "12", "The Qirmizi Vatan Liberation Front killed 12 people.", "12", true, NULL},
    {"the United Nations is wider", "en", "The United Nations evacuated 320 patients.", "320", "WHO evacuated 320 patients.", "320", false, NULL},
    {"a pronoun", "en", "UNICEF evacuated 320 patients.", "320", "WHO has worked there for years. It evacuated 320 patients.", "320", false, "the source says “WHO”, the draft “UNICEF”"},
    {"a name in another role", "en", "WHO evacuated 320 patients.", "320", "With money from UNICEF, WHO evacuated 320 patients.", "320", false, NULL},
    {"behind a phrase with places", "en", "UNDP trained 140 nurses.", "140", "WHO and UNFPA, with a project in Kenya and Uganda, trained 140 nurses.", "140", false, "the source says “UNFPA”, the draft “UNDP”"},
    {"one of two names", "en", "WHO trained 140 nurses.", "140", "WHO and UNFPA trained 140 nurses.", "140", false, NULL},
    {"between two, who are no subject", "en", "Settlers displaced 900 people.", "900", "Clashes between 7Q rebels and the police displaced 900 people.", "900", true, "the source does not name “Settlers”"},
    {"what the two did", "en", "Clashes displaced 900 people.", "900", "Clashes between 7Q rebels and the police displaced 900 people.", "900", true, NULL},
    {"a name with digits", "en", "The 7Q killed 12 people.", "12", "Some 12 people were killed by 7Q.", "12", true, NULL},
    {"through the work of", "en", "UNFPA reached 240 pupils.", "240", "Through the work of UNESCO, 240 pupils were reached.", "240", false, "the source says “UNESCO”, the draft “UNFPA”"},
    {"behind an aside", "en", "Air strikes killed 12 people.", "12", "Some 12 people, including 5 children, were killed by landmines.", "12", true, "the source says “landmines”, the draft “Air strikes”"},
    {"victims of", "en", "There were 12 victims of air strikes.", "12", "There were 12 victims of landmines.", "12", false, "the source says “landmines”, the draft “air strikes”"},
    {"whose air strikes", "en", "Hezbollah air strikes injured 24 people.", "24", "Israeli air strikes against Hezbollah injured 24 people.", "24", true, "the source says “Israeli air strikes”, the draft “Hezbollah air strikes”"},
    {"a state's, by its army's name", "en", "Israel Defense Forces air strikes injured 24 people.", "24", "Israeli air strikes injured 24 people.", "24", true, NULL},
    {"relatives, and strangers", "en", "Strangers killed 51 women.", "51", "Some 51 women were killed by their intimate partners or other family members.", "51", true, "the source says “intimate partners”, the draft “Strangers”"},
    {"the subject of two verbs", "en", "UNICEF treated 30 nurses.", "30", "WHO trained 12 doctors and treated 30 nurses.", "30", false, "the source says “WHO”, the draft “UNICEF”"},
    {"a share of its own", "en", "Drones accounted for 27 per cent.", "27", "Drones accounted for 66 per cent, helicopters 27 per cent and rockets 7 per cent.", "27", false,
     "the source says “helicopters”, the draft “Drones”"},
    {"the same in its place", "en", "Helicopters accounted for 27 per cent.", "27", "Drones accounted for 66 per cent, helicopters 27 per cent and rockets 7 per cent.", "27", false, NULL},
    {"in brackets", "en", "The police committed 88 violations.", "88", "They were attributed to militias (88), soldiers (45) and the police (12).", "88", true, "the source says “militias”, the draft “police”"},
    {"to, once more", "en", "The army killed 74 people.", "74", "Of the killings, 97 were attributed to gangs, 74 to militias and 12 to the army.", "74", true, "the source says “militias”, the draft “army”"},
    {"responsible", "en", "Government forces were responsible for 62 per cent.", "62", "Militias were responsible for 62 per cent.", "62", false, "the source says “Militias”, the draft “Government forces”"},
    {"another cause", "en", "Drought displaced 900 people.", "900", "Some 900 people were displaced due to conflict and insecurity.", "900", true, "the source says “conflict”, the draft “Drought”"},
    {"the same cause in other words", "en", "Fighting displaced 900 people.", "900", "Clashes displaced 900 people.", "900", true, NULL},
    {"one of two", "en", "Drought displaced 900 people.", "900", "Some 900 people were displaced by conflict and drought.", "900", true, NULL},
    {"a wider cause", "en", "Disasters displaced 900 people.", "900", "Floods displaced 900 people.", "900", true, NULL},
    {"worn", "en", "Floods displaced 900 people.", "900", "There were 900 drought-displaced people.", "900", true, "the source says “drought”, the draft “Floods”"},
    {"mines, and armed men", "en", "Gangs killed 16 children.", "16", "Unexploded ordnance killed 16 children.", "16", true, "the source does not name “Gangs”"},
    {"who received", "en", "UNICEF received 40 tents.", "40", "The Ministry of Health received 40 tents.", "40", false, "the source says “Ministry of Health”, the draft “UNICEF”"},
    {"another army", "en", "The Ugandan army killed 12 people.", "12", "The Kenyan army killed 12 people.", "12", true, "the source says “Kenyan army”, the draft “Ugandan army”"},
    {"Spanish", "es", "El ejército mató a 41 campesinos.", "41", "Las pandillas mataron a 41 campesinos.", "41", true, "the source says “pandillas”, the draft “ejército”"},
    {"French", "fr", "Le séisme a déplacé 900 personnes.", "900", "Quelque 900 personnes ont été déplacées en raison des inondations.", "900", true, "the source says “inondations”, the draft “séisme”"},
};

static struct words *read_text(const struct lexis *lexis, const char *text, const char *number, struct roles *roles)
{
    struct words *words = words_new(lexis, slice_of(text));
    uint32_t at = NONE, first = 0, stem = word_stem(lexis, slice_of(number));
    for (guint i = 0; i < words->terms->len; i++)
        if (term_of(words, i)->stem == stem)
            at = i;
    assert_true(at != NONE);
    for (uint32_t i = 1; i <= at; i++)
        first = term_of(words, i)->flags & TERM_STOPPED ? i : first;
    roles_read(lexis, text, words, (struct span){first, words->terms->len}, (struct span){at, at + 1}, roles);
    return words;
}

static void test_roles(void **state)
{
    const struct role_case *c = *state;
    const struct lexis *lexis = lexis_of(c->language);
    struct roles draft, source;
    struct words *one = read_text(lexis, c->draft, c->draft_number, &draft), *two = read_text(lexis, c->source, c->source_number, &source);
    g_autoptr(GArray) around = parties_in(lexis, c->source, two, (struct span){0, two->terms->len});
    g_autofree char *why = roles_differ(&draft, &source, around, c->told);
    words_free(one);
    words_free(two);
    if (c->why)
        assert_string_equal(why ? why : "", c->why);
    else
        assert_null(why);
}

static const struct credit_case {
    const char *name, *draft, *source, *iso;
    bool differ;
} credits[] = {
    {"another ministry", "Ministry of Education", "Ministry of Health", "KE", true},
    {"its acronym", "WHO", "World Health Organization", "KE", false},
    {"another country's", "Israel", "Gaza Ministry of Health", "PS", true},
    {"a country, and a ministry there", "Kenya", "Ministry of Health", "KE", false},
    {"of a country, and its people", "Israel", "Israeli sources", "LB", false},
    {"a word that names nobody", "residents", "World Bank", "KE", false},
};

static void test_credit(void **state)
{
    const struct credit_case *c = *state;
    g_autofree char *why = sources_differ(lexis_of("en"), c->draft, lexis_of("en"), c->source, &c->iso, 1);
    assert_int_equal(why != NULL, c->differ);
}

static const struct speaker_case {
    const char *name, *text, *number, *speaker;
} speakers[] = {
    {"a country that says", "Kenya has said that 240 pupils came.", "240", "Kenya"},
    {"a country that something is said in", "Teachers in Kenya said that 240 pupils came.", "240", ""},
};

static void test_speaker(void **state)
{
    const struct speaker_case *c = *state;
    struct roles roles;
    words_free(read_text(lexis_of("en"), c->text, c->number, &roles));
    g_autofree char *speaker = g_strndup(c->text + roles.speaker.bytes.start, roles.speaker.bytes.end - roles.speaker.bytes.start);
    assert_string_equal(speaker, c->speaker);
}

int main(void)
{
    enum { FIRST = G_N_ELEMENTS(cases) + G_N_ELEMENTS(credits) };
    struct CMUnitTest tests[FIRST + G_N_ELEMENTS(speakers)];
    for (size_t i = 0; i < G_N_ELEMENTS(speakers); i++)
        tests[FIRST + i] = (struct CMUnitTest){.name = speakers[i].name, .test_func = test_speaker, .initial_state = (void *)&speakers[i]};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        tests[i] = (struct CMUnitTest){.name = cases[i].name, .test_func = test_roles, .initial_state = (void *)&cases[i]};
    for (size_t i = 0; i < G_N_ELEMENTS(credits); i++)
        tests[G_N_ELEMENTS(cases) + i] = (struct CMUnitTest){.name = credits[i].name, .test_func = test_credit, .initial_state = (void *)&credits[i]};
    return _cmocka_run_group_tests("roles", tests, G_N_ELEMENTS(tests), NULL, NULL);
}
