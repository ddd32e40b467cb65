/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_CITE_FRAGMENT_H
#define CITABLE_QUERY_CITE_FRAGMENT_H

#include "query/cite/citation.h"

/* The words of a quote by which a browser finds it again. All are bytes of the passage's text; an empty one is left out. */
struct fragment {
    struct slice prefix, start, end, suffix; /* a text directive, "text=prefix-,start,end,-suffix": start alone is the quote itself, with end its two ends */
    struct slice phrase;                     /* on one printed line of the cited page, for viewers of PDFs that search for letters */
};

/* Chooses them; words that do not stand once in the document (the phrase: on its page) are never chosen. */
struct fragment fragment_of(const struct citation *citation);

#endif
