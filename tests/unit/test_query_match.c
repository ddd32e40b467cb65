/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/match.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define COUNT(n, q) {.low = n, .high = n, .qualifier = QUALIFIER_##q, .unit = "{person}"}
#define RANGE(a, b) {.low = a, .high = b, .qualifier = QUALIFIER_BETWEEN, .unit = "{person}"}
#define PERCENT(n, q) {.low = n, .high = n, .qualifier = QUALIFIER_##q, .kind = KIND_PERCENT, .unit = "percent"}
#define FRACTION(n, q) {.low = n, .high = n, .qualifier = QUALIFIER_##q, .kind = KIND_FRACTION}

static const struct value_case {
    const char *name;
    struct quantity claim, source;
    enum value_match match;
} values[] = {
    {"the same number", COUNT(851, EXACT), COUNT(851, EXACT), VALUE_SAME},
    {"another number", COUNT(852, EXACT), COUNT(851, EXACT), VALUE_DIFFERS},
    {"the qualifier dropped", COUNT(10000, EXACT), COUNT(10000, AT_LEAST), VALUE_QUALIFIER},
    {"about, dropped", COUNT(10000, EXACT), COUNT(10000, ABOUT), VALUE_QUALIFIER},
    {"about, kept", COUNT(10000, ABOUT), COUNT(10000, ABOUT), VALUE_SAME},
    {"about, of an exact one", COUNT(10000, ABOUT), COUNT(10000, EXACT), VALUE_SAME},
    {"the bound turned round", COUNT(11000, AT_LEAST), COUNT(11000, AT_MOST), VALUE_QUALIFIER},
    {"at least is wider than more than", COUNT(500, AT_LEAST), COUNT(500, MORE_THAN), VALUE_SAME},
    {"more than is narrower than at least", COUNT(500, MORE_THAN), COUNT(500, AT_LEAST), VALUE_QUALIFIER},
    {"nearly 1.2 million for 1,153,000", COUNT(1200000, ABOUT), COUNT(1153000, EXACT), VALUE_ROUNDED},
    {"nearly 1.2 million for 1,050,000", COUNT(1200000, ABOUT), COUNT(1050000, EXACT), VALUE_DIFFERS},
    {"more than 1 million for 1,153,000", COUNT(1000000, MORE_THAN), COUNT(1153000, EXACT), VALUE_ROUNDED},
    {"more than 1.2 million for 1,153,000", COUNT(1200000, MORE_THAN), COUNT(1153000, EXACT), VALUE_DIFFERS},
    {"a rounding without a word for it", COUNT(1200000, EXACT), COUNT(1153000, EXACT), VALUE_DIFFERS},
    {"$1.36 billion for $1,358,727,767", COUNT(1.36e9, EXACT), COUNT(1358727767, EXACT), VALUE_ROUNDED},
    {"$1.36 billion for $1,368,727,767", COUNT(1.36e9, EXACT), COUNT(1368727767, EXACT), VALUE_DIFFERS},
    {"1.36 million for 1,355,000: not far more exact", COUNT(1360000, EXACT), COUNT(1355000, EXACT), VALUE_DIFFERS},
    {"a range inside a range", RANGE(300000, 600000), RANGE(370000, 550000), VALUE_ROUNDED},
    {"a range for its lower end", COUNT(370000, EXACT), RANGE(370000, 550000), VALUE_QUALIFIER},
    {"a quarter is 25 per cent", FRACTION(0.25, EXACT), PERCENT(25, EXACT), VALUE_SAME},
    {"about a quarter for 24 per cent", FRACTION(0.25, ABOUT), PERCENT(24, EXACT), VALUE_ROUNDED},
    {"almost half for 49 per cent", FRACTION(0.5, ABOUT), PERCENT(49, EXACT), VALUE_ROUNDED},
    {"per cent against a count", PERCENT(25, EXACT), COUNT(25, EXACT), VALUE_INCOMPARABLE},
    {"people against households", COUNT(300, EXACT), {.low = 300, .high = 300, .unit = "{household}"}, VALUE_INCOMPARABLE},
    {"another last digit of a long number", COUNT(12345678901, EXACT), COUNT(12345678902, EXACT), VALUE_DIFFERS},
    {"either reading of an ambiguous source", COUNT(851, EXACT), {.low = 8511, .high = 8511, .unit = "{person}", .ambiguous = true, .other_low = 851, .other_high = 851}, VALUE_SAME},
    {"more than, of ten times as many", COUNT(85800, MORE_THAN), COUNT(858000, MORE_THAN), VALUE_DIFFERS},
    {"fewer than, of a tenth", COUNT(1000, LESS_THAN), COUNT(90, EXACT), VALUE_DIFFERS},
    {"another number under an open bound", COUNT(5, EXACT), COUNT(3, AT_LEAST), VALUE_DIFFERS},
    {"just over a quarter for 27 per cent", FRACTION(0.25, MORE_THAN), PERCENT(27, EXACT), VALUE_ROUNDED},
    {"no rounding has more digits than its number", COUNT(95800, MORE_THAN), COUNT(100000, MORE_THAN), VALUE_DIFFERS},
    {"zero", COUNT(0, EXACT), COUNT(0, EXACT), VALUE_SAME},
};

static void test_value(void **state)
{
    const struct value_case *c = *state;
    assert_string_equal(value_match_name(match_value(&c->claim, &c->source)), value_match_name(c->match));
}

static const struct period_case {
    const char *name, *a, *b;
    enum relation relation;
} periods[] = {
    {"the same year", "2014", "2014", RELATION_SAME},
    {"a year and its days", "2014", "2014-01-01/2014-12-31", RELATION_SAME},
    {"a month of the year", "2014", "2014-03", RELATION_WITHIN},
    {"the year around a day", "2014-03-21", "2014", RELATION_AROUND},
    {"years apart", "2014", "2015", RELATION_APART},
    {"ranges that overlap", "2011/2014", "2013/2016", RELATION_OVERLAPS},
    {"open at the start", "../2014-06", "2013", RELATION_WITHIN},
    {"open at the end", "2024", "2023/..", RELATION_AROUND},
    {"a decade", "201X", "2014", RELATION_WITHIN},
    {"a quarter", "2014-33", "2014-01/2014-03", RELATION_SAME},
    {"about", "2014~", "2014", RELATION_SAME},
    {"a leap day", "2024-02", "2024-02-29", RELATION_WITHIN},
    {"no such day", "2023-02-29", "2023", RELATION_UNKNOWN},
    {"no period", NULL, "2023", RELATION_UNKNOWN},
    {"not a period", "soon", "2023", RELATION_UNKNOWN},
    {"an end before its start", "2015/2014", "2014", RELATION_UNKNOWN},
};

static void test_period(void **state)
{
    const struct period_case *c = *state;
    assert_int_equal(period_relation(c->a, c->b), c->relation);
}

static const struct place_case {
    const char *name;
    struct figure_place a, b;
    enum relation relation;
} places[] = {
    {"one country", {.name = "Mexico", .iso = "MX"}, {.name = "México", .iso = "MX"}, RELATION_SAME},
    {"a state of it", {.name = "Mexico", .iso = "MX"}, {.name = "Chiapas", .iso = "MX-CHP"}, RELATION_WITHIN},
    {"the country of a state", {.name = "Chiapas", .iso = "MX-CHP"}, {.name = "Mexico", .iso = "MX"}, RELATION_AROUND},
    {"a city that carries its country's code", {.name = "Sudan", .iso = "SD", .geonames = 366755}, {.name = "Atbara", .iso = "SD", .geonames = 380173}, RELATION_WITHIN},
    {"two towns of one country", {.name = "Goma", .iso = "CD", .geonames = 216281}, {.name = "Uvira", .iso = "CD", .geonames = 204405}, RELATION_APART},
    {"a town and the region that holds it", {.name = "Goma", .iso = "CD", .geonames = 216281}, {.name = "North Kivu", .iso = "CD-NK"}, RELATION_AROUND},
    {"a town and the region beside its own", {.name = "Goma", .iso = "CD", .geonames = 216281}, {.name = "Ituri", .iso = "CD-IT"}, RELATION_APART},
    {"a town of a region", {.name = "Chiapas", .iso = "MX-CHP"}, {.name = "Tapachula", .iso = "MX-CHP"}, RELATION_WITHIN},
    {"the region of a town", {.name = "Tapachula", .iso = "MX-CHP"}, {.name = "Chiapas", .iso = "MX-CHP"}, RELATION_AROUND},
    {"two towns of one region", {.name = "Tapachula", .iso = "MX-CHP"}, {.name = "Tuxtla", .iso = "MX-CHP"}, RELATION_OVERLAPS},
    {"a county that no table knows, and a state", {.name = "Tonj North", .iso = "SS"}, {.name = "Unity", .iso = "SS-UY"}, RELATION_OVERLAPS},
    {"two states", {.name = "Chiapas", .iso = "MX-CHP"}, {.name = "Oaxaca", .iso = "MX-OAX"}, RELATION_APART},
    {"a zone by its name", {.name = "Northern Triangle"}, {.name = "northern triangle"}, RELATION_SAME},
    {"a zone and a country cannot be told", {.name = "Northern Triangle"}, {.name = "Honduras", .iso = "HN"}, RELATION_UNKNOWN},
    {"a zone of another zone", {.name = "Central America"}, {.name = "Northern Triangle"}, RELATION_WITHIN},
    {"zones without a country in common", {.name = "Northern Triangle"}, {.name = "Southern Cone"}, RELATION_APART},
    {"zones that share a few", {.name = "Andes"}, {.name = "Southern Cone"}, RELATION_OVERLAPS},
    {"a zone whose countries are not known", {.name = "Sub-Saharan Africa"}, {.name = "Central Africa"}, RELATION_UNKNOWN},
    {"one city", {.name = "San Pedro Sula", .geonames = 3601782}, {.name = "SPS", .geonames = 3601782}, RELATION_SAME},
};

static void test_place(void **state)
{
    const struct place_case *c = *state;
    assert_int_equal(place_relation(&c->a, &c->b), c->relation);
}

#define ADD(cases, function)                                                                                                                                  \
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)                                                                                                          \
    tests[n++] = (struct CMUnitTest){.name = cases[i].name, .test_func = function, .initial_state = (void *)&cases[i]}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(values) + G_N_ELEMENTS(periods) + G_N_ELEMENTS(places)];
    size_t n = 0;
    ADD(values, test_value);
    ADD(periods, test_period);
    ADD(places, test_place);
    return _cmocka_run_group_tests("match", tests, n, NULL, NULL);
}
