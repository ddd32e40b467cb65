/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_CLI_COMMAND_H
#define CITABLE_CLI_COMMAND_H

#include <glib.h>

enum { EXIT_DONE = 0, EXIT_NO = 1, EXIT_WRONG_USE = 2, EXIT_PARTLY = 3, EXIT_UNUSABLE = 4 };

/* A subcommand is a row; help is the table printed. run gets its own arguments (argv[0] = the command's name) and returns an exit code. */
struct command {
    const char *name, *arguments, *help;
    int (*run)(int argc, char **argv);
};

int cmd_extract(int argc, char **argv);
int cmd_text(int argc, char **argv);

/* Prints "citable: message" on stderr. */
void complain(const GError *error);

#endif
