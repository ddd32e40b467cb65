/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/described.h"

#include "base/error.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define FACTS(title, authors, date, publisher) title "|" authors "|" date "|" publisher "\n"

/* expected: of each document the title, authors, date, publisher, then its passages. */
static const struct {
    const char *name, *file, *reader, *expected;
} cases[] = {
    {"NITF", "<?xml version='1.0'?><nitf><head><docdata><date.issue norm='20150504T100000Z'/></docdata></head><body><body.head><hedline><hl1>Flood</hl1></hedline><byline>By Ana Ruiz</byline><distributor>Weir Wire</distributor><abstract><p>In short.</p></abstract></body.head>"
             "<body.content><block><p><org>UNHCR</org> <person>Bo Li</person> counted <num>8,512</num> people.</p><hl2>Later</hl2><media media-type='image'><media-reference source='x'/><media-caption><p>A boat with 12.</p></media-caption></media></block></body.content></body></nitf>",
     "newsml", FACTS("Flood", "Ruiz, Ana", "2015-05-04", "Weir Wire") "summary In short.\nbody UNHCR Bo Li counted 8,512 people.\nheading2 Later\ncaption A boat with 12.\n"},
    {"NewsML-G2 with XHTML", "<newsItem guid='urn:1' xml:lang='es'><itemMeta><provider><name>Agencia</name></provider></itemMeta><contentMeta><contentCreated>2015-05-04T10:00:00Z</contentCreated><headline>Crecida</headline><by>Ana Ruiz</by></contentMeta>"
                             "<contentSet><inlineXML><html xmlns='h'><head><title>Otro</title></head><body><p>Unas <b>8.512</b> personas.</p></body></html></inlineXML></contentSet></newsItem>",
     "newsml", FACTS("Crecida", "Ruiz, Ana", "2015-05-04", "Agencia") "body Unas 8.512 personas.\n"},
    {"NewsML-G2 with plain text", "<newsMessage><itemSet><newsItem guid='urn:1'><contentSet><inlineData contenttype='text/plain'>One\nline.\n\nAnother.</inlineData></contentSet></newsItem><newsItem guid='urn:2'><contentSet><inlineData>Two.</inlineData></contentSet></newsItem></itemSet></newsMessage>",
     "newsml", FACTS("", "", "", "") "body One line.\nbody Another.\n" FACTS("", "", "", "") "body Two.\n"},
    {"NITF with a note to editors, a title behind the name, a fraction and an end", "<?xml version='1.0'?><nitf><body><body.head><hedline><hl1>Flood</hl1><hl2>More rain</hl2></hedline><note><body.content><p>EDS: corrects.</p></body.content></note><byline>By <person>Ana Ruiz</person><byttl>Staff Writer</byttl></byline></body.head>"
             "<body.content><p>It rose 3<frac><frac-num>1</frac-num><frac-sep/><frac-den>2</frac-den></frac> feet.</p></body.content><body.end><bibliography>Of 40 calls.</bibliography></body.end></body></nitf>",
     "newsml", FACTS("Flood", "Ruiz, Ana", "", "") "summary More rain\nbody It rose 3 1/2 feet.\nbody Of 40 calls.\nnote EDS: corrects.\n"},
    {"NewsML-G2 of a picture", "<newsItem guid='urn:1'><contentMeta><headline>Boats</headline><description role='drol:caption'>A boat with 12.</description></contentMeta><contentSet><remoteContent href='a.jpg'/></contentSet></newsItem>", "newsml", FACTS("Boats", "", "", "") "caption A boat with 12.\n"},
    {"ninjs", "{\"uri\":\"urn:1\",\"headline\":\"Flood\",\"byline\":\"Ana Ruiz\",\"versioncreated\":\"2015-05-04T10:00:00Z\",\"body_xhtml\":\"<p>Some 8,512 people.</p><p>They left.</p>\"}", "json", FACTS("Flood", "Ruiz, Ana", "2015-05-04", "") "body Some 8,512 people.\nbody They left.\n"},
    {"ninjs 2 with plain text", "{\"uri\":\"urn:1\",\"headlines\":[{\"value\":\"Flood\"}],\"bodies\":[{\"contenttype\":\"text/plain\",\"value\":\"Fewer than 5 < 6.\\n\\nAnother.\"}]}", "json", FACTS("Flood", "", "", "") "body Fewer than 5 < 6.\nbody Another.\n"},
    {"ninjs 2 with HTML, its owner and a picture", "{\"uri\":\"urn:1\",\"headlines\":[{\"value\":\"Flood\"}],\"contentCreated\":\"2015-05-04T10:00:00Z\",\"infoSources\":[{\"name\":\"Weir Wire\"}],\"bodies\":[{\"contentType\":\"text/html\",\"value\":\"<p>Some 40 boats.</p>\"}],\"associations\":[{\"type\":\"picture\",\"descriptions\":[{\"value\":\"A boat with 12 < 15.\"}]}]}",
     "json", FACTS("Flood", "", "2015-05-04", "Weir Wire") "body Some 40 boats.\ncaption A boat with 12 < 15.\n"},
    {"JSON Feed", "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"Weir\",\"items\":[{\"id\":\"1\",\"title\":\"Flood\",\"content_html\":\"<p>40 boats.</p>\",\"date_published\":\"2015-05-04\",\"authors\":[{\"name\":\"Ana Ruiz\"}]},{\"id\":\"2\",\"content_text\":\"50 boats.\"}]}", "json",
     FACTS("Flood", "Ruiz, Ana", "2015-05-04", "Weir") "body 40 boats.\n" FACTS("", "", "", "Weir") "body 50 boats.\n"},
    {"JATS", "<?xml version='1.0'?><!DOCTYPE article PUBLIC '-//NLM//DTD JATS v1.2//EN' 'JATS.dtd'><article xml:lang='en'><front><journal-meta><journal-title-group><journal-title>Weir Studies</journal-title></journal-title-group></journal-meta><article-meta><title-group><article-title>Flood</article-title></title-group>"
             "<contrib-group><contrib contrib-type='author'><name><surname>Ruiz</surname><given-names>Ana</given-names></name></contrib></contrib-group><pub-date><day>4</day><month>5</month><year>2015</year></pub-date><abstract><p>In short.</p></abstract></article-meta></front>"
             "<body><sec><label>1</label><title>Counts</title><p>Some 8,512<xref ref-type='bibr' rid='B1'>1</xref> people, see <xref ref-type='fig' rid='F1'>Figure 1</xref>.</p><sec><title>Deep</title><p>More.</p></sec>"
             "<table-wrap><label>Table 1</label><caption><title>People</title></caption><table><thead><tr><th>Year</th><th>People</th></tr></thead><tbody><tr><td>2014</td><td>12,300</td></tr></tbody></table></table-wrap></sec></body>"
             "<back><ref-list><title>References</title><ref id='B1'><label>1</label><element-citation><person-group><name><surname>Li</surname><given-names>B</given-names></name></person-group><year>2014</year><source>Survey</source></element-citation></ref></ref-list></back></article>",
     "jats", FACTS("Flood", "Ruiz, Ana", "2015-05-04", "Weir Studies") "summary In short.\nheading2 1 Counts\nbody Some 8,512{1=Li B 2014 Survey} people, see Figure 1.\nheading3 Deep\nbody More.\ncaption Table 1 People\ntable Year|People\ntable 2014|12,300\nheading2 References\nnote Li B 2014 Survey\ncell: 2014 | People | 12,300\n"},
    {"JATS with calls in brackets, table notes, a title's note and several dates", "<?xml version='1.0'?><article article-type='research-article'><front><article-meta><title-group><article-title>Flood<xref ref-type='fn' rid='f0'>*</xref></article-title><subtitle>A count</subtitle></title-group>"
             "<pub-date pub-type='collection'><year>2015</year></pub-date><pub-date pub-type='epub'><day>4</day><month>5</month><year>2015</year></pub-date></article-meta></front>"
             "<body><p>Some 8,512 people in May [<xref ref-type='bibr' rid='B1'>1</xref>, <xref ref-type='bibr' rid='B2'>2</xref>] and 40 (<xref ref-type='bibr' rid='B1'>Li 2014</xref>).<xref ref-type='fn' rid='f1'>a</xref></p>"
             "<table-wrap><table><tbody><tr><td>2014</td><td>12,300<xref ref-type='table-fn' rid='t1'>a</xref></td></tr><tr><td>2015</td><td>500</td></tr></tbody></table><table-wrap-foot><fn id='t1'><p>Guests.</p></fn><p>Source: census.</p></table-wrap-foot></table-wrap></body>"
             "<back><fn-group><fn id='f1'><p>Survey.</p></fn><fn id='f0'><p>Told in May.</p></fn></fn-group><ref-list><ref id='B1'><mixed-citation>Li B. doi: <pub-id>10.5555/1</pub-id>.</mixed-citation></ref><ref id='B2'><mixed-citation>Wu C.</mixed-citation></ref></ref-list></back></article>",
     "jats", FACTS("Flood: A count", "", "2015-05-04", "") "body Some 8,512 people in May{1=Li B. doi: 10.5555/1.}{2=Wu C.} and 40 (Li 2014).{a=Survey.}\ntable 2014|12,300{a=Guests.}\ntable 2015|500\nnote Guests.\nnote Source: census.\nnote Survey.\nnote Told in May.\nnote Li B. doi: 10.5555/1.\nnote Wu C.\ncell: 2014 |  | 12,300\ncell: 2015 |  | 500\n"},
    {"JATS with notes inside a paragraph", "<?xml version='1.0'?><article article-type='research-article'><front><article-meta><title-group><article-title>Flood</article-title></title-group></article-meta></front>"
             "<body><p>Some 8,512<fn><p>Survey.</p></fn> people and 40<xref ref-type='fn' rid='f2'>b</xref><fn id='f2'><label>b</label><p>Lists.</p></fn> boats.</p></body></article>",
     "jats", FACTS("Flood", "", "", "") "body Some 8,512{1=Survey.} people and 40{b=Lists.} boats.\nnote Survey.\nnote Lists.\n"},
    {"DocBook with a footnote", "<?xml version='1.0'?><article><title>Flood</title><para>Some 8,512<footnote><para>Survey.</para><para>Of May.</para></footnote> people.</para><note><para>Mind it.</para></note></article>",
     "xml", FACTS("Flood", "", "", "") "heading2 Flood\nbody Some 8,512{1=Survey. Of May.} people.\nnote Survey. Of May.\nnote Mind it.\n"},
    {"TEI with a note", "<?xml version='1.0'?><TEI><text><body><p>Some 8,512<note n='1'>Survey.</note> people.</p></body></text></TEI>", "xml", FACTS("", "", "", "") "body Some 8,512{1=Survey.} people.\nnote Survey.\n"},
};

/* XML that no other reader knows. */
static void any_xml_is_read_by_its_text(void **state)
{
    (void)state;
    static const char file[] = "<?xml version='1.0'?><book><bookinfo><title>On water</title></bookinfo><chapter><title>Floods</title><para>Some <emphasis>8,512</emphasis> people.</para><itemizedlist><listitem><para>One</para></listitem></itemizedlist></chapter></book>";
    g_autoptr(GBytes) bytes = g_bytes_new_static(file, sizeof file - 1);
    g_autoptr(GPtrArray) documents = read_bytes("a.xml", bytes, NULL);
    const struct document *doc = g_ptr_array_index(documents, 0);
    g_autofree char *text = described(doc);
    assert_string_equal(text, "heading2 On water\nheading2 Floods\nbody Some 8,512 people.\nlist1 One\n");
    assert_string_equal(doc->metadata.title, "On water");
    assert_string_equal(doc->reader, "xml");
}

static const char *or_none(const char *text)
{
    return text ? text : "";
}

static void reads(void **state)
{
    size_t i = (size_t)*state;
    g_autoptr(GBytes) bytes = g_bytes_new_static(cases[i].file, strlen(cases[i].file));
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) documents = read_bytes("a.xml", bytes, &error);
    assert_null(error);
    g_autoptr(GString) all = g_string_new(NULL);
    for (guint d = 0; d < documents->len; d++) {
        const struct document *doc = g_ptr_array_index(documents, d);
        g_autofree char *text = described(doc);
        g_string_append_printf(all, "%s|%s|%s|%s\n%s", or_none(doc->metadata.title), or_none(doc->metadata.authors), or_none(doc->metadata.date), or_none(doc->metadata.publisher), text);
        assert_string_equal(doc->reader, cases[i].reader);
    }
    assert_string_equal(all->str, cases[i].expected);
}

static const struct {
    const char *name, *file;
    size_t len;
    int code;
} refused[] = {
    {"RTF", "{\\rtf1 Some 5 people.}", 22, CITABLE_ERROR_FORMAT},
    {"Word of before 2007", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more", 17, CITABLE_ERROR_FORMAT},
    {"a protected Word file", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0", 40, CITABLE_ERROR_ENCRYPTED},
    {"damaged JSON", "{\"body_text\": \"a", 16, CITABLE_ERROR_FORMAT},
    {"entities in a feed", "<!DOCTYPE rss [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><rss><item><title>&a;</title></item></rss>", 98, CITABLE_ERROR_FORMAT},
    {"no item", "<newsMessage><itemSet/></newsMessage>", 37, CITABLE_ERROR_EMPTY},
    {"a picture", "\x89PNG\r\n\x1a\n", 8, CITABLE_ERROR_FORMAT},
};

static void is_refused(void **state)
{
    size_t i = (size_t)*state;
    g_autoptr(GBytes) bytes = g_bytes_new_static(refused[i].file, refused[i].len);
    g_autoptr(GError) error = NULL;
    assert_null(read_bytes("a", bytes, &error));
    assert_int_equal(error->code, refused[i].code);
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(cases) + G_N_ELEMENTS(refused) + 1];
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        tests[i] = (struct CMUnitTest){cases[i].name, reads, NULL, NULL, (void *)i};
    for (size_t i = 0; i < G_N_ELEMENTS(refused); i++)
        tests[G_N_ELEMENTS(cases) + i] = (struct CMUnitTest){refused[i].name, is_refused, NULL, NULL, (void *)i};
    tests[G_N_ELEMENTS(cases) + G_N_ELEMENTS(refused)] = (struct CMUnitTest)cmocka_unit_test(any_xml_is_read_by_its_text);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
