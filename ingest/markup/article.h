/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_ARTICLE_H
#define CITABLE_INGEST_ARTICLE_H

#include "ingest/xml.h"

/*  Finds the article in a saved page: the element whose blocks of running text, less the blocks of links and scraps in it, weigh most.
 *
 *    body −90                         every block: letters outside links − letters inside links − a fixed price
 *     ├ nav  (left out)               element: the sum of its blocks and of the elements in it
 *     ├ div +3100   ← the article
 *     │  ├ p +420  p +380  …
 *     │  └ ul.share (left out)
 *     └ div.related −300
 *
 *  What navigation, share buttons, related links, comments and their like are called stands in tables (article_words.c). */

struct article {
    xmlNode *root;     /* the element that holds the article; never NULL */
    GHashTable *left;  /* elements inside it that are no part of it */
};

/* How an element's inside is read. */
enum html_kind {
    HTML_BLOCK,
    HTML_INLINE,
    HTML_SKIP /* never text of the page: script, style, form controls, pictures */
};
enum html_kind html_kind(const xmlNode *node);

/* title: the page's title as metadata says, or NULL: a heading that repeats it is left out; text: the article's text as the page's own JSON-LD gives it,
 * or NULL; notes: elements that are notes (a set), which stay, or NULL. */
void article_find(xmlNode *body, const char *title, const char *text, GHashTable *notes, struct article *ret);
/* Everything that can be text: for a fragment, or a page that is only an article. */
void article_whole(xmlNode *body, struct article *ret);
void article_clear(struct article *article);

/* Leaves out of the root what points elsewhere: blocks that are links, labels before links, scraps between paragraphs, what stood there before, the title,
 * and headings over nothing else. */
void article_trim(struct article *article, const char *title, GHashTable *notes);

/* Is this element inside the root left out? */
bool article_left_out(const struct article *article, const xmlNode *node);

#endif
