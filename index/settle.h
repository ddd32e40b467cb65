/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_SETTLE_H
#define CITABLE_INDEX_SETTLE_H

#include "index/build.h"
#include "index/ledger.h"
#include "index/walk.h"
#include "index/worker.h"

/* Inside index/ only: what became of a file is written down, with its documents, and reported once it is on the disk. */

/* Everything known of a file when its turn has come. */
struct outcome {
    const struct found *found;   /* borrowed */
    struct ledger_entry *known;  /* what was said of it before, or NULL */
    int64_t size, changed;       /* see ledger_entry */
    bool unchanged;              /* nothing was read: size and time are those of `known` */
    struct reading reading;      /* borrowed from the pool */
};

struct settler;
struct settler *settler_new(struct store *store, const struct build_options *options);
void settler_free(struct settler *settler);

/* Errors: STORE; nothing of what was not reported is kept then. */
bool settle(struct settler *settler, const struct outcome *outcome, GError **error);

/* Ends the open transaction if it is older than so many milliseconds, and reports what it held. */
bool settler_commit(struct settler *settler, int older_ms, GError **error);

#endif
