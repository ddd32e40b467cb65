/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_LIST_H
#define CITABLE_INDEX_LIST_H

#include "index/entries.h"

/* Inside index/ only: one word's list of passages, as FTS5 writes it, read page by page (index/doclist.h has a picture). */

/* Bytes that are read in order. */
struct bytes {
    const uint8_t *at, *end;
    bool sound;
};

uint64_t bytes_take_long(struct bytes *bytes);

/* SQLite's own: seven bits a byte, the highest first. */
static inline uint64_t bytes_take(struct bytes *bytes)
{
    return bytes->at < bytes->end && *bytes->at < 0x80 ? *bytes->at++ : bytes_take_long(bytes);
}

/* A list while it is read. */
struct list {
    struct ranking *ranking;
    struct entries found;
    size_t base;                  /* of them, those of older segments */
    guint base_begins;            /* and how many beginnings they have */
    uint32_t column;              /* that is counted */
    bool tag;                     /* no word of a text */
    enum { ROWID, SIZE, POSITIONS } next;
    bool begun;                   /* a rowid was read */
    uint64_t rowid;
    uint64_t left;                /* bytes of positions */
    uint32_t place;               /* of the word in the phrase that is asked for */
    const struct entries *among;  /* only passages of this list are asked for; NULL: all */
    size_t among_at;
    bool jumped;                  /* to a page on which nothing asked for stands before its first rowid */
    uint32_t passage;             /* that is read; UINT32_MAX: it is left out */
    uint32_t at_column, times, position;
    bool marked;                  /* a column's number comes next */
    uint64_t known;               /* first rowid of the document asked for last */
    uint32_t known_rows, known_first; /* its passages, and the number of the first */
};

/* A segment's list begins, which is newer than what was read before. */
void list_open(struct list *list);

/* It has ended. False: not where a passage ends. */
bool list_close(struct list *list);

/* Its part of a page. first: where on the page a rowid stands whole; 0: nowhere. False: it is damaged. */
bool list_read(struct list *list, const uint8_t *page, struct bytes bytes, uint32_t first);

/* Is no passage asked for that may still come? */
bool list_is_done(const struct list *list);

/* A page of a long list, and the first rowid that stands there. */
struct jump {
    uint64_t rowid;
    uint32_t page;
};

/* The page behind this one that may have passages that are asked for; 0: there is none. jumps: struct jump, or NULL; `*at`: of them, the first that is not before it. */
uint32_t list_page_behind(struct list *list, const GArray *jumps, guint *at, uint32_t page);

#endif
