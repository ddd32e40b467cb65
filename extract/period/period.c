/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/period/period.h"

#include "base/limits.h"

enum { FRONT_PASSAGES = 40, FRONT_PAGES = 2, FRONT_HEADINGS = 8, /* where a document says what it covers */ SAYING_TOKENS = 6, EVENT_TOKENS = 8, PLAN_TOKENS = 4, JUST_PAST_YEARS = 3 };
enum { PERIODS = 256 /* room for as many, before it grows */ };
enum { COVERS, COVERS_PERHAPS, COVERS_SINCE }; /* values of the class "covers" */

/* Is it a stretch that a document can be about: closed, and no single day? */
static bool stretch(const struct when *when)
{
    return when->anchor == ANCHOR_NONE && !when->open_a && !when->open_b && !when->decade && when->grain != GRAIN_DAY && when_valid(when);
}

/* Did it end before the document's date, and not long before? */
static bool just_past(const struct period_scan *s, const struct when *when)
{
    if (!s->has_date || s->date.year - when->b.year > JUST_PAST_YEARS)
        return false;
    return s->date.year > when->b.year || (s->date.year == when->b.year && when->b.month && s->date.month > when->b.month);
}

/* "strategic plan, 2022–2025" */
static bool planned(const struct period_scan *s, uint32_t i)
{
    for (uint32_t k = i; k > 0 && i - k < PLAN_TOKENS && !(s->tokens[k].flags & TOKEN_PASSAGE); k--)
        if (period_cue(s, k - 1, PERIOD_PLANNED))
            return true;
    return false;
}

/* "Situation as of 21 September 2014" in a title */
static bool snapshot(const struct period_scan *s, uint32_t i, const struct when *when)
{
    if (when->grain != GRAIN_DAY || when->anchor != ANCHOR_NONE || when->open_a || when->open_b)
        return false;
    for (uint32_t n = 1; n <= 3 && n <= i; n++) {
        const struct cue *cue = period_cue(s, i - n, PERIOD_SNAPSHOT);
        if (cue && cue->n == n)
            return true;
    }
    return false;
}

/* The first stretch in tokens [i, end). A year or month alone may be when the title was printed: it counts where it ended just before the document's date. */
static bool first_stretch(const struct period_scan *s, uint32_t i, uint32_t end, bool doubtful, struct when *ret)
{
    for (uint32_t after; i < end; i++) {
        if (!period_read(s, i, ret, &after) || after > end)
            continue;
        if (doubtful && snapshot(s, i, ret))
            return true;
        bool single = memcmp(&ret->a, &ret->b, sizeof ret->a) == 0;
        if (stretch(ret) && !(doubtful && planned(s, i)) && (!(single && doubtful) || just_past(s, ret)))
            return true;
        i = after - 1;
    }
    return false;
}

static bool own_from_title(const struct period_scan *s, struct when *ret)
{
    if (!s->doc->metadata.title || !strpbrk(s->doc->metadata.title, "0123456789")) /* no year in it */
        return false;
    struct document *title = document_new("title");
    document_append(title, slice_of(s->doc->metadata.title), NONE);
    g_autoptr(GArray) tokens = tokens_new(title), words = token_words(tokens);
    struct extraction x = *s->x;
    x.doc = title;
    x.tokens = tokens;
    x.words = words;
    x.starts = NULL;
    struct period_scan scan = *s;
    scan.x = &x;
    scan.doc = title;
    scan.tokens = (const void *)tokens->data;
    scan.n = tokens->len;
    scan.asked = &(struct period_asked){.token = NULL};
    cue_text_init(&scan.cues, s->cues.table, s->language, tokens, words);
    period_begin(&scan);
    bool found = first_stretch(&scan, 0, scan.n, true, ret);
    g_free(scan.begun);
    cue_text_clear(&scan.cues);
    document_free(title);
    return found;
}

/* What a sentence says behind "covers", "since the previous report of", or less surely behind "the present report". */
static bool own_from_cue(const struct period_scan *s, uint32_t i, uint32_t end, int strength, struct when *ret)
{
    uint32_t stop = i + 1;
    while (stop < end && !(s->tokens[stop].flags & TOKEN_SENTENCE))
        stop++;
    if (strength == COVERS_SINCE) {
        uint32_t after;
        for (i++; i < stop && s->has_date; i++)
            if (period_read(s, i, ret, &after) && ret->anchor == ANCHOR_NONE && ret->grain == GRAIN_DAY && ret->a.day) {
                ret->b = s->date;
                ret->open_a = ret->open_b = false;
                ret->grain = GRAIN_PERIOD;
                return when_valid(ret);
            }
        return false;
    }
    if (!first_stretch(s, i, stop, strength == COVERS_PERHAPS, ret))
        return false;
    return strength != COVERS_PERHAPS || (s->has_date && ret->b.year >= s->date.year - 1 && moment_compare(ret->b, s->date) <= 0);
}

/* The headings of the first page, and the sentence on the first two that says what the report covers. */
static bool own_from_front(const struct period_scan *s, struct when *ret)
{
    uint32_t headings = 0;
    for (guint p = 0; p < s->doc->passages->len && p < FRONT_PASSAGES; p++) {
        const struct passage *passage = &DOCUMENT_AT(s->doc->passages, struct passage, p);
        if (passage->page != NONE && passage->page > FRONT_PAGES)
            break;
        uint32_t i = extraction_token(s->x, passage->span.start), end = extraction_token(s->x, passage->span.end);
        if (passage->zone == ZONE_HEADING && headings++ < FRONT_HEADINGS && (passage->page == NONE || passage->page == 1) && first_stretch(s, i, end, true, ret))
            return true;
        for (; i < end; i++) {
            const struct cue *cue = period_cue(s, i, PERIOD_COVERS);
            if (cue && own_from_cue(s, i, end, cue->value, ret))
                return true;
        }
    }
    return false;
}

static void find_own(struct period_scan *s)
{
    const char *date = s->doc->metadata.date, *slash = date ? strchr(date, '/') : NULL; /* of a period, its end */
    s->has_date = moment_parse(slash ? slash + 1 : date, &s->date);
    s->has_own = when_parse(s->doc->metadata.period, &s->own) || own_from_title(s, &s->own) || own_from_front(s, &s->own);
    s->own.scope = SCOPE_DOCUMENT;
    if (s->has_own)
        s->x->mentions->period = when_edtf(s, &s->own);
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
        .passage = extraction_passage(s->x, span.start),
        .sentence = extraction_sentence(s->x, span.start),
        .rule = when->rule,
    };
    GArray *mentions = mentions_of(s->x->mentions, MENTION_PERIOD);
    if (mentions->len >= LIMIT_MENTIONS || !period_resolve(s, mention.passage, mention.sentence, when))
        return;
    mention.period = (struct period){when_edtf(s, when), when->scope, when->relative};
    if (mention.passage != NONE && !dates_a_saying(s, first, when))
        s->in_passage[mention.passage] = mentions->len;
    g_array_append_val(mentions, mention);
    g_array_append_val(s->read, *when);
}

/* "since hostilities resumed on 18 March": a stretch that is still open, with the event's words between. */
static void open_since(const struct period_scan *s, uint32_t first, struct when *when)
{
    if (when->open_a || when->open_b || when->relative || when->grain > GRAIN_YEAR || first == 0)
        return;
    for (uint32_t i = first; i > 0 && first - i < EVENT_TOKENS && !(s->tokens[i].flags & (TOKEN_SENTENCE | TOKEN_PASSAGE)); i--) {
        if (s->tokens[i - 1].class != TOKEN_WORD)
            return;
        if (period_cue(s, i - 1, PERIOD_SINCE_EVENT)) {
            when->open_b = true;
            when->rule = "period.since";
            return;
        }
    }
}

void extract_periods(struct extraction *x)
{
    struct period_written written[WRITTEN_PERIODS] = {{.edtf = NULL}};
    struct period_scan s = {
        .x = x,
        .doc = x->doc,
        .lexicon = x->extractor->lexicon,
        .language = language_of_document(x->doc),
        .tokens = (const void *)x->tokens->data,
        .n = x->tokens->len,
        .read = g_array_sized_new(FALSE, FALSE, sizeof(struct when), PERIODS),
        .in_passage = g_new(uint32_t, x->doc->passages->len + 1),
        .asked = &(struct period_asked){.token = NULL},
        .written = written,
    };
    memset(s.in_passage, 0xff, (x->doc->passages->len + 1) * sizeof *s.in_passage); /* NONE */
    cue_text_init(&s.cues, x->extractor->periods, s.language, x->tokens, x->words);
    period_begin(&s);
    find_own(&s);
    uint32_t n, end = 0;
    g_autofree uint32_t *places = period_places(&s, &n);
    for (uint32_t k = 0; k < n; k++) {
        struct when when;
        uint32_t i = places[k], after;
        token_fetch(s.tokens, places, k, n);
        if (i < end || !period_read(&s, i, &when, &after))
            continue;
        open_since(&s, i, &when);
        add_mention(&s, i, after, &when);
        end = after;
    }
    g_array_unref(s.read);
    g_free(s.in_passage);
    g_free(s.begun);
    cue_text_clear(&s.cues);
}
