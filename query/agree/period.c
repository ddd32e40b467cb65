/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/agree/parts.h"

#include <math.h>
#include <stdio.h>

/* The days between two periods that do not meet. */
static double days_between(const char *a, const char *b)
{
    struct days x, y;
    if (!days_from_edtf(a, &x) || !days_from_edtf(b, &y))
        return 0;
    return x.last < y.first ? (double)y.first - x.last : (double)x.first - y.last;
}

/* Up to a day, or as at a day: what counts is that the last days are near one another. */
static enum relation as_at(const char *a, const char *b)
{
    enum { SAME_DAYS = 15, NEAR_DAYS = 45 };
    struct days x, y;
    enum relation relation = period_relation(a, b);
    if (relation == RELATION_UNKNOWN || !days_from_edtf(a, &x) || !days_from_edtf(b, &y) || (x.first != INT32_MIN && y.first != INT32_MIN))
        return relation;
    double apart = fabs((double)x.last - y.last);
    return apart <= SAME_DAYS ? RELATION_SAME : apart <= NEAR_DAYS ? RELATION_OVERLAPS : RELATION_APART;
}

/* Does the figure's sentence say the period in the subject's own words, and not as what it is measured against? */
static bool says_period(const struct agreement *agreement, const struct subject *subject)
{
    const struct candidate *candidate = agreement->candidate;
    uint32_t first = g_array_index(candidate->first, uint32_t, agreement->figure), after = g_array_index(candidate->after, uint32_t, agreement->figure);
    for (guint k = 0; k < subject->dated->len; k++) {
        bool found = false;
        for (uint32_t i = first; i < after && !found; i++)
            found = term_of(candidate->words, i)->stem == g_array_index(subject->dated, uint32_t, k) && !(i > first && term_of(candidate->words, i - 1)->flags & TERM_BASE);
        if (!found)
            return false;
    }
    return subject->dated->len > 0;
}

/* Is it a stretch of time rather than a day? */
static bool is_stretch(const char *period)
{
    struct days days;
    return days_from_edtf(period, &days) && days.first != INT32_MIN && (double)days.last - days.first >= 20;
}

/* The months of a period of less than a year, as a mask; 0 where it names none: "2025", "2024/2025". */
static uint32_t months_of(const char *period)
{
    int first[2] = {0}, last[2] = {0}; /* year, month */
    const char *slash = strchr(period, '/');
    if (sscanf(period, "%d-%d", &first[0], &first[1]) != 2)
        return 0;
    if (!slash)
        memcpy(last, first, sizeof last);
    else if (sscanf(slash + 1, "%d-%d", &last[0], &last[1]) != 2)
        return 0;
    int n = (last[0] - first[0]) * 12 + last[1] - first[1];
    uint32_t months = 0;
    if (first[1] < 1 || first[1] > 12 || last[1] > 12 || n < 0 || n > 10)
        return 0;
    for (int i = 0; i <= n; i++)
        months |= 1u << ((first[1] - 1 + i) % 12 + 1);
    return months;
}

/* "By mid-July": the year is not said, the month must fit. */
static void agree_months(struct agreement *agreement, const struct subject *subject, const struct figure_row *figure)
{
    uint32_t months = figure->period ? months_of(figure->period) : 0;
    agreement->period_relation = !months ? RELATION_UNKNOWN : months & subject->months ? RELATION_WITHIN : RELATION_APART;
    agreement->period = !months ? 0.7 : months & subject->months ? 1 : 0.4;
}

void agree_period(struct agreement *agreement, const struct subject *subject)
{
    static const double worth[] = {[RELATION_UNKNOWN] = 0.6, [RELATION_SAME] = 1, [RELATION_WITHIN] = 0.9, [RELATION_AROUND] = 0.7, [RELATION_OVERLAPS] = 0.6, [RELATION_APART] = 0.1};
    const struct figure_row *figure = agreement_figure(agreement);
    if (subject->months) {
        agree_months(agreement, subject, figure);
        return;
    }
    agreement->period_relation = subject->period ? as_at(subject->period, figure->period) : RELATION_UNKNOWN;
    agreement->period = subject->period ? worth[agreement->period_relation] : 1;
    if (agreement->period_relation == RELATION_APART && days_between(subject->period, figure->period) <= 45 && !is_stretch(subject->period))
        agreement->period = figure->period_scope > SCOPE_SENTENCE ? 0.45 : 0.35; /* as at a day: one near it may be meant */
    if (agreement->period_relation == RELATION_AROUND && figure->period_scope > SCOPE_SENTENCE)
        agreement->period = 0.6;
    bool own = figure->period && figure->period_scope <= SCOPE_SENTENCE;
    if ((agreement->period_relation == RELATION_APART || agreement->period_relation == RELATION_UNKNOWN) && !own && says_period(agreement, subject)) {
        agreement->period_relation = RELATION_UNKNOWN; /* "the 2025 appeal, launched on 4 December 2024" */
        agreement->period = 0.75;
        return;
    }
    struct days asked, published;
    const char *date = agreement->candidate->document->metadata.date;
    if (agreement->period_relation == RELATION_UNKNOWN && subject->period && date && days_from_edtf(subject->period, &asked) && days_from_edtf(date, &published) &&
        published.last < asked.first)
        agreement->period = 0.25; /* nobody had counted yet */
}
