/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_ROW_NAME_H
#define CITABLE_INGEST_ROW_NAME_H

#include "base/slice.h"

/* What the name of a table's row says, whether the file marks the table's cells or only prints them. */

/* "Total", "Sub-total", "All regions": does the row sum up others? It is no part of the last section above it. */
bool row_name_total(struct slice name);

#endif
