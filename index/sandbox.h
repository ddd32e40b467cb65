/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_SANDBOX_H
#define CITABLE_INDEX_SANDBOX_H

#include <stdbool.h>
#include <stdint.h>

/* What a process that reads untrusted bytes may do: read fonts and the data of its libraries; no other file, no network, no writing, no new program. */
struct sandbox;

/* Made once, before the first process is forked. Whatever the kernel does not offer is left out and said in sandbox_missing. */
struct sandbox *sandbox_new(void);
void sandbox_free(struct sandbox *sandbox);

/* One line for a person, or NULL: this kernel confines the readers fully. */
const char *sandbox_missing(const struct sandbox *sandbox);

/* A descriptor that a process must keep open to confine itself or others; -1: none. */
int sandbox_descriptor(const struct sandbox *sandbox);

/* What the calling process, and those that it forks, may open, for good: the first part of sandbox_enter, which one that has done it leaves out. */
void sandbox_enter_files(const struct sandbox *sandbox);

/* Confines the calling process, for good; memory_mb and cpu_s are its limits. Only calls that are safe after fork. */
void sandbox_enter(const struct sandbox *sandbox, uint32_t memory_mb, uint32_t cpu_s);

#endif
