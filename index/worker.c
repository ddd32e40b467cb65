/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/worker.h"

#include "base/error.h"
#include "base/limits.h"
#include "base/timing.h"
#include "index/frame.h"
#include "index/spawner.h"
#include "index/steps.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    TROUBLES = 100,       /* lines of a document's troubles that are kept */
    PIPE_BYTES = 1 << 20, /* what a pipe may hold: most documents whole, so that nobody waits for the other in the middle of one */
    READ_BYTES = 1 << 18, /* at a time */
    ASK_MS = 100,         /* how often the system is asked how long a process has worked */
};

struct worker {
    const struct worker_setup *setup;
    char *path, *known_sha256;
    int file;                 /* the file itself, for another try */
    pid_t pid;
    int out, errors;          /* pipes from the process; -1: at their end */
    struct steps *steps;      /* where it says which page it reads */
    GByteArray *bytes;        /* what came and is no whole frame yet */
    GString *complaints;      /* the beginning of its stderr */
    gint64 heard, worked;     /* at the last sign of progress: monotonic time, and the process's own CPU time; microseconds */
    gint64 asked, left;       /* when left_to was asked last since then, and what it said */
    uint64_t received;        /* bytes of frames */
    uint32_t page, pages;     /* being read; 0 = before the first */
    GArray *left_out;         /* uint32_t: pages that stalled or broke a process */
    bool stalled, ended, done;
    uint32_t documents;       /* that FRAME_END named */
    struct reading reading;
};

void reading_clear(struct reading *reading)
{
    for (guint i = 0; reading->items && i < reading->items->len; i++) {
        struct read_item *item = &g_array_index(reading->items, struct read_item, i);
        document_free(item->doc);
        mentions_free(item->mentions);
    }
    g_clear_pointer(&reading->items, g_array_unref);
    g_clear_pointer(&reading->troubles, g_ptr_array_unref);
    g_clear_error(&reading->error);
    g_free(reading->sha256);
    g_free(reading->partial);
    *reading = (struct reading){.page = NONE};
}

static void reading_init(struct reading *reading)
{
    *reading = (struct reading){.page = NONE};
    reading->items = g_array_new(FALSE, FALSE, sizeof(struct read_item));
    reading->troubles = g_ptr_array_new_with_free_func(g_free);
}

/* CPU time of the process in microseconds; -1: this system does not say. */
static gint64 work_of(const struct worker *w)
{
    clockid_t clock;
    struct timespec time;
    bool known = w->pid > 0 && clock_getcpuclockid(w->pid, &clock) == 0 && clock_gettime(clock, &time) == 0;
    return known ? (gint64)time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000 : -1;
}

static void progressed(struct worker *w)
{
    w->heard = g_get_monotonic_time();
    w->worked = work_of(w);
    w->asked = 0;
}

/* A process at its task; -1 with errno: none could be started. */
static pid_t start_process(const struct worker *w, int out, int errors, int steps)
{
    struct child_task task = {w->setup, w->file, out, errors, steps, w->path, w->known_sha256, w->left_out};
    const char *stage = timing_enter("fork");
    pid_t pid = w->setup->spawner ? spawner_start(w->setup->spawner, &task) : -1;
    if (pid < 0)
        pid = fork();
    if (pid == 0)
        child_run(&task);
    timing_enter(stage);
    return pid;
}

static void close_pipe(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

static void close_all(struct worker *w)
{
    close_pipe(&w->out);
    close_pipe(&w->errors);
    g_clear_pointer(&w->steps, steps_free);
}

/* A pipe to read from, and its other end; false with errno. */
static bool open_pipe(int *mine, int *end)
{
    int pair[2];
    if (pipe2(pair, O_CLOEXEC) != 0)
        return false;
    *mine = pair[0];
    *end = pair[1];
    fcntl(*mine, F_SETFL, O_NONBLOCK);
    return true;
}

/* What the process is heard through, and its ends of that; false with errno: too many files are open. */
static bool open_all(struct worker *w, int ends[3])
{
    ends[0] = ends[1] = ends[2] = -1;
    if (!open_pipe(&w->out, &ends[0]) || !open_pipe(&w->errors, &ends[1]) || !(w->steps = steps_new(&ends[2])))
        return false;
    fcntl(w->out, F_SETPIPE_SZ, PIPE_BYTES); /* where the system allows it */
    return true;
}

static bool start(struct worker *w, GError **error)
{
    int ends[3];
    bool ok = open_all(w, ends);
    if (ok) {
        lseek(w->file, 0, SEEK_SET); /* shared with the process of an earlier try */
        w->pid = start_process(w, ends[0], ends[1], ends[2]);
        ok = w->pid > 0;
    }
    if (!ok) {
        citable_error_at(error, CITABLE_ERROR_WORKER, w->path, 0, "no process could be started: %s", g_strerror(errno));
        close_all(w);
    }
    for (int i = 0; i < 3; i++)
        close_pipe(&ends[i]);
    progressed(w);
    w->page = w->pages = 0;
    w->received = 0;
    w->stalled = w->ended = w->done = false;
    return ok;
}

static void worker_free(struct worker *w)
{
    close_all(w);
    if (w->pid > 0) {
        kill(w->pid, SIGKILL);
        while (waitpid(w->pid, NULL, 0) < 0 && errno == EINTR)
            ;
    }
    if (w->file >= 0)
        close(w->file);
    g_byte_array_unref(w->bytes);
    g_string_free(w->complaints, TRUE);
    g_array_unref(w->left_out);
    g_free(w->path);
    g_free(w->known_sha256);
    g_free(w);
}

bool worker_start(const struct worker_setup *setup, int fd, const char *path, const char *known_sha256, struct worker **ret, GError **error)
{
    struct worker *w = g_new0(struct worker, 1);
    *w = (struct worker){.setup = setup, .out = -1, .errors = -1};
    w->path = g_strdup(path);
    w->known_sha256 = g_strdup(known_sha256);
    w->file = fcntl(fd, F_DUPFD_CLOEXEC, 0);
    w->bytes = g_byte_array_new();
    w->complaints = g_string_new(NULL);
    w->left_out = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    reading_init(&w->reading);
    if (!start(w, error)) {
        reading_clear(&w->reading);
        worker_free(w);
        return false;
    }
    *ret = w;
    return true;
}

void worker_poll(const struct worker *w, struct pollfd fds[2])
{
    fds[0] = (struct pollfd){w->out, POLLIN, 0};
    fds[1] = (struct pollfd){w->errors, POLLIN, 0};
}

/* Microseconds of work without progress that are left to the process, or of waiting, when that is less. Its own work is what counts: on a busy
 * machine the same file is read to the same end, only later; a process that does not work at all is given up after some times as long. */
static gint64 left_to(struct worker *w)
{
    gint64 now = g_get_monotonic_time();
    if (now - w->asked < ASK_MS * 1000) /* every piece that comes asks */
        return w->left;
    gint64 limit = (gint64)w->setup->silence_s * G_USEC_PER_SEC, work = work_of(w), waited = now - w->heard;
    w->asked = now;
    w->left = work < 0 || w->worked < 0 ? limit - waited : MIN(limit - (work - w->worked), limit * LIMIT_WORKER_WAITING - waited);
    return w->left;
}

int worker_patience(struct worker *w)
{
    return (int)CLAMP(left_to(w) / 1000 + 1, 0, G_MAXINT);
}

uint32_t worker_page(const struct worker *w, uint32_t *pages)
{
    *pages = w->pages;
    return MIN(w->page, w->pages);
}

/* ---- frames ---- */

static void nonsense(struct worker *w, const char *what)
{
    if (!w->reading.error)
        citable_error_at(&w->reading.error, CITABLE_ERROR_WORKER, w->path, 0, "the process that read it sent nonsense (%s)", what);
    if (w->pid > 0)
        kill(w->pid, SIGKILL);
}

static void on_hash(struct worker *w, struct slice body)
{
    if (body.len != 64 + sizeof w->reading.size || w->reading.sha256) {
        nonsense(w, "a hash is none");
        return;
    }
    w->reading.sha256 = g_strndup(body.ptr, 64);
    memcpy(&w->reading.size, body.ptr + 64, sizeof w->reading.size);
    progressed(w);
    if (strspn(w->reading.sha256, "0123456789abcdef") != 64)
        nonsense(w, "a hash is none");
}

static void on_document(struct worker *w, struct slice body)
{
    struct read_item item;
    g_autoptr(GError) problem = NULL;
    const char *stage = timing_enter("check frames");
    bool ok = frame_read(body, w->path, &item.doc, &item.mentions, &problem);
    timing_enter(stage);
    if (!ok) {
        if (!w->reading.error)
            citable_error_at(&w->reading.error, CITABLE_ERROR_WORKER, w->path, 0, "%s", problem->message);
        kill(w->pid, SIGKILL);
        return;
    }
    g_array_append_val(w->reading.items, item);
    progressed(w);
    if (!w->reading.sha256 || strcmp(item.doc->file_sha256, w->reading.sha256) != 0)
        nonsense(w, "a document of another file");
}

/* A line of text, cut to a decent length. */
static char *line_of(struct slice body)
{
    g_autofree char *valid = g_utf8_make_valid(body.ptr, (gssize)MIN(body.len, 600));
    return g_strdelimit(g_steal_pointer(&valid), "\r\n", ' ');
}

static void on_error(struct worker *w, struct slice body, bool unknown)
{
    uint32_t code = CITABLE_ERROR_FORMAT;
    if (!unknown && body.len >= sizeof code) {
        memcpy(&code, body.ptr, sizeof code);
        body = slice_sub(body, sizeof code, body.len);
    }
    g_autofree char *line = line_of(body);
    if (!w->reading.error)
        g_set_error_literal(&w->reading.error, CITABLE_ERROR, code <= CITABLE_ERROR_USAGE ? (int)code : CITABLE_ERROR_WORKER, line);
    w->reading.unknown = unknown;
    w->ended = true;
}

/* Only a number and a word of ours; what else may stand there is nobody's time. */
static void on_time(struct slice body)
{
    uint64_t ns;
    if (body.len <= sizeof ns || body.len > sizeof ns + 64 || !timing_is_on())
        return;
    memcpy(&ns, body.ptr, sizeof ns);
    char stage[65] = "";
    memcpy(stage, body.ptr + sizeof ns, body.len - sizeof ns);
    if (stage[strspn(stage, "abcdefghijklmnopqrstuvwxyz ")] == '\0')
        timing_add(stage, ns);
}

static void on_frame(struct worker *w, uint32_t type, struct slice body)
{
    if (w->ended) {
        nonsense(w, "more after the end");
        return;
    }
    switch (type) {
    case FRAME_HASH: on_hash(w, body); break;
    case FRAME_DOCUMENT: on_document(w, body); break;
    case FRAME_TROUBLE:
        if (w->reading.troubles->len < TROUBLES)
            g_ptr_array_add(w->reading.troubles, line_of(body));
        break;
    case FRAME_TIME: on_time(body); break;
    case FRAME_ERROR: on_error(w, body, false); break;
    case FRAME_UNKNOWN: on_error(w, body, true); break;
    case FRAME_SAME: w->reading.same = w->ended = true; break;
    case FRAME_END:
        w->ended = body.len == sizeof w->documents;
        if (w->ended)
            memcpy(&w->documents, body.ptr, sizeof w->documents);
        if (!w->ended || w->documents != w->reading.items->len)
            nonsense(w, "documents are missing");
        break;
    default: nonsense(w, "a message of no kind");
    }
}

/* Whole frames out of what came. */
static void take_frames(struct worker *w)
{
    size_t at = 0;
    while (!w->reading.error || w->ended) {
        uint32_t head[2];
        if (w->bytes->len - at < sizeof head)
            break;
        memcpy(head, w->bytes->data + at, sizeof head);
        if (head[1] > LIMIT_FRAME_BYTES) {
            nonsense(w, "a message that is too long");
            break;
        }
        if (w->bytes->len - at - sizeof head < head[1])
            break;
        on_frame(w, head[0], slice_make((const char *)w->bytes->data + at + sizeof head, head[1]));
        at += sizeof head + head[1];
    }
    if (at > 0)
        g_byte_array_remove_range(w->bytes, 0, (guint)at);
}

/* Reads what is there of frames, into their place; false at the end of the pipe. */
static bool drain_frames(struct worker *w)
{
    for (int turns = 0; turns < 16; turns++) {
        guint len = w->bytes->len;
        g_byte_array_set_size(w->bytes, len + READ_BYTES);
        ssize_t n = read(w->out, w->bytes->data + len, READ_BYTES);
        bool kept = n > 0 && !w->reading.error && w->received + (uint64_t)n <= LIMIT_FRAME_BYTES;
        g_byte_array_set_size(w->bytes, len + (kept ? (guint)n : 0));
        if (n < 0)
            return errno == EAGAIN || errno == EINTR;
        if (n == 0)
            return false;
        w->received += (uint64_t)n;
        if (w->received > LIMIT_FRAME_BYTES)
            nonsense(w, "messages without end");
    }
    return true;
}

/* The same of its complaints. */
static bool drain_errors(struct worker *w)
{
    char chunk[4096];
    for (int turns = 0; turns < 1024; turns++) {
        ssize_t n = read(w->errors, chunk, sizeof chunk);
        if (n < 0)
            return errno == EAGAIN || errno == EINTR;
        if (n == 0)
            return false;
        if (w->complaints->len < LIMIT_WORKER_ERRORS)
            g_string_append_len(w->complaints, chunk, (gssize)MIN((size_t)n, LIMIT_WORKER_ERRORS - w->complaints->len));
    }
    return true;
}

/* The page that it says to have come to. */
static void look_at_steps(struct worker *w)
{
    uint32_t page, pages, before = w->page;
    if (!w->steps || w->reading.error || !steps_look(w->steps, &page, &pages))
        return;
    if (page < before || page < 1 || (w->pages > 0 && pages != w->pages) || page > (uint64_t)pages + 1) {
        nonsense(w, "pages in a wrong order");
        return;
    }
    w->page = page;
    w->pages = pages;
    if (page > before) /* the same page again is no progress */
        progressed(w);
}

/* ---- how it ended ---- */

static char *seconds(uint32_t s)
{
    return g_strdup_printf("%u second%s", s, s == 1 ? "" : "s");
}

/* Why the process ended before all was said. The caller frees it. */
static char *why(const struct worker *w, int status)
{
    if (w->stalled) {
        g_autofree char *time = seconds(w->setup->silence_s);
        return g_strdup_printf("stalled: nothing came of %s of work", time);
    }
    if (strstr(w->complaints->str, "failed to allocate") || strstr(w->complaints->str, "bad_alloc") || strstr(w->complaints->str, "ut of memory"))
        return g_strdup_printf("needs more than %u MiB of memory", w->setup->memory_mb);
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
        return g_strdup_printf("needs more than %u seconds of work", w->setup->cpu_s);
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS)
        return g_strdup("made the reader do what reading never does; it was stopped");
    if (WIFSIGNALED(status))
        return g_strdup_printf("broke the reader (%s)", g_strsignal(WTERMSIG(status)));
    return g_strdup("ended the reader before it was done");
}

/* That page, or, when too many are left out, those behind it too; true: these, too. How many there are it alone says. */
static bool leave_out(struct worker *w, uint32_t page)
{
    bool rest = w->left_out->len + 1 >= LIMIT_BROKEN_PAGES;
    uint32_t last = rest ? MAX(page, MIN(w->pages, LIMIT_PAGES)) : page;
    for (uint32_t p = page; p <= last; p++)
        g_array_append_val(w->left_out, p);
    return rest && page < w->pages;
}

/* Another process for the same file, without the page that broke this one; false: there is no such page. */
static bool try_again(struct worker *w, const char *reason)
{
    bool in_page = w->page >= 1 && w->page <= w->pages && w->pages > 1 && w->left_out->len < LIMIT_BROKEN_PAGES;
    for (guint i = 0; i < w->left_out->len; i++)
        in_page = in_page && g_array_index(w->left_out, uint32_t, i) != w->page;
    if (!in_page || strcmp(w->path, "-") == 0)
        return false;
    uint32_t page = w->page;
    bool rest = leave_out(w, page);
    g_autofree char *before = g_steal_pointer(&w->reading.partial);
    g_autofree char *now = g_strdup_printf("page %u%s %s", page, rest ? " and those behind it are left out: it" : "", reason);
    reading_clear(&w->reading);
    reading_init(&w->reading);
    w->reading.partial = before ? g_strdup_printf("%s; %s", before, now) : g_strdup(now);
    w->reading.page = g_array_index(w->left_out, uint32_t, 0);
    g_byte_array_set_size(w->bytes, 0);
    g_string_truncate(w->complaints, 0);
    return start(w, NULL);
}

/* The process is gone: what is there counts only when it said that all is said. Returns false when another one has been started. */
static bool finish(struct worker *w)
{
    int status = 0;
    kill(w->pid, SIGKILL); /* one that has closed its pipe and lives on has nothing to say; how one ended that is ending stays as it was */
    while (waitpid(w->pid, &status, 0) < 0 && errno == EINTR)
        ;
    w->pid = 0;
    look_at_steps(w);
    close_all(w);
    if (w->ended || w->reading.error)
        return true;
    g_autofree char *reason = why(w, status);
    if (try_again(w, reason))
        return false;
    if (w->page >= 1 && w->page <= w->pages)
        w->reading.page = w->page;
    citable_error_at(&w->reading.error, CITABLE_ERROR_WORKER, w->path, 0, "%s", reason);
    return true;
}

bool worker_step(struct worker *w, const struct pollfd fds[2])
{
    if (w->done)
        return true;
    look_at_steps(w);
    if (fds[1].revents && w->errors >= 0 && !drain_errors(w))
        close_pipe(&w->errors);
    if (fds[0].revents && w->out >= 0) {
        bool more = drain_frames(w);
        take_frames(w);
        if (!more)
            close_pipe(&w->out);
    }
    if (w->out >= 0 && left_to(w) < 0) {
        w->stalled = true;
        kill(w->pid, SIGKILL);
        close_pipe(&w->out);
    }
    w->done = w->out < 0 && finish(w);
    return w->done;
}

void worker_take(struct worker *w, struct reading *ret)
{
    *ret = w->reading;
    if (!w->done && !ret->error)
        citable_error_at(&ret->error, CITABLE_ERROR_WORKER, w->path, 0, "was not read to its end");
    if (ret->error) { /* nothing of it counts */
        for (guint i = 0; i < ret->items->len; i++) {
            struct read_item *item = &g_array_index(ret->items, struct read_item, i);
            document_free(item->doc);
            mentions_free(item->mentions);
        }
        g_array_set_size(ret->items, 0);
    }
    worker_free(w);
}
