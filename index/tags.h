/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_TAGS_H
#define CITABLE_INDEX_TAGS_H

#include "extract/mention.h"

/*  The words of the tag column: what stands in a passage, so that a filter costs no more than one word more of a query. What no query asks for is none.
 *
 *    k=money  v=11000  p=mx p=mx-chp n=chiapas  a=unodc
 *    kind     value    places by code and name  actor */

/* One string for each passage of the document, beginning with TAGS_BEGIN: GPtrArray of char *, owned by the caller. */
GPtrArray *tags_of(const struct document *doc, const struct mentions *mentions);

/* Appends one tag: a letter, "=", and the value folded, spaces as "_". */
void tag_append(GString *tags, char letter, struct slice value);

/* Appends a number's tag: whole numbers by their digits. */
void tag_append_number(GString *tags, double value);

#endif
