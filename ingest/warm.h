/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_WARM_H
#define CITABLE_INGEST_WARM_H

#include "ingest/document.h"

/* Reads a page of our own, in a process that will be forked for each file: what Poppler, ICU and the rest make once (fonts' encodings, types,
 * tables, addresses of functions) is then there in all of them. Poppler stays loaded. The caller frees the document; NULL: there is no Poppler to warm. */
struct document *warm_read(void);

#endif
