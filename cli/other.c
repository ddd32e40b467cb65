/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/other.h"

#include "cli/command.h"

#include <errno.h>
#include <unistd.h>

int run_other(int argc, char **argv)
{
    static const char *const places[] = {"citable-read", "../libexec/citable/citable-read", CITABLE_READ};
    g_autofree char *self = g_file_read_link("/proc/self/exe", NULL), *folder = self ? g_path_get_dirname(self) : NULL;
    g_autofree char **arguments = g_new0(char *, (gsize)argc + 2);
    arguments[0] = (char *)"citable";
    for (int i = 0; i < argc; i++)
        arguments[i + 1] = argv[i];
    int reason = ENOENT;
    g_setenv(OTHER_VERSION, CITABLE_VERSION, TRUE);
    for (size_t i = 0; i < G_N_ELEMENTS(places); i++) {
        if (!folder && !g_path_is_absolute(places[i]))
            continue;
        g_autofree char *path = g_path_is_absolute(places[i]) ? g_strdup(places[i]) : g_build_filename(folder, places[i], NULL);
        execv(path, arguments);
        if (errno != ENOENT && errno != ENOTDIR)
            reason = errno;
    }
    fprintf(stderr, "citable: the program that reads files, %s, cannot be started (%s); install citable again\n", CITABLE_READ, g_strerror(reason));
    return EXIT_UNUSABLE;
}
