/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_LANGUAGE_H
#define CITABLE_INGEST_LANGUAGE_H

#include "base/slice.h"

/* The language most of a text is written in, as ISO 639-1, static; NULL where the text is too short or too mixed to tell.
 * The words that carry a sentence ("the", "los", "dans") decide for the languages that have rules and their neighbours; libexttextcat for all others.
 * Looks at no more than 32 KiB, taken from the beginning, the middle and the end. */
const char *language_of_text(struct slice text);

#endif
