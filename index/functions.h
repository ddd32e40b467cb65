/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_FUNCTIONS_H
#define CITABLE_INDEX_FUNCTIONS_H

#include <sqlite3.h>
#include <stdbool.h>

/*  The SQL functions of the schema and of sql/:
 *    row_hash(value…)  the first 64 bits of the SHA-256 of all its values. Rows that are quoted carry it, and it is made again when they are read:
 *                      one flipped bit of the file can turn 10,000 into 90,000 and SQLite's own check says "ok"
 *    fold(text)        without case and diacritics */
bool functions_register(sqlite3 *db);

#endif
