/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/slice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const struct utf8_case {
    const char *name;
    struct slice text;
    bool valid;
} utf8_cases[] = {
    {"nothing", SLICE(""), true},
    {"ASCII, more than eight", SLICE("ten thousand"), true},
    {"two, three and four bytes", SLICE("año 日本語 \xF0\x9F\x8C\x8D"), true},
    {"all that ASCII has but zero", SLICE("\x01\x02\x7f\x1f\x0b\x7e\x20\x21"), true},
    {"a zero byte among eight", SLICE("abc\0defgh"), false},
    {"a zero byte at the end", SLICE("abc\0"), false},
    {"a zero byte behind a one", SLICE("\x01\0\x01\0\x01\0\x01\0"), false},
    {"a character without its end", SLICE("abcdefg\xC3"), false},
    {"an end without its character", SLICE("abcdefgh\xA9"), false},
    {"a surrogate", SLICE("\xED\xA0\x80"), false},
    {"longer than need be", SLICE("\xC0\x80"), false},
    {"beyond all characters", SLICE("\xF4\x90\x80\x80"), false},
};

static void tells_utf8(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(utf8_cases); i++) {
        if (slice_is_utf8(utf8_cases[i].text) != utf8_cases[i].valid)
            fail_msg("%s", utf8_cases[i].name);
        assert_int_equal(g_utf8_validate_len(utf8_cases[i].text.ptr, utf8_cases[i].text.len, NULL), utf8_cases[i].valid);
    }
}

static const uint64_t wholes[] = {0, 9, 10, 851, 8511, 999999999999999, UINT32_MAX, UINT64_MAX};

static void writes_wholes(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(wholes); i++) {
        char digits[WHOLE_BYTES];
        g_autofree char *written = g_strndup(digits, whole_write(wholes[i], digits)), *expected = g_strdup_printf("%" G_GUINT64_FORMAT, wholes[i]);
        assert_string_equal(written, expected);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(tells_utf8), cmocka_unit_test(writes_wholes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
