/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/described.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static const struct {
    const char *name, *file, *expected;
} cases[] = {
    {"commas", "Town,2014,2015\nBrod,\"1,401\",1402\nSisak,,1404\n", "table Town|2014|2015\ntable Brod|1,401|1402\ntable Sisak||1404\ncell: Brod | 2014 | 1,401\ncell: Brod | 2015 | 1402\ncell: Sisak | 2015 | 1404\n"},
    {"semicolons, and a comma in a number", "Town;2014\r\nBrod;1.401,5\r\n", "table Town|2014\ntable Brod|1.401,5\ncell: Brod | 2014 | 1.401,5\n"},
    {"TABs", "Town\t2014\nBrod\t40", "table Town|2014\ntable Brod|40\ncell: Brod | 2014 | 40\n"},
    {"marks and line ends inside a field", "Town,Says\n\"Brod, east\",\"a \"\"whole\"\" day,\nor 2\"\n", "table Town|Says\ntable Brod, east|a \"whole\" day, or 2\ncell: Brod, east | Says | a \"whole\" day, or 2\n"},
    {"a title above the heads", "Boats by town,,\nTown,2014,2015\nBrod,401,402\n", "table Boats by town\ntable Town|2014|2015\ntable Brod|401|402\ncell: Brod | 2014 | 401\ncell: Brod | 2015 | 402\n"},
    {"a field that never ends", "Town,Says\nBrod,\"40 boats\nand more", "table Town|Says\ntable Brod|\"40 boats and more\ncell: Brod | Says | \"40 boats and more\n"},
};

static void reads(void **state)
{
    const char *file = cases[(size_t)*state].file;
    g_autoptr(GBytes) bytes = g_bytes_new_static(file, strlen(file));
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) documents = read_bytes("a.csv", bytes, &error);
    assert_null(error);
    const struct document *doc = g_ptr_array_index(documents, 0);
    g_autofree char *got = described(doc);
    assert_string_equal(got, cases[(size_t)*state].expected);
    for (uint32_t i = 0; i < doc->text->len; i++) {
        uint32_t at = document_source(doc, i);
        if (at != NONE && g_ascii_isalnum(doc->text->str[i]))
            assert_int_equal(doc->text->str[i], file[at]);
    }
}

/* A sign that one byte of the file stands for is three of the text: each is at that byte. */
static void places(void **state)
{
    (void)state;
    static const char file[] = "Town,Costs\nBrod,40 \x80\nSisak,\x85 9 \x85\n";
    g_autoptr(GBytes) bytes = g_bytes_new_static(file, sizeof file - 1);
    g_autoptr(GPtrArray) documents = read_bytes("a.csv", bytes, NULL);
    const struct document *doc = g_ptr_array_index(documents, 0);
    const char *euro = strstr(doc->text->str, "€"), *dots = strstr(doc->text->str, "… 9 …");
    assert_non_null(euro);
    assert_non_null(dots);
    const struct {
        const char *at;
        char byte;
    } signs[] = {{euro, '\x80'}, {dots, '\x85'}, {dots + strlen("… 9 "), '\x85'}};
    for (size_t i = 0; i < G_N_ELEMENTS(signs); i++)
        for (uint32_t k = 0; k < 3; k++)
            assert_int_equal(file[document_source(doc, (uint32_t)(signs[i].at - doc->text->str) + k)], signs[i].byte);
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(cases) + 1];
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        tests[i] = (struct CMUnitTest){cases[i].name, reads, NULL, NULL, (void *)i};
    tests[G_N_ELEMENTS(cases)] = (struct CMUnitTest)cmocka_unit_test(places);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
