/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/period/period.h"

struct cue_table *period_words_new(void)
{
    static const char *const classes[PERIOD_WORDS] = {
        [PERIOD_MONTH] = "month",       [PERIOD_MONTH_WORD] = "month_word", [PERIOD_SEASON] = "season",       [PERIOD_UNIT] = "unit",
        [PERIOD_ORDINAL] = "ordinal",   [PERIOD_COUNT] = "count",           [PERIOD_SIGN] = "sign",           [PERIOD_EARLY] = "early",
        [PERIOD_START] = "start",       [PERIOD_MID] = "mid",               [PERIOD_LATE] = "late",           [PERIOD_END] = "end",
        [PERIOD_SINCE] = "since",       [PERIOD_UNTIL] = "until",           [PERIOD_BY] = "by",               [PERIOD_BEFORE] = "before",
        [PERIOD_AFTER] = "after",       [PERIOD_FROM] = "from",             [PERIOD_TO] = "to",               [PERIOD_BETWEEN] = "between",
        [PERIOD_AND] = "and",           [PERIOD_ONWARD] = "onward",         [PERIOD_AT] = "at",               [PERIOD_OF] = "of",
        [PERIOD_ARTICLE] = "article",   [PERIOD_THIS] = "this",             [PERIOD_LAST] = "last",           [PERIOD_PREVIOUS] = "previous",
        [PERIOD_NEXT] = "next",         [PERIOD_SAME] = "same",             [PERIOD_THAT] = "that",           [PERIOD_AGO] = "ago",
        [PERIOD_LATER] = "later",       [PERIOD_REPORTING] = "reporting",   [PERIOD_COVERS] = "covers",       [PERIOD_FISCAL] = "fiscal",
        [PERIOD_DECADE] = "decade",     [PERIOD_WEEKDAY] = "weekday",       [PERIOD_DAY] = "day",             [PERIOD_NUMBERED] = "numbered",
        [PERIOD_RESPECTIVELY] = "respectively", [PERIOD_SINCE_EVENT] = "since_event",
        [PERIOD_SAID] = "said",         [PERIOD_PLANNED] = "planned",   [PERIOD_SNAPSHOT] = "snapshot",
    };
    return cue_table_new("/extract/names/period_words.tsv", classes, PERIOD_WORDS);
}
