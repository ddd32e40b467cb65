/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_REPEAT_H
#define CITABLE_INGEST_REPEAT_H

#include "ingest/document.h"

/* Ties each pull quote to the passage that it says again (passage.repeats): the first whose words hold the quote's, one after another, whatever their capitals and stops;
 * else, as quotes are shortened, the first that has every number of it, one of three digits or more among them that is no year, and half of its longer words. */
void repeats_find(struct document *doc);

#endif
