/* SPDX-License-Identifier: GPL-3.0-or-later */
/* patterns FILE…: sixty rules as sixty separate PCRE2 patterns with JIT, each over the whole text: what one would write first. Prints bytes, matches and CPU seconds.
 * bench/run compiles it: cc -O2 patterns.c $(pkg-config --cflags --libs libpcre2-8) */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char number[] = "\\d{1,3}(?:[,. ]\\d{3})*(?:\\.\\d+)?";

/* %1$s: the number, %2$s: the thing. */
static const char *const shapes[] = {
    "\\b(?:about|some|nearly|over|more than|at least)\\s+(%1$s)\\s+%2$s\\b",
    "\\b(%1$s)\\s+(?:\\w+\\s+){0,2}%2$s\\b",
    "\\b(?:number|total) of %2$s\\s+(?:\\w+\\s+){0,4}(%1$s)",
};
static const char *const things[] = {"people", "refugees", "children", "women", "men", "households", "families", "deaths", "cases", "victims",
                                     "attacks", "schools", "teachers", "countries", "million", "per cent", "dollars", "tons", "months", "years"};

enum { SHAPES = sizeof shapes / sizeof *shapes, THINGS = sizeof things / sizeof *things };

static pcre2_code *compile(const char *shape, const char *thing)
{
    char pattern[512];
    int code;
    size_t at;
    snprintf(pattern, sizeof pattern, shape, number, thing);
    pcre2_code *compiled = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED, PCRE2_UTF | PCRE2_CASELESS, &code, &at, NULL);
    if (!compiled || pcre2_jit_compile(compiled, PCRE2_JIT_COMPLETE) != 0)
        exit(1);
    return compiled;
}

static size_t count(const pcre2_code *code, const char *text, size_t len)
{
    pcre2_match_data *data = pcre2_match_data_create_from_pattern(code, NULL);
    size_t n = 0;
    for (size_t at = 0; pcre2_match(code, (PCRE2_SPTR)text, len, at, PCRE2_NO_UTF_CHECK, data, NULL) > 0; n++)
        at = pcre2_get_ovector_pointer(data)[1];
    pcre2_match_data_free(data);
    return n;
}

static char *read_file(const char *path, size_t *len)
{
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0)
        exit(1);
    *len = (size_t)ftell(file);
    rewind(file);
    char *text = malloc(*len + 1);
    if (!text || fread(text, 1, *len, file) != *len)
        exit(1);
    fclose(file);
    return text;
}

int main(int argc, char **argv)
{
    pcre2_code *codes[SHAPES * THINGS];
    size_t bytes = 0, matches = 0;
    clock_t spent = 0;
    for (int s = 0; s < SHAPES; s++)
        for (int t = 0; t < THINGS; t++)
            codes[s * THINGS + t] = compile(shapes[s], things[t]);
    for (int i = 1; i < argc; i++) {
        size_t len;
        char *text = read_file(argv[i], &len);
        clock_t from = clock();
        for (int c = 0; c < SHAPES * THINGS; c++)
            matches += count(codes[c], text, len);
        spent += clock() - from;
        bytes += len;
        free(text);
    }
    printf("%zu %zu %.6f\n", bytes, matches, (double)spent / CLOCKS_PER_SEC);
    return 0;
}
