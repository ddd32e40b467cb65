/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_TAGS_H
#define CITABLE_INDEX_TAGS_H

#include "extract/mention.h"

enum { TAG_BYTES = 128 };

/*  Tags: what stands in a passage, so that a filter costs no more than one word more of a query. What no query asks for is none. They stand in the full text at
 *  the place of the passage's first word, with a sign before them (TAG_SIGN) that no word has; files of schema 8 and before have a column for them.
 *
 *    k=money  v=11000  p=mx p=mx-chp n=chiapas  a=unodc
 *    kind     value    places by code and name  actor */

/* A tag of a mention: a letter, and the value that is folded behind it. kept: where the value stays as it is as long as the mention, an address that no other value of that
 * letter has; NULL: it is gone after the call. */
typedef void (*tag_function)(void *data, char letter, struct slice value, const void *kept);

/* All tags of a mention. */
void tags_each(const struct mention *mention, tag_function function, void *data);

/* As it is indexed, behind TAG_SIGN; returns how many bytes of `out` it is. */
size_t tag_write(char letter, struct slice value, char out[TAG_BYTES]);

/* The tags of one passage: a string, empty at first, to which they are added, mention by mention. A passage that leaves the full text is told its tags again (index/remove.c):
 * of what tags say, nothing may change without full text that is made anew. */
GString *tags_begin(void);
void tags_add(GString *tags, const struct mention *mention);

/* The same, each tag once. The caller frees it. */
char *tags_once(const char *tags);

/* Appends one tag: a letter, "=", and the value folded, spaces as "_". */
void tag_append(GString *tags, char letter, struct slice value);

/* Appends a number's tag: whole numbers by their digits. */
void tag_append_number(GString *tags, double value);

#endif
