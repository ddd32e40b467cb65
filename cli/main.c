/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

static const struct command commands[] = {
    {"extract", "FILE…", "print the mentions of files, without an evidence file", cmd_extract},
    {"text",    "FILE",  "print the clean text as indexed, pages parted by form feeds", cmd_text},
};

void complain(const GError *error)
{
    fprintf(stderr, "citable: %s\n", error->message);
}

static int help(FILE *out, int code)
{
    fprintf(out, "usage: citable COMMAND [OPTION…] [ARGUMENT…]\n\n");
    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
        fprintf(out, "  %-9s %-12s %s\n", commands[i].name, commands[i].arguments, commands[i].help);
    fprintf(out, "\ncitable COMMAND --help says more.\n");
    return code;
}

int main(int argc, char **argv)
{
    setlocale(LC_CTYPE, "C.UTF-8"); /* numbers and order never depend on the user's locale */
    if (argc < 2)
        return help(stderr, EXIT_WRONG_USE);
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0)
        return help(stdout, EXIT_DONE);
    if (strcmp(argv[1], "--version") == 0) {
        printf("citable %s\n", CITABLE_VERSION);
        return EXIT_DONE;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
        if (strcmp(argv[1], commands[i].name) == 0)
            return commands[i].run(argc - 1, argv + 1);
    fprintf(stderr, "citable: no command '%s'; 'citable help' lists them\n", argv[1]);
    return EXIT_WRONG_USE;
}
