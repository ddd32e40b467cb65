/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_TESTS_FUZZ_CHECK_H
#define CITABLE_TESTS_FUZZ_CHECK_H

#include "ingest/document.h"

/* What must hold whatever the input was. */
#define CHECK(condition) g_assert(condition)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline bool check_boundary(const struct document *doc, uint32_t at)
{
    return at <= doc->text->len && (at == doc->text->len || ((unsigned char)doc->text->str[at] & 0xC0) != 0x80);
}

static inline void check_span(const struct document *doc, struct span span)
{
    CHECK(span.start <= span.end && check_boundary(doc, span.start) && check_boundary(doc, span.end));
}

/* Does the source of a clean byte stand for it? */
static inline bool check_near(struct slice file, uint32_t at, char c)
{
    if (file.ptr[at] == '&' || (g_ascii_isalpha(c) && (unsigned char)file.ptr[at] >= 0x80)) /* "&#56;"; a ligature or an accent beside its letter */
        return true;
    if (g_ascii_isalpha(c) && at > 0 && (unsigned char)file.ptr[at - 1] == 0xFB) /* a ligature's last, behind FB, which its span holds too */
        return true;
    for (uint32_t i = at; i < MIN(file.len, at + 4); i++) /* UTF-16 and UTF-32 put it into one of their bytes, the ligatures (U+FB00 and on) their FB */
        if (file.ptr[i] == c || (g_ascii_isalpha(c) && (unsigned char)file.ptr[i] == 0xFB))
            return true;
    return false;
}

/* Was the way back lost, since what was read is not the file's own bytes (a string of JSON, a member of an archive)? */
static inline bool check_lost(const struct document *doc)
{
    for (guint i = 0; i < doc->shifts->len; i++)
        if (DOCUMENT_AT(doc->shifts, struct shift, i).source != NONE)
            return false;
    return true;
}

/* Every clean byte has its source in the file, white space and the stroke of a fraction aside; a letter or digit of ASCII is the one that stands there, or part of
 * what does: a number is never changed. */
static inline void check_shifts(const struct document *doc, struct slice file)
{
    uint32_t clean = 0;
    if (check_lost(doc))
        return;
    CHECK(DOCUMENT_AT(doc->shifts, struct shift, 0).clean == 0);
    for (guint i = 0; i < doc->shifts->len; i++) {
        const struct shift *shift = &DOCUMENT_AT(doc->shifts, struct shift, i);
        uint32_t stop = i + 1 < doc->shifts->len ? DOCUMENT_AT(doc->shifts, struct shift, i + 1).clean : (uint32_t)doc->text->len;
        CHECK(shift->clean >= clean && shift->clean <= stop);
        for (clean = shift->clean; clean < stop; clean++) {
            char c = doc->text->str[clean];
            if (shift->source == NONE) {
                CHECK(strchr(" \t\n\f/", c) != NULL);
                continue;
            }
            uint32_t source = shift->source + (clean - shift->clean);
            CHECK(source < file.len && (!g_ascii_isalnum(c) || check_near(file, source, c)));
        }
    }
}

/* Spans lie in order and on character boundaries. */
static inline void check_document(const struct document *doc, struct slice file)
{
    uint32_t end = 0;
    CHECK(g_utf8_validate(doc->text->str, (gssize)doc->text->len, NULL) || memchr(doc->text->str, 0, doc->text->len));
    for (guint i = 0; i < doc->passages->len; i++) {
        struct span span = DOCUMENT_AT(doc->passages, struct passage, i).span;
        check_span(doc, span);
        CHECK(span.start >= end && span.end > span.start);
        end = span.end;
    }
    for (guint i = 0; i < doc->sentences->len; i++) {
        const struct sentence *sentence = &DOCUMENT_AT(doc->sentences, struct sentence, i);
        struct span passage = DOCUMENT_AT(doc->passages, struct passage, sentence->passage).span;
        check_span(doc, sentence->span);
        CHECK(sentence->span.start >= passage.start && sentence->span.end <= passage.end && sentence->span.end > sentence->span.start);
    }
    for (guint i = 0; i < doc->marks->len; i++) {
        const struct mark *mark = &DOCUMENT_AT(doc->marks, struct mark, i);
        CHECK(check_boundary(doc, mark->at) && (i == 0 || mark->at >= DOCUMENT_AT(doc->marks, struct mark, i - 1).at));
        CHECK(mark->note == NONE || mark->note < doc->notes->len);
        CHECK(mark->source.start == NONE || (mark->source.start < mark->source.end && mark->source.end <= file.len));
    }
    for (guint i = 0; i < doc->notes->len; i++)
        check_span(doc, DOCUMENT_AT(doc->notes, struct note, i).span);
    for (guint i = 0; i < doc->cells->len; i++)
        check_span(doc, DOCUMENT_AT(doc->cells, struct cell, i).span);
    check_shifts(doc, file);
}

#endif
