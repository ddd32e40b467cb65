/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/facts/date.h"

#include <glib.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Begins of month names, English, Spanish, French, Portuguese, German, folded to ASCII. A longer begin stands before a shorter one. */
static const struct {
    const char *begin;
    unsigned month;
} months[] = {
    {"jan", 1}, {"ene", 1}, {"janv", 1}, {"feb", 2}, {"fev", 2}, {"mar", 3}, {"apr", 4}, {"abr", 4}, {"avr", 4}, {"may", 5}, {"mai", 5}, {"jun", 6}, {"juin", 6}, {"juil", 7}, {"jul", 7},
    {"aug", 8}, {"ago", 8}, {"aou", 8}, {"sep", 9}, {"set", 9}, {"oct", 10}, {"okt", 10}, {"out", 10}, {"nov", 11}, {"dec", 12}, {"dic", 12}, {"dez", 12},
};

static unsigned month_of(const char *word)
{
    g_autofree char *folded = g_str_to_ascii(word, "C");
    g_autofree char *lower = g_ascii_strdown(folded, -1);
    for (size_t i = 0; i < G_N_ELEMENTS(months); i++)
        if (g_str_has_prefix(lower, months[i].begin))
            return months[i].month;
    return 0;
}

/* Parts of a date as they come. */
struct parts {
    unsigned year, month, day;
    unsigned numbers[3]; /* small numbers, in order */
    unsigned count;
};

static char *printed(unsigned year, unsigned month, unsigned day)
{
    if (year < 1000 || year > 2999)
        return NULL;
    if (month >= 1 && month <= 12 && day >= 1 && day <= 31 && g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year))
        return g_strdup_printf("%04u-%02u-%02u", year, month, day);
    if (month >= 1 && month <= 12)
        return g_strdup_printf("%04u-%02u", year, month);
    return g_strdup_printf("%04u", year);
}

/* A number of one to `most` digits at *p, which is moved behind it; 0 when there is none. */
static unsigned digits(const char **p, size_t most)
{
    unsigned value = 0;
    for (size_t n = 0; n < most && g_ascii_isdigit(**p); n++)
        value = value * 10 + (unsigned)g_ascii_digit_value(*(*p)++);
    return value;
}

/* The year first: 2015-05-04, 2015/5/4, 2015-05, 20150504, 20150504103000. */
static char *machine(const char *text)
{
    size_t run = strspn(text, "0123456789");
    const char *p = text;
    unsigned year = digits(&p, 4);
    if (run == 8 || run == 12 || run == 14) {
        unsigned month = digits(&p, 2);
        return printed(year, month, digits(&p, 2));
    }
    if (run != 4)
        return NULL;
    if (!strchr("-/.", *p) || *p == '\0')
        return *p == '\0' ? printed(year, 0, 0) : NULL;
    p++;
    unsigned month = digits(&p, 2), day = 0;
    if (*p && strchr("-/.", *p)) {
        p++;
        day = digits(&p, 2);
    }
    return printed(year, month, day);
}

static void take_number(struct parts *parts, const char *start, size_t len)
{
    unsigned value = (unsigned)g_ascii_strtoull(start, NULL, 10);
    if (len == 4 && value >= 1000 && value < 3000 && parts->year == 0)
        parts->year = value;
    else if (len <= 2 && parts->count < 3)
        parts->numbers[parts->count++] = value;
}

static struct parts read_parts(const char *text)
{
    struct parts parts = {0};
    for (const char *p = text; *p;) {
        const char *start = p;
        if (g_ascii_isdigit(*p)) {
            while (g_ascii_isdigit(*p))
                p++;
            if (*p == ':') /* a time of day begins: the date is over, unless it has not begun */
                for (; g_ascii_isdigit(*p) || *p == ':'; p++)
                    ;
            else
                take_number(&parts, start, (size_t)(p - start));
        } else if (g_ascii_isalpha(*p) || (unsigned char)*p >= 0x80) {
            while (g_ascii_isalpha(*p) || (unsigned char)*p >= 0x80)
                p++;
            g_autofree char *word = g_strndup(start, (gsize)(p - start));
            if (parts.month == 0)
                parts.month = month_of(word);
        } else {
            p++;
        }
    }
    return parts;
}

char *date_edtf(const char *text)
{
    while (text && g_ascii_isspace(*text))
        text++;
    if (!text || !g_utf8_validate(text, -1, NULL))
        return NULL;
    char *fixed = machine(text);
    if (fixed)
        return fixed;
    struct parts parts = read_parts(text);
    if (parts.year == 0)
        return NULL;
    if (parts.month == 0 && parts.count >= 2) { /* 25/12/2015, 12/25/2015 */
        unsigned a = parts.numbers[0], b = parts.numbers[1];
        if (a > 12 && b <= 12)
            return printed(parts.year, b, a);
        if ((b > 12 && a <= 12) || a == b)
            return printed(parts.year, a, b);
        return printed(parts.year, 0, 0);
    }
    return printed(parts.year, parts.month, parts.month > 0 && parts.count > 0 ? parts.numbers[0] : 0);
}

/* What stands behind a year: "05/", "5/", "may/". 0: no month. */
static unsigned month_part(const char *part)
{
    size_t digit = strspn(part, "0123456789"), letters = 0;
    while (g_ascii_isalpha(part[letters]))
        letters++;
    if (digit > 0 && digit <= 2 && part[digit] == '/') {
        unsigned long month = strtoul(part, NULL, 10);
        return month <= 12 ? (unsigned)month : 0;
    }
    if (letters != 3 || part[letters] != '/')
        return 0;
    g_autofree char *word = g_strndup(part, letters);
    return month_of(word);
}

char *date_of_address(const char *url)
{
    for (const char *at = url ? strchr(url, '/') : NULL; at; at = strchr(at + 1, '/')) {
        const char *part = at + 1;
        unsigned year = strspn(part, "0123456789") == 4 && part[4] == '/' ? (unsigned)strtoul(part, NULL, 10) : 0, month = year >= 1990 && year < 2100 ? month_part(part + 5) : 0;
        if (month == 0)
            continue;
        const char *behind = strchr(part + 5, '/') + 1;
        size_t len = strspn(behind, "0123456789");
        bool day = len > 0 && len <= 2 && (behind[len] == '/' || behind[len] == '\0');
        if (!day && part[6] == '/')
            continue; /* "/C/2015/3/CRP": the symbol of a document; a month alone has two digits */
        g_autofree char *date = printed(year, month, day ? (unsigned)strtoul(behind, NULL, 10) : 0);
        return g_strconcat(date, "?", NULL);
    }
    return NULL;
}
