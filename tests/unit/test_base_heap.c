/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/heap.h"

#include <glib.h>
#include <malloc.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

enum { PIECES = 4000, MOST = 5000, ROOM = 4 << 20 };

static void *pieces[PIECES];

static size_t size_of(size_t i)
{
    return 1 + i * 37 % MOST;
}

/* Many pieces, every other one freed again; returns where the last of them ends. */
static uintptr_t make_holes(void)
{
    uintptr_t end = 0;
    for (size_t i = 0; i < PIECES; i++) {
        pieces[i] = malloc(size_of(i));
        assert_non_null(pieces[i]);
        end = MAX(end, (uintptr_t)pieces[i] + size_of(i));
    }
    for (size_t i = 0; i < PIECES; i += 2)
        free(g_steal_pointer(&pieces[i]));
    return end;
}

static bool has_holes(void)
{
    struct mallinfo2 heap = mallinfo2();
    return heap.keepcost > 0 && heap.fordblks > heap.keepcost; /* not so of other mallocs than the C library's */
}

static void sealed(void **state)
{
    (void)state;
    for (int round = 0; round < 2; round++) { /* what is allocated after the first is sealed, too */
        uintptr_t end = make_holes();
        if (!has_holes())
            skip();
        heap_small();
        heap_seal(ROOM);
        for (size_t size = 1; size < MOST; size += 7)
            assert_true((uintptr_t)malloc(size) >= end);
    }
    size_t before = mallinfo2().arena;
    heap_make_room(ROOM); /* is there already */
    assert_int_equal(mallinfo2().arena, before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(sealed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
