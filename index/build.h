/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_BUILD_H
#define CITABLE_INDEX_BUILD_H

#include "extract/pass.h"
#include "index/store.h"
#include "ingest/reader.h"

/* Reads files into the evidence file: what is new or changed goes to workers, what they return is written in the order of the paths, whatever came first. */

/* What became of a file, or of one document of a file that holds several. Strings are borrowed. */
struct build_result {
    const char *file;          /* as given */
    const char *member;        /* or NULL */
    const char *status;        /* "added", "unchanged", "skipped", "failed" */
    const char *code, *reason; /* or NULL; a partly read document is "added" with a reason */
    uint32_t page;             /* of the reason, or NONE */
    const char *id;            /* or NULL */
    uint32_t pages, figures;
    bool partial;
    bool named;                /* the user named this very file */
};

struct build_progress {
    uint32_t done, total;      /* files */
    const char *file;          /* the one that is waited for */
    uint32_t page, pages;      /* of it; 0: not known */
    double seconds_left;       /* negative: not known yet */
};

struct build_options {
    const struct extractor *extractor;
    const char *lang;          /* ISO 639-1, or NULL */
    enum ocr_mode ocr;
    bool look;               /* draw every page of a PDF that holds a digit, and hold its text against what is seen */
    unsigned jobs;             /* files read at the same time; 0: one a core */
    bool again;                /* read also what has not changed */
    bool require_sandbox;
    uint32_t silence_s, memory_mb; /* 0: LIMIT_WORKER_* */
    void (*result)(void *data, const struct build_result *result);     /* once it is written for good */
    void (*progress)(void *data, const struct build_progress *progress); /* or NULL */
    void (*notice)(void *data, const char *line);                      /* things to know about the run as a whole */
    void *data;
};

/* Errors: STORE (the evidence file cannot be written any more: what was reported stays), WORKER (a sandbox was required and is missing). */
bool build_run(struct store *store, char *const *paths, const struct build_options *options, GError **error);

#endif
