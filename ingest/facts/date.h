/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_DATE_H
#define CITABLE_INGEST_DATE_H

/* The day, month or year that a machine or a byline wrote, as EDTF: "2015-05-04T10:00Z", "Mon, 04 May 2015 10:00 GMT", "May 4, 2015", "4 de mayo de 2015",
 * "20150504" → "2015-05-04"; "May 2015" → "2015-05". The time of day and its zone are left out: the day is the one that was printed.
 * "04/05/2015" has two readings and gives its year alone, "25/12/2015" one. NULL when no year is there. The caller frees it. */
char *date_edtf(const char *text);

/* The day under which an address files its page: "…/2015/05/04/flood", "…/2015/may/4/flood" → "2015-05-04?"; a month alone: "2015-05?". It is uncertain, for
 * some sites file by when a page was written. NULL when there is none. The caller frees it. */
char *date_of_address(const char *url);

#endif
