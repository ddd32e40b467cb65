/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_CLI_OTHER_H
#define CITABLE_CLI_OTHER_H

/* Goes on as the program with the readers, which lies beside this one where it was built, and in libexec/citable where it is installed. Returns only where that
 * one is missing: complains, and returns an exit code. */
int run_other(int argc, char **argv);

#endif
