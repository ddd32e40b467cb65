/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/compare/parts.h"

/*  One statistic at several times, as situation reports state it:
 *
 *    as at 15 January   20,375 cases
 *    as at 23 March     42,308 cases     which contradict one another in nothing
 *    1 April to 15 July 80,000 cases
 *
 *  What happened on one day and what happened on another are two events, and no series: a day's number must be said to be a total, or as at that day. */

enum { LONG_DAYS = 28 };

/* Does the sentence say that it sums up: "as at", "since", "a total of"? */
static bool says_total(const struct answer *answer)
{
    const struct lexis *lexis = lexis_of(answer->document->metadata.language);
    struct words *words = words_new(lexis, answer_quote(answer));
    bool said = words_name(words, concept_named(lexis, "running"), (struct span){0, words->terms->len}) != NONE;
    words_free(words);
    return said;
}

bool may_be_series(const struct sought *sought)
{
    const struct figure_row *figure = sought->answer->figure;
    if (!sought->dated || figure->quantity.kind == KIND_DURATION || figure->quantity.kind == KIND_AGE || figure->quantity.kind == KIND_RANK)
        return false;
    bool open = sought->days.first == INT32_MIN || sought->days.last == INT32_MAX;
    return open || (double)sought->days.last - sought->days.first >= LONG_DAYS || sought->answer->passage->zone == ZONE_TABLE || (answer_quote(sought->answer).ptr && says_total(sought->answer));
}

/* By the last day that each tells of, up to its document's where that goes on. */
static int32_t last_day(const struct sought *sought)
{
    struct days published;
    const char *date = sought->answer->document->metadata.date;
    return sought->days.last == INT32_MAX && date && days_from_edtf(date, &published) ? published.last : sought->days.last;
}

static int by_time(const void *a, const void *b)
{
    const struct sought *const *x = a, *const *y = b;
    int32_t one = last_day(*x), other = last_day(*y);
    if (one != other)
        return one < other ? -1 : 1;
    int64_t row = (*x)->answer->figure->rowid, other_row = (*y)->answer->figure->rowid;
    return row < other_row ? -1 : row > other_row;
}

bool is_series(GPtrArray *group)
{
    bool moved = false;
    g_ptr_array_sort(group, by_time);
    for (guint i = 1; i < group->len; i++) {
        const struct sought *before = g_ptr_array_index(group, i - 1), *now = g_ptr_array_index(group, i);
        moved = moved || (last_day(before) < last_day(now) && !fits(&before->answer->figure->quantity, &now->answer->figure->quantity));
    }
    return moved;
}
