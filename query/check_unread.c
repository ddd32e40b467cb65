/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/check_parts.h"

static void add_spans(GArray *known, const GArray *mentions)
{
    for (guint i = 0; i < mentions->len; i++)
        g_array_append_val(known, g_array_index(mentions, struct mention, i).span);
}

/* Where numbers are accounted for: figures, periods, names, and what a rule says is no figure. */
static GArray *known_spans(const struct mentions *mentions, const GArray *trace)
{
    GArray *known = g_array_new(FALSE, FALSE, sizeof(struct span));
    static const enum mention_type types[] = {MENTION_FIGURE, MENTION_PERIOD, MENTION_LOCATION, MENTION_ACTOR};
    for (size_t i = 0; i < G_N_ELEMENTS(types); i++)
        add_spans(known, mentions_of(mentions, types[i]));
    for (guint i = 0; i < trace->len; i++) {
        const struct rule_event *event = &g_array_index(trace, struct rule_event, i);
        if (g_strcmp0(event->why, "excluded") == 0 || g_strcmp0(event->rule, "number.excluded") == 0)
            g_array_append_val(known, event->span);
    }
    return known;
}

static bool touches(const GArray *spans, struct span span)
{
    for (guint i = 0; i < spans->len; i++) {
        const struct span *other = &g_array_index(spans, struct span, i);
        if (span.start < other->end && other->start < span.end)
            return true;
    }
    return false;
}

/* Numbers in digits that nobody accounted for. */
void add_unread(const struct document *draft, const struct mentions *mentions, const GArray *trace, GPtrArray *findings)
{
    g_autoptr(GArray) known = known_spans(mentions, trace);
    struct slice text = document_text(draft);
    for (uint32_t i = 0; i < text.len;) {
        if (!g_ascii_isdigit(text.ptr[i])) {
            i++;
            continue;
        }
        struct span span = {i, i};
        while (span.end < text.len && (g_ascii_isdigit(text.ptr[span.end]) ||
                                       ((text.ptr[span.end] == ',' || text.ptr[span.end] == '.') && span.end + 1 < text.len && g_ascii_isdigit(text.ptr[span.end + 1]))))
            span.end++;
        i = span.end;
        bool in_word = span.start > 0 && (g_ascii_isalpha(text.ptr[span.start - 1]) || text.ptr[span.start - 1] == '_');
        if (in_word || touches(known, span) || document_passage_at(draft, span.start) == NONE)
            continue;
        struct finding *finding = finding_new(draft, span, document_sentence_at(draft, span.start));
        finding->verdict = VERDICT_NOT_READ;
        finding->why = g_strdup("no rule understood this number: check it by hand");
        g_ptr_array_add(findings, finding);
    }
}
