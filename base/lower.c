/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/lower.h"

/* A character whose small form has as many bytes, in every language: Latin letters but the İ, and punctuation. */
static bool is_common(gunichar c)
{
    return (c < 0x180 && c != 0x130) || (c >= 0x2000 && c < 0x2070);
}

char *slice_lower(struct slice s)
{
    char *lower = g_malloc(s.len + 1);
    size_t i = 0;
    while (i < s.len && i + (size_t)g_utf8_skip[(unsigned char)s.ptr[i]] <= s.len) { /* a last character may be cut */
        char c = s.ptr[i];
        if ((unsigned char)c < 0x80) {
            lower[i++] = (char)(c + (c >= 'A' && c <= 'Z' ? 'a' - 'A' : 0));
            continue;
        }
        gunichar character = g_utf8_get_char(s.ptr + i);
        if (!is_common(character)) {
            g_free(lower);
            return g_utf8_strdown(s.ptr, (gssize)s.len);
        }
        i += (size_t)g_unichar_to_utf8(g_unichar_tolower(character), lower + i);
    }
    lower[i] = '\0';
    return lower;
}
