/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/timings.h"

#include "base/timing.h"

#include <glib.h>
#include <stdio.h>
#include <sys/resource.h>

static void add_time(void *data, const char *stage, uint64_t ns)
{
    (void)stage;
    *(uint64_t *)data += ns;
}

static void print_time(void *data, const char *stage, uint64_t ns)
{
    uint64_t all = *(const uint64_t *)data;
    fprintf(stderr, "%-16s %9.4f s %5.1f %%\n", stage, (double)ns / 1e9, 100 * (double)ns / (double)MAX(all, 1));
}

static double cpu_seconds(int whose)
{
    struct rusage usage;
    getrusage(whose, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) + (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

/* Waiting is nobody's time; what comes before a stage is entered (the start of the program) is in the last line alone. */
void timings_print(void)
{
    uint64_t all = 0;
    double readers = cpu_seconds(RUSAGE_CHILDREN);
    timing_each(add_time, &all);
    timing_each(print_time, &all);
    print_time(&all, "all stages", all);
    fprintf(stderr, "processor time of the process that %s %.3f s", readers > 0 ? "writes" : "answers", cpu_seconds(RUSAGE_SELF));
    fprintf(stderr, readers > 0 ? ", of those that read %.3f s\n" : "\n", readers);
}
