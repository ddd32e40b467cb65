/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_BASE_QUIET_H
#define CITABLE_BASE_QUIET_H

#include <glib.h>
#include <stdbool.h>

/* Some libraries print what they dislike on standard error, without limit and without a way to stop it (Poppler, libxlsxwriter): from begin to end it
 * leads nowhere. Only around calls of such a library, never around our own messages; not one within another. */
void quiet_begin(void);
void quiet_end(void);

/* Has a library said that memory was missing, since begin or the last call? */
bool quiet_starved(void);

/* The same, since begin, whoever asked before. */
bool quiet_heard(void);

/* Where standard error leads now that it is quiet, or is itself: for the last words of a process, from a signal handler too. */
int quiet_standard_error(void);

/* Ends the quiet and the process, as GLib does without memory. */
G_NORETURN void quiet_die(const char *what);

#endif
