/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/build.h"

#include "base/error.h"
#include "base/limits.h"
#include "index/settle.h"
#include "index/walk.h"
#include "index/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    AHEAD = 16,        /* files that may be read before the one that is waited for */
    TICK_MS = 200,     /* how often progress is told */
    COMMIT_MS = 1000,  /* how long another writer may have to wait for one that waits itself */
};

struct job {
    struct outcome outcome;
    struct worker *worker; /* while it is read */
    bool read;             /* the outcome is known */
};

struct build {
    struct store *store;
    const struct build_options *options;
    struct worker_setup setup;
    struct settler *settler;
    GPtrArray *found;
    struct job *jobs;
    guint started, settled, running, most;
    uint64_t bytes_done, bytes_total;
    gint64 began, told;
};

/* ---- one file before it is read ---- */

static int open_file(struct outcome *o)
{
    if (strcmp(o->found->path, "-") == 0)
        return fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0);
    int fd = open(o->found->path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | (o->found->named ? 0 : O_NOFOLLOW));
    struct stat stat;
    if (fd >= 0 && fstat(fd, &stat) == 0) {
        o->size = stat.st_size;
        o->changed = (int64_t)stat.st_mtim.tv_sec * 1000000000 + stat.st_mtim.tv_nsec;
    }
    return fd;
}

static bool is_known(const struct build *b, const struct outcome *o)
{
    const struct ledger_entry *known = o->known;
    return known && !b->options->again && strcmp(known->version, extractor_version(b->options->extractor)) == 0 && strcmp(o->found->path, "-") != 0;
}

/* Odd things and unchanged files need no worker; false: no process could be started now. */
static bool start_job(struct build *b, struct job *job, GError **error)
{
    struct outcome *o = &job->outcome;
    if (o->found->odd) {
        job->read = true;
        return true;
    }
    int fd = open_file(o);
    if (fd < 0) {
        citable_error_at(&o->reading.error, errno == ENOENT ? CITABLE_ERROR_MISSING : CITABLE_ERROR_READ, NULL, 0, "%s", g_strerror(errno));
        job->read = true;
        return true;
    }
    bool same = is_known(b, o);
    if (same && o->known->size == o->size && o->known->changed == o->changed)
        job->read = o->unchanged = true;
    else if (worker_start(&b->setup, fd, o->found->path, same ? o->known->sha256 : NULL, &job->worker, error))
        b->running++;
    close(fd);
    return job->read || job->worker;
}

static bool start_jobs(struct build *b, GError **error)
{
    while (b->started < b->found->len && b->running < b->most && b->started < b->settled + AHEAD + b->most) {
        struct job *job = &b->jobs[b->started];
        g_autoptr(GError) problem = NULL;
        g_autofree char *path = store_path(b->store, job->outcome.found->path);
        if (!job->outcome.known && !ledger_known(b->store, path, &job->outcome.known, error))
            return false;
        if (!start_job(b, job, &problem)) {
            if (b->running > 0)
                return true; /* when another has ended */
            job->outcome.reading.error = g_steal_pointer(&problem);
            job->read = true;
        }
        b->started++;
    }
    return true;
}

/* ---- waiting ---- */

static void tell_progress(struct build *b)
{
    gint64 now = g_get_monotonic_time();
    if (!b->options->progress || now - b->told < TICK_MS * 1000 || b->settled >= b->found->len)
        return;
    b->told = now;
    const struct job *job = &b->jobs[b->settled];
    struct build_progress progress = {.done = b->settled, .total = b->found->len, .file = job->outcome.found->path, .seconds_left = -1};
    if (job->worker)
        progress.page = worker_page(job->worker, &progress.pages);
    double spent = (double)(now - b->began) / 1e6;
    if (b->bytes_done > 0 && spent > 1)
        progress.seconds_left = spent * (double)(b->bytes_total - b->bytes_done) / (double)b->bytes_done;
    b->options->progress(b->options->data, &progress);
}

static void wait_for_workers(struct build *b)
{
    struct pollfd *fds = g_newa(struct pollfd, 2 * b->most);
    struct job **waiting = g_newa(struct job *, b->most);
    nfds_t n = 0;
    int patience = b->options->progress ? TICK_MS : COMMIT_MS;
    for (guint i = b->settled; i < b->started; i++)
        if (b->jobs[i].worker) {
            waiting[n] = &b->jobs[i];
            worker_poll(b->jobs[i].worker, fds + 2 * n++);
            patience = MIN(patience, worker_patience(b->jobs[i].worker));
        }
    if (poll(fds, 2 * n, patience) < 0)
        for (nfds_t i = 0; i < 2 * n; i++)
            fds[i].revents = 0;
    for (nfds_t i = 0; i < n; i++)
        if (worker_step(waiting[i]->worker, fds + 2 * i)) {
            worker_take(g_steal_pointer(&waiting[i]->worker), &waiting[i]->outcome.reading);
            waiting[i]->read = true;
            b->running--;
        }
}

static bool settle_jobs(struct build *b, GError **error)
{
    while (b->settled < b->started && b->jobs[b->settled].read) {
        struct job *job = &b->jobs[b->settled];
        if (!settle(b->settler, &job->outcome, error))
            return false;
        b->bytes_done += job->outcome.found->size;
        outcome_clear(&job->outcome);
        b->settled++;
        tell_progress(b);
    }
    return true;
}

static bool run_jobs(struct build *b, GError **error)
{
    while (b->settled < b->found->len) {
        if (!start_jobs(b, error) || !settle_jobs(b, error))
            return false;
        if (b->running > 0 && (b->settled == b->started || !b->jobs[b->settled].read)) {
            if (!settler_commit(b->settler, COMMIT_MS, error))
                return false;
            tell_progress(b);
            wait_for_workers(b);
        }
    }
    return settler_commit(b->settler, 0, error);
}

/* ---- the whole run ---- */

/* A list of files from its first to its last. */
static bool run_list(struct build *b, char *const *paths, const char *skip, GError **error)
{
    b->found = walk(paths, skip);
    b->jobs = g_new0(struct job, b->found->len + 1);
    b->started = b->settled = b->running = 0;
    b->bytes_done = b->bytes_total = 0;
    for (guint i = 0; i < b->found->len; i++) {
        b->jobs[i].outcome.found = g_ptr_array_index(b->found, i);
        b->jobs[i].outcome.reading.page = NONE;
        b->bytes_total += b->jobs[i].outcome.found->size;
    }
    bool ok = run_jobs(b, error);
    for (guint i = 0; i < b->found->len; i++) {
        if (b->jobs[i].worker)
            worker_take(b->jobs[i].worker, &b->jobs[i].outcome.reading);
        outcome_clear(&b->jobs[i].outcome);
    }
    g_free(b->jobs);
    g_ptr_array_unref(b->found);
    return ok;
}

/* A duplicate whose original has changed or gone is a document of its own now: read once more. */
static bool run_orphans(struct build *b, GError **error)
{
    g_autoptr(GPtrArray) orphans = NULL;
    if (!ledger_orphans(b->store, &orphans, error))
        return false;
    if (orphans->len == 0)
        return true;
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    bool ok = store_begin(b->store, error);
    for (guint i = 0; ok && i < orphans->len; i++) {
        char *file = store_file(b->store, g_ptr_array_index(orphans, i));
        g_ptr_array_add(paths, file);
        ok = ledger_forget(b->store, g_ptr_array_index(orphans, i), error);
    }
    if (!ok || !store_commit(b->store, error))
        return false;
    g_ptr_array_add(paths, NULL);
    return run_list(b, (char *const *)paths->pdata, NULL, error);
}

static bool check_sandbox(const struct build *b, GError **error)
{
    const char *missing = sandbox_missing(b->setup.sandbox);
    if (!missing)
        return true;
    if (b->options->require_sandbox) {
        citable_error_at(error, CITABLE_ERROR_WORKER, NULL, 0, "%s; --require-sandbox refuses that", missing);
        return false;
    }
    if (b->options->notice)
        b->options->notice(b->options->data, missing);
    return true;
}

bool build_run(struct store *store, char *const *paths, const struct build_options *options, GError **error)
{
    struct build b = {.store = store, .options = options, .began = g_get_monotonic_time()};
    b.most = options->jobs ? MIN(options->jobs, 64) : g_get_num_processors();
    b.setup = (struct worker_setup){.extractor = options->extractor, .sandbox = sandbox_new(), .lang = options->lang, .cpu_s = LIMIT_WORKER_CPU_S,
                                    .memory_mb = options->memory_mb ? options->memory_mb : LIMIT_WORKER_MEMORY_MB,
                                    .silence_s = options->silence_s ? options->silence_s : LIMIT_WORKER_SILENCE_S};
    b.settler = settler_new(store, options);
    bool ok = check_sandbox(&b, error) && run_list(&b, paths, store_location(store), error) && run_orphans(&b, error);
    settler_free(b.settler);
    sandbox_free(b.setup.sandbox);
    return ok;
}
