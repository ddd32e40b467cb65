/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static struct document *read_string(const char *text, GPtrArray *documents)
{
    g_autoptr(GBytes) data = g_bytes_new(text, strlen(text));
    struct source *source = source_new("x.md", data);
    g_autoptr(GError) error = NULL;
    bool ok = reader_read(source, documents, &error);
    source_free(source);
    return ok ? g_ptr_array_index(documents, 0) : NULL;
}

/* Passages: zone's first letter with its level (L for list items), text with its marks as "{1}"; then notes as "1=text". One a line. */
static char *shown(const struct document *doc)
{
    GString *out = g_string_new(NULL);
    guint mark = 0;
    for (guint i = 0; i < doc->passages->len; i++) {
        const struct passage *passage = &DOCUMENT_AT(doc->passages, struct passage, i);
        g_string_append_printf(out, "%c%u ", passage->flags & PASSAGE_LIST ? 'L' : zone_name(passage->zone)[0], passage->level);
        for (uint32_t at = passage->span.start; at <= passage->span.end; at++) {
            for (; mark < doc->marks->len && DOCUMENT_AT(doc->marks, struct mark, mark).at == at; mark++)
                g_string_append_printf(out, "{%s}", DOCUMENT_AT(doc->marks, struct mark, mark).label);
            if (at < passage->span.end)
                g_string_append_c(out, doc->text->str[at]);
        }
        g_string_append_c(out, '\n');
    }
    for (guint i = 0; i < doc->notes->len; i++) {
        const struct note *note = &DOCUMENT_AT(doc->notes, struct note, i);
        struct slice text = document_slice(doc, note->span);
        g_string_append_printf(out, "%s=%.*s\n", note->label, SLICE_ARG(text));
    }
    return g_string_free(out, FALSE);
}

static const struct markdown_case {
    const char *name, *text, *shown;
} cases[] = {
    {"headings and emphasis", "# Camps\n\nSome **12** people\nlive in *one* camp.\n\n## North\n\nText.", "h1 Camps\nb0 Some 12 people live in one camp.\nh2 North\nb0 Text.\n"},
    {"lists", "# A\n\n- one\n- two\n  goes on\n  1. three\n", "h1 A\nL1 one\nL1 two goes on\nL2 three\n"},
    {"table", "# A\n\n| Camp | People |\n|---|--:|\n| North | 1,200 |\n", "h1 A\nt0 Camp\tPeople\nt0 North\t1,200\n"},
    {"footnotes", "# A\n\nSome 12 people[^1] left.[^b]\n\n[^1]: Ministry,\n    *Count*.\n[^b]: https://example.org/x\n\nThe end.\n",
     "h1 A\nb0 Some 12 people{1} left.{b}\nb0 The end.\nn0 Ministry, Count.\nn0 https://example.org/x\n1=Ministry, Count.\nb=https://example.org/x\n"},
    {"a footnote of two paragraphs", "# A\n\nSome 12 people[^1] left.\n\n[^1]: Ministry.\n\n    Count of 40.\n\nThe end.\n", "h1 A\nb0 Some 12 people{1} left.\nb0 The end.\nn0 Ministry. Count of 40.\n1=Ministry. Count of 40.\n"},
    {"entities and HTML", "# A\n\nFood &amp; water&#8217;s <b>price</b><br>rose by 3 km<sup>2</sup>. <!-- not this -->\n", "h1 A\nb0 Food & water’s price rose by 3 km². \n"},
    {"a table in HTML", "# A\n\n<table>\n<tr><th>Camp</th><th>People</th></tr>\n<tr><td>North</td><td>501</td></tr>\n</table>\n\nText.\n", "h1 A\nt0 Camp\tPeople\nt0 North\t501\nb0 Text.\n"},
    {"<sup> that is never closed", "# A\n\nSome <sup>12 people left, and 40 stayed.\n", "h1 A\nb0 Some 12 people left, and 40 stayed.\n"},
    {"a single tilde strikes nothing", "# A\n\nAbout ~300 boats (~400 in 2020), 500~600 oars and 7 ~~800~~ 900 men.\n", "h1 A\nb0 About ~300 boats (~400 in 2020), 500~600 oars and 7\t900 men.\n"},
    {"blocks and struck text of raw HTML", "# A\n\n<p>5</p><p>000 boats and 7 <del>800</del> 900 men</p>\n\nSome <s>300</s> 400 oars.\n", "h1 A\nb0 5\t000 boats and 7\t900 men\nb0 Some 400 oars.\n"},
    {"struck text was taken back", "# A\n\nSome ~~300~~ 400 boats.\n", "h1 A\nb0 Some 400 boats.\n"},
    {"picture", "# A\n\n![A camp seen from the road](camp.png)\n\nText.\n", "h1 A\nc0 A camp seen from the road\nb0 Text.\n"},
    {"no Markdown in plain words", "Some 12 * 3 people_of_the_north left.\n", "b0 Some 12 * 3 people_of_the_north left.\n"},
};

static void reads(void **state)
{
    const struct markdown_case *row = *state;
    g_autoptr(GPtrArray) documents = g_ptr_array_new_with_free_func((GDestroyNotify)document_free);
    struct document *doc = read_string(row->text, documents);
    assert_non_null(doc);
    assert_string_equal(doc->reader, "markdown");
    g_autofree char *got = shown(doc);
    g_strchomp(got);
    g_autofree char *wanted = g_strdup(row->shown);
    g_strchomp(wanted);
    assert_string_equal(got, wanted);
}

static void front_matter_is_metadata(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) documents = g_ptr_array_new_with_free_func((GDestroyNotify)document_free);
    struct document *doc = read_string("---\ntitle: \"Camps of the north\"\nauthors:\n  - Jane Doe\n  - Ana Ruiz\ndate: 2025-07-10\nlang: fr\n---\n\nTexte court.\n", documents);
    assert_string_equal(doc->metadata.title, "Camps of the north");
    assert_string_equal(doc->metadata.authors, "Doe, Jane; Ruiz, Ana");
    assert_string_equal(doc->metadata.date, "2025-07-10");
    assert_string_equal(doc->metadata.language, "fr");
    assert_string_equal(doc->text->str, "Texte court.\n\n");
    assert_int_equal(document_source(doc, 0), 98);
}

static void keeps_the_source(void **state)
{
    (void)state;
    static const char text[] = "# A\n\nSome **12** people[^1] left.\n\n[^1]: By *count*.\n";
    g_autoptr(GPtrArray) documents = g_ptr_array_new_with_free_func((GDestroyNotify)document_free);
    struct document *doc = read_string(text, documents);
    for (uint32_t i = 0; i < doc->text->len; i++) {
        uint32_t source = document_source(doc, i);
        if (source != NONE)
            assert_true(text[source] == doc->text->str[i] || (doc->text->str[i] == ' ' && g_ascii_isspace(text[source])));
    }
    struct span mark = DOCUMENT_AT(doc->marks, struct mark, 0).source;
    assert_memory_equal(text + mark.start, "[^1]", 4);
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(cases) + 2];
    size_t n = 0;
    for (; n < G_N_ELEMENTS(cases); n++)
        tests[n] = (struct CMUnitTest){cases[n].name, reads, NULL, NULL, (void *)&cases[n]};
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(front_matter_is_metadata);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(keeps_the_source);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
