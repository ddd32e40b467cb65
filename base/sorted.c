/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/sorted.h"

#include <string.h>

guint sorted_from(const GArray *array, size_t size, size_t key, uint32_t least)
{
    guint low = 0, high = array->len;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        uint32_t value;
        memcpy(&value, array->data + middle * size + key, sizeof value);
        if (value < least)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
