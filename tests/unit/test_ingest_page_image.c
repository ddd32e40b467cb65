/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/error.h"
#include "ingest/pdf/page_image.h"

#include <cairo-pdf.h>
#include <glib/gstdio.h>
#include <unistd.h>

struct fixture {
    char *folder, *pdf, *png;
};

static int setup(void **state)
{
    struct fixture *f = g_new0(struct fixture, 1);
    f->folder = g_dir_make_tmp("citable-image-XXXXXX", NULL);
    f->pdf = g_build_filename(f->folder, "page.pdf", NULL);
    f->png = g_build_filename(f->folder, "page.png", NULL);
    cairo_surface_t *surface = cairo_pdf_surface_create(f->pdf, 200, 100);
    cairo_surface_show_page(surface);
    cairo_surface_destroy(surface);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    g_unlink(f->png);
    g_unlink(f->pdf);
    g_rmdir(f->folder);
    g_free(f->folder);
    g_free(f->pdf);
    g_free(f->png);
    g_free(f);
    return 0;
}

static uint32_t pixel(const char *png, int x, int y, int *width)
{
    cairo_surface_t *surface = cairo_image_surface_create_from_png(png);
    *width = cairo_image_surface_get_width(surface);
    cairo_surface_flush(surface);
    const uint32_t *row = (const void *)(cairo_image_surface_get_data(surface) + y * cairo_image_surface_get_stride(surface));
    uint32_t value = row[x] & 0xffffff;
    cairo_surface_destroy(surface);
    return value;
}

static void test_marks_the_box(void **state)
{
    struct fixture *f = *state;
    g_autoptr(GArray) boxes = g_array_new(FALSE, FALSE, sizeof(struct place_on_page));
    struct place_on_page places[] = {{1, {50, 20, 100, 40}}, {2, {0, 0, 20, 20}}};
    g_array_append_vals(boxes, places, G_N_ELEMENTS(places));
    assert_true(page_image_png(f->pdf, 1, boxes, 144, f->png, NULL));
    int width;
    assert_int_not_equal(pixel(f->png, 150, 60, &width), 0xffffff); /* 75, 30 points */
    assert_int_equal(width, 400);
    assert_int_equal(pixel(f->png, 150, 100, &width), 0xffffff);
    assert_int_equal(pixel(f->png, 10, 10, &width), 0xffffff); /* the box of another page */
}

static void test_errors(void **state)
{
    struct fixture *f = *state;
    g_autoptr(GError) no_page = NULL, no_file = NULL;
    assert_false(page_image_png(f->pdf, 2, NULL, 72, f->png, &no_page));
    assert_int_equal(no_page->code, CITABLE_ERROR_FORMAT);
    assert_false(page_image_png("/nonexistent/x.pdf", 1, NULL, 72, f->png, &no_file));
    assert_int_equal(no_file->code, CITABLE_ERROR_MISSING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_marks_the_box, setup, teardown),
        cmocka_unit_test_setup_teardown(test_errors, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
