/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/facts/symbol.h"

enum { SYMBOL_BYTES = 64 };

#define PARTS "[A-Z][A-Z0-9.]{0,9}(?:/[A-Z0-9][A-Za-z0-9.]{0,11}){2,7}"

char *symbol_of(struct slice text)
{
    static GRegex *pattern;
    if (!pattern)
        pattern = g_regex_new("^" PARTS "(?:-" PARTS ")*(?: ?[([](?:Part|Partie|Parte|Vol\\.) [IVX0-9]+[)\\]])?$", G_REGEX_OPTIMIZE, 0, NULL);
    g_assert(pattern);
    text = slice_trim(text);
    if (text.len == 0 || text.len > SYMBOL_BYTES || !memchr(text.ptr, '/', text.len))
        return NULL;
    char *symbol = slice_dup(text), *to = symbol;
    for (const char *from = symbol; *from; from++) /* stars say that it was issued again */
        if (*from != '*')
            *to++ = *from;
    *to = '\0';
    if (strpbrk(symbol, "0123456789") && g_regex_match(pattern, symbol, 0, NULL))
        return symbol;
    g_free(symbol);
    return NULL;
}
