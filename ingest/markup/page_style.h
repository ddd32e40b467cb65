/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_PAGE_STYLE_H
#define CITABLE_INGEST_PAGE_STYLE_H

#include "ingest/xml.h"

/*  What a page's style sheets say of text in a line, where that changes what is read:
 *
 *    .fn {vertical-align: super}       851<span class="fn">1</span>    →   851<sup>1</sup>
 *    .old {text-decoration: line-through}   <span class="old">300</span>   →   <del>300</del>
 *    .vh {display: none}               <span class="vh">99 boats</span>   →   gone
 *
 *  visibility: hidden holds for all elements below but those that say that they are visible, and leaves room: numbers do not join over it. In a line, classes
 *  and styles hide so; a block only by its own style.
 *
 *  A class that is called "sup" or "superscript" raises where no rule says otherwise. Rules of one class alone are believed (".fn", "span.fn"). What a rule says inside another element, on a small screen or in print is not known here: where any of them may show again what is hidden or struck, the text stays. Raised text is a mark where it stands at a word. */
struct page_style;

struct page_style *page_style_new(void);
void page_style_free(struct page_style *style);

/* Adds a style sheet; later rules win. media: as its element says (NULL: all); of one that is for other than readers at a screen it is only known what it may show. */
void page_style_add(struct page_style *style, struct slice sheet, const char *media);
/* A sheet that holds where the page links this address (<link rel=stylesheet>). */
void page_style_offer(struct page_style *style, const char *address, struct slice sheet);
/* Adds the sheets that stand in <style> elements at or below a node, and the offered ones that it links. */
void page_style_add_elements(struct page_style *style, xmlNode *root);

/* Changes the elements at or below a node as pictured, by their classes and their own style attributes. Returns how many hidden ones with a digit in
 * them, or with words of a sentence, are gone from the text (not from links, navigation and what else stands beside it). */
unsigned page_style_apply(const struct page_style *style, xmlNode *root);

#endif
