/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/described.h"

#include "base/error.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define CONTAINER {"META-INF/container.xml", "<container><rootfiles><rootfile full-path=\"OPS/book.opf\"/></rootfiles></container>"}
#define OPF(spine) {"OPS/book.opf", "<package xmlns:dc=\"d\"><metadata><dc:title>On water</dc:title><dc:creator>Ana Pérez</dc:creator><dc:date>2019-03</dc:date></metadata><manifest><item id=\"n\" href=\"nav.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\"/>" \
                                    "<item id=\"a\" href=\"text/a.xhtml\" media-type=\"application/xhtml+xml\"/><item id=\"b\" href=\"text/b%20b.xhtml\" media-type=\"application/xhtml+xml\"/><item id=\"c\" href=\"text/c.xhtml\" media-type=\"application/xhtml+xml\"/></manifest><spine>" spine "</spine></package>"}
#define CHAPTER(text) CHAPTER_STYLED("", text)
#define CHAPTER_STYLED(links, text) "<?xml version=\"1.0\" encoding=\"UTF-8\"?><html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"e\"><head><title/>" links "</head><body>" text "</body></html>"

static const struct zip_member in_order[] = {CONTAINER, OPF("<itemref idref=\"n\"/><itemref idref=\"b\"/><itemref idref=\"a\"/>"), {"OPS/text/a.xhtml", CHAPTER("<h1>A</h1><p>Second.</p>")}, {"OPS/text/b b.xhtml", CHAPTER("<h1>B</h1><p>First.</p>")}, {"OPS/nav.xhtml", CHAPTER("<p>Contents</p>")}};
static const struct zip_member far_notes[] = {CONTAINER, OPF("<itemref idref=\"a\"/><itemref idref=\"c\"/>"),
                                              {"OPS/text/a.xhtml", CHAPTER("<p>851<a id=\"r1\" href=\"c.xhtml#n1\" epub:type=\"noteref\">1</a> cases, 1,250<sup><a href=\"c.xhtml#n2\">2</a></sup> people</p>")},
                                              {"OPS/text/c.xhtml", CHAPTER("<ol><li id=\"n1\">Survey. <a href=\"a.xhtml#r1\">1</a></li><li id=\"n2\">Census.</li></ol>")}};
static const struct zip_member styled[] = {CONTAINER, OPF("<item id=\"s\" href=\"s.css\" media-type=\"text/css\"/><itemref idref=\"a\"/>"), {"OPS/s.css", ".t3 { font-size: 0.58em; position: relative; top: -0.33em }\n.t4 {text-decoration: line-through}"},
                                           {"OPS/text/a.xhtml", CHAPTER_STYLED("<link rel=\"stylesheet\" href=\"../s.css\"/>", "<p>851<span class=\"t3\">1</span> cases, <span class=\"t4\">300</span> 400 boats, 12,500<span class=\"Superscript\">2</span> oars</p>")}};
static const struct zip_member printed[] = {CONTAINER, OPF("<itemref idref=\"a\"/><itemref idref=\"b\"/>"), {"OPS/p.css", ".no { display: none }"}, {"OPS/s.css", ".c1 { vertical-align: super }"},
                                            {"OPS/text/a.xhtml", CHAPTER_STYLED("<link rel=\"stylesheet\" media=\"print\" href=\"../p.css\"/><link rel=\"stylesheet\" href=\"../s.css\"/>", "<p>Some <span class=\"no\">3,000</span> boats</p>")},
                                            {"OPS/text/b b.xhtml", CHAPTER("<p>Some No.<span class=\"c1\">45</span> boats</p>")}};
static const struct zip_member missing[] = {CONTAINER, OPF("<itemref idref=\"a\"/><itemref idref=\"c\"/>"), {"OPS/text/a.xhtml", CHAPTER("<p>Here.</p>")}};

static const struct {
    const char *name;
    const struct zip_member *members;
    size_t count;
    const char *expected;
    guint warnings;
} cases[] = {
    {"chapters in the order of the spine", in_order, G_N_ELEMENTS(in_order), "heading1 B\nbody First.\nheading1 A\nbody Second.\n", 0},
    {"notes in a chapter of their own", far_notes, G_N_ELEMENTS(far_notes), "body 851{1=Survey.} cases, 1,250{2=Census.} people\nnote Survey.\nnote Census.\n", 0},
    {"raised and struck by its style sheet", styled, G_N_ELEMENTS(styled), "body 851{1} cases, 400 boats, 12,500{2} oars\n", 1},
    {"sheets for print, and of other chapters", printed, G_N_ELEMENTS(printed), "body Some 3,000 boats\nbody Some No.45 boats\n", 0},
    {"a chapter that is missing", missing, G_N_ELEMENTS(missing), "body Here.\n", 1},
};

static void reads(void **state)
{
    size_t i = (size_t)*state;
    g_autoptr(GBytes) bytes = zip_made(cases[i].members, cases[i].count);
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) documents = read_bytes("a.epub", bytes, &error);
    assert_null(error);
    const struct document *doc = g_ptr_array_index(documents, 0);
    g_autofree char *got = described(doc);
    assert_string_equal(got, cases[i].expected);
    assert_int_equal(doc->warnings->len, cases[i].warnings);
    assert_string_equal(doc->metadata.title, "On water");
    assert_string_equal(doc->metadata.authors, "Pérez, Ana");
    assert_string_equal(doc->metadata.date, "2019-03");
}

static void without_a_package_file(void **state)
{
    (void)state;
    static const struct zip_member members[] = {CONTAINER};
    g_autoptr(GBytes) bytes = zip_made(members, 1);
    g_autoptr(GError) error = NULL;
    assert_null(read_bytes("a.epub", bytes, &error));
    assert_int_equal(error->code, CITABLE_ERROR_FORMAT);
    assert_non_null(strstr(error->message, "a.epub!OPS/book.opf"));
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(cases) + 1];
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        tests[i] = (struct CMUnitTest){cases[i].name, reads, NULL, NULL, (void *)i};
    tests[G_N_ELEMENTS(cases)] = (struct CMUnitTest)cmocka_unit_test(without_a_package_file);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
