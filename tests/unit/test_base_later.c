/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is opened later is the function itself: arguments and results are those of a call without a way between, at the first call as at others. */
#include "later_sample.h"

#include <dlfcn.h>
#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

enum { ROUNDS = 200 };

static void *opened(void)
{
    return dlopen(LATER_SAMPLE, RTLD_NOW | RTLD_NOLOAD);
}

static void *plain(const char *name)
{
    void *found = dlsym(opened(), name);
    assert_non_null(found);
    return found;
}

static long number(void)
{
    return (long)g_random_int() << 31 | (long)g_random_int();
}

static double fraction(void)
{
    return g_random_double_range(-1e9, 1e9);
}

/* The first of all tests: nothing was called yet. */
static void opened_by_the_first_call(void **state)
{
    (void)state;
    assert_null(opened());
    assert_int_equal(later_count(), 1);
    assert_non_null(opened());
    assert_int_equal(later_count(), 2);
    long (*count)(void);
    *(void **)&count = plain("later_count");
    assert_int_equal(count(), 3);
}

static void many_arguments(void **state)
{
    (void)state;
    double (*mix)(long, double, long, double, long, double, long, double, long, double, long, double, double, double, long, double, double, long);
    *(void **)&mix = plain("later_mix");
    for (int i = 0; i < ROUNDS; i++) {
        long a[8];
        double b[10];
        for (size_t k = 0; k < G_N_ELEMENTS(b); k++)
            b[k] = fraction();
        for (size_t k = 0; k < G_N_ELEMENTS(a); k++)
            a[k] = number();
        double said = later_mix(a[0], b[0], a[1], b[1], a[2], b[2], a[3], b[3], a[4], b[4], a[5], b[5], b[6], b[7], a[6], b[8], b[9], a[7]);
        assert_true(said == mix(a[0], b[0], a[1], b[1], a[2], b[2], a[3], b[3], a[4], b[4], a[5], b[5], b[6], b[7], a[6], b[8], b[9], a[7]));
    }
}

static void any_number_of_arguments(void **state)
{
    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        long a = number(), b = number();
        double c = fraction(), d = fraction();
        char said[200];
        g_autofree char *expected = g_strdup_printf("%ld %.17g %s %.17g %ld", a, c, "between", d, b);
        assert_int_equal(later_print(said, sizeof said, "%ld %.17g %s %.17g %ld", a, c, "between", d, b), strlen(expected));
        assert_string_equal(said, expected);
    }
}

static void results_in_memory(void **state)
{
    (void)state;
    struct later_five (*give)(long, double, struct later_five);
    *(void **)&give = plain("later_give");
    for (int i = 0; i < ROUNDS; i++) {
        long factor = i;
        struct later_five five = {{1, -i, 3L * i, 4, 5}}, said = later_give(factor, 0.5 + i, five), expected = give(factor, 0.5 + i, five);
        assert_memory_equal(&said, &expected, sizeof said);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(opened_by_the_first_call),
        cmocka_unit_test(many_arguments),
        cmocka_unit_test(any_number_of_arguments),
        cmocka_unit_test(results_in_memory),
    };
    g_random_set_seed(1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
