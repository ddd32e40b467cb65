/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_BUILDER_H
#define CITABLE_INGEST_BUILDER_H

#include "ingest/document.h"
#include "ingest/layout/superscript.h"
#include "ingest/encoding.h"
#include "ingest/marked_table.h"

/*  Puts running text of a marked-up format together to passages: white space collapsed, empty passages left out, the source kept.
 *
 *    builder_open(BODY) builder_text("Some  ") builder_text("8,512\n people") builder_close()   →   [Some 8,512 people]
 *
 *  A builder is a value on the reader's stack. Soft hyphens and other characters of no width do not enter the text; no-break spaces do. */
struct builder {
    struct document *doc;
    struct passage passage; /* the open one */
    bool open;
    bool space;             /* white space waits for the next word */
    bool tab;               /* the space that waits parts columns … */
    bool part;              /* … or lines, where two numbers would be read as one */
    uint32_t struck;        /* clean byte behind a digit where text is struck out that nothing parts from it, or NONE */
    uint32_t space_source;
    char *note;             /* label of the note that the open passage is, or NULL */
    uint32_t note_start;    /* clean byte where its own text begins */
    GArray *cells;          /* struct marked_cell of the open table, or NULL */
    uint32_t row, column;   /* in the open table */
    uint32_t until[MARKED_COLUMNS]; /* row before which a cell above ends, by column */
    uint32_t cell;          /* clean byte where the open cell begins, or NONE */
    uint32_t caption;       /* passage of the open table's caption, or NONE */
};

void builder_init(struct builder *builder, struct document *doc);
/* Frees what is open: a table's cells, a note's label. */
void builder_clear(struct builder *builder);

/* Ends the open passage, if any, and begins one. level: see struct passage; flags: enum passage_flag. */
void builder_open(struct builder *builder, enum zone zone, uint8_t level, uint32_t flags);
/* Ends the open passage; one without text is forgotten. */
void builder_close(struct builder *builder);
/* Bytes of the open passage so far. */
uint32_t builder_length(const struct builder *builder);

/* Appends text that stood at `source` and onwards (NONE: unknown). Opens a body passage when none is open. */
void builder_text(struct builder *builder, struct slice text, uint32_t source);
/* Appends text made from what stood at `source` ({NONE, NONE}: unknown), character for character: "⁶" for a raised "6". */
void builder_made(struct builder *builder, struct slice text, struct span source);
/* The same, or builder_raised, with bytes of a decoded text, each at its own place in the file. */
void builder_decoded(struct builder *builder, const struct encoding *encoding, struct span text, bool raised);
/* White space without a source of its own. */
void builder_space(struct builder *builder);
/* The same between two lines or blocks: the line break of <br>, two paragraphs of a cell. A TAB where digits would meet: 503 over 505 is not 503 505. */
void builder_part(struct builder *builder);
/* A gap between columns inside a passage: a TAB, so that two numbers never become one. */
void builder_tab(struct builder *builder);
/* Raised text: a note mark, a power, or the end of a word (superscript.h). At the head of a passage a mark makes it a note's text. */
void builder_raised(struct builder *builder, struct slice text, struct span source);
/* Text that is struck out was taken back, and is left out: warns of it, once a document. Numbers do not join over it. */
void builder_struck(struct builder *builder);
/* Is raised text that stands here the label of a note below the open table? (builder_raised sees it itself.) */
bool builder_labels_note(const struct builder *builder, struct slice raised);
/* The open passage is the text of the note with this label. Takes no ownership. */
void builder_note(struct builder *builder, const char *label);
/* What raised text is here; see superscript_kind. */
enum superscript builder_raised_kind(const struct builder *builder, struct slice text);
/* A fraction comes, behind a whole number parted from it: 3 1⁄2. */
void builder_fraction(struct builder *builder);
/* A note mark at this place. Takes no ownership of `label`. source: bytes of the file or {NONE, NONE}. */
void builder_mark(struct builder *builder, const char *label, struct span source);

/* A table: rows are passages of their own, cells parted by TAB; at its end doc->cells holds the cells whose heads are sure. */
void builder_table(struct builder *builder, uint32_t caption);
void builder_row(struct builder *builder);
/* head: the cell is marked as a head (<th>); columns, rows: how many it covers, at least 1. */
void builder_cell(struct builder *builder, bool head, unsigned columns, unsigned rows);
void builder_table_end(struct builder *builder);

#endif
