/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_CLI_TIMINGS_H
#define CITABLE_CLI_TIMINGS_H

/* Prints to standard error what base/timing measured: a line for each stage, its processor time and its share of all of them, and what the processes took. */
void timings_print(void);

#endif
