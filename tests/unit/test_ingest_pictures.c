/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/pdf/pictures.h"

#include "base/quiet.h"
#include "ingest/pdf/poppler.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { SIDE_MAX = 2000 };
static const double dpi = 54;

/* Pixels of a picture of the colours of print, none like its neighbours. */
static char *pixels_of(unsigned columns, unsigned rows)
{
    GString *pixels = g_string_new(NULL);
    for (unsigned y = 0; y < rows; y++)
        for (unsigned x = 0; x < columns; x++)
            g_string_append_printf(pixels, "%02X%02X%02X%02X", x * 37 % 251, y * 53 % 241, (x + y) * 11 % 239, x * y % 97);
    return g_string_free(pixels, FALSE);
}

/* A page of 300 by 200 points with a chequered picture (/I), one that is seen through another (/S), a form that draws one (/F), a pattern of them (/P),
 * and two in colours, a large (/L) and a small one (/C). */
static GBytes *file_with(const char *page, const char *content)
{
    static const struct {
        unsigned columns, rows;
    } colours[] = {{300, 240}, {7, 9}};
    static const char pixels[] = "<00FF0055AA00FF11EE22DD33CC44BB55>", form[] = "q 40 0 0 40 20 10 cm /I Do Q", cell[] = "q 20 0 0 20 0 0 cm /I Do Q";
    GString *file = g_string_new("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n");
    g_string_append_printf(file, "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]%s/Contents 4 0 R/Resources 9 0 R>>endobj\n", page);
    g_string_append(file, "9 0 obj<</XObject<</I 5 0 R/S 6 0 R/F 7 0 R/L 10 0 R/C 11 0 R>>/Pattern<</P 8 0 R>>>>endobj\n");
    g_string_append_printf(file, "4 0 obj<</Length %zu>>stream\n%s\nendstream endobj\n", strlen(content), content);
    g_string_append_printf(file, "5 0 obj<</Subtype/Image/Width 4/Height 4/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/ASCIIHexDecode/Length %zu>>stream\n%s\nendstream endobj\n", strlen(pixels), pixels);
    g_string_append_printf(file, "6 0 obj<</Subtype/Image/Width 4/Height 4/BitsPerComponent 8/ColorSpace/DeviceGray/SMask 5 0 R/Filter/ASCIIHexDecode/Length %zu>>stream\n%s\nendstream endobj\n",
                           strlen(pixels), pixels);
    g_string_append_printf(file, "7 0 obj<</Subtype/Form/BBox[0 0 100 100]/Matrix[1 0 0 1 5 5]/Resources 9 0 R/Length %zu>>stream\n%s\nendstream endobj\n", strlen(form), form);
    g_string_append_printf(file, "8 0 obj<</PatternType 1/PaintType 1/TilingType 1/BBox[0 0 20 20]/XStep 20/YStep 20/Resources 9 0 R/Length %zu>>stream\n%s\nendstream endobj\n", strlen(cell), cell);
    for (unsigned i = 0; i < G_N_ELEMENTS(colours); i++) {
        g_autofree char *cmyk = pixels_of(colours[i].columns, colours[i].rows);
        g_string_append_printf(file, "%u 0 obj<</Subtype/Image/Width %u/Height %u/BitsPerComponent 8/ColorSpace/DeviceCMYK/Filter/ASCIIHexDecode/Length %zu>>stream\n%s>\nendstream endobj\n", 10 + i,
                               colours[i].columns, colours[i].rows, strlen(cmyk) + 1, cmyk);
    }
    g_string_append(file, "trailer<</Root 1 0 R/Size 12>>\n%%EOF\n");
    return g_string_free_to_bytes(file);
}

static const struct picture_case {
    const char *name, *page, *content;
    struct rect areas[2]; /* from the top left */
    size_t count;
    unsigned left_out;
    bool marked;          /* something is seen in the areas */
    bool lines;           /* some rows of a picture are left out */
} cases[] = {
    {"within the area", "", "q 80 0 0 80 10 100 cm /I Do Q", {{20, 30, 60, 60}}, 1, 0, true, false},
    {"beside it", "", "q 80 0 0 80 10 100 cm /I Do Q", {{120, 130, 160, 160}}, 1, 1, false, false},
    {"at its edge", "", "q 80 0 0 80 10 100 cm /I Do Q", {{91, 20, 120, 60}}, 1, 0, false, false},
    {"one of two", "", "q 80 0 0 80 10 100 cm /I Do Q q 60 0 0 60 200 20 cm /I Do Q", {{210, 150, 220, 160}}, 1, 1, true, false},
    {"in the second of two areas", "", "q 60 0 0 60 200 20 cm /I Do Q", {{10, 10, 30, 20}, {210, 150, 220, 160}}, 2, 0, true, false},
    {"turned", "", "q 0 79 -81 0 100.3 50.7 cm /I Do Q", {{30, 80, 60, 110}}, 1, 0, true, false},
    {"turned, beside it", "", "q 0 80 -80 0 100 50 cm /I Do Q", {{130, 80, 160, 110}}, 1, 1, false, false},
    {"upside down and slanted", "", "q 50 20 30 -60 100 100 cm /I Do Q", {{120, 110, 140, 130}}, 1, 0, true, false},
    {"in a form", "", "/F Do", {{40, 150, 60, 180}}, 1, 0, true, false},
    {"in a form, beside it", "", "q 1 0 0 1 150 0 cm /F Do Q", {{40, 150, 60, 180}}, 1, 1, false, false},
    {"a pattern of pictures is drawn", "", "/Pattern cs /P scn 100 20 150 150 re f", {{200, 100, 240, 140}}, 1, 0, true, false},
    {"in the content's own bytes", "", "q 80 0 0 80 10 100 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x33 EI Q 150 50 20 30 re f", {{155, 125, 175, 150}}, 1, 0, true, false},
    {"seen through another", "", "q 80 0 0 80 10 100 cm /S Do Q", {{20, 30, 60, 60}}, 1, 0, true, false},
    {"on a page that is turned", "/Rotate 90", "q 80 0 0 80 10 100 cm /I Do Q", {{110, 20, 150, 60}}, 1, 0, true, false},
    {"on a page that is turned, beside it", "/Rotate 90", "q 80 0 0 80 10 100 cm /I Do Q", {{20, 120, 60, 160}}, 1, 1, false, false},
    {"on a page that is cut", "/CropBox[50 50 250 180]", "q 80 0 0 80 60 60 cm /I Do Q", {{20, 50, 60, 100}}, 1, 0, true, false},
    {"on a page that is cut, beside it", "/CropBox[50 50 250 180]", "q 80 0 0 80 60 60 cm /I Do Q", {{120, 50, 160, 100}}, 1, 1, false, false},
    {"nowhere", "", "q 0 0 0 0 10 10 cm /I Do Q q 1e30 0 0 1e38 0 0 cm /I Do Q", {{20, 30, 60, 60}}, 1, 1, false, false},
    {"a line on a large one", "", "q 200 0 0 160 50 20 cm /L Do Q", {{100, 70, 140, 80}}, 1, 0, true, true},
    {"two lines on a large one", "", "q 200 0 0 160 50 20 cm /L Do Q", {{60, 40, 90, 48}, {150, 130, 190, 140}}, 2, 0, true, true},
    {"a large one upside down", "", "q -200 0 0 -160 250 180 cm /L Do Q", {{60, 40, 90, 48}}, 1, 0, true, true},
    {"a large one turned", "", "q 0 160 -200 0 250 20 cm /L Do Q", {{60, 40, 90, 48}}, 1, 0, true, true},
    {"a large one slanted", "", "q 150 40 -50 120 90 20 cm /L Do Q", {{120, 90, 140, 98}}, 1, 0, true, true},
    {"a large one on a page that is turned", "/Rotate 270", "q 200 0 0 160 50 20 cm /L Do Q", {{60, 100, 90, 108}}, 1, 0, true, true},
    {"larger than the page", "", "q 900 0 0 800 -300 -300 cm /L Do Q", {{60, 100, 90, 108}}, 1, 0, true, true},
    {"pixels as large as words", "", "q 280 0 0 190 10 5 cm /C Do Q", {{100, 170, 120, 180}}, 1, 0, true, true},
    {"pixels of a line's breadth", "", "q 1 0 0 190 110 5 cm /L Do Q", {{100, 90, 120, 98}}, 1, 0, true, true},
    {"pixels of a line's height", "", "q 290 0 0 1 5 100 cm /L Do Q", {{100, 95, 120, 103}}, 1, 0, true, false},
};

static bool is_marked(cairo_surface_t *surface, const struct rect *area, double scale, cairo_surface_t *other)
{
    bool marked = false;
    int stride = cairo_image_surface_get_stride(surface);
    for (int y = (int)floor(area->y0 * scale); y < (int)ceil(area->y1 * scale); y++)
        for (int x = (int)floor(area->x0 * scale); x < (int)ceil(area->x1 * scale); x++) {
            uint32_t first, second;
            memcpy(&first, cairo_image_surface_get_data(surface) + y * stride + x * 4, 4);
            memcpy(&second, cairo_image_surface_get_data(other) + y * stride + x * 4, 4);
            assert_int_equal(first & 0xFFFFFF, second & 0xFFFFFF);
            marked |= (first & 0xFFFFFF) != 0xFFFFFF;
        }
    return marked;
}

/* What is looked at is drawn as ever. */
static void draws_the_same(void **state)
{
    const struct picture_case *c = *state;
    double scale;
    quiet_begin(); /* there is no table of objects */
    g_autoptr(GBytes) file = file_with(c->page, c->content);
    PopplerDocument *pdf = poppler_open(file, "pictures.pdf", NULL);
    assert_non_null(pdf);
    PopplerPage *page = poppler_document_get_page(pdf, 0);
    struct pictures_left_out before = pictures_left_out(), after;
    cairo_surface_t *whole = poppler_draw(page, dpi, SIDE_MAX, &scale);
    after = pictures_left_out();
    assert_int_equal(after.pictures, before.pictures);
    assert_int_equal(after.lines, before.lines);
    cairo_surface_t *near = poppler_draw_near(page, dpi, SIDE_MAX, c->areas, c->count, &scale);
    quiet_end();
    after = pictures_left_out();
    if (poppler_is_known()) {
        assert_int_equal(after.pictures - before.pictures, c->left_out);
        assert_int_equal(after.lines > before.lines, c->lines);
    }
    bool marked = false;
    for (size_t i = 0; i < c->count; i++)
        marked |= is_marked(whole, &c->areas[i], scale, near);
    assert_int_equal(marked, c->marked);
    cairo_surface_destroy(whole);
    cairo_surface_destroy(near);
    g_object_unref(page);
    g_object_unref(pdf);
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(cases)];
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        tests[i] = (struct CMUnitTest){.name = cases[i].name, .test_func = draws_the_same, .initial_state = (void *)&cases[i]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
