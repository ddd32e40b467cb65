/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/pdf/digit_shape.h"

#include "ingest/pdf/digit_shapes.h"

#include <glib.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

enum { HEIGHT_LEAST = 6, CONTRAST_LEAST = 48 }; /* pixels; steps of brightness */

/* An image surface with 32 bits a pixel. */
struct view {
    const unsigned char *data;
    int stride;
    unsigned back, span; /* brightness of the ground, and how far the ink is from it */
    bool bright;         /* ink brighter than its ground */
};

static unsigned brightness(const struct view *view, int x, int y)
{
    const unsigned char *pixel = view->data + y * view->stride + x * 4;
    return (pixel[0] * 28u + pixel[1] * 151u + pixel[2] * 77u) >> 8;
}

static struct view view_of(cairo_surface_t *picture)
{
    return (struct view){.data = cairo_image_surface_get_data(picture), .stride = cairo_image_surface_get_stride(picture)};
}

/* Row by row, until there are `enough` steps between them. */
static void range_of(const struct view *view, struct pixel_box box, unsigned enough, unsigned *low, unsigned *high)
{
    *low = 255;
    *high = 0;
    for (int y = box.y0; y < box.y1 && (*high < *low || *high - *low < enough); y++)
        for (int x = box.x0; x < box.x1; x++) {
            unsigned b = brightness(view, x, y);
            *low = MIN(*low, b);
            *high = MAX(*high, b);
        }
}

static struct pixel_box clipped(cairo_surface_t *picture, struct pixel_box box)
{
    int width = cairo_image_surface_get_width(picture), height = cairo_image_surface_get_height(picture);
    return (struct pixel_box){CLAMP(box.x0, 0, width), CLAMP(box.y0, 0, height), CLAMP(box.x1, 0, width), CLAMP(box.y1, 0, height)};
}

unsigned shape_contrast(cairo_surface_t *picture, struct pixel_box box, unsigned enough)
{
    struct view view = view_of(picture);
    unsigned low, high;
    box = clipped(picture, box);
    range_of(&view, box, enough, &low, &high);
    return high > low ? high - low : 0;
}

static float ink(const struct view *view, int x, int y)
{
    unsigned b = brightness(view, x, y);
    float from = view->bright ? (float)b - (float)view->back : (float)view->back - (float)b;
    return CLAMP(from / (float)view->span, 0.0f, 1.0f);
}

/* What is at the edge of the box most is the ground. */
static bool find_ground(struct view *view, struct pixel_box box)
{
    unsigned low, high, sum = 0, n = 0;
    range_of(view, box, G_MAXUINT, &low, &high);
    if (high < low + CONTRAST_LEAST)
        return false;
    for (int x = box.x0; x < box.x1; x++, n += 2)
        sum += brightness(view, x, box.y0) + brightness(view, x, box.y1 - 1);
    for (int y = box.y0; y < box.y1; y++, n += 2)
        sum += brightness(view, box.x0, y) + brightness(view, box.x1 - 1, y);
    view->bright = sum / n < (low + high) / 2;
    view->back = view->bright ? low : high;
    view->span = high - low;
    return true;
}

/* The run of columns (or rows) with the most ink between two without any: [*from, *to). */
static void main_run(const struct view *view, struct pixel_box box, bool columns, int *from, int *to)
{
    static const float least = 0.35f; /* of the darkest pixel */
    int first = columns ? box.x0 : box.y0, last = columns ? box.x1 : box.y1, start = first;
    float sum = 0, best = 0;
    *from = *to = first;
    for (int i = first; i <= last; i++) {
        float most = 0, total = 0;
        for (int k = columns ? box.y0 : box.x0; i < last && k < (columns ? box.y1 : box.x1); k++) {
            float value = columns ? ink(view, i, k) : ink(view, k, i);
            most = MAX(most, value);
            total += value;
        }
        if (most >= least) {
            sum += total;
            continue;
        }
        if (sum > best) {
            best = sum;
            *from = start;
            *to = i;
        }
        sum = 0;
        start = i + 1;
    }
}

/* The mean ink of a part of the picture with broken edges. */
static float mean_ink(const struct view *view, struct pixel_box limit, float x0, float y0, float x1, float y1)
{
    float sum = 0, area = 0;
    for (int y = (int)floorf(y0); (float)y < y1; y++)
        for (int x = (int)floorf(x0); (float)x < x1; x++) {
            float w = (MIN((float)x + 1, x1) - MAX((float)x, x0)) * (MIN((float)y + 1, y1) - MAX((float)y, y0));
            if (x >= limit.x0 && x < limit.x1 && y >= limit.y0 && y < limit.y1)
                sum += w * ink(view, x, y);
            area += w;
        }
    return area > 0 ? sum / area : 0;
}

bool shape_of(cairo_surface_t *picture, struct pixel_box box, float ret[SHAPE_CELLS])
{
    struct view view = view_of(picture);
    box = clipped(picture, box);
    if (box.x1 - box.x0 < 2 || box.y1 - box.y0 < HEIGHT_LEAST || !find_ground(&view, box))
        return false;
    main_run(&view, box, true, &box.x0, &box.x1);
    main_run(&view, box, false, &box.y0, &box.y1);
    if (box.y1 - box.y0 < HEIGHT_LEAST || box.x1 <= box.x0)
        return false;
    float cell = (float)(box.y1 - box.y0) / SHAPE_HEIGHT, wide = (float)(box.x1 - box.x0);
    float step = MAX(cell, wide / SHAPE_WIDTH), left = (float)box.x0 + wide / 2 - step * SHAPE_WIDTH / 2;
    for (int row = 0; row < SHAPE_HEIGHT; row++)
        for (int column = 0; column < SHAPE_WIDTH; column++)
            ret[row * SHAPE_WIDTH + column] = mean_ink(&view, box, left + step * (float)column, (float)box.y0 + cell * (float)row, left + step * (float)(column + 1),
                                                       (float)box.y0 + cell * (float)(row + 1));
    return true;
}

/* Without its mean, and of length 1. */
static void normalise(float shape[SHAPE_CELLS])
{
    float mean = 0, square = 0;
    for (int i = 0; i < SHAPE_CELLS; i++)
        mean += shape[i] / SHAPE_CELLS;
    for (int i = 0; i < SHAPE_CELLS; i++)
        square += (shape[i] - mean) * (shape[i] - mean);
    for (int i = 0; i < SHAPE_CELLS; i++)
        shape[i] = square > 0 ? (shape[i] - mean) / sqrtf(square) : 0;
}

static const float (*known_shapes(void))[SHAPE_CELLS]
{
    static float known[G_N_ELEMENTS(digit_shapes)][SHAPE_CELLS];
    static bool ready;
    for (size_t k = 0; k < G_N_ELEMENTS(digit_shapes) && !ready; k++) {
        for (int i = 0; i < SHAPE_CELLS; i++)
            known[k][i] = (float)g_ascii_xdigit_value(digit_shapes[k].cells[i]) / 15;
        normalise(known[k]);
    }
    ready = true;
    return (const float(*)[SHAPE_CELLS])known;
}

void shape_likeness(const float shape[SHAPE_CELLS], float ret[10])
{
    const float(*known)[SHAPE_CELLS] = known_shapes();
    float own[SHAPE_CELLS];
    memcpy(own, shape, sizeof own);
    normalise(own);
    for (int digit = 0; digit < 10; digit++)
        ret[digit] = -1;
    for (size_t k = 0; k < G_N_ELEMENTS(digit_shapes); k++) {
        float same = 0;
        for (int i = 0; i < SHAPE_CELLS; i++)
            same += own[i] * known[k][i];
        ret[digit_shapes[k].digit] = MAX(ret[digit_shapes[k].digit], same);
    }
}
