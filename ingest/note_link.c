/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/note_link.h"

/* What linking needs to know of the document, by index of mark or note. */
struct link {
    struct document *doc;
    GHashTable *by_label; /* label → GArray of uint32_t: notes of that label, in order */
    uint32_t *mark_run;   /* run of each mark */
    uint32_t *note_run;   /* run of each note */
    uint32_t *target;     /* by run of marks: the run of notes that belongs to it, or NONE */
    bool *tied;           /* by note: a mark has it */
};

/* The number of a label ("12" → 12); 0 for "*" or "iv", which neither begin nor end a run. */
static unsigned label_number(const char *label)
{
    return label && g_ascii_isdigit(label[0]) ? (unsigned)MIN(g_ascii_strtoull(label, NULL, 10), G_MAXINT) : 0;
}

/* "1 2 3 1 2": the second 1 begins a run; "1 2 3 1 4": it repeats a mark. A run whose first mark was lost begins with "2 3". */
static bool begins_run(unsigned before, unsigned number, unsigned after)
{
    return (number == 1 && before >= 1 && after <= 2) || (number == 2 && before >= 4 && after == 3);
}

/* Turns numbers into runs, in place. */
static void number_runs(uint32_t *numbers, guint n)
{
    uint32_t before = 0, run = 0;
    for (guint i = 0; i < n; i++) {
        uint32_t number = numbers[i], after = 0;
        for (guint j = i + 1; j < MIN(n, i + 8) && after == 0; j++)
            after = numbers[j];
        if (begins_run(before, number, after))
            run++;
        if (number > 0)
            before = number;
        numbers[i] = run;
    }
}

static void find_runs(struct link *link)
{
    const GArray *marks = link->doc->marks, *notes = link->doc->notes;
    for (guint i = 0; i < marks->len; i++)
        link->mark_run[i] = label_number(DOCUMENT_AT(marks, struct mark, i).label);
    for (guint i = 0; i < notes->len; i++)
        link->note_run[i] = label_number(DOCUMENT_AT(notes, struct note, i).label);
    number_runs(link->mark_run, marks->len);
    number_runs(link->note_run, notes->len);
}

enum { RUNS_AHEAD = 256 }; /* runs of notes that a run of marks looks through */

/* Greatest number of each run, in a new array; `count` is the number of runs. */
static uint32_t *greatest(const uint32_t *runs, guint n, const struct link *link, bool marks, uint32_t *count)
{
    *count = n > 0 ? runs[n - 1] + 1 : 0;
    uint32_t *most = g_new0(uint32_t, *count + 1);
    for (guint i = 0; i < n; i++) {
        const char *label = marks ? DOCUMENT_AT(link->doc->marks, struct mark, i).label : DOCUMENT_AT(link->doc->notes, struct note, i).label;
        most[runs[i]] = MAX(most[runs[i]], label_number(label));
    }
    return most;
}

/* The last note of each run, by run. */
static uint32_t *last_notes(const struct link *link, uint32_t count)
{
    uint32_t *last = g_new0(uint32_t, count + 1);
    for (guint i = 0; i < link->doc->notes->len; i++)
        last[link->note_run[i]] = i;
    return last;
}

/* Each run of marks takes the first free run of notes that ends below its first mark and goes about as far as it does; else the first free one. */
static void match_runs(struct link *link)
{
    const GArray *marks = link->doc->marks, *notes = link->doc->notes;
    uint32_t mark_runs, note_runs, from = 0;
    uint32_t *mark_most = greatest(link->mark_run, marks->len, link, true, &mark_runs), *note_most = greatest(link->note_run, notes->len, link, false, &note_runs);
    uint32_t *last = last_notes(link, note_runs);
    bool *taken = g_new0(bool, note_runs + 1);
    for (guint i = 0; i < marks->len; i++) {
        if (i > 0 && link->mark_run[i] == link->mark_run[i - 1])
            continue;
        uint32_t at = DOCUMENT_AT(marks, struct mark, i).at, run = link->mark_run[i], best = NONE;
        while (from < note_runs && (taken[from] || DOCUMENT_AT(notes, struct note, last[from]).span.start < at))
            from++;
        for (uint32_t k = from; k < MIN(note_runs, from + RUNS_AHEAD); k++) {
            bool far = note_most[k] * 10 >= mark_most[run] * 7;
            if (!taken[k] && (far || best == NONE))
                best = k;
            if (!taken[k] && far)
                break;
        }
        link->target[run] = best;
        if (best != NONE)
            taken[best] = true;
    }
    g_free(mark_most);
    g_free(note_most);
    g_free(last);
    g_free(taken);
}

static void sort_by_label(struct link *link)
{
    link->by_label = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_array_unref);
    for (guint i = 0; i < link->doc->notes->len; i++) {
        char *label = DOCUMENT_AT(link->doc->notes, struct note, i).label;
        if (!label)
            continue;
        GArray *same = g_hash_table_lookup(link->by_label, label);
        if (!same) {
            same = g_array_new(FALSE, FALSE, sizeof(uint32_t));
            g_hash_table_insert(link->by_label, label, same);
        }
        g_array_append_val(same, i);
    }
}

/* First of `same` whose note is not below `least`, by start or by run: both grow along the list. */
static guint lower_bound(const struct link *link, const GArray *same, bool by_run, uint32_t least)
{
    guint low = 0, high = same->len;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        uint32_t index = g_array_index(same, uint32_t, middle);
        uint32_t value = by_run ? link->note_run[index] : DOCUMENT_AT(link->doc->notes, struct note, index).span.start;
        if (value < least)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The note of a mark, among the notes of its label; see the order in the header. */
static uint32_t note_of(const struct link *link, guint mark_index)
{
    const struct mark *mark = &DOCUMENT_AT(link->doc->marks, struct mark, mark_index);
    const GArray *same = mark->label ? g_hash_table_lookup(link->by_label, mark->label) : NULL;
    if (!same)
        return NONE;
    guint i = lower_bound(link, same, false, mark->at);
    uint32_t below = i < same->len ? g_array_index(same, uint32_t, i) : NONE, above = i > 0 ? g_array_index(same, uint32_t, i - 1) : NONE;
    const GArray *notes = link->doc->notes;
    if (below != NONE && mark->page != NONE && DOCUMENT_AT(notes, struct note, below).page == mark->page)
        return below;
    uint32_t target = link->target[link->mark_run[mark_index]];
    i = target != NONE ? lower_bound(link, same, true, target) : same->len;
    if (i < same->len && link->note_run[g_array_index(same, uint32_t, i)] == target)
        return g_array_index(same, uint32_t, i);
    if (above != NONE && mark->page != NONE && DOCUMENT_AT(notes, struct note, above).page == mark->page && !link->tied[above])
        return above;
    return below != NONE ? below : above;
}

void notes_link(struct document *doc)
{
    if (doc->marks->len == 0 || doc->notes->len == 0)
        return;
    struct link link = {
        .doc = doc,
        .mark_run = g_new0(uint32_t, doc->marks->len),
        .note_run = g_new0(uint32_t, doc->notes->len),
        .target = g_new0(uint32_t, doc->marks->len + 1),
        .tied = g_new0(bool, doc->notes->len),
    };
    find_runs(&link);
    match_runs(&link);
    sort_by_label(&link);
    for (guint i = 0; i < doc->marks->len; i++) {
        struct mark *mark = &DOCUMENT_AT(doc->marks, struct mark, i);
        if (mark->note == NONE || mark->note >= doc->notes->len)
            mark->note = note_of(&link, i);
        if (mark->note != NONE)
            link.tied[mark->note] = true;
    }
    g_hash_table_unref(link.by_label);
    g_free(link.mark_run);
    g_free(link.note_run);
    g_free(link.target);
    g_free(link.tied);
}
