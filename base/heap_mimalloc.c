/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/heap.h"

#include <mimalloc.h>
#include <stdint.h>
#include <sys/mman.h>

/* Only with CITABLE_TUNED, in the place of base/heap.c. */

static const uintptr_t SEGMENT = 32 << 20; /* what mimalloc takes from the system at a time, aligned so */

/* A process that reads one document and ends gives no page back to the system: it would ask for it again with the next page of the document. What is taken is
 * there to be written to at once, without a call for each piece. */
__attribute__((constructor)) static void keep_pages(void)
{
    mi_option_disable(mi_option_page_reset);
    mi_option_disable(mi_option_allow_decommit);
    mi_option_set(mi_option_eager_commit_delay, 0);
}

static bool advise(const mi_heap_t *heap, const mi_heap_area_t *area, void *block, size_t block_size, void *advised)
{
    (void)heap, (void)block, (void)block_size;
    uintptr_t segment = (uintptr_t)area->blocks & ~(SEGMENT - 1), *last = advised;
    if (segment != *last)
        madvise((void *)segment, SEGMENT, MADV_HUGEPAGE); /* refused where there are none */
    *last = segment;
    return true;
}

/* Of the segments that are there only the first megabytes are in use. What is new goes to a heap of its own: into theirs, whose pages are shared with the process
 * that was forked, and would be copied one by one, only what is freed there. */
void heap_make_room(size_t bytes)
{
    (void)bytes;
    uintptr_t last = 0;
    mi_heap_visit_blocks(mi_heap_get_default(), false, advise, &last);
    mi_heap_t *heap = mi_heap_new();
    if (heap)
        mi_heap_set_default(heap);
}

/* What lies free among what is shared the heap above does not use. */
void heap_seal(size_t bytes)
{
    (void)bytes;
    mi_collect(true);
}

void heap_small(void)
{
}
