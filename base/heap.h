/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_BASE_HEAP_H
#define CITABLE_BASE_HEAP_H

#include <stddef.h>

/* Makes room in the heap of a process that will touch so many bytes of it, or more. Each page of memory that is new to a process costs it a fault, and reading a report
 * touches thousands: the room is of huge pages, where the system has them for those that ask, and what is freed stays until the process ends. Touches nothing itself.
 * Nothing to do where heap_seal has made one as large. */
void heap_make_room(size_t bytes);

/* For a process that others will be forked from: what they allocate lies in a room as above, behind all that is there, none of it in pieces that are free among what they
 * share, whose pages would be copied one by one. To be called again when more was allocated, after heap_small. */
void heap_seal(size_t bytes);

/* The room that heap_seal has made is of small pages, for this process and those forked from it: one that touches little of it would wait longer for a huge page. */
void heap_small(void);

#endif
