/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_DIGIT_SHAPE_H
#define CITABLE_INGEST_DIGIT_SHAPE_H

#include <cairo.h>
#include <stdbool.h>

/*  What a printed digit looks like, whatever the file says that it is: its ink in a grid as high as the digit, centred, each cell 0 … 1.
 *
 *    ..####..
 *    .##..##.      compared with the same of known typefaces (digit_shapes.h): the likeness of each of the ten digits, -1 … 1
 *    .....##.
 *    ...###..                                                                                                                       */
enum { SHAPE_WIDTH = 10, SHAPE_HEIGHT = 12, SHAPE_CELLS = SHAPE_WIDTH * SHAPE_HEIGHT };

/* Pixels [x0, x1) × [y0, y1) of a picture. */
struct pixel_box {
    int x0, y0, x1, y1;
};

/* How far the brightest and the darkest pixel of a box lie apart, 0 … 255: next to nothing means that nothing is printed there. Looks no further once it is `enough`. */
unsigned shape_contrast(cairo_surface_t *picture, struct pixel_box box, unsigned enough);

/* The shape of the largest piece of ink in the box; false where there is none, or it is too small to tell. */
bool shape_of(cairo_surface_t *picture, struct pixel_box box, float ret[SHAPE_CELLS]);

/* How much the shape is like each digit. */
void shape_likeness(const float shape[SHAPE_CELLS], float ret[10]);

#endif
