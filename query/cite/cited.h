/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_CITE_CITED_H
#define CITABLE_QUERY_CITE_CITED_H

#include "index/verify_quotes.h"

/* Reads the citations that citable once wrote: CSL-JSON (hash and quote in `custom`), W3C annotations, and the JSON or JSON Lines of answers; told by their content.
 * Adds a struct quoted for each, in the file's order; one without words or hash is added without them.
 * Errors: MISSING, READ, EMPTY, LIMIT, FORMAT ("path: line: …": not JSON; what stands before it is added). */
bool cited_read(const char *path, GPtrArray *quotes, GError **error);

#endif
