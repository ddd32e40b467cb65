/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_PRINT_COMPARISON_H
#define CITABLE_QUERY_PRINT_COMPARISON_H

#include "query/compare/compare.h"
#include "query/print/printer.h"

/* A comparison as one JSON object (docs/schema.md, "comparison"); the caller decrefs it. */
json_t *comparison_json(const struct comparison *comparison);

/* A row of CSV: figure `i`, with the number of its group and what is said of the group; the caller decrefs it. */
json_t *comparison_row_json(const struct comparison *comparison, guint group, guint i);

/* The CSV columns of comparisons. */
extern const char *const comparison_columns[];

/* A heading with what agrees and what may explain the rest, and a table. */
void comparison_print(const struct comparison *comparison, struct terminal terminal, FILE *out);

#endif
