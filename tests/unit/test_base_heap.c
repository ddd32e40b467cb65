/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/heap.h"

#include <glib.h>
#include <malloc.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
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

static void need_holes(void)
{
    if (has_holes())
        return;
    for (size_t i = 0; i < PIECES; i++)
        free(g_steal_pointer(&pieces[i]));
    skip();
}

static void sealed(void **state)
{
    (void)state;
    for (int round = 0; round < 2; round++) { /* what is allocated after the first is sealed, too */
        uintptr_t end = make_holes();
        need_holes();
        heap_small();
        heap_seal(ROOM);
        for (size_t size = 1; size < MOST; size += 7)
            assert_true((uintptr_t)malloc(size) >= end);
    }
    size_t before = mallinfo2().arena;
    heap_make_room(ROOM); /* is there already */
    assert_int_equal(mallinfo2().arena, before);
    heap_make_room((size_t)2 * ROOM);
    assert_true(mallinfo2().arena >= before + ROOM);
    assert_int_equal(mallinfo2().hblks, 0); /* the heap itself has grown */
}

static size_t addresses(void)
{
    g_autofree char *line = NULL;
    return g_file_get_contents("/proc/self/statm", &line, NULL, NULL) ? (size_t)g_ascii_strtoull(line, NULL, 10) * (size_t)sysconf(_SC_PAGESIZE) : 0;
}

/* How many bytes of the heap a room takes for which there is no memory; in a process of its own, whose limit stays. */
static int taken_without_room(void)
{
    heap_seal(ROOM); /* what is free among what is used is taken once */
    struct rlimit limit = {addresses() + ROOM, RLIM_INFINITY};
    if (limit.rlim_cur == ROOM || setrlimit(RLIMIT_AS, &limit) != 0)
        return -1;
    size_t before = mallinfo2().uordblks;
    heap_seal((size_t)16 * ROOM);
    return (int)(mallinfo2().uordblks - before);
}

static void takes_nothing_without_room(void **state)
{
    (void)state;
    make_holes();
    need_holes();
    int pipes[2], taken = -1;
    assert_int_equal(pipe(pipes), 0);
    pid_t pid = fork();
    if (pid == 0) {
        taken = taken_without_room();
        _exit(write(pipes[1], &taken, sizeof taken) != (ssize_t)sizeof taken);
    }
    assert_int_equal(read(pipes[0], &taken, sizeof taken), sizeof taken);
    assert_int_equal(waitpid(pid, NULL, 0), pid);
    close(pipes[0]);
    close(pipes[1]);
    assert_in_range(taken, 0, 256 << 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(takes_nothing_without_room), cmocka_unit_test(sealed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
