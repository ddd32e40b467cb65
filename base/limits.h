/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_BASE_LIMITS_H
#define CITABLE_BASE_LIMITS_H

/* Every limit on what we read, in one table. Beyond a limit a file is an error or partly read, and says so. */
enum {
    LIMIT_FILE_BYTES = 512 * 1024 * 1024,      /* a file read whole */
    LIMIT_MEMBER_BYTES = 256 * 1024 * 1024,    /* one member of an archive, inflated */
    LIMIT_ARCHIVE_BYTES = 1024 * 1024 * 1024,  /* all members of an archive, inflated */
    LIMIT_ARCHIVE_RATIO = 200,                 /* inflated bytes for each packed one, once a member is larger than 1 MiB (real EPUBs reach 74) */
    LIMIT_ARCHIVE_MEMBERS = 20000,             /* files in an archive */
    LIMIT_ARCHIVE_DEPTH = 4,                   /* archives inside one another */
    LIMIT_TEXT_BYTES = 256 * 1024 * 1024,      /* clean text of a document (spans are 32 bits) */
    LIMIT_PAGES = 20000,                       /* pages of a document */
    LIMIT_PAGE_CHARACTERS = 400000,            /* characters on a page */
    LIMIT_SENTENCE_BYTES = 4096,               /* a sentence: what is printed with a figure, and what its links are sought in; a longer one is cut */
    LIMIT_XML_DEPTH = 2000,                    /* elements inside one another */
    LIMIT_MENTIONS = 2000000,                  /* mentions of a document */
    LIMIT_MATCH = 100000,                      /* PCRE2 match limit for one window */
    LIMIT_MATCH_DEPTH = 10000,                 /* PCRE2 depth limit: a group a byte over a window, a few frames each */
    LIMIT_WINDOW_BYTES = 2048,                 /* bytes a rule looks at from its trigger on */
    LIMIT_WORKER_MEMORY_MB = 2048,             /* address space of a reading process */
    LIMIT_WORKER_SILENCE_S = 30,               /* of its own work (CPU) without a finished page */
    LIMIT_WORKER_WAITING = 4,                  /* times as long on the clock, for a process that waits and does not work */
    LIMIT_WORKER_CPU_S = 6 * 3600,             /* of work on one document, however many pages: twice what 5,000 scanned ones take */
    LIMIT_WORKER_ERRORS = 8192,                /* bytes kept of what a reading process complains about */
    LIMIT_FRAME_BYTES = 768 * 1024 * 1024,     /* one message of a reading process */
    LIMIT_BROKEN_PAGES = 3,                    /* pages that stall or break the reader, before the rest of a document is left out */
};

#endif
