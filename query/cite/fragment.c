/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/cite/fragment.h"

/*  What a page prints and what our text says differ in known places. Those are holes; words to search for are taken from the runs between them.
 *
 *    page    …gangs made 851¹ people leave the nar-     text directive   [gangs made] 851 [people leave the narco-state of] (half-)
 *            co-state of half-                          (holes)                      mark                                  kept hyphen
 *            built towns.                               phrase, one line [gangs made 851] [people leave the] narco-state …
 */
enum {
    EXACT_BYTES = 300,      /* a longer quote is named by its two ends, as browsers do themselves */
    END_WORDS = 6,          /* words of an end, where they suffice */
    END_WORDS_MAX = 16,
    CONTEXT_WORDS_MAX = 12, /* of prefix and suffix */
    PHRASE_BYTES = 80,
    PHRASE_LEAST = 12,      /* of a line without the figure */
};

struct search {
    struct slice text;       /* the passage */
    uint32_t base;           /* where it begins in the document; all spans below count from it */
    const GArray *lines;     /* struct stored_line (these count from the document's start) */
    const GArray *marks;     /* uint32_t, as well */
    struct wording *wording;
    uint32_t page;           /* of the link */
    bool printed;            /* a PDF: viewers part the cells of a row by a space, web pages by more */
    struct span quote, focus;
};

static struct slice words_of(const struct search *s, struct span span)
{
    return slice_sub(s->text, span.start, span.end);
}

static bool is_space(const struct search *s, uint32_t at)
{
    return at >= s->text.len || g_ascii_isspace(s->text.ptr[at]);
}

/* The word, as white space parts it, around a byte; grown to both sides. */
static struct span word_around(const struct search *s, uint32_t start, uint32_t end)
{
    while (start > 0 && !is_space(s, start - 1))
        start--;
    while (end < s->text.len && !is_space(s, end))
        end++;
    return (struct span){start, end};
}

static struct span trimmed(const struct search *s, struct span span)
{
    while (span.start < span.end && is_space(s, span.start))
        span.start++;
    while (span.end > span.start && is_space(s, span.end - 1))
        span.end--;
    return span;
}

static bool says_something(const struct search *s, struct span span)
{
    for (const char *p = s->text.ptr + span.start; p < s->text.ptr + span.end; p = g_utf8_next_char(p))
        if (g_unichar_isalnum(g_utf8_get_char(p)))
            return true;
    return false;
}

/* Without the words at either end that hold no letter or digit: bullets, which fonts of signs print and browsers read as other characters. */
static struct span without_signs(const struct search *s, struct span span)
{
    span = trimmed(s, span);
    for (bool cut = true; cut && span.start < span.end;) {
        struct span first = {span.start, span.start}, last = {span.end, span.end};
        while (first.end < span.end && !is_space(s, first.end))
            first.end++;
        while (last.start > span.start && !is_space(s, last.start - 1))
            last.start--;
        cut = !says_something(s, first) || !says_something(s, last);
        if (!says_something(s, first))
            span.start = first.end;
        else if (cut)
            span.end = last.start;
        span = trimmed(s, span);
    }
    return span;
}

/* Is the character before a byte, or at it, a letter or a digit? */
static bool letter_before(const struct search *s, uint32_t at, bool digits)
{
    const char *before = at > 0 ? g_utf8_find_prev_char(s->text.ptr, s->text.ptr + at) : NULL;
    gunichar c = before ? g_utf8_get_char(before) : ' ';
    return g_unichar_isalpha(c) || (digits && g_unichar_isdigit(c));
}

static const struct stored_line *line_at(const struct search *s, guint i)
{
    return &g_array_index(s->lines, struct stored_line, i);
}

/* Where a line ends inside the passage; NONE at the passage's ends. */
static uint32_t line_end(const struct search *s, guint i)
{
    uint32_t end = line_at(s, i)->span.end;
    return end > s->base && end < s->base + s->text.len ? end - s->base : NONE;
}

/* Does the next line stand beside this one, as the cells of a table's row do? */
static bool goes_on(const struct search *s, guint i)
{
    const struct place_on_page *this = &line_at(s, i)->place, *next = i + 1 < s->lines->len ? &line_at(s, i + 1)->place : NULL;
    float middle = (this->box.y0 + this->box.y1) / 2;
    return next && next->page == this->page && next->box.x0 >= this->box.x1 && next->box.y0 < middle && middle < next->box.y1;
}

static void add_hole(GArray *holes, uint32_t start, uint32_t end)
{
    struct span hole = {start, end};
    g_array_append_val(holes, hole);
}

static gint by_start(gconstpointer a, gconstpointer b)
{
    const struct span *one = a, *other = b;
    return one->start < other->start ? -1 : one->start > other->start;
}

/* A note mark, printed where our text has none. Glued to a word it hides the word's end from those who look for whole words. */
static void mark_holes(const struct search *s, bool whole_words, GArray *holes)
{
    for (guint i = 0; i < s->marks->len; i++) {
        uint32_t at = g_array_index(s->marks, uint32_t, i);
        if (at < s->base || at > s->base + s->text.len)
            continue;
        at -= s->base;
        bool glued = whole_words && letter_before(s, at, true);
        add_hole(holes, glued ? word_around(s, at, at).start : at, at);
    }
}

/* A line's end inside a word. Hyphens that were joined are joined by browsers, too, other signs are not; a search on one line wants neither. */
static void line_holes(const struct search *s, bool one_line, GArray *holes)
{
    for (guint i = 0; i + 1 < s->lines->len; i++) {
        uint32_t end = line_end(s, i);
        if (end == NONE)
            continue;
        bool inside = !is_space(s, end - 1) && !is_space(s, end);
        struct span word = inside ? word_around(s, end, end) : (struct span){end, end};
        if ((one_line && !goes_on(s, i)) || (inside && !letter_before(s, end, false)))
            add_hole(holes, word.start, word.end);
    }
}

/* In order of their start. one_line: for the phrase, else for the text directive. */
static GArray *holes_new(const struct search *s, bool one_line)
{
    GArray *holes = g_array_new(FALSE, FALSE, sizeof(struct span));
    mark_holes(s, !one_line, holes);
    line_holes(s, one_line, holes);
    for (uint32_t i = 0; i < s->text.len; i++)
        if ((!s->printed && s->text.ptr[i] == '\t') || (one_line && s->text.ptr[i] == '"')) /* pdf.js takes quotation marks out of what it is to find */
            add_hole(holes, i, i + 1);
    g_array_sort(holes, by_start);
    return holes;
}

/* The runs of `within` between holes. */
static GArray *runs_new(const struct search *s, const GArray *holes, struct span within)
{
    GArray *runs = g_array_new(FALSE, FALSE, sizeof(struct span));
    uint32_t at = within.start;
    for (guint i = 0; i <= holes->len; i++) {
        struct span hole = i < holes->len ? g_array_index(holes, struct span, i) : (struct span){within.end, within.end};
        struct span run = without_signs(s, (struct span){at, MAX(at, MIN(hole.start, within.end))});
        if (run.start < run.end)
            g_array_append_val(runs, run);
        at = MIN(MAX(at, hole.end), within.end);
    }
    return runs;
}

/* The quote's part around the focus that goes down one column of one page; other columns and notes may stand between the parts. */
static struct span part_of(const struct search *s)
{
    struct span part = s->quote;
    for (guint i = 0; i + 1 < s->lines->len; i++) {
        const struct place_on_page *this = &line_at(s, i)->place, *next = &line_at(s, i + 1)->place;
        uint32_t end = line_end(s, i);
        if (end == NONE || (this->page == next->page && next->box.y1 >= this->box.y0))
            continue;
        struct span word = is_space(s, end - 1) || is_space(s, end) ? (struct span){end, end} : word_around(s, end, end);
        if (word.start > s->focus.start)
            part.end = MIN(part.end, word.start);
        else
            part.start = MAX(part.start, word.end);
    }
    return part.start < part.end ? part : (struct span){s->quote.start, s->quote.start};
}

/* The end of the first n words of a span, and the start of its last n. */
static uint32_t first_words(const struct search *s, struct span span, unsigned n)
{
    uint32_t at = span.start;
    for (unsigned i = 0; i < n && at < span.end; i++) {
        while (at < span.end && is_space(s, at))
            at++;
        while (at < span.end && !is_space(s, at))
            at++;
    }
    return at;
}

static uint32_t last_words(const struct search *s, struct span span, unsigned n)
{
    uint32_t at = span.end;
    for (unsigned i = 0; i < n && at > span.start; i++) {
        while (at > span.start && is_space(s, at - 1))
            at--;
        while (at > span.start && !is_space(s, at - 1))
            at--;
    }
    return at;
}

static bool stands_once(const struct search *s, struct span span)
{
    return wording_count(s->wording, words_of(s, span)) == 1;
}

/* Words before a span, or behind it, that make it stand once; nothing of a hole lies between. */
static bool context_of(const struct search *s, const GArray *runs, struct span span, bool behind, struct slice *ret)
{
    struct span room = span;
    for (guint i = 0; i < runs->len; i++) {
        const struct span *run = &g_array_index(runs, struct span, i);
        if (run->start <= span.start && span.end <= run->end)
            room = *run;
    }
    for (unsigned n = 1; n <= CONTEXT_WORDS_MAX; n++) {
        struct span context = behind ? (struct span){span.end, first_words(s, (struct span){span.end, room.end}, n)}
                                     : (struct span){last_words(s, (struct span){room.start, span.start}, n), span.start};
        if (!stands_once(s, behind ? (struct span){span.start, context.end} : (struct span){context.start, span.end}))
            continue;
        *ret = words_of(s, trimmed(s, context));
        return ret->len > 0;
    }
    return false;
}

static bool exact(const struct search *s, const GArray *around, struct span run, struct fragment *ret)
{
    ret->start = words_of(s, run);
    return stands_once(s, run) || context_of(s, around, run, false, &ret->prefix) || context_of(s, around, run, true, &ret->suffix);
}

/* Two ends: the first must stand once, the second must not be met before it stands where it is meant. */
static bool two_ends(const struct search *s, const GArray *around, struct span first, struct span last, struct fragment *ret)
{
    struct span head = {first.start, first.start};
    bool ok = false;
    for (unsigned n = END_WORDS; !ok && n <= END_WORDS_MAX && head.end < first.end; n++) {
        head.end = first_words(s, first, n);
        ok = stands_once(s, head);
    }
    if (!ok) {
        head.end = first_words(s, first, END_WORDS);
        ok = context_of(s, around, head, false, &ret->prefix);
    }
    ret->start = words_of(s, head);
    struct span tail = {last.end, last.end}, between = {head.end, last.end};
    last.start = MAX(last.start, head.end);
    for (unsigned n = END_WORDS; ok && n <= END_WORDS_MAX && tail.start > last.start; n++) {
        tail.start = last_words(s, last, n);
        ret->end = words_of(s, trimmed(s, tail));
        if (wording_times(words_of(s, between), ret->end) == 1)
            return true;
    }
    return false;
}

/* The widest part that can be named, beginning at or before the focus. */
static void choose_directive(const struct search *s, struct span part, struct fragment *ret)
{
    g_autoptr(GArray) holes = holes_new(s, false), runs = runs_new(s, holes, part);
    g_autoptr(GArray) around = runs_new(s, holes, (struct span){0, (uint32_t)s->text.len});
    for (guint i = 0; i < runs->len; i++) {
        struct span first = g_array_index(runs, struct span, i), last = g_array_index(runs, struct span, runs->len - 1);
        if (i > 0 && first.start > s->focus.start)
            return;
        struct fragment fragment = {.phrase = ret->phrase};
        bool one = i + 1 == runs->len && first.end - first.start <= EXACT_BYTES;
        if (one ? exact(s, around, first, &fragment) : two_ends(s, around, first, last, &fragment)) {
            *ret = fragment;
            return;
        }
    }
}

/* At most PHRASE_BYTES of a run, whole words; those of the focus among them. */
static struct span window_of(const struct search *s, struct span run)
{
    struct span window = run.start <= s->focus.start && s->focus.start < run.end ? word_around(s, s->focus.start, MIN(MAX(s->focus.end, s->focus.start), run.end)) : run;
    window = (struct span){MAX(window.start, run.start), MIN(window.end, run.end)};
    if (window.end - window.start > PHRASE_BYTES)
        window.end = window.start;
    for (bool grown = true; grown;) {
        uint32_t end = first_words(s, (struct span){window.end, run.end}, 1), start = last_words(s, (struct span){run.start, window.start}, 1);
        grown = false;
        if (end > window.end && end - window.start <= PHRASE_BYTES) {
            window.end = end;
            grown = true;
        }
        if (start < window.start && window.end - start <= PHRASE_BYTES) {
            window.start = start;
            grown = true;
        }
    }
    return trimmed(s, window);
}

/* The phrase of one printed line, if it has one that stands once on its page. */
static bool phrase_of(const struct search *s, const GArray *holes, struct span part, guint line, struct slice *ret)
{
    guint first = line, last = line;
    while (first > 0 && goes_on(s, first - 1))
        first--;
    while (goes_on(s, last))
        last++;
    uint32_t start = MAX(line_at(s, first)->span.start, s->base) - s->base, end = MIN(line_at(s, last)->span.end, s->base + (uint32_t)s->text.len);
    struct span within = {MAX(start, part.start), MIN(MAX(end, s->base) - s->base, part.end)};
    if (line_at(s, line)->place.page != s->page || within.start >= within.end)
        return false;
    g_autoptr(GArray) runs = runs_new(s, holes, within);
    struct span best = {0, 0};
    bool has_focus = false;
    for (guint i = 0; i < runs->len && !has_focus; i++) {
        struct span run = g_array_index(runs, struct span, i);
        has_focus = run.start <= s->focus.start && s->focus.start < run.end;
        if (has_focus || run.end - run.start > best.end - best.start)
            best = run;
    }
    struct slice phrase = words_of(s, window_of(s, best));
    if (phrase.len < (has_focus ? 1 : PHRASE_LEAST) || wording_count_on_page(s->wording, s->page, phrase) != 1)
        return false;
    *ret = phrase;
    return true;
}

/* The line of the focus, else the next ones, else those before. */
static void choose_phrase(const struct search *s, struct span part, struct fragment *ret)
{
    g_autoptr(GArray) holes = holes_new(s, true);
    guint line = 0;
    while (line + 1 < s->lines->len && line_at(s, line)->span.end <= s->base + s->focus.start)
        line++;
    for (guint i = line; i < s->lines->len; i++)
        if (phrase_of(s, holes, part, i, &ret->phrase))
            return;
    for (guint i = line; i-- > 0;)
        if (phrase_of(s, holes, part, i, &ret->phrase))
            return;
}

struct fragment fragment_of(const struct citation *citation)
{
    struct fragment fragment = {.phrase = {NULL, 0}};
    const struct passage_row *passage = citation->passage;
    struct search s = {.page = citation->page, .printed = g_strcmp0(citation->document->reader, "pdf") == 0};
    uint32_t len = passage ? (uint32_t)strlen(passage->text) : 0;
    if (!passage || !citation->wordings || citation->span.start < passage->span.start || citation->span.end > passage->span.start + len ||
        citation->focus.start < citation->span.start || citation->focus.end > citation->span.end)
        return fragment;
    if (s.printed && passage->flags & (PASSAGE_OCR | PASSAGE_HIDDEN)) /* what viewers cannot find, or not show */
        return fragment;
    if (!wordings_of(citation->wordings, passage->document, &s.wording, &s.marks))
        return fragment;
    s.text = slice_of(passage->text);
    s.base = passage->span.start;
    s.lines = passage->lines;
    s.quote = (struct span){citation->span.start - s.base, citation->span.end - s.base};
    s.focus = (struct span){citation->focus.start - s.base, citation->focus.end - s.base};
    struct span part = part_of(&s);
    if (s.printed)
        choose_phrase(&s, part, &fragment);
    choose_directive(&s, part, &fragment);
    return fragment;
}
