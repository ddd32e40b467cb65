/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_CLI_LAST_WORDS_H
#define CITABLE_CLI_LAST_WORDS_H

#include <stdbool.h>

/* From now on the program does not end without a line: where there is no memory it says so (EXIT_UNUSABLE), and where it is stopped by a fault
 * (libraries that do not look whether they got memory; a stack that is too small) it says so and ends by that signal. Processes forked from it say nothing. */
void last_words_prepare(void);

/* What is said when a person interrupts it (SIGINT, SIGTERM, SIGHUP; not where they are ignored, as nohup does): a line without end of line, which stays the
 * caller's. The program ends by that signal. */
void last_words_of_interrupt(const char *line);

/* Instead of ending, an interrupt is remembered once, so that what was begun can be cleared away; a second one ends the program. */
void interrupt_remember(void);
bool interrupt_came(void);

#endif
