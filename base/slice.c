/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/slice.h"

struct slice slice_trim(struct slice s)
{
    while (s.len > 0 && g_ascii_isspace(s.ptr[0])) {
        s.ptr++;
        s.len--;
    }
    while (s.len > 0 && g_ascii_isspace(s.ptr[s.len - 1]))
        s.len--;
    return s;
}

char *slice_dup(struct slice s)
{
    return g_strndup(s.ptr ? s.ptr : "", s.len);
}
