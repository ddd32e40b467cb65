/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_EXPORT_EXPORTER_H
#define CITABLE_QUERY_EXPORT_EXPORTER_H

#include "query/answer.h"

#include <stdio.h>

/* Figures on their way out, for other programs. */
struct export {
    struct library *library;
    FILE *out;
    bool spreadsheet;       /* CSV: cells that a spreadsheet would run are disarmed */
    bool reviews;           /* CSV and JSON Lines: also what persons said of each */
    bool failed;            /* set by an end that could not write all */
    unsigned added;
    void *state;            /* the exporter's own */
};

/* A format is a row. Each figure is added in turn; answers with damaged text never are. */
struct exporter {
    const char *name, *help;
    void (*begin)(struct export *export);
    bool (*add)(struct export *export, const struct answer *answer, GError **error);
    void (*end)(struct export *export);
};

extern const struct exporter exporters[];
extern const size_t n_exporters;

/* NULL for a word that is none. */
const struct exporter *exporter_named(const char *name);

/* rows.c: tables and records */
void export_csv_begin(struct export *export);
bool export_csv_add(struct export *export, const struct answer *answer, GError **error);
void export_csv_end(struct export *export);
void export_jsonl_begin(struct export *export);
bool export_jsonl_add(struct export *export, const struct answer *answer, GError **error);
void export_jsonl_end(struct export *export);

/* xlsx.c: a workbook: the figures, their sources, what could not be read */
void export_xlsx_begin(struct export *export);
bool export_xlsx_add(struct export *export, const struct answer *answer, GError **error);
void export_xlsx_end(struct export *export);

/* annotation.c: W3C Web Annotation Data Model */
void export_annotations_begin(struct export *export);
bool export_annotations_add(struct export *export, const struct answer *answer, GError **error);
void export_annotations_end(struct export *export);

/* geojson.c: RFC 7946 */
void export_geojson_begin(struct export *export);
bool export_geojson_add(struct export *export, const struct answer *answer, GError **error);
void export_geojson_end(struct export *export);

/* facts.c: a fact sheet in Markdown */
void export_facts_begin(struct export *export);
bool export_facts_add(struct export *export, const struct answer *answer, GError **error);
void export_facts_end(struct export *export);

/* references.c: the documents, each once, in a citation style */
void export_biblatex_begin(struct export *export);
void export_ris_begin(struct export *export);
void export_csl_begin(struct export *export);
bool export_references_add(struct export *export, const struct answer *answer, GError **error);
void export_references_end(struct export *export);

#endif
