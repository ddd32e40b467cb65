/* SPDX-License-Identifier: GPL-3.0-or-later */
/*  Preloaded into the program (LD_PRELOAD): lets one allocation or one write of it fail.
 *
 *    FAIL_WHAT   memory | write
 *    FAIL_IN     parent | child (the processes that read)
 *    FAIL_AT     the call that fails, from 1
 *    FAIL_ON     set: all later ones too (a disk that stays full)
 *    FAIL_SHOW   set: the callers of what fails go to stderr
 *    FAIL_LIST   a file that the number of each call worth failing is appended to: of the allocations the first with its callers, of the writes all; nothing fails
 *
 *  A write is anything that asks the file system for room or to keep what it has: on regular files alone. */
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { CALLERS = 7, KNOWN = 1 << 16, LISTED = 1 << 16, SHOWN = 30 };

void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void *__libc_memalign(size_t, size_t);

static struct {
    bool ready, memory, writes, child, on, show;
    pid_t parent;
    unsigned long at, calls;
} fail;

/* Shared with the processes that read, which may not write files; NULL: nothing is listed. */
static struct {
    uint64_t known[KNOWN]; /* hashes of callers that were listed */
    unsigned long n, calls[LISTED];
} *list;

static __thread bool inside;

__attribute__((constructor)) static void prepare(void)
{
    const char *what = getenv("FAIL_WHAT"), *in = getenv("FAIL_IN"), *at = getenv("FAIL_AT"), *path = getenv("FAIL_LIST");
    if (!what)
        return;
    void *first[2];
    backtrace(first, 2); /* loads what it needs */
    fail.memory = strcmp(what, "memory") == 0;
    fail.writes = !fail.memory;
    fail.child = in && strcmp(in, "child") == 0;
    fail.on = getenv("FAIL_ON") != NULL;
    fail.show = getenv("FAIL_SHOW") != NULL;
    fail.at = at ? strtoul(at, NULL, 10) : 0;
    fail.parent = getpid();
    if (path && (list = mmap(NULL, sizeof *list, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)) == MAP_FAILED)
        abort();
    fail.ready = true;
}

__attribute__((destructor)) static void write_list(void)
{
    FILE *file = list && getpid() == fail.parent ? fopen(getenv("FAIL_LIST"), "w") : NULL;
    for (unsigned long i = 0; file && i < list->n && i < LISTED; i++)
        fprintf(file, "%lu\n", list->calls[i]);
    if (file)
        fclose(file);
}

static bool is_new(void)
{
    void *callers[CALLERS + 2] = {NULL};
    inside = true;
    int n = backtrace(callers, CALLERS + 2);
    inside = false;
    uint64_t hash = 14695981039346656037u;
    for (int i = 2; i < n; i++)
        hash = (hash ^ (uint64_t)(uintptr_t)callers[i]) * 1099511628211u;
    for (uint64_t slot = hash;; slot++) {
        uint64_t *known = &list->known[slot % KNOWN];
        if (*known == hash)
            return false;
        if (*known == 0) {
            *known = hash;
            return true;
        }
    }
}

static void show_callers(void)
{
    void *callers[SHOWN];
    inside = true;
    backtrace_symbols_fd(callers, backtrace(callers, SHOWN), STDERR_FILENO);
    inside = false;
}

/* Counts a call; true: it fails. */
static bool fails(bool memory)
{
    if (!fail.ready || inside || (memory ? !fail.memory : !fail.writes) || fail.child != (getpid() != fail.parent))
        return false;
    unsigned long call = __atomic_add_fetch(&fail.calls, 1, __ATOMIC_RELAXED);
    if (list) {
        unsigned long n = !memory || is_new() ? __atomic_fetch_add(&list->n, 1, __ATOMIC_RELAXED) : LISTED;
        if (n < LISTED)
            list->calls[n] = call;
        return false;
    }
    bool now = fail.at > 0 && (call == fail.at || (fail.on && call > fail.at));
    if (now && fail.show)
        show_callers();
    return now;
}

static bool no_memory(void)
{
    if (fails(true)) {
        errno = ENOMEM;
        return true;
    }
    return false;
}

void *malloc(size_t size)
{
    return no_memory() ? NULL : __libc_malloc(size);
}

void *calloc(size_t n, size_t size)
{
    return no_memory() ? NULL : __libc_calloc(n, size);
}

void *realloc(void *old, size_t size)
{
    return size > 0 && no_memory() ? NULL : __libc_realloc(old, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return no_memory() ? NULL : __libc_memalign(alignment, size);
}

int posix_memalign(void **ret, size_t alignment, size_t size)
{
    if (no_memory())
        return ENOMEM;
    *ret = __libc_memalign(alignment, size);
    return *ret ? 0 : ENOMEM;
}

static bool disk_full(int fd)
{
    struct stat stat;
    if (!fail.writes || fstat(fd, &stat) != 0 || !S_ISREG(stat.st_mode) || !fails(false))
        return false;
    errno = ENOSPC;
    return true;
}

/* name, type of the answer, parameters, arguments: each found behind this library when it is first called */
#define WRITES(each)                                                                              \
    each(write, ssize_t, (int fd, const void *data, size_t size), (fd, data, size))                \
    each(pwrite, ssize_t, (int fd, const void *data, size_t size, off_t at), (fd, data, size, at)) \
    each(pwrite64, ssize_t, (int fd, const void *data, size_t size, off64_t at), (fd, data, size, at)) \
    each(writev, ssize_t, (int fd, const struct iovec *data, int n), (fd, data, n))                \
    each(ftruncate, int, (int fd, off_t size), (fd, size))                                         \
    each(ftruncate64, int, (int fd, off64_t size), (fd, size))                                     \
    each(fallocate, int, (int fd, int mode, off_t at, off_t size), (fd, mode, at, size))           \
    each(fallocate64, int, (int fd, int mode, off64_t at, off64_t size), (fd, mode, at, size))     \
    each(fsync, int, (int fd), (fd))                                                               \
    each(fdatasync, int, (int fd), (fd))
#define WRITE(name, type, parameters, arguments)                            \
    type name parameters                                                    \
    {                                                                       \
        static type(*next) parameters;                                      \
        if (!next)                                                          \
            *(void **)&next = dlsym(RTLD_NEXT, #name);                      \
        return disk_full(fd) ? -1 : next arguments;                         \
    }
WRITES(WRITE)
