/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/print/period.h"

#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* One row, one test: EDTF, and what a person reads. */
static const struct {
    const char *edtf, *words;
} rows[] = {
    {"2014", "2014"},
    {"2014-12", "December 2014"},
    {"2014-03-21", "21 March 2014"},
    {"2014~", "about 2014"},
    {"2004/2014", "2004 to 2014"},
    {"2023-09~/2023-12~", "about September to December 2023"},
    {"2023-11/2024-02", "November 2023 to February 2024"},
    {"2015-05-03/2015-05-07", "3 to 7 May 2015"},
    {"2015-05-30/2015-06-02", "30 May to 2 June 2015"},
    {"2006-12/..", "since December 2006"},
    {"../2019", "until 2019"},
    {"2014?", "2014?"},
    {"2014-21", "2014-21"},
    {"201X", "201X"},
    {"2014~/2016", "2014~/2016"},
    {"../..", "../.."},
};

static void test_row(void **state)
{
    size_t i = (size_t)(uintptr_t)*state;
    g_autofree char *words = period_words(rows[i].edtf);
    assert_string_equal(words, rows[i].words);
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(rows)];
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        tests[i] = (struct CMUnitTest){rows[i].edtf, test_row, NULL, NULL, (void *)(uintptr_t)i};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
