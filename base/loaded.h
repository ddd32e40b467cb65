/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_BASE_LOADED_H
#define CITABLE_BASE_LOADED_H

#include <stdbool.h>

/* For a process that others will be forked from, when it is ready: what the program and its libraries have in memory to be written to, once the loader and they themselves have
 * written there, becomes a file without a name that nobody can change. A fork copies each page of memory that was written, and notes for each mapping with such pages whose they
 * are; of a file's it does neither: who is forked asks for those that it touches. Content, addresses and rights stay as they were, and what is written stays the writer's own.
 * False: not done, or in part; nothing is lost. Only while no other thread runs. */
bool loaded_settle(void);

#endif
