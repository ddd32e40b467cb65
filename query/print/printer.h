/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_PRINT_PRINTER_H
#define CITABLE_QUERY_PRINT_PRINTER_H

#include "query/print/terminal.h"

#include <jansson.h>
#include <stdio.h>

/* Version of the JSON that programs read (docs/schema.md). It grows when a key is removed or changes its meaning; new keys do not count. */
enum { PRINT_SCHEMA = 1 };

enum format { FORMAT_TEXT, FORMAT_JSON, FORMAT_JSONL, FORMAT_CSV };

/* The word of --format; false for one that is none. */
bool format_from(const char *name, enum format *ret);

/* Prints records, each a JSON object, for programs: as one document, as lines, or as the rows of a table. */
struct printer;

/* columns: the keys that CSV prints, in order, ended by NULL; "places.name" takes the member of each element of a list. format is not FORMAT_TEXT. */
struct printer *printer_new(enum format format, const char *const *columns, FILE *out);

/* Prints one record and releases it. */
void printer_add(struct printer *printer, json_t *record);

/* Ends the document and frees the printer. */
void printer_close(struct printer *printer);

/* A value as JSON: whole numbers without a fraction. */
json_t *json_value(double value);

/* A string, or null for NULL. Bytes that are not UTF-8 (file names) become U+FFFD. */
json_t *json_text(const char *text);

#endif
