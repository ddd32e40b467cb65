/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dlfcn.h>
#include <glib.h>

/*  Libraries that few runs need are opened when the first of their functions is called. Each that is loaded costs the start of the program, and
 *  every process that reads: a fork copies its mappings, an end takes them out again. The program has functions of those names itself
 *  (later_row.S, made by citable_later() in CMakeLists.txt), which go on to where their row says; nothing is to be done where they are called. */

/* As later_row.S lays it out. */
struct later {
    const char *library, *name;
    void *function; /* at first what asks here */
};

void *later_find(struct later *row);

/* The function, which calls go to from now on. */
void *later_find(struct later *row)
{
    void *library = dlopen(row->library, RTLD_NOW | RTLD_LOCAL), *found = library ? dlsym(library, row->name) : NULL;
    if (!found)
        g_error("%s; install citable again", dlerror());
    return row->function = found;
}
