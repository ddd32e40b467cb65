/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/printed/notes.h"

#include "base/sorted.h"

enum {
    NOTE_LINES = 20,    /* lines of a footnote, at most */
    END_LINES = 40,     /* of an endnote */
    FOOT_NOTES = 64,    /* notes at the foot of one page, at most */
    FOOT_TRIES = 5,     /* labels at a page's end that may be the last note's */
    RUN_LEAST = 3,      /* notes of a run at the end */
};

static const float support_least = 0.5f; /* weight of a candidate that speaks for a note of its number */
static const float counting_least = 1.5f;
static const float top_least = 0.25f;    /* and that is enough for the first note of a block, where most others have such a one */

/* A line that begins as a note does. */
struct start {
    uint32_t line, text; /* text: byte behind the label; the end of the line where the label stands alone */
    uint16_t number;
    char symbol[8];
};

struct notes {
    struct text_lines *lines;
    const GArray *candidates;
    GArray *starts; /* struct start, by line */
    GArray *found;  /* struct text_note */
};

/* "¹²": the number of superscript digits at *at. */
static bool read_superscript(const char *text, uint32_t *at, uint32_t end, uint16_t *ret)
{
    unsigned number = 0;
    for (int digit; *at < end && (digit = mark_superscript(g_utf8_get_char(text + *at))) >= 0; *at = (uint32_t)(g_utf8_next_char(text + *at) - text))
        number = MIN(number * 10 + (unsigned)digit, MARK_MOST);
    *ret = (uint16_t)number;
    return number > 0;
}

/* "*2506057*" is a bar code, not a note. */
static bool is_code(struct slice line)
{
    return line.len > 2 && line.ptr[0] == '*' && line.ptr[line.len - 1] == '*';
}

/* Reads a label at the beginning of a line: "12 See", "12. See", "12See", "[12] See", "12" alone, "* See". */
static bool read_start(const struct text_lines *lines, guint index, struct start *ret)
{
    const struct text_line *line = text_line_at(lines, index);
    const char *text = lines->text.ptr;
    uint32_t at = line->start, end = line->end;
    *ret = (struct start){.line = index};
    if (is_code(slice_make(text + at, end - at)))
        return false;
    while (at < end && (text[at] == '*' || (end - at >= 3 && (memcmp(text + at, "†", 3) == 0 || memcmp(text + at, "‡", 3) == 0)))) {
        uint32_t len = text[at] == '*' ? 1 : 3;
        if (strlen(ret->symbol) + len >= sizeof ret->symbol)
            return false;
        memcpy(ret->symbol + strlen(ret->symbol), text + at, len);
        at += len;
    }
    bool bracket = !ret->symbol[0] && at < end && text[at] == '[';
    at += bracket;
    uint32_t digits = at;
    if (!ret->symbol[0] && !bracket && read_superscript(text, &at, end, &ret->number)) {
        while (at < end && g_ascii_isspace(text[at]))
            at++;
        ret->text = at;
        return true;
    }
    while (!ret->symbol[0] && at < end && g_ascii_isdigit(text[at]) && at - digits < 4)
        at++;
    if (!ret->symbol[0] && (at == digits || at - digits > 3 || text[digits] == '0'))
        return false;
    ret->number = ret->symbol[0] ? 0 : (uint16_t)g_ascii_strtoull(text + digits, NULL, 10);
    if (bracket && (at == end || text[at++] != ']'))
        return false;
    if (at < end && (text[at] == '.' || text[at] == ')') && !(at + 1 < end && g_ascii_isdigit(text[at + 1])))
        at++;
    bool space = at < end && g_ascii_isspace(text[at]);
    while (at < end && g_ascii_isspace(text[at]))
        at++;
    ret->text = at;
    gunichar next = at < end ? g_utf8_get_char(text + at) : 0;
    return next == 0 || space || ret->symbol[0] || g_unichar_isupper(next) || next == 0x201C || next == '"' || (end - at > 4 && memcmp(text + at, "http", 4) == 0);
}

static void find_starts(struct notes *n)
{
    for (guint i = 0; i < n->lines->lines->len; i++) {
        struct start start;
        if (text_line_at(n->lines, i)->kind == LINE_TEXT && read_start(n->lines, i, &start))
            g_array_append_val(n->starts, start);
    }
}

static struct start *start_at(const struct notes *n, guint i)
{
    return &g_array_index(n->starts, struct start, i);
}

/* Index of the first candidate at or behind a line. */
static guint candidate_from(const struct notes *n, uint32_t line)
{
    return SORTED_FROM(n->candidates, struct mark_candidate, line, line);
}

/* Can a mark with this label, of this weight or more, stand in lines [from, to)? */
static bool has_mark(const struct notes *n, const struct start *start, uint32_t from, uint32_t to, float least)
{
    for (guint i = candidate_from(n, from); i < n->candidates->len; i++) {
        const struct mark_candidate *candidate = &g_array_index(n->candidates, struct mark_candidate, i);
        if (candidate->line >= to)
            return false;
        if (candidate->number != start->number || candidate->weight < least)
            continue;
        struct slice label = slice_of(start->symbol);
        if (start->number > 0 || slice_equal(label, slice_make(n->lines->text.ptr + candidate->start, candidate->end - candidate->start)))
            return true;
    }
    return false;
}

static void add_note(struct notes *n, const struct start *start, uint32_t first, uint32_t last, uint32_t text, bool foot)
{
    struct text_note note = {.number = start->number, .first = first, .last = last, .text = text, .page = text_line_at(n->lines, first)->page, .foot = foot};
    if (start->number > 0)
        g_snprintf(note.label, sizeof note.label, "%u", start->number);
    else
        g_strlcpy(note.label, start->symbol, sizeof note.label);
    for (uint32_t i = first; i < last; i++)
        if (text_line_at(n->lines, i)->kind == LINE_TEXT)
            text_line_at(n->lines, i)->kind = LINE_NOTE;
    g_array_append_val(n->found, note);
}

/* Goes up from the start `last` as long as the label before stands within a note's length. Members end up in reverse; returns their number. */
static guint climb(const struct notes *n, guint last, guint lowest, guint members[FOOT_NOTES])
{
    guint len = 0;
    members[len++] = last;
    for (guint i = last; i-- > lowest && len < FOOT_NOTES;) {
        const struct start *below = start_at(n, members[len - 1]), *start = start_at(n, i);
        if (below->line - start->line > NOTE_LINES)
            break;
        if (below->number > 0 ? start->number + 1 == below->number : start->symbol[0] != 0)
            members[len++] = i;
    }
    return len;
}

/* Does a drawn line part this line from what stands above it on its page? */
static bool rule_above(const struct notes *n, uint32_t line)
{
    return line > 0 && text_line_at(n->lines, line - 1)->kind == LINE_RULE && text_line_at(n->lines, line - 1)->page == text_line_at(n->lines, line)->page;
}

/* Keeps of a climbed chain what is under a rule, else what has its marks above on the page; 0 = it is no block of notes. */
static guint supported(const struct notes *n, const guint *members, guint len, uint32_t page_from)
{
    for (guint kept = len; kept > 0; kept--) /* the topmost first */
        if (rule_above(n, start_at(n, members[kept - 1])->line))
            return kept;
    for (guint kept = len; kept > 0; kept--) {
        uint32_t top = start_at(n, members[kept - 1])->line;
        guint with = 0;
        for (guint i = 0; i < kept; i++)
            with += has_mark(n, start_at(n, members[i]), page_from, top, support_least);
        if (with * 2 >= kept && has_mark(n, start_at(n, members[kept - 1]), page_from, top, top_least))
            return kept;
    }
    return 0;
}

static bool alone_on_line(const struct notes *n, const struct start *start)
{
    return start->text == text_line_at(n->lines, start->line)->end && start->number > 0;
}

/* Does a line begin another note's text behind the line above: a capital behind a full stop? */
static bool begins_text(const struct notes *n, uint32_t line)
{
    struct slice above = text_line_slice(n->lines, line - 1), text = text_line_slice(n->lines, line);
    return slice_ends(above, ".") && g_unichar_isupper(g_utf8_get_char(text.ptr));
}

/*  Labels that an extractor printed behind their notes ("1", "2" alone at the page's end): the lines from the rule to the first labelled note, or to the page's
 *  end, are theirs. As many notes as labels where full stops part them so; else all of it is the first label's. [from, to): labels, by index into starts. */
static void add_displaced(struct notes *n, guint from, guint to, uint32_t first, uint32_t last)
{
    guint texts = 1, label = from;
    for (uint32_t i = first + 1; i < last; i++)
        texts += begins_text(n, i);
    uint32_t begin = first;
    for (uint32_t i = first + 1; i <= last && label < to; i++)
        if (i == last || (texts == to - from && begins_text(n, i))) {
            add_note(n, start_at(n, label++), begin, i, text_line_at(n->lines, begin)->start, true);
            begin = i;
        }
    for (guint i = from; i < to; i++)
        text_line_at(n->lines, start_at(n, i)->line)->kind = LINE_FURNITURE; /* said by the label */
}

/* The line behind the last rule in [from, to); NONE = no rule, or nothing between. */
static uint32_t behind_rule(const struct notes *n, uint32_t from, uint32_t to)
{
    for (uint32_t i = to; i-- > from;)
        if (text_line_at(n->lines, i)->kind == LINE_RULE)
            return i + 1 < to ? i + 1 : NONE;
    return NONE;
}

/* First start at or behind a line. */
static guint start_from(const struct notes *n, uint32_t line)
{
    return SORTED_FROM(n->starts, struct start, line, line);
}

/* Labels alone on the page's last lines, one after another: index of the first of them; `to` = none. */
static guint displaced_from(const struct notes *n, guint from, guint to, uint32_t page_end)
{
    guint first = to;
    while (first > from && alone_on_line(n, start_at(n, first - 1)) && start_at(n, first - 1)->line + (to - first + 1) == page_end &&
           (first == to || start_at(n, first - 1)->number + 1 == start_at(n, first)->number))
        first--;
    return first;
}

/* Notes at the foot of the page with lines [from, to). */
static void find_foot(struct notes *n, uint32_t from, uint32_t to)
{
    while (to > from && text_line_at(n->lines, to - 1)->kind != LINE_TEXT)
        to--;
    guint lowest = start_from(n, from), highest = start_from(n, to), displaced = displaced_from(n, lowest, highest, to);
    guint best[FOOT_NOTES] = {0}, best_len = 0;
    for (guint last = highest; last-- > lowest && highest - last <= FOOT_TRIES + (highest - displaced);) {
        guint members[FOOT_NOTES];
        if (to - start_at(n, last)->line > NOTE_LINES + (highest - displaced))
            break;
        if (alone_on_line(n, start_at(n, last)) && start_at(n, last)->line + 1 == to)
            continue;
        guint climbed = climb(n, last, lowest, members), len = supported(n, members, climbed, from);
        if (displaced < highest && start_at(n, members[climbed - 1])->number == start_at(n, highest - 1)->number + 1 && behind_rule(n, from, start_at(n, members[climbed - 1])->line) != NONE)
            len = climbed; /* the labels before it stand behind */
        if (len > best_len) {
            best_len = len;
            memcpy(best, members, sizeof best);
        }
    }
    const struct start *top = best_len > 0 ? start_at(n, best[best_len - 1]) : NULL;
    uint32_t end = to - (highest - displaced), first = behind_rule(n, from, top ? top->line : end);
    bool before = displaced < highest && first != NONE && (!top || start_at(n, highest - 1)->number + 1 == top->number);
    if (before)
        add_displaced(n, displaced, highest, first, top ? top->line : end);
    for (guint i = best_len; i-- > 0;) {
        const struct start *start = start_at(n, best[i]);
        add_note(n, start, start->line, i > 0 ? start_at(n, best[i - 1])->line : before ? end : to, start->text, true);
    }
}

static void find_feet(struct notes *n)
{
    guint len = n->lines->lines->len;
    for (guint from = 0, to; from < len; from = to) {
        uint32_t page = text_line_at(n->lines, from)->page;
        for (to = from; to < len && text_line_at(n->lines, to)->page == page; to++)
            continue;
        find_foot(n, from, to);
    }
}

/* The last line of the note that begins at a start, when no further note follows: up to a blank line or the page's end. */
static uint32_t note_end(const struct notes *n, uint32_t line)
{
    uint32_t end = line + 1, len = n->lines->lines->len;
    while (end < len && end - line < END_LINES && text_line_at(n->lines, end)->page == text_line_at(n->lines, line)->page &&
           text_line_at(n->lines, end)->blank == 0 && text_line_at(n->lines, end)->kind == LINE_TEXT)
        end++;
    return end;
}

/* The run of consecutive labels that begins at start `i`; returns the index of its last member's successor in `members`. */
static void follow(const struct notes *n, guint i, GArray *members)
{
    g_array_set_size(members, 0);
    g_array_append_val(members, i);
    for (guint j = i + 1; j < n->starts->len; j++) {
        const struct start *last = start_at(n, g_array_index(members, guint, members->len - 1)), *start = start_at(n, j);
        if (start->line - last->line > END_LINES)
            break;
        if (text_line_at(n->lines, start->line)->kind == LINE_TEXT && start->number == last->number + 1)
            g_array_append_val(members, j);
    }
}

/* How far the marks count up from `number` in lines [from, to), by sure candidates, one or two left out: what a run of notes behind them should cover.
 * A numbered list in the text answers the first few numbers too. */
static unsigned counted_up(const struct notes *n, unsigned number, uint32_t from, uint32_t to)
{
    unsigned next = number;
    for (guint i = candidate_from(n, from); i < n->candidates->len; i++) {
        const struct mark_candidate *candidate = &g_array_index(n->candidates, struct mark_candidate, i);
        if (candidate->line >= to)
            break;
        if (candidate->weight >= counting_least && candidate->number >= next && candidate->number <= next + 2)
            next = candidate->number + 1u;
    }
    return next - number;
}

/* Does a run of starts answer the marks that stand between line `from` and it? Half of its labels have one, and it goes as far as they count. */
static bool answers(const struct notes *n, const GArray *members, uint32_t from)
{
    const struct start *first = start_at(n, g_array_index(members, guint, 0));
    guint with = 0;
    if (members->len < RUN_LEAST)
        return false;
    for (guint k = 0; k < members->len; k++)
        with += has_mark(n, start_at(n, g_array_index(members, guint, k)), from, first->line, support_least);
    return with * 2 >= members->len && members->len * 3 >= counted_up(n, first->number, from, first->line) * 2;
}

/* Runs of notes behind a chapter or at the end. */
static void find_runs(struct notes *n)
{
    uint32_t begin = 0; /* line from which on the marks of the next run may stand */
    unsigned before = 0;
    g_autoptr(GArray) members = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < n->starts->len; i++) {
        const struct start *first = start_at(n, i);
        if (text_line_at(n->lines, first->line)->kind != LINE_TEXT || !(first->number == 1 || (before > 0 && first->number == before + 1)))
            continue;
        follow(n, i, members);
        if (!answers(n, members, begin) && (begin == 0 || !answers(n, members, 0)))
            continue;
        for (guint k = 0; k < members->len; k++) {
            const struct start *start = start_at(n, g_array_index(members, guint, k));
            uint32_t end = k + 1 < members->len ? start_at(n, g_array_index(members, guint, k + 1))->line : note_end(n, start->line);
            add_note(n, start, start->line, end, start->text, false);
            before = start->number;
            begin = end;
        }
        i = g_array_index(members, guint, members->len - 1);
    }
}

static int compare_notes(const void *a, const void *b)
{
    const struct text_note *x = a, *y = b;
    return x->first < y->first ? -1 : x->first > y->first;
}

GArray *text_notes_find(struct text_lines *lines, const GArray *candidates)
{
    struct notes n = {lines, candidates, g_array_new(FALSE, FALSE, sizeof(struct start)), g_array_new(FALSE, TRUE, sizeof(struct text_note))};
    find_starts(&n);
    find_feet(&n);
    find_runs(&n);
    g_array_unref(n.starts);
    g_array_sort(n.found, compare_notes);
    return n.found;
}
