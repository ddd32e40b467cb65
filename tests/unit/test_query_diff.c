/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/compare/diff.h"
#include "query/print/number.h"

#include <math.h>

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

/* How much it went up, in words. */
static const struct by_case {
    const char *name;
    struct quantity before, now;
    const char *by;
} by_cases[] = {
    {"up", {.low = 1749, .high = 1749}, {.low = 1764, .high = 1764}, "+15 (+0.9 %)"},
    {"down", {.low = 5000, .high = 5000}, {.low = 1250, .high = 1250}, "−3,750 (−75 %)"},
    {"from nothing", {.low = 0, .high = 0}, {.low = 12, .high = 12}, "+12"},
    {"shares by points", {.low = 4.3, .high = 4.3, .kind = KIND_PERCENT, .unit = "percent"}, {.low = 4.4, .high = 4.4, .kind = KIND_PERCENT, .unit = "percent"}, "+0.1 points"},
    {"a share in words", {.low = 0.25, .high = 0.25, .kind = KIND_FRACTION}, {.low = 30, .high = 30, .kind = KIND_PERCENT, .unit = "percent"}, "+5 points"},
    {"a range", {.low = 5, .high = 8}, {.low = 6, .high = 6}, NULL},
    {"two readings", {.low = 5, .high = 5, .ambiguous = true}, {.low = 6, .high = 6}, NULL},
    {"another unit", {.low = 5, .high = 5, .unit = "km"}, {.low = 6, .high = 6, .unit = "t"}, NULL},
};

static void goes_up_by(void **state)
{
    const struct by_case *c = *state;
    struct figure_row rows[] = {{.quantity = c->before}, {.quantity = c->now}};
    struct answer before = {.figure = &rows[0]}, now = {.figure = &rows[1]};
    const struct difference difference = {CHANGE_VALUE, &before, &now};
    double by = difference_by(&difference);
    g_autoptr(GString) text = g_string_new(NULL);
    assert_int_equal(isnan(by), c->by == NULL);
    if (!c->by)
        return;
    change_words_append(text, by, c->now.low - by, c->now.kind == KIND_PERCENT);
    assert_string_equal(text->str, c->by);
}

/* Which cells of tables may be one: by the head of the column, and by the row. */
static const struct cells_case {
    const char *name, *before, *now;
    bool apart;
} cells_cases[] = {
    {"one cell", "Number · o Suspected cases", "Number · Suspected cases*", false},
    {"another column", "Evolution · Suspected cases", "(since the last report on 3 May) · Suspected cases", true},
    {"a sign for a head", "% · Suspected cases", "Difference · Suspected cases", true},
    {"a head with another date", "Number (since 3 May) · Deaths", "Number (since 10 June) · Deaths", false},
    {"another row", "Number · Total number of contacts", "Number · Number of lost contacts", true},
    {"a row that says more", "Number · Deaths", "Number · Deaths of health workers", false},
    {"a cell and a sentence", "Number · Deaths", "deaths", false},
    {"nothing counted", NULL, "Number · Deaths", false},
};

static void cells(void **state)
{
    const struct cells_case *c = *state;
    assert_int_equal(cells_apart(c->before, c->now, "en"), c->apart);
    assert_int_equal(cells_apart(c->now, c->before, "en"), c->apart);
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(cases) + G_N_ELEMENTS(by_cases) + G_N_ELEMENTS(cells_cases)];
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        tests[i] = (struct CMUnitTest){cases[i].name, becomes, NULL, NULL, (void *)&cases[i]};
    for (size_t i = 0; i < G_N_ELEMENTS(by_cases); i++)
        tests[G_N_ELEMENTS(cases) + i] = (struct CMUnitTest){by_cases[i].name, goes_up_by, NULL, NULL, (void *)&by_cases[i]};
    for (size_t i = 0; i < G_N_ELEMENTS(cells_cases); i++)
        tests[G_N_ELEMENTS(cases) + G_N_ELEMENTS(by_cases) + i] = (struct CMUnitTest){cells_cases[i].name, cells, NULL, NULL, (void *)&cells_cases[i]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
