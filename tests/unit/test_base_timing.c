/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/timing.h"

#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

enum { WORK_MS = 2 };

/* Takes the processor for a while. */
static void work(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    for (time_t ms = now.tv_sec * 1000 + now.tv_nsec / 1000000, end = ms + WORK_MS + 1; ms < end; ms = now.tv_sec * 1000 + now.tv_nsec / 1000000)
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
}

static void append(void *data, const char *stage, uint64_t ns)
{
    (void)ns;
    g_string_append_printf(data, "%s;", stage);
}

static void keep_second(void *data, const char *stage, uint64_t ns)
{
    if (strcmp(stage, "second") == 0)
        *(uint64_t *)data = ns;
}

static void off_until_it_begins(void **state)
{
    (void)state;
    assert_false(timing_is_on());
    assert_null(timing_enter("first"));
    g_autoptr(GString) names = g_string_new(NULL);
    timing_each(append, names);
    assert_string_equal(names->str, "");
}

static void stages_give_back(void **state)
{
    (void)state;
    timing_begin("first");
    assert_string_equal(timing_enter("second"), "first");
    const char *inner = timing_enter("third");
    assert_string_equal(inner, "second");
    timing_enter(inner);
    assert_string_equal(timing_enter(NULL), "second");
    assert_null(timing_enter("first"));
    g_autoptr(GString) names = g_string_new(NULL);
    timing_each(append, names);
    assert_string_equal(names->str, "first;second;third;");
}

static void only_its_own_time(void **state)
{
    (void)state;
    uint64_t before = 0, after = 0;
    timing_begin("second");
    work();
    timing_enter(NULL);
    timing_each(keep_second, &before);
    work();
    timing_enter("first");
    timing_each(keep_second, &after);
    assert_true(before >= (uint64_t)WORK_MS * 1000000);
    assert_int_equal(before, after);
    timing_add("second", 7);
    timing_each(keep_second, &after);
    assert_int_equal(before + 7, after);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(off_until_it_begins),
        cmocka_unit_test(stages_give_back),
        cmocka_unit_test(only_its_own_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
