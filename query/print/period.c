/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/print/period.h"

#include "query/cite/citation.h"

/* One end of a period. */
struct end {
    const char *date; /* without its "~"; borrowed */
    bool about;
    int year, month, day;
};

/* Cuts the mark off `text`, which is borrowed. False for a date that is no plain day, month or year: a season, a decade, one in doubt. */
static bool end_of(char *text, struct end *ret)
{
    size_t len = strlen(text);
    *ret = (struct end){.date = text, .about = len > 0 && text[len - 1] == '~'};
    if (ret->about)
        text[--len] = '\0';
    ret->year = edtf_day(text, &ret->month, &ret->day);
    return ret->year && len == (ret->day ? 10u : ret->month ? 7u : 4u);
}

/* "September to December 2023", "3 to 7 May 2015": what both ends share is said once. */
static void append_first(GString *out, const struct end *first, const struct end *last)
{
    g_autoptr(GString) date = g_string_new(NULL);
    bool year = first->year == last->year && first->month && last->month, month = year && first->month == last->month && first->day && last->day;
    citation_date_append(date, first->date);
    if (month)
        g_string_append_printf(out, "%d", first->day);
    else if (year)
        g_string_append_len(out, date->str, strrchr(date->str, ' ') - date->str);
    else
        g_string_append(out, date->str);
}

static bool append_period(GString *out, struct end *first, struct end *last, char **dates)
{
    bool from = g_strcmp0(dates[0], "..") != 0, open = dates[1] && g_str_equal(dates[1], ".."), single = !dates[1];
    if ((from && !end_of(dates[0], first)) || (!single && !open && !end_of(dates[1], last)) || (!from && (open || single)))
        return false;
    const char *join = !from ? "until " : open ? "since " : "";
    bool both = from && !single && !open;
    if (both && first->about != last->about)
        return false;
    g_string_append_printf(out, "%s%s", join, (from ? first : last)->about ? "about " : "");
    if (both) {
        append_first(out, first, last);
        g_string_append(out, " to ");
    }
    citation_date_append(out, both || !from ? last->date : first->date);
    return true;
}

char *period_words(const char *edtf)
{
    if (!edtf)
        return NULL;
    struct end first = {0}, last = {0};
    g_auto(GStrv) dates = g_strsplit(edtf, "/", -1);
    g_autoptr(GString) out = g_string_new(NULL);
    bool plain = dates[0] && (!dates[1] || !dates[2]) && append_period(out, &first, &last, dates);
    return plain ? g_string_free(g_steal_pointer(&out), FALSE) : g_strdup(edtf);
}
