/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/diff.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* What became of a number: the value decides, then the qualifier. */
static const struct change_case {
    const char *name;
    struct quantity before, now;
    enum change change;
} cases[] = {
    {"the same", {.low = 4200, .high = 4200}, {.low = 4200, .high = 4200}, CHANGE_NONE},
    {"another value", {.low = 4200, .high = 4200}, {.low = 4350, .high = 4350}, CHANGE_VALUE},
    {"another digit", {.low = 10000, .high = 10000}, {.low = 90000, .high = 90000}, CHANGE_VALUE},
    {"a bound was dropped", {.low = 4200, .high = 4200, .qualifier = QUALIFIER_AT_LEAST}, {.low = 4200, .high = 4200}, CHANGE_QUALIFIER},
    {"a bound was added", {.low = 4200, .high = 4200}, {.low = 4200, .high = 4200, .qualifier = QUALIFIER_AT_MOST}, CHANGE_QUALIFIER},
    {"one bound for another", {.low = 5, .high = 5, .qualifier = QUALIFIER_AT_LEAST}, {.low = 5, .high = 5, .qualifier = QUALIFIER_MORE_THAN}, CHANGE_QUALIFIER},
    {"a value and its bound", {.low = 5, .high = 5, .qualifier = QUALIFIER_AT_LEAST}, {.low = 6, .high = 6}, CHANGE_VALUE},
    {"a range", {.low = 5, .high = 8, .qualifier = QUALIFIER_BETWEEN}, {.low = 5, .high = 9, .qualifier = QUALIFIER_BETWEEN}, CHANGE_VALUE},
    {"a share in words", {.low = 25, .high = 25, .kind = KIND_PERCENT, .unit = "percent"}, {.low = 0.25, .high = 0.25, .kind = KIND_FRACTION}, CHANGE_NONE},
    {"another unit", {.low = 50, .high = 50, .unit = "{person}"}, {.low = 50, .high = 50, .unit = "{household}"}, CHANGE_VALUE},
    {"one of two readings", {.low = 8511, .high = 8511, .ambiguous = true, .other_low = 851, .other_high = 851}, {.low = 851, .high = 851}, CHANGE_NONE},
    {"neither of two readings", {.low = 8511, .high = 8511, .ambiguous = true, .other_low = 851, .other_high = 851}, {.low = 85, .high = 85}, CHANGE_VALUE},
};

static void becomes(void **state)
{
    const struct change_case *c = *state;
    assert_string_equal(change_name(change_of(&c->before, &c->now)), change_name(c->change));
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(cases)];
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        tests[i] = (struct CMUnitTest){cases[i].name, becomes, NULL, NULL, (void *)&cases[i]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
