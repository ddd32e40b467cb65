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

/* Every name is found by its words, however full its part of the table is; one that is not there is not. */
static void all_names_are_found(void **state)
{
    (void)state;
    const struct gazetteer *g = gazetteer_get();
    const struct gazetteer_slot *slots = (const void *)((const char *)g + g->slots.rows);
    assert_true(g->slots.n > 1000);
    for (uint32_t i = 0; i < g->slots.n; i++)
        if (!strpbrk(gazetteer_string(g, slots[i].text), "'`"))
            assert_ptr_equal(gazetteer_find(g, gazetteer_string(g, slots[i].text)), &slots[i]);
    const struct gazetteer_start *starts = (const void *)((const char *)g + g->starts.rows);
    for (uint32_t i = 0; i < g->starts.n; i++)
        assert_ptr_equal(gazetteer_start(g, starts[i].hash), &starts[i]);
    const struct gazetteer_word *words = (const void *)((const char *)g + g->words.rows);
    for (uint32_t i = 0; i < g->words.n; i++)
        assert_int_equal(gazetteer_word(g, words[i].hash), words[i].flags);
    assert_null(gazetteer_find(g, "Qqxzjk Port"));
}

/* Runs last: the others ask the table of the program. */
static void a_copy_says_the_same(void **state)
{
    (void)state;
    const struct gazetteer *g = gazetteer_get();
    const struct gazetteer_slot *before = gazetteer_find(g, "Honduras");
    gazetteer_settle();
    const struct gazetteer *copy = gazetteer_get();
    const struct gazetteer_slot *after = gazetteer_find(copy, "Honduras");
    assert_ptr_not_equal(copy, g);
    assert_memory_equal(before, after, sizeof *before);
    assert_string_equal(gazetteer_string(g, before->text), "honduras");
    assert_string_equal(gazetteer_string(copy, after->text), "honduras");
    gazetteer_settle(); /* once is enough */
    assert_ptr_equal(gazetteer_get(), copy);
    all_names_are_found(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(longest_name_wins),
        cmocka_unit_test(possessives_and_stops),
        cmocka_unit_test(countries_by_code),
        cmocka_unit_test(zones_and_their_countries),
        cmocka_unit_test(all_names_are_found),
        cmocka_unit_test(a_copy_says_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
