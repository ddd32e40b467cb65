/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_WORKER_CHILD_H
#define CITABLE_INDEX_WORKER_CHILD_H

#include "index/worker.h"

/* Bytes of the heap of the reader of a large file: few need more. */
enum { CHILD_HEAP_ROOM = 64 << 20 };

/* Descriptors of that process: frames; the file; of each page that it comes to two numbers (32 bits), the page and how many there are, after which the pages before it
 * are done (page = pages + 1: all). The last is a pipe of its own so that nobody wakes for them: they are read when there is something else to do. */
enum { CHILD_OUT = 3, CHILD_FILE, CHILD_STEPS, CHILD_FIRST_CLOSED };

/* What the process of one file does; all borrowed from the parent. */
struct child_task {
    const struct worker_setup *setup;
    int file, out, errors, steps;
    const char *path, *known_sha256;
    const GArray *left_out;
};

/* Right after fork: confines itself, reads, sends frames, ends. */
G_NORETURN void child_run(const struct child_task *task);

#endif
