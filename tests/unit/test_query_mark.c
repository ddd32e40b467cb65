/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "query/mark.h"

static const struct mark_case {
    const char *name, *query, *text, *marked; /* the text with [marks] */
} cases[] = {
    {"word", "families", "The family fled", "The [family] fled"},
    {"two words", "gangs extortion", "Extortion by a gang", "[Extortion] by a [gang]"},
    {"neighbours are one", "armed groups", "three armed groups left", "three [armed groups] left"},
    {"phrase", "\"armed groups\"", "armed men, armed groups", "armed men, [armed groups]"},
    {"prefix", "displ*", "Displaced by displays", "[Displaced] by [displays]"},
    {"number across spellings", "10000", "some 10,000 left", "some [10,000] left"},
    {"accents", "mexico", "en México hay", "en [México] hay"},
    {"excluded is not marked", "gang -family", "gang and family", "[gang] and family"},
    {"nothing", "water", "no such word", "no such word"},
};

static void test_mark(void **state)
{
    const struct mark_case *c = *state;
    struct query *query = NULL;
    assert_true(query_parse(c->query, &query, NULL));
    g_autoptr(GArray) marks = marks_new(query->clauses, "en", slice_of(c->text));
    g_autoptr(GString) out = g_string_new(NULL);
    uint32_t at = 0;
    for (guint i = 0; i < marks->len; i++) {
        struct span span = g_array_index(marks, struct span, i);
        g_string_append_printf(out, "%.*s[%.*s]", (int)(span.start - at), c->text + at, (int)(span.end - span.start), c->text + span.start);
        at = span.end;
    }
    g_string_append(out, c->text + at);
    assert_string_equal(out->str, c->marked);
    query_free(query);
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(cases)];
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        tests[i] = (struct CMUnitTest){cases[i].name, test_mark, NULL, NULL, (void *)&cases[i]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
