/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_WAL_H
#define CITABLE_INDEX_WAL_H

/*  Inside index/ only: SQLite writes its write-ahead log page by page, each behind 24 bytes of its own. Here those of a transaction go to the system a hundred thousand bytes
 *  at a time, which takes a third of the time:
 *
 *    SQLite     [24][page] [24][page] … [24: the last of the transaction][page]
 *    here       [                 at once                ] [       at once       ]
 *
 *  What ends a transaction is written before SQLite goes on, and tells others of it: a process that is killed leaves what it would have left. */

/* The name of SQLite's way to the file system that does so; NULL: there is none, and SQLite's own is used. */
const char *wal_vfs(void);

#endif
