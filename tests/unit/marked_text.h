/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_TESTS_MARKED_TEXT_H
#define CITABLE_TESTS_MARKED_TEXT_H

#include "ingest/document.h"

/* A document of a marked text: "||" begins a paragraph, "#" at the start of one makes it a heading, "| " begins a sentence, "^3 " is note mark 3. */
static inline void marked_sentence(struct document *doc, const char *text, uint32_t passage)
{
    uint32_t from = (uint32_t)doc->text->len;
    for (const char *p = text; *p; p++)
        if (*p == '^') {
            size_t len = strcspn(p + 1, " ");
            struct mark mark = {.at = (uint32_t)doc->text->len, .page = NONE, .label = g_strndup(p + 1, len), .note = NONE};
            g_array_append_val(doc->marks, mark);
            p += len;
        } else {
            g_string_append_c(doc->text, *p);
        }
    struct sentence sentence = {{from, (uint32_t)doc->text->len}, passage};
    g_array_append_val(doc->sentences, sentence);
}

static inline struct document *marked_document(const char *language, const char *text)
{
    struct document *doc = document_new("marked");
    doc->metadata.language = g_strdup(language);
    g_auto(GStrv) paragraphs = g_strsplit(text, "||", -1);
    uint32_t heading = NONE;
    for (char **paragraph = paragraphs; *paragraph; paragraph++) {
        bool head = **paragraph == '#';
        uint32_t start = (uint32_t)doc->text->len, passage = doc->passages->len;
        g_auto(GStrv) sentences = g_strsplit(*paragraph + head, "| ", -1);
        for (char **sentence = sentences; *sentence; sentence++) {
            marked_sentence(doc, *sentence, passage);
            if (sentence[1])
                g_string_append_c(doc->text, ' ');
        }
        struct passage made = {.span = {start, (uint32_t)doc->text->len}, .zone = head ? ZONE_HEADING : ZONE_BODY, .page = NONE, .heading = heading};
        g_array_append_val(doc->passages, made);
        g_string_append(doc->text, "\n\n");
        heading = head ? passage : heading;
    }
    return doc;
}

#endif
