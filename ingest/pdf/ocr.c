/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/pdf/ocr.h"

#include "base/limits.h"
#include "ingest/language.h"
#include "ingest/pdf/poppler.h"

#include <dlfcn.h>
#include <tesseract/capi.h>

enum {
    DPI = 300,              /* what Tesseract's models were trained on */
    SIDE_MAX = 6000,        /* pixels: an A3 page and a little more */
    UNSURE_PER_CENT = 60,   /* a word below it may be another one */
    EVEN_PER_CENT = 35,     /* a line's height differs from the page's by less: the same print, with or without descenders */
};

/* ISO 639-1 → the name of Tesseract's model. */
static const struct model {
    const char *lang, *name;
} models[] = {{"en", "eng"}, {"es", "spa"}, {"fr", "fra"}};

/* The functions that are called, found when the first page needs them: no other command waits for Tesseract to be loaded, and the number of its
 * threads, which OpenMP reads once when it is loaded, can still be set. */
#define FUNCTIONS(each)                                                                                                                                   \
    each(BaseAPICreate) each(BaseAPIDelete) each(BaseAPIInit2) each(BaseAPISetPageSegMode) each(BaseAPIEnd) each(BaseAPISetImage) each(BaseAPISetSourceResolution)                     \
    each(BaseAPIRecognize) each(BaseAPIGetIterator) each(BaseAPIGetUTF8Text) each(DeleteText) each(PageIteratorBegin) each(PageIteratorNext)               \
    each(PageIteratorIsAtBeginningOf) each(PageIteratorIsAtFinalElement) each(PageIteratorBoundingBox) each(PageIteratorBaseline)                         \
    each(ResultIteratorGetPageIterator) each(ResultIteratorGetPageIteratorConst) each(ResultIteratorNext) each(ResultIteratorGetUTF8Text)                  \
    each(ResultIteratorConfidence) each(ResultIteratorDelete)

static struct {
    bool tried, found;
#define MEMBER(name) __typeof__(Tess##name) *name;
    FUNCTIONS(MEMBER)
} tess;

static bool find_tesseract(void)
{
    if (tess.tried)
        return tess.found;
    tess.tried = true;
    g_setenv("OMP_THREAD_LIMIT", "1", TRUE); /* more threads make it nine times slower */
    void *library = dlopen(CITABLE_TESSERACT, RTLD_NOW | RTLD_LOCAL);
    if (!library)
        return false;
    tess.found = true;
#define FIND(name) tess.found &= (*(void **)&tess.name = dlsym(library, "Tess" #name)) != NULL;
    FUNCTIONS(FIND)
    return tess.found;
}

struct ocr {
    TessBaseAPI *api; /* NULL: nothing loaded */
    bool failed;      /* there is none to be had */
    bool settled;     /* the language is known */
    const char *lang; /* or NULL */
};

struct ocr *ocr_new(const char *lang)
{
    struct ocr *ocr = g_new0(struct ocr, 1);
    ocr->lang = lang;
    ocr->settled = lang != NULL;
    return ocr;
}

static void unload(struct ocr *ocr)
{
    if (!ocr->api)
        return;
    tess.BaseAPIEnd(ocr->api);
    tess.BaseAPIDelete(ocr->api);
    ocr->api = NULL;
}

void ocr_free(struct ocr *ocr)
{
    if (!ocr)
        return;
    unload(ocr);
    g_free(ocr);
}

/* The model of the language, or those of all we know: Tesseract passes over those that are not installed. */
static bool load(struct ocr *ocr)
{
    if (ocr->api || ocr->failed)
        return ocr->api != NULL;
    ocr->failed = !find_tesseract();
    if (ocr->failed)
        return false;
    g_autoptr(GString) names = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(models); i++)
        if (!ocr->lang || strcmp(ocr->lang, models[i].lang) == 0)
            g_string_append_printf(names, "%s%s", names->len ? "+" : "", models[i].name);
    ocr->api = tess.BaseAPICreate();
    ocr->failed = names->len == 0 || tess.BaseAPIInit2(ocr->api, NULL, names->str, OEM_LSTM_ONLY) != 0;
    if (ocr->failed) {
        tess.BaseAPIDelete(ocr->api);
        ocr->api = NULL;
    }
    if (!ocr->failed)
        tess.BaseAPISetPageSegMode(ocr->api, PSM_AUTO); /* columns; the library's own default is one block of text over the whole page */
    return !ocr->failed;
}

/* The page as one byte of grey a pixel; the caller frees it. */
static unsigned char *grey_page(PopplerPage *page, int *width, int *height, double *scale)
{
    cairo_surface_t *surface = poppler_draw(page, DPI, SIDE_MAX, scale);
    unsigned char *grey = NULL;
    if (cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS) {
        cairo_surface_flush(surface);
        *width = cairo_image_surface_get_width(surface);
        *height = cairo_image_surface_get_height(surface);
        int stride = cairo_image_surface_get_stride(surface);
        const unsigned char *data = cairo_image_surface_get_data(surface);
        grey = g_malloc((gsize)*width * (gsize)*height);
        for (int y = 0; y < *height; y++) {
            const uint32_t *row = (const uint32_t *)(const void *)(data + (gsize)y * (gsize)stride);
            for (int x = 0; x < *width; x++) /* ITU-R BT.601, in 256ths */
                grey[(gsize)y * (gsize)*width + (gsize)x] = (unsigned char)(((row[x] >> 16 & 0xff) * 77 + (row[x] >> 8 & 0xff) * 150 + (row[x] & 0xff) * 29) >> 8);
        }
    }
    cairo_surface_destroy(surface);
    return grey;
}

/* Whitens runs of dark pixels, `step` bytes from one to the next, that are as long as no letter's stroke and thin across (`aside` bytes to the next line). */
static void erase_along(unsigned char *grey, int along, int across, int step, int aside)
{
    enum { DARK = 140, LONG = DPI * 2 / 5, THIN = DPI / 25 };
    for (int y = THIN; y + THIN < across; y++) {
        unsigned char *line = grey + (gsize)y * (gsize)aside;
        for (int x = 0, start; x < along; x++) {
            for (start = x; x < along && line[(gsize)x * (gsize)step] < DARK; x++)
                ;
            unsigned light = 0;
            for (int i = start; x - start >= LONG && i < x; i++) {
                const unsigned char *at = line + (gsize)i * (gsize)step;
                light += at[(gssize)THIN * aside] >= DARK && at[-(gssize)THIN * aside] >= DARK;
            }
            if (x - start >= LONG && light * 10 >= (unsigned)(x - start) * 7)
                for (int i = start; i < x; i++)
                    line[(gsize)i * (gsize)step] = 254; /* no run of another line begins or ends here */
        }
    }
}

/* Takes the rules of tables away: a cell's border would be read as a stroke between two numbers, "3,104/4,101". */
static void erase_rules(unsigned char *grey, int width, int height)
{
    erase_along(grey, height, width, width, 1);
    erase_along(grey, width, height, 1, width);
}

/* A line as recognised: where it stands on the page, in points. */
struct read_line {
    float top, bottom, base;
};

static struct read_line line_at(const TessPageIterator *at, double scale)
{
    int left, top, right, bottom, x1, y1, x2, y2;
    tess.PageIteratorBoundingBox(at, RIL_TEXTLINE, &left, &top, &right, &bottom);
    struct read_line line = {(float)(top / scale), (float)(bottom / scale), (float)(bottom / scale)};
    if (tess.PageIteratorBaseline(at, RIL_TEXTLINE, &x1, &y1, &x2, &y2))
        line.base = (float)((y1 + y2) / 2.0 / scale);
    return line;
}

static int by_value(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

/* The height of most lines. */
static float usual_height(TessResultIterator *results, double scale)
{
    TessPageIterator *at = tess.ResultIteratorGetPageIterator(results);
    g_autoptr(GArray) heights = g_array_new(FALSE, FALSE, sizeof(float));
    tess.PageIteratorBegin(at);
    do {
        struct read_line line = line_at(at, scale);
        float height = line.bottom - line.top;
        g_array_append_val(heights, height);
    } while (tess.PageIteratorNext(at, RIL_TEXTLINE));
    tess.PageIteratorBegin(at); /* it is the results' own: back to the first word */
    g_array_sort(heights, by_value);
    return g_array_index(heights, float, heights->len / 2);
}

/* Appends a glyph of the word that begins with glyph `first`: the one before it ends where it begins, whatever Tesseract's boxes say. */
static void append_after(struct sheet *sheet, struct glyph glyph, guint first)
{
    if (sheet->glyphs->len > first) {
        struct glyph *before = sheet_glyph(sheet, sheet->glyphs->len - 1);
        float least = glyph.size / 4; /* two letters never share a place: the second would be taken for the first one's shadow */
        glyph.box.x0 = MAX(glyph.box.x0, before->box.x0 + least);
        glyph.box.x1 = MAX(glyph.box.x1, glyph.box.x0 + least);
        before->box.x1 = glyph.box.x0;
    }
    glyphs_append(sheet->glyphs, &glyph, 1);
}

/* The symbols of a word reach one another: where words end has been decided here. */
static void put_symbols(struct sheet *sheet, TessResultIterator *at, struct glyph *form, double scale)
{
    const TessPageIterator *place = tess.ResultIteratorGetPageIteratorConst(at);
    guint first = sheet->glyphs->len;
    do {
        int left, top, right, bottom;
        char *text = tess.ResultIteratorGetUTF8Text(at, RIL_SYMBOL);
        if (text && tess.PageIteratorBoundingBox(place, RIL_SYMBOL, &left, &top, &right, &bottom)) {
            glong n = MAX(g_utf8_strlen(text, -1), 1), i = 0;
            for (const char *c = text; *c; c = g_utf8_next_char(c), i++) { /* "ffi" is one symbol */
                form->character = g_utf8_get_char(c);
                form->box.x0 = (float)((left + (double)(right - left) * (double)i / (double)n) / scale);
                form->box.x1 = (float)((left + (double)(right - left) * (double)(i + 1) / (double)n) / scale);
                append_after(sheet, *form, first);
                form->flags &= (uint16_t)~(GLYPH_LINE | GLYPH_SPACE);
            }
        }
        tess.DeleteText(text);
    } while (!tess.PageIteratorIsAtFinalElement(place, RIL_WORD, RIL_SYMBOL) && tess.ResultIteratorNext(at, RIL_SYMBOL));
}

static void put_words(struct layout *layout, struct sheet *sheet, TessResultIterator *at, double scale)
{
    const TessPageIterator *place = tess.ResultIteratorGetPageIteratorConst(at);
    float usual = usual_height(at, scale);
    uint16_t style = layout_style(layout, "");
    struct read_line line = {0, 0, 0};
    do {
        bool begins = tess.PageIteratorIsAtBeginningOf(place, RIL_TEXTLINE);
        if (begins)
            line = line_at(place, scale);
        float height = line.bottom - line.top;
        float size = height * 100 > usual * (100 - EVEN_PER_CENT) && height * 100 < usual * (100 + EVEN_PER_CENT) ? usual : height;
        struct glyph form = {{0, line.base - 0.8f * size, 0, line.base + 0.2f * size}, 0, size, style, GLYPH_SPACE};
        form.flags |= begins ? GLYPH_LINE : 0;
        form.flags |= tess.ResultIteratorConfidence(at, RIL_WORD) < UNSURE_PER_CENT ? GLYPH_UNSURE : 0;
        put_symbols(sheet, at, &form, scale);
    } while (sheet->glyphs->len < LIMIT_PAGE_CHARACTERS && tess.ResultIteratorNext(at, RIL_WORD));
}

/* After the first page with enough text its language's model alone reads on, that page again: in a third of the time. */
static void settle(struct ocr *ocr)
{
    char *text = tess.BaseAPIGetUTF8Text(ocr->api);
    const char *lang = text ? language_of_text(slice_of(text)) : NULL;
    tess.DeleteText(text);
    for (size_t i = 0; lang && i < G_N_ELEMENTS(models); i++)
        if (strcmp(models[i].lang, lang) == 0) {
            ocr->lang = models[i].lang;
            ocr->settled = true;
            unload(ocr);
        }
}

/* Appends what the loaded models read on the page. */
static void recognise(struct ocr *ocr, const unsigned char *grey, int width, int height, struct layout *layout, struct sheet *sheet, double scale)
{
    tess.BaseAPISetImage(ocr->api, grey, width, height, 1, width);
    tess.BaseAPISetSourceResolution(ocr->api, (int)(scale * 72 + 0.5));
    TessResultIterator *results = tess.BaseAPIRecognize(ocr->api, NULL) == 0 ? tess.BaseAPIGetIterator(ocr->api) : NULL;
    if (!results)
        return;
    put_words(layout, sheet, results, scale);
    tess.ResultIteratorDelete(results);
}

bool ocr_page(struct ocr *ocr, PopplerPage *page, struct layout *layout, struct sheet *sheet)
{
    if (!load(ocr))
        return false;
    int width, height;
    double scale;
    g_autofree unsigned char *grey = grey_page(page, &width, &height, &scale);
    if (!grey)
        return false;
    erase_rules(grey, width, height);
    guint before = sheet->glyphs->len;
    recognise(ocr, grey, width, height, layout, sheet, scale);
    if (sheet->glyphs->len > before && !ocr->settled) {
        settle(ocr);
        if (ocr->settled && load(ocr)) { /* of several models one may have read half of the page without its accents: "ano" for "año" */
            sheet->glyphs->len = before;
            recognise(ocr, grey, width, height, layout, sheet, scale);
        }
    }
    if (sheet->glyphs->len == before)
        return false;
    sheet->flags |= PAGE_OCR;
    return true;
}
