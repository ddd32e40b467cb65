/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/pdf/poppler.h"

#include "base/error.h"
#include "ingest/pdf/colour.h"
#include "ingest/pdf/pictures.h"

#include <dlfcn.h>
#include <math.h>
#include <string.h>

PopplerDocument *poppler_open(GBytes *bytes, const char *path, GError **error)
{
    g_autoptr(GError) problem = NULL;
    colour_begin();
    PopplerDocument *pdf = poppler_document_new_from_bytes(bytes, NULL, &problem);
    if (!pdf && g_error_matches(problem, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED))
        citable_error_at(error, CITABLE_ERROR_ENCRYPTED, path, 0, "asks for a password; save a copy without one and read that");
    else if (!pdf)
        citable_error_at(error, CITABLE_ERROR_FORMAT, path, 0, "is a damaged PDF (%s); get it again, or save it anew with the program that opens it",
                         problem ? problem->message : "cannot be opened");
    else if (poppler_document_get_n_pages(pdf) < 1) {
        citable_error_at(error, CITABLE_ERROR_EMPTY, path, 0, "is a PDF without a page");
        g_clear_object(&pdf);
    }
    return pdf;
}

static double scale_of(PopplerPage *page, double dpi, int side_max, int *columns, int *rows)
{
    double width, height;
    poppler_page_get_size(page, &width, &height);
    double scale = MIN(dpi / 72.0, side_max / MAX(1.0, MAX(width, height)));
    *columns = MAX(1, (int)(width * scale + 0.5));
    *rows = MAX(1, (int)(height * scale + 0.5));
    return scale;
}

static void paint_white(cairo_t *cairo)
{
    cairo_set_source_rgb(cairo, 1.0, 1.0, 1.0);
    cairo_paint(cairo);
}

cairo_surface_t *poppler_draw(PopplerPage *page, double dpi, int side_max, double *scale)
{
    int columns, rows;
    *scale = scale_of(page, dpi, side_max, &columns, &rows);
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, columns, rows);
    cairo_t *cairo = cairo_create(surface);
    paint_white(cairo);
    cairo_scale(cairo, *scale, *scale);
    poppler_page_render(page, cairo);
    cairo_destroy(cairo);
    return surface;
}

/* In whole pixels, so that what is drawn there is drawn as ever. */
static void clip(cairo_t *cairo, const struct rect *areas, size_t count)
{
    enum { MARGIN = 3 };
    cairo_matrix_t matrix;
    cairo_get_matrix(cairo, &matrix);
    cairo_identity_matrix(cairo);
    for (size_t i = 0; i < count; i++) {
        double x0 = areas[i].x0, y0 = areas[i].y0, x1 = areas[i].x1, y1 = areas[i].y1;
        cairo_matrix_transform_point(&matrix, &x0, &y0);
        cairo_matrix_transform_point(&matrix, &x1, &y1);
        x0 = floor(x0) - MARGIN;
        y0 = floor(y0) - MARGIN;
        cairo_rectangle(cairo, x0, y0, ceil(x1) + MARGIN - x0, ceil(y1) + MARGIN - y0);
    }
    cairo_clip(cairo);
    cairo_set_matrix(cairo, &matrix);
}

/* A surface whose bytes stay for the next one, so that none are cleared: what lies beside the areas is left as it is. */
static cairo_surface_t *surface_again(int columns, int rows)
{
    static unsigned char *bytes; /* of the one thread that reads and draws */
    static size_t room;
    int stride = cairo_format_stride_for_width(CAIRO_FORMAT_RGB24, columns);
    size_t size = (size_t)MAX(stride, 0) * (size_t)rows;
    if (size > room) {
        g_free(bytes);
        bytes = g_try_malloc(size);
        room = bytes ? size : 0;
    }
    return stride > 0 && bytes ? cairo_image_surface_create_for_data(bytes, CAIRO_FORMAT_RGB24, columns, rows, stride) : cairo_image_surface_create(CAIRO_FORMAT_RGB24, columns, rows);
}

/* White where the areas are, and nothing but them can be drawn on. */
static cairo_surface_t *white_areas(PopplerPage *page, double dpi, int side_max, const struct rect *areas, size_t count, double *scale, cairo_t **cairo)
{
    int columns, rows;
    *scale = scale_of(page, dpi, side_max, &columns, &rows);
    cairo_surface_t *surface = surface_again(columns, rows);
    *cairo = cairo_create(surface);
    cairo_scale(*cairo, *scale, *scale);
    clip(*cairo, areas, count);
    paint_white(*cairo);
    return surface;
}

cairo_surface_t *poppler_draw_near(PopplerPage *page, double dpi, int side_max, const struct rect *areas, size_t count, double *scale)
{
    cairo_t *cairo;
    cairo_surface_t *surface = white_areas(page, dpi, side_max, areas, count, scale, &cairo);
    pictures_near(areas, count, *scale);
    poppler_page_render(page, cairo);
    pictures_everywhere();
    cairo_destroy(cairo);
    return surface;
}

cairo_surface_t *poppler_draw_text(PopplerPage *page, double dpi, int side_max, const struct rect *areas, size_t count, double *scale)
{
    cairo_t *cairo;
    PopplerColor black = {0, 0, 0}, white = {G_MAXUINT16, G_MAXUINT16, G_MAXUINT16};
    PopplerRectangle all = {0};
    poppler_page_get_size(page, &all.x2, &all.y2);
    cairo_surface_t *surface = white_areas(page, dpi, side_max, areas, count, scale, &cairo);
    poppler_page_render_selection(page, cairo, &all, NULL, POPPLER_SELECTION_GLYPH, &black, &white);
    cairo_destroy(cairo);
    return surface;
}

bool poppler_is_known(void)
{
#ifdef CITABLE_POPPLER
    return strcmp(poppler_get_version(), CITABLE_POPPLER) == 0;
#else
    return false;
#endif
}

void poppler_own(const char *name, void *ret)
{
    void *found = dlsym(RTLD_NEXT, name);
    memcpy(ret, &found, sizeof found);
}
