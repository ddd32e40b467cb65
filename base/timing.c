/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/timing.h"

#include <glib.h>
#include <string.h>
#include <time.h>

enum { STAGES = 64 }; /* more are not kept */

static struct {
    bool on;
    unsigned n, current; /* current: STAGES = nobody's */
    uint64_t since;
    struct {
        const char *name;
        uint64_t ns;
    } stages[STAGES];
} timing = {.current = STAGES};

static uint64_t thread_time(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

/* The row of a stage; STAGES: there is none. */
static unsigned row_of(const char *stage)
{
    for (unsigned i = 0; stage && i < timing.n; i++)
        if (strcmp(timing.stages[i].name, stage) == 0)
            return i;
    if (!stage || timing.n == STAGES)
        return STAGES;
    timing.stages[timing.n].name = g_intern_string(stage);
    timing.stages[timing.n].ns = 0;
    return timing.n++;
}

void timing_begin(const char *stage)
{
    timing.on = true;
    timing.n = 0;
    timing.since = thread_time();
    timing.current = row_of(stage);
}

bool timing_is_on(void)
{
    return timing.on;
}

const char *timing_enter(const char *stage)
{
    if (!timing.on)
        return NULL;
    uint64_t now = thread_time();
    const char *before = timing.current < STAGES ? timing.stages[timing.current].name : NULL;
    if (timing.current < STAGES)
        timing.stages[timing.current].ns += now - timing.since;
    timing.current = row_of(stage);
    timing.since = now;
    return before;
}

void timing_add(const char *stage, uint64_t ns)
{
    unsigned row = row_of(stage);
    if (row < STAGES)
        timing.stages[row].ns += ns;
}

void timing_each(void (*tell)(void *data, const char *stage, uint64_t ns), void *data)
{
    timing_enter(timing.current < STAGES ? timing.stages[timing.current].name : NULL);
    for (unsigned i = 0; i < timing.n; i++)
        tell(data, timing.stages[i].name, timing.stages[i].ns);
}
