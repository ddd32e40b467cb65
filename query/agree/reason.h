/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_REASON_H
#define CITABLE_QUERY_REASON_H

#include "query/agree/agree.h"

/* What a verdict stands on. */
struct grounds {
    const struct agreement *agreement;
    enum value_match value;
    enum flow flow;               /* which way the source says that the number moved */
    enum relation place, period;  /* as the verdict takes them: RELATION_UNKNOWN where the source's record is not sure */
    const char *other;            /* why the source counts something else ("the source counts injured, the draft killed"), or NULL */
    const struct agreement *rather; /* the figure that the draft's words fit better, or NULL */
};

/* The fields that agree and that differ, for people: "the qualifier differs: draft 4,200, source at least 4,200; same place: Honduras"; the caller frees it. */
char *reason_text(const struct grounds *grounds, const struct subject *claim, const struct quantity *quantity);

#endif
