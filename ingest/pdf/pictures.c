/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/pdf/pictures.h"

#include "ingest/pdf/poppler.h"

static unsigned left_out;

#ifdef CITABLE_POPPLER

/* points: a pixel is a little over one where text is looked at, and a picture's edge may be drawn a pixel beside it */
static const double margin = 4;

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

static void (*own_draw)(void *, void *, void *, bool);
static const struct rect *looked_at;
static size_t n_looked_at;

/* What a matrix makes of the unit square. */
static void bounds(const double *m, double *x0, double *y0, double *x1, double *y1)
{
    *x0 = m[4] + MIN(0, m[0]) + MIN(0, m[2]);
    *x1 = m[4] + MAX(0, m[0]) + MAX(0, m[2]);
    *y0 = m[5] + MIN(0, m[1]) + MIN(0, m[3]);
    *y1 = m[5] + MAX(0, m[1]) + MAX(0, m[3]);
}

/* Where a number is none, no comparison holds, and it is drawn. */
static bool is_beside_all(const struct state *state)
{
    double x0, y0, x1, y1;
    bounds(state->matrix, &x0, &y0, &x1, &y1);
    for (size_t i = 0; i < n_looked_at; i++) {
        const struct rect *area = &looked_at[i];
        if (!(x1 < area->x0 - margin || x0 > area->x1 + margin || y1 < area->y0 - margin || y0 > area->y1 + margin))
            return false;
    }
    return true;
}

void pictures_draw(void *of, void *reference, void *stream, bool inlined)
{
    const struct gfx *gfx = of;
    if (!own_draw)
        poppler_own("_ZN3Gfx7doImageEP6ObjectP6Streamb", &own_draw);
    if (looked_at && !inlined && !gfx->part && is_beside_all(gfx->state))
        left_out++;
    else
        own_draw(of, reference, stream, inlined);
}

void pictures_near(const struct rect *areas, size_t count)
{
    looked_at = poppler_is_known() ? areas : NULL;
    n_looked_at = count;
}

void pictures_everywhere(void)
{
    looked_at = NULL;
}

#else

void pictures_near(G_GNUC_UNUSED const struct rect *areas, G_GNUC_UNUSED size_t count)
{
}

void pictures_everywhere(void)
{
}

#endif

unsigned pictures_left_out(void)
{
    return left_out;
}
