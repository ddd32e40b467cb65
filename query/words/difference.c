/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/words/difference.h"

#include "query/words/rows.h"

/* How such heads begin, in lower case; and the noun of each, its first word. Read once. */
static const GPtrArray *heads(bool nouns)
{
    static GPtrArray *known[2];
    if (known[nouns])
        return known[nouns];
    known[0] = g_ptr_array_new();
    known[1] = g_ptr_array_new();
    g_autoptr(GPtrArray) rows = word_rows("differences");
    for (guint i = 0; i < rows->len; i++) {
        char *const *row = g_ptr_array_index(rows, i);
        g_assert(row[1]);
        g_auto(GStrv) cells = g_strsplit(row[1], " | ", -1);
        for (char **cell = cells; *cell; cell++) {
            g_autofree char *noun = g_strndup(*cell, strcspn(*cell, " "));
            g_ptr_array_add(known[0], (void *)g_intern_string(*cell));
            g_ptr_array_add(known[1], (void *)g_intern_string(noun));
        }
    }
    return known[nouns];
}

bool difference_heads(const char *counted)
{
    g_autofree char *lower = g_utf8_strdown(counted, -1);
    const GPtrArray *all = heads(false);
    for (guint i = 0; i < all->len; i++) {
        const char *head = g_ptr_array_index(all, i), *at = strstr(lower, head);
        char behind = at ? at[strlen(head)] : 'x';
        bool begins = at == lower || (at && at - lower >= 2 && at[-1] == ' ' && at[-2] == ':');
        if (begins && (behind == ' ' || behind == ':'))
            return true;
    }
    return false;
}

bool difference_named(const char *question)
{
    g_autofree char *lower = g_utf8_strdown(question, -1);
    const GPtrArray *all = heads(true);
    for (guint i = 0; i < all->len; i++)
        for (const char *at = lower; (at = strstr(at, g_ptr_array_index(all, i))); at++) {
            gunichar before = at > lower ? g_utf8_get_char(g_utf8_prev_char(at)) : ' ';
            if (!g_unichar_isalpha(before)) /* no "exchange" */
                return true;
        }
    return false;
}
