/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/timing.h"
#include "extract/pass.h"
#include "ingest/reader.h"

#include <stdio.h>
#include <stdlib.h>

/*  What the passes cost: all files are read first, then understood again and again.
 *
 *    passes [-n ROUNDS] FILE…
 *
 *  Prints, for tokens and each pass, the share of the time and the MB of clean text that it goes through in a second of one core; medians of the rounds. */

enum { MOST_STAGES = 32, MOST_ROUNDS = 1000 };

static struct stage {
    const char *name;
    double ms[MOST_ROUNDS];
} stages[MOST_STAGES];
static size_t n_stages, n_rounds;

static void take_time(void *data, const char *name, uint64_t ns)
{
    (void)data;
    size_t i = 0;
    while (i < n_stages && strcmp(stages[i].name, name) != 0)
        i++;
    if (i == n_stages)
        stages[n_stages++].name = name;
    stages[i].ms[n_rounds] = (double)ns / 1e6;
}

static void read_file(const char *path, GPtrArray *documents)
{
    g_autoptr(GError) error = NULL;
    struct source *source;
    if (!source_open(path, &source, &error)) {
        fprintf(stderr, "passes: %s\n", error->message);
        return;
    }
    source->ocr = OCR_NEVER;
    if (!reader_read(source, documents, &error))
        fprintf(stderr, "passes: %s\n", error->message);
    source_free(source);
}

static void one_round(const struct extractor *extractor, const GPtrArray *documents)
{
    g_autoptr(GPtrArray) troubles = g_ptr_array_new_with_free_func(g_free);
    timing_begin("mentions");
    for (guint i = 0; i < documents->len; i++)
        mentions_free(extractor_run(extractor, g_ptr_array_index(documents, i), troubles));
    timing_each(take_time, NULL);
    n_rounds++;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values)
{
    qsort(values, n_rounds, sizeof *values, by_value);
    return values[n_rounds / 2];
}

static void print_times(const GPtrArray *documents)
{
    double all = 0, bytes = 0;
    for (guint i = 0; i < documents->len; i++)
        bytes += (double)((const struct document *)g_ptr_array_index(documents, i))->text->len;
    for (size_t i = 0; i < n_stages; i++)
        all += median(stages[i].ms);
    for (size_t i = 0; i < n_stages; i++) /* sorted by now */
        printf("%-16s %8.1f ms %5.1f %% %8.0f MB/s\n", stages[i].name, stages[i].ms[n_rounds / 2], 100 * stages[i].ms[n_rounds / 2] / all, bytes / 1e3 / stages[i].ms[n_rounds / 2]);
    printf("%-16s %8.1f ms %5.1f %% %8.1f MB/s of %.2f MB\n", "all", all, 100.0, bytes / 1e3 / all, bytes / 1e6);
}

int main(int argc, char **argv)
{
    size_t rounds = 15;
    int first = 1;
    if (argc > 2 && strcmp(argv[1], "-n") == 0) {
        rounds = (size_t)CLAMP(strtol(argv[2], NULL, 10), 1, MOST_ROUNDS);
        first = 3;
    }
    struct extractor *extractor;
    if (first >= argc || !extractor_new(NULL, &extractor, NULL)) {
        fprintf(stderr, "passes [-n ROUNDS] FILE...\n");
        return 2;
    }
    g_autoptr(GPtrArray) documents = g_ptr_array_new_with_free_func((GDestroyNotify)document_free);
    for (int i = first; i < argc; i++)
        read_file(argv[i], documents);
    for (size_t i = 0; i < rounds; i++)
        one_round(extractor, documents);
    print_times(documents);
    extractor_free(extractor);
    return 0;
}
