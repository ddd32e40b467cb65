/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/pdf/pictures.h"

#include "ingest/pdf/poppler.h"

#include <math.h>
#include <string.h>

static struct pictures_left_out left_out;

#ifdef CITABLE_POPPLER

/* pixels, and points where those are more: a picture's edge may be drawn a pixel beside it */
static const double margin_pixels = 3, margin_points = 4;
/* the same of its rows and columns: a pixel is made of those that lie on it and on its neighbours, and where they are larger than a pixel, of the next ones */
static const double line_margin_pixels = 9, line_margin_points = 12;
enum { LINES_BESIDE = 3 };

/* The virtual function of a Stream that says what it is. */
enum { GET_DICT = 19 };

/* GfxState */
struct state {
    double dots[2];
    double matrix[6]; /* from a picture's unit square to the page: points from the top left, as it is drawn (poppler_page_render) */
};

/* Gfx */
struct gfx {
    void *before[4];
    bool part; /* of a page: a pattern's cell, a glyph */
    void *resources;
    int level;
    struct state *state;
};
G_STATIC_ASSERT(offsetof(struct gfx, state) == 0x38);

/* GfxImageColorMap: how the bytes of a picture become colours. */
struct map {
    void *space;
    int bits, components;
};

static void (*own_draw)(void *, void *, void *, bool);
static void (*own_line)(void *, unsigned char *, unsigned *, int);
static bool (*own_whole)(const void *, const char *, const char *, int *);
static const struct rect *looked_at;
static size_t n_looked_at;
static double margin, line_margin; /* points */

/* The picture that is drawn, whose rows come one after the other from the top; none: height 0. */
static struct {
    double matrix[6];
    int row, height;
} drawn;

struct bounds {
    double x0, y0, x1, y1;
};

/* What a matrix makes of the unit square between two heights. */
static struct bounds bounds(const double *m, double low, double high)
{
    double x = m[4] + low * m[2], y = m[5] + low * m[3], up_x = (high - low) * m[2], up_y = (high - low) * m[3];
    return (struct bounds){x + MIN(0, m[0]) + MIN(0, up_x), y + MIN(0, m[1]) + MIN(0, up_y), x + MAX(0, m[0]) + MAX(0, up_x), y + MAX(0, m[1]) + MAX(0, up_y)};
}

/* Where a number is none, no comparison holds, and it is drawn. */
static bool is_beside(struct bounds box, const struct rect *area, double around)
{
    return box.x1 < area->x0 - around || box.x0 > area->x1 + around || box.y1 < area->y0 - around || box.y0 > area->y1 + around;
}

static bool is_beside_all(struct bounds box)
{
    for (size_t i = 0; i < n_looked_at; i++)
        if (!is_beside(box, &looked_at[i], margin))
            return false;
    return true;
}

/* The columns of a picture that is not turned, and how they lie on the page, between two places there. */
static void columns_between(double x0, double x1, int width, int *first, int *after)
{
    double a = (x0 - drawn.matrix[4]) / drawn.matrix[0] * width, b = (x1 - drawn.matrix[4]) / drawn.matrix[0] * width;
    *first = (int)CLAMP(MIN(a, b) - LINES_BESIDE, 0, width);
    *after = (int)CLAMP(MAX(a, b) + LINES_BESIDE + 1, 0, width);
}

/* Which part of a row of it may lie where the page is looked at; [*first, *after). */
static void part_of_row(int row, int width, int *first, int *after)
{
    bool plain = drawn.matrix[1] == 0 && drawn.matrix[2] == 0 && fabs(drawn.matrix[0]) > 1e-3 && isfinite(drawn.matrix[4]);
    struct bounds box = bounds(drawn.matrix, 1 - (double)(row + 1 + LINES_BESIDE) / drawn.height, 1 - (double)(row - LINES_BESIDE) / drawn.height);
    *first = width;
    *after = 0;
    for (size_t i = 0; i < n_looked_at; i++) {
        int from = 0, to = width;
        if (is_beside(box, &looked_at[i], line_margin))
            continue;
        if (plain)
            columns_between(looked_at[i].x0 - line_margin, looked_at[i].x1 + line_margin, width, &from, &to);
        *first = MIN(*first, from);
        *after = MAX(*after, to);
    }
}

static int height_of(const void *stream)
{
    void *(*const *functions)(const void *);
    int height = 0;
    memcpy(&functions, stream, sizeof functions);
    const void *dict = functions[GET_DICT](stream);
    return dict && own_whole && own_whole(dict, "Height", "H", &height) && height > 0 ? height : 0;
}

void pictures_line(void *of, unsigned char *line, unsigned *ret, int width)
{
    const struct map *map = of;
    int row = drawn.row++, first = 0, after = width;
    if (!own_line)
        poppler_own("_ZN16GfxImageColorMap10getRGBLineEPhPji", &own_line);
    if (width > 0 && row < drawn.height && map->components > 0) {
        memset(ret, 0, (size_t)width * sizeof *ret);
        part_of_row(row, width, &first, &after);
    }
    left_out.lines += first >= after;
    if (first < after)
        own_line(of, line + (ptrdiff_t)first * map->components, ret + first, after - first);
}

void pictures_draw(void *of, void *reference, void *stream, bool inlined)
{
    const struct gfx *gfx = of;
    if (!own_draw) {
        poppler_own("_ZNK4Dict9lookupIntEPKcS1_Pi", &own_whole);
        poppler_own("_ZN3Gfx7doImageEP6ObjectP6Streamb", &own_draw);
    }
    bool plain = looked_at && !inlined && !gfx->part;
    if (plain && is_beside_all(bounds(gfx->state->matrix, 0, 1))) {
        left_out.pictures++;
        return;
    }
    drawn.row = 0;
    drawn.height = plain ? height_of(stream) : 0;
    memcpy(drawn.matrix, gfx->state->matrix, sizeof drawn.matrix);
    own_draw(of, reference, stream, inlined);
    drawn.height = 0;
}

void pictures_near(const struct rect *areas, size_t count, double scale)
{
    margin = MAX(margin_points, margin_pixels / scale);
    line_margin = MAX(line_margin_points, line_margin_pixels / scale);
    looked_at = poppler_is_known() ? areas : NULL;
    n_looked_at = count;
}

void pictures_everywhere(void)
{
    looked_at = NULL;
}

#else

void pictures_near(G_GNUC_UNUSED const struct rect *areas, G_GNUC_UNUSED size_t count, G_GNUC_UNUSED double scale)
{
}

void pictures_everywhere(void)
{
}

#endif

struct pictures_left_out pictures_left_out(void)
{
    return left_out;
}
