/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/build.h"

#include "base/error.h"
#include "base/heap.h"
#include "base/limits.h"
#include "index/get.h"
#include "index/pool.h"
#include "index/settle.h"
#include "index/spawner.h"
#include "index/walk.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    TELL_MS = 200,        /* how often progress is told */
    COMMIT_MS = 1000,     /* how long another writer may have to wait for one that waits itself */
    RACY_MS = 2000,       /* how coarse the times of a file system may be: FAT's are 2 seconds */
    OPEN_ALWAYS = 20,     /* descriptors: streams, the evidence file with its log, confinement, the spawner, folders inside one another */
    OPEN_EACH = 8,        /* of a reader: its file twice, two pipes and its steps while they are made */
    NEVER = 0,            /* no time of change */
    HEAP_ROOM = 32 << 20, /* bytes: pages of the evidence file that are being written, and what readers sent */
};

struct build {
    struct store *store;
    const struct build_options *options;
    unsigned jobs;            /* files read at the same time */
    struct settler *settler;
    GPtrArray *found;         /* struct found, in the order of their paths */
    struct outcome *outcomes; /* one a file */
    uint64_t bytes_done, bytes_total;
    gint64 began, told;
    GError *error;            /* of the store, while files are opened */
};

static int open_file(struct outcome *o)
{
    if (strcmp(o->found->path, "-") == 0)
        return fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0);
    int fd = open(o->found->path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | (o->found->named ? 0 : O_NOFOLLOW));
    struct stat stat;
    if (fd >= 0 && fstat(fd, &stat) == 0) {
        o->size = stat.st_size;
        o->changed = (int64_t)stat.st_mtim.tv_sec * 1000000000 + stat.st_mtim.tv_nsec;
        /* it may change once more without another time or size: the next run looks into it again */
        if (o->changed / 1000 > g_get_real_time() - RACY_MS * 1000)
            o->changed = NEVER;
    }
    return fd;
}

/* Was the file read by these rules before? */
static bool is_known(const struct build *b, const struct outcome *o)
{
    return o->known && !b->options->again && strcmp(o->known->version, extractor_version(b->options->extractor)) == 0 && strcmp(o->found->path, "-") != 0;
}

/* Odd things and unchanged files need no worker. */
static bool open_found(void *data, uint32_t number, struct pool_file *ret, GError **problem)
{
    struct build *b = data;
    struct outcome *o = &b->outcomes[number];
    g_autofree char *path = store_path(b->store, o->found->path);
    if (o->found->odd || b->error || (!o->known && !ledger_known(b->store, path, &o->known, &b->error)))
        return false;
    *ret = (struct pool_file){.fd = open_file(o), .path = o->found->path};
    if (ret->fd < 0) {
        citable_error_at(problem, errno == ENOENT ? CITABLE_ERROR_MISSING : CITABLE_ERROR_READ, NULL, 0, "%s", g_strerror(errno));
        return false;
    }
    if (!is_known(b, o))
        return true;
    ret->known_sha256 = o->known->sha256;
    o->unchanged = o->changed != NEVER && o->known->size == o->size && o->known->changed == o->changed;
    if (o->unchanged)
        close(ret->fd);
    return !o->unchanged;
}

static bool settle_found(void *data, uint32_t number, struct reading *reading, GError **error)
{
    struct build *b = data;
    struct outcome *o = &b->outcomes[number];
    if (b->error) {
        g_propagate_error(error, g_steal_pointer(&b->error));
        return false;
    }
    o->reading = *reading;
    bool ok = settle(b->settler, o, error);
    b->bytes_done += o->found->size;
    g_clear_pointer(&o->known, ledger_entry_free);
    return ok;
}

static bool tell_progress(void *data, uint32_t number, uint32_t page, uint32_t pages, GError **error)
{
    struct build *b = data;
    gint64 now = g_get_monotonic_time();
    if (b->options->progress && now - b->told >= TELL_MS * 1000) {
        double spent = (double)(now - b->began) / 1e6;
        struct build_progress progress = {number, b->found->len, b->outcomes[number].found->path, page, pages, -1};
        if (b->bytes_done > 0 && spent > 1)
            progress.seconds_left = spent * (double)(b->bytes_total - b->bytes_done) / (double)b->bytes_done;
        b->told = now;
        b->options->progress(b->options->data, &progress);
    }
    return settler_commit(b->settler, COMMIT_MS, error);
}

static struct worker_setup setup_of(const struct build_options *o, const struct sandbox *sandbox)
{
    return (struct worker_setup){.extractor = o->extractor, .sandbox = sandbox, .lang = o->lang, .ocr = o->ocr, .look = o->look, .cpu_s = LIMIT_WORKER_CPU_S,
                                 .memory_mb = o->memory_mb ? o->memory_mb : LIMIT_WORKER_MEMORY_MB, .silence_s = o->silence_s ? o->silence_s : LIMIT_WORKER_SILENCE_S};
}

/* A folder that could not be read once, or was something else, and is open now: what was said of it holds no longer. */
static bool forget_failures(struct build *b, const GPtrArray *opened, GError **error)
{
    g_autoptr(GPtrArray) told = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < opened->len; i++) {
        g_autofree char *path = store_path(b->store, g_ptr_array_index(opened, i));
        struct ledger_entry *known = NULL;
        if (!ledger_known(b->store, path, &known, error))
            return false;
        if (known && (strcmp(known->status, "failed") == 0 || strcmp(known->status, "skipped") == 0))
            g_ptr_array_add(told, g_steal_pointer(&path));
        ledger_entry_free(known);
    }
    if (told->len == 0)
        return true;
    bool ok = store_begin(b->store, error);
    for (guint i = 0; ok && i < told->len; i++)
        ok = ledger_forget(b->store, g_ptr_array_index(told, i), error);
    if (ok && store_commit(b->store, error))
        return true;
    store_rollback(b->store);
    return false;
}

/* A list of files from its first to its last. */
static bool run_list(struct build *b, const struct worker_setup *setup, char *const *paths, const char *skip, GError **error)
{
    const struct pool_client client = {b, open_found, settle_found, tell_progress};
    g_autoptr(GPtrArray) opened = g_ptr_array_new_with_free_func(g_free);
    b->found = walk(paths, skip, opened);
    b->outcomes = g_new0(struct outcome, b->found->len + 1);
    b->bytes_done = b->bytes_total = 0;
    for (guint i = 0; i < b->found->len; i++) {
        b->outcomes[i].found = g_ptr_array_index(b->found, i);
        b->bytes_total += b->outcomes[i].found->size;
    }
    bool ok = forget_failures(b, opened, error) && pool_run(setup, b->jobs, b->found->len, &client, error) && settler_commit(b->settler, 0, error);
    for (guint i = 0; i < b->found->len; i++)
        ledger_entry_free(b->outcomes[i].known);
    g_clear_error(&b->error);
    g_free(b->outcomes);
    g_ptr_array_unref(b->found);
    return ok;
}

/* A duplicate whose original has changed or gone is a document of its own now: read once more. */
static bool run_orphans(struct build *b, const struct worker_setup *setup, GError **error)
{
    g_autoptr(GPtrArray) orphans = NULL;
    if (!ledger_orphans(b->store, &orphans, error))
        return false;
    if (orphans->len == 0)
        return true;
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    bool ok = store_begin(b->store, error);
    for (guint i = 0; ok && i < orphans->len; i++) {
        g_ptr_array_add(paths, store_file(b->store, g_ptr_array_index(orphans, i)));
        ok = ledger_forget(b->store, g_ptr_array_index(orphans, i), error);
    }
    if (!ok || !store_commit(b->store, error)) {
        store_rollback(b->store);
        return false;
    }
    g_ptr_array_add(paths, NULL);
    return run_list(b, setup, (char *const *)paths->pdata, NULL, error);
}

/* As many readers as files may be open for. */
static bool fit_jobs(struct build *b, GError **error)
{
    struct rlimit files;
    b->jobs = b->options->jobs ? b->options->jobs : g_get_num_processors();
    if (getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur == RLIM_INFINITY)
        return true;
    if (files.rlim_cur < OPEN_ALWAYS + OPEN_EACH) {
        citable_error_at(error, CITABLE_ERROR_WORKER, NULL, 0, "only %u files may be open at a time, and reading takes %d: ask for more with 'ulimit -n'", (unsigned)files.rlim_cur,
                         OPEN_ALWAYS + OPEN_EACH);
        return false;
    }
    b->jobs = (unsigned)MIN((rlim_t)b->jobs, (files.rlim_cur - OPEN_ALWAYS) / OPEN_EACH);
    return true;
}

static bool check_sandbox(const struct build_options *options, const struct sandbox *sandbox, GError **error)
{
    const char *missing = sandbox_missing(sandbox);
    if (!missing)
        return true;
    if (options->require_sandbox) {
        citable_error_at(error, CITABLE_ERROR_WORKER, NULL, 0, "%s; --require-sandbox refuses that", missing);
        return false;
    }
    if (options->notice)
        options->notice(options->data, missing);
    return true;
}

/* Kept with the evidence: a reader of it should know how its files were read. */
static bool note_sandbox(struct store *store, const struct sandbox *sandbox, GError **error)
{
    g_autofree char *known = NULL;
    const char *missing = sandbox_missing(sandbox);
    if (!store_condition(store, "sandbox", &known, error))
        return false;
    if (g_strcmp0(known, missing) == 0)
        return true;
    if (store_begin(store, error) && ledger_condition(store, "sandbox", missing, error) && store_commit(store, error))
        return true;
    store_rollback(store);
    return false;
}

bool build_run(struct store *store, char *const *paths, const struct build_options *options, GError **error)
{
    struct sandbox *sandbox = sandbox_new();
    struct worker_setup setup = setup_of(options, sandbox);
    setup.spawner = spawner_new(&setup);
    heap_make_room(HEAP_ROOM); /* not before that fork, which would copy it */
    struct build b = {.store = store, .options = options, .began = g_get_monotonic_time(), .settler = settler_new(store, options)};
    bool ok = fit_jobs(&b, error) && check_sandbox(options, sandbox, error) && note_sandbox(store, sandbox, error) &&
              run_list(&b, &setup, paths, store_location(store), error) && run_orphans(&b, &setup, error) &&
              store_in_place(store, error);
    settler_free(b.settler);
    spawner_free(setup.spawner);
    sandbox_free(sandbox);
    return ok;
}
