/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_CLI_COMMAND_H
#define CITABLE_CLI_COMMAND_H

#include "index/store.h"
#include "query/print/printer.h"

enum { EXIT_DONE = 0, EXIT_NO = 1, EXIT_WRONG_USE = 2, EXIT_PARTLY = 3, EXIT_UNUSABLE = 4 };

/* A subcommand is a row; help is the table printed. run gets its own arguments (argv[0] = the command's name) and returns an exit code. */
struct command {
    const char *name, *arguments, *help;
    int (*run)(int argc, char **argv);
};

int cmd_ask(int argc, char **argv);
int cmd_check(int argc, char **argv);
int cmd_cite(int argc, char **argv);
int cmd_describe(int argc, char **argv);
int cmd_diff(int argc, char **argv);
int cmd_export(int argc, char **argv);
int cmd_extract(int argc, char **argv);
int cmd_figures(int argc, char **argv);
int cmd_find(int argc, char **argv);
int cmd_ingest(int argc, char **argv);
int cmd_review(int argc, char **argv);
int cmd_rules(int argc, char **argv);
int cmd_show(int argc, char **argv);
int cmd_status(int argc, char **argv);
int cmd_text(int argc, char **argv);
int cmd_verify(int argc, char **argv);

/* Prints "citable: message" on stderr, on one line, with nothing in it that acts on a terminal. */
void complain(const GError *error);

/* Prints "citable: COMMAND: message" and returns EXIT_WRONG_USE. */
int wrong_use(const char *message);

/* What is left of the output is written and the pager has ended; returns the exit code: that it has no room is no success. */
int finish(int code);

/* Prints help, its lines wrapped to 80 columns. */
void help_print(const char *text, FILE *out);

/* The exit code for what went wrong: the store's own troubles are EXIT_UNUSABLE, wrong questions and arguments EXIT_WRONG_USE, all else EXIT_PARTLY. Complains. */
int give_up(const GError *error);

/* Options that all commands have may stand before the command's name, too (citable --db FILE find …): moves them behind it. */
void command_name_first(int argc, char **argv);

/* Parses a command's own options and those all commands have (--format, --color, --no-pager, --help, which prints and exits).
 * details: further lines of help, such as examples, or NULL. Words like -gangs that are no option stay arguments.
 * Errors: USAGE; the caller passes it to give_up. */
bool command_parse(int *argc, char ***argv, const GOptionEntry *entries, const char *details, GError **error);

/* The same for a command that uses the evidence file: it has --db, too. */
bool command_parse_evidence(int *argc, char ***argv, const GOptionEntry *entries, const char *details, GError **error);

/* As command_parse_evidence, for a command whose own words say what it writes: --format is not listed. */
bool command_parse_writer(int *argc, char ***argv, const GOptionEntry *entries, const char *details, GError **error);

/* As command_parse, for a command that prints plain text only: --format is not listed. */
bool command_parse_plain(int *argc, char ***argv, const GOptionEntry *entries, const char *details, GError **error);

/* Where the evidence file is: --db FILE, else $CITABLE_DB, else the nearest evidence.citable in this folder or above, else "evidence.citable"
 * in this folder, which need not exist. The caller frees it. */
char *command_evidence(void);

/* Opens it. Errors: those of store_open; MISSING says how an evidence file is made. The caller passes them to give_up_evidence. */
bool command_open(enum store_mode mode, struct store **ret, GError **error);

/* As give_up, but whatever keeps the evidence file from being opened is EXIT_UNUSABLE. */
int give_up_evidence(const GError *error);

/* May a file be written at `path`? One that is there is only replaced with --force. Errors: USAGE. */
bool command_may_write(const char *path, bool force, GError **error);

/* How to print, from the options and the terminal; after command_parse. */
enum format command_format(void);
struct terminal command_terminal(void);

/* Sends what follows on stdout through the pager ($CITABLE_PAGER, $PAGER, less), where stdout is a terminal and text is printed; main waits for it. */
void command_page(void);

/* True unless standard error is no terminal: for lines only a person needs. */
bool command_talks(void);

#endif
