/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/described.h"

#include "base/error.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define NS "xmlns:office=\"o\" xmlns:text=\"t\" xmlns:table=\"a\" xmlns:style=\"s\" xmlns:draw=\"d\" xmlns:dc=\"c\""
#define CELL(text) "<table:table-cell><text:p>" text "</text:p></table:table-cell>"
#define NOTE(kind, label, text) "<text:note text:note-class=\"" kind "\"><text:note-citation>" label "</text:note-citation><text:note-body><text:p>" text "</text:p></text:note-body></text:note>"

static const struct {
    const char *name, *body, *expected;
} cases[] = {
    {"headings and paragraphs", "<text:h text:outline-level=\"2\">Needs</text:h><text:p>Some <text:span>8,512</text:span> people</text:p>", "heading2 Needs\nbody Some 8,512 people\n"},
    {"style of a title, through its parent", "<text:p text:style-name=\"P1\">On water</text:p>", "heading1 On water\n"},
    {"lists", "<text:list><text:list-item><text:p>One</text:p><text:list><text:list-item><text:p>Two</text:p></text:list-item></text:list></text:list-item></text:list>", "list1 One\nlist2 Two\n"},
    {"footnote after its paragraph", "<text:p>851" NOTE("footnote", "1", "Survey.") " cases</text:p><text:p>Next</text:p>", "body 851{1=Survey.} cases\nnote Survey.\nbody Next\n"},
    {"two footnotes of a paragraph in their order", "<text:p>A" NOTE("footnote", "1", "One.") " b" NOTE("footnote", "2", "Two.") "</text:p>", "body A{1=One.} b{2=Two.}\nnote One.\nnote Two.\n"},
    {"footnote in a list after the list", "<text:list><text:list-item><text:p>A" NOTE("footnote", "*", "One.") "</text:p></text:list-item><text:list-item><text:p>B</text:p></text:list-item></text:list>", "list1 A{*=One.}\nlist1 B\nnote One.\n"},
    {"endnote at the end", "<text:p>A" NOTE("endnote", "i", "Far.") "</text:p><text:p>Last</text:p>", "body A{i=Far.}\nbody Last\nnote Far.\n"},
    {"table", "<table:table><table:table-column/><table:table-header-rows><table:table-row>" CELL("Year") CELL("People") "</table:table-row></table:table-header-rows><table:table-row>" CELL("2014") CELL("12,300") "</table:table-row></table:table>",
     "table Year|People\ntable 2014|12,300\ncell: 2014 | People | 12,300\n"},
    {"spaces, tabs, breaks", "<text:p>10<text:s text:c=\"2\"/>000<text:tab/>528 a<text:line-break/>b</text:p>", "body 10 000|528 a\nbody b\n"},
    {"raised", "<text:p>8,512<text:span text:style-name=\"up\">4</text:span> on 3 km<text:span text:style-name=\"up\">2</text:span></text:p>", "body 8,512{4} on 3 km²\n"},
    {"lowered digits are no digits of a number", "<text:p>10<text:span text:style-name=\"down\">2</text:span>5 in CO<text:span text:style-name=\"down\">2</text:span></text:p>", "body 10|2|5 in CO2\n"},
    {"fractions of raised and lowered digits", "<text:p>2<text:span text:style-name=\"up\">1</text:span><text:span>/</text:span><text:span text:style-name=\"down\">2</text:span> feet</text:p>", "body 2 1/2 feet\n"},
    {"a mark above a lowered letter is no fraction", "<text:p>In 300<text:span text:style-name=\"up\">2</text:span>/<text:span text:style-name=\"down\">a</text:span> men, 5<text:span text:style-name=\"up\">1/</text:span><text:span text:style-name=\"down\">4</text:span> feet</text:p>", "body In 300{2}/a men, 5 1/4 feet\n"},
    {"tracked changes and comments", "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region></text:tracked-changes><text:p>A<text:change/><office:annotation><dc:creator>Ed</dc:creator><text:p>Sure?</text:p></office:annotation> b</text:p><text:p>c<office:annotation><text:p>Why?</text:p></office:annotation></text:p>",
     "body A b\nbody c\nnote Sure?\nnote Why?\n"},
    {"a formula that stands in an object", "<text:p>It is <draw:frame><draw:object xlink:href=\"./Object 1\" xmlns:xlink=\"x\"/><draw:image/></draw:frame> of it.</text:p>", "body It is 10⁶+1/2 of it.\n"},
    {"struck text was taken back", "<text:p><text:span text:style-name=\"old\">300</text:span> 400 boats</text:p>", "body 400 boats\n"},
    {"deleted text that stands in its place", "<text:tracked-changes><text:changed-region text:id=\"c1\"><text:deletion/></text:changed-region><text:changed-region text:id=\"c2\"><text:insertion/></text:changed-region></text:tracked-changes>"
     "<text:p>Some <text:change-start text:change-id=\"c1\"/>9<text:span>00</text:span><text:change-end text:change-id=\"c1\"/><text:change-start text:change-id=\"c2\"/>950<text:change-end text:change-id=\"c2\"/> boats</text:p>", "body Some 950 boats\n"},
    {"a deletion without an end takes nothing", "<text:tracked-changes><text:changed-region text:id=\"c1\"><text:deletion/></text:changed-region></text:tracked-changes><text:p>Some <text:change-start text:change-id=\"c1\"/>900 boats</text:p><text:p>And 40 oars.</text:p>", "body Some 900 boats\nbody And 40 oars.\n"},
    {"text box after its paragraph", "<text:p>A<draw:frame><draw:text-box><text:p>Boxed</text:p></draw:text-box></draw:frame> b</text:p>", "body A b\nbox Boxed\n"},
    {"contents and hidden text go", "<text:table-of-content><text:index-body><text:p>Needs 12</text:p></text:index-body></text:table-of-content><text:p>A<text:span text:style-name=\"no\">secret</text:span></text:p>", "body A\n"},
};

static const char formula[] = "<math xmlns=\"m\"><semantics><mrow><msup><mn>10</mn><mn>6</mn></msup><mo>+</mo><mfrac><mn>1</mn><mn>2</mn></mfrac></mrow><annotation>10^6+1/2</annotation></semantics></math>";

static GBytes *made(const char *body, const char *manifest)
{
    g_autofree char *content = g_strconcat("<office:document-content " NS "><office:automatic-styles><style:style style:name=\"P1\" style:parent-style-name=\"Title\"/><style:style style:name=\"up\"><style:text-properties style:text-position=\"super 58%\"/></style:style><style:style style:name=\"down\"><style:text-properties style:text-position=\"sub 58%\"/></style:style>"
                                           "<style:style style:name=\"old\"><style:text-properties style:text-line-through-style=\"solid\"/></style:style><style:style style:name=\"no\"><style:text-properties text:display=\"none\"/></style:style></office:automatic-styles><office:body><office:text>",
                                           body, "</office:text></office:body></office:document-content>", NULL);
    struct zip_member members[] = {{"mimetype", "application/vnd.oasis.opendocument.text"}, {"content.xml", content}, {"META-INF/manifest.xml", manifest}, {"Object 1/content.xml", formula}};
    return zip_made(members, G_N_ELEMENTS(members));
}

static void reads(void **state)
{
    g_autoptr(GBytes) bytes = made(cases[(size_t)*state].body, "<manifest/>");
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) documents = read_bytes("a.odt", bytes, &error);
    assert_null(error);
    const struct document *doc = g_ptr_array_index(documents, 0);
    g_autofree char *got = described(doc);
    assert_string_equal(got, cases[(size_t)*state].expected);
    assert_string_equal(doc->reader, "odt");
}

/* The same in one XML file: its places are those of the file. */
static void a_flat_file(void **state)
{
    (void)state;
    static const char file[] = "<?xml version=\"1.0\"?><office:document " NS " xmlns:meta=\"m\"><office:meta><dc:title>On water</dc:title></office:meta><office:styles><style:style style:name=\"up\"><style:text-properties style:text-position=\"super 58%\"/></style:style></office:styles><office:body><office:text><text:tracked-changes><text:p>gone 9</text:p></text:tracked-changes>"
                               "<text:p>Some 8,512<text:span text:style-name=\"up\">4</text:span> people</text:p></office:text></office:body></office:document>";
    g_autoptr(GBytes) bytes = g_bytes_new_static(file, sizeof file - 1);
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) documents = read_bytes("a.fodt", bytes, &error);
    assert_null(error);
    const struct document *doc = g_ptr_array_index(documents, 0);
    g_autofree char *got = described(doc);
    assert_string_equal(got, "body Some 8,512{4} people\n");
    assert_string_equal(doc->metadata.title, "On water");
    assert_int_equal(document_source(doc, 5), strstr(file, "8,512") - file);
}

static void a_locked_file_says_so(void **state)
{
    (void)state;
    g_autoptr(GBytes) bytes = made("", "<manifest><file-entry><encryption-data/></file-entry></manifest>");
    g_autoptr(GError) error = NULL;
    assert_null(read_bytes("a.odt", bytes, &error));
    assert_int_equal(error->code, CITABLE_ERROR_ENCRYPTED);
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(cases) + 2];
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        tests[i] = (struct CMUnitTest){cases[i].name, reads, NULL, NULL, (void *)i};
    tests[G_N_ELEMENTS(cases)] = (struct CMUnitTest)cmocka_unit_test(a_locked_file_says_so);
    tests[G_N_ELEMENTS(cases) + 1] = (struct CMUnitTest)cmocka_unit_test(a_flat_file);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
