/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/document.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static void source_of_a_healed_word(void **state)
{
    (void)state;
    struct document *doc = document_new("x");
    document_append(doc, (struct slice)SLICE("inhabit"), 0);
    document_append(doc, (struct slice)SLICE("ants"), 9);
    assert_int_equal(document_source(doc, 6), 6);
    assert_int_equal(document_source(doc, 7), 9);
    struct span span = document_source_span(doc, (struct span){0, 11});
    assert_int_equal(span.start, 0);
    assert_int_equal(span.end, 13);
    document_free(doc);
}

static void inserted_bytes_have_no_source(void **state)
{
    (void)state;
    struct document *doc = document_new("x");
    document_append(doc, (struct slice)SLICE("a"), 5);
    document_append(doc, (struct slice)SLICE(" "), NONE);
    document_append(doc, (struct slice)SLICE("b"), 7);
    assert_int_equal(document_source(doc, 1), NONE);
    struct span span = document_source_span(doc, (struct span){1, 3});
    assert_int_equal(span.start, 7);
    assert_int_equal(span.end, 8);
    document_free(doc);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(source_of_a_healed_word),
        cmocka_unit_test(inserted_bytes_have_no_source),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
