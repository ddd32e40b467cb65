/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/loaded.h"

#include <fcntl.h>
#include <link.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

struct file {
    int fd;
    off_t size;
    uintptr_t page; /* bytes of one */
};

/* Puts a copy of that memory in its place. Between the two calls nothing may be written: it could lie there, even the C library's own data. */
static bool replace(struct file *file, uintptr_t start, uintptr_t end, int access)
{
    long size = (long)(end - start);
    if (size == 0)
        return true;
    if (syscall(SYS_pwrite64, file->fd, start, size, file->size) != size || syscall(SYS_mmap, start, size, access, MAP_PRIVATE | MAP_FIXED, file->fd, file->size) != (long)start)
        return false;
    file->size += size;
    return true;
}

/* Where what the loader has made unwritable when it was done ends, of a program or library; 0: nowhere. */
static uintptr_t unwritable_end(const struct dl_phdr_info *info, uintptr_t page)
{
    for (unsigned i = 0; i < info->dlpi_phnum; i++)
        if (info->dlpi_phdr[i].p_type == PT_GNU_RELRO)
            return (info->dlpi_addr + info->dlpi_phdr[i].p_vaddr + info->dlpi_phdr[i].p_memsz) & -page;
    return 0;
}

static int replace_data(struct dl_phdr_info *info, size_t size, void *data)
{
    (void)size;
    struct file *file = data;
    uintptr_t page = file->page, unwritable = unwritable_end(info, page);
    for (unsigned i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *segment = &info->dlpi_phdr[i];
        if (segment->p_type != PT_LOAD || (segment->p_flags & (PF_W | PF_X)) != PF_W || segment->p_filesz == 0)
            continue;
        uintptr_t at = info->dlpi_addr + segment->p_vaddr, start = at & -page, end = (at + segment->p_filesz + page - 1) & -page;
        uintptr_t middle = unwritable > start && unwritable <= end ? unwritable : start;
        if (!replace(file, start, middle, PROT_READ) || !replace(file, middle, end, PROT_READ | PROT_WRITE))
            return 1;
    }
    return 0;
}

bool loaded_settle(void)
{
    struct file file = {memfd_create("loaded", MFD_CLOEXEC | MFD_ALLOW_SEALING), 0, (uintptr_t)sysconf(_SC_PAGESIZE)};
    if (file.fd < 0)
        return false;
    bool done = dl_iterate_phdr(replace_data, &file) == 0;
    done = fcntl(file.fd, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) == 0 && done;
    close(file.fd);
    return done;
}
