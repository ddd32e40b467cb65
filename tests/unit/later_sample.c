/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "later_sample.h"

#include <stdio.h>

/* A library of its own, which test_base_later.c opens. */

double later_mix(long a, double b, long c, double d, long e, double f, long g, double h, long i, double j, long k, double l, double m, double n, long o, double p, double q, long r)
{
    return (double)(a ^ c << 1 ^ e << 2 ^ g << 3 ^ i << 4 ^ k << 5 ^ o << 6 ^ r << 7) + b / 2 + d / 3 + f / 5 + h / 7 + j / 11 + l / 13 + m / 17 + n / 19 + p / 23 + q / 29;
}

int later_print(char *to, size_t room, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int n = vsnprintf(to, room, format, arguments);
    va_end(arguments);
    return n;
}

struct later_five later_give(long a, double b, struct later_five five)
{
    for (int i = 0; i < 5; i++)
        five.values[i] = five.values[i] * a + (long)b;
    return five;
}

long later_count(void)
{
    static long calls;
    return ++calls;
}
