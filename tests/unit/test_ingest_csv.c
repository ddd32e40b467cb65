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

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(cases)];
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        tests[i] = (struct CMUnitTest){cases[i].name, reads, NULL, NULL, (void *)i};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
