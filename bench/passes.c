/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/heap.h"
#include "base/timing.h"
#include "extract/pass.h"
#include "ingest/reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*  What the passes cost: all files are read first, then understood again and again.
 *
 *    passes [-n ROUNDS] [-q] FILE…
 *
 *  Prints, for tokens and each pass, the share of the time and the MB of clean text that it goes through in a second of one core; medians of the rounds.
 *  -q: of the same files only the passages in which nothing was found: what it costs to go through much text for the little in it that matters. */

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

/* Of each passage: is nothing in it, neither figure nor name nor date? The caller frees it. */
static bool *quiet_passages(const struct document *doc, const struct mentions *mentions)
{
    bool *quiet = g_new(bool, doc->passages->len + 1);
    memset(quiet, true, doc->passages->len + 1);
    g_autoptr(GPtrArray) all = mentions_in_order(mentions);
    for (guint i = 0; i < all->len; i++) {
        const struct mention *mention = g_ptr_array_index(all, i);
        for (uint32_t p = mention->passage; p < doc->passages->len && (p == mention->passage || DOCUMENT_AT(doc->passages, struct passage, p).span.start < mention->span.end); p++)
            quiet[p] = false;
    }
    return quiet;
}

static void append_quiet(const struct extractor *extractor, const struct document *doc, GString *text)
{
    g_autoptr(GPtrArray) troubles = g_ptr_array_new_with_free_func(g_free);
    struct mentions *mentions = extractor_run(extractor, doc, troubles);
    g_autofree bool *quiet = quiet_passages(doc, mentions);
    for (guint i = 0; i < doc->passages->len; i++) {
        struct slice passage = document_slice(doc, DOCUMENT_AT(doc->passages, struct passage, i).span);
        if (quiet[i])
            g_string_append_printf(text, "%.*s\n\n", SLICE_ARG(passage));
    }
    mentions_free(mentions);
}

/* The quiet passages of all documents of a language as one text, as an archive of notes is one. */
static void add_quiet(const struct extractor *extractor, const GPtrArray *documents, const char *language, GPtrArray *quiet)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < documents->len; i++) {
        const struct document *doc = g_ptr_array_index(documents, i);
        if (g_strcmp0(doc->metadata.language, language) == 0)
            append_quiet(extractor, doc, text);
    }
    g_autoptr(GBytes) bytes = g_string_free_to_bytes(text);
    struct source *source = source_new(language, bytes);
    source->lang = language;
    reader_read_as(&read_text, source, quiet, NULL); /* nothing quiet: no document */
    source_free(source);
}

static GPtrArray *quiet_documents(const struct extractor *extractor, const GPtrArray *documents)
{
    static const char *const languages[] = {"en", "es", "fr"};
    GPtrArray *quiet = g_ptr_array_new_with_free_func((GDestroyNotify)document_free);
    for (size_t i = 0; i < G_N_ELEMENTS(languages); i++)
        add_quiet(extractor, documents, languages[i], quiet);
    return quiet;
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
    enum { HEAP_ROOM = 64 << 20 };
    heap_make_room(HEAP_ROOM); /* as a reader does */
    size_t rounds = 15;
    bool quiet = false;
    int option;
    while ((option = getopt(argc, argv, "n:q")) != -1)
        if (option == 'n')
            rounds = (size_t)CLAMP(strtol(optarg, NULL, 10), 1, MOST_ROUNDS);
        else
            quiet |= option == 'q';
    struct extractor *extractor;
    if (optind >= argc || !extractor_new(NULL, &extractor, NULL)) {
        fprintf(stderr, "passes [-n ROUNDS] [-q] FILE...\n");
        return 2;
    }
    g_autoptr(GPtrArray) documents = g_ptr_array_new_with_free_func((GDestroyNotify)document_free);
    for (int i = optind; i < argc; i++)
        read_file(argv[i], documents);
    g_autoptr(GPtrArray) once = quiet ? quiet_documents(extractor, documents) : g_ptr_array_ref(documents);
    g_autoptr(GPtrArray) chosen = quiet ? quiet_documents(extractor, once) : g_ptr_array_ref(documents); /* what was told by words around it is told anew */
    for (size_t i = 0; i < rounds; i++)
        one_round(extractor, chosen);
    print_times(chosen);
    extractor_free(extractor);
    return 0;
}
