/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_ENTRIES_H
#define CITABLE_INDEX_ENTRIES_H

#include "index/postings.h"

/* Inside index/ only: where a word stands, while it is read (index/doclist.c): passages in rising order, and, where several words are to stand one behind the other,
 * where in each of them. */
struct entries {
    struct entry *all; /* 0 times: what older segments say of the passage is no longer so */
    size_t n, room;
    GArray *begins;    /* uint32_t, rising in each passage: where the phrase would begin of which this is a word, for each entry as many as it has times; NULL: nobody asks */
};

struct entries entries_new(bool begins);
void entries_clear(struct entries *entries);

/* Room for so many more. */
void entries_reserve(struct entries *entries, size_t more);

/* The same for beginnings, where somebody asks. */
void entries_reserve_begins(struct entries *entries, size_t more);

/* There is room for it. */
static inline void entries_add_begin(struct entries *entries, uint32_t begin)
{
    ((uint32_t *)(void *)entries->begins->data)[entries->begins->len++] = begin;
}

/* Entries [0, base) with `base_begins` beginnings are of older segments, those behind of a newer one: puts them in order. Where both tell of a passage, what is newer holds. */
void entries_merge_newer(struct entries *entries, size_t base, guint base_begins);

/* Adds where another word stands. */
void entries_unite(struct entries *entries, const struct entries *other);

/* Leaves the beginnings that another word has, too. */
void entries_keep_common(struct entries *entries, const struct entries *other);

#endif
