/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_CHARSET_H
#define CITABLE_INGEST_CHARSET_H

#include "ingest/encoding.h"
#include "ingest/reader.h"

/* The charset that a page or an XML file names at its head: <?xml encoding="…"?>, <meta charset="…">, <meta … content="…; charset=…">.
 * NULL: none. The caller frees it. */
char *charset_declared(struct slice head);

/* Decodes marked-up bytes by what they are and what they declare. Errors: ENCODING. */
bool charset_decode(const char *path, struct slice bytes, struct encoding *ret, GError **error);

/* Decodes text that declares nothing. Errors: FORMAT (not text), LIMIT. */
bool charset_decode_plain(const struct source *source, struct encoding *ret, GError **error);

/* Decodes the source's bytes and hands them to `read`: what every reader of XML begins with. Errors: those of charset_decode and of `read`. */
bool charset_read(const struct source *source, bool (*read)(const struct source *source, const struct encoding *encoding, GPtrArray *documents, GError **error),
                  GPtrArray *documents, GError **error);

#endif
