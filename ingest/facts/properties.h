/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_PROPERTIES_H
#define CITABLE_INGEST_PROPERTIES_H

#include "ingest/xml.h"

/* Dublin Core as office files and e-books hold it (docProps/core.xml, meta.xml, an EPUB's package file): fills what `metadata` does not have yet.
 * Names that programs write by themselves ("Microsoft Office User", "Untitled") are no authors and no titles. */
void properties_read(xmlNode *root, struct metadata *metadata);

/* The document's own words go before what its program stored: the language it is written in, and
 * the first title passage where no title is set. */
void properties_finish(struct document *doc);

/* What a text is written in goes before the language that its program stored, which is often the program's own. */
void properties_language(struct document *doc);

#endif
