/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/steps.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <unistd.h>

struct steps {
    _Atomic uint64_t last; /* page and pages, 32 bits each; 0: none yet */
};

static struct steps *map(int fd, int access)
{
    void *at = mmap(NULL, sizeof(struct steps), access, MAP_SHARED, fd, 0);
    return at == MAP_FAILED ? NULL : at;
}

/* Memory that nobody can make smaller: whoever reads behind its end is ended by a signal. It is taken at once, for the same reason. */
static bool settle(int fd)
{
    int reason;
    while ((reason = posix_fallocate(fd, 0, sizeof(struct steps))) == EINTR)
        ;
    if (reason != 0)
        errno = reason;
    return reason == 0 && fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) == 0;
}

struct steps *steps_new(int *ret_fd)
{
    int fd = memfd_create("steps", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    struct steps *steps = fd >= 0 && settle(fd) ? map(fd, PROT_READ) : NULL;
    if (!steps && fd >= 0) {
        int reason = errno;
        close(fd);
        errno = reason;
    }
    *ret_fd = steps ? fd : -1;
    return steps;
}

struct steps *steps_join(int fd)
{
    return map(fd, PROT_READ | PROT_WRITE);
}

void steps_free(struct steps *steps)
{
    if (steps)
        munmap(steps, sizeof *steps);
}

void steps_say(struct steps *steps, uint32_t page, uint32_t pages)
{
    atomic_store_explicit(&steps->last, (uint64_t)page << 32 | pages, memory_order_release);
}

bool steps_look(const struct steps *steps, uint32_t *page, uint32_t *pages)
{
    uint64_t last = atomic_load_explicit(&steps->last, memory_order_acquire);
    *page = (uint32_t)(last >> 32);
    *pages = (uint32_t)last;
    return last != 0;
}
