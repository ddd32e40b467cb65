/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/heap.h"

#include <glib.h>
#include <malloc.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
    HUGE_PAGE = 2 << 20,
    HOLE_MOST = 1 << 20, /* bytes of a piece of memory that is free among others; a larger one is left */
    HOLE_LEAST = 16,
    HOLE_FINE = 1 << 14, /* up to here pieces of each size are asked for, from here on by this step */
    KEPT_SMALL = 1040,   /* what is not larger malloc keeps when it is freed, and gives out again */
    HEAD = 64,           /* before a room: what malloc writes at the end of what it has given out */
};

/* Where the program's own data end, and the heap begins some way behind; the linker's name. */
extern char _end[];

/* What heap_seal has made; start NULL: nothing. */
static struct {
    char *start;
    size_t size;
} room;

static uintptr_t huge_after(const void *at)
{
    return ((uintptr_t)at + HUGE_PAGE - 1) & ~(uintptr_t)(HUGE_PAGE - 1);
}

static void keep_all(size_t bytes)
{
    mallopt(M_MMAP_THRESHOLD, (int)MIN(2 * bytes, G_MAXINT)); /* what is smaller comes from the heap */
    mallopt(M_TRIM_THRESHOLD, G_MAXINT);
}

void heap_make_room(size_t bytes)
{
    if (bytes <= room.size)
        return;
    keep_all(bytes);
    char *made = malloc(bytes);
    uintptr_t first = huge_after(made), after = ((uintptr_t)made + bytes) & ~(uintptr_t)(HUGE_PAGE - 1);
    if (made && after > first)
        madvise((void *)first, after - first, MADV_HUGEPAGE); /* refused where there are none */
    free(made);
}

/* Where the heap has given out nothing yet; NULL: this is another malloc, or its heap is in pieces. */
static char *heap_end(void)
{
    size_t unused = mallinfo2().keepcost;
    return unused > 0 ? (char *)sbrk(0) - unused : NULL;
}

/* Takes for good each piece that lies free before `end`; what malloc has from elsewhere, as where the heap cannot grow, may lie there for ever. */
static void fill_holes(const char *end)
{
    for (size_t size = HOLE_MOST; size >= HOLE_LEAST; size -= size > HOLE_FINE ? HOLE_FINE : HOLE_LEAST) {
        char *piece;
        do
            piece = malloc(size - sizeof(size_t)); /* malloc adds its own word */
        while (piece && piece >= _end && piece < end);
        if (size > KEPT_SMALL)
            free(piece);
    }
}

/*  before   |used|  |used|   |used|…unused
 *  after    |used|XX|used|XXX|used|XXXXX|room, of huge pages…
 *                                       ^ a huge page begins */
void heap_seal(size_t bytes)
{
    malloc_trim(0); /* no page stays that holds nothing */
    char *end = heap_end();
    if (!end)
        return;
    keep_all(bytes);
    fill_holes(end);
    malloc_trim(0); /* the beginning of the room, which that has touched */
    end = heap_end();
    char *first = (char *)huge_after(end + 2 * HEAD);
    char *before = malloc((size_t)(first - end) - HEAD), *made = malloc(bytes + 2 * HEAD);
    bool follows = before && made && before > end - HEAD && before < first && made < first && first - made <= HEAD;
    free(made);
    if (!follows) {
        free(before);
        return;
    }
    room.start = first;
    room.size = bytes;
    madvise(first, bytes, MADV_HUGEPAGE);
}

void heap_small(void)
{
    if (room.start)
        madvise(room.start, room.size, MADV_NOHUGEPAGE);
}
