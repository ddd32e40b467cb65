/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/wal.h"

#include <glib.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum {
    FRAME_HEAD = 24,       /* bytes before each page: its number, how many pages the file has where it is the last of a transaction, … */
    GATHERED = 0x1ffff,    /* bytes: SQLite writes no more at a time */
};

/* A log, and behind it SQLite's own file. */
struct log {
    sqlite3_file base;
    uint8_t *bytes;   /* that are not written yet, */
    uint32_t n;
    sqlite3_int64 at; /* and belong there */
    bool ends;        /* the last page of a transaction comes, or only its head, which may be written anew: that, and what follows, is written at once */
};

static sqlite3_file *own(struct log *log)
{
    return (sqlite3_file *)(log + 1);
}

static int write_gathered(struct log *log)
{
    uint32_t n = log->n;
    log->n = 0;
    return n > 0 ? own(log)->pMethods->xWrite(own(log), log->bytes, (int)n, log->at) : SQLITE_OK;
}

static int log_close(sqlite3_file *file)
{
    struct log *log = (struct log *)file;
    write_gathered(log); /* of a transaction that did not end */
    g_free(log->bytes);
    return own(log)->pMethods->xClose(own(log));
}

static bool ends_transaction(const void *bytes, int n)
{
    static const uint8_t none[4];
    return n == FRAME_HEAD && memcmp((const uint8_t *)bytes + sizeof none, none, sizeof none) != 0;
}

static int log_write(sqlite3_file *file, const void *bytes, int n, sqlite3_int64 at)
{
    struct log *log = (struct log *)file;
    int code = SQLITE_OK;
    if (log->n > 0 && (at != log->at + log->n || log->n + (uint32_t)n > GATHERED))
        code = write_gathered(log);
    if (code != SQLITE_OK)
        return code;
    if (n > GATHERED)
        return own(log)->pMethods->xWrite(own(log), bytes, n, at);
    if (log->n == 0)
        log->at = at;
    memcpy(log->bytes + log->n, bytes, (size_t)n);
    log->n += (uint32_t)n;
    if (n == FRAME_HEAD)
        log->ends = ends_transaction(bytes, n);
    return log->ends ? write_gathered(log) : SQLITE_OK;
}

static int log_read(sqlite3_file *file, void *bytes, int n, sqlite3_int64 at)
{
    struct log *log = (struct log *)file;
    int code = write_gathered(log);
    return code == SQLITE_OK ? own(log)->pMethods->xRead(own(log), bytes, n, at) : code;
}

static int log_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    struct log *log = (struct log *)file;
    int code = write_gathered(log);
    return code == SQLITE_OK ? own(log)->pMethods->xTruncate(own(log), size) : code;
}

static int log_sync(sqlite3_file *file, int flags)
{
    struct log *log = (struct log *)file;
    int code = write_gathered(log);
    return code == SQLITE_OK ? own(log)->pMethods->xSync(own(log), flags) : code;
}

static int log_size(sqlite3_file *file, sqlite3_int64 *size)
{
    struct log *log = (struct log *)file;
    int code = write_gathered(log);
    return code == SQLITE_OK ? own(log)->pMethods->xFileSize(own(log), size) : code;
}

/* Locks of a log are nobody's: SQLite locks the evidence file. */
static int log_lock(sqlite3_file *file, int lock)
{
    struct log *log = (struct log *)file;
    return own(log)->pMethods->xLock(own(log), lock);
}

static int log_unlock(sqlite3_file *file, int lock)
{
    struct log *log = (struct log *)file;
    return own(log)->pMethods->xUnlock(own(log), lock);
}

static int log_is_reserved(sqlite3_file *file, int *reserved)
{
    struct log *log = (struct log *)file;
    return own(log)->pMethods->xCheckReservedLock(own(log), reserved);
}

static int log_control(sqlite3_file *file, int what, void *value)
{
    struct log *log = (struct log *)file;
    return own(log)->pMethods->xFileControl(own(log), what, value);
}

static int log_sector(sqlite3_file *file)
{
    struct log *log = (struct log *)file;
    return own(log)->pMethods->xSectorSize(own(log));
}

static int log_device(sqlite3_file *file)
{
    struct log *log = (struct log *)file;
    return own(log)->pMethods->xDeviceCharacteristics(own(log));
}

static const sqlite3_io_methods log_methods = {
    .iVersion = 1,
    .xClose = log_close,
    .xRead = log_read,
    .xWrite = log_write,
    .xTruncate = log_truncate,
    .xSync = log_sync,
    .xFileSize = log_size,
    .xLock = log_lock,
    .xUnlock = log_unlock,
    .xCheckReservedLock = log_is_reserved,
    .xFileControl = log_control,
    .xSectorSize = log_sector,
    .xDeviceCharacteristics = log_device,
};

/* Only logs are ours. */
static int open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *ret_flags)
{
    sqlite3_vfs *system = vfs->pAppData;
    if (!(flags & SQLITE_OPEN_WAL))
        return system->xOpen(system, name, file, flags, ret_flags);
    struct log *log = (struct log *)file;
    *log = (struct log){.n = 0};
    int code = system->xOpen(system, name, own(log), flags, ret_flags);
    if (code != SQLITE_OK)
        return code;
    log->bytes = g_malloc(GATHERED);
    log->base.pMethods = &log_methods;
    return SQLITE_OK;
}

const char *wal_vfs(void)
{
    static sqlite3_vfs vfs;
    static gsize begun;
    if (g_once_init_enter(&begun)) {
        sqlite3_vfs *system = sqlite3_vfs_find(NULL);
        if (system) {
            vfs = *system;
            vfs.pNext = NULL;
            vfs.pAppData = system; /* which but for xOpen nothing asks for */
            vfs.szOsFile = (int)sizeof(struct log) + system->szOsFile;
            vfs.xOpen = open_file;
            vfs.zName = "citable";
        }
        bool known = system && sqlite3_vfs_register(&vfs, 0) == SQLITE_OK;
        g_once_init_leave(&begun, known ? 1 : 2);
    }
    return begun == 1 ? vfs.zName : NULL;
}
