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

size_t whole_write(uint64_t value, char into[WHOLE_BYTES])
{
    char digits[WHOLE_BYTES];
    size_t first = sizeof digits;
    do
        digits[--first] = (char)('0' + value % 10);
    while ((value /= 10) > 0);
    memcpy(into, digits + first, sizeof digits - first);
    return sizeof digits - first;
}

/* Do eight ASCII characters stand here, none of them zero? */
static bool eight_plain(const char *p)
{
    uint64_t eight;
    memcpy(&eight, p, sizeof eight);
    return (((eight - UINT64_C(0x0101010101010101)) | eight) & UINT64_C(0x8080808080808080)) == 0;
}

bool slice_is_utf8(struct slice s)
{
    for (const char *p = s.ptr, *end = s.ptr + s.len; p < end;) {
        if (end - p >= 8 && eight_plain(p)) {
            p += 8;
        } else if ((unsigned char)(*p - 1) < 0x7f) { /* ASCII but zero, whether char has a sign or not */
            p++;
        } else {
            gunichar c = *p == 0 ? (gunichar)-1 : g_utf8_get_char_validated(p, end - p);
            if (c >= 0x110000)
                return false;
            p = g_utf8_next_char(p);
        }
    }
    return true;
}
