/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/period/period.h"

#include <stdio.h>

/* The months of a moment: a season's first and last, the year's where none is said. */
static void months_of(struct moment m, int *first, int *last)
{
    static const int seasons[][2] = {{3, 5}, {6, 8}, {9, 11}, {12, 12}};
    if (m.month > 12) {
        *first = seasons[m.month - 21][0];
        *last = seasons[m.month - 21][1];
    } else {
        *first = m.month ? m.month : 1;
        *last = m.month ? m.month : 12;
    }
}

struct moment moment_shift(struct moment m, enum grain grain, int n)
{
    static const int months[] = {[GRAIN_MONTH] = 1, [GRAIN_QUARTER] = 3, [GRAIN_HALF] = 6, [GRAIN_YEAR] = 12, [GRAIN_DECADE] = 120};
    if (grain == GRAIN_DAY || grain == GRAIN_WEEK) {
        GDate date;
        g_date_clear(&date, 1);
        g_date_set_dmy(&date, (GDateDay)MAX(m.day, 1), (GDateMonth)MAX(m.month, 1), (GDateYear)m.year);
        int days = grain == GRAIN_DAY ? n : 7 * n;
        if (days < 0)
            g_date_subtract_days(&date, (guint)-days);
        else
            g_date_add_days(&date, (guint)days);
        return (struct moment){g_date_get_year(&date), (int)g_date_get_month(&date), g_date_get_day(&date)};
    }
    if (grain >= GRAIN_PERIOD || months[grain] == 0)
        return m;
    int at = m.year * 12 + (m.month >= 1 && m.month <= 12 ? m.month - 1 : 0) + n * months[grain];
    return (struct moment){at / 12, m.month >= 1 && m.month <= 12 ? at % 12 + 1 : m.month, 0};
}

void when_set(struct when *when, enum grain grain, struct moment m)
{
    int size = grain == GRAIN_QUARTER ? 3 : grain == GRAIN_HALF ? 6 : 0, first = m.month ? (m.month - 1) / MAX(size, 1) * MAX(size, 1) + 1 : 1;
    when->grain = grain;
    when->decade = grain == GRAIN_DECADE;
    if (grain == GRAIN_DAY)
        when->a = when->b = m;
    else if (grain == GRAIN_MONTH)
        when->a = when->b = (struct moment){m.year, m.month, 0};
    else if (size) {
        when->a = (struct moment){m.year, first, 0};
        when->b = (struct moment){m.year, first + size - 1, 0};
    } else {
        when->a = when->b = (struct moment){when->decade ? m.year / 10 * 10 : m.year, 0, 0};
    }
}

int moment_compare(struct moment a, struct moment b)
{
    int first_a, first_b, unused;
    months_of(a, &first_a, &unused);
    months_of(b, &first_b, &unused);
    int x = (a.year * 12 + first_a) * 32 + MAX(a.day, 1), y = (b.year * 12 + first_b) * 32 + MAX(b.day, 1);
    return x < y ? -1 : x > y;
}

static bool moment_valid(struct moment m)
{
    if (m.year < 1 || m.year > 2999)
        return false;
    return m.day == 0 || g_date_valid_dmy((GDateDay)m.day, (GDateMonth)m.month, (GDateYear)m.year);
}

bool when_valid(const struct when *when)
{
    return moment_valid(when->a) && moment_valid(when->b) && moment_compare(when->a, when->b) <= 0;
}

bool moment_parse(const char *edtf, struct moment *ret)
{
    *ret = (struct moment){0, 0, 0};
    int used = 0, n = edtf ? sscanf(edtf, "%4d%n-%2d%n-%2d%n", &ret->year, &used, &ret->month, &used, &ret->day, &used) : 0;
    return n >= 1 && (edtf[used] == '\0' || edtf[used] == '~' || edtf[used] == '?' || edtf[used] == '/') && ret->month <= 24 && moment_valid(*ret);
}

bool when_parse(const char *edtf, struct when *ret)
{
    const char *slash = edtf ? strchr(edtf, '/') : NULL;
    *ret = (struct when){.edge = PERIOD_WORDS};
    if (!moment_parse(edtf, &ret->a) || !moment_parse(slash ? slash + 1 : edtf, &ret->b))
        return false;
    ret->grain = slash ? GRAIN_PERIOD : ret->a.day ? GRAIN_DAY : ret->a.month ? GRAIN_MONTH : GRAIN_YEAR;
    return when_valid(ret);
}

/* At least `width` digits; the end of what was written. printf costs as much as the reading of a period. */
static char *put_digits(char *out, int value, int width)
{
    if (value < 0 || value > 9999)
        return out + g_snprintf(out, 12, "%0*d", width, value);
    for (int unit = 1000, place = 4; place > 0; unit /= 10, place--)
        if (place <= width || value >= unit)
            *out++ = (char)('0' + value / unit % 10);
    return out;
}

static char *put_moment(char *out, struct moment m)
{
    out = put_digits(out, m.year, 4);
    for (int k = 0; k < 2; k++) {
        int part = k == 0 ? m.month : m.day;
        if (!part)
            continue;
        *out++ = '-';
        out = put_digits(out, part, 2);
    }
    return out;
}

/* An end of a period: "..", where it is open. */
static char *put_end(char *out, struct moment m, bool open, bool about)
{
    if (open) {
        memcpy(out, "..", 2);
        return out + 2;
    }
    out = put_moment(out, m);
    if (about)
        *out++ = '~';
    return out;
}

static const char *write_edtf(struct mentions *mentions, const struct when *when)
{
    char text[96], *out = text;
    bool one = memcmp(&when->a, &when->b, sizeof when->a) == 0 && !when->open_a && !when->open_b;
    if (when->decade && one) {
        out = put_digits(out, when->a.year / 10, 3);
        *out++ = 'X';
    } else {
        out = put_end(out, when->a, when->open_a, when->about);
        if (!one) {
            *out++ = '/';
            out = put_end(out, when->b, when->open_b, when->about);
        }
    }
    return mentions_intern(mentions, slice_make(text, (size_t)(out - text)));
}

const char *when_edtf(const struct period_scan *s, const struct when *when)
{
    struct moment a = when->a, b = when->b;
    unsigned mixed = ((unsigned)a.year * 13 + (unsigned)a.month) * 32 + (unsigned)a.day + 29 * (((unsigned)b.year * 13 + (unsigned)b.month) * 32 + (unsigned)b.day) + when->open_a + 2u * when->open_b;
    struct period_written *w = &s->written[mixed * 0x9e3779b1u >> 25];
    bool same = w->edtf && memcmp(&w->a, &a, sizeof a) == 0 && memcmp(&w->b, &b, sizeof b) == 0 && w->open_a == when->open_a && w->open_b == when->open_b &&
                w->about == when->about && w->decade == when->decade;
    if (!same)
        *w = (struct period_written){a, b, when->open_a, when->open_b, when->about, when->decade, write_edtf(s->x->mentions, when)};
    return w->edtf;
}
