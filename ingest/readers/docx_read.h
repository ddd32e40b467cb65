/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_DOCX_READ_H
#define CITABLE_INGEST_DOCX_READ_H

#include "ingest/readers/docx_text.h"

/* The text of an open Word file as a document, which the caller owns. pieces: filled with where each piece of it stands (struct docx_piece), and the
 * document's shifts point into them; NULL: neither. */
struct document *docx_read(const char *path, struct docx *docx, GArray *pieces);

#endif
