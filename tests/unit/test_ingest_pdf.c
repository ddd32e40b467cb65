/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/layout/layout.h"
#include "ingest/pdf/poppler.h"
#include "ingest/reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

/* Real files, written by other programs; each property holds for every byte of them. */
static const char *const files[] = {"border-brief.pdf", "desplazamiento-mexico.pdf", "displacement-review.pdf", "scanned-bulletin.pdf"};

static char *path_of(const char *file)
{
    return g_build_filename(TESTS_DIR, "..", "corpus", "documents", file, NULL);
}

static struct document *read_as(const char *file, enum ocr_mode ocr)
{
    g_autofree char *path = path_of(file);
    struct source *source = NULL;
    assert_true(source_open(path, &source, NULL));
    source->ocr = ocr;
    g_autoptr(GPtrArray) documents = g_ptr_array_new();
    assert_true(reader_read(source, documents, NULL));
    source_free(source);
    assert_int_equal(documents->len, 1);
    return g_ptr_array_index(documents, 0);
}

static struct document *read_file(const char *file)
{
    return read_as(file, OCR_AUTO);
}

static const struct line *line_of(const struct document *doc, uint32_t at, guint *from)
{
    while (*from < doc->lines->len && DOCUMENT_AT(doc->lines, struct line, *from).span.end <= at)
        (*from)++;
    return *from < doc->lines->len ? &DOCUMENT_AT(doc->lines, struct line, *from) : NULL;
}

static void every_byte_has_a_box_on_its_page(void **state)
{
    struct document *doc = read_file(*state);
    guint from = 0;
    for (guint p = 0; p < doc->passages->len; p++) {
        struct span span = DOCUMENT_AT(doc->passages, struct passage, p).span;
        for (uint32_t at = span.start; at < span.end; at++) {
            const struct line *line = line_of(doc, at, &from);
            assert_non_null(line);
            assert_true(line->span.start <= at);
            assert_in_range(line->page, 1, doc->pages->len);
            const struct page *page = &DOCUMENT_AT(doc->pages, struct page, line->page - 1);
            assert_true(line->box.x0 >= 0 && line->box.y0 >= 0 && line->box.x1 <= page->width && line->box.y1 <= page->height);
        }
    }
    document_free(doc);
}

static void edges_run_from_left_to_right(void **state)
{
    struct document *doc = read_file(*state);
    for (guint i = 0; i < doc->lines->len; i++) {
        const struct line *line = &DOCUMENT_AT(doc->lines, struct line, i);
        if (line->edges == NONE)
            continue;
        glong characters = g_utf8_strlen(doc->text->str + line->span.start, (gssize)(line->span.end - line->span.start));
        assert_true(line->edges + (uint32_t)characters < doc->edges->len);
        for (uint32_t k = line->edges; k < line->edges + (uint32_t)characters; k++)
            assert_true(DOCUMENT_AT(doc->edges, float, k) <= DOCUMENT_AT(doc->edges, float, k + 1) + 1.0f);
        assert_true(DOCUMENT_AT(doc->edges, float, line->edges + (uint32_t)characters) <= line->box.x1 + 0.1f);
    }
    document_free(doc);
}

/* What the file's own text says under the boxes of every number, asked anew. */
static void numbers_stand_under_their_boxes(void **state)
{
    g_autofree char *path = path_of(*state);
    struct source *source = NULL;
    assert_true(source_open(path, &source, NULL));
    PopplerDocument *pdf = poppler_open(source->bytes, path, NULL);
    assert_non_null(pdf);
    struct document *doc = read_as(*state, OCR_NEVER); /* a picture has no text to compare with */
    g_autoptr(GRegex) number = g_regex_new("\\d[\\d,.]*\\d", 0, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    g_autoptr(GArray) boxes = g_array_new(FALSE, FALSE, sizeof(struct place_on_page));
    g_regex_match(number, doc->text->str, 0, &match);
    for (; g_match_info_matches(match); g_match_info_next(match, NULL)) {
        int start, end;
        g_match_info_fetch_pos(match, 0, &start, &end);
        g_array_set_size(boxes, 0);
        document_boxes(doc, (struct span){(uint32_t)start, (uint32_t)end}, boxes);
        if (boxes->len != 1)
            continue; /* divided at a line end */
        const struct place_on_page *place = &g_array_index(boxes, struct place_on_page, 0);
        PopplerPage *page = poppler_document_get_page(pdf, (int)place->page - 1);
        PopplerRectangle area = {place->box.x0 + 0.3, (place->box.y0 + place->box.y1) / 2 - 0.5, place->box.x1 - 0.3, (place->box.y0 + place->box.y1) / 2 + 0.5};
        g_autofree char *again = poppler_page_get_selected_text(page, POPPLER_SELECTION_GLYPH, &area);
        g_autofree char *here = g_match_info_fetch(match, 0);
        assert_string_equal(g_strstrip(again), here);
        g_object_unref(page);
    }
    document_free(doc);
    g_object_unref(pdf);
    source_free(source);
}

static void every_page_but_the_last_ends_in_a_form_feed(void **state)
{
    struct document *doc = read_file(*state);
    guint feeds = 0;
    for (gsize i = 0; i < doc->text->len; i++)
        feeds += doc->text->str[i] == '\f';
    assert_int_equal(feeds + 1, doc->pages->len);
    document_free(doc);
}

static void a_scanned_page_is_said_to_have_no_text(void **state)
{
    (void)state;
    struct document *doc = read_as("scanned-bulletin.pdf", OCR_NEVER);
    assert_int_equal(doc->passages->len, 0);
    assert_true(DOCUMENT_AT(doc->pages, struct page, 0).flags & PAGE_NO_TEXT);
    assert_string_equal(DOCUMENT_AT(doc->warnings, struct warning, 0).code, "no-text");
    document_free(doc);
}

int main(void)
{
    static const struct {
        const char *name;
        CMUnitTestFunction test;
    } properties[] = {
        {"every byte has a box on its page", every_byte_has_a_box_on_its_page},
        {"edges run from left to right", edges_run_from_left_to_right},
        {"numbers stand under their boxes", numbers_stand_under_their_boxes},
        {"every page but the last ends in a form feed", every_page_but_the_last_ends_in_a_form_feed},
    };
    struct CMUnitTest tests[G_N_ELEMENTS(properties) * G_N_ELEMENTS(files) + 1];
    char names[G_N_ELEMENTS(tests)][100];
    size_t n = 0;
    for (size_t p = 0; p < G_N_ELEMENTS(properties); p++)
        for (size_t f = 0; f < G_N_ELEMENTS(files); f++, n++) {
            g_snprintf(names[n], sizeof names[n], "%s: %s", properties[p].name, files[f]);
            tests[n] = (struct CMUnitTest){names[n], properties[p].test, NULL, NULL, (void *)files[f]};
        }
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(a_scanned_page_is_said_to_have_no_text);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
