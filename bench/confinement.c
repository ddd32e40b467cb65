/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/spawner.h"
#include "index/worker.h"

#include "base/limits.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

/*  What it costs to read a file in a confined process of its own, instead of in this one: fork, limits, Landlock, filter, frames and their checks.
 *
 *    confinement [-n ROUNDS] FILE…
 *
 *  Interleaved rounds, medians of CPU time (children included): in this process, confined, what confinement adds, and the ratio. */

static double cpu_ms(void)
{
    struct rusage own, children;
    getrusage(RUSAGE_SELF, &own);
    getrusage(RUSAGE_CHILDREN, &children);
    const struct timeval all[] = {own.ru_utime, own.ru_stime, children.ru_utime, children.ru_stime};
    double ms = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++)
        ms += (double)all[i].tv_sec * 1000 + (double)all[i].tv_usec / 1000;
    return ms;
}

static double read_here(const struct worker_setup *setup, const char *path)
{
    double before = cpu_ms();
    g_autoptr(GPtrArray) documents = g_ptr_array_new_with_free_func((GDestroyNotify)document_free), troubles = g_ptr_array_new_with_free_func(g_free);
    struct source *source;
    if (!source_open(path, &source, NULL))
        exit(3);
    source->ocr = setup->ocr;
    if (!reader_read(source, documents, NULL))
        exit(3);
    for (guint i = 0; i < documents->len; i++)
        mentions_free(extractor_run(setup->extractor, documents->pdata[i], troubles));
    source_free(source);
    g_ptr_array_set_size(documents, 0);
    return cpu_ms() - before;
}

static double read_confined(const struct worker_setup *setup, const char *path)
{
    double before = cpu_ms();
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct worker *worker;
    struct reading reading;
    struct pollfd fds[2];
    if (fd < 0 || !worker_start(setup, fd, path, NULL, &worker, NULL))
        exit(3);
    close(fd);
    do {
        worker_poll(worker, fds);
        poll(fds, 2, worker_patience(worker));
    } while (!worker_step(worker, fds));
    worker_take(worker, &reading);
    if (reading.error) {
        fprintf(stderr, "%s\n", reading.error->message);
        exit(3);
    }
    reading_clear(&reading);
    return cpu_ms() - before;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, size_t n)
{
    qsort(values, n, sizeof *values, by_value);
    return values[n / 2];
}

static void bench(const struct worker_setup *setup, const char *path, size_t rounds)
{
    double *here = g_new(double, rounds), *confined = g_new(double, rounds);
    for (size_t i = 0; i < rounds; i++) {
        here[i] = read_here(setup, path);
        confined[i] = read_confined(setup, path);
    }
    double one = median(here, rounds), other = median(confined, rounds);
    printf("%9.2f ms here %9.2f ms confined %+7.2f ms  %.3f  %s\n", one, other, other - one, other / one, path);
    g_free(here);
    g_free(confined);
}

int main(int argc, char **argv)
{
    size_t rounds = 15;
    int first = 1;
    if (argc > 2 && strcmp(argv[1], "-n") == 0) {
        rounds = (size_t)MAX(strtol(argv[2], NULL, 10), 1);
        first = 3;
    }
    struct extractor *extractor;
    if (first >= argc || !extractor_new(NULL, &extractor, NULL)) {
        fprintf(stderr, "confinement [-n ROUNDS] FILE...\n");
        return 2;
    }
    struct sandbox *sandbox = sandbox_new();
    struct worker_setup setup = {.extractor = extractor, .sandbox = sandbox, .ocr = OCR_NEVER, .memory_mb = LIMIT_WORKER_MEMORY_MB, .silence_s = LIMIT_WORKER_SILENCE_S,
                                 .cpu_s = LIMIT_WORKER_CPU_S};
    setup.spawner = spawner_new(&setup);
    if (sandbox_missing(sandbox))
        printf("%s\n", sandbox_missing(sandbox));
    for (int i = first; i < argc; i++)
        bench(&setup, argv[i], rounds);
    spawner_free(setup.spawner);
    sandbox_free(sandbox);
    extractor_free(extractor);
    return 0;
}
