/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_SPAWNER_H
#define CITABLE_INDEX_SPAWNER_H

#include "index/worker_child.h"

/*  A small process that starts those that read. A fork copies the page tables of whoever forks, and each page that either side then writes
 *  is copied too: the process that writes the evidence file, with its caches, would pay for that with every document.
 *
 *      writer ── task, four descriptors ───→ spawner
 *        │ ←──────────── pid ──────────────────┘│ clone(CLONE_PARENT)
 *        └── is the parent of, waits for ──→  reader
 *
 *  It has rules and names loaded and has read a page of our own, so that what the libraries make once is made before the fork; it never
 *  sees a file's bytes. */
struct spawner;

/* To be made while the calling process is small. NULL: no process could be started. `setup` stays the caller's and alive. */
struct spawner *spawner_new(const struct worker_setup *setup);

/* A child of the calling process, at its task; -1: none could be started, and the caller forks itself. A spawner that is not
 * ready within the setup's silence_s (its libraries hang: damaged fonts, no memory) is ended and not asked. */
pid_t spawner_start(struct spawner *spawner, const struct child_task *task);

/* Ends it; what it started goes on. */
void spawner_free(struct spawner *spawner);

#endif
