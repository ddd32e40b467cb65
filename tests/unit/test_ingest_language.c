/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/language.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static const struct language_case {
    const char *name, *text, *language; /* NULL: cannot be told */
} cases[] = {
    {"English", "The number of people who fled has risen since May.", "en"},
    {"Spanish", "El número de personas que huyeron ha crecido desde mayo.", "es"},
    {"French", "Le nombre de personnes qui ont fui a augmenté depuis mai.", "fr"},
    {"Portuguese", "O número de pessoas que fugiram não para de crescer.", "pt"},
    {"German", "Die Zahl der Menschen ist seit Mai nicht gestiegen.", "de"},
    {"Haitian Creole", "Moun yo kite kay yo nan kapital la pou ale nan mòn.", "ht"},
    {"few words, Spanish by an accent", "La crecida dejó 8.002 evacuados.", "es"},
    {"few words, French by its accents", "La Save a chassé 1 502 habitants de la vallée.", "fr"},
    {"few words, English with a French one", "Some 500 people left the café.", NULL},
    {"English with Spanish names", "The Policía Nacional Civil de El Salvador said that the number of killings was lower than before.", "en"},
    {"names alone", "Tapachula, Tenosique, Reynosa", NULL},
    {"nothing", "", NULL},
    {"another script", "Число людей, которые были вынуждены покинуть свои дома из-за насилия, выросло с мая. Большинство из них нашли убежище у родственников "
                       "или знакомых в соседних районах страны.", "ru"},
};

static void language(void **state)
{
    const struct language_case *row = *state;
    const char *found = language_of_text(slice_of(row->text));
    if (row->language)
        assert_string_equal(found ? found : "none", row->language);
    else
        assert_null(found);
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(cases)];
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        tests[i] = (struct CMUnitTest){cases[i].name, language, NULL, NULL, (void *)&cases[i]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
