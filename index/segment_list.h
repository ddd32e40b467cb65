/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_SEGMENT_LIST_H
#define CITABLE_INDEX_SEGMENT_LIST_H

#include "index/statement.h"

/*  Inside index/ only: which segments the full text has, as FTS5 writes it down (row 10 of fts_data):
 *
 *    cookie   levels, segments, pages ever written   for each level: being merged, segments   for each of those: id, first page, last page */

struct segment_part {
    uint32_t id, first, last; /* pages; 0, 0: none is left, as it is being merged */
};

struct segment_level {
    uint32_t merging; /* of its first segments */
    GArray *parts;    /* struct segment_part, older ones first */
};

enum { SEGMENT_COOKIE = 4 }; /* bytes, of FTS5's settings */

/* Level 0 holds the newest. */
struct segment_list {
    uint8_t cookie[SEGMENT_COOKIE];
    GArray *levels;   /* struct segment_level */
    uint64_t written; /* pages, ever */
};

enum segment_form {
    SEGMENTS_KNOWN,
    SEGMENTS_OTHER,   /* a form that is not known here: FTS5 reads it, or says what is wrong; nothing is written to it */
    SEGMENTS_DAMAGED,
};

/* Reads it; `list` is to be cleared whatever was found. SEGMENTS_OTHER with `error` (STORE): it could not be read now. */
enum segment_form segment_list_read(struct store *store, struct segment_list *list, GError **error);
void segment_list_clear(struct segment_list *list);

guint segment_list_count(const struct segment_list *list);

static inline struct segment_level *segment_list_level(const struct segment_list *list, guint i)
{
    return &g_array_index(list->levels, struct segment_level, i);
}

/* The smallest id that none has; 0: there are too many. */
uint32_t segment_list_free_id(const struct segment_list *list);

/* The newest. */
void segment_list_add(struct segment_list *list, const struct segment_part *part);

/* Errors: STORE. */
bool segment_list_write(struct store *store, const struct segment_list *list, GError **error);

/* Does the full text count words that no segment has? */
bool segment_list_misses(struct store *store, const struct segment_list *list);

/* Writes a number as SQLite does, high bits first; returns where it ends. */
uint8_t *segment_number(uint8_t *at, uint64_t value);
void segment_append_number(GByteArray *bytes, uint64_t value);

#endif
