/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_CLI_OTHER_H
#define CITABLE_CLI_OTHER_H

/* In the environment of the program with the readers: the version of the one that became it. */
#define OTHER_VERSION "CITABLE_READ_FOR"

/* Goes on as the program with the readers, which lies beside this one where it was built, and in libexec/citable where it is installed. Returns only where that
 * one is missing: complains, and returns EXIT_UNUSABLE. */
int run_other(int argc, char **argv);

#endif
