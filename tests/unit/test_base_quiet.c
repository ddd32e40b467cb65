/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/quiet.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>
#include <cmocka.h>

/* What reaches standard error while `say` runs within a quiet, in `ret`. */
static void heard_of(void (*say)(void), char *ret, size_t size)
{
    int ends[2], saved = dup(STDERR_FILENO);
    assert_int_equal(pipe2(ends, O_CLOEXEC | O_NONBLOCK), 0);
    fflush(stderr);
    dup2(ends[1], STDERR_FILENO);
    quiet_begin();
    say();
    bool starved = quiet_starved();
    quiet_end();
    ssize_t n = read(ends[0], ret, size - 2);
    ret[n > 0 ? n : 0] = '\0';
    dup2(saved, STDERR_FILENO);
    close(saved), close(ends[0]), close(ends[1]);
    if (starved)
        g_strlcat(ret, "!", size);
}

static void complain(void)
{
    fprintf(stderr, "Syntax Error (%d): odd\n", 12);
    dprintf(STDERR_FILENO, "past the stream\n");
}

static void say_last(void)
{
    dprintf(quiet_standard_error(), "last words\n");
}

static void starve(void)
{
    fputs("Out of memory\n", stderr);
    fputs("Out of memory\n", stderr);
}

static void starve_and_ask(void)
{
    assert_false(quiet_heard());
    starve();
    assert_true(quiet_starved());
    assert_true(quiet_heard());
}

static void what_libraries_say_leads_nowhere(void **state)
{
    (void)state;
    char heard[200];
    heard_of(complain, heard, sizeof heard);
    assert_string_equal(heard, "");
}

static void last_words_are_heard(void **state)
{
    (void)state;
    char heard[200];
    heard_of(say_last, heard, sizeof heard);
    assert_string_equal(heard, "last words\n");
    assert_int_equal(quiet_standard_error(), STDERR_FILENO);
}

static void memory_that_was_missing_is_told_once(void **state)
{
    (void)state;
    char heard[200];
    heard_of(starve, heard, sizeof heard);
    assert_string_equal(heard, "Out of memory\n!");
    heard_of(starve_and_ask, heard, sizeof heard);
    assert_string_equal(heard, "Out of memory\n");
    heard_of(complain, heard, sizeof heard);
    assert_string_equal(heard, "");
}

static void standard_error_is_back_in_place(void **state)
{
    (void)state;
    FILE *before = stderr;
    quiet_begin();
    assert_ptr_not_equal(stderr, before);
    quiet_end();
    assert_ptr_equal(stderr, before);
    quiet_end();
    assert_ptr_equal(stderr, before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_libraries_say_leads_nowhere),
        cmocka_unit_test(last_words_are_heard),
        cmocka_unit_test(memory_that_was_missing_is_told_once),
        cmocka_unit_test(standard_error_is_back_in_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
