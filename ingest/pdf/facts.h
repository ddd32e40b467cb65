/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_PDF_FACTS_H
#define CITABLE_INGEST_PDF_FACTS_H

#include "ingest/layout/layout.h"

#include <poppler.h>

/* What the file says of itself: title, author, date, where they are no leftovers of the program that wrote it; and the labels of its pages. */
void pdf_facts(PopplerDocument *pdf, struct layout *layout, struct document *doc);

#endif
