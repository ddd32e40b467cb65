/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/pass.h"
#include "ingest/passage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

/* A document of one paragraph; "| " parts sentences. */
static struct document *read_line(const char *text)
{
    struct document *doc = document_new("line");
    document_append(doc, slice_of(text), 0);
    struct passage passage = {.span = {0, (uint32_t)doc->text->len}, .page = NONE, .number = 1, .heading = NONE};
    g_array_append_val(doc->passages, passage);
    uint32_t start = 0, end = (uint32_t)doc->text->len;
    for (uint32_t i = 0; i + 1 < end; i++)
        if (text[i] == '|') {
            doc->text->str[i] = ' ';
            struct sentence sentence = {{start, i}, 0};
            g_array_append_val(doc->sentences, sentence);
            start = i + 2;
        }
    struct sentence last = {{start, end}, 0};
    g_array_append_val(doc->sentences, last);
    return doc;
}

static struct extractor *extractor;
static const char *language; /* of the documents that the tables are about */

/* "text=class", or "text=class:canonical" where `canonical` is asked for; parted by "; ". */
static void assert_actors(const char *text, const char *expected, bool canonical)
{
    struct document *doc = read_line(text);
    doc->metadata.language = g_strdup(language);
    g_autoptr(GPtrArray) troubles = g_ptr_array_new_with_free_func(g_free);
    struct mentions *mentions = extractor_run(extractor, doc, troubles);
    g_autoptr(GString) found = g_string_new(NULL);
    GArray *actors = mentions_of(mentions, MENTION_ACTOR);
    for (guint i = 0; i < actors->len; i++) {
        const struct mention *m = &g_array_index(actors, struct mention, i);
        struct slice name = document_slice(doc, m->span);
        g_string_append_printf(found, "%s%.*s=%s", i ? "; " : "", SLICE_ARG(name), canonical ? m->actor.canonical : m->actor.class);
    }
    assert_string_equal(found->str, expected);
    mentions_free(mentions);
    document_free(doc);
}

static const struct {
    const char *text, *expected;
} named[] = {
    {"The Ministry of Health and the World Bank agreed.", "Ministry of Health=state; World Bank=organisation"},
    {"He spoke for the National Council of Rural Women in Lima.", "National Council of Rural Women=organisation"},
    {"A Truth and Reconciliation Commission was set up.", "Truth and Reconciliation Commission=organisation"},
    {"Peru's Ministry of Education, Culture and Sports paid.", "Ministry of Education, Culture and Sports=state"},
    {"La Comisi\xc3\xb3n Nacional para la Protecci\xc3\xb3n de los Bosques inform\xc3\xb3.", "Comisi\xc3\xb3n Nacional para la Protecci\xc3\xb3n de los Bosques=organisation"},
    {"le minist\xc3\xa8re et l'Agence nationale", ""},
    {"The 2008 Victims Law and the 1994 Managua Declaration on Peace hold.", "2008 Victims Law=law; 1994 Managua Declaration on Peace=law"},
    {"President Lagos met the journalist Ana Rivas and J. Brandt.", "President Lagos=person; Ana Rivas=person; J. Brandt=person"},
    {"the Supreme Court Justice Helen Marks wrote", "Supreme Court=state; Justice Helen Marks=person"},
    {"the government of El Salvador and the Gobierno de Honduras", "government of El Salvador=state; Gobierno de Honduras=state"},
    {"gangs such as the Culebras, and the Tejones cartel", "Culebras=group; Tejones cartel=group"},
    {"the newspaper La Voz reported", "La Voz=media"},
    {"during the Nairobi+20 process", "Nairobi+20=programme"},
    {"MS-13 and Barrio 18 fought; the UN\xe2\x80\x99s humanitarian office closed.", "MS-13=group; Barrio 18=group; UN\xe2\x80\x99s humanitarian office=organisation"},
    {"Criminal gangs, donors and humanitarian organisations spoke to Hondurans.", ""},
    {"Families crossed the Department of Antioquia.", ""},
    {"They live in San Pedro Sula.", ""},
    {"The City Health Department and the Department of Labour of Peru paid.", "City Health Department=state; Department of Labour of Peru=state"},
    {"the West Bank, the Russian Federation and West Nile virus", ""},
    {"the charity's driver, Lena Orlova, and the mayor, Tom Brandt, spoke", "Lena Orlova=person; Tom Brandt=person"},
    {"See van Brandt A., and write to P.O. Box 12.", ""},
    {"Who will pay? WHO will.", "WHO=organisation"},
};

static void names_of_a_line(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(named); i++)
        assert_actors(named[i].text, named[i].expected, false);
}

static const struct {
    const char *language, *text, *expected;
} abroad[] = {
    {"fr", "selon le minist\xc3\xa8re de l'Int\xc3\xa9rieur et la Commission nationale des droits de l'homme, en Ha\xc3\xafti",
     "minist\xc3\xa8re de l'Int\xc3\xa9rieur=state; Commission nationale des droits de l'homme=organisation"},
    {"fr", "l'Union africaine et l'Organisation internationale pour les migrations", "Union africaine=organisation; Organisation internationale pour les migrations=organisation"},
    {"es", "seg\xc3\xban la Comisi\xc3\xb3n nacional de b\xc3\xbasqueda y el ministerio de Salud", "Comisi\xc3\xb3n nacional de b\xc3\xbasqueda=state; ministerio de Salud=state"},
    {"es", "la Ley General de V\xc3\xad" "ctimas y el Programa Nacional de Becas siguen vigentes", "Ley General de V\xc3\xad" "ctimas=law; Programa Nacional de Becas=programme"},
};

static void names_in_other_languages(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(abroad); i++) {
        language = abroad[i].language;
        assert_actors(abroad[i].text, abroad[i].expected, false);
    }
    language = NULL;
}

static const struct {
    const char *text, *expected;
} meant[] = {
    {"the River Basin Monitoring Centre (RBMC) said.| RBMC counts dams.", "River Basin Monitoring Centre=River Basin Monitoring Centre; RBMC=River Basin Monitoring Centre; RBMC=River Basin Monitoring Centre"},
    {"RBMC (River Basin Monitoring Centre) counts dams", "RBMC=River Basin Monitoring Centre; River Basin Monitoring Centre=River Basin Monitoring Centre"},
    {"l'Observatoire national des rivi\xc3\xa8res (ONR) estime", "Observatoire national des rivi\xc3\xa8res=Observatoire national des rivi\xc3\xa8res; ONR=Observatoire national des rivi\xc3\xa8res"},
    {"ACNUR y el Alto Comisionado de las Naciones Unidas para los Refugiados", "ACNUR=United Nations High Commissioner for Refugees; Alto Comisionado de las Naciones Unidas para los Refugiados=United Nations High Commissioner for Refugees"},
    {"the Coastal Alliance for Peace met.| Later the Alliance and an alliance met again.", "Coastal Alliance for Peace=Coastal Alliance for Peace; Alliance=Coastal Alliance for Peace"},
    {"In Kinshasa, Democratic Republic of the Congo, the PNC met.", "PNC=Police nationale congolaise"},
    {"In El Salvador the PNC met.", "PNC=Polic\xc3\xad\x61 Nacional Civil"},
    {"Salvadoran officials and the PNC met.", "PNC=Polic\xc3\xad\x61 Nacional Civil"},
    {"In Spain the PNC met.", ""},
    {"President Maria Delgado resigned.| Delgado gave no reason.", "President Maria Delgado=Maria Delgado; Delgado=Maria Delgado"},
    {"the 1990 Lima Declaration on Rivers.| The Lima Declaration holds.", "1990 Lima Declaration on Rivers=1990 Lima Declaration on Rivers; Lima Declaration=1990 Lima Declaration on Rivers"},
};

static void one_canonical_per_actor(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(meant); i++)
        assert_actors(meant[i].text, meant[i].expected, true);
}

static int open_extractor(void **state)
{
    (void)state;
    return extractor_new(NULL, &extractor, NULL) ? 0 : 1;
}

static int close_extractor(void **state)
{
    (void)state;
    extractor_free(extractor);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(names_of_a_line), cmocka_unit_test(names_in_other_languages), cmocka_unit_test(one_canonical_per_actor)};
    return cmocka_run_group_tests(tests, open_extractor, close_extractor);
}
