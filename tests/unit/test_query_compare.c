/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "query/compare/compare.h"

/* A figure as a row of a table; places are in Honduras unless `elsewhere`. */
struct said {
    double value;
    const char *unit, *counted, *period, *said_by, *note;
    uint32_t document;
    bool elsewhere;
    const char *text; /* its sentence, from the number on; NULL: "x" */
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
        .text = (char *)(said->text ? "500" : "x"), .span = {0, said->text ? 3 : 1}, .intact = true,
    };
    *passage = (struct passage_row){.text = (char *)(said->text ? said->text : "x"), .span = {0, said->text ? (uint32_t)strlen(said->text) : 1}, .intact = true};
    return (struct answer){.document = &documents[said->document - 1], .passage = passage, .figure = figure};
}

static const struct pair {
    const char *name;
    struct said a, b;
    bool grouped, conflict, one_origin;
    uint32_t differences;
} pairs[] = {
    {"one study in two notes", {500, "{person}", "displaced people", "2020", NULL, "Smith, Count of the displaced, Oxford 2019, p. 4", 1, false, NULL},
     {500, "{person}", "IDPs", "2020", NULL, "Smith, Count of the displaced (Oxford, 2019)", 2, false, NULL}, true, false, true, 0},
    {"two studies", {500, "{person}", "displaced people", "2020", NULL, "Smith, Count of the displaced, Oxford 2019", 1, false, NULL},
     {500, "{person}", "displaced people", "2020", NULL, "Perez, Survey of households in the north, Lima 2018", 2, false, NULL}, true, false, false, 0},
    {"one voice for one value", {500, "{person}", "displaced people", "2020", "the police", NULL, 1, false, NULL}, {500, "{person}", "displaced people", "2020", "Honduran police", NULL, 2, false, NULL}, true, false, true, 0},
    {"one voice for two values", {500, "{person}", "displaced people", "2020", "the police", NULL, 1, false, NULL}, {900, "{person}", "displaced people", "2020", "the police", NULL, 2, false, NULL}, true, true, false, 0},
    {"the other is named", {500, "{person}", "displaced people", "2020", NULL, NULL, 1, false, NULL}, {500, "{person}", "displaced people", "2020", NULL, "Valley Institute, figures", 2, false, NULL}, true, false, true, 0},
    {"a month against its year", {500, "{person}", "displaced people", "2020-03", NULL, NULL, 1, false, NULL}, {900, "{person}", "displaced people", "2020", NULL, NULL, 2, false, NULL}, true, true, false, 1u << DIFFERENCE_PERIOD},
    {"one without a time", {500, "{person}", "displaced people", NULL, NULL, NULL, 1, false, NULL}, {900, "{person}", "displaced people", "2020", NULL, NULL, 2, false, NULL}, false, false, false, 0},
    {"the same number, one without a time", {500, "{person}", "displaced people", NULL, NULL, NULL, 1, false, NULL}, {500, "{person}", "displaced people", "2020", NULL, NULL, 2, false, NULL}, true, false, false, 0},
    {"the dead of a month and of its year", {50, "{person}", "people killed", "2020-03", NULL, NULL, 1, false, NULL}, {90, "{person}", "people killed", "2020", NULL, NULL, 2, false, NULL}, false, false, false, 0},
    {"the dead of one year", {50, "{person}", "people killed", "2020", NULL, NULL, 1, false, NULL}, {90, "{person}", "people killed", "2020", NULL, NULL, 2, false, NULL}, true, true, false, 0},
    {"another fate", {500, "{person}", "civilians killed", "2020", NULL, NULL, 1, false, NULL}, {500, "{person}", "displaced civilians", "2020", NULL, NULL, 2, false, NULL}, false, false, false, 0},
    {"another unit", {500, "t", "food", "2020", NULL, NULL, 1, false, NULL}, {500, "km", "food", "2020", NULL, NULL, 2, false, NULL}, false, false, false, 0},
    {"two notes that name nothing", {500, "{person}", "displaced people", "2020", NULL, "Ibid.", 1, false, NULL}, {500, "{person}", "displaced people", "2020", NULL, "Ibid.", 2, false, NULL}, true, false, false, 0},
    {"households against persons", {500, "{household}", "displaced families", "2020", NULL, NULL, 1, false, NULL}, {2400, "{person}", "displaced people", "2020", NULL, NULL, 2, false, NULL}, true, true, false,
     1u << DIFFERENCE_UNIT},
    {"two editions", {500, "{person}", "displaced people", "2020", NULL, NULL, 1, false, NULL}, {900, "{person}", "displaced people", "2020", NULL, NULL, 3, false, NULL}, true, true, false, 1u << DIFFERENCE_EDITION},
    {"a day against a year", {500, "{person}", "displaced people", "2020-12-31", NULL, NULL, 1, false, NULL}, {900, "{person}", "displaced people", "2020", NULL, NULL, 2, false, NULL}, true, true, false,
     1u << DIFFERENCE_PERIOD | 1u << DIFFERENCE_STOCK},
    {"another thing", {500, NULL, "schools", "2020", NULL, NULL, 1, false, NULL}, {500, NULL, "hospitals", "2020", NULL, NULL, 2, false, NULL}, false, false, false, 0},
    {"one organisation, two studies", {500, "{person}", "displaced people", "2020", NULL, "IDMC, Global Overview 2015, p. 16", 1, false, NULL},
     {700, "{person}", "displaced people", "2020", NULL, "IDMC, Mid-year figures 2020", 2, false, NULL}, true, true, false, 0},
    {"an acronym and its name", {500, "{person}", "displaced people", "2020", NULL, "IDMC, Global Overview, p. 16", 1, false, NULL},
     {500, "{person}", "displaced people", "2020", NULL, "Internal Displacement Monitoring Centre, Global Overview (Geneva, 2015)", 2, false, NULL}, true, false, true, 0},
    {"one text, printed twice", {500, "{person}", "displaced people", "2020", NULL, NULL, 1, false, "500 displaced people from hill villages waited for boats beside a flooded bridge."},
     {500, "{person}", "displaced people", "2020", NULL, NULL, 2, false, "500 displaced people from hill villages waited for boats beside the flooded bridge today."}, true, false, true, 0},
    {"one text, told in other words", {500, "{person}", "displaced people", "2020", NULL, NULL, 1, false, "500 displaced people, 1,218 ruined houses and 347 dead cows: that is what the storm left."},
     {500, "{person}", "displaced people", "2020", NULL, NULL, 2, false, "500 displaced people, 1,218 roofless houses and 347 cows were left by the storm, as officers reported on Monday to the assembly."}, true, false, true, 0},
    {"another disease, or none that is named", {500, NULL, "cases", NULL, NULL, NULL, 1, false, "500 cases of measles were reported by clinics."},
     {700, NULL, "cases", NULL, NULL, NULL, 2, false, "700 cases of cholera were reported by clinics."}, false, false, false, 0},
    {"another event", {500, "{person}", "children", "2020", NULL, NULL, 1, false, "500 children were killed in the fighting."},
     {500, "{person}", "children", "2020", NULL, NULL, 2, false, "500 children were injured in the fighting."}, false, false, false, 0},
    {"one noun says more", {500, "{person}", "displaced people", "2020", NULL, NULL, 1, false, NULL}, {900, "{person}", "displaced people in camps", "2020", NULL, NULL, 2, false, NULL}, true, true, false,
     1u << DIFFERENCE_COUNTED},
    {"two nouns that exclude each other", {500, NULL, "primary schools", "2020", NULL, NULL, 1, false, NULL}, {500, NULL, "secondary schools", "2020", NULL, NULL, 2, false, NULL}, false, false, false, 0},
    {"one document contradicts itself nowhere", {500, "{person}", "displaced people", "2020", NULL, NULL, 1, false, NULL}, {900, "{person}", "displaced people", "2020", NULL, NULL, 1, false, NULL}, false, false, false, 0},
    {"one woman of two events", {1, "{person}", "woman", NULL, NULL, NULL, 1, false, NULL}, {1, "{person}", "woman", NULL, NULL, NULL, 2, false, NULL}, false, false, false, 0},
    {"a few of one year", {7, "{person}", "detained nurses", "2020", NULL, NULL, 1, false, NULL}, {7, "{person}", "detained nurses", "2020", NULL, NULL, 2, false, NULL}, true, false, false, 0},
    {"a total of few", {7, "{person}", "nurses in total", NULL, NULL, NULL, 1, false, NULL}, {7, "{person}", "nurses in total", NULL, NULL, NULL, 2, false, NULL}, true, false, false, 0},
    {"another place", {500, "{person}", "displaced people", "2020", NULL, NULL, 1, false, NULL}, {500, "{person}", "displaced people", "2020", NULL, NULL, 2, true, NULL}, false, false, false, 0},
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
    g_autoptr(GPtrArray) comparisons = NULL;
    assert_true(compare_figures(answers, NULL, &comparisons, NULL));
    assert_int_equal(comparisons->len, pair->grouped);
    if (!pair->grouped)
        return;
    const struct comparison *comparison = g_ptr_array_index(comparisons, 0);
    assert_int_equal(comparison->conflict, pair->conflict);
    assert_int_equal(comparison->n_origins, pair->one_origin ? 1 : 2);
    assert_int_equal(comparison->differences, pair->conflict ? pair->differences : 0);
}

/* One statistic at two times, as two reports state it. */
static const struct moved {
    const char *name;
    struct said a, b;
    bool series;
} moved[] = {
    {"as at two days", {50, NULL, "cases", "2020-03-01", NULL, NULL, 2, false, "500 cases had been reported as at 1 March."}, {80, NULL, "cases", "2020-06-01", NULL, NULL, 1, false, "500 cases had been reported as at 1 June."}, true},
    {"two years", {50, "{person}", "displaced people", "2019", NULL, NULL, 1, false, NULL}, {90, "{person}", "displaced people", "2020", NULL, NULL, 2, false, NULL}, true},
    {"two days", {50, "{person}", "people killed", "2020-03-01", NULL, NULL, 1, false, NULL}, {90, "{person}", "people killed", "2020-06-01", NULL, NULL, 2, false, NULL}, false},
    {"a part of the time", {50, "{person}", "people killed", "2020-03/2020-06", NULL, NULL, 1, false, NULL}, {90, "{person}", "people killed", "2019-01/2020-12", NULL, NULL, 2, false, NULL}, false},
    {"running totals", {50, "{person}", "people killed", "2019-01/2020-06", NULL, NULL, 1, false, NULL}, {90, "{person}", "people killed", "2019-01/2020-12", NULL, NULL, 2, false, NULL}, true},
    {"another place", {50, "{person}", "displaced people", "2019", NULL, NULL, 1, false, NULL}, {90, "{person}", "displaced people", "2020", NULL, NULL, 2, true, NULL}, false},
};

static void test_moved(void **state)
{
    const struct moved *row = *state;
    struct figure_row figures[2];
    struct passage_row passages[2];
    struct answer a = answer_of(&row->a, &figures[0], &passages[0]), b = answer_of(&row->b, &figures[1], &passages[1]);
    g_autoptr(GPtrArray) answers = g_ptr_array_new(), comparisons = NULL;
    g_ptr_array_add(answers, &b);
    g_ptr_array_add(answers, &a);
    assert_true(compare_figures(answers, NULL, &comparisons, NULL));
    assert_int_equal(comparisons->len, row->series);
    if (!row->series)
        return;
    const struct comparison *comparison = g_ptr_array_index(comparisons, 0);
    assert_true(comparison->series && !comparison->conflict);
    assert_ptr_equal(g_ptr_array_index(comparison->answers, 0), &a);
}

static struct note_row notes[] = {
    {.label = (char *)"1", .text = (char *)"IDMC, Global Overview 2015, p. 16."},
    {.label = (char *)"2", .text = (char *)"Ibid., p. 20."},
    {.label = (char *)"3", .text = (char *)"Ibidem."},
    {.label = (char *)"4", .text = (char *)"Ibáñez, A., Displaced households, Bogotá 2008."},
    {.label = (char *)"5", .text = (char *)"IDMC, op. cit., p. 4."},
    {.label = (char *)"6", .text = (char *)"See note 4 above."},
    {.label = (char *)"7", .text = (char *)"Véase la nota 5."},
    {.label = (char *)"8", .text = (char *)"Unknown Press, op. cit."},
    {.label = (char *)"9", .text = (char *)"Íbid."},
    {.label = (char *)"10", .text = (char *)"Identity papers are counted in the note 3 of the survey."},
};

static const struct referred {
    const char *name;
    guint note, leads_to; /* from 0 */
} referred[] = {
    {"a note that says it itself", 0, 0}, {"ibid", 1, 0}, {"ibidem behind ibid", 2, 0}, {"a name that begins alike", 3, 3}, {"op. cit. by its author", 4, 0}, {"a note by its number", 5, 3},
    {"the same in Spanish, and on", 6, 0}, {"op. cit. of nothing here", 7, 7}, {"ibid of such", 8, 7}, {"words that begin alike", 9, 9},
};

static void test_referred(void **state)
{
    const struct referred *row = *state;
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    for (size_t i = 0; i < G_N_ELEMENTS(notes); i++)
        g_ptr_array_add(all, &notes[i]);
    assert_int_equal(note_referred(all, row->note), row->leads_to);
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(pairs) + G_N_ELEMENTS(referred) + G_N_ELEMENTS(moved)];
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++)
        tests[i] = (struct CMUnitTest){pairs[i].name, test_pair, NULL, NULL, (void *)&pairs[i]};
    for (size_t i = 0; i < G_N_ELEMENTS(referred); i++)
        tests[G_N_ELEMENTS(pairs) + i] = (struct CMUnitTest){referred[i].name, test_referred, NULL, NULL, (void *)&referred[i]};
    for (size_t i = 0; i < G_N_ELEMENTS(moved); i++)
        tests[G_N_ELEMENTS(pairs) + G_N_ELEMENTS(referred) + i] = (struct CMUnitTest){moved[i].name, test_moved, NULL, NULL, (void *)&moved[i]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
