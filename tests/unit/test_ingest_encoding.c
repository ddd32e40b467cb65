/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/encoding.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define S SLICE

static const struct encoding_case {
    const char *name;
    struct slice bytes;
    const char *declared, *text, *charset; /* text NULL: no text */
    unsigned broken;
    uint32_t at, source;                   /* one place of the text, and where it stands in the file */
} cases[] = {
    {"ASCII", S("some 300 people"), NULL, "some 300 people", "UTF-8", 0, 5, 5},
    {"UTF-8", S("caf\xc3\xa9 10"), NULL, "café 10", "UTF-8", 0, 6, 6},
    {"UTF-8 with a mark", S("\xef\xbb\xbf""10 000"), NULL, "10 000", "UTF-8", 0, 3, 6},
    {"declared charset is wrong", S("caf\xc3\xa9 10"), "windows-1252", "café 10", "UTF-8", 0, 0, 0},
    {"UTF-16 with a mark", S("\xff\xfe""a\0\xe9\0""1\0"), NULL, "aé1", "UTF-16LE", 0, 3, 6},
    {"UTF-16 without a mark", S("\0t\0h\0e\0 \0m\0e\0n\0 \0""4"), NULL, "the men 4", "UTF-16BE", 0, 8, 16},
    {"UTF-16 beyond the first plane", S("\xff\xfe\x3d\xd8\x00\xde""1\0"), NULL, "\xf0\x9f\x98\x80""1", "UTF-16LE", 0, 4, 6},
    {"windows-1252", S("\x93Some 10,000 people fled from Tapachula to the north,\x94 she said. It\x92s the largest number since the caf\xe9 closed."), NULL,
     "“Some 10,000 people fled from Tapachula to the north,” she said. It’s the largest number since the café closed.", "windows-1252", 0, 5, 3},
    {"the Mac's charset", S("El r\x92o dej\x97 9.101 ni\x96os sin casa en Espa\x96""a, seg\x9cn el Gobierno; el caf\x8e y la raz\x97n."), NULL, "El río dejó 9.101 niños sin casa en España, según el Gobierno; el café y la razón.", "macintosh", 0, 0, 0},
    {"DOS", S("El r\xa1o dej\xa2 9.101 ni\xa4os sin casa en Espa\xa4""a, seg\xa3n el Gobierno; el caf\x82 y la raz\xa2n."), NULL, "El río dejó 9.101 niños sin casa en España, según el Gobierno; el café y la razón.", "IBM850", 0, 0, 0},
    {"the euro of ISO-8859-15", S("El r\xedo dej\xf3 9.101 ni\xf1os y un gasto de 9.104 \xa4 por d\xed""a, seg\xfan el Gobierno."), NULL, "El río dejó 9.101 niños y un gasto de 9.104 € por día, según el Gobierno.", "ISO-8859-15", 0, 0, 0},
    {"Polish is not Chinese", S("W 2020 roku 9 601 os\xf3""b opu\x9c""ci\xb3o domy, a wed\xb3ug rz\xb9""du 9 602 rodziny straci\xb3y mieszkania."), NULL, "W 2020 roku 9 601 osób opuściło domy, a według rządu 9 602 rodziny straciły mieszkania.", "windows-1250", 0, 0, 0},
    {"declared charset", S("\xef\xf0\xe8\xe2\xe5\xf2 5"), "windows-1251", "привет 5", "windows-1251", 0, 13, 7},
    {"one broken byte", S("El ni\xc3\xb1o, el a\xc3\xb1o, la acci\xc3\xb3n, caf\xc3\xa9, la raz\xc3\xb3n, aqu\xc3\xad, all\xc3\xad, ma\xc3\xb1""ana y 10\xa0""000"), NULL,
     "El niño, el año, la acción, café, la razón, aquí, allí, mañana y 10\xc2\xa0""000", "UTF-8", 1, 0, 0},
    {"a character cut in two", S("10 \xe2\x82 000 \xe2\x82\xac \xe2\x82\xac \xe2\x82\xac \xe2\x82\xac \xe2\x82\xac \xe2\x82\xac \xe2\x82\xac \xe2\x82\xac \xe2\x82\xac"
     " \xe2\x82\xac \xe2\x82\xac \xe2\x82\xac \xe2\x82\xac \xe2\x82\xac \xe2\x82\xac \xe2\x82\xac"), NULL,
     "10 \xef\xbf\xbd\xef\xbf\xbd 000 € € € € € € € € € € € € € € € €", "UTF-8", 2, 9, 5},
    {"a NUL", S("10 people, a long line of text that goes on for a while, and\0 then"), NULL,
     "10 people, a long line of text that goes on for a while, and\xef\xbf\xbd then", "UTF-8", 1, 63, 61},
    {"binary", S("\x7f""ELF\2\1\1\0\0\0\0\0\0\0\0\0\3\0\x3e\0\1\0\0\0"), NULL, NULL, NULL, 0, 0, 0},
};

static void decodes(void **state)
{
    const struct encoding_case *row = *state;
    struct encoding encoding;
    bool text = encoding_decode(row->bytes, row->declared, &encoding);
    assert_int_equal(text, row->text != NULL);
    if (text) {
        g_autofree char *got = slice_dup(encoding.text);
        assert_string_equal(got, row->text);
        assert_string_equal(encoding.charset, row->charset);
        assert_int_equal(encoding.broken, row->broken);
        assert_int_equal(encoding_source(&encoding, row->at), row->source);
    }
    encoding_clear(&encoding);
}

static void appends_with_its_source(void **state)
{
    (void)state;
    struct encoding encoding;
    assert_true(encoding_decode((struct slice)SLICE("\xff\xfe""a\0\xe9\0""1\0""2\0"), NULL, &encoding));
    struct document *doc = document_new("x");
    encoding_append(&encoding, doc, 1, 5);
    assert_string_equal(doc->text->str, "é12");
    struct span source = document_source_span(doc, (struct span){0, 2});
    assert_int_equal(source.start, 4);
    assert_int_equal(source.end, 6);
    assert_int_equal(document_source(doc, 3), 8);
    document_free(doc);
    encoding_clear(&encoding);
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(cases) + 1];
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        tests[i] = (struct CMUnitTest){cases[i].name, decodes, NULL, NULL, (void *)&cases[i]};
    tests[G_N_ELEMENTS(cases)] = (struct CMUnitTest)cmocka_unit_test(appends_with_its_source);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
