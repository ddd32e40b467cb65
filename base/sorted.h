/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding an element of an array that is sorted by one of its fields. */
#ifndef CITABLE_BASE_SORTED_H
#define CITABLE_BASE_SORTED_H

#include <glib.h>
#include <stddef.h>
#include <stdint.h>

/* Index of the first element whose key is not below `least`; the array's length if there is none. Elements have `size` bytes, the key is the uint32_t
   `key` bytes into each. */
guint sorted_from(const GArray *array, size_t size, size_t key, uint32_t least);

/* SORTED_FROM(doc->shifts, struct shift, clean, at + 1): the first shift behind `at`. The field may lie deeper: span.end. */
#define SORTED_FROM(array, type, field, least) sorted_from((array), sizeof(type), offsetof(type, field), (least))

#endif
