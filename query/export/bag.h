/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_EXPORT_BAG_H
#define CITABLE_QUERY_EXPORT_BAG_H

#include "query/answer.h"

/* A pack that stands by itself (BagIt 1.0, RFC 8493): the documents, their pages with the passages marked, the figures, their references, and a hash of everything. */
struct bag_options {
    const char *folder;      /* made; it may exist while it is empty */
    const char *description; /* what was asked for, or NULL */
    bool documents;          /* copies of them; else their hashes alone */
    bool reviews;            /* as in struct export */
    void (*trouble)(void *data, const char *line); /* what is missing in the pack, and why */
    bool (*stop)(void *data);                      /* asked between files: true ends it, as an error does */
    void *data;
};

/* Writes figures (struct answer). Everything is made in a folder beside it and renamed at the end: on an error there is nothing.
 * Errors: USAGE (the folder is not empty, or no folder), READ (it cannot be written, or it was stopped), STORE. */
bool bag_write(struct library *library, const GPtrArray *answers, const struct bag_options *options, GError **error);

#endif
