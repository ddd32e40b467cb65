/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/sentence.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

/* Sentences of `text` as they should be: parted by "|". */
static const struct sentence_case {
    const char *name, *language, *parted;
} cases[] = {
    {"two", "en", "Some 300 people fled.|The town was empty."},
    {"title", "en", "Dr. Alvarez counted them.|Mr. Ortiz did not."},
    {"number", "en", "It is said in No. 5 of the series.|See para. 12 of it."},
    {"no as an answer", "en", "They said no.|Then they left."},
    {"decimal", "en", "It rose by 2.5 per cent.|It fell by 3 per cent."},
    {"initials", "en", "The report by J. M. Castro came out.|K. Ndlovu wrote it."},
    {"vitamin", "en", "They lack vitamin C.|The stores are empty."},
    {"acronym before a name", "en", "The U.S. Congress voted."},
    {"acronym at an end", "en", "They went to the U.S.|The journey took weeks."},
    {"hour", "en", "At 9 a.m. Monday it began.|It ended at 5 p.m.|Police left."},
    {"closing quotes", "en", "“We left at night.”|She had two children."},
    {"quote goes on", "en", "“Why did you leave?” he asked.|She wept."},
    {"closing quote after a space", "en", "“We left at night. ”|She had two children."},
    {"brackets", "en", "(Most of them were minors.)|Few had papers."},
    {"item number", "en", "12. Families without land were moved first."},
    {"paragraph of two", "en", "1.2. Families were moved.|Others stayed."},
    {"etc ends", "en", "They took food, tools, etc.|The road was blocked."},
    {"e.g.", "en", "Some states, e.g. Sonora, do not.|Others do."},
    {"reference", "en", "See Castro, J. (2016) and Ndlovu, K. & Ortiz, M.|It says so."},
    {"sections", "en", "This is told below (see sects. II and VII); it is long."},
    {"saint", "en", "He fled to St. Louis.|He stayed."},
    {"versus", "en", "It was Doe vs. Roe.|It ended."},
    {"page", "en", "See p. 34.|See pp. 5-6."},
    {"year then year", "en", "It grew in 2014.|2015 was worse."},
    {"digits begin", "en", "It grew.|5,000 people left."},
    {"ellipsis", "en", "They waited… and left.|Nobody came."},
    {"Spanish", "es", "El Sr. Gómez llegó.|¿Quién más vino?|El art. 3 lo dice.|Según la pág. 4, nadie."},
    {"EE. UU.", "es", "Viajó a EE. UU. Migración lo detuvo."},
    {"por ejemplo", "es", "Hay casos, p. ej. Sonora, sin datos.|Otros no."},
    {"French", "fr", "M. Dupont est parti.|Mme. Roy aussi.|Voir art. 5 de la loi."},
    {"French number", "fr", "Voir le no. 4.|Il y a 3,5 millions."},
    {"abbreviation of another language", "en", "He spoke to me.|All left."},
};

static void sentences(void **state)
{
    const struct sentence_case *row = *state;
    g_auto(GStrv) parts = g_strsplit(row->parted, "|", -1);
    g_autofree char *text = g_strjoinv(" ", parts);
    struct document *doc = document_new("x");
    document_append(doc, slice_of(text), 0);
    struct passage passage = {.span = {0, (uint32_t)doc->text->len}};
    g_array_append_val(doc->passages, passage);
    sentences_find(doc, row->language);
    g_autoptr(GString) found = g_string_new(NULL);
    for (guint i = 0; i < doc->sentences->len; i++) {
        struct slice one = document_slice(doc, DOCUMENT_AT(doc->sentences, struct sentence, i).span);
        g_string_append_printf(found, "%s%.*s", i > 0 ? "|" : "", SLICE_ARG(one));
    }
    assert_string_equal(found->str, row->parted);
    document_free(doc);
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(cases)];
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        tests[i] = (struct CMUnitTest){cases[i].name, sentences, NULL, NULL, (void *)&cases[i]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
