/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding an element of an array that is sorted by one of its fields. */
#ifndef CITABLE_BASE_SORTED_H
#define CITABLE_BASE_SORTED_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline bool sorted_below(const GArray *array, size_t size, size_t key, guint i, uint32_t least)
{
    uint32_t value;
    memcpy(&value, array->data + i * size + key, sizeof value);
    return value < least;
}

/* Index of the first element whose key is not below `least`; the array's length if there is none. Elements have `size` bytes, the key is the uint32_t
   `key` bytes into each. */
static inline guint sorted_from(const GArray *array, size_t size, size_t key, uint32_t least)
{
    guint low = 0;
    for (guint n = array->len; n > 0;) { /* without a branch that depends on the values */
        guint half = n - n / 2;
        low += sorted_below(array, size, key, low + half - 1, least) ? half : 0;
        n /= 2;
    }
    return low;
}

/* The same, for one who asks in order, or nearly: looks near index `hint` first, which may be any. */
static inline guint sorted_near(const GArray *array, size_t size, size_t key, uint32_t least, guint hint)
{
    enum { NEAR = 8 };
    for (guint n = 0; n < NEAR && hint < array->len && sorted_below(array, size, key, hint, least); n++)
        hint++;
    for (guint n = 0; n < NEAR && hint > 0 && hint <= array->len && !sorted_below(array, size, key, hint - 1, least); n++)
        hint--;
    bool here = hint <= array->len && (hint == array->len || !sorted_below(array, size, key, hint, least)) && (hint == 0 || sorted_below(array, size, key, hint - 1, least));
    return here ? hint : sorted_from(array, size, key, least);
}

/* SORTED_FROM(doc->shifts, struct shift, clean, at + 1): the first shift behind `at`. The field may lie deeper: span.end. */
#define SORTED_FROM(array, type, field, least) sorted_from((array), sizeof(type), offsetof(type, field), (least))
#define SORTED_NEAR(array, type, field, least, hint) sorted_near((array), sizeof(type), offsetof(type, field), (least), (hint))

#endif
