/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/period.h"

#include "base/limits.h"

enum { FRONT_PASSAGES = 40, FRONT_PAGES = 2, FRONT_HEADINGS = 8, /* where a document says what it covers */ SAYING_TOKENS = 6 };

/* Is it a stretch that a document can be about: closed, and no single day? */
static bool stretch(const struct when *when)
{
    return when->anchor == ANCHOR_NONE && !when->open_a && !when->open_b && !when->decade && when->grain != GRAIN_DAY && when_valid(when);
}

/* The first stretch in tokens [i, end). A year or month alone may be when the title was printed: it counts where it ended before the document's date. */
static bool first_stretch(const struct period_scan *s, uint32_t i, uint32_t end, bool dated, struct when *ret)
{
    for (uint32_t after; i < end; i++) {
        if (!period_read(s, i, ret, &after) || after > end)
            continue;
        bool single = ret->grain == GRAIN_YEAR || ret->grain == GRAIN_MONTH;
        bool past = s->has_date && (s->date.year > ret->b.year || (s->date.year == ret->b.year && ret->b.month && s->date.month > ret->b.month));
        if (stretch(ret) && (!single || !dated || past))
            return true;
        i = after - 1;
    }
    return false;
}

static bool own_from_title(const struct period_scan *s, struct when *ret)
{
    if (!s->doc->metadata.title)
        return false;
    struct document *title = document_new("title");
    document_append(title, slice_of(s->doc->metadata.title), NONE);
    g_autoptr(GArray) tokens = tokens_new(title);
    struct extraction x = *s->x;
    x.doc = title;
    x.tokens = tokens;
    struct period_scan scan = *s;
    scan.x = &x;
    scan.doc = title;
    scan.tokens = (const void *)tokens->data;
    scan.n = tokens->len;
    bool found = first_stretch(&scan, 0, scan.n, true, ret);
    document_free(title);
    return found;
}

/* The headings of the first page, and the sentence on the first two that says what the report covers. */
static bool own_from_front(const struct period_scan *s, struct when *ret)
{
    uint32_t headings = 0;
    for (guint p = 0; p < s->doc->passages->len && p < FRONT_PASSAGES; p++) {
        const struct passage *passage = &DOCUMENT_AT(s->doc->passages, struct passage, p);
        if (passage->page != NONE && passage->page > FRONT_PAGES)
            break;
        uint32_t i = token_at(s->x->tokens, passage->span.start), end = token_at(s->x->tokens, passage->span.end);
        if (passage->zone == ZONE_HEADING && headings++ < FRONT_HEADINGS && (passage->page == NONE || passage->page == 1) && first_stretch(s, i, end, true, ret))
            return true;
        for (; i < end; i++)
            if (period_cue(s, i, PERIOD_COVERS)) {
                uint32_t stop = i + 1;
                while (stop < end && !(s->tokens[stop].flags & TOKEN_SENTENCE))
                    stop++;
                if (first_stretch(s, i, stop, false, ret))
                    return true;
            }
    }
    return false;
}

static void find_own(struct period_scan *s)
{
    s->has_date = moment_parse(s->doc->metadata.date, &s->date);
    s->has_own = when_parse(s->doc->metadata.period, &s->own) || own_from_title(s, &s->own) || own_from_front(s, &s->own);
    s->own.scope = SCOPE_DOCUMENT;
    if (s->has_own)
        s->x->mentions->period = when_edtf(s->x->mentions, &s->own);
}

/* "said on Monday", "announced on 5 March": no later words count from there. */
static bool dates_a_saying(const struct period_scan *s, uint32_t first, const struct when *when)
{
    if (when->grain != GRAIN_DAY)
        return false;
    for (uint32_t i = first; i > 0 && first - i < SAYING_TOKENS && !(s->tokens[i].flags & (TOKEN_SENTENCE | TOKEN_PASSAGE)); i--)
        if (period_cue(s, i - 1, PERIOD_SAID))
            return true;
    return when->anchor == ANCHOR_WEEKDAY || g_str_equal(when->rule, "period.day");
}

static void add_mention(struct period_scan *s, uint32_t first, uint32_t after, struct when *when)
{
    struct span span = {s->tokens[first].span.start, s->tokens[after - 1].span.end};
    struct mention mention = {
        .type = MENTION_PERIOD,
        .span = span,
        .passage = document_passage_at(s->doc, span.start),
        .sentence = document_sentence_at(s->doc, span.start),
        .rule = when->rule,
    };
    GArray *mentions = mentions_of(s->x->mentions, MENTION_PERIOD);
    if (mentions->len >= LIMIT_MENTIONS || !period_resolve(s, mention.passage, mention.sentence, when))
        return;
    mention.period = (struct period){when_edtf(s->x->mentions, when), when->scope, when->relative};
    if (mention.passage != NONE && !dates_a_saying(s, first, when))
        s->in_passage[mention.passage] = mentions->len;
    g_array_append_val(mentions, mention);
    g_array_append_val(s->read, *when);
}

void extract_periods(struct extraction *x)
{
    struct period_scan s = {
        .x = x,
        .doc = x->doc,
        .words = x->extractor->periods,
        .lexicon = x->extractor->lexicon,
        .language = language_of_document(x->doc),
        .tokens = (const void *)x->tokens->data,
        .n = x->tokens->len,
        .read = g_array_new(FALSE, FALSE, sizeof(struct when)),
        .in_passage = g_new(uint32_t, x->doc->passages->len + 1),
    };
    for (guint i = 0; i <= x->doc->passages->len; i++)
        s.in_passage[i] = NONE;
    find_own(&s);
    for (uint32_t i = 0, after; i < s.n;) {
        struct when when;
        bool may_begin = s.tokens[i].class == TOKEN_NUMBER || cue_at(s.words, s.language, x->tokens, i);
        if (may_begin && period_read(&s, i, &when, &after)) {
            add_mention(&s, i, after, &when);
            i = after;
        } else {
            i++;
        }
    }
    g_array_unref(s.read);
    g_free(s.in_passage);
}
