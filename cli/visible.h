/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_CLI_VISIBLE_H
#define CITABLE_CLI_VISIBLE_H

/* From now on what is printed to stdout shows, as visible marks, what would act on a terminal: for output that is verbatim, where stdout is a terminal. */
void visible_output(void);

#endif
