/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "query/parse.h"
#include "query/print/number.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* A query as one line: words, [phrases], -excluded, begin*, then the fields. */
static char *shown(const struct query *query)
{
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < query->clauses->len; i++) {
        const struct clause *clause = g_ptr_array_index(query->clauses, i);
        g_string_append_printf(out, "%s%s%s%s%s%s", out->len ? " " : "", clause->excluded ? "-" : "", clause->phrase ? "[" : "", clause->text, clause->phrase ? "]" : "",
                               clause->prefix ? "*" : "");
        assert_true(clause->required != clause->excluded);
    }
    const struct figure_filter *f = &query->filter;
    const struct {
        const char *name, *value;
    } texts[] = {{"place", f->place}, {"actor", f->actor}, {"said-by", f->said_by}, {"from", f->period_from}, {"to", f->period_to}, {"unit", f->unit}, {"source", f->document},
                 {"lang", query->language}, {"kind", f->has_kind ? kind_name(f->kind) : NULL}, {"zone", query->has_zone ? zone_name(query->zone) : NULL}};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        if (texts[i].value)
            g_string_append_printf(out, "%s%s=%s", out->len ? " " : "", texts[i].name, texts[i].value);
    if (f->has_min) {
        g_string_append(out, out->len ? " min=" : "min=");
        number_append(out, f->min);
    }
    if (f->has_max) {
        g_string_append(out, out->len ? " max=" : "max=");
        number_append(out, f->max);
    }
    return g_string_free(out, FALSE);
}

static const struct parse_case {
    const char *name, *text, *parsed;
} cases[] = {
    {"words", "displaced people", "displaced people"},
    {"a phrase", "\"armed groups\" cholera", "[armed groups] cholera"},
    {"typographic quotes", "“armed groups”", "[armed groups]"},
    {"a phrase that does not end", "\"armed groups", "[armed groups]"},
    {"excluded", "violence -gangs -\"armed groups\"", "violence -gangs -[armed groups]"},
    {"a hyphen inside a word is no sign", "well-known", "well-known"},
    {"a lonely hyphen", "a - b", "a b"},
    {"the beginning of a word", "displac*", "displac*"},
    {"a number with separators", "10,000 20.5%", "10,000 20.5%"},
    {"an apostrophe", "a'b", "a'b"},
    {"words of the engine's own syntax", "a AND (b OR c) NEAR(d)", "a AND (b OR c) NEAR(d)"},
    {"a colon that is no field", "note: http://x 10:30", "note: http://x 10:30"},
    {"a column of the engine", "text:cholera", "text:cholera"},
    {"place by code", "cholera place:sv", "cholera place=SV"},
    {"place by region", "place:mx-chp", "place=MX-CHP"},
    {"place by name", "place:\"El Salvador\"", "place=El Salvador"},
    {"a year", "period:2014", "from=2014-01-01 to=2014-12-31"},
    {"years from to", "period:2014..2016-03", "from=2014-01-01 to=2016-03-31"},
    {"open years", "period:..2014", "to=2014-12-31"},
    {"EDTF", "period:2014-03/2014-05", "from=2014-03-01 to=2014-05-31"},
    {"more than", "value:>=1,000", "min=1000"},
    {"less than", "value:<=2.5m", "max=2500000"},
    {"the value itself", "value:851", "min=851 max=851"},
    {"values from to", "value:100..200", "min=100 max=200"},
    {"kind and unit", "kind:percent unit:%", "unit=percent kind=percent"},
    {"who and where", "said-by:UNHCR source:unhcr-2014 actor:\"Barrio 18\"", "actor=Barrio 18 said-by=UNHCR source=unhcr-2014"},
    {"language and zone", "lang:ES zone:table", "lang=es zone=table"},
    {"fields in capitals", "PLACE:SV", "place=SV"},
};

static void test_parse(void **state)
{
    const struct parse_case *c = *state;
    g_autoptr(GError) error = NULL;
    struct query *query = NULL;
    assert_true(query_parse(c->text, &query, &error));
    g_autofree char *parsed = shown(query);
    assert_string_equal(parsed, c->parsed);
    query_free(query);
}

static const struct refused_case {
    const char *name, *text, *told; /* told: NULL: whatever */
} refused[] = {
    {"only punctuation is refused", "?! ... -- \"'\" *", NULL},
    {"nothing is refused", "", NULL},
    {"only exclusions are refused", "-gangs", NULL},
    {"an unknown kind is refused", "kind:many", NULL},
    {"a period that is none is refused", "period:soon", NULL},
    {"a value that is none is refused", "value:>many", NULL},
    {"an empty field is refused", "place:", NULL},
    {"an empty range is refused", "value:..", NULL},
    {"a range that ends before it begins is refused", "value:200..100", NULL},
    {"a least value above the greatest is refused", "min:5 max:3", "no number is at least 5 and at most 3"},
    {"an unknown zone is refused", "zone:margin", NULL},
};

static void test_refused(void **state)
{
    const struct refused_case *c = *state;
    g_autoptr(GError) error = NULL;
    struct query *query = NULL;
    assert_false(query_parse(c->text, &query, &error));
    assert_true(g_error_matches(error, CITABLE_ERROR, CITABLE_ERROR_QUERY));
    assert_null(strchr(error->message, '\n'));
    if (c->told)
        assert_string_equal(error->message, c->told);
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(cases) + G_N_ELEMENTS(refused)];
    size_t n = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        tests[n++] = (struct CMUnitTest){.name = cases[i].name, .test_func = test_parse, .initial_state = (void *)&cases[i]};
    for (size_t i = 0; i < G_N_ELEMENTS(refused); i++)
        tests[n++] = (struct CMUnitTest){.name = refused[i].name, .test_func = test_refused, .initial_state = (void *)&refused[i]};
    return _cmocka_run_group_tests("parse", tests, n, NULL, NULL);
}
