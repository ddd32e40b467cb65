/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_ARCHIVE_H
#define CITABLE_INGEST_ARCHIVE_H

#include "ingest/reader.h"

/*  A zip file in memory, with limits: nothing is written to disk, each member is counted while it is inflated, and the sizes that the archive
 *  claims are not believed. Two members of one name are an error: two programs would read two texts. */
struct archive;

/* Borrows `source`, which outlives the archive. Errors: FORMAT (damaged, cut short, a name twice), LIMIT, ENCRYPTED. */
bool archive_open(const struct source *source, struct archive **ret, GError **error);
void archive_close(struct archive *archive);

/* Members that are files (folders are left out), in the archive's order. Names are UTF-8 and owned by the archive. */
unsigned archive_count(const struct archive *archive);
const char *archive_name(const struct archive *archive, unsigned member);
/* The member of this name, or -1. */
int archive_find(const struct archive *archive, const char *name);

/* Inflates a member; the caller owns `*ret`. Errors name the member ("a.zip!b.xml: …"): FORMAT (damaged), ENCRYPTED, LIMIT. */
bool archive_read(struct archive *archive, unsigned member, GBytes **ret, GError **error);

/* A member to be written. */
struct archive_part {
    const char *name;
    GBytes *bytes;
};

/* A copy of the archive in which these members are replaced or, where there are none of their names, added at the end; all others keep their bytes and
 * order. The same parts give the same bytes. The caller owns `*ret`. Errors: FORMAT. */
bool archive_rewrite(const struct archive *archive, const struct archive_part *parts, size_t n_parts, GBytes **ret, GError **error);

/* "a.zip!b.xml"; the caller frees it. */
char *archive_path(const struct archive *archive, const char *name);

/* Resolves "../media/x.png" against the folder of the member `base` ("word/document.xml"); "/word/a.xml" and percent signs too.
 * NULL when it leaves the archive. The caller frees it. */
char *archive_resolve(const char *base, const char *target);

#endif
