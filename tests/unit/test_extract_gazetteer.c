/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/gazetteer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static void assert_match(const char *text, const char *expected)
{
    struct document *doc = document_new("line");
    document_append(doc, slice_of(text), 0);
    GArray *tokens = tokens_new(doc);
    struct name_match m;
    bool found = gazetteer_match(gazetteer_get(), doc, tokens, 0, tokens->len, &m);
    assert_int_equal(found, expected != NULL);
    if (found) {
        struct slice name = document_slice(doc, m.span);
        assert_true(slice_is(name, expected));
    }
    g_array_unref(tokens);
    document_free(doc);
}

static void longest_name_wins(void **state)
{
    (void)state;
    assert_match("South Sudan is", "South Sudan");
    assert_match("Guinea-Bissau and", "Guinea-Bissau");
    assert_match("Guinea and", "Guinea");
    assert_match("MEXICO CITY", "MEXICO CITY");
    assert_match("Port au Prince.", "Port au Prince");
}

static void possessives_and_stops(void **state)
{
    (void)state;
    assert_match("Kenya's coast", "Kenya");
    assert_match("U.S. law", "U.S.");
    assert_match("C\xc3\xb4te d'Ivoire", "C\xc3\xb4te d'Ivoire");
    assert_match("Qqxzjk", NULL);
}

static void countries_by_code(void **state)
{
    (void)state;
    const struct gazetteer *g = gazetteer_get();
    assert_string_equal(gazetteer_string(g, gazetteer_country(g, "SV")->name), "El Salvador");
    assert_null(gazetteer_country(g, "QQ"));
    assert_non_null(gazetteer_find(g, "Port-au-Prince"));
}

static void zones_and_their_countries(void **state)
{
    (void)state;
    assert_string_equal(gazetteer_members("Northern Triangle"), "GT HN SV");
    assert_null(gazetteer_members("Honduras"));
    assert_null(gazetteer_members("Qqxzjk"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(longest_name_wins),
        cmocka_unit_test(possessives_and_stops),
        cmocka_unit_test(countries_by_code),
        cmocka_unit_test(zones_and_their_countries),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
