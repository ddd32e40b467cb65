/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_WORKER_H
#define CITABLE_INDEX_WORKER_H

#include "extract/pass.h"
#include "index/sandbox.h"
#include "ingest/reader.h"

#include <poll.h>

/* One file in a confined process of its own: forked from a parent that has rules and names loaded and never parses a file itself.
 * Whatever happens to the process, the parent gets a reading. */

struct spawner;

/* What is shared by all workers of a run. */
struct worker_setup {
    const struct extractor *extractor;
    const struct sandbox *sandbox;
    const char *lang;      /* ISO 639-1, or NULL */
    enum ocr_mode ocr;
    bool look;
    uint32_t memory_mb;    /* limits; see LIMIT_WORKER_* */
    uint32_t silence_s;
    uint32_t cpu_s;
    struct spawner *spawner; /* starts the processes (spawner.h); NULL: the caller forks */
    void (*misbehave)(int out); /* tests: runs in the process instead of reading, or NULL */
};

/* A document and what was found in it. */
struct read_item {
    struct document *doc;
    struct mentions *mentions;
};

/* What became of a file. */
struct reading {
    GArray *items;       /* struct read_item, in the file's order */
    GPtrArray *troubles; /* char *, one line each */
    GError *error;       /* why there is nothing; NULL: all was read */
    bool unknown;        /* no reader knows the format: `error` says so */
    bool same;           /* the bytes are those of known_sha256 */
    char *sha256;        /* of the file, once it was read; or NULL */
    uint64_t size;
    uint32_t page;       /* of `error`, or of the first page left out; NONE */
    char *partial;       /* one line: which pages were left out and why; or NULL */
};

struct worker;

/* Starts reading `fd` (stays the caller's). path: as given, for messages. known_sha256: what the file's hash was last time, or NULL.
 * Errors: WORKER (no more processes). */
bool worker_start(const struct worker_setup *setup, int fd, const char *path, const char *known_sha256, struct worker **ret, GError **error);

/* For poll: writes the two descriptors to wait for. */
void worker_poll(const struct worker *worker, struct pollfd fds[2]);

/* Milliseconds after which worker_step is due, whatever comes until then. Which page it has come to is seen with each step: whoever tells it takes more. */
int worker_patience(struct worker *worker);

/* Takes in what came, and ends what is silent for too long; true: it is done, and worker_take gives the reading. */
bool worker_step(struct worker *worker, const struct pollfd fds[2]);

/* The page that is being read, and of how many; 0: not known. */
uint32_t worker_page(const struct worker *worker, uint32_t *pages);

/* The reading (the caller clears it); frees the worker. Not done yet: it is ended first. */
void worker_take(struct worker *worker, struct reading *ret);

void reading_clear(struct reading *reading);

#endif
