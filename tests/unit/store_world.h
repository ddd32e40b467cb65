/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_TESTS_STORE_WORLD_H
#define CITABLE_TESTS_STORE_WORLD_H

#include "index/statement.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <glib/gstdio.h>

/* An empty evidence file, open to be written, in a folder of its own. */
struct world {
    char *folder, *path;
    struct store *store;
};

static inline int open_world(void **state)
{
    struct world *world = g_new0(struct world, 1);
    world->folder = g_dir_make_tmp("citable-XXXXXX", NULL);
    world->path = g_build_filename(world->folder, "evidence.citable", NULL);
    assert_true(store_open(world->path, STORE_CREATE, &world->store, NULL));
    *state = world;
    return 0;
}

static inline int close_world(void **state)
{
    struct world *world = *state;
    store_close(world->store);
    g_remove(world->path);
    g_rmdir(world->folder);
    g_free(world->path);
    g_free(world->folder);
    g_free(world);
    return 0;
}

#endif
