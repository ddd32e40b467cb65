/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_TEXT_NOTES_H
#define CITABLE_INGEST_TEXT_NOTES_H

#include "ingest/printed/marks.h"

/* A footnote or endnote as printed: lines [first, last) of the text. */
struct text_note {
    char label[8];        /* "12", "*" */
    uint16_t number;      /* 12; 0 for a symbol */
    uint32_t first, last; /* lines */
    uint32_t text;        /* byte where its own text begins, behind the label */
    uint32_t page;        /* or NONE */
    bool foot;            /* at the foot of its page: its mark is on that page or on the one before */
};

/*  Finds the notes of a text and sets their lines apart (LINE_NOTE):
 *
 *    at the foot of a page      consecutive labels down to its end, under a rule or with a mark for them above on the page
 *    behind a chapter, or all   a run 1, 2, 3 … for at least half of whose labels a mark stands above it
 *
 *  A numbered paragraph or list has no marks, and stays. GArray of struct text_note in order of their lines, owned by the caller. */
GArray *text_notes_find(struct text_lines *lines, const GArray *candidates);

#endif
