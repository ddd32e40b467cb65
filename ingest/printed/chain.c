/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/printed/chain.h"

enum {
    NUMBERS = MARK_MOST + 1,
    STRAY = 6,       /* how many numbers a mark may be off its turn */
    NOTES_AHEAD = 2000, /* notes behind a candidate that are looked at */
    RUN_LEAST = 3,   /* members of a run that needs no notes */
};

static const float sure = 1.5f;          /* candidates that carry a run of their own */
static const float certain = 2.5f;       /* and that are marks even off their turn */
static const float missing_cost = 0.6f;  /* for each number that a run leaves out */
static const float restart_cost = 4;     /* for numbers that begin again */
static const float with_note = 2, without_note = -1.5f;

struct chooser {
    const struct text_lines *lines;
    const GArray *candidates, *notes;
    guint n;
    float *weight;    /* by candidate, with what the notes say */
    bool *noted;      /* by candidate: a note of its number stands on its page, or behind */
    bool *taken;      /* by candidate: it is a mark */
    bool *doubtful;
    int32_t *run;     /* by candidate: its accepted run, or -1 */
    GArray *members;  /* guint: candidates of the accepted runs, in order */
};

static const struct mark_candidate *candidate_at(const struct chooser *c, guint i)
{
    return &g_array_index(c->candidates, struct mark_candidate, i);
}

static const struct text_note *note_at(const struct chooser *c, guint i)
{
    return &g_array_index(c->notes, struct text_note, i);
}

static uint32_t page_of(const struct chooser *c, guint i)
{
    return text_line_at(c->lines, candidate_at(c, i)->line)->page;
}

/* A note of this number stands where a reader would look for it: further down on the candidate's page, on the next one, or in a run of notes behind. */
static bool find_noted(const struct chooser *c, guint i, guint from)
{
    const struct mark_candidate *candidate = candidate_at(c, i);
    uint32_t page = page_of(c, i);
    bool own = false; /* the page has notes of its own */
    for (guint k = from; k < MIN(c->notes->len, from + NOTES_AHEAD); k++) {
        const struct text_note *note = note_at(c, k);
        bool here = note->page == page;
        if (note->number == candidate->number && (here || (!own && (!note->foot || note->page == page + 1))))
            return true;
        own |= here && note->foot;
    }
    return false;
}

/* Symbols are marks where the page has their note. */
static bool find_symbol_noted(const struct chooser *c, guint i, guint from)
{
    const struct mark_candidate *candidate = candidate_at(c, i);
    struct slice symbol = slice_make(c->lines->text.ptr + candidate->start, candidate->end - candidate->start);
    for (guint k = from; k < c->notes->len && note_at(c, k)->page == page_of(c, i); k++)
        if (note_at(c, k)->number == 0 && slice_is(symbol, note_at(c, k)->label))
            return true;
    return false;
}

static void weigh(struct chooser *c)
{
    guint from = 0; /* first note below the candidate's line */
    for (guint i = 0; i < c->n; i++) {
        const struct mark_candidate *candidate = candidate_at(c, i);
        while (from < c->notes->len && note_at(c, from)->first <= candidate->line)
            from++;
        if (candidate->form == MARK_SYMBOL) {
            c->taken[i] = find_symbol_noted(c, i, from);
            continue;
        }
        c->noted[i] = find_noted(c, i, from);
        c->weight[i] = candidate->weight;
        if (c->noted[i] && candidate->weight >= 0.8f)
            c->weight[i] += with_note;
        else if (!c->noted[i] && c->notes->len >= RUN_LEAST)
            c->weight[i] += without_note;
    }
}

/* Greatest value over numbers below a bound, with the candidate that has it: a Fenwick tree. */
struct best {
    float value[NUMBERS + 1];
    guint from[NUMBERS + 1];
};

static void best_put(struct best *best, unsigned number, float value, guint from)
{
    for (unsigned i = number + 1; i <= NUMBERS; i += i & -i)
        if (value > best->value[i]) {
            best->value[i] = value;
            best->from[i] = from;
        }
}

/* Over numbers 0 … number - 1. */
static float best_get(const struct best *best, unsigned number, guint *from)
{
    float value = -G_MAXFLOAT;
    *from = NONE;
    for (unsigned i = number; i > 0; i -= i & -i)
        if (best->value[i] > value) {
            value = best->value[i];
            *from = best->from[i];
        }
    return value;
}

/* The heaviest way through the sure candidates: members in order, into `path`. A run begins again where that costs less than it gains. */
static void find_backbone(const struct chooser *c, GArray *path)
{
    struct best *best = g_new(struct best, 1);
    for (unsigned i = 0; i <= NUMBERS; i++)
        best->value[i] = -G_MAXFLOAT;
    guint *before = g_new(guint, c->n + 1), top = NONE;
    float *score = g_new0(float, c->n + 1), top_score = 0;
    for (guint i = 0; i < c->n; i++) {
        const struct mark_candidate *candidate = candidate_at(c, i);
        if (candidate->form == MARK_SYMBOL || c->weight[i] < sure)
            continue;
        guint from;
        unsigned number = candidate->number;
        float on = best_get(best, number, &from), alone = -MIN(missing_cost * (float)(number - 1), restart_cost), again = top_score - restart_cost;
        on = from == NONE ? -G_MAXFLOAT : on - missing_cost * (float)(number - 1);
        before[i] = NONE;
        score[i] = alone;
        if (on > score[i]) {
            score[i] = on;
            before[i] = from;
        }
        if (number <= 2 && top != NONE && again > score[i]) {
            score[i] = again;
            before[i] = top;
        }
        score[i] += c->weight[i];
        best_put(best, number, score[i] + missing_cost * (float)number, i);
        if (score[i] > top_score) {
            top_score = score[i];
            top = i;
        }
    }
    for (guint i = top; i != NONE; i = before[i])
        g_array_append_val(path, i);
    for (guint k = 0; k < path->len / 2; k++) { /* found from its end */
        guint swap = g_array_index(path, guint, k);
        g_array_index(path, guint, k) = g_array_index(path, guint, path->len - 1 - k);
        g_array_index(path, guint, path->len - 1 - k) = swap;
    }
    g_free(best);
    g_free(before);
    g_free(score);
}

/* A form that nothing but a mark has, also alone and without a note. */
static bool speaks_for_itself(const struct mark_candidate *candidate)
{
    return candidate->form == MARK_SUPERSCRIPT || (candidate->form == MARK_BRACKET && candidate->weight >= certain) || (candidate->form == MARK_STOP && candidate->weight >= certain);
}

/* Takes members [from, to) of the path as one run if they are one. */
static void accept_run(struct chooser *c, const GArray *path, guint from, guint to)
{
    guint noted = 0, len = to - from;
    unsigned first = candidate_at(c, g_array_index(path, guint, from))->number, last = candidate_at(c, g_array_index(path, guint, to - 1))->number;
    for (guint k = from; k < to; k++)
        noted += c->noted[g_array_index(path, guint, k)];
    bool whole = (noted > 0 && noted * 2 >= len) || (len >= RUN_LEAST && len * 2 > last - first);
    int32_t run = whole ? (int32_t)c->members->len : -1;
    for (guint k = from; k < to; k++) {
        guint i = g_array_index(path, guint, k);
        if (!whole && !(speaks_for_itself(candidate_at(c, i)) && (c->notes->len == 0 || c->noted[i])))
            continue;
        c->taken[i] = true;
        c->run[i] = run;
        if (whole)
            g_array_append_val(c->members, i);
    }
}

static void accept_runs(struct chooser *c, const GArray *path)
{
    guint from = 0;
    for (guint k = 1; k <= path->len; k++) {
        bool ends = k == path->len || candidate_at(c, g_array_index(path, guint, k))->number <= candidate_at(c, g_array_index(path, guint, k - 1))->number;
        if (!ends)
            continue;
        accept_run(c, path, from, k);
        from = k;
    }
}

/* A gap in a run: between two members, or before its first or behind its last where notes ask for more. Numbers and candidates strictly between. */
struct gap {
    guint from, to;          /* candidates [from, to) */
    unsigned low, high;      /* numbers low + 1 … high - 1 are missing */
    bool open;               /* one side has no member: only candidates with a note */
};

enum { GAP_MOST = 40, NEAR = 5 };

/* May a weak candidate be a mark, in this gap? */
static bool fits(const struct chooser *c, const struct gap *gap, guint i)
{
    const struct mark_candidate *candidate = candidate_at(c, i);
    if (c->taken[i] || candidate->form == MARK_SYMBOL || candidate->number <= gap->low || candidate->number >= gap->high)
        return false;
    return c->noted[i] || !gap->open;
}

/* Two candidates of a number that are as likely, and neither sure: nobody can tell. */
static bool has_rival(const struct chooser *c, const struct gap *gap, guint i)
{
    const struct mark_candidate *candidate = candidate_at(c, i);
    for (guint k = gap->from; k < gap->to && candidate->weight < 0.8f; k++)
        if (k != i && fits(c, gap, k) && candidate_at(c, k)->number == candidate->number && c->noted[k] == c->noted[i] && candidate_at(c, k)->start != candidate->start &&
            candidate_at(c, k)->weight >= candidate->weight * 0.8f)
            return true;
    return false;
}

/* Is a candidate that the gap asks for a mark, a doubt, or nothing? */
static bool accept_weak(const struct chooser *c, const struct gap *gap, guint i, bool *doubtful)
{
    const struct mark_candidate *candidate = candidate_at(c, i);
    bool tight = !gap->open && gap->high - gap->low == 2, surrounded = tight || c->noted[i];
    *doubtful = false;
    switch ((enum mark_form)candidate->form) {
    case MARK_NUMBER:
        *doubtful = candidate->whole && !(c->noted[i] && (tight || candidate->weight >= 0.3f));
        return surrounded && (candidate->weight >= 0.1f || (c->noted[i] && tight)) && !has_rival(c, gap, i);
    case MARK_NUMBER_STOP:
        *doubtful = candidate->whole && !surrounded;
        return !has_rival(c, gap, i);
    case MARK_SPACE: /* behind a stop and before a capital hardly a number that begins a sentence, where the run asks for it */
        if (!gap->open && gap->high - gap->low <= NEAR && candidate->weight >= 0.6f)
            return !has_rival(c, gap, i);
        return surrounded && candidate->weight >= 0.2f && !has_rival(c, gap, i);
    default:
        return candidate->weight >= 0.2f;
    }
}

static void add_doubt(const struct chooser *c, guint i, GArray *doubts)
{
    const struct mark_candidate *candidate = candidate_at(c, i);
    bool in_number = candidate->form == MARK_NUMBER || candidate->form == MARK_NUMBER_STOP;
    struct text_doubt doubt = {candidate->start, candidate->end, candidate->line, candidate->number, in_number};
    if (doubts && (candidate->form == MARK_NUMBER || candidate->form == MARK_NUMBER_STOP || candidate->form == MARK_SPACE) && candidate->weight >= 0.2f)
        g_array_append_val(doubts, doubt);
}

/* The heaviest growing way through the candidates that fit the gap, by number. */
static void fill(struct chooser *c, const struct gap *gap, GArray *doubts)
{
    float score[GAP_MOST + 1] = {0};
    guint way[GAP_MOST + 1]; /* last candidate of the best way to each number */
    guint *before = g_new(guint, gap->to - gap->from + 1);
    if (gap->high - gap->low > GAP_MOST || gap->high <= gap->low + 1) {
        g_free(before);
        return;
    }
    for (unsigned v = 0; v <= GAP_MOST; v++)
        way[v] = NONE;
    for (guint i = gap->from; i < gap->to; i++) {
        if (!fits(c, gap, i))
            continue;
        unsigned v = candidate_at(c, i)->number - gap->low, from = 0;
        for (unsigned u = 1; u < v; u++)
            if (score[u] > score[from])
                from = u;
        float sum = score[from] + candidate_at(c, i)->weight + (c->noted[i] ? 2.0f : 0.2f);
        before[i - gap->from] = way[from];
        if (sum > score[v]) {
            score[v] = sum;
            way[v] = i;
        }
    }
    unsigned top = 0;
    for (unsigned v = 1; v < gap->high - gap->low; v++)
        if (score[v] > score[top])
            top = v;
    for (guint i = way[top]; i != NONE; i = before[i - gap->from]) {
        bool doubtful;
        if (accept_weak(c, gap, i, &doubtful)) {
            c->taken[i] = true;
            c->doubtful[i] = doubtful;
        } else if (!gap->open || candidate_at(c, i)->form != MARK_SPACE)
            add_doubt(c, i, doubts);
    }
    g_free(before);
}

/* Greatest number of a note that stands behind candidate i and before candidate `to`'s run begins: notes ask for marks up to it. */
static unsigned last_noted(const struct chooser *c, guint from, guint to)
{
    unsigned most = 0;
    for (guint i = from; i < to; i++)
        if (c->noted[i] && candidate_at(c, i)->form != MARK_SYMBOL)
            most = MAX(most, candidate_at(c, i)->number);
    return most;
}

/* How a candidate behind the end of a run stands. */
enum standing { STANDS_AS_NUMBER, STANDS_EITHER_WAY, STANDS_AS_MARK };

/* Does the paragraph go on behind the candidate's line? */
static bool goes_on(const struct chooser *c, const struct mark_candidate *candidate)
{
    guint next = candidate->line + 1;
    if (candidate->end < text_line_at(c->lines, candidate->line)->end || next >= c->lines->lines->len || text_line_at(c->lines, next)->blank > 0)
        return false;
    struct slice below = text_line_slice(c->lines, next);
    return below.len > 0 && !g_unichar_isupper(g_utf8_get_char(below.ptr));
}

/* A number that is well formed with the mark's digits too. In running text a sentence ends in a stop: the one of "Barrio 18.8" is the sentence's own,
 * where none follows; in a line by itself ("Growth 4.8") nothing tells. Four decimals ("2.0173 personas") are rare. All else is what numbers look like. */
static enum standing standing_of(const struct chooser *c, const struct mark_candidate *candidate)
{
    const struct text_line *line = text_line_at(c->lines, candidate->line);
    if (candidate->form == MARK_NUMBER)
        return candidate->weight >= 1 ? STANDS_AS_MARK : STANDS_AS_NUMBER;
    if (candidate->form != MARK_NUMBER_STOP || candidate->weight < 0.5f || goes_on(c, candidate))
        return STANDS_AS_NUMBER;
    bool prose = line->blank == 0 && candidate->line > 0 && line->width * 4 > c->lines->wrap;
    return prose || candidate->end < line->end ? STANDS_AS_MARK : STANDS_EITHER_WAY;
}

/* What goes on with a run without notes behind its last mark, `number` being the next: candidates [from, to). Two places for one number: nobody can tell. */
static void follow(struct chooser *c, guint from, guint to, unsigned number, GArray *doubts)
{
    unsigned shared = 0; /* a number with several places */
    for (guint i = from; i < to; i++) {
        const struct mark_candidate *candidate = candidate_at(c, i);
        if (c->taken[i] && candidate->form != MARK_SYMBOL)
            number = candidate->number + 1;
        enum standing standing = c->taken[i] || candidate->number != number ? STANDS_AS_NUMBER : standing_of(c, candidate);
        if (standing == STANDS_AS_NUMBER)
            continue;
        bool rival = shared == number;
        for (guint k = i + 1; k < to && !rival; k++)
            rival = candidate_at(c, k)->number == number && candidate_at(c, k)->start != candidate->start && standing_of(c, candidate_at(c, k)) != STANDS_AS_NUMBER;
        c->taken[i] = c->doubtful[i] = standing == STANDS_AS_MARK && !rival;
        if (!c->taken[i])
            add_doubt(c, i, doubts);
        shared = rival ? number : 0;
        number += !rival;
    }
}

static void fill_runs(struct chooser *c, GArray *doubts)
{
    guint n = c->members->len;
    for (guint k = 0; k <= n; k++) {
        guint left = k > 0 ? g_array_index(c->members, guint, k - 1) : NONE, right = k < n ? g_array_index(c->members, guint, k) : NONE;
        struct gap gap = {.from = left != NONE ? left + 1 : 0, .to = right != NONE ? right : c->n};
        if (left != NONE && right != NONE && c->run[left] == c->run[right]) {
            gap.low = candidate_at(c, left)->number;
            gap.high = candidate_at(c, right)->number;
            fill(c, &gap, doubts);
            continue;
        }
        gap.open = true;
        if (left != NONE) { /* what the notes of the run that ends here still ask for */
            gap.low = candidate_at(c, left)->number;
            gap.high = MIN(last_noted(c, gap.from, gap.to), gap.low + GAP_MOST - 1) + 1;
            fill(c, &gap, doubts);
            if (!c->noted[left])
                follow(c, gap.from, gap.to, gap.low + 1, doubts);
        }
        if (right != NONE) {
            gap.low = candidate_at(c, right)->number > GAP_MOST ? candidate_at(c, right)->number - GAP_MOST : 0;
            gap.high = candidate_at(c, right)->number;
            fill(c, &gap, doubts);
        }
    }
}

/* Sure candidates a few places off their turn, and marks that a page repeats. */
static void take_strays(struct chooser *c)
{
    bool have[NUMBERS] = {false};
    guint member = 0; /* first member behind candidate i */
    for (guint k = 0; k < c->members->len; k++)
        have[candidate_at(c, g_array_index(c->members, guint, k))->number] = true;
    for (guint i = 0; i < c->n; i++) {
        const struct mark_candidate *candidate = candidate_at(c, i);
        while (member < c->members->len && g_array_index(c->members, guint, member) <= i)
            member++;
        if (c->taken[i] || candidate->weight < certain || candidate->form == MARK_SYMBOL)
            continue;
        bool near = false;
        for (guint k = member > 0 ? member - 1 : 0; k < MIN(member + 1, c->members->len); k++)
            near |= ABS((int)candidate_at(c, g_array_index(c->members, guint, k))->number - (int)candidate->number) <= STRAY;
        c->taken[i] = near && (!have[candidate->number] || c->noted[i]);
    }
}

/* Without any run: what the notes alone ask for ("8511 casos" on a page whose only note is 1). */
static void fill_by_notes(struct chooser *c, GArray *doubts)
{
    struct gap gap = {0, c->n, 0, MIN(last_noted(c, 0, c->n), GAP_MOST - 1) + 1, true};
    if (c->members->len == 0 && c->notes->len > 0)
        fill(c, &gap, doubts);
}

static int compare_marks(const void *a, const void *b)
{
    const struct text_mark *x = a, *y = b;
    return x->start != y->start ? (x->start < y->start ? -1 : 1) : 0;
}

/* Marks in order of their bytes; of two that overlap (two ways to cut one number) the first that was taken stays. */
static GArray *collect(const struct chooser *c)
{
    GArray *marks = g_array_new(FALSE, FALSE, sizeof(struct text_mark));
    uint32_t end = 0, line = NONE;
    for (guint i = 0; i < c->n; i++) {
        const struct mark_candidate *candidate = candidate_at(c, i);
        if (!c->taken[i] || (candidate->line == line && candidate->start < end))
            continue;
        line = candidate->line;
        struct text_mark mark = {candidate->start, candidate->end, candidate->line, candidate->number, c->doubtful[i]};
        g_array_append_val(marks, mark);
        end = candidate->end;
    }
    g_array_sort(marks, compare_marks);
    return marks;
}

GArray *marks_choose(const struct text_lines *lines, const GArray *candidates, const GArray *notes, GArray *doubts)
{
    g_autoptr(GArray) usable = g_array_new(FALSE, FALSE, sizeof(struct mark_candidate)); /* what has turned out to be a note is no place for marks */
    for (guint i = 0; i < candidates->len; i++)
        if (text_line_at(lines, g_array_index(candidates, struct mark_candidate, i).line)->kind == LINE_TEXT)
            g_array_append_val(usable, g_array_index(candidates, struct mark_candidate, i));
    guint n = usable->len;
    struct chooser c = {lines, usable, notes, n, g_new0(float, n + 1), g_new0(bool, n + 1), g_new0(bool, n + 1), g_new0(bool, n + 1), g_new(int32_t, n + 1),
                        g_array_new(FALSE, FALSE, sizeof(guint))};
    g_autoptr(GArray) path = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < n; i++)
        c.run[i] = -1;
    weigh(&c);
    find_backbone(&c, path);
    accept_runs(&c, path);
    fill_runs(&c, doubts);
    fill_by_notes(&c, doubts);
    take_strays(&c);
    GArray *marks = collect(&c);
    g_array_unref(c.members);
    g_free(c.weight);
    g_free(c.noted);
    g_free(c.taken);
    g_free(c.doubtful);
    g_free(c.run);
    return marks;
}
