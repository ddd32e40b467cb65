/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* Letters of Arabic; G and X are ligatures, P the shape that Unicode has for one; C and D are as wide as one another. */
#define ARABIC "10 beginbfchar <41> <0627> <42> <0628> <53> <0633> <4D> <0645> <4C> <0644> <47> <06440627> <50> <FEFB> <58> <0627064406440647> <43> <0644> <44> <0627> endbfchar"

/* A line of text with halves of a fraction in it, drawn from where the upper one begins. */
#define STACKED(halves, behind) \
    "BT /T 10 Tf 72 700 Td (Families had 2) Tj ET BT /T 7 Tf 136.9 703.9 Td " halves " ET BT /T 10 Tf 148 700 Td (" behind " of water a day.) Tj ET"

/* Pages written object by object: 4 is what the page draws, in Helvetica (/T) or in a font whose codes `map` gives other characters (/M); 8 and up are
 * `objects`, each ending in "endobj"; `page` goes into the page's own object. Parts of the text expected are parted by "|" where passages are. */
static const struct made_case {
    const char *name, *draws, *map, *page, *objects, *text;
} cases[] = {
    {"a fraction set as one half over the other, in one word", STACKED("(1) Tj 0 -7.4 Td (2) Tj", "litres"), NULL, "", "", "Families had 2 1⁄2 litres of water a day."},
    {"an upper half narrower than the lower one", STACKED("2 0 Td (5) Tj -2 -7.4 Td (16) Tj", "litres"), NULL, "", "", "Families had 2 5⁄16 litres of water a day."},
    {"halves drawn the lower one first", STACKED("0 -7.4 Td (2) Tj 0 7.4 Td (1) Tj", "litres"), NULL, "", "", "Families had 2 1⁄2 litres of water a day."},
    {"halves of two digits", STACKED("(13) Tj 0 -7.4 Td (16) Tj", "litres"), NULL, "", "", "Families had 2 13⁄16 litres of water a day."},
    {"a power over an index is no fraction", STACKED("(1) Tj 0 -6.5 Td (2) Tj", "litres"), NULL, "", "", "Families had 22 litres of water a day."},
    {"plain text", "BT /T 12 Tf 72 700 Td (Some 851 people came.) Tj ET", NULL, "", "", "Some 851 people came."},
    {"a line that runs from right to left", "BT /M 12 Tf 72 700 Td (CBA) Tj ET", "3 beginbfchar <41> <05D0> <42> <05D1> <43> <05D2> endbfchar", "", "", "אבג"},
    {"digits in such a line keep their order", "BT /M 12 Tf 72 700 Td (CB 851 A) Tj ET", "3 beginbfchar <41> <05D0> <42> <05D1> <43> <05D2> endbfchar", "", "",
     "א 851 בג"},
    {"Latin in such a line", "BT /M 12 Tf 72 700 Td (CBA xy CBA BC) Tj ET", "3 beginbfchar <41> <05D0> <42> <05D1> <43> <05D2> endbfchar", "", "",
     "גב אבג xy אבג"},
    {"signs beside a number in such a line", "BT /M 12 Tf 72 700 Td (CBABAC 40% CBABC $12.5) Tj ET", "3 beginbfchar <41> <05D0> <42> <05D1> <43> <05D2> endbfchar", "", "",
     "$12.5 גבאבג 40% גאבאבג"},
    {"a word's hyphen is none of its number", "BT /M 12 Tf 72 700 Td (CBABAC 40-C CBA) Tj ET", "3 beginbfchar <41> <05D0> <42> <05D1> <43> <05D2> endbfchar", "", "",
     "אבג ג-40 גאבאבג"},
    {"a page that runs from right to left", "BT /M 12 Tf 72 700 Td (CBABAC CBABC) Tj 0 -14 Td (CBABAC 4,120 CBABC) Tj 0 -14 Td (CBABAC CBAB) Tj ET",
     "3 beginbfchar <41> <05D0> <42> <05D1> <43> <05D2> endbfchar", "", "", "גבאבג גאבאבג גבאבג 4,120 גאבאבג באבג גאבאבג"},
    {"a ligature of lam and alef is read in their order", "BT /M 12 Tf 72 700 Td (MGS BLA BLA BLA) Tj ET", ARABIC, "", "", "الب الب الب سلام"},
    {"a lam and an alef of their own stay in theirs", "BT /M 12 Tf 72 700 Td (BCDB BCB BDB BCB BDB BCB BDB) Tj ET", ARABIC, "", "", "باب بلب باب بلب باب بلب بالب"},
    {"the name of God as one ligature", "BT /M 12 Tf 72 700 Td (X MS) Tj ET", ARABIC, "", "", "سم الله"},
    {"shapes of letters are letters", "BT /M 12 Tf 72 700 Td (MPS 851) Tj ET", ARABIC, "", "", "851 سلام"},
    {"a character that is none ends no line", "BT /M 12 Tf 72 700 Td (Some 8x51 people) Tj 0 -60 Td (came to 40 homes.) Tj ET", "1 beginbfchar <78> <0000> endbfchar", "", "",
     "Some 8 51 people|came to 40 homes."},
    {"a field with text", "BT /T 12 Tf 72 700 Td (People at home:) Tj ET", NULL, "/Annots [8 0 R]",
     "8 0 obj << /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (Some 4,120 in all) /Rect [72 600 300 620] /P 3 0 R >> endobj", "People at home:|Some 4,120 in all"},
    {"a field with lines of text", "BT /T 12 Tf 72 700 Td (People at home:) Tj ET", NULL, "/Annots [8 0 R]",
     "8 0 obj << /Type /Annot /Subtype /Widget /FT /Tx /T (a) /Ff 4096 /V (Some 4,120\\nin all) /Rect [72 600 300 640] /P 3 0 R >> endobj",
     "People at home:|Some 4,120 in all"},
    {"a field that is empty", "BT /T 12 Tf 72 700 Td (People at home:) Tj ET", NULL, "/Annots [8 0 R]",
     "8 0 obj << /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V () /Rect [72 600 300 620] /P 3 0 R >> endobj", "People at home:"},
    {"a button is no text", "BT /T 12 Tf 72 700 Td (People at home:) Tj ET", NULL, "/Annots [8 0 R]",
     "8 0 obj << /Type /Annot /Subtype /Widget /FT /Btn /T (a) /MK << /CA (Send 12) >> /Rect [72 600 300 620] /P 3 0 R >> endobj", "People at home:"},
    {"what was chosen", "BT /T 12 Tf 72 700 Td (Where:) Tj ET", NULL, "/Annots [8 0 R]",
     "8 0 obj << /Type /Annot /Subtype /Widget /FT /Ch /Ff 131072 /T (a) /Opt [(Lima) (Quito)] /V (Quito) /Rect [72 600 300 620] /P 3 0 R >> endobj", "Where:|Quito"},
    {"a list shows all its items", "BT /T 12 Tf 72 700 Td (Where:) Tj ET", NULL, "/Annots [8 0 R]",
     "8 0 obj << /Type /Annot /Subtype /Widget /FT /Ch /T (a) /Opt [(Lima) (Quito)] /Rect [72 560 300 620] /P 3 0 R >> endobj", "Where:|Lima Quito"},
    {"a note written on the page", "BT /T 12 Tf 72 700 Td (People at home:) Tj ET", NULL, "/Annots [8 0 R]",
     "8 0 obj << /Type /Annot /Subtype /FreeText /Contents (Some 4,120 in all) /DA (/T 12 Tf) /Rect [72 600 300 620] >> endobj", "People at home:|Some 4,120 in all"},
    {"a note that opens is not of the page", "BT /T 12 Tf 72 700 Td (People at home:) Tj ET", NULL, "/Annots [8 0 R]",
     "8 0 obj << /Type /Annot /Subtype /Text /Contents (Check 4,120) /Rect [72 600 90 620] >> endobj", "People at home:"},
};

static void add(GString *file, GArray *places, const char *format, ...) G_GNUC_PRINTF(3, 4);

static void add(GString *file, GArray *places, const char *format, ...)
{
    va_list arguments;
    guint at = (guint)file->len;
    g_array_append_val(places, at);
    va_start(arguments, format);
    g_string_append_vprintf(file, format, arguments);
    va_end(arguments);
}

/* info, catalog: what the file says of itself, and what its catalogue has besides. */
static GBytes *file_of(const struct made_case *c, const char *info, const char *catalog)
{
    GString *file = g_string_new("%PDF-1.5\n");
    g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(guint));
    g_autofree char *map = g_strdup_printf("/CIDInit /ProcSet findresource begin begincmap /CMapType 2 def 1 begincodespacerange <00> <ff> endcodespacerange "
                                           "1 beginbfrange <20> <7e> <0020> endbfrange %s endcmap end", c->map ? c->map : "");
    add(file, places, "1 0 obj << /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [8 0 R] /DR << >> >> %s >> endobj\n", catalog);
    add(file, places, "2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n");
    add(file, places, "3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R %s /Resources << /Font << /T 5 0 R /M 6 0 R >> >> >> endobj\n", c->page);
    add(file, places, "4 0 obj << /Length %zu >>\nstream\n%s\nendstream endobj\n", strlen(c->draws), c->draws);
    add(file, places, "5 0 obj << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> endobj\n");
    add(file, places, "6 0 obj << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 7 0 R >> endobj\n");
    add(file, places, "7 0 obj << /Length %zu >>\nstream\n%s\nendstream endobj\n", strlen(map), map);
    if (*c->objects)
        add(file, places, "%s\n", c->objects);
    guint start = (guint)file->len;
    g_string_append_printf(file, "xref\n0 %u\n0000000000 65535 f \n", places->len + 1);
    for (guint i = 0; i < places->len; i++)
        g_string_append_printf(file, "%010u 00000 n \n", g_array_index(places, guint, i));
    g_string_append_printf(file, "trailer << /Root 1 0 R /Size %u /Info << %s >> >>\nstartxref\n%u\n%%%%EOF\n", places->len + 1, info, start);
    return g_string_free_to_bytes(file);
}

/* The passages of the only page; each line of them lies on it. */
static char *text_of(const struct document *doc)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < doc->passages->len; i++) {
        struct slice passage = document_slice(doc, DOCUMENT_AT(doc->passages, struct passage, i).span);
        g_string_append_len(g_string_append(text, i > 0 ? "|" : ""), passage.ptr, (gssize)passage.len);
    }
    for (guint i = 0; i < doc->lines->len; i++) {
        struct rect box = DOCUMENT_AT(doc->lines, struct line, i).box;
        assert_true(box.x0 >= 0 && box.y0 >= 0 && box.x1 <= 600 && box.y1 <= 800 && box.x0 < box.x1 && box.y0 < box.y1);
    }
    return g_string_free(text, FALSE);
}

static struct document *read_made(const struct made_case *c, const char *info, const char *catalog)
{
    g_autoptr(GBytes) bytes = file_of(c, info, catalog);
    g_autoptr(GPtrArray) documents = g_ptr_array_new();
    struct source *source = source_new("made.pdf", bytes);
    GError *error = NULL;
    if (!reader_read(source, documents, &error))
        fail_msg("%s", error->message);
    assert_int_equal(documents->len, 1);
    source_free(source);
    return g_ptr_array_index(documents, 0);
}

static void reads(void **state)
{
    const struct made_case *c = *state;
    struct document *doc = read_made(c, "", "");
    g_autofree char *text = text_of(doc);
    assert_string_equal(text, c->text);
    document_free(doc);
}

/* What the file says of itself, where it can be believed. */
static const struct facts_case {
    const char *name, *info, *catalog, *title, *authors, *date, *label;
} facts[] = {
    {"a title, authors, a day", "/Title (Floods of the valley) /Author (Ana Ruiz) /CreationDate (D:20230405101112Z)", "", "Floods of the valley", "Ana Ruiz", "2023-04-05?", NULL},
    {"the name of the program is no title", "/Title (Microsoft Word - draft three) /Author (Ana Ruiz)", "", NULL, NULL, NULL, NULL},
    {"the name of a file is no title", "/Title (Final report v3.docx)", "", NULL, NULL, NULL, NULL},
    {"one word is no title", "/Title (Floods)", "", NULL, NULL, NULL, NULL},
    {"control characters are no title", "/Title (Floods of\\001the valley)", "", "Floods of the valley", NULL, NULL, NULL},
    {"broken lines are one title", "/Title (Floods of\\n  the valley )", "", "Floods of the valley", NULL, NULL, NULL},
    {"an account is no author", "/Title (Floods of the valley) /Author (Admin User)", "", "Floods of the valley", NULL, NULL, NULL},
    {"an address is no author", "/Title (Floods of the valley) /Author (ana ruiz@example.org)", "", "Floods of the valley", NULL, NULL, NULL},
    {"one name is no author", "/Title (Floods of the valley) /Author (aruiz)", "", "Floods of the valley", NULL, NULL, NULL},
    {"a clock that was never set", "/Title (Floods of the valley) /CreationDate (D:19800101000000Z)", "", "Floods of the valley", NULL, NULL, NULL},
    {"a printed number of its own", "", "/PageLabels << /Nums [0 << /S /r /St 4 >>] >>", NULL, NULL, NULL, "iv"},
    {"numbers that only count", "", "/PageLabels << /Nums [0 << /S /D >>] >>", NULL, NULL, NULL, NULL},
};

static void assert_same(const char *is, const char *expected)
{
    if (g_strcmp0(is, expected) != 0)
        fail_msg("'%s', expected '%s'", is ? is : "nothing", expected ? expected : "nothing");
}

static void knows(void **state)
{
    const struct facts_case *c = *state;
    struct made_case made = {.draws = "BT /T 10 Tf 72 700 Td (it rained on and on in the hills.) Tj ET", .page = "", .objects = ""};
    struct document *doc = read_made(&made, c->info, c->catalog);
    assert_same(doc->metadata.title, c->title);
    assert_same(doc->metadata.authors, c->authors);
    assert_same(doc->metadata.date, c->date);
    assert_same(DOCUMENT_AT(doc->pages, struct page, 0).label, c->label);
    document_free(doc);
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(cases) + G_N_ELEMENTS(facts)];
    size_t n = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        tests[n++] = (struct CMUnitTest){cases[i].name, reads, NULL, NULL, (void *)(uintptr_t)&cases[i]};
    for (size_t i = 0; i < G_N_ELEMENTS(facts); i++)
        tests[n++] = (struct CMUnitTest){facts[i].name, knows, NULL, NULL, (void *)(uintptr_t)&facts[i]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
