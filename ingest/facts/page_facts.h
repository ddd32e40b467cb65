/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_PAGE_FACTS_H
#define CITABLE_INGEST_PAGE_FACTS_H

#include "ingest/xml.h"

/* What a saved page says of itself. Each field comes from the surest place that has it: the page's JSON-LD, then meta tags, then its links and elements,
 * then the comment of the program that saved it. All owned by the struct; NULL = not said. */
struct page_facts {
    struct metadata metadata;
    char *text; /* the article's text as JSON-LD gives it ("articleBody") */
};

void page_facts_read(const struct xml_tree *tree, struct page_facts *ret);
void page_facts_clear(struct page_facts *facts);

/* "Jane Q. Doe and John Roe" → "Doe, Jane Q.; Roe, John"; an organisation's name stays as it is; "By " goes. The caller frees it; NULL for what is no name (a URL). */
char *authors_of(const char *byline);

/* Adds the names of one more byline to `*authors` (NULL: none so far), those that it has already left out. */
void authors_add(char **authors, const char *byline);

/* A language tag as ISO 639-1 ("en-US" → "en"), or NULL. The caller frees it. */
char *language_of(const char *tag);

#endif
