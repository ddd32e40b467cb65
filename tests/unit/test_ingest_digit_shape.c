/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/pdf/digit_shape.h"
#include "tests/unit/kept_fonts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <glib.h>

enum { WIDTH = 60, HEIGHT = 80 };

/* How a digit is printed. */
static const struct print {
    const char *name, *family;
    double size, ground, ink; /* pixels; grey, 0 … 1 */
    bool bold, neighbour;     /* a part of the next digit is in the box, too */
} prints[] = {
    {"large", "DejaVu Sans", 60, 1, 0, false, false},
    {"small", "DejaVu Sans", 14, 1, 0, false, false},
    {"serif", "DejaVu Serif", 30, 1, 0, false, false},
    {"bold", "DejaVu Sans", 30, 1, 0, true, false},
    {"white on black", "DejaVu Sans", 30, 0, 1, false, false},
    {"grey on grey", "DejaVu Sans", 30, 0.8, 0.4, false, false},
    {"beside another", "DejaVu Sans", 30, 1, 0, false, true},
};

static cairo_surface_t *printed(const struct print *p, int digit)
{
    cairo_surface_t *picture = cairo_image_surface_create(CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
    cairo_t *cairo = cairo_create(picture);
    cairo_set_source_rgb(cairo, p->ground, p->ground, p->ground);
    cairo_paint(cairo);
    cairo_set_source_rgb(cairo, p->ink, p->ink, p->ink);
    cairo_select_font_face(cairo, p->family, CAIRO_FONT_SLANT_NORMAL, p->bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(cairo, p->size);
    cairo_move_to(cairo, 4, 70);
    cairo_show_text(cairo, (const char[]){(char)('0' + digit), '\0'});
    if (p->neighbour) { /* a stroke of it */
        cairo_rectangle(cairo, 27, 55, 2, 15);
        cairo_fill(cairo);
    }
    cairo_destroy(cairo);
    cairo_surface_flush(picture);
    return picture;
}

static void knows_digits(void **state)
{
    (void)state;
    static const struct pixel_box all = {0, 0, WIDTH, HEIGHT};
    for (size_t i = 0; i < G_N_ELEMENTS(prints); i++)
        for (int digit = 0; digit < 10; digit++) {
            cairo_surface_t *picture = printed(&prints[i], digit);
            float shape[SHAPE_CELLS], likeness[10];
            if (!shape_of(picture, all, shape))
                fail_msg("%s %d: no shape", prints[i].name, digit);
            assert_true(shape_contrast(picture, all, 255) > 90);
            shape_likeness(shape, likeness);
            for (int other = 0; other < 10; other++)
                if (other != digit && likeness[other] >= likeness[digit])
                    fail_msg("%s %d: more like %d", prints[i].name, digit, other);
            assert_true(likeness[digit] <= 1.001f);
            cairo_surface_destroy(picture);
        }
}

/* Boxes without a shape that could be told. */
static const struct nothing {
    const char *name;
    struct pixel_box box;
    double ink;
    unsigned contrast_most;
} nothings[] = {
    {"nothing printed", {0, 0, 3, 20}, 0, 0},
    {"ink of nearly the colour of its ground", {0, 0, WIDTH, HEIGHT}, 0.95, 20},
    {"wholly outside", {WIDTH + 5, 0, WIDTH + 30, HEIGHT}, 0, 0},
    {"no width", {10, 0, 10, HEIGHT}, 0, 0},
    {"too low to tell", {0, 60, WIDTH, 64}, 0, 255},
    {"upside down", {40, 70, 4, 40}, 0, 0},
};

static void knows_nothing(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(nothings); i++) {
        struct print p = {"", "DejaVu Sans", 40, 1, nothings[i].ink, false, false};
        cairo_surface_t *picture = printed(&p, 8);
        float shape[SHAPE_CELLS];
        if (shape_of(picture, nothings[i].box, shape))
            fail_msg("%s: a shape", nothings[i].name);
        assert_in_range(shape_contrast(picture, nothings[i].box, 255), 0, nothings[i].contrast_most);
        cairo_surface_destroy(picture);
    }
}

/* A line through the whole box, as under a table's row, is no digit. */
static void is_unlike_a_rule(void **state)
{
    (void)state;
    cairo_surface_t *picture = cairo_image_surface_create(CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
    cairo_t *cairo = cairo_create(picture);
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    cairo_set_source_rgb(cairo, 0, 0, 0);
    cairo_rectangle(cairo, 0, 30, WIDTH, 20);
    cairo_fill(cairo);
    cairo_destroy(cairo);
    cairo_surface_flush(picture);
    float shape[SHAPE_CELLS], likeness[10];
    assert_true(shape_of(picture, (struct pixel_box){0, 0, WIDTH, HEIGHT}, shape));
    shape_likeness(shape, likeness);
    for (int digit = 0; digit < 10; digit++)
        assert_true(likeness[digit] < 0.6f);
    cairo_surface_destroy(picture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(knows_digits), cmocka_unit_test(knows_nothing), cmocka_unit_test(is_unlike_a_rule)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
