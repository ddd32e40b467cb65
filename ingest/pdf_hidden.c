/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/pdf_hidden.h"

#include <cairo.h>

enum { PALE_LEAST = 8, SIDE_MAX = 3000, WHITE = 0xF7 }; /* white glyphs worth a look; pixels of a picture's side; a channel this bright is white */
static const float tiny = 2.0f;                         /* points */
static const double scale = 0.75;                       /* pixels a point: a letter covers several */

static bool off_page(const struct sheet *sheet, const struct rect *box)
{
    return box->x1 < 0 || box->y1 < 0 || box->x0 > sheet->width || box->y0 > sheet->height;
}

/* Is everything white where a glyph stands, with a little around it? */
static bool all_white(cairo_surface_t *picture, const struct rect *box)
{
    int width = cairo_image_surface_get_width(picture), height = cairo_image_surface_get_height(picture), stride = cairo_image_surface_get_stride(picture);
    const unsigned char *data = cairo_image_surface_get_data(picture);
    int x0 = MAX(0, (int)(box->x0 * scale)), x1 = MIN(width - 1, (int)(box->x1 * scale)), y0 = MAX(0, (int)(box->y0 * scale)), y1 = MIN(height - 1, (int)(box->y1 * scale));
    for (int y = y0; y <= y1; y++)
        for (int x = x0; x <= x1; x++) {
            const uint32_t *pixel = (const void *)(data + y * stride + x * 4);
            if ((*pixel & 0xFF) < WHITE || (*pixel >> 8 & 0xFF) < WHITE || (*pixel >> 16 & 0xFF) < WHITE)
                return false;
        }
    return true;
}

static void look(PopplerPage *page, struct sheet *sheet)
{
    int width = (int)(sheet->width * scale), height = (int)(sheet->height * scale);
    if (width < 1 || height < 1 || width > SIDE_MAX || height > SIDE_MAX)
        return;
    cairo_surface_t *picture = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    cairo_t *cairo = cairo_create(picture);
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    cairo_scale(cairo, scale, scale);
    poppler_page_render(page, cairo);
    cairo_destroy(cairo);
    cairo_surface_flush(picture);
    for (guint i = 0; i < sheet->glyphs->len && cairo_surface_status(picture) == CAIRO_STATUS_SUCCESS; i++) {
        struct glyph *glyph = sheet_glyph(sheet, i);
        if (glyph->flags & GLYPH_PALE && all_white(picture, &glyph->box))
            glyph->flags |= GLYPH_HIDDEN;
    }
    cairo_surface_destroy(picture);
}

void pdf_hidden_glyphs(PopplerPage *page, struct sheet *sheet)
{
    guint pale = 0;
    for (guint i = 0; i < sheet->glyphs->len; i++) {
        struct glyph *glyph = sheet_glyph(sheet, i);
        if (glyph->size < tiny || off_page(sheet, &glyph->box))
            glyph->flags |= GLYPH_HIDDEN;
        pale += (glyph->flags & GLYPH_PALE) != 0;
    }
    if (pale >= PALE_LEAST)
        look(page, sheet);
}
