/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_CLI_PAGER_H
#define CITABLE_CLI_PAGER_H

#include <stdbool.h>

/* Starts the user's pager and sends stdout to it; without one, nothing changes. */
void pager_start(void);
bool pager_running(void);

/* Closes stdout and waits until the reader leaves the pager. Nothing without one. */
void pager_wait(void);

#endif
