/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/frame.h"

#include "base/limits.h"

#include <math.h>

enum {
    CHECK_PASSAGES = (1 << 24) - 1, /* rows of a document: ROWS_SHIFT */
    CHECK_READER = 32,              /* bytes of a reader's name */
};

/* A document under inspection. */
struct check {
    struct document *doc;
    const struct mentions *mentions;
    const char *text;
    uint32_t len;
};

static bool at_character(const struct check *c, uint32_t at)
{
    return at <= c->len && (at == c->len || ((unsigned char)c->text[at] & 0xC0) != 0x80);
}

static bool good_span(const struct check *c, struct span span)
{
    return span.start <= span.end && at_character(c, span.start) && at_character(c, span.end);
}

/* Or empty, wherever it is: "none". */
static bool good_or_none(const struct check *c, struct span span)
{
    return span.start == span.end || good_span(c, span);
}

static bool good_page(const struct check *c, uint32_t page)
{
    return page == NONE || (page >= 1 && page <= c->doc->pages->len);
}

static bool good_index(uint32_t index, guint n)
{
    return index == NONE || index < n;
}

static bool inside(struct span inner, struct span outer)
{
    return inner.start >= outer.start && inner.end <= outer.end;
}

static bool good_box(struct rect box)
{
    const float sides[] = {box.x0, box.y0, box.x1, box.y1};
    for (size_t i = 0; i < G_N_ELEMENTS(sides); i++)
        if (!isfinite(sides[i]))
            return false;
    return true;
}

static bool good_hash(const char *hex)
{
    return hex && strlen(hex) == 64 && strspn(hex, "0123456789abcdef") == 64;
}

static const char *check_head(struct check *c)
{
    const struct document *doc = c->doc;
    if (!good_hash(doc->sha256) || !good_hash(doc->file_sha256))
        return "a hash is none";
    if (!doc->reader || strlen(doc->reader) > CHECK_READER)
        return "the reader has no name";
    if (memchr(c->text, '\0', c->len))
        return "the text holds a zero byte";
    if (doc->pages->len > LIMIT_PAGES)
        return "there are too many pages";
    for (guint i = 0; i < doc->pages->len; i++) {
        const struct page *page = &DOCUMENT_AT(doc->pages, struct page, i);
        if (!isfinite(page->width) || !isfinite(page->height) || page->width < 0 || page->height < 0)
            return "a page has no size";
    }
    return NULL;
}

static const char *check_lines(struct check *c)
{
    uint32_t last = 0;
    for (guint i = 0; i < c->doc->lines->len; i++) {
        const struct line *line = &DOCUMENT_AT(c->doc->lines, struct line, i);
        if (!good_span(c, line->span) || line->span.start < last)
            return "a line stands in a wrong place";
        if (!good_page(c, line->page))
            return "a line stands on a page that is none";
        if (!good_box(line->box))
            return "a box is none";
        if (line->edges != NONE) {
            uint64_t after = (uint64_t)line->edges + slice_characters(slice_make(c->text + line->span.start, line->span.end - line->span.start)) + 1;
            if (after > c->doc->edges->len)
                return "the edges of a line are missing";
        }
        last = line->span.end;
    }
    for (guint i = 0; i < c->doc->edges->len; i++) {
        if (!isfinite(DOCUMENT_AT(c->doc->edges, float, i)))
            return "an edge is none";
    }
    return NULL;
}

static const char *check_passages(struct check *c)
{
    uint32_t last = 0;
    guint n = c->doc->passages->len;
    if (n > CHECK_PASSAGES)
        return "there are too many passages";
    for (guint i = 0; i < n; i++) {
        const struct passage *passage = &DOCUMENT_AT(c->doc->passages, struct passage, i);
        if (!good_span(c, passage->span) || passage->span.start < last || (unsigned)passage->zone > ZONE_NOTE || passage->number < 1)
            return "a passage stands in a wrong place";
        if (!good_page(c, passage->page))
            return "a passage stands on a page that is none";
        if (!good_index(passage->heading, n))
            return "a heading is missing";
        if (!good_index(passage->repeats, n))
            return "what a passage repeats is missing";
        last = passage->span.end;
    }
    last = 0;
    for (guint i = 0; i < c->doc->sentences->len; i++) {
        const struct sentence *sentence = &DOCUMENT_AT(c->doc->sentences, struct sentence, i);
        if (!good_span(c, sentence->span) || sentence->span.start < last || sentence->passage >= n ||
            !inside(sentence->span, DOCUMENT_AT(c->doc->passages, struct passage, sentence->passage).span))
            return "a sentence stands in a wrong place";
        last = sentence->span.end;
    }
    return NULL;
}

static const char *check_notes(struct check *c)
{
    const struct document *doc = c->doc;
    for (guint i = 0; i < doc->notes->len; i++) {
        const struct note *note = &DOCUMENT_AT(doc->notes, struct note, i);
        if (!good_span(c, note->span) || !good_page(c, note->page))
            return "a note stands in a wrong place";
    }
    for (guint i = 0; i < doc->marks->len; i++) {
        const struct mark *mark = &DOCUMENT_AT(doc->marks, struct mark, i);
        if (!at_character(c, mark->at) || !good_page(c, mark->page) || !good_index(mark->note, doc->notes->len) || !mark->label || !good_box(mark->box))
            return "a note mark stands in a wrong place";
    }
    for (guint i = 0; i < doc->cells->len; i++) {
        const struct cell *cell = &DOCUMENT_AT(doc->cells, struct cell, i);
        if (!good_span(c, cell->span) || !good_or_none(c, cell->row) || !good_or_none(c, cell->column) || !good_or_none(c, cell->group) ||
            !good_or_none(c, cell->section) || !good_index(cell->passage, doc->passages->len) ||
            !good_index(cell->caption, doc->passages->len))
            return "a table cell stands in a wrong place";
    }
    for (guint i = 0; i < doc->warnings->len; i++) {
        const struct warning *warning = &DOCUMENT_AT(doc->warnings, struct warning, i);
        if (!warning->code || !warning->text)
            return "a warning says nothing";
    }
    return NULL;
}

static const char *check_shifts(struct check *c)
{
    uint32_t last = 0;
    for (guint i = 0; i < c->doc->shifts->len; i++) {
        const struct shift *shift = &DOCUMENT_AT(c->doc->shifts, struct shift, i);
        if (shift->clean < last || shift->clean > c->len)
            return "the way back to the file is wrong";
        last = shift->clean;
    }
    return NULL;
}

static bool good_figure(const struct check *c, const struct mention *m)
{
    const struct figure *f = &m->figure;
    const struct quantity *q = &f->quantity;
    bool numbers = isfinite(q->low) && isfinite(q->high) && q->low <= q->high && (!q->ambiguous || (isfinite(q->other_low) && isfinite(q->other_high)));
    bool words = (unsigned)q->kind <= KIND_CHANGE && (unsigned)q->qualifier <= QUALIFIER_BETWEEN && (unsigned)f->period_scope <= SCOPE_DOCUMENT &&
                 (unsigned)f->place_scope <= SCOPE_DOCUMENT;
    for (uint32_t i = 0; words && i < f->n_places; i++)
        words = (unsigned)f->places[i].role <= ROLE_DESTINATION;
    return numbers && words && good_or_none(c, q->unit_text) && good_or_none(c, q->unit_before) && good_span(c, f->number) && good_or_none(c, f->counted_span) && good_index(f->mark, c->doc->marks->len) &&
           good_index(f->caption, c->doc->passages->len);
}

static const char *check_mention(const struct check *c, struct mention *m)
{
    if (!good_span(c, m->span) || !good_index(m->passage, c->doc->passages->len) || !good_index(m->sentence, c->doc->sentences->len))
        return "a mention stands in a wrong place";
    if (m->passage != NONE && !inside(m->span, DOCUMENT_AT(c->doc->passages, struct passage, m->passage).span))
        m->passage = NONE; /* it runs on into the next one: no passage to quote it from */
    if (m->type == MENTION_FIGURE && !good_figure(c, m))
        return "a figure is none";
    if (m->type == MENTION_NOTE && m->mark >= c->doc->marks->len)
        return "a note mark is missing";
    if (m->type == MENTION_ATTRIBUTION && !good_or_none(c, m->attribution.source_span))
        return "a credit stands in a wrong place";
    return NULL;
}

static const char *check_mentions(struct check *c)
{
    uint64_t total = 0;
    for (size_t type = 0; type < G_N_ELEMENTS(c->mentions->items); type++) {
        const GArray *items = c->mentions->items[type];
        total += items->len;
        for (guint i = 0; i < items->len; i++) {
            const char *trouble = check_mention(c, &DOCUMENT_AT(items, struct mention, i));
            if (trouble)
                return trouble;
        }
    }
    return total > LIMIT_MENTIONS ? "there are too many mentions" : NULL;
}

/* A line that lies wholly beyond its page is not what a reader of the page sees. */
static void mark_hidden(struct check *c)
{
    for (guint i = 0; i < c->doc->lines->len; i++) {
        const struct line *line = &DOCUMENT_AT(c->doc->lines, struct line, i);
        if (line->page == NONE || line->box.x1 <= line->box.x0)
            continue;
        const struct page *page = &DOCUMENT_AT(c->doc->pages, struct page, line->page - 1);
        if (page->width > 0 && (line->box.x0 > page->width || line->box.x1 < 0 || line->box.y0 > page->height || line->box.y1 < 0)) {
            uint32_t passage = document_passage_at(c->doc, line->span.start);
            if (passage != NONE)
                DOCUMENT_AT(c->doc->passages, struct passage, passage).flags |= PASSAGE_HIDDEN;
        }
    }
}

const char *frame_check(struct document *doc, const struct mentions *mentions)
{
    static const char *(*const checks[])(struct check *) = {check_head, check_lines, check_passages, check_notes, check_shifts, check_mentions};
    struct check c = {doc, mentions, doc->text->str, (uint32_t)doc->text->len};
    for (size_t i = 0; i < G_N_ELEMENTS(checks); i++) {
        const char *trouble = checks[i](&c);
        if (trouble)
            return trouble;
    }
    mark_hidden(&c);
    return NULL;
}
