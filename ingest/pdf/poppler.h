/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_POPPLER_H
#define CITABLE_INGEST_POPPLER_H

#include "ingest/document.h"

#include <cairo.h>
#include <poppler.h>
#include <stdbool.h>

/* Opens the PDF in `bytes` (which stay alive with it); the caller unrefs it. `path` is for messages.
 * Errors: ENCRYPTED, FORMAT, EMPTY (no page). */
PopplerDocument *poppler_open(GBytes *bytes, const char *path, GError **error);

/* The page drawn on white at `dpi` dots an inch, smaller where a side would be over `side_max` pixels; *scale = pixels a point.
 * The caller destroys it; cairo_surface_status says whether there was the memory. */
cairo_surface_t *poppler_draw(PopplerPage *page, double dpi, int side_max, double *scale);

/* The same, but only where these areas are (points from the page's top left; no fewer than one), and a little around them, and beside them anything;
 * and without pictures that are beside them (ingest/pdf/pictures.h). What is drawn there is the same, but for the rounding of a turned picture's pixels.
 * It lasts until one of these two draws again. */
cairo_surface_t *poppler_draw_near(PopplerPage *page, double dpi, int side_max, const struct rect *areas, size_t count, double *scale);

/* The same, but only its characters, black, each as its font draws it, whether the page shows it or not: no picture is decoded, and of the page's content
 * nothing is read again once its text was asked for. Not for a page that runs from right to left: of it some may be left out. */
cairo_surface_t *poppler_draw_text(PopplerPage *page, double dpi, int side_max, const struct rect *areas, size_t count, double *scale);

/* Some functions of ours stand before libpoppler's own (ingest/pdf/fonts.h, streams.h, tokens.h) and know how its objects lie in memory. Is the one that is
 * loaded the version that they were written for (CITABLE_POPPLER, set by CMakeLists.txt)? Else they hand on what they are asked. */
bool poppler_is_known(void);

/* Libpoppler's own function of this (mangled) name, into the pointer at `ret`; NULL where it has none. */
void poppler_own(const char *name, void *ret);

#endif
