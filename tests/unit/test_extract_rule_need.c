/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/extractor.h"
#include "extract/rule_pattern.h"
#include "extract/rule_test.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define DIGITS "(?:[\\x{E000}\\x{E004}])"
#define SPACE "[ \\r\\n\\x{A0}]"

enum { D = 1 << 0 | 1 << 4, Y = 1 << 4, ALL = RULE_ANY_FORM, FAR = RULE_FAR };

/* What a pattern needs. */
static const struct need_case {
    const char *pattern;
    struct rule_needs needs;
} cases[] = {
    {"pages? " DIGITS, {{{5, 8, D}}, 1}}, /* the long s takes two bytes more than "s", and so much for any letter that grows */
    {"page" SPACE DIGITS "-" DIGITS, {{{5, 6, D}, {1, 1, D}}, 2}},
    {"(?:on|about) \\x{E004}", {{{3, 6, Y}}, 1}},
    {"(?<low>" DIGITS ")(?: to |-)(?<high>\\x{E001})", {{{0, 0, D}, {1, 4, 1 << 1}}, 2}},
    {"[\\x{E000}-\\x{E002}]", {{{0, 0, 7}}, 1}},
    {"a|" DIGITS, {.n = 0}},
    {"(?:a " DIGITS " )?b " DIGITS, {{{0, 8, ALL}}, 1}},
    {"a[^.]{0,3}" DIGITS, {{{0, 13, ALL}}, 1}},
    {"a\\p{L}+ " DIGITS, {{{3, FAR, D}}, 1}},
    {"a\\P{L}" DIGITS, {.n = 0}}, /* not understood: it may be anything */
    {DIGITS "(?:, " DIGITS ")*", {{{0, 0, D}}, 1}},
    {DIGITS "(?: or " DIGITS "){1,3} b " DIGITS, {{{0, 0, D}, {4, 4, D}, {0, FAR, ALL}}, 3}},
    {"a(?! b)(?<!c )(?=" DIGITS ") " DIGITS, {{{2, 2, D}}, 1}},
    {"(?<b>[-/])" DIGITS "\\k<b>" DIGITS, {{{1, 1, D}, {1, 1, D}}, 2}},
    {"(?|(?<b>x)|(?<b>longword)):\\k<b>:" DIGITS, {{{0, FAR, ALL}}, 1}}, /* of either text */
    {"(?<a>i)(?<b>j)(?<c>l)(?|(?<e>x)|(?<e>longword)):\\k<e>:" DIGITS, {{{0, FAR, ALL}}, 1}},
    {"(?-i:A)\\(" DIGITS, {{{2, 2, D}}, 1}},
    {"(?|a " DIGITS "|bcd " DIGITS ")", {{{2, 4, D}}, 1}},
    {"no number", {.n = 0}},
    {"a(?(1)b|c)" DIGITS, {.n = 0}},
    {"[a", {.n = 0}},
    {"a\\", {.n = 0}},
    {"[a-", {.n = 0}},
    {"(?<a", {.n = 0}},
    {"a{2", {.n = 0}},
};

static void test_needs(void **state)
{
    const struct need_case *row = *state;
    struct rule_needs needs = rule_needs_of(row->pattern);
    assert_int_equal(needs.n, row->needs.n);
    for (unsigned i = 0; i < needs.n; i++) {
        assert_int_equal(needs.hops[i].near, row->needs.hops[i].near);
        assert_int_equal(needs.hops[i].far, row->needs.hops[i].far);
        assert_int_equal(needs.hops[i].forms, row->needs.hops[i].forms);
    }
}

/* The text with each run of digits as one number of a form. */
static char *shadow_of(const char *text, unsigned form)
{
    GString *shadow = g_string_new(NULL);
    for (const char *p = text; *p;)
        if (g_ascii_isdigit(*p)) {
            g_string_append_unichar(shadow, SHADOW_FIRST + form);
            p += strspn(p, "0123456789");
        } else {
            g_string_append_c(shadow, *p++);
        }
    return g_string_free(shadow, FALSE);
}

static bool holds(const struct rule_needs *needs, const char *p)
{
    for (unsigned i = 0; i < needs->n; i++) {
        const char *from = p;
        while (*p && !(g_utf8_get_char(p) >= SHADOW_FIRST && g_utf8_get_char(p) < SHADOW_FIRST + SHADOW_FORMS))
            p = g_utf8_next_char(p);
        const struct rule_hop *hop = &needs->hops[i];
        if (!*p || p - from < hop->near || p - from > hop->far || !(hop->forms >> (g_utf8_get_char(p) - SHADOW_FIRST) & 1))
            return false;
        p = g_utf8_next_char(p);
    }
    return true;
}

static unsigned matches(struct rule_matcher *matcher, const struct rule *rule, const struct rule_needs *needs, const char *shadow)
{
    unsigned n = 0;
    for (const char *p = shadow; *p; p = g_utf8_next_char(p)) {
        struct rule_hit hit;
        if (!rule_match(matcher, rule, slice_of(shadow), (uint32_t)(p - shadow), &hit))
            continue;
        n++;
        if (!holds(needs, p))
            fail_msg("rule %s matches at '%s', where its pattern is said not to", rule->id, p);
    }
    return n;
}

/* Wherever one of our rules matches in an example, of its own or of another rule, with numbers of whatever form, what it is said to need is there. */
static void test_no_match_lost(void **state)
{
    (void)state;
    struct extractor *extractor = NULL;
    assert_true(extractor_new(NULL, &extractor, NULL));
    const GPtrArray *rules = extractor_rules(extractor);
    struct rule_matcher *matcher = rule_matcher_new(NULL);
    unsigned n = 0, told = 0;
    for (guint r = 0; r < rules->len; r++) {
        const struct rule *rule = g_ptr_array_index(rules, r);
        const struct rule_needs *needs = &rule->needs;
        told += needs->n > 0;
        for (guint o = 0; o < rules->len; o++) {
            const struct rule *other = g_ptr_array_index(rules, o);
            for (guint e = 0; other->language == rule->language && e < other->matches->len; e++) {
                g_autofree char *shadow = shadow_of(g_array_index(other->matches, struct rule_example, e).text, (r + o + e) % SHADOW_FORMS);
                g_autofree char *digits = shadow_of(g_array_index(other->matches, struct rule_example, e).text, 0);
                n += matches(matcher, rule, needs, shadow) + matches(matcher, rule, needs, digits);
            }
        }
    }
    if (n < 500)
        fail_msg("%u matches", n);
    assert_true(told > 100);
    rule_matcher_free(matcher);
    extractor_free(extractor);
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(cases) + 1];
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        tests[i] = (struct CMUnitTest){cases[i].pattern, test_needs, NULL, NULL, (void *)(uintptr_t)&cases[i]};
    tests[G_N_ELEMENTS(cases)] = (struct CMUnitTest)cmocka_unit_test(test_no_match_lost);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
