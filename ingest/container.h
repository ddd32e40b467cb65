/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_CONTAINER_H
#define CITABLE_INGEST_CONTAINER_H

#include "ingest/reader.h"

/*  A file that holds files: each member is a document of its own (`archive.zip!report.pdf`), read by the reader that knows it.
 *  A member that cannot be read costs one empty document with the warning "member-unread"; the others are read. */
struct container {
    const struct source *source;
    GPtrArray *documents;
    uint64_t own, *inflated; /* bytes taken out of the outermost file so far */
    unsigned members, read;
    GError *first;           /* what was wrong with the first member that could not be read */
};

/* Errors: LIMIT (archives inside one another, deeper than LIMIT_ARCHIVE_DEPTH). */
bool container_begin(struct container *container, const struct source *source, GPtrArray *documents, GError **error);

/* Is this member to be taken out? All are that a user may have put there to be read (no folders, resource forks, hidden files), unless one is looked for. */
bool container_wants(const struct container *container, const char *name);
/* Reads a member. */
void container_member(struct container *container, const char *name, GBytes *bytes);
/* A member that could not even be taken out. Takes ownership of `trouble`. */
void container_unread(struct container *container, const char *name, GError *trouble);

/* False, with the first member's error or EMPTY, when no member could be read. Clears the container. */
bool container_end(struct container *container, GError **error);

/* Opens "archive.zip!report.pdf" (source_open does, where no file has that name). Errors: those of source_open; MISSING: the archive holds no such file. */
bool container_open(const char *path, struct source **ret, GError **error);

/* Counts bytes that were taken out of the member that is `len` bytes long so far and `packed` bytes packed (0: unknown);
 * sets `error` and returns false beyond a limit. */
bool container_count(uint64_t *inflated, size_t more, size_t len, size_t packed, const char *path, GError **error);

#endif
