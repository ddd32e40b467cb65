/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/passage.h"

#include "ingest/facts/first_page.h"
#include "ingest/language.h"
#include "ingest/note_link.h"
#include "ingest/repeat.h"
#include "ingest/sentence.h"

/* What the document is written in, where its reader or its user did not say. English where there is too little text to tell: the rules of English read the most. */
static void find_language(struct document *doc)
{
    if (doc->metadata.language && doc->metadata.language[0])
        return;
    const char *language = language_of_text(document_text(doc));
    g_free(doc->metadata.language);
    doc->metadata.language = g_strdup(language ? language : "en");
}

enum { LEVELS = 8 };

/* The heading over a passage: the last one above it; over a heading, the last one of a higher rank. */
static uint32_t heading_over(const struct passage *passage, const uint32_t last[LEVELS])
{
    uint32_t heading = NONE;
    for (unsigned level = 0; level < (passage->zone == ZONE_HEADING ? MIN(passage->level, LEVELS - 1) : LEVELS); level++)
        if (last[level] != NONE && (heading == NONE || last[level] > heading))
            heading = last[level];
    return heading;
}

static void number_passages(struct document *doc)
{
    uint32_t last[LEVELS], page = 0, number = 0;
    memset(last, 0xFF, sizeof last); /* NONE */
    for (guint i = 0; i < doc->passages->len; i++) {
        struct passage *passage = &DOCUMENT_AT(doc->passages, struct passage, i);
        number = passage->page == page ? number + 1 : 1;
        page = passage->page;
        passage->number = number;
        passage->heading = heading_over(passage, last);
        if (passage->zone != ZONE_HEADING)
            continue;
        unsigned level = MIN(passage->level, LEVELS - 1);
        last[level] = i;
        for (unsigned below = level + 1; below < LEVELS; below++)
            last[below] = NONE;
    }
}

void passages_finish(struct document *doc)
{
    find_language(doc);
    notes_link(doc);
    sentences_find(doc, doc->metadata.language);
    number_passages(doc);
    repeats_find(doc);
    first_page_facts(doc);
}
