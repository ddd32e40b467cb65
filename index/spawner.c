/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/spawner.h"

#include "base/heap.h"
#include "base/loaded.h"
#include "extract/gazetteer.h"
#include "ingest/warm.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <linux/sched.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    DESCRIPTORS = 4,        /* file, out, errors, steps */
    MANY = 4,               /* PDFs, with which it is worth to be ready to draw */
    REQUEST_BYTES = 200000, /* of a request: a path, a hash, numbers of pages; larger ones are refused, and the caller forks itself */
    SPAWNER_SOCKET = 3,     /* in the spawner */
};

struct spawner {
    pid_t pid;          /* 0: it was ended */
    int socket;
    bool ready;
    uint32_t silence_s; /* how long it may take until it is */
};

/* What a request begins with; path, hash and pages follow. */
struct request {
    uint32_t path, hash, pages; /* bytes with their ends; 0: none */
};

static void append(GByteArray *bytes, const void *data, size_t size)
{
    if (size > 0)
        g_byte_array_append(bytes, data, (guint)size);
}

static GByteArray *request_of(const struct child_task *task)
{
    const char *hash = task->known_sha256;
    struct request head = {(uint32_t)strlen(task->path) + 1, hash ? (uint32_t)strlen(hash) + 1 : 0, task->left_out->len * (uint32_t)sizeof(uint32_t)};
    GByteArray *bytes = g_byte_array_new();
    append(bytes, &head, sizeof head);
    append(bytes, task->path, head.path);
    append(bytes, hash, head.hash);
    append(bytes, task->left_out->data, head.pages);
    return bytes;
}

static bool send_request(int to, const struct child_task *task)
{
    g_autoptr(GByteArray) bytes = request_of(task);
    const int descriptors[DESCRIPTORS] = {task->file, task->out, task->errors, task->steps};
    union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(sizeof descriptors)];
    } control = {0};
    struct iovec part = {bytes->data, bytes->len};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
    struct cmsghdr *rights = CMSG_FIRSTHDR(&message);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(sizeof descriptors);
    memcpy(CMSG_DATA(rights), descriptors, sizeof descriptors);
    ssize_t sent = -1;
    while (bytes->len <= REQUEST_BYTES && (sent = sendmsg(to, &message, MSG_NOSIGNAL)) < 0 && errno == EINTR)
        ;
    return sent == (ssize_t)bytes->len;
}

static void end(struct spawner *spawner)
{
    if (spawner->pid == 0)
        return;
    kill(spawner->pid, SIGKILL);
    while (waitpid(spawner->pid, NULL, 0) < 0 && errno == EINTR)
        ;
    spawner->pid = 0;
}

/* The next that it says: a pid; 0: it is ready; -1: it has ended. */
static pid_t answer(const struct spawner *spawner)
{
    pid_t pid = -1;
    ssize_t n;
    while ((n = recv(spawner->socket, &pid, sizeof pid, 0)) < 0 && errno == EINTR)
        ;
    return n == (ssize_t)sizeof pid ? pid : -1;
}

/* Only before the first request: of one that was asked for a process nobody would know whether it has started one. */
static bool await(struct spawner *spawner)
{
    struct pollfd word = {spawner->socket, POLLIN, 0};
    int come;
    while ((come = poll(&word, 1, (int)spawner->silence_s * 1000)) < 0 && errno == EINTR)
        ;
    spawner->ready = come > 0 && answer(spawner) == 0;
    if (!spawner->ready)
        end(spawner);
    return spawner->ready;
}

pid_t spawner_start(struct spawner *spawner, const struct child_task *task)
{
    if (spawner->pid == 0 || (!spawner->ready && !await(spawner)) || !send_request(spawner->socket, task))
        return -1;
    return answer(spawner);
}

/* ---- in the spawner ---- */

/* The next request, in `buffer`, and its descriptors; 0: the writer has ended. */
static size_t receive(char *buffer, int descriptors[DESCRIPTORS])
{
    union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(DESCRIPTORS * sizeof(int))];
    } control;
    struct iovec part = {buffer, REQUEST_BYTES};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
    ssize_t n;
    while ((n = recvmsg(SPAWNER_SOCKET, &message, MSG_CMSG_CLOEXEC)) < 0 && errno == EINTR)
        ;
    struct cmsghdr *rights = n > 0 ? CMSG_FIRSTHDR(&message) : NULL;
    if (!rights || rights->cmsg_type != SCM_RIGHTS || rights->cmsg_len != CMSG_LEN(DESCRIPTORS * sizeof(int)))
        return 0;
    memcpy(descriptors, CMSG_DATA(rights), DESCRIPTORS * sizeof(int));
    return (size_t)n;
}

G_NORETURN static void run_task(const struct worker_setup *setup, const char *buffer, const int descriptors[DESCRIPTORS])
{
    struct request head;
    memcpy(&head, buffer, sizeof head);
    const char *path = buffer + sizeof head, *hash = path + head.path;
    g_autoptr(GArray) left_out = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    g_array_append_vals(left_out, hash + head.hash, head.pages / (guint)sizeof(uint32_t));
    struct child_task task = {setup, descriptors[0], descriptors[1], descriptors[2], descriptors[3], path, head.hash ? hash : NULL, left_out};
    child_run(&task);
}

/* By its name, which is all that is known of it here. */
static bool is_named(const char *buffer, const char *const *endings, size_t n)
{
    const char *dot = strrchr(buffer + sizeof(struct request), '.');
    for (size_t i = 0; dot && i < n; i++)
        if (g_ascii_strcasecmp(dot, endings[i]) == 0)
            return true;
    return false;
}

/* What many files need that are still to come is made here, once, in memory that they share. */
static void prepare(const struct worker_setup *setup, void (*warm)(void))
{
    heap_small();
    warm();
    heap_seal(child_heap_room(setup));
}

/* Before a file is read that may be Markdown, a mail or an archive, or is one of many PDFs. */
static void prepare_for(const struct worker_setup *setup, const char *buffer)
{
    static const char *const pdf[] = {".pdf"}, *const plain[] = {".pdf", ".txt", ".html", ".htm", ".csv", ".json", ".xml"};
    static unsigned pdfs, others;
    if (is_named(buffer, pdf, G_N_ELEMENTS(pdf)) && ++pdfs == MANY + 1)
        prepare(setup, warm_draw);
    if (!is_named(buffer, plain, G_N_ELEMENTS(plain)) && ++others == 1)
        prepare(setup, warm_packed);
}

G_NORETURN static void serve(const struct worker_setup *setup)
{
    static char buffer[REQUEST_BYTES];
    int descriptors[DESCRIPTORS];
    while (receive(buffer, descriptors) > 0) {
        prepare_for(setup, buffer);
        /* the C library's fork cannot make a sibling */
        pid_t pid = (pid_t)syscall(SYS_clone, (unsigned long)CLONE_PARENT | SIGCHLD, NULL, NULL, NULL, 0UL);
        if (pid == 0)
            run_task(setup, buffer, descriptors);
        for (int i = 0; i < DESCRIPTORS; i++)
            close(descriptors[i]);
        if (send(SPAWNER_SOCKET, &pid, sizeof pid, MSG_NOSIGNAL) != (ssize_t)sizeof pid)
            break;
    }
    _exit(0);
}

static void warm_up(const struct worker_setup *setup)
{
    g_autoptr(GPtrArray) troubles = g_ptr_array_new_with_free_func(g_free);
    gazetteer_settle();
    struct document *doc = warm_read();
    mentions_free(doc ? extractor_run(setup->extractor, doc, troubles) : NULL);
    document_free(doc);
    heap_seal(child_heap_room(setup));
    loaded_settle();
}

/* Nothing of the writer stays open but what confines the readers. */
static void close_others(const struct sandbox *sandbox)
{
    unsigned kept = (unsigned)MAX(sandbox_descriptor(sandbox), SPAWNER_SOCKET);
    if (kept > SPAWNER_SOCKET + 1)
        syscall(SYS_close_range, SPAWNER_SOCKET + 1, kept - 1, 0);
    syscall(SYS_close_range, kept + 1, ~0U, 0);
}

G_NORETURN static void run_spawner(const struct worker_setup *setup, int socket)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    signal(SIGINT, SIG_IGN); /* the writer decides */
    if (dup3(socket, SPAWNER_SOCKET, O_CLOEXEC) < 0 && socket != SPAWNER_SOCKET)
        _exit(1);
    close_others(setup->sandbox);
    sandbox_enter_files(setup->sandbox); /* what it finds, such as fonts, is what the readers find */
    warm_up(setup);
    const pid_t ready = 0;
    if (send(SPAWNER_SOCKET, &ready, sizeof ready, MSG_NOSIGNAL) == (ssize_t)sizeof ready)
        serve(setup);
    _exit(0);
}

struct spawner *spawner_new(const struct worker_setup *setup)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
        return NULL;
    pid_t pid = fork();
    if (pid == 0)
        run_spawner(setup, ends[1]);
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        return NULL;
    }
    struct spawner *spawner = g_new0(struct spawner, 1);
    *spawner = (struct spawner){.pid = pid, .socket = ends[0], .silence_s = setup->silence_s};
    return spawner;
}

void spawner_free(struct spawner *spawner)
{
    if (!spawner)
        return;
    end(spawner);
    close(spawner->socket);
    g_free(spawner);
}
