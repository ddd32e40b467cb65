/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/period/period.h"

/*  A period that does not say all itself is completed from the nearest one before it:
 *
 *    sentence  →  paragraph  →  heading over it  →  the document's own period  →  the document's date */

static const struct when *read_at(const struct period_scan *s, uint32_t i)
{
    return &g_array_index(s->read, struct when, i);
}

/* The last period spoken of before here, and where; NULL = none. */
static const struct when *spoken(const struct period_scan *s, uint32_t passage, uint32_t sentence, enum scope *scope)
{
    const GArray *mentions = mentions_of(s->x->mentions, MENTION_PERIOD);
    uint32_t last = passage == NONE ? NONE : s->in_passage[passage];
    if (last != NONE) {
        *scope = g_array_index(mentions, struct mention, last).sentence == sentence ? SCOPE_SENTENCE : SCOPE_PARAGRAPH;
        return read_at(s, last);
    }
    *scope = SCOPE_HEADING;
    for (int depth = 0; passage != NONE && depth < 6; depth++) {
        passage = DOCUMENT_AT(s->doc->passages, struct passage, passage).heading;
        if (passage != NONE && s->in_passage[passage] != NONE)
            return read_at(s, s->in_passage[passage]);
    }
    *scope = SCOPE_DOCUMENT;
    return s->has_own ? &s->own : NULL;
}

/* The last moment the document can speak of: its date, or the end of its period. */
static bool latest(const struct period_scan *s, struct moment *ret)
{
    if (s->has_date)
        *ret = s->date;
    else if (s->has_own)
        *ret = s->own.b;
    return s->has_date || s->has_own;
}

/* Months from 1 January of the year 0; a year alone counts as its January. */
static int month_count(struct moment m)
{
    return m.year * 12 + (m.month >= 1 && m.month <= 12 ? m.month - 1 : 0);
}

/* The year in which the month falls into the stretch; 0: in none. */
static int year_within(const struct when *stretch, struct moment m)
{
    int first = month_count(stretch->a), last = stretch->b.month ? month_count(stretch->b) : stretch->b.year * 12 + 11;
    for (m.year = stretch->b.year; m.year >= stretch->a.year; m.year--)
        if (month_count(m) >= first && month_count(m) <= last)
            return m.year;
    return 0;
}

/* The last year in which the month is not behind the document's date. */
static int year_past(struct moment end, struct moment m)
{
    return end.month && m.month > end.month ? end.year - 1 : end.year;
}

enum { FAR_YEARS = 2, DAYS_BACK = 12 }; /* a year spoken of so long before the document is no guide to "in March" */

/* The year of a month that is printed without one: the year spoken of; of months spoken of the nearest; the document's. */
static int year_near(const struct period_scan *s, const struct when *reference, enum scope scope, struct moment m)
{
    struct moment end;
    bool known = latest(s, &end);
    bool far = reference && scope >= SCOPE_PARAGRAPH && known && end.year - reference->b.year > FAR_YEARS;
    bool year_said = reference && !far && reference->grain == GRAIN_YEAR && !reference->open_a && !reference->open_b;
    int own = s->has_own ? year_within(&s->own, m) : 0;
    if (year_said && !(own && reference->a.year >= s->own.a.year && reference->a.year <= s->own.b.year))
        return reference->b.year;
    if (own)
        return own;
    if (!reference || far || reference->open_a || reference->open_b)
        return known ? year_past(end, m) : reference ? (reference->open_a ? reference->b.year : reference->a.year) : 0;
    int within = year_within(reference, m);
    if (within)
        return within;
    m.year = reference->b.year;
    int apart = month_count(m) - month_count(reference->b);
    m.year += apart > 6 ? -1 : apart < -6 ? 1 : 0;
    return known && month_count(m) > month_count(end) && end.month ? m.year - 1 : m.year;
}

static bool complete_year(struct when *when, int year)
{
    if (year <= 0)
        return false;
    int across = when->b.month && when->a.month > when->b.month ? 1 : 0;
    when->a.year = year - across;
    when->b.year = year;
    when->anchor = ANCHOR_NONE;
    return when_valid(when);
}

/* "7 October 2023 … taken on 7 October": the year of a day that the paragraph has named before; 0: it has not. */
static int year_said(const struct period_scan *s, uint32_t passage, const struct when *when)
{
    const GArray *mentions = mentions_of(s->x->mentions, MENTION_PERIOD);
    for (uint32_t i = mentions->len; when->grain == GRAIN_DAY && i-- > 0 && mentions->len - i <= DAYS_BACK;) {
        const struct when *before = read_at(s, i);
        if (g_array_index(mentions, struct mention, i).passage != passage)
            return 0;
        const struct moment *ends[] = {&before->a, &before->b};
        for (size_t k = 0; k < G_N_ELEMENTS(ends); k++)
            if (ends[k]->day && ends[k]->day == when->b.day && ends[k]->month == when->b.month)
                return ends[k]->year;
    }
    return 0;
}

static bool resolve_year(const struct period_scan *s, uint32_t passage, uint32_t sentence, struct when *when)
{
    struct moment end = {0, 0, 0};
    if (when->year == ANCHOR_THIS) { /* "of last year": told from when the document was written */
        when->scope = SCOPE_DOCUMENT;
        when->relative = true;
        return latest(s, &end) && complete_year(when, end.year + when->shift);
    }
    const struct when *reference = spoken(s, passage, sentence, &when->scope);
    if (when->year == ANCHOR_THE_YEAR) {
        when->relative = true;
        if (!reference && !latest(s, &end))
            return false;
        return complete_year(when, (reference ? reference->b.year : end.year) + when->shift);
    }
    int said = year_said(s, passage, when);
    return complete_year(when, said ? said : year_near(s, reference, when->scope, when->b));
}

/* The `count` grains that end with the document's date: "the past three months". */
static bool resolve_span(const struct period_scan *s, struct when *when)
{
    struct moment end;
    if (!latest(s, &end))
        return false;
    enum grain grain = when->grain, fine = grain == GRAIN_DECADE || grain == GRAIN_YEAR ? GRAIN_YEAR : grain <= GRAIN_WEEK ? GRAIN_DAY : GRAIN_MONTH;
    if ((fine == GRAIN_MONTH && !end.month) || (fine == GRAIN_DAY && !end.day) || end.month > 12)
        return false;
    when_set(when, fine, end);
    when->a = moment_shift(when->b, grain, -when->count);
    when->grain = GRAIN_PERIOD;
    when->scope = SCOPE_DOCUMENT;
    return when_valid(when);
}

/* A stretch moved by as many months as it is long: the period before July–September is April–June. */
static bool shift_stretch(const struct when *reference, int n, struct when *when)
{
    *when = (struct when){.a = reference->a, .b = reference->b, .grain = GRAIN_PERIOD, .edge = PERIOD_WORDS, .scope = when->scope, .relative = true, .rule = when->rule};
    if (n == 0 || reference->grain == GRAIN_YEAR) {
        when->a.year += n;
        when->b.year += n;
        return when_valid(when);
    }
    if (!reference->a.month || !reference->b.month || reference->a.day || reference->b.day || reference->b.month > 12)
        return false;
    int months = (reference->b.year - reference->a.year) * 12 + reference->b.month - reference->a.month + 1;
    when->a = moment_shift(reference->a, GRAIN_MONTH, n * months);
    when->b = moment_shift(reference->b, GRAIN_MONTH, n * months);
    return when_valid(when);
}

static bool resolve_shift(struct when *when, const struct when *reference)
{
    if (when->grain == GRAIN_PERIOD)
        return shift_stretch(reference, when->shift, when);
    struct moment from = reference->a;
    if (when->grain < GRAIN_YEAR && (!from.month || from.month > 12))
        return false;
    if (when->grain <= GRAIN_WEEK && !from.day)
        return false;
    enum grain grain = when->grain;
    struct moment to = moment_shift(from, grain, when->shift);
    when_set(when, grain == GRAIN_WEEK ? GRAIN_DAY : grain, to);
    if (grain == GRAIN_WEEK) {
        GDate date;
        g_date_clear(&date, 1);
        g_date_set_dmy(&date, (GDateDay)to.day, (GDateMonth)to.month, (GDateYear)to.year);
        when->a = moment_shift(to, GRAIN_DAY, 1 - (int)g_date_get_weekday(&date));
        when->b = moment_shift(when->a, GRAIN_DAY, 6);
    }
    return when_valid(when);
}

/* From where the document stands: its date; its period where it has one of that grain ("this quarter"). */
static bool resolve_this(const struct period_scan *s, struct when *when)
{
    when->scope = SCOPE_DOCUMENT;
    if (s->has_own && (when->grain == GRAIN_QUARTER || when->grain == GRAIN_HALF || !s->has_date))
        return resolve_shift(when, &s->own);
    struct when date = {.a = s->date, .b = s->date};
    return s->has_date && resolve_shift(when, &date);
}

/* The months of the period spoken of, in another year. */
static bool resolve_same(const struct when *reference, struct when *when)
{
    int year = when->a.year ? when->a.year : reference->b.year + when->shift, length = reference->b.year - reference->a.year;
    when->a = reference->a;
    when->b = reference->b;
    when->open_a = reference->open_a;
    when->a.year = year - length;
    when->b.year = year;
    when->grain = reference->grain;
    when->decade = false;
    if (!when_valid(when) && when->b.day == 29)
        when->a.day = MIN(when->a.day, 28), when->b.day = 28;
    return when_valid(when);
}

static bool resolve_weekday(const struct period_scan *s, struct when *when)
{
    if (!s->has_date || !s->date.day)
        return false;
    GDate date;
    g_date_clear(&date, 1);
    g_date_set_dmy(&date, (GDateDay)s->date.day, (GDateMonth)s->date.month, (GDateYear)s->date.year);
    int back = ((int)g_date_get_weekday(&date) - when->shift + 7) % 7;
    when->a = when->b = moment_shift(s->date, GRAIN_DAY, -back);
    when->scope = SCOPE_DOCUMENT;
    return true;
}

static bool resolve_reporting(const struct period_scan *s, struct when *when)
{
    if (!s->has_own)
        return false;
    when->a = when->edge == PERIOD_END ? s->own.b : s->own.a;
    when->b = when->edge == PERIOD_START ? s->own.a : s->own.b;
    when->scope = SCOPE_DOCUMENT;
    return true;
}

/* "the previous quarter", said again, is the same quarter. */
static bool said_again(const struct when *reference, struct when *when)
{
    if (when->anchor != ANCHOR_SPOKEN || !when->shift || reference->moved != when->shift || reference->moved_by != when->grain)
        return false;
    when->a = reference->a;
    when->b = reference->b;
    when->moved = reference->moved;
    when->moved_by = reference->moved_by;
    return true;
}

/* From the period spoken of; without one, from the document's date. */
static bool resolve_spoken(const struct period_scan *s, uint32_t passage, uint32_t sentence, struct when *when)
{
    const struct when *reference = spoken(s, passage, sentence, &when->scope);
    struct when date = {.a = s->date, .b = s->date, .grain = s->date.day ? GRAIN_DAY : s->date.month ? GRAIN_MONTH : GRAIN_YEAR};
    bool that = when->anchor == ANCHOR_SPOKEN && when->shift == 0; /* "that year" needs one that was spoken of */
    if (!reference && s->has_date && !that) {
        reference = &date;
        when->scope = SCOPE_DOCUMENT;
    }
    if (when->anchor == ANCHOR_SAME && !reference && when->a.year) { /* at least its year is said */
        when->b = when->a;
        when->grain = GRAIN_YEAR;
        when->scope = SCOPE_NONE;
        return when_valid(when);
    }
    if (!reference || said_again(reference, when))
        return reference != NULL;
    struct when origin = {.grain = reference->moved_by, .shift = -reference->moved};
    if (when->anchor == ANCHOR_SAME && reference->moved && resolve_shift(&origin, reference))
        reference = &origin; /* "the same quarter" is not the previous one that the sentence before measures against */
    int moved = when->anchor == ANCHOR_SPOKEN ? when->shift : 0;
    enum grain moved_by = when->grain;
    bool resolved = when->anchor == ANCHOR_SAME ? resolve_same(reference, when) : resolve_shift(when, reference);
    when->moved = moved;
    when->moved_by = moved_by;
    return resolved;
}

bool period_resolve(const struct period_scan *s, uint32_t passage, uint32_t sentence, struct when *when)
{
    switch (when->anchor) {
    case ANCHOR_YEAR:
    case ANCHOR_THE_YEAR:
        return resolve_year(s, passage, sentence, when);
    case ANCHOR_THIS:
        return resolve_this(s, when);
    case ANCHOR_SPAN:
        return resolve_span(s, when);
    case ANCHOR_WEEKDAY:
        return resolve_weekday(s, when);
    case ANCHOR_REPORTING:
        return resolve_reporting(s, when);
    case ANCHOR_SPOKEN:
    case ANCHOR_SAME:
        return resolve_spoken(s, passage, sentence, when);
    case ANCHOR_NONE:
        break;
    }
    return when_valid(when);
}
