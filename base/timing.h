/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_BASE_TIMING_H
#define CITABLE_BASE_TIMING_H

#include <stdbool.h>
#include <stdint.h>

/*  Which stage a process spends its processor time on. One process, one thread, one stage at a time:
 *
 *      const char *before = timing_enter("layout");
 *      layout_run(layout, doc);
 *      timing_enter(before);
 *
 *  The clock is the thread's own: other programs do not count, and under a limit on CPU time (RLIMIT_CPU) that of the process only moves with
 *  the system's tick. Until timing_begin is called nothing is measured, and timing_enter costs a test. */

/* Forgets what was measured and begins; also in a process that was just forked. stage: whose the time is until the next timing_enter. */
void timing_begin(const char *stage);

bool timing_is_on(void);

/* From now on the time is `stage`'s (static; NULL: nobody's). Returns whose it was. */
const char *timing_enter(const char *stage);

/* Adds what another process measured; `stage` is copied. */
void timing_add(const char *stage, uint64_t ns);

/* Tells every stage, in the order in which they were first entered. */
void timing_each(void (*tell)(void *data, const char *stage, uint64_t ns), void *data);

#endif
