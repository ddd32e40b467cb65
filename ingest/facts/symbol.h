/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_SYMBOL_H
#define CITABLE_INGEST_SYMBOL_H

#include "base/slice.h"

/* The symbol that an organisation numbers a document by, where it is all that the text is, but for stars, which say that it was issued again ("S/2025/383*"): "A/HRC/59/25", "E/2025/L.10",
 * "DP/FPA/2025/4 (Part II)", "A/79/975-E/2025/82". Parts of capitals and digits at two strokes or more, one of them with a digit. NULL: it is none; the caller frees it. */
char *symbol_of(struct slice text);

#endif
