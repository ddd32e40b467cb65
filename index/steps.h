/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_STEPS_H
#define CITABLE_INDEX_STEPS_H

#include <stdbool.h>
#include <stdint.h>

/* Which page a reading process has come to, and of how many: one word in a page of memory that it shares with its parent, who looks when
 * there is something else to do. Nobody is woken, nothing is ever full, and the last step is there however the process ends. The parent only
 * reads it, and its size is fixed: what the process can do with it is lie. */
struct steps;

/* In the parent, and a descriptor for the process (the caller closes it). NULL with errno: none can be had. */
struct steps *steps_new(int *ret_fd);

/* In the process. NULL: that descriptor is no such memory. */
struct steps *steps_join(int fd);

void steps_free(struct steps *steps);

/* The process has come to `page` of `pages`: those before it are done (page = pages + 1: all). */
void steps_say(struct steps *steps, uint32_t page, uint32_t pages);

/* What was said last; false: nothing yet. */
bool steps_look(const struct steps *steps, uint32_t *page, uint32_t *pages);

#endif
