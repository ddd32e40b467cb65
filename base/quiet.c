/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/quiet.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct {
    FILE *stream;             /* the real standard error; NULL: it is in place */
    volatile sig_atomic_t fd; /* the same, or -1 */
    bool heard;               /* since begin, that memory was missing */
    bool starved;             /* since it was last asked */
} quiet = {.fd = -1};

/* Takes what libraries print. One complaint matters, and is passed on the first time: it may be the last word of the process. */
static ssize_t listen(void *data, const char *said, size_t size)
{
    static const char complaint[] = "Out of memory\n"; /* as Poppler's goo/gmem.h has it */
    (void)data;
    if (!memmem(said, size, complaint, strlen(complaint)))
        return (ssize_t)size;
    bool first = !quiet.heard;
    quiet.heard = quiet.starved = true;
    return first && quiet.fd >= 0 && write(quiet.fd, complaint, strlen(complaint)) < 0 ? 0 : (ssize_t)size;
}

void quiet_begin(void)
{
    fflush(stderr);
    quiet.heard = quiet.starved = false;
    FILE *ear = fopencookie(NULL, "w", (cookie_io_functions_t){.write = listen});
    if (ear) {
        setvbuf(ear, NULL, _IONBF, 0);
        quiet.stream = stderr;
        stderr = ear; /* which glibc allows */
    }
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC); /* for what is written past the stream */
    if (nowhere < 0)
        return;
    quiet.fd = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
    if (quiet.fd >= 0)
        dup2(nowhere, STDERR_FILENO);
    close(nowhere);
}

void quiet_end(void)
{
    if (quiet.fd >= 0) {
        int fd = quiet.fd;
        dup2(fd, STDERR_FILENO);
        quiet.fd = -1;
        close(fd);
    }
    if (quiet.stream) {
        fclose(stderr);
        stderr = quiet.stream;
        quiet.stream = NULL;
    }
}

bool quiet_starved(void)
{
    bool starved = quiet.starved;
    quiet.starved = false;
    return starved;
}

bool quiet_heard(void)
{
    return quiet.heard;
}

int quiet_standard_error(void)
{
    return quiet.fd >= 0 ? quiet.fd : STDERR_FILENO;
}

void quiet_die(const char *what)
{
    quiet_end();
    g_error("%s: out of memory", what);
}
