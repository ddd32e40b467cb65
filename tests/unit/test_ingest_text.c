/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

/* What a document says of its passages: zone's first letter (L for list items), then the text with its marks back in as "{12}", what may be a mark as "[12]"; one a line. */
static char *shown(const struct document *doc)
{
    GString *out = g_string_new(NULL);
    guint mark = 0;
    for (guint i = 0; i < doc->passages->len; i++) {
        const struct passage *passage = &DOCUMENT_AT(doc->passages, struct passage, i);
        g_string_append_printf(out, "%c ", passage->flags & PASSAGE_LIST ? 'L' : zone_name(passage->zone)[0]);
        for (uint32_t at = passage->span.start; at <= passage->span.end; at++) {
            for (; mark < doc->marks->len && DOCUMENT_AT(doc->marks, struct mark, mark).at == at; mark++)
                g_string_append_printf(out, "{%s%s}", DOCUMENT_AT(doc->marks, struct mark, mark).label, DOCUMENT_AT(doc->marks, struct mark, mark).doubtful ? "?" : "");
            for (guint k = 0; k < doc->doubts->len; k++) {
                struct span doubt = DOCUMENT_AT(doc->doubts, struct span, k);
                g_string_append(out, doubt.start == at ? "[" : doubt.end == at ? "]" : "");
            }
            if (at < passage->span.end)
                g_string_append_c(out, doc->text->str[at]);
        }
        g_string_append_c(out, '\n');
    }
    return g_string_free(out, FALSE);
}

static struct document *read_bytes(const char *bytes, size_t len, GPtrArray *documents)
{
    g_autoptr(GBytes) data = g_bytes_new(bytes, len);
    struct source *source = source_new("x.txt", data);
    g_autoptr(GError) error = NULL;
    bool ok = read_text.read(source, documents, &error);
    source_free(source);
    return ok ? g_ptr_array_index(documents, 0) : NULL;
}

static const struct text_case {
    const char *name, *text, *shown;
} cases[] = {
    {"a line alone is a body", "Honduras counted 12 cases", "b Honduras counted 12 cases\n"},
    {"a short text has no marks", "In 2014 some 12 people fled from 3 towns, and 8511 were seen in Mexico.", "b In 2014 some 12 people fled from 3 towns, and 8511 were seen in Mexico.\n"},
    {"divided words", "The inhabit-\nants of the well-\nknown town left.", "b The inhabitants of the well-known town left.\n"},
    {"a hyphen that waits", "Both short-\nand long-term plans failed.", "b Both short- and long-term plans failed.\n"},
    {"odd characters", "The o\xef\xac\x83""ce\xc2\xa0of\xc2\xad the world \xc5\x9b largest camp.", "b The office of the world's largest camp.\n"},
    {"paragraphs by blank lines", "One stop.\n\nTwo stops.", "b One stop.\nb Two stops.\n"},
    {"heading over its text", "Forced displacement\n\nPeople left their homes because of the armed groups that had taken the valley. They went\nto the towns.",
     "h Forced displacement\nb People left their homes because of the armed groups that had taken the valley. They went to the towns.\n"},
    {"list", "They need:\n• shelter that is dry\n• clean water\n  and soap\n• schools", "b They need:\nL • shelter that is dry\nL • clean water and soap\nL • schools\n"},
    {"number of a paragraph on a line of its own", "12.\nThe mission went to the camp and saw the people there.", "L 12. The mission went to the camp and saw the people there.\n"},
    {"a run of marks", "Four towns were hit.1 Most people left, both men2 and\nwomen.3 In all some 12,0004 were seen on the\nroad to Barrio 18.5 None of them came back to the\nvalley.6 They live in camps7 now.",
     "b Four towns were hit.{1} Most people left, both men{2} and women.{3} In all some 12,000{4} were seen on the road to Barrio 18.{5} None of them came back to the valley.{6} They live in camps{7} now.\n"},
    {"marks over a line end and before a capital", "It was seen in the north.1 It was seen in Guatema-\nla2 and, later on, in the south.3 They spoke of politics. 4Policy fails them.5",
     "b It was seen in the north.{1} It was seen in Guatemala{2} and, later on, in the south.{3} They spoke of politics.{4} Policy fails them.{5}\n"},
    {"dot leaders and symbols of documents", "Camps in the north ....1\nCamps in the south ....2\nCamps in the east ....3\nCamps in the west ....4 as in A/4/DEC.5 and B/4/DEC.6 and C/3/DEC.7 it is said.\n",
     "b Camps in the north ....1\nb Camps in the south ....2\nb Camps in the east ....3\nb Camps in the west ....4 as in A/4/DEC.5 and B/4/DEC.6 and C/3/DEC.7 it is said.\n"},
    {"the last mark of a run without notes",
     "Four towns were hit.1 Most people left, both men2 and women.3 They live in camps4 on the road to the town of Barrio\n18.5 None of them came back, says the mayor.\n\nGrowth 3.6",
     "b Four towns were hit.{1} Most people left, both men{2} and women.{3} They live in camps{4} on the road to the town of Barrio 18.{5?} None of them came back, says the mayor.\nb Growth 3.[6]\n"},
    {"four decimals behind a run", "Four towns were hit.1 Most people left, both men2 and women.3 In all 2.0174 people came, and 2.5 per cent stayed.",
     "b Four towns were hit.{1} Most people left, both men{2} and women.{3} In all 2.017{4?} people came, and 2.5 per cent stayed.\n"},
    {"a decimal behind a run", "Four towns were hit.1 Most people left, both men2 and women.3 In all the growth was 18.4 per cent. It had been\n2.4. They say 3.4\nof a hundred.",
     "b Four towns were hit.{1} Most people left, both men{2} and women.{3} In all the growth was 18.4 per cent. It had been 2.4. They say 3.4 of a hundred.\n"},
    {"two places for the next mark", "Four towns were hit.1 Most people left, both men2 and women.3 They live on the road to Barrio 18.4 Others live near Calle 12.4 They work.",
     "b Four towns were hit.{1} Most people left, both men{2} and women.{3} They live on the road to Barrio 18.[4] Others live near Calle 12.[4] They work.\n"},
    {"a mark between spaces", "They fled in May.1 They came back in June.2 The people sent home each month 3 are of all ages.4 Nobody counts them.5 Few are asked.6",
     "b They fled in May.{1} They came back in June.{2} The people sent home each month{3} are of all ages.{4} Nobody counts them.{5} Few are asked.{6}\n"},
    {"a number is not a mark", "They fled in May.1 They came back in June.2 Of those sent home each month 3 children were ill.4 Nobody counts them.5 Few are asked.6",
     "b They fled in May.{1} They came back in June.{2} Of those sent home each month 3 children were ill.{4} Nobody counts them.{5} Few are asked.{6}\n"},
    {"notes at the foot", "The state counted 8511 cases and the church 1,2502 in\nthe same year.\n\n1 Ministry of Justice, 2019.\n2 Diocese of the north, yearly\ncount.\n\f",
     "b The state counted 851{1} cases and the church 1,250{2} in the same year.\nn Ministry of Justice, 2019.\nn Diocese of the north, yearly count.\n"},
    {"numbered paragraphs are no notes", "1. The Council met in 2014 to speak of the camps.\n2. It asked the states to count the people in them.\n3. The states agreed.\n\f",
     "L 1. The Council met in 2014 to speak of the camps.\nL 2. It asked the states to count the people in them.\nL 3. The states agreed.\n"},
    {"superscripts", "Some 300 people¹ live on 12 km² of land.\n\n¹ By the census.", "b Some 300 people{1} live on 12 km² of land.\nn By the census.\n"},
    {"running heads and page numbers", "Camp report\n\nThe people of the first camp came from the north and\n\n1\n\fCamp report\n\nfrom the east of the country. Others came later.\n\n2\n\fCamp report\n\nNone of them left.\n\n3\n\f",
     "b The people of the first camp came from the north and from the east of the country. Others came later.\nb None of them left.\n"},
    {"a caption does not break a paragraph", "The families that had come to the town were given land to build on, and the\n\nPhoto: A. Reyes, 2019.\n\nmen found work in the mines. It was hard work.",
     "b The families that had come to the town were given land to build on, and the men found work in the mines. It was hard work.\nc Photo: A. Reyes, 2019.\n"},
    {"rows of a table", "Table 1. Camps\n\nCamp        People    Families\nNorth       1,200     300\nSouth       800       190\n\nMost people live in the north, where the land is better and the water is near.",
     "c Table 1. Camps\nt Camp\tPeople\tFamilies\nt North\t1,200\t300\nt South\t800\t190\nb Most people live in the north, where the land is better and the water is near.\n"},
    {"two columns side by side",
     "The people of the first camp came      in the south they were given land to\nfrom the north, where the war had      build on and seeds to sow, but few\n"
     "taken their fields. Others came        of them stayed. Most went on to the\nfrom the east and the coast, where      city, where there was work.\nthe fishing had ended. When they\n"
     "came to the border they were sent      Those who stayed live in camps now,\non to the south of the country and     as their children do.\n",
     "b The people of the first camp came from the north, where the war had taken their fields. Others came from the east and the coast, where the fishing had ended. When they came to the border they were sent on to the south of the country and in the south they were given land to build on and seeds to sow, but few of them stayed. Most went on to the city, where there was work.\nb Those who stayed live in camps now, as their children do.\n"},
    {"windows-1252", "The caf\xe9 was \x93""closed\x94 for long.", "b The café was “closed” for long.\n"},
};

static void reads(void **state)
{
    const struct text_case *row = *state;
    g_autoptr(GPtrArray) documents = g_ptr_array_new_with_free_func((GDestroyNotify)document_free);
    struct document *doc = read_bytes(row->text, strlen(row->text), documents);
    assert_non_null(doc);
    g_autofree char *got = shown(doc);
    assert_string_equal(got, row->shown);
}

static void keeps_the_source(void **state)
{
    (void)state;
    static const char text[] = "The inhabit-\nants  of 12,0001 homes.\n";
    g_autoptr(GPtrArray) documents = g_ptr_array_new_with_free_func((GDestroyNotify)document_free);
    struct document *doc = read_bytes(text, sizeof text - 1, documents);
    assert_string_equal(doc->text->str, "The inhabitants of 12,0001 homes.\n\n");
    struct span span = document_source_span(doc, (struct span){4, 15});
    assert_int_equal(span.start, 4);
    assert_int_equal(span.end, 17);
    assert_int_equal(document_source(doc, 16), 19);
}

static void labels_pages(void **state)
{
    (void)state;
    static const char text[] = "One day.\n\n-- iv --\n\fTwo days.\n\n12\n\fThree days.\n\n13\n\f";
    g_autoptr(GPtrArray) documents = g_ptr_array_new_with_free_func((GDestroyNotify)document_free);
    struct document *doc = read_bytes(text, sizeof text - 1, documents);
    assert_int_equal(doc->pages->len, 3);
    assert_null(DOCUMENT_AT(doc->pages, struct page, 0).label);
    assert_string_equal(DOCUMENT_AT(doc->pages, struct page, 1).label, "12");
    assert_string_equal(DOCUMENT_AT(doc->pages, struct page, 2).label, "13");
    assert_int_equal(DOCUMENT_AT(doc->passages, struct passage, doc->passages->len - 1).page, 3);
}

static void heads_of_a_table(void **state)
{
    (void)state;
    static const char text[] = "Table 1. Camps\n\nCamp        People    2014\nNorth       1,200     300\nSouth         800     190\n\nMost people live in the north, where the land is better and water is near.\n";
    g_autoptr(GPtrArray) documents = g_ptr_array_new_with_free_func((GDestroyNotify)document_free);
    struct document *doc = read_bytes(text, sizeof text - 1, documents);
    g_autoptr(GString) out = g_string_new(NULL);
    for (guint i = 0; i < doc->cells->len; i++) {
        const struct cell *cell = &DOCUMENT_AT(doc->cells, struct cell, i);
        struct slice value = document_slice(doc, cell->span), row = document_slice(doc, cell->row), column = document_slice(doc, cell->column);
        g_string_append_printf(out, "%.*s/%.*s=%.*s ", SLICE_ARG(row), SLICE_ARG(column), SLICE_ARG(value));
        assert_int_equal(cell->caption, 0);
    }
    assert_string_equal(out->str, "North/People=1,200 North/2014=300 South/People=800 South/2014=190 ");
}

static void says_unsure_heads(void **state)
{
    (void)state;
    static const char text[] = "Camp        People, all of them   2014\nNorth       1,200     300\nSouth         800     190   5\n\nMost people live in the north.\n";
    g_autoptr(GPtrArray) documents = g_ptr_array_new_with_free_func((GDestroyNotify)document_free);
    struct document *doc = read_bytes(text, sizeof text - 1, documents);
    assert_int_equal(doc->cells->len, 0);
    assert_string_equal(DOCUMENT_AT(doc->warnings, struct warning, 0).code, "table-heads");
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(cases) + 4];
    size_t n = 0;
    for (; n < G_N_ELEMENTS(cases); n++)
        tests[n] = (struct CMUnitTest){cases[n].name, reads, NULL, NULL, (void *)&cases[n]};
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(keeps_the_source);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(labels_pages);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(heads_of_a_table);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(says_unsure_heads);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
