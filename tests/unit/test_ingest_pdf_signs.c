/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/pdf/signs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <gio/gio.h>
#include <stdbool.h>

/* One stream of a file: what its dictionary says, what it holds (packed: deflated), and the signs that are seen in it. */
static const struct signs_case {
    const char *name, *dictionary, *content;
    bool packed;
    uint32_t signs;
} cases[] = {
    {"plain text", "", "BT /F1 12 Tf (90 people) Tj ET", false, 0},
    {"invisible text", "", "BT 3 Tr (90 people) Tj ET", false, SIGN_INVISIBLE},
    {"invisible text, packed", "/Filter /FlateDecode", "BT 3 Tr (90 people) Tj ET", true, SIGN_INVISIBLE},
    {"invisible text, packed, the short name", "/Filter [/Fl ]", "BT 3 Tr (90 people) Tj ET", true, SIGN_INVISIBLE},
    {"text that only clips", "", "BT\n7\nTr\n(90) Tj ET", false, SIGN_INVISIBLE},
    {"the mode as a decimal", "", "BT 3.0 Tr (90) Tj ET", false, SIGN_INVISIBLE},
    {"text as outlines", "", "BT 1 Tr (90) Tj ET", false, 0},
    {"a name that begins as the operator does", "", "3 Track", false, 0},
    {"the operator without its number", "", "BT Tr ET", false, 0},
    {"the operator at the very end", "", "BT 3 Tr", false, SIGN_INVISIBLE},
    {"a number too long to be a mode", "", "00000000000000000003 Tr ", false, 0},
    {"words that stand for others", "", "/Span <</ActualText (fi)>> BDC (x) Tj EMC", false, 0},
    {"digits that stand for others", "", "/Span <</ActualText (90,000)>> BDC (10,000) Tj EMC", false, SIGN_ACTUAL},
    {"digits behind an escape", "", "/Span <</ActualText (a\\)9)>> BDC (1) Tj EMC", false, SIGN_ACTUAL},
    {"a letter as an octal byte is no digit", "", "/Span <</ActualText (\\351)>> BDC (x) Tj EMC", false, 0},
    {"digits in hexadecimal", "", "/Span <</ActualText <FEFF00390030>>> BDC (10) Tj EMC", false, SIGN_ACTUAL},
    {"letters in hexadecimal", "", "/Span <</ActualText <FEFF00660069>>> BDC (x) Tj EMC", false, 0},
    {"neither kind of string", "", "/Span <</ActualText /None>> BDC (x) Tj EMC", false, 0},
    {"a string that does not end", "", "/Span <</ActualText <FEFF0039", false, 0},
    {"an element of the tree of tags", "", "<</Type /StructElem /S /Span /ActualText (90)>>", false, 0},
    {"marked content beside the tree of tags", "", "/StructElem /Span <</ActualText (90)>> BDC (10) Tj EMC", false, SIGN_ACTUAL},
    {"a map in order", "", "begincmap 2 beginbfchar <30> <0030> <31> <0031> endbfchar", false, 0},
    {"a map that exchanges two digits", "", "begincmap 2 beginbfchar <31> <0039> <39> <0031> endbfchar", false, SIGN_DIGITS},
    {"a map of one digit to another", "", "begincmap 1 beginbfchar <31> <0039> endbfchar", false, SIGN_DIGITS},
    {"a map of a subset's codes, in order", "", "begincmap 3 beginbfchar <0003> <0030> <0004> <0031> <0009> <0039> endbfchar", false, 0},
    {"a map of a subset's codes, out of order", "", "begincmap 2 beginbfchar <0003> <0039> <0009> <0031> endbfchar", false, SIGN_DIGITS},
    {"a range in order", "", "begincmap 1 beginbfrange <30> <39> <0030> endbfrange", false, 0},
    {"a range moved by one", "", "begincmap 1 beginbfrange <30> <38> <0031> endbfrange", false, SIGN_DIGITS},
    {"a range with a list in order", "", "begincmap 1 beginbfrange <0010> <0012> [<0030> <0031> <0032>] endbfrange", false, 0},
    {"a range with a list out of order", "", "begincmap 1 beginbfrange <0010> <0012> [<0032> <0031> <0030>] endbfrange", false, SIGN_DIGITS},
    {"a list without an end", "", "begincmap 1 beginbfrange <0010> <0012> [<0030>", false, 0},
    {"characters, then ranges", "", "begincmap beginbfchar <20> <0020> endbfchar beginbfrange <31> <32> <0038> endbfrange", false, SIGN_DIGITS},
    {"ranges, then characters", "", "begincmap beginbfrange <20> <21> <0020> endbfrange beginbfchar <31> <0038> endbfchar", false, SIGN_DIGITS},
    {"a ligature in a map is no digit", "", "begincmap 1 beginbfchar <31> <00390030> endbfchar", false, 0},
    {"a picture is not looked through", "/Subtype /Image", "3 Tr ", false, 0},
    {"a filter that is not unpacked says anything", "/Filter /LZWDecode", "x", false, SIGN_ALL},
    {"damaged packing says anything", "/Filter /FlateDecode", "not packed at all", false, SIGN_ALL},
    {"packing that is damaged behind its head", "/Filter /FlateDecode", "x\x9c\xff\xff\xff", false, SIGN_ALL},
    {"packing that ends with its head", "/Filter /FlateDecode", "x\x9c", false, SIGN_ALL},
    {"the operator far behind", "", "0.5 0.5 m 100.25 200.25 l S 0.5 0.5 m 100.25 300.25 l S 0.5 0.5 m 100.25 400.25 l S BT 3 Tr (90) Tj ET", false, SIGN_INVISIBLE},
};

static GBytes *packed(const char *content)
{
    g_autoptr(GZlibCompressor) zip = g_zlib_compressor_new(G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 9);
    char out[4096];
    gsize used, made;
    assert_int_equal(g_converter_convert(G_CONVERTER(zip), content, strlen(content), out, sizeof out, G_CONVERTER_INPUT_AT_END, &used, &made, NULL), G_CONVERTER_FINISHED);
    return g_bytes_new(out, made);
}

static GBytes *file_of(const struct signs_case *c, const char *end)
{
    g_autoptr(GBytes) content = c->packed ? packed(c->content) : g_bytes_new_static(c->content, strlen(c->content));
    g_autofree char *head = g_strdup_printf("%%PDF-1.4\n4 0 obj\n<<%s>>\nstream\r\n", c->dictionary);
    GByteArray *bytes = g_byte_array_new();
    gsize size;
    const guint8 *data = g_bytes_get_data(content, &size);
    g_byte_array_append(bytes, (const guint8 *)head, (guint)strlen(head));
    g_byte_array_append(bytes, data, (guint)size);
    g_byte_array_append(bytes, (const guint8 *)end, (guint)strlen(end));
    return g_byte_array_free_to_bytes(bytes);
}

static void sees(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GBytes) file = file_of(&cases[i], "\nendstream\nendobj\n");
        uint32_t signs = pdf_signs(file);
        if (signs != cases[i].signs)
            fail_msg("%s: signs %u, expected %u", cases[i].name, signs, cases[i].signs);
    }
}

/* A stream that does not end is no stream; objects outside of streams count, too. */
static void sees_outside_of_streams(void **state)
{
    (void)state;
    struct signs_case cut = {.dictionary = "", .content = "3 Tr "}, behind = {.dictionary = "", .content = "(x) Tj"};
    g_autoptr(GBytes) open = file_of(&cut, ""), object = file_of(&behind, "\nendstream\nendobj\n5 0 obj <</Span <</ActualText (9)>> >> endobj");
    assert_int_equal(pdf_signs(open), 0);
    assert_int_equal(pdf_signs(object), SIGN_ACTUAL);
}

/* A word that two of the pieces share in which a long stream is unpacked. */
static void sees_over_pieces(void **state)
{
    (void)state;
    static const char words[] = " BT 3 Tr (90) Tj ET";
    enum { PIECE = 128 * 1024 };
    for (size_t shift = 0; shift < sizeof words; shift++) {
        g_autoptr(GZlibCompressor) zip = g_zlib_compressor_new(G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 9);
        g_autoptr(GString) content = g_string_new("4 0 obj <</Filter /FlateDecode>>\nstream\n"), text = g_string_new(NULL);
        while (text->len < PIECE - shift)
            g_string_append_c(text, ' ');
        g_string_append(text, words);
        char out[4096];
        gsize used, made;
        assert_int_equal(g_converter_convert(G_CONVERTER(zip), text->str, text->len, out, sizeof out, G_CONVERTER_INPUT_AT_END, &used, &made, NULL), G_CONVERTER_FINISHED);
        g_string_append(g_string_append_len(content, out, (gssize)made), "\nendstream");
        g_autoptr(GBytes) file = g_bytes_new(content->str, content->len);
        assert_int_equal(pdf_signs(file), SIGN_INVISIBLE);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(sees), cmocka_unit_test(sees_outside_of_streams), cmocka_unit_test(sees_over_pieces)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
