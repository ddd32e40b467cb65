/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "query/compare.h"

/* A figure as a row of a table; places are in Honduras unless `elsewhere`. */
struct said {
    double value;
    const char *unit, *counted, *period, *said_by, *note;
    uint32_t document;
    bool elsewhere;
};

static struct document_row documents[] = {
    {.rowid = 1, .intact = true, .metadata = {.title = (char *)"Yearly review", .publisher = (char *)"Valley Institute", .date = (char *)"2020"}},
    {.rowid = 2, .intact = true, .metadata = {.title = (char *)"A brief", .publisher = (char *)"Border Desk", .date = (char *)"2021"}},
    {.rowid = 3, .intact = true, .metadata = {.title = (char *)"Yearly review", .publisher = (char *)"Valley Institute", .date = (char *)"2021"}},
};

static struct figure_place here = {.name = "Honduras", .iso = "HN"}, there = {.name = "Peru", .iso = "PE"};

/* The rows live as long as `figure` and `passage` do. */
static struct answer answer_of(const struct said *said, struct figure_row *figure, struct passage_row *passage)
{
    *figure = (struct figure_row){
        .quantity = {.low = said->value, .high = said->value, .unit = said->unit, .kind = KIND_COUNT}, .unit = (char *)said->unit, .counted = (char *)said->counted,
        .period = (char *)said->period, .said_by = (char *)said->said_by, .note_text = (char *)said->note, .places = said->elsewhere ? &there : &here, .n_places = 1,
        .text = (char *)"x", .span = {0, 1}, .intact = true,
    };
    *passage = (struct passage_row){.text = (char *)"x", .span = {0, 1}, .intact = true};
    return (struct answer){.document = &documents[said->document - 1], .passage = passage, .figure = figure};
}

static const struct pair {
    const char *name;
    struct said a, b;
    bool grouped, conflict, one_origin;
    uint32_t differences;
} pairs[] = {
    {"one study in two notes", {500, "{person}", "displaced people", "2020", NULL, "Smith, Count of the displaced, Oxford 2019, p. 4", 1, false},
     {500, "{person}", "IDPs", "2020", NULL, "Smith, Count of the displaced (Oxford, 2019)", 2, false}, true, false, true, 0},
    {"two studies", {500, "{person}", "displaced people", "2020", NULL, "Smith, Count of the displaced, Oxford 2019", 1, false},
     {500, "{person}", "displaced people", "2020", NULL, "Perez, Survey of households in the north, Lima 2018", 2, false}, true, false, false, 0},
    {"one voice for one value", {500, "{person}", "displaced people", "2020", "the police", NULL, 1, false}, {500, "{person}", "displaced people", "2020", "Honduran police", NULL, 2, false}, true, false, true, 0},
    {"one voice for two values", {500, "{person}", "displaced people", "2020", "the police", NULL, 1, false}, {900, "{person}", "displaced people", "2020", "the police", NULL, 2, false}, true, true, false, 0},
    {"the other is named", {500, "{person}", "displaced people", "2020", NULL, NULL, 1, false}, {500, "{person}", "displaced people", "2020", NULL, "Valley Institute, figures", 2, false}, true, false, true, 0},
    {"other times", {500, "{person}", "displaced people", "2019", NULL, NULL, 1, false}, {900, "{person}", "displaced people", "2020", NULL, NULL, 2, false}, false, false, false, 0},
    {"a month against its year", {500, "{person}", "displaced people", "2020-03", NULL, NULL, 1, false}, {900, "{person}", "displaced people", "2020", NULL, NULL, 2, false}, true, true, false, 1u << DIFFERENCE_PERIOD},
    {"one without a time", {500, "{person}", "displaced people", NULL, NULL, NULL, 1, false}, {900, "{person}", "displaced people", "2020", NULL, NULL, 2, false}, true, true, false, 1u << DIFFERENCE_UNDATED},
    {"another fate", {500, "{person}", "civilians killed", "2020", NULL, NULL, 1, false}, {500, "{person}", "displaced civilians", "2020", NULL, NULL, 2, false}, false, false, false, 0},
    {"another unit", {500, "t", "food", "2020", NULL, NULL, 1, false}, {500, "km", "food", "2020", NULL, NULL, 2, false}, false, false, false, 0},
    {"two notes that name nothing", {500, "{person}", "displaced people", "2020", NULL, "Ibid.", 1, false}, {500, "{person}", "displaced people", "2020", NULL, "Ibid.", 2, false}, true, false, false, 0},
    {"households against persons", {500, "{household}", "displaced families", "2020", NULL, NULL, 1, false}, {2400, "{person}", "displaced people", "2020", NULL, NULL, 2, false}, true, true, false,
     1u << DIFFERENCE_UNIT},
    {"two editions", {500, "{person}", "displaced people", "2020", NULL, NULL, 1, false}, {900, "{person}", "displaced people", "2020", NULL, NULL, 3, false}, true, true, false, 1u << DIFFERENCE_EDITION},
    {"a day against a year", {500, "{person}", "displaced people", "2020-12-31", NULL, NULL, 1, false}, {900, "{person}", "displaced people", "2020", NULL, NULL, 2, false}, true, true, false,
     1u << DIFFERENCE_PERIOD | 1u << DIFFERENCE_STOCK},
    {"another thing", {500, NULL, "schools", "2020", NULL, NULL, 1, false}, {500, NULL, "hospitals", "2020", NULL, NULL, 2, false}, false, false, false, 0},
    {"another place", {500, "{person}", "displaced people", "2020", NULL, NULL, 1, false}, {500, "{person}", "displaced people", "2020", NULL, NULL, 2, true}, false, false, false, 0},
};

static void test_pair(void **state)
{
    const struct pair *pair = *state;
    struct figure_row figures[2];
    struct passage_row passages[2];
    struct answer a = answer_of(&pair->a, &figures[0], &passages[0]), b = answer_of(&pair->b, &figures[1], &passages[1]);
    g_autoptr(GPtrArray) answers = g_ptr_array_new();
    g_ptr_array_add(answers, &a);
    g_ptr_array_add(answers, &b);
    g_autoptr(GPtrArray) comparisons = compare_figures(answers);
    assert_int_equal(comparisons->len, pair->grouped);
    if (!pair->grouped)
        return;
    const struct comparison *comparison = g_ptr_array_index(comparisons, 0);
    assert_int_equal(comparison->conflict, pair->conflict);
    assert_int_equal(comparison->n_origins, pair->one_origin ? 1 : 2);
    assert_int_equal(comparison->differences, pair->conflict ? pair->differences : 0);
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(pairs)];
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++)
        tests[i] = (struct CMUnitTest){pairs[i].name, test_pair, NULL, NULL, (void *)&pairs[i]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
