/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_FRONT_MATTER_H
#define CITABLE_INGEST_FRONT_MATTER_H

#include "ingest/document.h"

/*  The lines between "---" and "---" at the head of a Markdown file, as far as YAML's plain scalars and lists of them go:
 *
 *    title: Homes left behind        author: Jane Doe        date: 2025-07-10        lang: fr        publisher: …        url: …
 *
 *  Returns its bytes, with the line that ends it; 0 = the text has none. Fills the fields it names, where they are not filled yet; metadata NULL: only measures. */
size_t front_matter(struct slice text, struct metadata *metadata);

#endif
