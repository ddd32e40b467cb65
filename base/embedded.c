/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/embedded.h"

struct slice embedded_bytes(const struct embedded_file *files, const char *path)
{
    for (; files->path; files++)
        if (strcmp(files->path, path) == 0)
            return slice_make(files->first, (size_t)(files->after - files->first));
    g_error("'%s' is no part of this program", path);
}

const char **embedded_below(const struct embedded_file *files, const char *folder)
{
    GPtrArray *paths = g_ptr_array_new();
    for (; files->path; files++)
        if (g_str_has_prefix(files->path, folder))
            g_ptr_array_add(paths, (gpointer)files->path);
    g_ptr_array_add(paths, NULL);
    return (const char **)g_ptr_array_free(paths, FALSE);
}
