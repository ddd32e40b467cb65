/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/quiet.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

struct quiet quiet_begin(void)
{
    struct quiet quiet = {-1};
    fflush(stderr);
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (nowhere < 0)
        return quiet;
    quiet.saved = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
    if (quiet.saved >= 0)
        dup2(nowhere, STDERR_FILENO);
    close(nowhere);
    return quiet;
}

void quiet_end(struct quiet *quiet)
{
    if (quiet->saved < 0)
        return;
    fflush(stderr);
    dup2(quiet->saved, STDERR_FILENO);
    close(quiet->saved);
    quiet->saved = -1;
}
