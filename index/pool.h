/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_POOL_H
#define CITABLE_INDEX_POOL_H

#include "index/worker.h"

/* Many files, some at a time, each in a worker; what becomes of them is told in the order of their numbers, whichever was done first. */

struct pool_file {
    int fd;                   /* the pool closes it */
    const char *path;         /* as given, for messages; borrowed */
    const char *known_sha256; /* see worker_start; borrowed */
};

/* Who has the files. Numbers count from 0. */
struct pool_client {
    void *data;
    /* Opens file `number`. False: there is nothing to read, it is settled with an empty reading, in which `problem` is the error. */
    bool (*open)(void *data, uint32_t number, struct pool_file *ret, GError **problem);
    /* Takes what was read, in order of numbers; the pool clears it. An error ends the run. */
    bool (*settle)(void *data, uint32_t number, struct reading *reading, GError **error);
    /* Called before the pool waits for file `number`, now and then; page 0: not known. An error ends the run. */
    bool (*wait)(void *data, uint32_t number, uint32_t page, uint32_t pages, GError **error);
};

/* most: workers at a time; 0: one a core. Errors: what the client says. */
bool pool_run(const struct worker_setup *setup, unsigned most, uint32_t n, const struct pool_client *client, GError **error);

#endif
