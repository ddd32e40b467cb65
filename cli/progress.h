/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_CLI_PROGRESS_H
#define CITABLE_CLI_PROGRESS_H

#include "index/build.h"

/* One line on stderr that is written over: "[#####-----] 3/5  unhcr-2014.pdf  page 63 of 120  0:04 left". */
void progress_show(const struct build_progress *progress);

/* Takes the line away, before something else is printed. */
void progress_clear(void);

#endif
