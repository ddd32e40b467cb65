/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/pass.h"

/* The marks were told from digits where the evidence is (ingest); here they become mentions. */
void extract_notes(struct extraction *x)
{
    for (guint i = 0; i < x->doc->marks->len; i++) {
        const struct mark *mark = &DOCUMENT_AT(x->doc->marks, struct mark, i);
        uint32_t before = mark->at > 0 ? mark->at - 1 : 0;
        struct mention mention = {
            .type = MENTION_NOTE,
            .span = {mark->at, mark->at},
            .passage = extraction_passage(x, before),
            .sentence = extraction_sentence(x, before),
            .rule = "note.mark",
            .mark = i,
        };
        g_array_append_val(mentions_of(x->mentions, MENTION_NOTE), mention);
    }
}
