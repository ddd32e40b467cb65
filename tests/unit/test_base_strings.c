/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/strings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

static const struct healed_case {
    const char *name, *text, *expected;
} cases[] = {
    {"nothing", "", ""},
    {"white space alone", " \n\t ", ""},
    {"plain", "people", "people"},
    {"eight bytes", "children", "children"},
    {"space behind eight bytes", "children in need", "children in need"},
    {"two spaces over eight bytes", "children  in need", "children in need"},
    {"spaces that end eight bytes", "shelter  kits", "shelter kits"},
    {"lines", "people\n who\tfled", "people who fled"},
    {"carriage return and form feed", "a\r\f b", "a b"},
    {"ends", "  internally displaced people \n", "internally displaced people"},
    {"space at the end of eight bytes", "who fled ", "who fled"},
    {"other spaces stay", "5\xc2\xa0 000\v", "5\xc2\xa0 000\v"},
    {"letters of two bytes", "réfugiés  déplacés à Bunia", "réfugiés déplacés à Bunia"},
    {"long", "those who were counted in a camp, a school, a house or under a bridge, and those who were not",
     "those who were counted in a camp, a school, a house or under a bridge, and those who were not"},
};

static void heals(void **state)
{
    const struct healed_case *row = *state;
    struct strings *strings = strings_new();
    struct slice text = slice_of(row->text);
    const char *healed = strings_keep_healed(strings, &text, 1);
    assert_string_equal(healed, row->expected);
    assert_ptr_equal(strings_keep(strings, slice_of(row->expected)), healed);
    strings_free(strings);
}

static void heals_over_the_ends_of_texts(void **state)
{
    (void)state;
    struct strings *strings = strings_new();
    const struct slice texts[] = {SLICE(" Affected people "), SLICE(" "), SLICE(" Children: "), SLICE(""), SLICE("girls")};
    assert_string_equal(strings_keep_healed(strings, texts, G_N_ELEMENTS(texts)), "Affected people Children: girls");
    assert_string_equal(strings_keep_healed(strings, texts, 0), "");
    strings_free(strings);
}

/* More strings than the first table and the first block hold, each asked for twice; none moves. */
static void keeps_each_once(void **state)
{
    enum { MANY = 3000 };
    (void)state;
    struct strings *strings = strings_new();
    const char *kept[MANY];
    char text[64];
    for (int i = 0; i < MANY; i++) {
        snprintf(text, sizeof text, "%d people of %d", i, i % 7);
        kept[i] = strings_keep(strings, slice_of(text));
    }
    for (int i = 0; i < MANY; i++) {
        snprintf(text, sizeof text, "%d people of %d", i, i % 7);
        assert_string_equal(kept[i], text);
        assert_ptr_equal(strings_keep(strings, slice_of(text)), kept[i]);
    }
    strings_free(strings);
}

static void keeps_what_no_block_holds(void **state)
{
    (void)state;
    struct strings *strings = strings_new();
    g_autofree char *text = g_strnfill(100000, 'x');
    const char *kept = strings_keep(strings, slice_of(text)), *small = strings_keep(strings, slice_of("x"));
    assert_string_equal(kept, text);
    assert_string_equal(small, "x");
    strings_free(strings);
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(cases) + 3];
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        tests[i] = (struct CMUnitTest){cases[i].name, heals, NULL, NULL, (void *)&cases[i]};
    tests[G_N_ELEMENTS(cases)] = (struct CMUnitTest)cmocka_unit_test(keeps_each_once);
    tests[G_N_ELEMENTS(cases) + 1] = (struct CMUnitTest)cmocka_unit_test(keeps_what_no_block_holds);
    tests[G_N_ELEMENTS(cases) + 2] = (struct CMUnitTest)cmocka_unit_test(heals_over_the_ends_of_texts);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
