/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_BLOB_H
#define CITABLE_INDEX_BLOB_H

#include "ingest/document.h"

/* Arrays of 32-bit integers and floats as the evidence file holds them: little-endian, the same on every machine. */

/* A printed line of a passage. */
struct stored_line {
    struct span span;
    struct place_on_page place;
};

/* Turns words from this machine's order to the file's, or back; nothing on most machines. */
static inline void blob_swap(void *data, size_t size)
{
    uint32_t *words = data;
    for (size_t i = 0; G_BYTE_ORDER == G_BIG_ENDIAN && i < size / 4; i++)
        words[i] = GUINT32_FROM_LE(words[i]);
}

#endif
