/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/pdf/tokens.h"

#include "base/quiet.h"
#include "base/slice.h"
#include "ingest/pdf/poppler.h"
#include "ingest/pdf/streams.h"
#include "ingest/pdf/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <zlib.h>

#include <cmocka.h>

static void append_packed(GString *file, int number, struct slice text)
{
    uLongf len = compressBound(text.len);
    g_autofree Bytef *bytes = g_malloc(len);
    assert_int_equal(compress(bytes, &len, (const Bytef *)text.ptr, text.len), Z_OK);
    g_string_append_printf(file, "%d 0 obj<</Filter/FlateDecode/Length %lu>>stream\n", number, len);
    g_string_append_len(file, (char *)bytes, (gssize)len);
    g_string_append(file, "\nendstream endobj\n");
}

/* A page whose content is two streams, and whose first font is simple, the second of two bytes. */
static GBytes *file_with(struct slice first, struct slice second)
{
    GString *file = g_string_new("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
                                 "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]/Contents[4 0 R 5 0 R]/Resources<</Font<</A 6 0 R/B 7 0 R>>>>>>endobj\n"
                                 "6 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>endobj\n"
                                 "7 0 obj<</Type/Font/Subtype/Type0/BaseFont/Times-Roman/Encoding/Identity-H/DescendantFonts[8 0 R]>>endobj\n"
                                 "8 0 obj<</Type/Font/Subtype/CIDFontType2/BaseFont/Times-Roman/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>endobj\n");
    append_packed(file, 4, first);
    append_packed(file, 5, second);
    g_string_append(file, "trailer<</Root 1 0 R/Size 9>>\n%%EOF\n");
    return g_string_free_to_bytes(file);
}

/* Text, boxes and runs of the page, to the last bit. */
static char *read_page(GBytes *file)
{
    PopplerDocument *pdf = poppler_open(file, "tokens.pdf", NULL);
    assert_non_null(pdf);
    PopplerPage *page = poppler_document_get_page(pdf, 0);
    PopplerRectangle *boxes = NULL;
    guint count = 0;
    g_autofree char *text = poppler_page_get_text(page);
    g_autoptr(GString) all = g_string_new(text);
    poppler_page_get_text_layout(page, &boxes, &count);
    for (guint i = 0; i < count; i++)
        g_string_append_printf(all, "|%a %a %a %a", boxes[i].x1, boxes[i].y1, boxes[i].x2, boxes[i].y2);
    GList *runs = poppler_page_get_text_attributes(page);
    for (GList *l = runs; l; l = l->next) {
        const PopplerTextAttributes *run = l->data;
        g_string_append_printf(all, "|%s %a %u %u %u", run->font_name, run->font_size, run->color.red, run->color.green, run->color.blue);
    }
    poppler_page_free_text_attributes(runs);
    g_free(boxes);
    g_object_unref(page);
    g_object_unref(pdf);
    return g_strdup(all->str);
}

static char *read_both(struct slice first, struct slice second)
{
    g_autoptr(GBytes) file = file_with(first, second);
    char *own = read_page(file);
    streams_begin(file);
    tokens_begin();
    words_begin();
    g_autofree char *ours = read_page(file);
    words_end();
    tokens_end();
    streams_end();
    assert_string_equal(own, ours);
    return own;
}

static const struct token_case {
    const char *name, *text; /* what is read begins with it */
    struct slice first, second;
} cases[] = {
    {"one line", "one two", SLICE("BT /A 12 Tf 10 20 Td (one two) Tj ET"), SLICE(" ")},
    {"cut between two streams", "one two", SLICE("BT /A 12 Tf 10 20 Td (one ) Tj"), SLICE(" (two) Tj ET ")},
    {"cut within a name, a number, a string", "", SLICE("BT /A 12 Tf 10 2"), SLICE("0 Td (one) Tj ET ")},
    {"cut within a string", "", SLICE("BT /A 12 Tf 10 20 Td (one"), SLICE("two) Tj (three) Tj ET ")},
    {"brackets within a string", "a (b (c)) d", SLICE("BT /A 12 Tf 10 20 Td (a (b (c)) d) Tj ET"), SLICE(" ")},
    {"escapes", "(one) AB0\\q", SLICE("BT /A 12 Tf 10 20 Td (\\(one\\) \\101\\1020\\\\\\q\\7) Tj ET"), SLICE(" ")},
    {"escaped ends of lines", "onetwothree", SLICE("BT /A 12 Tf 10 20 Td (one\\\ntwo\\\r\nthree\\\rfour\\n\\r\\t\\b\\f) Tj ET"), SLICE(" ")},
    {"octal beyond a byte", "", SLICE("BT /A 12 Tf 10 20 Td (\\777\\1\\08\\400x) Tj ET"), SLICE(" ")},
    {"a long string", "", SLICE("BT /A 2 Tf 10 20 Td (0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 "
                                "0123456789 0123456789) Tj ET"), SLICE(" ")},
    {"hexadecimal", "AB@", SLICE("BT /A 12 Tf 10 20 Td <4 1\n4 2 4> Tj <> Tj /B 10 Tf <00410042> Tj ET"), SLICE(" ")},
    {"what is not hexadecimal", "", SLICE("BT /A 12 Tf 10 20 Td <41z42> Tj (x) Tj ET"), SLICE(" ")},
    {"numbers", "three\none\ntwo|", SLICE("BT /A 12. Tf +10.50 -.5 Td 1 0 0 1 10.123456789012345678901234567890 20.9 Tm (one) Tj -0 --3 Td (two) Tj 4-5 6.7-8 Td (three) Tj ET"), SLICE(" ")},
    {"large numbers", "one", SLICE("BT /A 12 Tf 10 20 Td (one) Tj 999999999 1000000000 Td 2147483648 99999999999 Td 99999999999999999999999.5 1 Td (two) Tj ET"), SLICE(" ")},
    {"numbers without digits", "one", SLICE("BT /A 12 Tf 10 20 Td (one) Tj - + Td . -. Td 1.2.3 Td 1e5 0x1F Td (two) Tj ET"), SLICE(" ")},
    {"lists within lists", "onetwo", SLICE("/x<</a[1 2[3 4[5 6]7]8 9 10 11 12 13 14 15 16 17 18 19(s)<41>/n true null]/b<</c[]>>>>DP BT /A 12 Tf 10 20 Td [(o)(n)(e)(t)(w)(o)]TJ ET"), SLICE(" ")},
    {"words of all lengths", "a to twelve", SLICE("BT /A 2 Tf 1 20 Td (a to twelveletter thirteenletter0 fourteenletters0 twentyfourletters0123456 twentyfiveletters01234567 "
                                                  "averylongwordthatisneverendingandgoesonandonandonandonandonuntilitends) Tj (\371\250\264a) Tj ET"), SLICE(" ")},
    {"kerning", "one two", SLICE("BT /A 12 Tf 10 20 Td [(on)-20(e)-400.5(two)120 +3 .5]TJ ET"), SLICE(" ")},
    {"names", "one", SLICE("BT /#41 12 Tf 10 20 Td (one) Tj /A#20B 3 Tf / 12 Tf /A/B 12 Tf /A#4 9 Tf (two) Tj ET"), SLICE(" ")},
    {"a very long name", "one", SLICE("BT /A 12 Tf 10 20 Td (one) Tj /aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa 3 Tf "
                                      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa (two) Tj ET"), SLICE(" ")},
    {"comments", "one", SLICE("%x\nBT/A 12 Tf%(no) Tj\r10 20 Td(one)Tj%\n%%\nET%"), SLICE("BT /A 9 Tf 50 90 Td (two) Tj ET %end")},
    {"without spaces", "onetwo", SLICE("BT/A 12 Tf 10 20Td(one)Tj[(two)]TJ ET"), SLICE(" ")},
    {"marked content", "one", SLICE("/Span<</ActualText(one)/Lang(en)/x[1 true false null]/y<</z 1>>>>BDC BT /A 12 Tf 10 20 Td (xyz) Tj ET EMC"), SLICE(" ")},
    {"a picture within", "onetwo", SLICE("BT /A 12 Tf 10 20 Td (one) Tj ET BI /W 4 /H 2 /BPC 8 /CS /G ID \x01(2\x03)>\x05 6 EI BT /A 12 Tf 30 20 Td (two) Tj ET"), SLICE(" ")},
    {"a packed picture within", "one", SLICE("BT /A 12 Tf 10 20 Td (one) Tj ET BI /W 4 /H 2 /BPC 8 /CS /G /F /AHx ID 0102030405060708> EI BT /A 12 Tf 30 20 Td (two) Tj ET "
                                             "BI /W 1 /H 1 /BPC 8 /CS /G /F /Fl ID \x78\x9c\x63\x60\x00\x00\x00\x02\x00\x01 EI BT /A 12 Tf 60 20 Td (three) Tj ET"), SLICE(" ")},
    {"operators that are none", "one", SLICE("BT /A 12 Tf 10 20 Td trueish nul falsefalse Tjj '' T* TJTJ (one) Tj \x80\xFF (two) Tj true Td null Tj ET"), SLICE(" ")},
    {"brackets out of place", "one", SLICE("BT /A 12 Tf 10 20 Td (one) Tj ) } { > >> ] [ (two) Tj ] TJ << /a >> 1 2 ET"), SLICE(" ")},
    {"an open string", "one", SLICE("BT /A 12 Tf 10 20 Td (one) Tj (two) Tj (three ET"), SLICE("(four) Tj\\")},
    {"a NUL", "one", SLICE("BT /A 12 Tf 10\0 20\0Td (one) Tj (t\0wo) Tj /\0 <4\0001> Tj ET"), SLICE(" ")},
};

static void reads_the_same(void **state)
{
    const struct token_case *c = *state;
    quiet_begin();
    g_autofree char *read = read_both(c->first, c->second);
    quiet_end();
    if (!g_str_has_prefix(read, c->text))
        fail_msg("\"%s\" was read, not \"%s\"", read, c->text);
}

/* Any bytes of such pages, one for another. */
static void reads_any_bytes_the_same(void **state)
{
    (void)state;
    static const char signs[] = "()<>[]{}/%\\\r\n 0123456789.-+#aTjED\x80";
    guint32 random = 7;
    quiet_begin();
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        for (int round = 0; round < 40; round++) {
            g_autofree char *first = g_memdup2(cases[i].first.ptr, cases[i].first.len);
            for (int change = 0; change <= round % 4; change++) {
                random = random * 1664525u + 1013904223u;
                first[(random >> 8) % cases[i].first.len] = signs[(random >> 3) % (sizeof signs - 1)];
            }
            g_free(read_both((struct slice){first, cases[i].first.len}, cases[i].second));
        }
    quiet_end();
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(cases) + 1] = {cmocka_unit_test(reads_any_bytes_the_same)};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        tests[i + 1] = (struct CMUnitTest){.name = cases[i].name, .test_func = reads_the_same, .initial_state = (void *)&cases[i]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
