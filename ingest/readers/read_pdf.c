/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "base/limits.h"
#include "base/quiet.h"
#include "base/timing.h"
#include "ingest/layout/layout.h"
#include "ingest/pdf/ocr.h"
#include "ingest/pdf/glyphs.h"
#include "ingest/pdf/facts.h"
#include "ingest/pdf/fonts.h"
#include "ingest/pdf/signs.h"
#include "ingest/pdf/streams.h"
#include "ingest/pdf/tokens.h"
#include "ingest/pdf/words.h"
#include "ingest/pdf/poppler.h"
#include "ingest/reader.h"

static int probe_pdf(struct slice head, const char *path)
{
    const char mark[] = "%PDF-";
    if (head.len > 0 && memmem(head.ptr, MIN(head.len, 1024), mark, strlen(mark))) /* some writers put a few bytes before the mark */
        return 100;
    return head.len > 0 && memmem(head.ptr, head.len, mark, strlen(mark)) && g_str_has_suffix(path, ".pdf") ? 60 : 0;
}

/* One line for each page with passages that no reader of it sees, or sees as something else. */
static void warn_hidden(struct document *doc)
{
    uint32_t page = 0;
    for (guint i = 0; i < doc->passages->len; i++) {
        const struct passage *passage = &DOCUMENT_AT(doc->passages, struct passage, i);
        if (!(passage->flags & (PASSAGE_HIDDEN | PASSAGE_DOUBTFUL)) || passage->flags & PASSAGE_OCR || passage->page == page)
            continue;
        page = passage->page;
        if (passage->flags & PASSAGE_HIDDEN)
            document_warn(doc, "hidden-text", page, "page %u holds text that is not seen on it (invisible, white, covered, tiny or beyond its edge): look at the page before you quote it", page);
        else
            document_warn(doc, "hidden-text", page, "page %u holds text that may not be what it shows (a part is not seen, other digits are printed, or it lies over a picture): look at the page before you quote it", page);
    }
}

/* One line for each number whose last digits may be a note mark, as in text_notes. */
static void warn_doubts(struct document *doc)
{
    for (guint i = 0; i < doc->doubts->len; i++) {
        struct span span = DOCUMENT_AT(doc->doubts, struct span, i);
        uint32_t from = span.start;
        while (from > 0 && span.start - from < 20 && !g_ascii_isspace(doc->text->str[from - 1]))
            from--;
        document_warn(doc, "note-mark", document_page(doc, span.start), "\"%.*s\" may end in note mark %.*s; both readings are kept", (int)(span.end - from),
                      doc->text->str + from, (int)(span.end - span.start), doc->text->str + span.start);
    }
}

/* Says of each page what could not be read from it. */
static void warn_pages(struct document *doc)
{
    for (guint i = 0; i < doc->pages->len; i++) {
        uint32_t flags = DOCUMENT_AT(doc->pages, struct page, i).flags;
        if (flags & PAGE_NO_TEXT && !(flags & PAGE_UNFINISHED))
            document_warn(doc, "no-text", i + 1, "page %u has no text, only pictures: nothing is read from it", i + 1);
        if (flags & PAGE_OCR)
            document_warn(doc, "ocr", i + 1, "page %u was read from a picture by character recognition: compare its figures with the page", i + 1);
        if (flags & PAGE_GARBLED)
            document_warn(doc, "garbled-font", i + 1, "page %u uses fonts that do not say which letters they print: no figures are taken from it", i + 1);
        if (flags & PAGE_UNFINISHED)
            document_warn(doc, "page-unfinished", i + 1, "page %u could only be read in part", i + 1);
    }
}

static bool has_pictures(PopplerPage *page)
{
    GList *pictures = poppler_page_get_image_mapping(page);
    bool any = pictures != NULL;
    poppler_page_free_image_mapping(pictures);
    return any;
}

static void read_page(const struct source *source, PopplerPage *page, struct layout *layout, struct sheet *sheet, struct ocr *ocr, struct pdf_hidden *hidden)
{
    if (source->ocr == OCR_FORCE && ocr_page(ocr, page, layout, sheet))
        return;
    pdf_page_glyphs(page, hidden, layout, sheet);
    if (source->ocr != OCR_AUTO)
        return;
    layout_judge(sheet);
    if (!(sheet->flags & (PAGE_NO_TEXT | PAGE_GARBLED)) || (sheet->glyphs->len == 0 && !has_pictures(page)))
        return;
    guint before = sheet->glyphs->len;
    if (ocr_page(ocr, page, layout, sheet)) {
        sheet->glyphs->len -= before; /* what the fonts did not say */
        memmove(sheet->glyphs->data, sheet->glyphs->data + before, sheet->glyphs->len * sizeof(struct glyph));
        sheet->flags &= ~(uint32_t)(PAGE_NO_TEXT | PAGE_GARBLED);
    }
}

static void read_pages(const struct source *source, PopplerDocument *pdf, struct layout *layout, struct document *doc)
{
    int pages = poppler_document_get_n_pages(pdf);
    if (pages > LIMIT_PAGES)
        document_warn(doc, "pages-left-out", LIMIT_PAGES + 1, "has %d pages; those after page %d are not read", pages, LIMIT_PAGES);
    struct ocr *ocr = ocr_new(source->lang);
    const char *stage = timing_enter("pdf signs");
    struct pdf_hidden *hidden = pdf_hidden_new(pdf_signs(source->bytes), source->look);
    timing_enter(stage);
    for (int i = 0; i < MIN(pages, LIMIT_PAGES); i++) {
        PopplerPage *page = source_page(source, (uint32_t)i + 1, (uint32_t)pages) ? poppler_document_get_page(pdf, i) : NULL;
        double width = 0, height = 0;
        if (page)
            poppler_page_get_size(page, &width, &height);
        struct sheet *sheet = layout_page(layout, (float)width, (float)height);
        if (page)
            read_page(source, page, layout, sheet, ocr, hidden);
        else
            sheet->flags |= PAGE_UNFINISHED;
        g_clear_object(&page);
        glyphs_shrink(sheet->glyphs);
    }
    pdf_hidden_free(hidden);
    ocr_free(ocr);
}

/* What stands before Poppler's own functions, for one document. */
static void keeping_begin(GBytes *file)
{
    fonts_begin();
    streams_begin(file);
    tokens_begin();
    words_begin();
}

static void keeping_end(void)
{
    words_end();
    tokens_end();
    fonts_end();
    streams_end(); /* a font may hold a stream */
}

static bool read_document(const struct source *source, GPtrArray *documents, GError **error)
{
    quiet_begin();
    keeping_begin(source->bytes);
    PopplerDocument *pdf = poppler_open(source->bytes, source->path, error);
    if (!pdf) {
        keeping_end();
        quiet_end();
        return false;
    }
    struct document *doc = document_new(source->path);
    struct layout *layout = layout_new();
    read_pages(source, pdf, layout, doc);
    pdf_facts(pdf, layout, doc);
    g_object_unref(pdf);
    keeping_end();
    quiet_end();
    timing_enter("layout");
    layout_run(layout, doc);
    layout_free(layout);
    warn_pages(doc);
    warn_hidden(doc);
    warn_doubts(doc);
    g_ptr_array_add(documents, doc);
    return true;
}

const struct reader read_pdf = {"pdf", probe_pdf, read_document};
