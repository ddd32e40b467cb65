/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/archive.h"
#include "ingest/readers/docx_remark.h"
#include "ingest/xml.h"
#include "tests/unit/described.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define W "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\""
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define RUN(text) "<w:r><w:t xml:space=\"preserve\">" text "</w:t></w:r>"
#define BOLD(text) "<w:r><w:rPr><w:b/></w:rPr><w:t>" text "</w:t></w:r>"
#define P(content) "<w:p>" content "</w:p>"
#define FOOTNOTE "<w:r><w:footnoteReference w:id=\"7\"/></w:r>"

static const char types[] = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>";
static const char relations[] = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"" OFFICE "footnotes\" Target=\"footnotes.xml\"/>"
                                "</Relationships>";
static const char relations_with[] = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"" OFFICE "footnotes\" Target=\"footnotes.xml\"/>"
                                     "<Relationship Id=\"rId2\" Type=\"" OFFICE "comments\" Target=\"comments.xml\"/></Relationships>";
static const char footnotes[] = "<w:footnotes " W "><w:footnote w:id=\"7\">" P(RUN("Out of 930 people.")) "</w:footnote></w:footnotes>";
static const char comments[] = "<w:comments " W "><w:comment w:id=\"4\" w:author=\"Editor\">" P(RUN("Is 12 right?")) "</w:comment></w:comments>";

/* Runs are parted by |, a bold one begins with *; a comment's range stands in [id: and ], its reference is ^. */
static const struct {
    const char *name, *body, *words[4], *expected;
} cases[] = {
    {"inside a run", P(RUN("some 1,200 people fled")), {"1,200 people"}, "some |[0:1,200 people|]^| fled|"},
    {"a whole run is not divided", P(RUN("some ") BOLD("1,200") RUN(" people")), {"1,200"}, "some |[0:*1,200|]^| people|"},
    {"over two runs", P(RUN("some 1,") BOLD("200 people fled")), {"1,200 people"}, "some |[0:1,|*200 people|]^|* fled|"},
    {"a run keeps its look on both sides", P(BOLD("some 1,200 people")), {"1,200"}, "*some |[0:*1,200|]^|* people|"},
    {"at the beginning and at the end", P(RUN("1,200 of 3,400")), {"1,200", "3,400"}, "[0:1,200|]^| of |[1:3,400|]^|"},
    {"two beside one another", P(RUN("12%34%")), {"12%", "34%"}, "[0:12%|]^|[1:34%|]^|"},
    {"two in a run of three", P(BOLD("a 12 b 34 c")), {"12", "34"}, "*a |[0:*12|]^|* b |[1:*34|]^|* c|"},
    {"a deleted part between", P(RUN("1,2") "<w:del><w:r><w:delText>9</w:delText></w:r></w:del>" RUN("00 people")), {"1,200"}, "[0:1,2||00|]^| people|"},
    {"a whole insertion, from outside", P(RUN("some ") "<w:ins>" RUN("12") "</w:ins>" RUN(" left")), {"12"}, "some |[0:<12|>]^| left|"},
    {"a part of an insertion, inside it", P("<w:ins>" RUN("some 12") "</w:ins>" RUN(" left")), {"12"}, "<some |[0:12|]^|> left|"},
    {"a tab in the run", P("<w:r><w:t>12</w:t><w:tab/><w:t>34 x</w:t></w:r>"), {"34"}, "12/|[0:34|]^| x|"},
    {"a hyphen that is an element", P("<w:r><w:t>1914</w:t><w:noBreakHyphen/><w:t>18 x</w:t></w:r>"), {"1914-18"}, "[0:1914-18|]^| x|"},
    {"a raised mark behind it", P(RUN("851") "<w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>1</w:t></w:r>" RUN(" cases")), {"851"}, "[0:851|]^|1| cases|"},
    {"a power belongs to it", P(RUN("40 km") "<w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>2</w:t></w:r>" RUN(" wide")), {"40 km²"}, "[0:40 km|2|]^| wide|"},
    {"a link", P("<w:hyperlink>" RUN("see 12 per cent") "</w:hyperlink>" RUN(" here")), {"12 per cent"}, "see |[0:12 per cent|]^| here|"},
    {"white space that the text does not keep", P(RUN("some  1,200 \n people  fled")), {"1,200 people"}, "some  |[0:1,200 \n people|]^|  fled|"},
    {"letters of several bytes", P(RUN("près de 4 500 ménages évacués")), {"4 500 ménages"}, "près de |[0:4 500 ménages|]^| évacués|"},
    {"a formula is marked whole", P(RUN("so ") "<m:oMath><m:r><m:t>x=12</m:t></m:r></m:oMath>"), {"12"}, "so |[0:x=12|]^|"},
    {"a footnote is marked where it is called", P(RUN("Most") FOOTNOTE RUN(" left")), {"930 people"}, "Most|[0:+|]^| left|"},
    {"a text box is marked by what holds it", P(RUN("Around") "<w:r><w:drawing><w:txbxContent>" P(RUN("Boxed 12")) "</w:txbxContent></w:drawing></w:r>"), {"12"}, "Around|[0:Boxed 12|{}|]^|"},
};

static void describe(GString *out, const xmlNode *node)
{
    if (node->type == XML_TEXT_NODE)
        g_string_append(out, (const char *)node->content);
    else if (xml_is(node, "commentRangeStart"))
        g_string_append_printf(out, "[%s:", xml_attribute(node, "id"));
    else if (xml_is(node, "b"))
        g_string_append_c(out, '*');
    else if (xml_is(node, "ins"))
        g_string_append_c(out, '<');
    const struct {
        const char *name, *sign;
    } signs[] = {{"commentRangeEnd", "]"}, {"commentReference", "^"}, {"tab", "/"}, {"noBreakHyphen", "-"}, {"footnoteReference", "+"}, {"drawing", "{"}, {"ins", ">"}};
    for (const xmlNode *child = node->children; child && !xml_is(node, "delText"); child = child->next)
        describe(out, child);
    for (size_t i = 0; i < G_N_ELEMENTS(signs); i++)
        if (xml_is(node, signs[i].name))
            g_string_append(out, signs[i].sign);
    if (xml_is(node, "drawing"))
        g_string_append_c(out, '}');
    if (xml_is(node, "r"))
        g_string_append_c(out, '|');
}

static char *member_text(GBytes *bytes, const char *name)
{
    struct source *source = source_new("out.docx", bytes);
    struct archive *archive = NULL;
    g_autoptr(GBytes) content = NULL;
    assert_true(archive_open(source, &archive, NULL));
    int member = archive_find(archive, name);
    char *text = NULL;
    if (member >= 0) {
        assert_true(archive_read(archive, (unsigned)member, &content, NULL));
        text = g_strndup(g_bytes_get_data(content, NULL), g_bytes_get_size(content));
    }
    archive_close(archive);
    source_free(source);
    return text;
}

/* Remarks on the first place of each of the words. */
static GBytes *remarked(GBytes *bytes, const char *const *words)
{
    static const char *const lines[] = {"why: <because>", NULL};
    g_autoptr(GPtrArray) documents = read_bytes("a.docx", bytes, NULL);
    const struct document *doc = g_ptr_array_index(documents, 0);
    g_autoptr(GArray) remarks = g_array_new(FALSE, FALSE, sizeof(struct docx_remark));
    for (; *words; words++) {
        const char *found = strstr(doc->text->str, *words);
        assert_non_null(found);
        uint32_t start = (uint32_t)(found - doc->text->str);
        struct docx_remark remark = {{start, start + (uint32_t)strlen(*words)}, "differs", lines, "https://example.org/a.pdf#page=2"};
        g_array_append_val(remarks, remark);
    }
    struct source *source = source_new("a.docx", bytes);
    GBytes *ret = NULL;
    g_autoptr(GError) error = NULL;
    if (!docx_remark(source, document_text(doc), remarks, &ret, &error))
        fail_msg("%s", error->message);
    source_free(source);
    return ret;
}

static void marks(void **state)
{
    size_t i = (size_t)*state;
    g_autofree char *document = g_strconcat("<w:document " W "><w:body>", cases[i].body, "</w:body></w:document>", NULL);
    struct zip_member members[] = {{"[Content_Types].xml", types}, {"word/document.xml", document}, {"word/_rels/document.xml.rels", relations}, {"word/footnotes.xml", footnotes}};
    g_autoptr(GBytes) bytes = zip_made(members, G_N_ELEMENTS(members)), out = remarked(bytes, cases[i].words), again = remarked(bytes, cases[i].words);
    assert_true(g_bytes_equal(out, again));
    g_autofree char *text = member_text(out, "word/document.xml"), *before = NULL, *after = NULL;
    struct xml_tree *tree = NULL;
    assert_true(xml_parse("document.xml", slice_of(text), XML_STRICT, &tree, NULL));
    g_autoptr(GString) got = g_string_new(NULL);
    describe(got, xmlDocGetRootElement(tree->doc));
    xml_tree_free(tree);
    assert_string_equal(got->str, cases[i].expected);
    assert_ptr_equal(strstr(text, "xmlns:w="), g_strrstr(text, "xmlns:w=")); /* what is divided declares nothing anew */
    g_autoptr(GPtrArray) was = read_bytes("a.docx", bytes, NULL), is = read_bytes("a.docx", out, NULL);
    before = described(g_ptr_array_index(was, 0));
    after = described(g_ptr_array_index(is, 0));
    assert_string_equal(after, before); /* our comments are no part of the text */
}

static void a_new_part_is_declared(void **state)
{
    (void)state;
    struct zip_member members[] = {{"[Content_Types].xml", types}, {"word/document.xml", "<w:document " W "><w:body>" P(RUN("12 people")) "</w:body></w:document>"},
                                   {"word/_rels/document.xml.rels", relations}, {"word/footnotes.xml", footnotes}, {"word/comments.xml", "not ours"}};
    static const char *const words[] = {"12 people", NULL};
    g_autoptr(GBytes) bytes = zip_made(members, G_N_ELEMENTS(members)), out = remarked(bytes, words);
    g_autofree char *declared = member_text(out, "[Content_Types].xml"), *related = member_text(out, "word/_rels/document.xml.rels"), *part = member_text(out, "word/comments1.xml"),
                    *same = member_text(out, "word/footnotes.xml"), *other = member_text(out, "word/comments.xml");
    assert_non_null(strstr(declared, "PartName=\"/word/comments1.xml\""));
    assert_non_null(strstr(related, "Type=\"" OFFICE "comments\" Target=\"comments1.xml\""));
    assert_non_null(strstr(part, "why: &lt;because&gt;"));
    assert_non_null(strstr(part, "HYPERLINK \"https://example.org/a.pdf#page=2\""));
    assert_string_equal(same, footnotes);
    assert_string_equal(other, "not ours");
}

static void comments_that_are_there_stay(void **state)
{
    (void)state;
    static const char body[] = "<w:document " W "><w:body>" P("<w:commentRangeStart w:id=\"4\"/>" RUN("12 people") "<w:commentRangeEnd w:id=\"4\"/><w:r><w:commentReference w:id=\"4\"/></w:r>") "</w:body></w:document>";
    struct zip_member members[] = {{"[Content_Types].xml", types}, {"word/document.xml", body}, {"word/_rels/document.xml.rels", relations_with}, {"word/footnotes.xml", footnotes}, {"word/comments.xml", comments}};
    static const char *const words[] = {"12 people", "12 right", NULL}; /* the second stands in the editor's comment */
    g_autoptr(GBytes) bytes = zip_made(members, G_N_ELEMENTS(members)), out = remarked(bytes, words);
    g_autofree char *part = member_text(out, "word/comments.xml"), *declared = member_text(out, "[Content_Types].xml"), *text = member_text(out, "word/document.xml");
    assert_string_equal(declared, types);
    assert_non_null(strstr(part, "<w:comment w:id=\"4\" w:author=\"Editor\">"));
    assert_non_null(strstr(part, "Is 12 right?"));
    assert_non_null(strstr(part, "<w:comment w:id=\"5\" w:author=\"citable\""));
    assert_non_null(strstr(part, "On “12 right”, where no comment can stand:"));
    struct xml_tree *tree = NULL;
    assert_true(xml_parse("document.xml", slice_of(text), XML_STRICT, &tree, NULL));
    g_autoptr(GString) got = g_string_new(NULL);
    describe(got, xmlDocGetRootElement(tree->doc));
    xml_tree_free(tree);
    assert_string_equal(got->str, "[4:[5:12 people|]^|][6:^|]^|");
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(cases) + 2];
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        tests[i] = (struct CMUnitTest){cases[i].name, marks, NULL, NULL, (void *)i};
    tests[G_N_ELEMENTS(cases)] = (struct CMUnitTest)cmocka_unit_test(a_new_part_is_declared);
    tests[G_N_ELEMENTS(cases) + 1] = (struct CMUnitTest)cmocka_unit_test(comments_that_are_there_stay);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
