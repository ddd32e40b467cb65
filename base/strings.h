/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Strings kept once each, in blocks, for as long as their set lives: what is said of a document is said of it many times. */
#ifndef CITABLE_BASE_STRINGS_H
#define CITABLE_BASE_STRINGS_H

#include "base/slice.h"

struct strings;

struct strings *strings_new(void);
void strings_free(struct strings *strings);

/* The text with a zero behind it; equal texts are one pointer. */
const char *strings_keep(struct strings *strings, struct slice text);

/* The same of some texts, one behind the other, without white space (ASCII) at either end, and with runs of it made one space. */
const char *strings_keep_healed(struct strings *strings, const struct slice *texts, size_t n);

#endif
