/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/period.h"

#include <string.h>

static int32_t day_number(int year, int month, int day)
{
    GDate date;
    g_date_clear(&date, 1);
    g_date_set_dmy(&date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
    return (int32_t)g_date_get_julian(&date);
}

/* n digits, or -1. */
static int digits(const char *text, size_t n)
{
    int value = 0;
    for (size_t i = 0; i < n; i++) {
        if (!g_ascii_isdigit(text[i]))
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

/* First and last month of what EDTF writes in the month's place: months, seasons, quarters, thirds and halves of a year. */
static bool months_of(int code, int *first, int *last)
{
    static const struct {
        int code, first, last;
    } parts[] = {{21, 3, 5}, {22, 6, 8}, {23, 9, 11}, {24, 12, 12}, {33, 1, 3}, {34, 4, 6}, {35, 7, 9}, {36, 10, 12}, {37, 1, 4}, {38, 5, 8}, {39, 9, 12}, {40, 1, 6}, {41, 7, 12}};
    if (code >= 1 && code <= 12) {
        *first = *last = code;
        return true;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
        if (parts[i].code == code) {
            *first = parts[i].first;
            *last = parts[i].last;
            return true;
        }
    return false;
}

static void set_months(struct days *ret, int year_first, int first, int year_last, int last)
{
    ret->first = day_number(year_first, first, 1);
    ret->last = day_number(year_last, last, g_date_get_days_in_month((GDateMonth)last, (GDateYear)year_last));
}

/* "201X" and "19XX": a decade, a century. */
static bool unspecified_years(const char *text, struct days *ret)
{
    size_t known = strspn(text, "0123456789");
    if (strlen(text) != 4 || known < 2 || strspn(text + known, "X") != 4 - known)
        return false;
    int scale = known == 3 ? 10 : 100, base = digits(text, known) * scale;
    if (base == 0)
        return false;
    set_months(ret, base, 1, base + scale - 1, 12);
    return true;
}

/* One end of a period: a year, month or day, with "~" and "?" behind it. */
static bool read_date(const char *text, struct days *ret)
{
    char date[16];
    size_t len = strcspn(text, "~?%");
    if (len >= sizeof date || strspn(text + len, "~?%") != strlen(text + len))
        return false;
    memcpy(date, text, len);
    date[len] = '\0';
    ret->about = text[len] != '\0';
    if (len == 4 && strchr(date, 'X'))
        return unspecified_years(date, ret);
    int year = len >= 4 ? digits(date, 4) : -1, first = 1, last = 12;
    if (year < 1)
        return false;
    if (len == 4) {
        set_months(ret, year, first, year, last);
        return true;
    }
    int code = len >= 7 && date[4] == '-' ? digits(date + 5, 2) : -1;
    if (!months_of(code, &first, &last))
        return false;
    if (len == 7) {
        set_months(ret, year, first, year, last);
        return true;
    }
    int day = len == 10 && date[7] == '-' ? digits(date + 8, 2) : -1;
    if (day < 1 || code > 12 || !g_date_valid_dmy((GDateDay)day, (GDateMonth)code, (GDateYear)year))
        return false;
    ret->first = ret->last = day_number(year, code, day);
    return true;
}

static bool read_ends(const char *first, const char *last, struct days *ret)
{
    bool open_first = *first == '\0' || g_str_equal(first, ".."), open_last = *last == '\0' || g_str_equal(last, "..");
    struct days from = {.first = INT32_MIN}, to = {.last = INT32_MAX};
    if ((open_first && open_last) || (!open_first && !read_date(first, &from)) || (!open_last && !read_date(last, &to)))
        return false;
    *ret = (struct days){from.first, to.last, from.about || to.about};
    return ret->first <= ret->last;
}

bool days_from_edtf(const char *edtf, struct days *ret)
{
    const char *slash = edtf ? strchr(edtf, '/') : NULL;
    if (!slash)
        return edtf && read_date(edtf, ret);
    g_autofree char *first = g_strndup(edtf, (gsize)(slash - edtf));
    return read_ends(first, slash + 1, ret);
}

bool days_from_user(const char *text, struct days *ret)
{
    const char *dots = strstr(text, "..");
    if (!dots || strchr(text, '/'))
        return days_from_edtf(text, ret);
    g_autofree char *first = g_strndup(text, (gsize)(dots - text));
    return read_ends(first, dots + 2, ret);
}

char *day_text(int32_t day)
{
    if (day == INT32_MIN || day == INT32_MAX)
        return NULL;
    GDate date;
    g_date_clear(&date, 1);
    g_date_set_julian(&date, (guint32)day);
    return g_strdup_printf("%04u-%02u-%02u", (unsigned)g_date_get_year(&date), (unsigned)g_date_get_month(&date), (unsigned)g_date_get_day(&date));
}

enum relation days_relation(const struct days *a, const struct days *b)
{
    if (a->first == b->first && a->last == b->last)
        return RELATION_SAME;
    if (b->last < a->first || a->last < b->first)
        return RELATION_APART;
    if (b->first >= a->first && b->last <= a->last)
        return RELATION_WITHIN;
    if (a->first >= b->first && a->last <= b->last)
        return RELATION_AROUND;
    return RELATION_OVERLAPS;
}

enum relation period_relation(const char *a, const char *b)
{
    struct days x, y;
    if (!days_from_edtf(a, &x) || !days_from_edtf(b, &y))
        return RELATION_UNKNOWN;
    return days_relation(&x, &y);
}
