/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/reader.h"
#include "tests/unit/kept_fonts.h"

#include <cairo-pdf.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* Sentences drawn to the pixels of a page, as a scanner delivers it, and read from there. Skipped where Tesseract, or its model
 * of the language, is missing; languages that a user names come first. */
enum { WIDTH = 595, HEIGHT = 200, SCALE = 3 }; /* points; pixels a point */

static const struct scan_case {
    const char *name, *lang; /* as the user names it, or NULL: the reader tells */
    const char *lines[4];
    const char *text;        /* the one passage */
    const char *language;    /* of the document */
} cases[] = {
    {"English", "en", {"In 2013 the shelters of the coast took in 1,296 people;", "a year later it was 2,137, or 65 per cent more.", NULL},
     "In 2013 the shelters of the coast took in 1,296 people; a year later it was 2,137, or 65 per cent more.", "en"},
    {"Spanish", "es", {"En 2013 los albergues de la región acogieron a 1.296 niños;", "un año después fueron 2.137, según el último informe.", NULL},
     "En 2013 los albergues de la región acogieron a 1.296 niños; un año después fueron 2.137, según el último informe.", "es"},
    {"French", "fr", {"En 2013 les centres de la côte ont accueilli 1 296 élèves ;", "une année plus tard ils étaient 2 137, soit une hausse de 65 %.", NULL},
     "En 2013 les centres de la côte ont accueilli 1 296 élèves ; une année plus tard ils étaient 2 137, soit une hausse de 65 %.", "fr"},
    {"Spanish that nobody named", NULL, {"En 2013 los albergues de la región acogieron a 1.296 niños;", "un año después fueron 2.137, según el último informe.", NULL},
     "En 2013 los albergues de la región acogieron a 1.296 niños; un año después fueron 2.137, según el último informe.", "es"},
    {"French that nobody named", NULL, {"En 2013 les centres de la côte ont accueilli 1 296 élèves ;", "une année plus tard ils étaient 2 137, soit une hausse de 65 %.", NULL},
     "En 2013 les centres de la côte ont accueilli 1 296 élèves ; une année plus tard ils étaient 2 137, soit une hausse de 65 %.", "fr"},
};

static cairo_surface_t *draw_scan(const struct scan_case *c)
{
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, WIDTH * SCALE, HEIGHT * SCALE);
    cairo_t *cairo = cairo_create(surface);
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    cairo_scale(cairo, SCALE, SCALE);
    cairo_set_source_rgb(cairo, 0, 0, 0);
    cairo_select_font_face(cairo, "sans-serif", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(cairo, 14);
    for (int i = 0; c->lines[i]; i++) {
        cairo_move_to(cairo, 60, 80 + 20 * i);
        cairo_show_text(cairo, c->lines[i]);
    }
    cairo_destroy(cairo);
    return surface;
}

static cairo_status_t append(void *bytes, const unsigned char *data, unsigned len)
{
    g_byte_array_append(bytes, data, len);
    return CAIRO_STATUS_SUCCESS;
}

static GBytes *file_of(const struct scan_case *c)
{
    GByteArray *bytes = g_byte_array_new();
    cairo_surface_t *page = cairo_pdf_surface_create_for_stream(append, bytes, WIDTH, HEIGHT), *scan = draw_scan(c);
    cairo_t *cairo = cairo_create(page);
    cairo_scale(cairo, 1.0 / SCALE, 1.0 / SCALE);
    cairo_set_source_surface(cairo, scan, 0, 0);
    cairo_paint(cairo);
    cairo_destroy(cairo);
    cairo_surface_destroy(scan);
    cairo_surface_finish(page);
    cairo_surface_destroy(page);
    return g_byte_array_free_to_bytes(bytes);
}

/* Where a language's model is not installed, words of it that nobody named are read by those of others. */
static bool has_model(const char *lang, const bool *read)
{
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        if (read[i] && strcmp(cases[i].language, lang) == 0)
            return true;
    return false;
}

static void reads(void **state)
{
    static bool read[G_N_ELEMENTS(cases)];
    const struct scan_case *c = *state;
    if (!c->lang && !has_model(c->language, read))
        skip();
    g_autoptr(GBytes) bytes = file_of(c);
    g_autoptr(GPtrArray) documents = g_ptr_array_new_with_free_func((GDestroyNotify)document_free);
    struct source *source = source_new("scan.pdf", bytes);
    source->lang = c->lang;
    assert_true(reader_read(source, documents, NULL));
    source_free(source);
    const struct document *doc = g_ptr_array_index(documents, 0);
    if (c->lang && DOCUMENT_AT(doc->pages, struct page, 0).flags & PAGE_NO_TEXT) /* a case of its own tests what is said then */
        skip();
    read[c - cases] = true;
    assert_int_equal(doc->passages->len, 1);
    const struct passage *passage = &DOCUMENT_AT(doc->passages, struct passage, 0);
    g_autofree char *text = slice_dup(document_slice(doc, passage->span));
    assert_string_equal(text, c->text);
    assert_true(passage->flags & PASSAGE_OCR);
    assert_string_equal(doc->metadata.language, c->language);
    assert_int_equal(doc->lines->len, 2);
    for (guint i = 0; i < doc->lines->len; i++) { /* within a letter of where it was drawn */
        struct rect box = DOCUMENT_AT(doc->lines, struct line, i).box;
        assert_true(box.x0 > 46 && box.x0 < 74 && box.y1 > 66 + 20 * (float)i && box.y1 < 94 + 20 * (float)i);
    }
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(cases)];
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        tests[i] = (struct CMUnitTest){cases[i].name, reads, NULL, NULL, (void *)(uintptr_t)&cases[i]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
