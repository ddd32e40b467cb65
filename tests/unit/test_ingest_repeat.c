/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/repeat.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static const struct repeat_case {
    const char *name;
    struct {
        enum zone zone;
        const char *text;
    } passages[4];
    uint32_t repeats; /* of the last passage */
} cases[] = {
    {"a pull quote is tied to the passage that it repeats",
     {{ZONE_BODY, "Wells dried up."}, {ZONE_BODY, "In May the water took 1,204 homes, and nobody came back."}, {ZONE_PULLQUOTE, "\xe2\x80\x9cThe water took 1,204 homes, and nobody came back\xe2\x80\x9d"}}, 1},
    {"capitals and stops do not matter",
     {{ZONE_BODY, "In May the water took the bridge, and nobody came."}, {ZONE_PULLQUOTE, "THE WATER TOOK THE BRIDGE AND NOBODY CAME!"}}, 0},
    {"the original may stand behind it",
     {{ZONE_BODY, "Wells dried up."}, {ZONE_BODY, "Rivers fell."}, {ZONE_PULLQUOTE, "Rivers fell in the south."}}, NONE},
    {"another number is another statement",
     {{ZONE_BODY, "In May the water took 1,204 homes."}, {ZONE_PULLQUOTE, "In May the water took 1,205 homes."}}, NONE},
    {"a number that goes on is another one",
     {{ZONE_BODY, "They counted homes that were lost: 12,040."}, {ZONE_PULLQUOTE, "They counted homes that were lost: 12"}}, NONE},
    {"a shortened quote keeps its numbers",
     {{ZONE_BODY, "Wells dried up in 1,204 hamlets."}, {ZONE_BODY, "The council counted 1,204 homes that the water had taken in May."}, {ZONE_PULLQUOTE, "1,204 homes were taken by water."}}, 1},
    {"few words are repeated by chance",
     {{ZONE_BODY, "In May the water rose."}, {ZONE_PULLQUOTE, "The water rose."}}, NONE},
    {"a heading is no statement",
     {{ZONE_HEADING, "The water took the bridge"}, {ZONE_PULLQUOTE, "The water took the bridge."}}, NONE},
    {"text that is no pull quote is tied to nothing",
     {{ZONE_BODY, "In May the water took the bridge."}, {ZONE_BODY, "In May the water took the bridge."}}, NONE},
};

static void check(void **state)
{
    const struct repeat_case *c = *state;
    struct document *doc = document_new("x");
    guint n = 0;
    for (; n < G_N_ELEMENTS(c->passages) && c->passages[n].text; n++) {
        struct passage passage = {.span = {(uint32_t)doc->text->len, 0}, .zone = c->passages[n].zone, .page = NONE, .heading = NONE};
        g_string_append(doc->text, c->passages[n].text);
        passage.span.end = (uint32_t)doc->text->len;
        g_string_append(doc->text, "\n\n");
        g_array_append_val(doc->passages, passage);
    }
    repeats_find(doc);
    assert_int_equal(DOCUMENT_AT(doc->passages, struct passage, n - 1).repeats, c->repeats);
    for (guint i = 0; i + 1 < n; i++)
        assert_int_equal(DOCUMENT_AT(doc->passages, struct passage, i).repeats, NONE);
    assert_int_equal(DOCUMENT_AT(doc->passages, struct passage, n - 1).zone, c->passages[n - 1].zone); /* a style says so */
    for (guint i = 0; i < n; i++)
        DOCUMENT_AT(doc->passages, struct passage, i).page = 1;
    repeats_find(doc);
    bool quote = c->passages[n - 1].zone == ZONE_PULLQUOTE && c->repeats != NONE;
    assert_int_equal(DOCUMENT_AT(doc->passages, struct passage, n - 1).zone == ZONE_PULLQUOTE, quote); /* its print alone does not */
    document_free(doc);
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(cases)];
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        tests[i] = (struct CMUnitTest){cases[i].name, check, NULL, NULL, (void *)(uintptr_t)&cases[i]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
