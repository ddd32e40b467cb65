/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/heap.h"

#include <glib.h>
#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

enum { HUGE_PAGE = 2 << 20 };

void heap_make_room(size_t bytes)
{
    mallopt(M_MMAP_THRESHOLD, (int)MIN(2 * bytes, G_MAXINT)); /* what is smaller comes from the heap */
    mallopt(M_TRIM_THRESHOLD, G_MAXINT);
    char *room = malloc(bytes);
    uintptr_t first = ((uintptr_t)room + HUGE_PAGE - 1) & ~(uintptr_t)(HUGE_PAGE - 1), after = ((uintptr_t)room + bytes) & ~(uintptr_t)(HUGE_PAGE - 1);
    if (room && after > first)
        madvise((void *)first, after - first, MADV_HUGEPAGE); /* refused where there are none */
    free(room);
}
