/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/print/number.h"
#include "query/print/terminal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const struct safe_case {
    const char *name, *text, *shown;
} safe_cases[] = {
    {"plain text stays", "Half of 566,700 people", "Half of 566,700 people"},
    {"an escape sequence is shown, not obeyed", "a\033[2Jb", "a⟨U+001B⟩[2Jb"},
    {"a direction override", "pay \xe2\x80\xae" "0001", "pay ⟨U+202E⟩0001"},
    {"a character without width", "10\xe2\x80\x8b" "000", "10⟨U+200B⟩000"},
    {"a soft hyphen", "dis\xc2\xadplaced", "dis⟨U+00AD⟩placed"},
    {"one space for any white space", "a \t\n  b\xc2\xa0" "c", "a b c"},
    {"bytes that are no text", "r\xff.pdf", "r⟨\\xff⟩.pdf"},
    {"a carriage return cannot hide what stands before it", "8,511\r851", "8,511 851"},
};

static void test_safe(void **state)
{
    const struct safe_case *c = *state;
    g_autofree char *shown = terminal_safe(c->text);
    assert_string_equal(shown, c->shown);
}

static const struct wrap_case {
    const char *name, *text;
    unsigned width, indent;
    const char *wrapped;
} wrap_cases[] = {
    {"fits", "one two", 20, 2, "  one two"},
    {"breaks at a space", "one two three", 9, 2, "  one two\n  three"},
    {"no terminal, no wrapping", "one two three", 0, 2, "  one two three"},
    {"wide characters take two columns", "日本語 日本語", 10, 0, "日本語\n日本語"},
    {"accents that combine take none", "e\xcc\x81" "e\xcc\x81" "e\xcc\x81 ab", 6, 0, "e\xcc\x81" "e\xcc\x81" "e\xcc\x81 ab"},
    {"colour takes none", "\033[1mone\033[22m two", 7, 0, "\033[1mone\033[22m two"},
    {"a word longer than the line stands alone", "a incomprehensibilities b", 10, 0, "a\nincomprehensibilities\nb"},
};

static void test_wrap(void **state)
{
    const struct wrap_case *c = *state;
    struct terminal terminal = {.width = c->width};
    g_autoptr(GString) out = g_string_new(NULL);
    terminal_wrap(&terminal, out, c->text, c->indent);
    assert_string_equal(out->str, c->wrapped);
}

static const struct quantity_case {
    const char *name;
    struct quantity quantity;
    const char *shown;
} quantity_cases[] = {
    {"a count", {.low = 183500000, .high = 183500000}, "183500000"},
    {"a fraction", {.low = 2.4, .high = 2.4}, "2.4"},
    {"a large sum has no exponent", {.low = 4e12, .high = 4e12}, "4000000000000"},
    {"no noise of binary fractions", {.low = 0.1 + 0.2, .high = 0.1 + 0.2}, "0.3"},
    {"a lower bound", {.low = 76, .high = 76, .qualifier = QUALIFIER_AT_LEAST}, "≥ 76"},
    {"a range", {.low = 370000, .high = 550000, .qualifier = QUALIFIER_BETWEEN}, "370000–550000"},
    {"two readings", {.low = 8511, .high = 8511, .ambiguous = true, .other_low = 851, .other_high = 851}, "8511 | 851"},
    {"below zero", {.low = -0.8, .high = -0.8}, "-0.8"},
};

static void test_quantity(void **state)
{
    const struct quantity_case *c = *state;
    g_autoptr(GString) out = g_string_new(NULL);
    quantity_append(out, &c->quantity);
    assert_string_equal(out->str, c->shown);
}

static const struct words_case {
    const char *name;
    struct quantity quantity;
    const char *printed, *shown;
} words_cases[] = {
    {"words: thousands are parted", {.low = 288900, .high = 288900, .qualifier = QUALIFIER_AT_MOST, .unit = "{person}"}, NULL, "up to 288,900"},
    {"words: a range below zero", {.low = -1234.5, .high = 999, .qualifier = QUALIFIER_BETWEEN}, NULL, "-1,234.5–999"},
    {"words: two readings", {.low = 8511, .high = 8511, .ambiguous = true, .other_low = 851, .other_high = 851}, NULL, "8,511 or 851"},
    {"words: a fraction", {.low = 1.0 / 3, .high = 1.0 / 3, .kind = KIND_FRACTION, .qualifier = QUALIFIER_ABOUT}, NULL, "about 1/3"},
    {"words: a rate as printed", {.low = 90.4, .high = 90.4, .kind = KIND_RATE, .unit = "1/100000"}, "per 100,000", "90.4 per 100,000"},
    {"words: a rate not printed", {.low = 90.4, .high = 90.4, .kind = KIND_RATE, .unit = "1/100000/a"}, NULL, "90.4 per 100,000 per year"},
    {"words: a duration", {.low = 10, .high = 10, .kind = KIND_DURATION, .unit = "a"}, NULL, "10 years"},
    {"words: money a month keeps its currency", {.low = 1500, .high = 1500, .kind = KIND_MONEY, .unit = "USD/mo"}, "a month", "1,500 USD a month"},
    {"words: per cent", {.low = 11, .high = 11, .kind = KIND_PERCENT, .unit = "percent"}, "por ciento", "11 %"},
};

static void test_words(void **state)
{
    const struct words_case *c = *state;
    g_autoptr(GString) out = g_string_new(NULL);
    quantity_words_append(out, &c->quantity);
    unit_words_append(out, &c->quantity, c->printed);
    assert_string_equal(out->str, c->shown);
}

#define ADD(cases, function)                                                                                                                                  \
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)                                                                                                          \
    tests[n++] = (struct CMUnitTest){.name = cases[i].name, .test_func = function, .initial_state = (void *)&cases[i]}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(safe_cases) + G_N_ELEMENTS(wrap_cases) + G_N_ELEMENTS(quantity_cases) + G_N_ELEMENTS(words_cases)];
    size_t n = 0;
    ADD(safe_cases, test_safe);
    ADD(wrap_cases, test_wrap);
    ADD(quantity_cases, test_quantity);
    ADD(words_cases, test_words);
    return _cmocka_run_group_tests("terminal", tests, n, NULL, NULL);
}
