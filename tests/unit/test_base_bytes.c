/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/bytes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static void within(void **state)
{
    (void)state;
    static const struct { unsigned char first; signed char n; } rows[] = {{'a', 26}, {'0', 10}, {'\t', 5}, {0xD6, 42}, {0, 1}, {0xFF, 1}, {0x80, 127}};
    for (size_t r = 0; r < G_N_ELEMENTS(rows); r++) {
        for (unsigned from = 0; from < 256; from += 16) {
            unsigned char bytes[16];
            uint64_t expected = 0;
            for (unsigned i = 0; i < 16; i++) {
                bytes[i] = (unsigned char)(from + i);
                expected |= (uint64_t)(bytes[i] >= rows[r].first && bytes[i] < rows[r].first + rows[r].n) << i;
            }
            assert_int_equal(bytes_bits(bytes_within(bytes_at(bytes), rows[r].first, rows[r].n)), expected);
        }
    }
}

/* The next bit of random rows, few or many of them set, against looking at one bit after another. */
static void next(void **state)
{
    (void)state;
    enum { ROWS = 200, WORDS = 4 };
    g_autoptr(GRand) rand = g_rand_new_with_seed(7);
    for (unsigned row = 0; row < ROWS; row++) {
        uint64_t bits[WORDS] = {0};
        size_t end = (size_t)g_rand_int_range(rand, 0, WORDS * 64);
        for (gint32 n = g_rand_int_range(rand, 0, 300), i = 0; i < n; i++) {
            gint32 at = g_rand_int_range(rand, 0, WORDS * 64);
            bits[at / 64] |= UINT64_C(1) << at % 64;
        }
        for (unsigned invert = 0; invert < 2; invert++) {
            for (size_t at = 0; at <= end; at++) {
                size_t expected = at;
                while (expected < end && (bits[expected / 64] >> expected % 64 & 1) != 1 - invert)
                    expected++;
                assert_int_equal(bits_next(bits, at, end, invert == 0), expected);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(within), cmocka_unit_test(next)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
