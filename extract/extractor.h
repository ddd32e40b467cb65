/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_EXTRACT_EXTRACTOR_H
#define CITABLE_EXTRACT_EXTRACTOR_H

#include "extract/lexicon.h"
#include "extract/pass.h"
#include "extract/cue.h"
#include "extract/rule.h"
#include "extract/user_names.h"

/* What the passes share, for files inside extract/ only. */
struct extractor {
    char *version;
    struct lexicon *lexicon;
    struct rules *rules;
    struct user_names *names;  /* the user's own, or NULL */
    struct cue_table *periods; /* what words do in periods */
    struct cue_table *links;   /* between a figure and what governs it */
    struct cue_table *attributions; /* in crediting someone */
};

#endif
