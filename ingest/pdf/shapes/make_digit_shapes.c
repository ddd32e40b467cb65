/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prints ingest/pdf/digit_shapes.h: the digits of the typefaces named on the command line ("DejaVu Sans:bold:italic"), as digit_shape.c sees them.
 * Not a part of the build: what it prints is kept, so that every machine compares with the same shapes. */
#include "ingest/pdf/digit_shape.h"

#include <stdio.h>
#include <string.h>

enum { SIDE = 96, SIZE = 48 };

static void print_digit(const char *face, bool bold, bool italic, int digit)
{
    cairo_surface_t *picture = cairo_image_surface_create(CAIRO_FORMAT_RGB24, SIDE, SIDE);
    cairo_t *cairo = cairo_create(picture);
    char text[2] = {(char)('0' + digit), 0};
    float shape[SHAPE_CELLS];
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    cairo_set_source_rgb(cairo, 0, 0, 0);
    cairo_select_font_face(cairo, face, italic ? CAIRO_FONT_SLANT_ITALIC : CAIRO_FONT_SLANT_NORMAL, bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(cairo, SIZE);
    cairo_move_to(cairo, SIDE / 4, SIDE * 3 / 4);
    cairo_show_text(cairo, text);
    cairo_destroy(cairo);
    cairo_surface_flush(picture);
    if (shape_of(picture, (struct pixel_box){0, 0, SIDE, SIDE}, shape)) {
        printf("    {%d, \"", digit);
        for (int i = 0; i < SHAPE_CELLS; i++)
            putchar("0123456789abcdef"[(int)(shape[i] * 15 + 0.5f)]);
        printf("\"},\n");
    }
    cairo_surface_destroy(picture);
}

int main(int argc, char **argv)
{
    printf("/* SPDX-License-Identifier: GPL-3.0-or-later */\n"
           "#ifndef CITABLE_INGEST_DIGIT_SHAPES_H\n#define CITABLE_INGEST_DIGIT_SHAPES_H\n\n"
           "/* Printed by make_digit_shapes.c from these typefaces:");
    for (int i = 1; i < argc; i++)
        printf("%s %s", i > 1 ? "," : "", argv[i]);
    printf(". Cells row by row, 0 … f. */\nstatic const struct {\n    int digit;\n    const char *cells;\n} digit_shapes[] = {\n");
    for (int i = 1; i < argc; i++)
        for (int digit = 0; digit < 10; digit++) {
            char face[64];
            snprintf(face, sizeof face, "%.*s", (int)strcspn(argv[i], ":"), argv[i]);
            print_digit(face, strstr(argv[i], ":bold") != NULL, strstr(argv[i], ":italic") != NULL, digit);
        }
    printf("};\n\n#endif\n");
    return 0;
}
