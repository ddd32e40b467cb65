/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/lower.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static const struct lower_case {
    const char *name, *text;
    size_t cut; /* bytes at the end that are not given */
    const char *expected;
} cases[] = {
    {"nothing", "", 0, ""},
    {"ASCII", "Annual REPORT [2014] @Z", 0, "annual report [2014] @z"},
    {"Latin", "ÉTAT DES Œuvres – “Año” × Ÿ", 0, "état des œuvres – “año” × ÿ"},
    {"other letters", "ЖИЗНЬ ΑΒΓ", 0, "жизнь αβγ"},
    {"letter that grows", "Ⱥ", 0, "ⱥ"},
    {"last letter cut", "CAFÉ", 1, "caf"},
    {"last sign cut", "Tables –", 2, "tables "},
};

static void lower(void **state)
{
    const struct lower_case *row = *state;
    g_autofree char *found = slice_lower(slice_make(row->text, strlen(row->text) - row->cut));
    assert_string_equal(found, row->expected);
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(cases)];
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        tests[i] = (struct CMUnitTest){cases[i].name, lower, NULL, NULL, (void *)&cases[i]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
