/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/pool.h"

#include "base/timing.h"

#include <unistd.h>

enum {
    MOST = 64,     /* workers */
    AHEAD = 16,    /* files that may be read before the one that is waited for: what they hold waits in memory */
    TICK_MS = 200, /* how often, while it waits, the client is asked, and the workers' pages are looked at */
};

struct job {
    struct worker *worker; /* while it is read */
    struct reading reading;
    bool read;             /* the reading is whole */
};

struct pool {
    const struct worker_setup *setup;
    const struct pool_client *client;
    struct job *jobs;
    uint32_t n, started, settled, running, most;
};

/* False: no process could be started now, but others run: when one of them has ended. */
static bool start_job(struct pool *p, uint32_t number)
{
    struct job *job = &p->jobs[number];
    struct pool_file file = {.fd = -1};
    g_autoptr(GError) problem = NULL;
    job->reading.page = NONE;
    if (!p->client->open(p->client->data, number, &file, &job->reading.error)) {
        job->read = true;
        return true;
    }
    if (worker_start(p->setup, file.fd, file.path, file.known_sha256, &job->worker, &problem))
        p->running++;
    close(file.fd);
    if (!job->worker && p->running == 0) {
        job->reading.error = g_steal_pointer(&problem);
        job->read = true;
    }
    return job->worker || job->read;
}

static void start_jobs(struct pool *p)
{
    while (p->started < p->n && p->running < p->most && p->started < p->settled + AHEAD + p->most && start_job(p, p->started))
        p->started++;
}

static bool settle_jobs(struct pool *p, GError **error)
{
    while (p->settled < p->started && p->jobs[p->settled].read) {
        struct job *job = &p->jobs[p->settled];
        bool ok = p->client->settle(p->client->data, p->settled, &job->reading, error);
        reading_clear(&job->reading);
        p->settled++;
        if (!ok)
            return false;
    }
    return true;
}

static void wait_for_workers(struct pool *p)
{
    struct pollfd fds[2 * MOST];
    struct job *waiting[MOST];
    nfds_t n = 0;
    int patience = TICK_MS;
    for (uint32_t i = p->settled; i < p->started; i++)
        if (p->jobs[i].worker) {
            waiting[n] = &p->jobs[i];
            worker_poll(p->jobs[i].worker, fds + 2 * n++);
            patience = MIN(patience, worker_patience(p->jobs[i].worker));
        }
    const char *stage = timing_enter(NULL);
    int ready = poll(fds, 2 * n, patience);
    timing_enter(stage);
    if (ready < 0)
        for (nfds_t i = 0; i < 2 * n; i++)
            fds[i].revents = 0;
    for (nfds_t i = 0; i < n; i++)
        if (worker_step(waiting[i]->worker, fds + 2 * i)) {
            worker_take(g_steal_pointer(&waiting[i]->worker), &waiting[i]->reading);
            waiting[i]->read = true;
            p->running--;
        }
}

static bool run(struct pool *p, GError **error)
{
    while (p->settled < p->n) {
        start_jobs(p);
        if (!settle_jobs(p, error))
            return false;
        if (p->running == 0 || (p->settled < p->started && p->jobs[p->settled].read))
            continue;
        const struct worker *worker = p->settled < p->started ? p->jobs[p->settled].worker : NULL;
        uint32_t pages = 0, page = worker ? worker_page(worker, &pages) : 0;
        if (!p->client->wait(p->client->data, p->settled, page, pages, error))
            return false;
        wait_for_workers(p);
    }
    return true;
}

bool pool_run(const struct worker_setup *setup, unsigned most, uint32_t n, const struct pool_client *client, GError **error)
{
    struct pool p = {.setup = setup, .client = client, .n = n, .most = MIN(most ? most : g_get_num_processors(), MOST)};
    p.jobs = g_new0(struct job, n + 1);
    bool ok = run(&p, error);
    for (uint32_t i = p.settled; i < p.started; i++) {
        if (p.jobs[i].worker)
            worker_take(p.jobs[i].worker, &p.jobs[i].reading);
        reading_clear(&p.jobs[i].reading);
    }
    g_free(p.jobs);
    return ok;
}
