/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/passage.h"

#include "ingest/note_link.h"

static void add_sentences(struct document *doc, uint32_t index)
{
    const struct passage *passage = &DOCUMENT_AT(doc->passages, struct passage, index);
    struct sentence sentence = {passage->span, index};
    g_array_append_val(doc->sentences, sentence);
}

void passages_finish(struct document *doc)
{
    notes_link(doc);
    uint32_t heading = NONE, page = 0, number = 0;
    for (guint i = 0; i < doc->passages->len; i++) {
        struct passage *passage = &DOCUMENT_AT(doc->passages, struct passage, i);
        if (passage->page != page)
            number = 0;
        page = passage->page;
        passage->number = ++number;
        passage->heading = heading;
        if (passage->zone == ZONE_HEADING)
            heading = i;
        add_sentences(doc, i);
    }
    if (!doc->metadata.language)
        doc->metadata.language = g_strdup("en");
}
