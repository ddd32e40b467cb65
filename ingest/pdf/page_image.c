/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/pdf/page_image.h"

#include "base/error.h"
#include "base/quiet.h"
#include "ingest/pdf/poppler.h"
#include "ingest/reader.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

enum { SIDE_MAX = 12000 }; /* pixels: below cairo's own limit, and 576 MB of memory at worst */

static void mark_boxes(cairo_t *cairo, uint32_t page, const GArray *boxes)
{
    cairo_set_operator(cairo, CAIRO_OPERATOR_MULTIPLY); /* as a highlighter: what is printed stays black */
    cairo_set_source_rgb(cairo, 1.0, 0.87, 0.2);
    for (guint i = 0; i < boxes->len; i++) {
        const struct place_on_page *place = &DOCUMENT_AT(boxes, struct place_on_page, i);
        if (place->page != page)
            continue;
        cairo_rectangle(cairo, place->box.x0 - 1.0, place->box.y0, place->box.x1 - place->box.x0 + 2.0, place->box.y1 - place->box.y0);
        cairo_fill(cairo);
    }
}

static cairo_surface_t *draw(PopplerPage *page, uint32_t number, const GArray *boxes, double dpi)
{
    double scale;
    quiet_begin();
    cairo_surface_t *surface = poppler_draw(page, dpi, SIDE_MAX, &scale);
    quiet_end();
    if (!boxes)
        return surface;
    cairo_t *cairo = cairo_create(surface);
    cairo_scale(cairo, scale, scale);
    mark_boxes(cairo, number, boxes);
    cairo_destroy(cairo);
    return surface;
}

static PopplerPage *open_page(const char *path, uint32_t number, PopplerDocument **pdf, GError **error)
{
    struct source *source = NULL;
    if (!source_open(path, &source, error))
        return NULL;
    quiet_begin();
    *pdf = poppler_open(source->bytes, path, error);
    PopplerPage *page = NULL;
    if (*pdf && number >= 1 && number <= (uint32_t)poppler_document_get_n_pages(*pdf))
        page = poppler_document_get_page(*pdf, (int)number - 1);
    quiet_end();
    source_free(source);
    if (*pdf && !page)
        citable_error_at(error, CITABLE_ERROR_FORMAT, path, number, "has no such page; it has %d", poppler_document_get_n_pages(*pdf));
    return page;
}

static cairo_status_t write_part(void *file, const unsigned char *data, unsigned len)
{
    return fwrite(data, 1, len, file) == len ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

/* A picture whose disk was full is removed: half of one is none. */
static bool write_png(cairo_surface_t *surface, const char *out, GError **error)
{
    errno = 0;
    FILE *file = fopen(out, "wb");
    cairo_status_t status = file ? cairo_surface_write_to_png_stream(surface, write_part, file) : CAIRO_STATUS_WRITE_ERROR;
    if (file && fclose(file) != 0 && status == CAIRO_STATUS_SUCCESS)
        status = CAIRO_STATUS_WRITE_ERROR;
    if (status == CAIRO_STATUS_SUCCESS)
        return true;
    int why = errno;
    if (file && g_file_test(out, G_FILE_TEST_IS_REGULAR))
        unlink(out);
    citable_error_at(error, CITABLE_ERROR_READ, out, 0, "cannot be written: %s", why ? g_strerror(why) : cairo_status_to_string(status));
    return false;
}

bool page_image_png(const char *path, uint32_t page, const GArray *boxes, double dpi, const char *out, GError **error)
{
    g_assert(dpi > 0);
    PopplerDocument *pdf = NULL;
    PopplerPage *sheet = open_page(path, page, &pdf, error);
    if (!sheet) {
        g_clear_object(&pdf);
        return false;
    }
    cairo_surface_t *surface = draw(sheet, page, boxes, dpi);
    g_object_unref(sheet);
    g_object_unref(pdf);
    bool ok = write_png(surface, out, error); /* a surface that could not be made says so there */
    cairo_surface_destroy(surface);
    return ok;
}
