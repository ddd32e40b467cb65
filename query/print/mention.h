/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_PRINT_MENTION_H
#define CITABLE_QUERY_PRINT_MENTION_H

#include "extract/mention.h"
#include "query/print/printer.h"

/* A mention as one JSON object (docs/schema.md, "mention"); the caller decrefs it. */
json_t *mention_json(const struct document *doc, const struct mention *mention);

/* A place of a figure, with its role; a zone with its countries. The caller decrefs it. */
json_t *place_json(const struct figure_place *place);

/* The CSV columns of mentions. */
extern const char *const mention_columns[];

/* A table of a document's mentions (struct mention *), one a line, under the document's name. */
void mentions_print(const struct document *doc, const GPtrArray *mentions, struct terminal terminal, FILE *out);

/* What a figure says, whether it was just read or stored; everything is borrowed but unit_text, which is taken over. */
struct figure_said {
    const struct quantity *quantity;
    const char *unit;
    json_t *unit_text;
    const char *counted, *period;
    enum scope period_scope;
    const struct figure_place *places;
    uint32_t n_places;
    enum scope place_scope;
    const char *said_by, *note;
};

/* Adds "value" to "note", in the order of docs/schema.md. */
void figure_json(json_t *object, const struct figure_said *said);

#endif
