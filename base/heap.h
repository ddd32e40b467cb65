/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_BASE_HEAP_H
#define CITABLE_BASE_HEAP_H

#include <stddef.h>

/* Makes room in the heap of a process that will touch so many bytes of it, or more. Each page of memory that is new to a process costs it a fault, and reading a report
 * touches thousands: the room is of huge pages, where the system has them for those that ask, and what is freed stays until the process ends. Touches nothing itself. */
void heap_make_room(size_t bytes);

#endif
