/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_GET_H
#define CITABLE_INDEX_GET_H

#include "index/blob.h"
#include "index/store.h"

/* What is stored, as rows: plain strings and numbers, owned by the row, freed with its _free. Ids are those users see. */

struct document_row {
    int64_t rowid;
    char *id;      /* shortest unique prefix of sha256, 6 or more */
    char *sha256;
    char *file_sha256;
    char *path, *member, *reader;
    uint64_t size;
    struct metadata metadata; /* with a person's corrections applied */
    uint32_t pages, passages, figures;
    bool intact;            /* false: what is stored of it no longer matches its hash */
};

struct passage_row {
    int64_t rowid, document; /* rowids */
    char *id;                /* "a1c94e.11.3"; "a1c94e.0.3" where there are no pages */
    char *text;              /* verbatim clean text; "" where damage took it */
    struct span span;        /* in the document's clean text */
    struct span source;      /* bytes of the file, or {NONE, NONE} */
    enum zone zone;
    uint32_t page;           /* from 1, or NONE */
    uint32_t page_end;       /* the page on which it ends */
    char *label;             /* printed page label, or NULL */
    char *heading;           /* text of the heading over it, or NULL */
    uint32_t flags;          /* enum passage_flag */
    GArray *boxes;           /* struct place_on_page, one for each printed line */
    GArray *lines;           /* struct stored_line: the same with the bytes of each */
    bool intact;             /* false: the stored text no longer matches its hash; it must not be quoted without saying so */
};

struct figure_row {
    int64_t rowid, passage, document;
    char *id;                /* "a1c94e.11.3#2" */
    struct quantity quantity; /* unit is owned by the row */
    char *text;              /* as printed, inside the passage */
    char *unit, *unit_text, *counted, *period, *said_by, *mark, *note_text, *rule;
    uint32_t note_page;      /* or NONE */
    enum scope period_scope, place_scope;
    struct figure_place *places;
    uint32_t n_places;
    char *sentence;          /* verbatim */
    struct span span;        /* in the document's clean text */
    struct span sentence_span;
    uint32_t page;           /* of the figure itself */
    char *label;
    enum zone zone;
    bool minor;
    GArray *boxes;           /* struct place_on_page of the figure's own characters */
    bool intact;             /* false: the stored figure or its passage no longer matches its hash; it must not be shown without saying so */
};

void document_row_free(struct document_row *row);
void passage_row_free(struct passage_row *row);
void figure_row_free(struct figure_row *row);

/* Each: `*ret` is NULL and true is returned when there is no such row; false only on STORE errors (or QUERY: a prefix that fits several documents). */
bool store_document(struct store *store, int64_t rowid, struct document_row **ret, GError **error);
bool store_document_by_id(struct store *store, const char *prefix, struct document_row **ret, GError **error);
bool store_documents(struct store *store, GPtrArray **ret, GError **error); /* struct document_row, by path and member */
bool store_documents_at(struct store *store, const char *path, GPtrArray **ret, GError **error); /* of one file (its path as stored), by member */
bool store_passage(struct store *store, int64_t rowid, struct passage_row **ret, GError **error);
/* The passage that a pull quote says again. */
bool store_original(struct store *store, int64_t passage, struct passage_row **ret, GError **error);
bool store_passage_by_id(struct store *store, const char *id, struct passage_row **ret, GError **error);
bool store_figure_by_id(struct store *store, const char *id, struct figure_row **ret, GError **error);
bool store_figures_of(struct store *store, const struct passage_row *passage, GPtrArray **ret, GError **error); /* in reading order */
/* The n passages before and after, for context, the passage itself included. */
bool store_context(struct store *store, int64_t passage, uint32_t n, GPtrArray **ret, GError **error);

/* The text and pages of each passage of a document, in reading order, as they lie there: not compared with their hashes, so they are not to be quoted. */
bool store_texts(struct store *store, int64_t document, void (*each)(void *data, const char *text, uint32_t page, uint32_t page_end), void *data, GError **error);
/* Where its note marks stood: uint32_t, bytes of the clean text, rising. The caller frees the array. */
bool store_marks(struct store *store, int64_t document, GArray **ret, GError **error);

/* A note of a document. */
struct note_row {
    char *label, *text; /* text: NULL where what is stored no longer matches its hash */
    uint32_t page;      /* or NONE */
};
void note_row_free(struct note_row *row);
bool store_notes(struct store *store, int64_t document, GPtrArray **ret, GError **error); /* in order */

/* How many passages of each document name the place: `each` is called once a document. */
bool store_place_documents(struct store *store, const struct figure_place *place, void (*each)(void *data, int64_t document, uint32_t passages), void *data,
                           GError **error);

/* What happened to each file of the ingests, newest state; and what could not be read. */
struct ledger_row {
    char *path, *member;
    char *status;  /* "added", "partial", "failed", "skipped", "duplicate" */
    char *code;    /* "encrypted", "no-text", …; NULL when all is well */
    uint32_t page; /* or NONE */
    char *reason;  /* one line, or NULL */
    char *document; /* sha256, or NULL */
};
void ledger_row_free(struct ledger_row *row);
bool store_ledger(struct store *store, GPtrArray **ret, GError **error);

/* What the last ingest ran under: "sandbox" (files were read with less confinement than is meant). `*ret` is NULL when there is nothing to say; the caller frees it. */
bool store_condition(struct store *store, const char *name, char **ret, GError **error);

#endif
