/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/pdf/fonts.h"

#include "base/quiet.h"
#include "ingest/pdf/poppler.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { PAGES = 3 };

/* Pages that print "one two": the first word with the font /A, the second with /B. `fonts`: their dictionary on each page. `behind`: what follows; a form /X
 * prints "12" with a font /A of its own. */
static PopplerDocument *open_pages(const char *const fonts[PAGES], const char *behind)
{
    g_autoptr(GString) text = g_string_new("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[");
    for (unsigned i = 0; i < PAGES; i++)
        g_string_append_printf(text, "%u 0 R ", 7 + i);
    g_string_append_printf(text, "]/Count %d>>endobj\n", PAGES);
    for (unsigned i = 0; i < PAGES; i++)
        g_string_append_printf(text, "%u 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 50]/Contents 3 0 R/Resources<</Font<<%s>>/XObject<</X 10 0 R>>>>>>endobj\n", 7 + i, fonts[i]);
    static const char draws[] = "BT /A 12 Tf 10 20 Td (one ) Tj /B 12 Tf (two) Tj ET", form[] = "BT /A 12 Tf 100 20 Td (12) Tj ET";
    g_string_append_printf(text, "3 0 obj<</Length %zu>>stream\n%s%s\nendstream endobj\n", strlen(draws) + strlen(behind), draws, behind);
    g_string_append_printf(text, "10 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 200 50]/Resources<</Font<</A 4 0 R>>>>/Length %zu>>stream\n%s\nendstream endobj\n", strlen(form), form);
    g_string_append(text, "4 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>endobj\n"
                          "5 0 obj<</Type/Font/Subtype/Type0/BaseFont/Times-Roman/Encoding/Identity-H/DescendantFonts[6 0 R]>>endobj\n"
                          "6 0 obj<</Type/Font/Subtype/CIDFontType2/BaseFont/Times-Roman/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>endobj\n"
                          "trailer<</Root 1 0 R/Size 11>>\n%%EOF\n");
    g_autoptr(GBytes) bytes = g_bytes_new(text->str, text->len);
    PopplerDocument *pdf = poppler_open(bytes, "fonts.pdf", NULL);
    assert_non_null(pdf);
    return pdf;
}

/* Text, fonts and boxes of a page; the caller frees it. */
static char *read_page(PopplerDocument *pdf, int number)
{
    PopplerPage *page = poppler_document_get_page(pdf, number);
    g_autofree char *text = poppler_page_get_text(page);
    g_autoptr(GString) all = g_string_new(text);
    GList *runs = poppler_page_get_text_attributes(page);
    for (GList *l = runs; l; l = l->next)
        g_string_append_printf(all, "|%s %d", ((PopplerTextAttributes *)l->data)->font_name, ((PopplerTextAttributes *)l->data)->start_index);
    poppler_page_free_text_attributes(runs);
    PopplerRectangle *boxes = NULL;
    guint count = 0;
    poppler_page_get_text_layout(page, &boxes, &count);
    for (guint i = 0; i < count; i++)
        g_string_append_printf(all, "|%a %a %a %a", boxes[i].x1, boxes[i].y1, boxes[i].x2, boxes[i].y2);
    g_free(boxes);
    g_object_unref(page);
    return g_strdup(all->str);
}

#define ONE_FONT "/A 4 0 R/B 4 0 R"
#define TWO_FONTS "/A 4 0 R/B 5 0 R"
#define OWN_FONTS "/A<</Type/Font/Subtype/Type1/BaseFont/Courier>>/B<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold>>"

static const struct font_case {
    const char *name;
    const char *fonts[PAGES];
    unsigned made, again; /* where fonts are kept */
    const char *behind;   /* of the content above */
} cases[] = {
    {"one font by two names", {ONE_FONT, ONE_FONT, ONE_FONT}, 2, 4, ""},
    {"a simple and a composite one", {TWO_FONTS, TWO_FONTS, TWO_FONTS}, 2, 4, ""},
    {"names that mean another font on the next page", {TWO_FONTS, "/A 5 0 R/B 4 0 R", TWO_FONTS}, 4, 2, ""},
    {"a form's font, which is another one than the page's", {ONE_FONT, ONE_FONT, ONE_FONT}, 3, 6, " BT /A 12 Tf 113.344 20 Td (34) Tj ET /X Do"},
    {"a form that is drawn twice", {ONE_FONT, ONE_FONT, ONE_FONT}, 4, 8, " /X Do q 1 0 0 1 13.344 2 cm /X Do Q"},
    {"fonts without a number", {OWN_FONTS, OWN_FONTS, OWN_FONTS}, 0, 0, ""},
    {"dictionaries of something else, and no dictionaries", {"/A 1 0 R/B 99 0 R", "/A 3 0 R/B 4 0 R", "/A 1 0 R/B 4 0 R"}, 2, 2, ""},
};

static void keeps(void **state)
{
    const struct font_case *c = *state;
    char *apart[PAGES];
    quiet_begin(); /* there is no table of objects, and some fonts are none */
    PopplerDocument *pdf = open_pages(c->fonts, c->behind);
    for (int i = 0; i < PAGES; i++)
        apart[i] = read_page(pdf, i);
    assert_int_equal(fonts_kept().fonts, 0);
    g_object_unref(pdf);
    for (int round = 0; round < 2; round++) {
        fonts_begin();
        pdf = open_pages(c->fonts, c->behind);
        for (int i = 0; i < PAGES; i++) {
            g_autofree char *text = read_page(pdf, i);
            assert_string_equal(text, apart[i]);
        }
        if (poppler_is_known()) {
            assert_int_equal(fonts_kept().fonts, c->made);
            assert_int_equal(fonts_kept().again, c->again);
        }
        g_object_unref(pdf);
        fonts_end();
        assert_int_equal(fonts_kept().fonts, 0);
    }
    quiet_end();
    for (int i = 0; i < PAGES; i++)
        g_free(apart[i]);
}

/* What was made without memory may be half a font. */
static void keeps_none_where_memory_was_missing(void **state)
{
    const struct font_case *c = *state;
    quiet_begin();
    fonts_begin();
    fputs("Out of memory\n", stderr);
    PopplerDocument *pdf = open_pages(c->fonts, c->behind);
    for (int i = 0; i < PAGES; i++)
        g_free(read_page(pdf, i));
    assert_int_equal(fonts_kept().fonts, 0);
    g_object_unref(pdf);
    fonts_end();
    quiet_end();
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(cases) + 1] = {{.name = "memory was missing", .test_func = keeps_none_where_memory_was_missing, .initial_state = (void *)&cases[0]}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        tests[i + 1] = (struct CMUnitTest){.name = cases[i].name, .test_func = keeps, .initial_state = (void *)&cases[i]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
