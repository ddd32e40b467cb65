/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_CLI_EACH_DOCUMENT_H
#define CITABLE_CLI_EACH_DOCUMENT_H

#include "ingest/reader.h"

/* Reads each file as `lang` (NULL: the reader decides), its pages as pictures where `ocr` says so, and hands on its documents, in order. What cannot be read, and what a reader has to tell
 * of a document, goes to standard error, one line each. Returns EXIT_DONE, or EXIT_PARTLY when a file could not be read. */
int each_document(char *const *files, const char *lang, enum ocr_mode ocr, void (*each)(const struct document *doc, void *data), void *data);

#endif
