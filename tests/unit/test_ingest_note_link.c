/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/note_link.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

/*  A document as words: "m3" a mark, "n3" a note, "/" a new page ("." first: no pages).
 *  `tied`: for each mark in order, the note it is tied to, by its place among the notes; "-" none. */
static const struct link_case {
    const char *name, *layout, *tied;
} cases[] = {
    {"at the end of the document", ". m1 m2 m3 n1 n2 n3", "0 1 2"},
    {"at the foot of each page", "m1 m2 n1 n2 / m3 n3", "0 1 2"},
    {"numbers restart on each page", "m1 m2 n1 n2 / m1 n1 / m1 m2 n1 n2", "0 1 2 3 4"},
    {"behind each chapter", ". m1 m2 m3 n1 n2 n3 m1 m2 n1 n2", "0 1 2 3 4"},
    {"chapters, all notes at the end", ". m1 m2 m3 m1 m2 n1 n2 n3 n1 n2", "0 1 2 3 4"},
    {"a chapter begins below the notes of the one before", "m1 m2 m3 / n1 n2 n3 m1 m2 / n1 n2", "0 1 2 3 4"},
    {"profiles with notes of their own, the rest at the end", "m1 m2 m3 m4 / m1 m2 n1 n2 / m1 n1 / n1 n2 n3 n4", "3 4 5 6 0 1 2"},
    {"a mark repeated", ". m1 m2 m3 m2 m4 n1 n2 n3 n4", "0 1 2 1 3"},
    {"stars by page", "m* n* / m* n*", "0 1"},
    {"notes above the text", "n1 m1", "0"},
    {"no note of that label", "m1 m2 n1", "0 -"},
    {"notes on the page after", "m1 m2 / n1 n2 / m3 n3", "0 1 2"},
};

static void links(void **state)
{
    const struct link_case *row = *state;
    struct document *doc = document_new("x");
    bool pages = row->layout[0] != '.';
    uint32_t page = pages ? 1 : NONE, at = 0;
    g_auto(GStrv) words = g_strsplit(row->layout, " ", -1);
    for (char **word = words; *word; word++, at += 10) {
        struct mark mark = {.at = at, .page = page, .label = g_strdup(*word + 1), .note = NONE};
        struct note note = {.span = {at, at + 5}, .page = page, .label = g_strdup(*word + 1)};
        if (**word == 'm')
            g_array_append_val(doc->marks, mark);
        else
            g_free(mark.label);
        if (**word == 'n')
            g_array_append_val(doc->notes, note);
        else
            g_free(note.label);
        page += **word == '/';
    }
    notes_link(doc);
    g_autoptr(GString) tied = g_string_new(NULL);
    for (guint i = 0; i < doc->marks->len; i++) {
        uint32_t note = DOCUMENT_AT(doc->marks, struct mark, i).note;
        g_string_append_printf(tied, note == NONE ? "%s-" : "%s%u", i > 0 ? " " : "", note);
    }
    assert_string_equal(tied->str, row->tied);
    document_free(doc);
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(cases)];
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        tests[i] = (struct CMUnitTest){cases[i].name, links, NULL, NULL, (void *)&cases[i]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
