/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/worker_child.h"

#include "base/error.h"
#include "base/heap.h"
#include "base/timing.h"
#include "index/frame.h"
#include "index/steps.h"
#include "ingest/reader.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifdef CITABLE_COVERAGE
#include <gcov.h>
#endif

enum {
    LARGE_FILE = 64 << 10, /* bytes: the reader of a smaller one touches little memory */
    HEAP_ROOM = 64 << 20,  /* bytes, */
    HEAP_A_BYTE = 20,      /* or as many for each byte of a larger file, as an archive of notes is: what reading and understanding a text touches; at most, of its memory, */
    HEAP_PART = 4,         /* so small a part */
};

static struct steps *steps;

static size_t room_of(const struct worker_setup *setup, uint64_t bytes)
{
    return (size_t)MIN(bytes, ((uint64_t)setup->memory_mb << 20) / HEAP_PART);
}

size_t child_heap_room(const struct worker_setup *setup)
{
    return room_of(setup, HEAP_ROOM);
}

static void send_bytes(const void *data, size_t size)
{
    const char *at = data, *stage = timing_enter(NULL); /* the other end may be slow */
    while (size > 0) {
        ssize_t n = write(CHILD_OUT, at, size);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            _exit(1); /* the parent is gone */
        at += n;
        size -= (size_t)n;
    }
    timing_enter(stage);
}

/* What waits to be sent, so that the other end wakes once. */
static GByteArray *outgoing;

static void send_now(void)
{
    send_bytes(outgoing->data, outgoing->len);
    g_byte_array_set_size(outgoing, 0);
}

/* A frame's head, and where it stands; its body is appended to `outgoing`, and its length known to end_frame. */
static guint begin_frame(uint32_t type)
{
    guint start = outgoing->len;
    const uint32_t head[2] = {type, 0};
    g_byte_array_append(outgoing, (const guint8 *)head, sizeof head);
    return start;
}

static void end_frame(guint start)
{
    uint32_t size = outgoing->len - start - 2 * (uint32_t)sizeof(uint32_t);
    memcpy(outgoing->data + start + sizeof(uint32_t), &size, sizeof size);
}

static void add_frame(uint32_t type, const void *body, size_t size)
{
    guint start = begin_frame(type);
    if (size > 0)
        g_byte_array_append(outgoing, body, (guint)size);
    end_frame(start);
}

static void send_frame(uint32_t type, const void *body, size_t size)
{
    add_frame(type, body, size);
    send_now();
}

static void send_hash(const struct source *source)
{
    char body[64 + sizeof(uint64_t)];
    uint64_t size = g_bytes_get_size(source->bytes);
    memcpy(body, source->sha256, 64);
    memcpy(body + 64, &size, sizeof size);
    send_frame(FRAME_HASH, body, sizeof body);
}

void child_page(uint32_t page, uint32_t pages)
{
    steps_say(steps, page, pages);
}

static void send_page(void *data, uint32_t page, uint32_t pages)
{
    (void)data;
    child_page(page, pages);
}

static void send_error(const GError *problem)
{
    uint32_t code = problem->domain == CITABLE_ERROR ? (uint32_t)problem->code : CITABLE_ERROR_FORMAT;
    g_autofree char *body = g_malloc(sizeof code + strlen(problem->message));
    memcpy(body, &code, sizeof code);
    memcpy(body + sizeof code, problem->message, strlen(problem->message));
    send_frame(FRAME_ERROR, body, sizeof code + strlen(problem->message));
}

static void send_time(void *data, const char *stage, uint64_t ns)
{
    (void)data;
    char body[sizeof ns + 64];
    size_t len = MIN(strlen(stage), 64);
    memcpy(body, &ns, sizeof ns);
    memcpy(body + sizeof ns, stage, len);
    add_frame(FRAME_TIME, body, sizeof ns + len);
}

static void send_documents(const struct extractor *extractor, const GPtrArray *documents)
{
    g_autoptr(GPtrArray) troubles = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < documents->len; i++) {
        struct document *doc = g_ptr_array_index(documents, i);
        struct mentions *mentions = extractor_run(extractor, doc, troubles);
        if (!doc->metadata.period && mentions->period) /* what its title or first pages say */
            doc->metadata.period = g_strdup(mentions->period);
        g_autofree char *unread = mentions_unread(mentions, doc);
        if (unread)
            document_warn(doc, "number-unread", document_page(doc, g_array_index(mentions->unread, struct span, 0).start), "%s", unread);
        timing_enter("frames");
        guint start = begin_frame(FRAME_DOCUMENT);
        frame_write(outgoing, doc, mentions);
        end_frame(start);
        if (i + 1 < documents->len)
            send_now();
        mentions_free(mentions);
    }
    for (guint i = 0; i < troubles->len; i++)
        add_frame(FRAME_TROUBLE, g_ptr_array_index(troubles, i), strlen(g_ptr_array_index(troubles, i)));
    if (timing_is_on())
        timing_each(send_time, NULL);
    uint32_t n = documents->len;
    send_frame(FRAME_END, &n, sizeof n);
}

static void prepare_heap(const struct worker_setup *setup)
{
    struct stat file;
    if (fstat(CHILD_FILE, &file) == 0 && file.st_size >= LARGE_FILE)
        heap_make_room(room_of(setup, MAX(HEAP_ROOM, (uint64_t)file.st_size * HEAP_A_BYTE)));
    else
        heap_small();
}

static void read_file(const struct child_task *task)
{
    struct source *source;
    g_autoptr(GError) problem = NULL;
    prepare_heap(task->setup);
    outgoing = g_byte_array_new();
    timing_enter("file");
    if (!source_read(CHILD_FILE, task->path, &source, &problem)) {
        send_error(problem);
        return;
    }
    send_hash(source);
    if (g_strcmp0(task->known_sha256, source->sha256) == 0) {
        send_frame(FRAME_SAME, NULL, 0);
        return;
    }
    if (!reader_choose(source)) {
        static const char line[] = "no reader knows this format; it is not text, PDF, HTML, a news feed or an office document";
        send_frame(FRAME_UNKNOWN, line, sizeof line - 1);
        return;
    }
    struct source_watch watch = {send_page, NULL, task->left_out};
    source->watch = &watch;
    source->lang = task->setup->lang;
    source->ocr = task->setup->ocr;
    source->look = task->setup->look;
    GPtrArray *documents = g_ptr_array_new(); /* nothing of this is freed: the process ends */
    if (reader_read(source, documents, &problem))
        send_documents(task->setup->extractor, documents);
    else
        send_error(problem);
}

/* Nothing of the parent stays open: not the evidence file, not its other pipes. False: too few may be open, and what has these numbers is
 * something else. */
static bool set_descriptors(const struct child_task *task)
{
    int out = fcntl(task->out, F_DUPFD, CHILD_FIRST_CLOSED), file = fcntl(task->file, F_DUPFD, CHILD_FIRST_CLOSED);
    int null = open("/dev/null", O_RDONLY);
    return dup2(null, STDIN_FILENO) >= 0 && dup2(task->errors, STDERR_FILENO) >= 0 && dup2(task->errors, STDOUT_FILENO) >= 0 &&
           dup2(out, CHILD_OUT) >= 0 && dup2(file, CHILD_FILE) >= 0;
}

static void close_others(void)
{
    if (syscall(SYS_close_range, CHILD_FIRST_CLOSED, ~0U, 0) != 0)
        for (int fd = CHILD_FIRST_CLOSED; fd < 1024; fd++)
            close(fd);
}

void child_run(const struct child_task *task)
{
    if (timing_is_on())
        timing_begin("confine");
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    signal(SIGPIPE, SIG_DFL);
    signal(SIGXFSZ, SIG_DFL);
    signal(SIGINT, SIG_IGN); /* the parent decides */
    steps = steps_join(task->steps);
    if (!steps || !set_descriptors(task))
        _exit(1);
    sandbox_enter(task->setup->sandbox, task->setup->memory_mb, task->setup->cpu_s);
    close_others();
    if (task->setup->misbehave)
        task->setup->misbehave(CHILD_OUT);
    else
        read_file(task);
#ifdef CITABLE_COVERAGE
    __gcov_dump();
#endif
    _exit(0);
}
