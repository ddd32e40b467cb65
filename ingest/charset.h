/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_CHARSET_H
#define CITABLE_INGEST_CHARSET_H

#include "ingest/encoding.h"

/* The charset that a page or an XML file names at its head: <?xml encoding="…"?>, <meta charset="…">, <meta … content="…; charset=…">.
 * NULL: none. The caller frees it. */
char *charset_declared(struct slice head);

/* Decodes marked-up bytes by what they are and what they declare. Errors: ENCODING. */
bool charset_decode(const char *path, struct slice bytes, struct encoding *ret, GError **error);

#endif
