/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_CLI_EACH_DOCUMENT_H
#define CITABLE_CLI_EACH_DOCUMENT_H

#include "ingest/reader.h"

/* Commands that read files themselves, without an evidence file, and how they are told to. */
extern struct document_values {
    char **files, *lang, *ocr;
} document_values;

#define DOCUMENT_OPTIONS                                                                                                                                          \
    {"lang", 0, 0, G_OPTION_ARG_STRING, &document_values.lang, "read as this language: en, es, fr", "LANG"},                                                      \
    {"ocr", 0, 0, G_OPTION_ARG_STRING, &document_values.ocr, "read pages as pictures: auto (those without usable text), never or force", "WHEN"},                 \
    {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &document_values.files, NULL, "FILE…"}

/* Reads each file named, and gives each document of it to `each`; complains of what cannot be read. Returns an exit code. */
int each_document(void (*each)(const struct document *doc, void *data), void *data);

/* Is a file named, and --ocr one of its words? Else says what is wrong and returns false: EXIT_WRONG_USE. */
bool documents_named(void);

#endif
