/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/walk.h"

#include <dirent.h>
#include <errno.h>
#include <glib.h>
#include <string.h>
#include <sys/stat.h>

enum { FOLDER_DEPTH = 128 };

struct walker {
    GPtrArray *found, *opened;
    const char *skip;
};

static void found_free(void *data)
{
    struct found *found = data;
    g_free(found->path);
    g_free(found->why);
    g_free(found);
}

static struct found *add(struct walker *w, const char *path, bool named)
{
    struct found *found = g_new0(struct found, 1);
    found->path = g_strdup(path);
    found->named = named;
    g_ptr_array_add(w->found, found);
    return found;
}

static void add_odd(struct walker *w, const char *path, bool named, enum citable_error code, const char *word, const char *why)
{
    struct found *found = add(w, path, named);
    found->odd = true;
    found->code = code;
    found->word = word;
    found->why = g_strdup(why);
}

/* Things that are no files. */
static const struct {
    mode_t type;
    const char *word, *why;
} odd_types[] = {
    {S_IFIFO, "fifo", "is a named pipe; only files are read"},
    {S_IFSOCK, "socket", "is a socket; only files are read"},
    {S_IFCHR, "device", "is a device; only files are read"},
    {S_IFBLK, "device", "is a device; only files are read"},
    {S_IFLNK, "symlink", "is a symbolic link; name the file itself to read it"},
};

static bool is_skipped(const struct walker *w, const char *path)
{
    static const char *const endings[] = {"", "-wal", "-shm", "-journal"};
    if (!w->skip)
        return false;
    g_autofree char *whole = g_canonicalize_filename(path, NULL);
    size_t len = strlen(w->skip);
    for (size_t i = 0; i < G_N_ELEMENTS(endings); i++)
        if (strncmp(whole, w->skip, len) == 0 && strcmp(whole + len, endings[i]) == 0)
            return true;
    return false;
}

static void walk_path(struct walker *w, const char *path, bool named, int depth);

static void walk_folder(struct walker *w, const char *path, bool named, int depth)
{
    DIR *dir = depth < FOLDER_DEPTH ? opendir(path) : NULL;
    if (!dir) {
        if (depth >= FOLDER_DEPTH)
            add_odd(w, path, named, CITABLE_ERROR_LIMIT, "limit", "is a folder too deep inside others");
        else
            add_odd(w, path, named, CITABLE_ERROR_READ, "read", g_strerror(errno));
        return;
    }
    if (w->opened)
        g_ptr_array_add(w->opened, g_strdup(path));
    const struct dirent *entry;
    while (errno = 0, (entry = readdir(dir))) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        g_autofree char *below = g_build_filename(path, entry->d_name, NULL);
        if (!is_skipped(w, below))
            walk_path(w, below, false, depth + 1);
    }
    if (errno != 0) /* what else is in it is not known */
        add_odd(w, path, named, CITABLE_ERROR_READ, "read", g_strerror(errno));
    closedir(dir);
}

static void walk_path(struct walker *w, const char *path, bool named, int depth)
{
    struct stat stat_;
    if (strcmp(path, "-") == 0) {
        add(w, path, named);
        return;
    }
    if ((named ? stat(path, &stat_) : lstat(path, &stat_)) != 0) {
        int code = errno;
        add_odd(w, path, named, code == ENOENT ? CITABLE_ERROR_MISSING : CITABLE_ERROR_READ, code == ENOENT ? "missing" : "read",
                code == ELOOP ? "is a symbolic link that leads to itself" : g_strerror(code));
        return;
    }
    if (S_ISDIR(stat_.st_mode)) {
        walk_folder(w, path, named, depth);
        return;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(odd_types); i++)
        if ((stat_.st_mode & S_IFMT) == odd_types[i].type) {
            add_odd(w, path, named, CITABLE_ERROR_READ, odd_types[i].word, odd_types[i].why);
            return;
        }
    add(w, path, named)->size = (uint64_t)stat_.st_size;
}

static int by_path(const void *a, const void *b)
{
    const struct found *x = *(struct found *const *)a, *y = *(struct found *const *)b;
    int order = strcmp(x->path, y->path);
    return order ? order : (int)y->named - (int)x->named;
}

GPtrArray *walk(char *const *paths, const char *skip, GPtrArray *opened)
{
    struct walker w = {g_ptr_array_new_with_free_func(found_free), opened, skip};
    for (; *paths; paths++) {
        g_autofree char *path = g_strdup(*paths);
        for (size_t len = strlen(path); len > 1 && path[len - 1] == '/'; len--)
            path[len - 1] = '\0';
        walk_path(&w, path, true, 0);
    }
    g_ptr_array_sort(w.found, by_path);
    for (guint i = w.found->len; i > 1; i--) {
        const struct found *one = g_ptr_array_index(w.found, i - 2), *two = g_ptr_array_index(w.found, i - 1);
        if (strcmp(one->path, two->path) == 0)
            g_ptr_array_remove_index(w.found, i - 1);
    }
    return w.found;
}
