/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_TEXT_BLOCKS_H
#define CITABLE_INGEST_TEXT_BLOCKS_H

#include "ingest/printed/notes.h"

/* Lines that make one passage, in reading order: order[from … to). A paragraph that goes on behind a caption or on the next page is one block. */
struct text_block {
    enum zone zone;
    uint32_t flags;   /* enum passage_flag */
    uint8_t level;
    uint32_t note;    /* ZONE_NOTE: index into the notes; else NONE */
    guint from, to;
};

struct text_blocks {
    GArray *order;  /* guint: indexes of lines */
    GArray *blocks; /* struct text_block */
};

/* Puts the text's lines together to blocks. */
void text_blocks_init(struct text_blocks *ret, const struct text_lines *lines, const GArray *notes);
void text_blocks_clear(struct text_blocks *blocks);

#endif
