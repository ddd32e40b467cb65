/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/pager.h"

#include <errno.h>
#include <glib.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t pager;

static const char *pager_command(void)
{
    static const char *const names[] = {"CITABLE_PAGER", "PAGER"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (g_getenv(names[i]))
            return g_getenv(names[i]);
    g_autofree char *less = g_find_program_in_path("less");
    return less ? "less" : "";
}

void pager_start(void)
{
    const char *command = pager_command();
    int ends[2];
    if (*command == '\0' || g_str_equal(command, "cat") || pipe(ends) != 0)
        return;
    fflush(stdout);
    pager = fork();
    if (pager == 0) {
        dup2(ends[0], STDIN_FILENO);
        close(ends[0]);
        close(ends[1]);
        g_setenv("LESS", "FRX", FALSE); /* leave when it fits on the screen, keep colours, keep the screen */
        g_setenv("LESSCHARSET", "utf-8", FALSE);
        execl("/bin/sh", "sh", "-c", command, (char *)NULL);
        _exit(127);
    }
    close(ends[0]);
    if (pager > 0)
        dup2(ends[1], STDOUT_FILENO);
    close(ends[1]);
    signal(SIGPIPE, SIG_IGN); /* a reader who leaves early is no failure */
}

bool pager_running(void)
{
    return pager > 0;
}

void pager_wait(void)
{
    if (pager <= 0)
        return;
    fflush(stdout);
    fclose(stdout);
    while (waitpid(pager, NULL, 0) < 0 && errno == EINTR)
        continue;
}
