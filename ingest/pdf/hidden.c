/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/pdf/hidden.h"

#include "ingest/pdf/digit_shape.h"
#include "ingest/pdf/signs.h"
#include "ingest/pdf/poppler.h"

#include <math.h>

enum {
    PALE_LEAST = 8,      /* white glyphs worth a look */
    SIDE_MAX = 3000,     /* pixels of a picture's side */
    CONTRAST_LEAST = 24, /* steps of brightness between ink and ground that an eye sees */
    LOOK_DPI = 144,      /* a digit of ten points is fourteen pixels high */
    PALE_DPI = 54,       /* a letter covers several pixels */
    AREAS_MOST = 64,     /* lines of them that pictures are compared with */
    DRAWN_FIRST = 2,     /* pages drawn where only a font's map is in question, */
    DRAWN_EACH = 20,     /* and one more for so many: drawing costs more than reading */
};
static const float tiny = 2.0f;        /* points */
static const float known = 0.8f;       /* likeness of a digit that is surely read */
static const float apart = 0.25f;      /* how much more it is like that digit than like the one that the file says */
static const double whole_page = 0.5;  /* share of a page that a scanned picture of it covers, at least */

struct pdf_hidden {
    uint32_t signs;
    bool all;
    GHashTable *seen; /* style * 10 + digit + 1, of the pages that were drawn; where nothing but SIGN_DIGITS asks */
    uint32_t drawn;
};

struct pdf_hidden *pdf_hidden_new(uint32_t signs, bool all)
{
    struct pdf_hidden *hidden = g_new0(struct pdf_hidden, 1);
    hidden->signs = signs;
    hidden->all = all;
    hidden->seen = g_hash_table_new(NULL, NULL);
    return hidden;
}

void pdf_hidden_free(struct pdf_hidden *hidden)
{
    if (!hidden)
        return;
    g_hash_table_unref(hidden->seen);
    g_free(hidden);
}

static bool off_page(const struct sheet *sheet, const struct rect *box)
{
    return box->x1 < 0 || box->y1 < 0 || box->x0 > sheet->width || box->y0 > sheet->height;
}

static bool is_digit(const struct glyph *glyph)
{
    return glyph->character >= '0' && glyph->character <= '9';
}

static struct pixel_box pixels(const struct rect *box, double scale)
{
    return (struct pixel_box){(int)floor(box->x0 * scale), (int)floor(box->y0 * scale), (int)ceil(box->x1 * scale), (int)ceil(box->y1 * scale)};
}

/* A box of one pixel or none says nothing: it may be filled by a stroke. */
static bool nothing_there(cairo_surface_t *picture, struct pixel_box box)
{
    return box.x1 > box.x0 + 1 && box.y1 > box.y0 + 1 && shape_contrast(picture, box, CONTRAST_LEAST) < CONTRAST_LEAST;
}

/* Does the picture show another digit? */
static bool another_digit(cairo_surface_t *picture, const struct glyph *glyph, struct pixel_box box)
{
    float shape[SHAPE_CELLS], like[10];
    if (!shape_of(picture, box, shape))
        return false;
    shape_likeness(shape, like);
    unsigned said = glyph->character - '0', best = said;
    for (unsigned digit = 0; digit < 10; digit++)
        best = like[digit] > like[best] ? digit : best;
    return like[best] >= known && like[best] - like[said] >= apart;
}

/* pale: only the white ones, and only for whether they are seen. */
static bool is_looked_at(const struct glyph *glyph, bool pale)
{
    return !(pale && !(glyph->flags & GLYPH_PALE)) && g_unichar_isalnum(glyph->character) && !(glyph->flags & GLYPH_HIDDEN);
}

/* Puts a glyph's box to the area before it, where that is its neighbour, or the last that there may be. */
static void add_area(GArray *areas, const struct rect *box)
{
    static const float space = 20; /* points */
    struct rect *last = areas->len > 0 ? &DOCUMENT_AT(areas, struct rect, areas->len - 1) : NULL;
    bool near = last && box->y0 < last->y1 && box->y1 > last->y0 && box->x0 < last->x1 + space && box->x1 > last->x0 - space;
    if (near || areas->len == AREAS_MOST)
        *last = (struct rect){MIN(last->x0, box->x0), MIN(last->y0, box->y0), MAX(last->x1, box->x1), MAX(last->y1, box->y1)};
    else
        g_array_append_val(areas, *box);
}

/* Which glyphs a page is drawn for. */
enum look { LOOK_ALL, LOOK_PALE, LOOK_DIGITS };

/* Draws the page where the glyphs that are looked at stand, of its digits only their letters; NULL: there are none. The caller destroys it. */
static cairo_surface_t *draw_glyphs(PopplerPage *page, const struct sheet *sheet, enum look look, double *scale)
{
    g_autoptr(GArray) areas = g_array_new(FALSE, FALSE, sizeof(struct rect));
    for (guint i = 0; i < sheet->glyphs->len; i++) {
        const struct glyph *glyph = sheet_glyph(sheet, i);
        if (look == LOOK_DIGITS ? is_digit(glyph) : is_looked_at(glyph, look == LOOK_PALE))
            add_area(areas, &glyph->box);
    }
    if (areas->len == 0)
        return NULL;
    cairo_surface_t *(*draw)(PopplerPage *, double, int, const struct rect *, size_t, double *) = look == LOOK_DIGITS ? poppler_draw_text : poppler_draw_near;
    cairo_surface_t *picture = draw(page, look == LOOK_PALE ? PALE_DPI : LOOK_DPI, SIDE_MAX, (const struct rect *)(const void *)areas->data, areas->len, scale);
    cairo_surface_flush(picture);
    return picture;
}

/* Draws the page and looks where its glyphs stand. */
static void look(PopplerPage *page, struct sheet *sheet, bool pale)
{
    double scale;
    cairo_surface_t *picture = draw_glyphs(page, sheet, pale ? LOOK_PALE : LOOK_ALL, &scale);
    for (guint i = 0; picture && i < sheet->glyphs->len && cairo_surface_status(picture) == CAIRO_STATUS_SUCCESS; i++) {
        struct glyph *glyph = sheet_glyph(sheet, i);
        if (!is_looked_at(glyph, pale))
            continue;
        struct pixel_box box = pixels(&glyph->box, scale);
        if (nothing_there(picture, box))
            glyph->flags |= GLYPH_HIDDEN;
        else if (!pale && is_digit(glyph) && another_digit(picture, glyph, box))
            glyph->flags |= GLYPH_OTHER;
    }
    cairo_surface_destroy(picture); /* takes NULL */
}

/* Does a font draw another digit than the file says? Only its characters are drawn, which takes a fraction of the page; what lies over them is not asked. */
static bool draws_another(PopplerPage *page, const struct sheet *sheet)
{
    double scale;
    bool another = false;
    cairo_surface_t *picture = draw_glyphs(page, sheet, LOOK_DIGITS, &scale);
    for (guint i = 0; picture && i < sheet->glyphs->len && !another && cairo_surface_status(picture) == CAIRO_STATUS_SUCCESS; i++) {
        const struct glyph *glyph = sheet_glyph(sheet, i);
        another = is_digit(glyph) && another_digit(picture, glyph, pixels(&glyph->box, scale));
    }
    cairo_surface_destroy(picture);
    return another;
}

/* Has the page a digit of a font that no drawn page had, and is there a page left to draw? */
static bool shows_new(struct pdf_hidden *hidden, const struct sheet *sheet)
{
    bool new = false;
    if (hidden->drawn >= DRAWN_FIRST + sheet->page / DRAWN_EACH)
        return false;
    for (guint i = 0; i < sheet->glyphs->len; i++) {
        const struct glyph *glyph = sheet_glyph(sheet, i);
        if (is_digit(glyph)) /* the page is drawn with the first new one: all of its digits are seen then, and else they were before */
            new |= g_hash_table_add(hidden->seen, GUINT_TO_POINTER(glyph->style * 10u + (glyph->character - '0') + 1));
    }
    hidden->drawn += new;
    return new;
}

static bool has_digit(const struct sheet *sheet)
{
    for (guint i = 0; i < sheet->glyphs->len; i++)
        if (is_digit(sheet_glyph(sheet, i)))
            return true;
    return false;
}

static bool runs_left(const struct sheet *sheet)
{
    for (guint i = 0; i < sheet->glyphs->len; i++)
        if (sheet_glyph(sheet, i)->flags & GLYPH_RTL)
            return true;
    return false;
}

static bool wants_look(struct pdf_hidden *hidden, PopplerPage *page, const struct sheet *sheet)
{
    if (hidden->all || hidden->signs & SIGN_ACTUAL)
        return has_digit(sheet);
    if (hidden->signs & SIGN_INVISIBLE)
        return true;
    return hidden->signs & SIGN_DIGITS && shows_new(hidden, sheet) && (runs_left(sheet) || draws_another(page, sheet));
}

/* Is the page a picture, as a scanner makes it? What is printed over it then, invisibly, was recognised by a program that nobody here knows. */
static bool is_picture(PopplerPage *page, const struct sheet *sheet)
{
    double most = 0;
    GList *pictures = poppler_page_get_image_mapping(page);
    for (GList *l = pictures; l; l = l->next) {
        const PopplerRectangle *area = &((const PopplerImageMapping *)l->data)->area;
        most = MAX(most, fabs((area->x2 - area->x1) * (area->y2 - area->y1)));
    }
    poppler_page_free_image_mapping(pictures);
    return most > whole_page * (double)(sheet->width * sheet->height);
}

void pdf_hidden_glyphs(struct pdf_hidden *hidden, PopplerPage *page, struct sheet *sheet)
{
    guint pale = 0;
    for (guint i = 0; i < sheet->glyphs->len; i++) {
        struct glyph *glyph = sheet_glyph(sheet, i);
        if (glyph->size < tiny || off_page(sheet, &glyph->box))
            glyph->flags |= GLYPH_HIDDEN;
        pale += (glyph->flags & GLYPH_PALE) != 0;
    }
    if (wants_look(hidden, page, sheet))
        look(page, sheet, false);
    else if (pale >= PALE_LEAST)
        look(page, sheet, true);
    if (hidden->signs & SIGN_INVISIBLE && sheet->glyphs->len > 0 && is_picture(page, sheet))
        for (guint i = 0; i < sheet->glyphs->len; i++)
            sheet_glyph(sheet, i)->flags |= GLYPH_OTHER;
}
