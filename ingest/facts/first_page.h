/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_FIRST_PAGE_H
#define CITABLE_INGEST_FIRST_PAGE_H

#include "ingest/document.h"

/*  What a document's first page says of it, where the file itself does not say it:
 *
 *    title      the heading that is most like one: rank, words, not the name of a section, an organisation or a day
 *    date       see printed_date.h
 *    symbol     what its organisation numbers it by, alone in a passage or cell of the page's head: "A/HRC/59/25"
 *    publisher  who a copyright line or "Published by" names, or the organisation whose letterhead it is
 *
 *  A field that nothing certain speaks for stays NULL. Called by passages_finish. */
void first_page_facts(struct document *doc);

#endif
