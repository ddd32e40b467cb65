/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/heap.h"
#include "cli/command.h"
#include "cli/last_words.h"
#include "cli/other.h"

#include <fcntl.h>
#include <jansson.h>
#include <locale.h>
#include <signal.h>
#include <unicode/uloc.h>
#include <unistd.h>

/* Two programs are made of this file. What opens files with foreign formats is in the larger one, libexec/citable/citable-read; its sixty libraries take twice
 * as long to be loaded as a search takes, so that the smaller one, which people call, does without and becomes the other where it has to. */
#ifdef CITABLE_WITHOUT_READERS
#define READS(run) run_other
enum { HEAP_ROOM = 32 << 20 /* a question to a million passages takes most of it */ };
#else
#define READS(run) run
enum { HEAP_ROOM = 0 /* who writes and who reads make their own */ };
#endif

/* In the order in which a new user needs them. */
static const struct command commands[] = {
    {"ingest",  "PATH…", "read documents into the evidence file", READS(cmd_ingest)},
    {"status", "", "what was read, and what could not be read", cmd_status},
    {"find", "QUERY", "print passages, best first", cmd_find},
    {"figures", "[QUERY]", "print figures as rows, by place, period, kind, …", cmd_figures},
    {"ask", "\"QUESTION\"", "print the figures that answer it, each with its passage", cmd_ask},
    {"check", "DRAFT", "compare every statistic of a draft with the evidence", READS(cmd_check)},
    {"diff", "OLD NEW", "figures that changed between two editions of a document", READS(cmd_diff)},
    {"show", "ID", "print a passage in its context, with its figures", READS(cmd_show)},
    {"cite", "ID…", "print citations in several styles", cmd_cite},
    {"export", "WHAT [QUERY]", "write figures for other programs: csv, geojson, …", READS(cmd_export)},
    {"review", "[ID VERDICT]", "accept or reject a figure or passage, or note something", cmd_review},
    {"describe", "ID", "correct a document's title, authors, date, address", cmd_describe},
    {"verify", "[CITATIONS…]", "look for every stored passage in its file again", READS(cmd_verify)},
    {"extract", "FILE…", "print the mentions of files, without an evidence file", READS(cmd_extract)},
    {"rules",   "list|test|explain", "rules; which made a figure, and why others did not", READS(cmd_rules)},
    {"text",    "FILE…", "print the clean text as indexed", READS(cmd_text)},
};

static int help(FILE *out, int code)
{
    g_autoptr(GString) text = g_string_new("citable finds the number, the page and the sentence.\n\nusage: citable COMMAND [OPTION…] [ARGUMENT…]\n\n");
    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++) {
        int columns = (int)terminal_columns(slice_of(commands[i].arguments));
        g_string_append_printf(text, "  %-9s %s%*s %s\n", commands[i].name, commands[i].arguments, MAX(12 - columns, 0), "", commands[i].help);
    }
    g_string_append(text, "\n'citable COMMAND --help' lists a command's options.\n"
                          "The evidence file is --db FILE, else $CITABLE_DB, else the nearest evidence.citable in this folder or above.\n"
                          "Exit codes: 0 done, 1 the answer is no, 2 wrong use, 3 partly done, 4 the evidence file is unusable.\n");
    help_print(text->str, out);
    return code;
}

static const struct command *command_named(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
        if (g_str_equal(name, commands[i].name))
            return &commands[i];
    return NULL;
}

/* A stream that was closed stays so, and keeps its number: the next file that is opened would be read or written in its place. */
static void keep_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0)
            return;
}

/* Numbers, order and where sentences end never depend on the user's locale; and ICU, left to look for it, waits for itself for ever when it has no memory for that. */
static void leave_locale(void)
{
    setlocale(LC_CTYPE, "C.UTF-8");
#ifndef CITABLE_WITHOUT_READERS /* which tells ICU when it opens it: icu_later.c */
    UErrorCode status = U_ZERO_ERROR;
    uloc_setDefault("en_US_POSIX", &status);
    if (U_FAILURE(status))
        g_error("failed to allocate a locale");
#endif
}

/* Half an update would read with the rules of one version and answer with those of another. */
static bool fits_other(void)
{
    const char *other = g_getenv(OTHER_VERSION);
    bool fits = !other || g_str_equal(other, CITABLE_VERSION);
    if (!fits) {
        g_autofree char *version = terminal_safe(other);
        fprintf(stderr, "citable: the program that reads files is of another version (%s) than citable (%s); install citable again\n", CITABLE_VERSION, version);
    }
    g_unsetenv(OTHER_VERSION);
    return fits;
}

static int run(int argc, char **argv)
{
    if (argc < 2)
        return help(stderr, EXIT_WRONG_USE);
    command_name_first(argc, argv);
    if (g_str_equal(argv[1], "--version")) {
        printf("citable %s\n", CITABLE_VERSION);
        return EXIT_DONE;
    }
    bool asked = g_str_equal(argv[1], "help") || g_str_equal(argv[1], "--help") || g_str_equal(argv[1], "-h");
    if (asked && argc == 2)
        return help(stdout, EXIT_DONE);
    const struct command *command = command_named(argv[asked ? 2 : 1]);
    if (!command) {
        g_autofree char *name = terminal_safe(argv[asked ? 2 : 1]);
        fprintf(stderr, "citable: no command '%s'; 'citable help' lists them\n", name);
        return EXIT_WRONG_USE;
    }
    char *only_help[] = {(char *)command->name, (char *)"--help", NULL};
    return asked ? command->run(2, only_help) : command->run(argc - 1, argv + 1);
}

int main(int argc, char **argv)
{
    last_words_prepare();
    keep_streams();
    signal(SIGXFSZ, SIG_IGN); /* a limit on the size of files is told as a full disk is */
    leave_locale();
    if (HEAP_ROOM > 0)
        heap_make_room(HEAP_ROOM);
    json_set_alloc_funcs(g_malloc, g_free); /* ends where memory does: jansson's own leaves a field out */
    return finish(fits_other() ? run(argc, argv) : EXIT_UNUSABLE);
}
