/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_DOCX_TEXT_H
#define CITABLE_INGEST_DOCX_TEXT_H

#include "ingest/builder.h"
#include "ingest/readers/docx_parts.h"

/* Who signs the comments that docx_remark writes: they are no part of what a file says. */
#define DOCX_OWN_AUTHOR "citable"

/* A note that was called. Footnotes are printed after the block that calls them, endnotes at the end. */
struct docx_call {
    xmlNode *note;
    xmlNode *run; /* in which it was called */
    guint mark;
};

/* A piece of text as the file holds it. Put end to end, the pieces are what the document's shifts point into: clean byte → byte of a piece → place in a run. */
struct docx_piece {
    uint32_t at, len; /* bytes of all pieces before it; its own */
    xmlNode *node;    /* a text node, or the element that stands for a sign (<w:sym>, <w:noBreakHyphen>) */
    xmlNode *call;    /* the run that calls the note it is in, or NULL */
};

/* The text of a Word file's runs, as its reader sees it: what was inserted is there, what was deleted is not, fields show their results. */
struct docx_text {
    struct builder builder;
    struct docx *docx;
    GArray *footnotes, *endnotes; /* struct docx_call, not printed yet */
    GPtrArray *boxes;             /* xmlNode: text boxes anchored in the open block, not printed yet */
    GArray *pieces;               /* struct docx_piece, for whoever writes into the file; or NULL: not kept */
    const char *style;            /* id of the open paragraph's style, or NULL */
    xmlNode *call;                /* the run that calls the note that is printed, or NULL */
    GString *raised;              /* superscript text that may go on in the next run */
    uint32_t raised_at;           /* where it stands in the pieces, or NONE */
    const char *stroke;           /* of a fraction, perhaps, behind the raised text; borrowed from the tree; NULL = none */
    uint32_t stroke_at;           /* where it stands in the pieces, or NONE */
    unsigned field;               /* fields inside one another */
    uint32_t instruction;         /* bit n: field n is in its instruction, which is not printed */
    unsigned hidden, charts, diagrams; /* runs of hidden text, charts and SmartArt: left out */
    unsigned placeholders;        /* numbers in what asks to be filled in: left out */
    bool lowered;                 /* the run is */
    bool in_note;                 /* notes call no notes */
    bool apart;                   /* the run before was lowered, or this one is: digits that meet are two numbers */
    bool own_mark;                /* the next text is the mark of the note called last */
};

void docx_text_init(struct docx_text *text, struct docx *docx, struct document *doc);
void docx_text_clear(struct docx_text *text);

/* Appends what stands in the children of a paragraph (or of any element inside one) to the open passage. */
void docx_text_read(struct docx_text *text, xmlNode *node);
/* The end of a paragraph: superscript text that waits is decided. */
void docx_text_end(struct docx_text *text);

#endif
