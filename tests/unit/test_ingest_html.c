/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/described.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define LONG "The river rose for three days and the families on its lower bank left their houses for the school on the hill. "
#define PAGE(inside) "<!DOCTYPE html><html><head><title>Flood on the Lempa | The Daily Weir</title></head><body>" inside "</body></html>"
#define NAV "<nav><ul><li><a href='/a'>Home and more</a></li><li><a href='/b'>World news today</a></li></ul></nav>"
#define BODY_LINE "body " LONG_TRIMMED "\n"
#define LONG_TRIMMED "The river rose for three days and the families on its lower bank left their houses for the school on the hill."

static const struct {
    const char *name, *page, *expected;
} cases[] = {
    {"navigation and footer go", PAGE(NAV "<div><p>" LONG "</p><p>" LONG "Then 300 left.</p></div><footer>Imprint of the paper and its address</footer>"), "body " LONG_TRIMMED "\nbody " LONG_TRIMMED " Then 300 left.\n"},
    {"a named container wins over a longer footer", PAGE("<div class='left'><div class='article-text'><p>" LONG "</p></div></div><div class='bottom'><div>" LONG LONG "</div></div>"), BODY_LINE},
    {"a text in two containers", PAGE("<main><div><div class='story-body'><p>" LONG LONG "</p></div><div class='ad'>Advert</div><div class='story-body'><p>" LONG "Later.</p></div></div></main>"), "body " LONG_TRIMMED " " LONG_TRIMMED "\nbody " LONG_TRIMMED " Later.\n"},
    {"another article below it", PAGE("<article><div class='story-body'><p>" LONG LONG "</p></div></article><article><div class='story-body'><p>Another story stands below this one, and it is no part of what was read here.</p></div></article>"), "body " LONG_TRIMMED " " LONG_TRIMMED "\n"},
    {"short list in an article stays", PAGE("<div class='entry-content'><p>" LONG "</p><ul><li>Rice</li><li>Beans</li></ul></div>"), BODY_LINE "list1 Rice\nlist1 Beans\n"},
    {"table of short cells stays", PAGE("<div class='entry-content'><p>" LONG "</p><table><tr><th>Year</th><th>People</th></tr><tr><td>2014</td><td>12,300</td></tr></table></div>"),
     BODY_LINE "table Year|People\ntable 2014|12,300\ncell: 2014 | People | 12,300\n"},
    {"related links go, an address stays", PAGE("<div class='entry-content'><p>" LONG "</p><p>Related: <a href='/x'>What the engineers said in May</a></p><p><a href='http://a.example/r'>http://a.example/r</a></p></div>"), BODY_LINE "body http://a.example/r\n"},
    {"a heading over related links goes", PAGE("<div class='entry-content'><p>" LONG "</p><h3>Read on</h3><ul><li><a href='/x'>One story of the flood</a></li><li><a href='/y'>Another story of it</a></li></ul></div>"), BODY_LINE},
    {"the title is no passage", PAGE("<article><h1>Flood on the Lempa</h1><p>" LONG "</p></article>"), BODY_LINE},
    {"a caption shown twice is one, one without a number goes", PAGE("<article><p>" LONG "</p><figure><figcaption>The school where 300 families of the lower bank sleep since the river came over it.</figcaption></figure><div class='caption'>The school where 300 families of the lower bank sleep since the river came over it.</div><figcaption>The school.</figcaption></article>"),
     BODY_LINE "caption The school where 300 families of the lower bank sleep since the river came over it.\n"},
    {"a caption cut short beside its whole", PAGE("<article><p>" LONG "</p><div class='caption-full'>The school where 300 families of the lower bank sleep since the river came over it.</div><div class='caption-cut'>The school where 300 families of the lower bank sleep since the river came <a>…</a></div></article>"),
     BODY_LINE "caption The school where 300 families of the lower bank sleep since the river came over it.\n"},
    {"a post that is quoted stays", PAGE("<div class='entry-content'><p>" LONG "</p><div class='social-embed'><blockquote>We counted 40 boats.</blockquote></div></div>"), BODY_LINE "body We counted 40 boats.\n"},
    {"a call and its note", PAGE("<article><p>" LONG "It hit 8,512<sup><a href='#n1' id='r1'>1</a></sup> people.</p></article><ol class='footer'><li id='n1'>A count of 2014. <a href='#r1'>↩</a></li></ol>"),
     "body " LONG_TRIMMED " It hit 8,512{1=A count of 2014.} people.\nnote A count of 2014.\n"},
    {"notes as an office program saves them", PAGE("<div class='entry-content'><p>" LONG "<a href='#_ftn1' name='_ftnref1'>[1]</a></p><p><a href='#_ftnref1' name='_ftn1'>[1]</a> Survey.</p></div>"), "body " LONG_TRIMMED "{1=Survey.}\nnote Survey.\n"},
    {"raised number without a link", PAGE("<article><p>" LONG "Some 851<sup>1</sup> cases on 4 km<sup>2</sup>, the 21<sup>st</sup>.</p></article>"), "body " LONG_TRIMMED " Some 851{1} cases on 4 km², the 21st.\n"},
    {"notes below their heading, tied by their numbers", PAGE("<article><p>" LONG "Some 851<sup>1</sup> cases and 8,512<sup>2</sup> people.</p><h2>Notes</h2><ol><li>Survey.</li><li>Census.</li></ol></article>"),
     "body " LONG_TRIMMED " Some 851{1=Survey.} cases and 8,512{2=Census.} people.\nheading2 Notes\nnote Survey.\nnote Census.\n"},
    {"typed numbers of notes are no part of them", PAGE("<article><p>" LONG "Some 851<sup>1</sup> cases and 8,512<sup>2</sup> people.</p><h2>Sources:</h2><p>1. Survey.</p><p>[2] Census.</p></article>"),
     "body " LONG_TRIMMED " Some 851{1=Survey.} cases and 8,512{2=Census.} people.\nheading2 Sources:\nnote 1. Survey.\nnote [2] Census.\n"},
    {"bullets are no notes", PAGE("<article><p>" LONG "Some 851<sup>1</sup> cases.</p><h2>Sources</h2><ul><li>Survey.</li></ul></article>"), "body " LONG_TRIMMED " Some 851{1} cases.\nheading2 Sources\nlist1 Survey.\n"},
    {"amounts and gaps are no heads", PAGE("<article><p>" LONG "</p><table><tr><td>Town</td><td>Cost</td></tr><tr><td>Ajo</td><td>£3,000</td></tr><tr><td>Bua</td><td>–</td></tr><tr><td>Cue</td><td>n/a</td></tr></table></article>"),
     BODY_LINE "table Town|Cost\ntable Ajo|£3,000\ntable Bua|–\ntable Cue|n/a\ncell: Ajo | Cost | £3,000\ncell: Bua | Cost | –\ncell: Cue | Cost | n/a\n"},
    {"fewer notes than marks are none", PAGE("<article><p>" LONG "Some 851<sup>1</sup> cases and 8,512<sup>2</sup> people.</p><h2>Notes</h2><ol><li>Bring boots.</li></ol></article>"),
     "body " LONG_TRIMMED " Some 851{1} cases and 8,512{2} people.\nheading2 Notes\nlist1 Bring boots.\n"},
    {"pages of a list are no notes", PAGE("<article><p>" LONG "</p><p>Go to page <a href='#p2'>2</a> of it now.</p><p id='p2'>" LONG LONG "</p></article>"), "body " LONG_TRIMMED "\nbody Go to page 2 of it now.\nbody " LONG_TRIMMED " " LONG_TRIMMED "\n"},
    {"short paragraphs are the article, too", PAGE(NAV "<article><p>The Sava drove 2,004 people out on Sunday, as its water rose for a third day.</p><h2>Aid</h2><p>Some 2,006 blankets came.</p><table><tr><th>Town</th><th>2014</th></tr><tr><td>Brod</td><td>2,101</td></tr></table></article>"),
     "body The Sava drove 2,004 people out on Sunday, as its water rose for a third day.\nheading2 Aid\nbody Some 2,006 blankets came.\ntable Town|2014\ntable Brod|2,101\ncell: Brod | 2014 | 2,101\n"},
    {"an abstract in the head of an article", PAGE("<header><h1>Flood on the Lempa</h1><div class='abstract'><p>In short, 40 boats.</p></div></header><p>" LONG "</p>"), "summary In short, 40 boats.\n" BODY_LINE},
    {"a note of two paragraphs, its label typed", PAGE("<article><p>" LONG "<a class='footnote-ref' href='#n1' id='r1'><sup>1</sup></a></p><ol><li id='n1'><p>1. A count of 2014.</p><p>And of 2015. <a href='#r1'>↩</a></p></li></ol></article>"),
     "body " LONG_TRIMMED "{1=A count of 2014. And of 2015.}\nnote 1. A count of 2014. And of 2015.\n"},
    {"a note that an office program wraps", PAGE("<div class='entry-content'><p>" LONG "<a href='#_ftn1' name='_ftnref1'>[1]</a></p><div id='ftn1'><p><a href='#_ftnref1' name='_ftn1'>[1]</a> Survey.</p><p>Of May.</p></div></div>"), "body " LONG_TRIMMED "{1=Survey. Of May.}\nnote Survey. Of May.\n"},
    {"two notes of one label, each with its own call", PAGE("<article><p>" LONG "<sup><a href='#n1'>a</a></sup></p><table><tr><th>Year</th><th>People</th></tr><tr><td>2014</td><td>12,300<sup><a href='#t1'>a</a></sup></td></tr></table><p id='t1'>Guests.</p><p id='n1'>Survey.</p></article>"),
     "body " LONG_TRIMMED "{a=Survey.}\ntable Year|People\ntable 2014|12,300{a=Guests.}\nnote Guests.\nnote Survey.\ncell: 2014 | People | 12,300\n"},
    {"formulas", PAGE("<article><p>" LONG "It is <math><semantics><mrow><msup><mn>10</mn><mn>6</mn></msup><mo>+</mo><mfrac><mn>1</mn><mn>2</mn></mfrac></mrow><annotation encoding='application/x-tex'>10^6</annotation></semantics></math>.</p></article>"), "body " LONG_TRIMMED " It is 10⁶+1/2.\n"},
    {"fractions of raised and lowered digits", PAGE("<article><p>" LONG "It rose 3<sup>1</sup>/<sub>2</sub> feet.</p></article>"), "body " LONG_TRIMMED " It rose 3 1/2 feet.\n"},
    {"soft hyphens and no-break spaces", PAGE("<article><p>" LONG "dis&shy;placed 10&nbsp;000</p><p>&nbsp;</p></article>"), "body " LONG_TRIMMED " displaced 10\u00a0""000\n"},
    {"what is no character joins no digits", PAGE("<article><p>" LONG "Some 8\xef\xbf\xbe""511 and 8\xef\xbf\xbf""512.</p></article>"), "body " LONG_TRIMMED " Some 8\xef\xbf\xbd""511 and 8\xef\xbf\xbd""512.\n"},
    {"two lines of a cell are two numbers", PAGE("<article><p>" LONG "</p><table><tr><th>Town</th><th>Boats</th></tr><tr><td>Brod</td><td>503<br>505</td></tr></table></article>"), BODY_LINE "table Town|Boats\ntable Brod|503|505\ncell: Brod | Boats | 503|505\n"},
    {"heads: a title, groups, a name over two rows, a section, a note below", PAGE("<article><p>" LONG "</p><table><tr><th colspan='3'>Boats by town</th></tr><tr><th rowspan='2'>Town</th><th colspan='2'>Boats</th></tr><tr><th>Old</th><th>New</th></tr>"
     "<tr><td rowspan='2'>Brod</td><td>Wood</td><td>12</td></tr><tr><td>Iron</td><td>13</td></tr><tr><td colspan='3'>Upstream</td></tr><tr><td>Sisak</td><td>1,014<sup>a</sup></td><td>15</td></tr><tr><td colspan='3'><sup>a</sup> Of May.</td></tr></table></article>"),
     BODY_LINE "table Boats by town\ntable Town|Boats\ntable |Old|New\ntable Brod|Wood|12\ntable |Iron|13\ntable Upstream\ntable Sisak|1,014{a=Of May.}|15\nnote Of May.\n"
     "cell: Wood | New | 12\ncell: Iron | New | 13\ncell: Sisak | Old | 1,014\ncell: Sisak | New | 15\n"},
    {"a cell stays, whatever its class is called", PAGE("<div class='entry-content'><p>" LONG "</p><table><tr><th class='ticker'>Mark</th><th>Name</th><th>Boats</th></tr><tr><td class='ticker'><a href='/q'>HD</a></td><td>Brod</td><td>225</td></tr><tr><td class='ticker'><a href='/p'>LOW</a></td><td>Sisak</td><td>113</td></tr></table></div>"),
     BODY_LINE "table Mark|Name|Boats\ntable HD|Brod|225\ntable LOW|Sisak|113\ncell: HD | Name | Brod\ncell: HD | Boats | 225\ncell: LOW | Name | Sisak\ncell: LOW | Boats | 113\n"},
    {"struck text was taken back", PAGE("<article><p>" LONG "Some <s>300</s> 400 boats and <del>7,000</del>8,000 oars.</p></article>"), "body " LONG_TRIMMED " Some 400 boats and 8,000 oars.\n"},
    {"a number that is moved a little, or stands by itself, is no mark", PAGE("<style>.big{position:relative;top:-1px} .up{vertical-align:super} .tt{font-size:60%;vertical-align:text-top}</style><article><p>" LONG
     "851<span class='tt'>1</span> cases. Some <span class='big'>12</span> boats, <span class='up'>14</span> oars, 8<span class='big'>5</span> men, <span class='superscript'>2,500</span> people.</p></article>"),
     "body " LONG "851{1} cases. Some 12 boats, 14 oars, 85 men, 2,500 people.\n"},
    {"what another rule may show stays", PAGE("<style>.a{display:none} .js .a{display:inline} .b{visibility:hidden} .s{visibility:visible} .c{display:none} @media (min-width:1px){.c{display:inline}} .d{font-size:0} .e{font-size:16px}"
     "</style><style media='not screen'>.f{display:none}</style><article><p>" LONG "Some <span class='a'>at least</span> 3 boats, <span class='b s'>4</span> oars, <span class='c'>5</span> men, <span class='d'><span class='e'>6</span></span> sails, "
     "<span class='f'>7</span> ropes, <span style='position:absolute;clip:rect(0px,900px,200px,0px)'>8</span> masts.</p></article>"),
     "body " LONG "Some at least 3 boats, 4 oars, 5 men, 6 sails, 7 ropes, 8 masts.\n"},
    {"numbers do not join over struck text, and a lowered comma is one", PAGE("<article><p>" LONG "In zone 5 <s>300</s> 400 boats, 10<sub>,</sub>000 oars, 10<sub>2</sub>5 men.</p></article>"),
     "body " LONG "In zone 5|400 boats, 10,000 oars, 10|2|5 men.\n"},
    {"digits that go on a number over struck text are in doubt, behind its comma as well", PAGE("<article><p>" LONG "Some 5,<s>300</s>400 boats, 6<s>1</s>800 oars, 7, <s>8</s> 900 men.</p></article>"),
     "body " LONG "Some 5,400 boats, 6800 oars, 7, 900 men.\ndoubt: 400\ndoubt: 800\n"},
    {"powers, and marks of ten where they are due", PAGE("<article><p>" LONG "It is 10<sup>5</sup> to 10<sup>−7</sup>, 3 x 10<sup>1</sup>, 5 wells<sup>1</sup> of 10<sup>2</sup>, 12 ha<sup>-1</sup>.</p></article>"),
     "body " LONG "It is 10⁵ to 10⁻⁷, 3 x 10¹, 5 wells{1} of 10{2}, 12 ha⁻¹.\n"},
    {"a raised amount that touches no word is no mark, nor is a raised fraction", PAGE("<article><p>" LONG "Some <sup>2,500</sup> men had 3<sup>1/2</sup> feet of rope, <sup>1</sup>/<sub>3</sub> of them 851<sup>1,2</sup>.</p></article>"),
     "body " LONG "Some 2,500 men had 3 1/2 feet of rope, 1/3 of them 851{1,2}.\n"},
    {"letters of notes behind numbers that no ordinal has", PAGE("<article><p>" LONG "In 2019<sup>a</sup> some 45<sup>b</sup> men, the 2<sup>e</sup> and 3<sup>d</sup>.</p></article>"),
     "body " LONG "In 2019{a} some 45{b} men, the 2e and 3d.\n"},
    {"hidden text goes, and what shows in it stays", PAGE("<article><p>" LONG "Some <span style='visibility:hidden'>77 <span style='visibility:visible'>88</span> 99</span> men.</p></article>"),
     "body " LONG "Some 88 men.\n"},
    {"numbers do not join over hidden text, which is hidden in all elements but those that show", PAGE("<style>.h{visibility:hidden} .s{visibility:visible}</style><article><p>" LONG "Some <span style='visibility:hidden'><b>77</b> 1 <span style='visibility:visible'>200</span> "
     "<span class='s'>400</span></span> men, 5<span class='h'>1<span class='s'>43</span>1</span> oars, 6<span class='h'>2</span>7 masts.</p></article>"),
     "body " LONG "Some 200|400 men, 5|43 oars, 6|7 masts.\n"},
    {"a hidden block and a paragraph that shows in it", PAGE("<article><p>" LONG "</p><div style='visibility: hidden'><p>They count 777 <b>men</b>.</p><p style='visibility: visible'>They count 66 oars.</p></div></article>"), BODY_LINE "body They count 66 oars.\n"},
    {"the stroke of a fraction in either half, which are digits", PAGE("<article><p>" LONG "It rose 3<sup>1/</sup><sub>2</sub> feet, 5<sup>1</sup><sub>⁄4</sub>, 851<sup>2</sup>/<sub>a</sub>.</p></article>"), "body " LONG_TRIMMED " It rose 3 1/2 feet, 5 1⁄4, 851{2}/a.\n"},
    {"text raised, struck and hidden by a style sheet", PAGE("<style>/* .no{} */ .up, p .x { vertical-align : super } span.old{text-decoration:line-through}@media print{.up{vertical-align:baseline}} .vh{position:absolute;clip:rect(0 0 0 0)}</style><article><p>" LONG
     "Some 851<span class='a up'>1</span> cases, <span class='old'>300</span> 400 boats, 8,512<span style='position:relative; top:-3.0pt'>2</span> people <span class='vh'>77 oars</span> on 3 km<font style='vertical-align:4pt'>2</font> <span style='vertical-align:1px'>12</span>.</p></article>"),
     "body " LONG_TRIMMED " Some 851{1} cases, 400 boats, 8,512{2} people on 3 km² 12.\n"},
    {"a lowered digit does not go on a number", PAGE("<article><p>" LONG "It is 10<sub>2</sub> and H<sub>2</sub>O.</p></article>"), "body " LONG_TRIMMED " It is 10|2 and H2O.\n"},
    {"an element of the site's own in a line", PAGE("<article><p>" LONG "(<x-source><a href='/s'>4</a></x-source>).</p></article>"), "body " LONG_TRIMMED " (4).\n"},
};

static void reads(void **state)
{
    const char *page = cases[(size_t)*state].page;
    g_autoptr(GBytes) bytes = g_bytes_new_static(page, strlen(page));
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) documents = read_bytes("a.html", bytes, &error);
    assert_null(error);
    const struct document *doc = g_ptr_array_index(documents, 0);
    g_autofree char *got = described(doc);
    assert_string_equal(got, cases[(size_t)*state].expected);
}

/* Every clean byte that has a source is the byte that stands there: ASCII can be compared whatever the charset and the entities. */
static void assert_placed(const struct document *doc, const char *file)
{
    for (uint32_t i = 0; i < doc->text->len; i++) {
        uint32_t at = document_source(doc, i);
        if (at != NONE && g_ascii_isalnum(doc->text->str[i]))
            assert_int_equal(doc->text->str[i], file[at]);
    }
}

static void places_hold_in_windows_1252(void **state)
{
    (void)state;
    static const char page[] = "<html><head><meta http-equiv=Content-Type content='text/html; charset=windows-1252'><title>T</title></head><body><p>Jos\xe9 said \x93" "8,512 people\x94 had left Petac\xf3n by the 4th &amp; 5th of May.</p></body></html>";
    g_autoptr(GBytes) bytes = g_bytes_new_static(page, sizeof page - 1);
    g_autoptr(GPtrArray) documents = read_bytes("a.html", bytes, NULL);
    const struct document *doc = g_ptr_array_index(documents, 0);
    assert_non_null(strstr(doc->text->str, "José said “8,512 people” had left Petacón by the 4th & 5th of May."));
    assert_placed(doc, page);
    const char *number = strstr(doc->text->str, "8,512");
    uint32_t at = (uint32_t)(number - doc->text->str);
    struct span span = document_source_span(doc, (struct span){at, at + 5});
    assert_memory_equal(page + span.start, "8,512", 5);
    assert_int_equal(span.end - span.start, 5);
}

static void a_feed_in_latin_1_keeps_its_places(void **state)
{
    (void)state;
    static const char feed[] = "<?xml version='1.0' encoding='ISO-8859-1'?><rss><channel><title>F</title><item><title>A</title><description>&lt;p&gt;Jos\xe9 cont\xf3 8,512 casos en &amp;aacute;reas.&lt;/p&gt;</description></item></channel></rss>";
    g_autoptr(GBytes) bytes = g_bytes_new_static(feed, sizeof feed - 1);
    g_autoptr(GPtrArray) documents = read_bytes("a.xml", bytes, NULL);
    const struct document *doc = g_ptr_array_index(documents, 0);
    assert_non_null(strstr(doc->text->str, "José contó 8,512 casos en áreas."));
    assert_placed(doc, feed);
}

static void a_cdata_section_keeps_its_places(void **state)
{
    (void)state;
    static const char feed[] = "<rss><channel><title>F</title><item><title>A</title><description><![CDATA[<p>Some 8,512 people &amp; 40 boats.</p>]]></description></item></channel></rss>";
    g_autoptr(GBytes) bytes = g_bytes_new_static(feed, sizeof feed - 1);
    g_autoptr(GPtrArray) documents = read_bytes("a.xml", bytes, NULL);
    const struct document *doc = g_ptr_array_index(documents, 0);
    assert_string_equal(doc->text->str, "Some 8,512 people & 40 boats.\n\n");
    assert_int_equal(document_source(doc, 5), strstr(feed, "8,512") - feed);
    assert_placed(doc, feed);
}

/* libxml2 drops what lies below 256 elements, and cuts a text at ten million bytes, where it is not told otherwise. */
static void depth_and_length_drop_nothing(void **state)
{
    (void)state;
    g_autoptr(GString) page = g_string_new("<html><body><p>");
    while (page->len < 10500000)
        g_string_append(page, "The teams went from house to house in the valley. ");
    g_string_append(page, "At the end 8,512 people were counted.</p>");
    for (unsigned depth = 0; depth < 600; depth++)
        g_string_append(page, "<div>");
    g_string_append(page, "<p>At the bottom 9,612 people were counted, said the mayor of the town.</p></body></html>");
    g_autoptr(GBytes) bytes = g_bytes_new_static(page->str, page->len);
    g_autoptr(GPtrArray) documents = read_bytes("a.html", bytes, NULL);
    const struct document *doc = g_ptr_array_index(documents, 0);
    assert_non_null(strstr(doc->text->str, "At the end 8,512 people"));
    assert_non_null(strstr(doc->text->str, "At the bottom 9,612 people"));
}

static void a_total_is_no_part_of_the_last_section(void **state)
{
    (void)state;
    static const char page[] = PAGE("<article><p>" LONG "</p><table><tr><td>Group</td><td>Boats</td><td>Oars</td></tr><tr><td colspan=3>North</td></tr><tr><td>Old</td><td>1</td><td>5</td></tr>"
                                    "<tr><td colspan=3>South</td></tr><tr><td>Old</td><td>2</td><td>6</td></tr><tr><td>Total</td><td>3</td><td>11</td></tr></table></article>");
    static const char *const expected[] = {"North", "North", "South", "South", "", ""};
    g_autoptr(GBytes) bytes = g_bytes_new_static(page, strlen(page));
    g_autoptr(GPtrArray) documents = read_bytes("a.html", bytes, NULL);
    const struct document *doc = g_ptr_array_index(documents, 0);
    assert_int_equal(doc->cells->len, G_N_ELEMENTS(expected));
    for (guint i = 0; i < doc->cells->len; i++) {
        g_autofree char *section = slice_dup(document_slice(doc, DOCUMENT_AT(doc->cells, struct cell, i).section));
        assert_string_equal(section, expected[i]);
    }
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(cases) + 5];
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        tests[i] = (struct CMUnitTest){cases[i].name, reads, NULL, NULL, (void *)i};
    tests[G_N_ELEMENTS(cases)] = (struct CMUnitTest)cmocka_unit_test(places_hold_in_windows_1252);
    tests[G_N_ELEMENTS(cases) + 1] = (struct CMUnitTest)cmocka_unit_test(a_feed_in_latin_1_keeps_its_places);
    tests[G_N_ELEMENTS(cases) + 2] = (struct CMUnitTest)cmocka_unit_test(a_cdata_section_keeps_its_places);
    tests[G_N_ELEMENTS(cases) + 3] = (struct CMUnitTest)cmocka_unit_test(depth_and_length_drop_nothing);
    tests[G_N_ELEMENTS(cases) + 4] = (struct CMUnitTest)cmocka_unit_test(a_total_is_no_part_of_the_last_section);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
