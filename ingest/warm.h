/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_WARM_H
#define CITABLE_INGEST_WARM_H

#include "ingest/document.h"

/* Reads a page of our own, in a process that will be forked for each file: what Poppler, ICU and the rest make once (fonts' encodings, types,
 * tables, addresses of functions) is then there in all of them. Poppler stays loaded. The caller frees the document; NULL: there is no Poppler to warm. */
struct document *warm_read(void);

/* Draws that page, small: fonts that a file names and does not bring are sought then, for which the system's settings of fonts are read (2 ms and forty
 * files). Worth it for many files, of which some will be drawn. Only after warm_read. */
void warm_draw(void);

/* Opens the libraries of Markdown, mails and archives (base/later.c), which each process that reads one would open by itself. Worth it for the first such file. */
void warm_packed(void);

#endif
