/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_PRINT_PERIOD_H
#define CITABLE_QUERY_PRINT_PERIOD_H

/* A period (EDTF) for people: "December 2014", "2004 to 2014", "about September to December 2023", "since December 2006"; what it has no words for
 * as it is. NULL for NULL; the caller frees it. */
char *period_words(const char *edtf);

#endif
