/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_PRINTED_DATE_H
#define CITABLE_INGEST_PRINTED_DATE_H

#include "ingest/document.h"

/*  The date that a first page prints is what is cited; the surest place wins, of equals the first:
 *
 *    published   "Distr.: General 21 February 2025", "Fecha de publicación (29/07/2025)"
 *    alone       "3 May 2015", "May 2015", "(19/11/2015)", "5 September 2014 – 19:00"
 *    of a title  "Daily report no. 7 for 3rd December 2014", "Situation au 4 août 2014 à 18h00": a day at the end of a line, behind a word that leads to it
 *    period      "July–September 2025" → "2025-07/2025-09"
 *    year        "2005", where it is the year in which the file was made
 *
 *  A day that the file says it was made on stands only where the page prints none, and is marked as in doubt, as EDTF does: "2025-12-03?". Only PDFs say it. */
void find_printed_date(struct document *doc);

/* The date, at least its month, that a short text is, behind words that lead to it; EDTF. language: decides "04/05/2025" (NULL or "en": has two readings). NULL: it says more
 * than a date, or none. The caller frees it. */
char *date_alone(struct slice text, const char *language);

#endif
