/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_LATER_SAMPLE_H
#define TESTS_LATER_SAMPLE_H

#include <stdarg.h>
#include <stddef.h>

/* Functions with arguments of all kinds that are passed on: in registers for numbers and for fractions, on the stack, of a number that only the caller knows, and results in memory. */

double later_mix(long a, double b, long c, double d, long e, double f, long g, double h, long i, double j, long k, double l, double m, double n, long o, double p, double q, long r);
int later_print(char *to, size_t room, const char *format, ...) __attribute__((format(printf, 3, 4)));

struct later_five {
    long values[5];
};
struct later_five later_give(long a, double b, struct later_five five);

/* How often it was called. */
long later_count(void);

#endif
