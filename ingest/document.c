/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/document.h"

#include "base/sorted.h"

static const char *const zone_names[] = {
    [ZONE_BODY] = "body",           [ZONE_HEADING] = "heading", [ZONE_SUMMARY] = "summary", [ZONE_CAPTION] = "caption",
    [ZONE_PULLQUOTE] = "pullquote", [ZONE_BOX] = "box",         [ZONE_TABLE] = "table",     [ZONE_NOTE] = "note",
};

const char *zone_name(enum zone zone)
{
    g_assert((size_t)zone < G_N_ELEMENTS(zone_names));
    return zone_names[zone];
}

static void page_clear(struct page *page)
{
    g_free(page->label);
}

static void mark_clear(struct mark *mark)
{
    g_free(mark->label);
}

static void note_clear(struct note *note)
{
    g_free(note->label);
}

static void warning_clear(struct warning *warning)
{
    g_free(warning->code);
    g_free(warning->text);
}

static GArray *array_new(size_t size, GDestroyNotify clear)
{
    GArray *array = g_array_new(FALSE, TRUE, (guint)size);
    if (clear)
        g_array_set_clear_func(array, clear);
    return array;
}

struct document *document_new(const char *path)
{
    struct document *doc = g_new0(struct document, 1);
    doc->path = g_strdup(path);
    doc->text = g_string_new(NULL);
    doc->pages = array_new(sizeof(struct page), (GDestroyNotify)page_clear);
    doc->lines = array_new(sizeof(struct line), NULL);
    doc->edges = g_array_new(FALSE, FALSE, sizeof(float)); /* the longest of them: what it grows by is written at once */
    doc->passages = array_new(sizeof(struct passage), NULL);
    doc->sentences = array_new(sizeof(struct sentence), NULL);
    doc->marks = array_new(sizeof(struct mark), (GDestroyNotify)mark_clear);
    doc->doubts = array_new(sizeof(struct span), NULL);
    doc->notes = array_new(sizeof(struct note), (GDestroyNotify)note_clear);
    doc->cells = array_new(sizeof(struct cell), NULL);
    doc->shifts = array_new(sizeof(struct shift), NULL);
    doc->warnings = array_new(sizeof(struct warning), (GDestroyNotify)warning_clear);
    return doc;
}

void document_free(struct document *doc)
{
    if (!doc)
        return;
    g_free(doc->path);
    g_free(doc->member);
    g_free(doc->sha256);
    g_free(doc->file_sha256);
    g_free(doc->metadata.title);
    g_free(doc->metadata.publisher);
    g_free(doc->metadata.url);
    g_free(doc->metadata.language);
    g_free(doc->metadata.date);
    g_free(doc->metadata.authors);
    g_free(doc->metadata.period);
    g_free(doc->metadata.symbol);
    g_string_free(doc->text, TRUE);
    GArray *arrays[] = {doc->pages, doc->lines, doc->edges, doc->passages, doc->sentences, doc->marks, doc->doubts, doc->notes, doc->cells, doc->shifts, doc->warnings};
    for (size_t i = 0; i < G_N_ELEMENTS(arrays); i++)
        g_array_unref(arrays[i]);
    g_free(doc);
}

void document_append(struct document *doc, struct slice text, uint32_t source)
{
    if (text.len == 0)
        return;
    uint32_t clean = (uint32_t)doc->text->len;
    if (document_source(doc, clean) != source || doc->shifts->len == 0) {
        struct shift shift = {clean, source};
        g_array_append_val(doc->shifts, shift);
    }
    g_string_append_len(doc->text, text.ptr, (gssize)text.len);
}

uint32_t shift_source(const GArray *shifts, uint32_t at)
{
    guint next = SORTED_FROM(shifts, struct shift, clean, at + 1);
    if (next == 0)
        return NONE;
    struct shift shift = DOCUMENT_AT(shifts, struct shift, next - 1);
    return shift.source == NONE ? NONE : shift.source + (at - shift.clean);
}

uint32_t document_source(const struct document *doc, uint32_t clean)
{
    return shift_source(doc->shifts, clean);
}

struct span document_source_span(const struct document *doc, struct span span)
{
    if (doc->shifts->len == 0) /* of a PDF: no byte has one */
        return (struct span){NONE, NONE};
    while (span.start < span.end && document_source(doc, span.start) == NONE)
        span.start++;
    while (span.start < span.end && document_source(doc, span.end - 1) == NONE)
        span.end--;
    if (span.start >= span.end)
        return (struct span){NONE, NONE};
    return (struct span){document_source(doc, span.start), document_source(doc, span.end - 1) + 1};
}

/* Index of the first line whose span ends after a clean byte. */
static guint line_from(const struct document *doc, uint32_t clean)
{
    return SORTED_FROM(doc->lines, struct line, span.end, clean + 1);
}

static struct rect box_within(const struct document *doc, const struct line *line, struct span span)
{
    struct rect box = line->box;
    if (line->edges == NONE)
        return box;
    const char *text = doc->text->str;
    uint32_t start = MAX(span.start, line->span.start), end = MIN(span.end, line->span.end);
    size_t first = slice_characters(slice_make(text + line->span.start, start - line->span.start));
    size_t count = slice_characters(slice_make(text + start, end - start));
    box.x0 = DOCUMENT_AT(doc->edges, float, line->edges + (uint32_t)first);
    box.x1 = DOCUMENT_AT(doc->edges, float, line->edges + (uint32_t)(first + count));
    return box;
}

void document_boxes(const struct document *doc, struct span span, GArray *boxes)
{
    for (guint i = line_from(doc, span.start); i < doc->lines->len; i++) {
        const struct line *line = &DOCUMENT_AT(doc->lines, struct line, i);
        if (line->span.start >= span.end)
            break;
        if (line->page == NONE || line->box.x1 <= line->box.x0)
            continue;
        struct place_on_page place = {line->page, box_within(doc, line, span)};
        g_array_append_val(boxes, place);
    }
}

uint32_t document_page(const struct document *doc, uint32_t clean)
{
    if (doc->lines->len == 0)
        return NONE;
    guint i = line_from(doc, clean);
    return DOCUMENT_AT(doc->lines, struct line, MIN(i, doc->lines->len - 1)).page;
}

/* Passages and sentences both begin with their span. */
static inline uint32_t span_at(const GArray *array, size_t size, uint32_t clean, uint32_t *hint)
{
    const struct span *here = *hint < array->len ? (const void *)(array->data + *hint * size) : NULL;
    if (here && here->start <= clean && clean < here->end)
        return *hint;
    guint i = *hint = sorted_near(array, size, offsetof(struct span, end), clean + 1, *hint);
    return i < array->len && ((const struct span *)(const void *)(array->data + i * size))->start <= clean ? i : NONE;
}

uint32_t document_passage_near(const struct document *doc, uint32_t clean, uint32_t *hint)
{
    return span_at(doc->passages, sizeof(struct passage), clean, hint);
}

uint32_t document_sentence_near(const struct document *doc, uint32_t clean, uint32_t *hint)
{
    return span_at(doc->sentences, sizeof(struct sentence), clean, hint);
}

uint32_t document_passage_at(const struct document *doc, uint32_t clean)
{
    return document_passage_near(doc, clean, &(uint32_t){NONE});
}

uint32_t document_sentence_at(const struct document *doc, uint32_t clean)
{
    return document_sentence_near(doc, clean, &(uint32_t){NONE});
}

void document_warn(struct document *doc, const char *code, uint32_t page, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    struct warning warning = {g_strdup(code), page, g_strdup_vprintf(format, args)};
    va_end(args);
    g_array_append_val(doc->warnings, warning);
}
