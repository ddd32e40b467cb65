/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "query/check/check.h"
#include "query/words/opener.h"

static struct extractor *extractor;

#define BIT(kind) (1u << KIND_##kind)

static const struct question_case {
    const char *name, *question;
    uint32_t has, has_not;  /* kinds that may and may not answer; 0 = any */
    const char *place, *period, *counted; /* counted: a word that must be among what is counted */
} questions[] = {
    {"how many", "How many families fled Honduras in 2016?", BIT(COUNT), BIT(PERCENT), "HN", "2016", "families"},
    {"share", "What share of pupils dropped out of school in Peru?", BIT(PERCENT) | BIT(FRACTION), BIT(COUNT), "PE", NULL, NULL},
    {"any kind", "How big is the budget of the agency?", 0, 0, NULL, NULL, NULL},
    {"money", "How much money do coyotes ask?", BIT(MONEY), BIT(COUNT), NULL, NULL, NULL},
    {"duration", "How long does a crossing take?", BIT(DURATION), BIT(COUNT), NULL, NULL, NULL},
    {"who comes from a country says the country", "How many Guatemalans were deported in March 2019?", BIT(COUNT), 0, "GT", "2019-03", NULL},
    {"a phrase that begins with a stop word", "How many under-fives were vaccinated?", BIT(COUNT), 0, NULL, NULL, "under-fives"},
    {"the question behind a clause", "In 2020, how many nurses left Cuba?", BIT(COUNT), 0, "CU", "2020", "nurses"},
    {"Spanish", "¿Cuántas personas fueron desplazadas en Colombia en 2019?", BIT(COUNT), BIT(PERCENT), "CO", "2019", NULL},
    {"what is counted ends before the next article", "Combien de morts l'épidémie a-t-elle causées en Haïti ?", BIT(COUNT), BIT(PERCENT), "HT", NULL, "morts"},
    {"a share", "Quel pourcentage des ménages a de l'eau ?", BIT(PERCENT), BIT(COUNT), NULL, NULL, "ménages"},
    {"French", "Combien de personnes ont été tuées en Haïti en 2023 ?", BIT(COUNT), BIT(PERCENT), "HT", "2023", NULL},
};

static void test_question(void **state)
{
    const struct question_case *c = *state;
    struct subject *subject = NULL;
    assert_true(subject_of_question(extractor, c->question, NULL, &subject, NULL));
    assert_int_equal(subject->kinds & c->has, c->has);
    assert_int_equal(subject->kinds & c->has_not, 0);
    if (!c->has && !c->has_not)
        assert_int_equal(subject->kinds, 0);
    bool place = !c->place, counted = !c->counted;
    for (uint32_t i = 0; i < subject->n_places; i++)
        place = place || g_strcmp0(subject->places[i].iso, c->place) == 0;
    for (guint i = 0; c->counted && i < subject->units->len; i++) {
        const struct unit *unit = &g_array_index(subject->units, struct unit, i);
        const char *at = subject->text + g_array_index(subject->words->terms, struct term, unit->first).start;
        counted = counted || (unit->counted && g_str_has_prefix(at, c->counted));
    }
    assert_true(place);
    assert_true(counted);
    if (c->period)
        assert_string_equal(subject->period, c->period);
    else
        assert_null(subject->period);
    subject_free(subject);
}

/* Each row of the table brings a question that it reads. */
static void test_openers(void **state)
{
    (void)state;
    const GArray *rows = openers();
    assert_true(rows->len > 40);
    for (guint i = 0; i < rows->len; i++) {
        const struct opener *row = &g_array_index(rows, struct opener, i);
        const struct lexis *lexis = lexis_of(row->language);
        struct words *words = words_new(lexis, slice_of(row->example));
        uint32_t first, after;
        const struct opener *found = opener_in(lexis, words, &first, &after);
        if (found != row)
            fail_msg("'%s' is read by '%s', not by '%s'", row->example, found ? found->phrase : "no row", row->phrase);
        words_free(words);
    }
}

static const struct month_case {
    const char *question;
    uint32_t months; /* 1 << n */
} months[] = {
    {"How many refugees came in March?", 1u << 3}, {"How many refugees came in March 2020?", 0}, {"How many refugees may march?", 0}, {"¿Cuántos refugiados llegaron en marzo?", 1u << 3},
};

static void test_month(void **state)
{
    const struct month_case *c = *state;
    struct subject *subject = NULL;
    assert_true(subject_of_question(extractor, c->question, NULL, &subject, NULL));
    assert_int_equal(subject->months, c->months);
    subject_free(subject);
}

/* What a figure must meet beside words, place and period. */
static void test_demands(void **state)
{
    static const struct {
        const char *question, *name, *group, *happened; /* the first of each, as it begins in the question; NULL = none */
        bool rated, compared;
    } rows[] = {
        {"How many people were displaced by the Akwabo method?", "Akwabo", NULL, "displaced", false, false},
        {"How many refugees did M23 abduct?", "M23", "refugees", NULL, false, false},
        {"How many children did UNICEF reach in March?", NULL, "children", NULL, false, false},
        {"How many of the judges are women?", NULL, "women", NULL, false, false},
        {"How many of the women are judges?", NULL, "women", NULL, false, false},
        {"What is the murder rate?", NULL, NULL, NULL, true, false},
        {"How many migrants cross each month?", NULL, "migrants", NULL, true, false},
        {"How many more teachers were killed than in 2019?", NULL, "teachers", "killed", false, true},
        {"¿Cuántas mujeres fueron secuestradas por día?", NULL, "mujeres", "secuestradas", true, false},
    };
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct subject *subject = NULL;
        assert_true(subject_of_question(extractor, rows[i].question, NULL, &subject, NULL));
        const char *group = NULL, *happened = NULL, *name = subject->names->len ? g_array_index(subject->names, struct asked_name, 0).forms[0] : NULL;
        for (guint u = 0; u < subject->units->len; u++) {
            const struct unit *unit = &g_array_index(subject->units, struct unit, u);
            const char *at = subject->text + g_array_index(subject->words->terms, struct term, unit->first).start;
            group = !group && unit->group ? at : group;
            happened = !happened && unit->happened ? at : happened;
        }
        const char *const got[] = {name, subject->people ? NULL : group, happened}, *const want[] = {rows[i].name, rows[i].group, rows[i].happened};
        for (size_t k = 0; k < G_N_ELEMENTS(got); k++)
            if (!got[k] != !want[k] || (got[k] && !g_str_has_prefix(got[k], want[k])))
                fail_msg("'%s': '%s', not '%s'", rows[i].question, got[k] ? got[k] : "", want[k] ? want[k] : "");
        assert_int_equal(subject->rated, rows[i].rated);
        assert_int_equal(subject->compared, rows[i].compared);
        subject_free(subject);
    }
}

static void test_people(void **state)
{
    (void)state;
    static const struct {
        const char *question, *event; /* event: the unit that says what happened, or NULL */
    } rows[] = {{"How many people died of cholera?", "died"}, {"How many teachers died of cholera?", NULL}};
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct subject *subject = NULL;
        const char *event = NULL;
        assert_true(subject_of_question(extractor, rows[i].question, NULL, &subject, NULL));
        for (guint u = 0; u < subject->units->len; u++) {
            const struct unit *unit = &g_array_index(subject->units, struct unit, u);
            if (unit->event)
                event = subject->text + g_array_index(subject->words->terms, struct term, unit->first).start;
        }
        assert_int_equal(subject->people, rows[i].event != NULL);
        assert_true(rows[i].event ? event && g_str_has_prefix(event, rows[i].event) : !event);
        subject_free(subject);
    }
}

static void test_nothing_asked(void **state)
{
    static const char *const empty[] = {"", "?!…", "how many", "the of and"};
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(empty); i++) {
        struct subject *subject = NULL;
        g_autoptr(GError) error = NULL;
        assert_false(subject_of_question(extractor, empty[i], NULL, &subject, &error));
        assert_non_null(error);
        assert_null(strchr(error->message, '\n'));
    }
}

static const struct flow_case {
    const char *name, *text;
    uint32_t at, after; /* terms of the number */
    enum flow flow;
} flows[] = {
    {"fell by", "abductions fell by 20 per cent", 3, 6, FLOW_DOWN},
    {"fewer", "12 per cent fewer killings", 0, 3, FLOW_DOWN},
    {"an increase of", "an increase of 7 per cent", 3, 6, FLOW_UP},
    {"increase behind", "a 13 per cent increase", 1, 4, FLOW_UP},
    {"the nearer one", "rose by 5 per cent, down from 6", 2, 5, FLOW_UP},
    {"behind a comma", "5 per cent, down from 6", 0, 3, FLOW_NONE},
    {"none", "20 per cent of detainees", 0, 3, FLOW_NONE},
};

static void test_flow(void **state)
{
    const struct flow_case *c = *state;
    struct words *words = words_new(lexis_of("en"), slice_of(c->text));
    assert_int_equal(flow_at(lexis_of("en"), words, c->at, c->after), c->flow);
    words_free(words);
}

static const struct verdict_case {
    const char *name;
    enum value_match value;
    enum relation place, period;
    enum flow claim, source;
    enum verdict verdict;
} verdicts[] = {
    {"all the same", VALUE_SAME, RELATION_SAME, RELATION_SAME, FLOW_NONE, FLOW_NONE, VERDICT_SUPPORTED},
    {"place not given", VALUE_SAME, RELATION_UNKNOWN, RELATION_SAME, FLOW_NONE, FLOW_NONE, VERDICT_SUPPORTED},
    {"another place", VALUE_SAME, RELATION_APART, RELATION_SAME, FLOW_NONE, FLOW_NONE, VERDICT_CONTEXT},
    {"another period", VALUE_SAME, RELATION_SAME, RELATION_APART, FLOW_NONE, FLOW_NONE, VERDICT_CONTEXT},
    {"rounded", VALUE_ROUNDED, RELATION_SAME, RELATION_SAME, FLOW_NONE, FLOW_NONE, VERDICT_ROUNDED},
    {"qualifier", VALUE_QUALIFIER, RELATION_SAME, RELATION_SAME, FLOW_NONE, FLOW_NONE, VERDICT_QUALIFIER},
    {"direction reversed", VALUE_SAME, RELATION_SAME, RELATION_SAME, FLOW_UP, FLOW_DOWN, VERDICT_DIFFERS},
    {"direction of one side unknown", VALUE_SAME, RELATION_SAME, RELATION_SAME, FLOW_UP, FLOW_NONE, VERDICT_SUPPORTED},
    {"another value", VALUE_DIFFERS, RELATION_SAME, RELATION_SAME, FLOW_NONE, FLOW_NONE, VERDICT_DIFFERS},
    {"another value elsewhere", VALUE_DIFFERS, RELATION_APART, RELATION_SAME, FLOW_NONE, FLOW_NONE, VERDICT_NOT_FOUND},
    {"other units", VALUE_INCOMPARABLE, RELATION_SAME, RELATION_SAME, FLOW_NONE, FLOW_NONE, VERDICT_NOT_FOUND},
};

static void test_verdict(void **state)
{
    const struct verdict_case *c = *state;
    assert_string_equal(verdict_name(verdict_of(c->value, c->place, c->period, c->claim, c->source)), verdict_name(c->verdict));
}

static const struct kin_case {
    const char *name;
    double a, b;
    bool kin;
} kins[] = {
    {"digits exchanged", 84000, 48000, true}, {"one digit wrong", 4466, 4666, true},  {"a zero lost", 85800, 858000, true}, {"two digits exchanged", 25.7, 27.5, true},
    {"nothing alike", 1153, 82, false},       {"numbers of one digit", 3, 4, false}, {"round numbers", 2000000, 3000000, false}, {"one digit of two", 25, 15, false},
};

static void test_kin(void **state)
{
    const struct kin_case *c = *state;
    assert_int_equal(values_kin(c->a, c->b), c->kin);
}

int main(void)
{
    GArray *tests = g_array_new(FALSE, FALSE, sizeof(struct CMUnitTest));
#define ADD(table, function)                                                                                            \
    for (size_t i = 0; i < G_N_ELEMENTS(table); i++) {                                                                  \
        struct CMUnitTest test = {(table)[i].name, function, NULL, NULL, (void *)&(table)[i]};                          \
        g_array_append_val(tests, test);                                                                                \
    }
    ADD(questions, test_question)
    ADD(flows, test_flow)
    ADD(verdicts, test_verdict)
    ADD(kins, test_kin)
    for (size_t i = 0; i < G_N_ELEMENTS(months); i++) {
        struct CMUnitTest test = {months[i].question, test_month, NULL, NULL, (void *)&months[i]};
        g_array_append_val(tests, test);
    }
    struct CMUnitTest others[] = {cmocka_unit_test(test_nothing_asked), cmocka_unit_test(test_openers), cmocka_unit_test(test_people), cmocka_unit_test(test_demands)};
    g_array_append_vals(tests, others, G_N_ELEMENTS(others));
    if (!extractor_new(NULL, &extractor, NULL))
        return 1;
    int failed = _cmocka_run_group_tests("query_subject", (const struct CMUnitTest *)(void *)tests->data, tests->len, NULL, NULL);
    extractor_free(extractor);
    g_array_unref(tests);
    return failed;
}
