/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_WORKER_CHILD_H
#define CITABLE_INDEX_WORKER_CHILD_H

#include "index/worker.h"

/* Descriptors of that process: frames, and the file. */
enum { CHILD_OUT = 3, CHILD_FILE, CHILD_FIRST_CLOSED };

/* What the process of one file does; all borrowed from the parent. */
struct child_task {
    const struct worker_setup *setup;
    int file, out, errors, steps; /* descriptors; the last is of steps.h */
    const char *path, *known_sha256;
    const GArray *left_out;
};

/* Right after fork: confines itself, reads, sends frames, ends. */
G_NORETURN void child_run(const struct child_task *task);

/* In that process: says which page it has come to (steps_say). */
void child_page(uint32_t page, uint32_t pages);

/* Bytes of the heap of the reader of a large file. Few need more; it is mapped before the limit on memory counts, and stays well within it. */
size_t child_heap_room(const struct worker_setup *setup);

#endif
