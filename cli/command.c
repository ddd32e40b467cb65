/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"

#include "base/error.h"
#include "base/stemmer.h"
#include "base/timing.h"
#include "cli/pager.h"
#include "cli/timings.h"
#include "cli/visible.h"
#include "extract/lexicon.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

static char *format_word, *color_word, *db;
static gboolean no_pager, help, timings;
static enum format format;

static const GOptionEntry format_option[] = {
    {"format", 0, 0, G_OPTION_ARG_STRING, &format_word, "text, json, jsonl or csv", "FORMAT"},
    {NULL, 0, 0, 0, NULL, NULL, NULL},
};

/* For commands whose own words say how they write: a --format is still read, so that they can say what to write in its place. */
static const GOptionEntry format_hidden[] = {
    {"format", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING, &format_word, NULL, NULL},
    {NULL, 0, 0, 0, NULL, NULL, NULL},
};

static const GOptionEntry common[] = {
    {"color", 0, 0, G_OPTION_ARG_STRING, &color_word, "auto, always or never; NO_COLOR is respected", "WHEN"},
    {"no-pager", 0, 0, G_OPTION_ARG_NONE, &no_pager, "print long output at once", NULL},
    {"help", 'h', 0, G_OPTION_ARG_NONE, &help, "print this help", NULL},
    {NULL, 0, 0, 0, NULL, NULL, NULL},
};

static const GOptionEntry evidence_options[] = {
    {"db", 0, 0, G_OPTION_ARG_FILENAME, &db, "the evidence file; else $CITABLE_DB, else the nearest evidence.citable here or above", "FILE"},
    {"timings", 0, 0, G_OPTION_ARG_NONE, &timings, "say at the end which stage took how much of the processors' time", NULL},
    {NULL, 0, 0, 0, NULL, NULL, NULL},
};

/* How many arguments an option that all commands have takes up; 0: it is none of them. */
static int common_option(const char *argument)
{
    static const char *const valued[] = {"--db", "--format", "--color"};
    for (size_t i = 0; i < G_N_ELEMENTS(valued); i++)
        if (g_str_has_prefix(argument, valued[i]) && strchr("=", argument[strlen(valued[i])]))
            return argument[strlen(valued[i])] == '=' ? 1 : 2;
    return strcmp(argument, "--no-pager") == 0;
}

void command_name_first(int argc, char **argv)
{
    int at = 1, used;
    while (at < argc && (used = common_option(argv[at])) > 0)
        at += used;
    if (at >= argc)
        return;
    char *name = argv[at];
    memmove(argv + 2, argv + 1, (size_t)(at - 1) * sizeof *argv);
    argv[1] = name;
}

/* "-gangs" and "-\"armed groups\"" are words of a query, not options of one letter each: they are kept aside while options are parsed. */
static bool is_excluded_word(const char *argument)
{
    return argument[0] == '-' && argument[1] != '\0' && argument[2] != '\0' && argument[1] != '-' && !g_ascii_isdigit(argument[1]) && g_utf8_validate(argument, -1, NULL);
}

static GPtrArray *take_excluded(int *argc, char **argv)
{
    GPtrArray *kept = g_ptr_array_new();
    int left = 1;
    for (int i = 1; i < *argc; i++) {
        if (strcmp(argv[i], "--") == 0) {
            while (i < *argc)
                argv[left++] = argv[i++];
            break;
        }
        if (is_excluded_word(argv[i]))
            g_ptr_array_add(kept, argv[i]);
        else
            argv[left++] = argv[i];
    }
    *argc = left;
    argv[left] = NULL;
    return kept;
}

/* Where the words of a query go; NULL for commands that take files or nothing. */
static char ***words_of(const GOptionEntry *entries)
{
    for (; entries->long_name; entries++)
        if (entries->long_name[0] == '\0' && entries->arg == G_OPTION_ARG_STRING_ARRAY)
            return entries->arg_data;
    return NULL;
}

static void give_back(const GPtrArray *kept, char ***remaining)
{
    if (kept->len == 0)
        return;
    GPtrArray *all = g_ptr_array_new();
    for (char **word = *remaining; word && *word; word++)
        g_ptr_array_add(all, *word);
    for (guint i = 0; i < kept->len; i++)
        g_ptr_array_add(all, g_strdup(g_ptr_array_index(kept, i)));
    g_ptr_array_add(all, NULL);
    g_free(*remaining);
    *remaining = (char **)g_ptr_array_free(all, FALSE);
}

enum { HELP_COLUMNS = 80, HELP_TEXT = 26 /* where descriptions begin */ };

/* Appends words from `column` on, the next lines from `indent` on. */
static void append_wrapped(GString *out, const char *text, size_t column, size_t indent)
{
    bool first = true;
    for (const char *end; *text; text = end) {
        end = text;
        while (*end == ' ')
            end++;
        end += strcspn(end, " ");
        size_t len = (size_t)g_utf8_strlen(text, end - text);
        if (!first && column + len > HELP_COLUMNS) {
            text += strspn(text, " ");
            g_string_append_printf(out, "\n%*s", (int)indent, "");
            column = indent;
            len = (size_t)g_utf8_strlen(text, end - text);
        }
        g_string_append_len(out, text, end - text);
        column += len;
        first = false;
    }
    g_string_append_c(out, '\n');
}

/* A line of help: "  --option   what it does" and other two columns hang; all else begins again below its first word. */
static void append_help_line(GString *out, const char *line)
{
    size_t lead = strspn(line, " ");
    const char *gap = strstr(line + lead, "  "), *text = gap ? gap + strspn(gap, " ") : NULL;
    bool option = lead == 2 && line[2] == '-';
    if (!option || !text || !*text) {
        append_wrapped(out, line, 0, text && lead ? (size_t)g_utf8_strlen(line, text - line) : lead);
        return;
    }
    size_t column = (size_t)g_utf8_strlen(line, gap - line);
    g_string_append_len(out, line, gap - line);
    if (column + 2 > HELP_TEXT) {
        g_string_append_c(out, '\n');
        column = 0;
    }
    g_string_append_printf(out, "%*s", (int)(HELP_TEXT - column), "");
    append_wrapped(out, text, HELP_TEXT, HELP_TEXT);
}

void help_print(const char *text, FILE *out)
{
    g_autoptr(GString) wrapped = g_string_new(NULL);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; line[0] && (line[1] || line[0][0]); line++)
        append_help_line(wrapped, *line);
    fputs(wrapped->str, out);
}

static void print_help_of(GOptionContext *context)
{
    g_autofree char *text = g_option_context_get_help(context, TRUE, NULL);
    help_print(text, stdout);
}

/* Does an option take the language? One whose help lists those that rules read takes these alone; the others any whose word endings are known. */
static bool language_taken(const GOptionEntry *entry, const char *code)
{
    for (int language = 0; language < LANGUAGES; language++)
        if (strcmp(language_name((enum language)language), code) == 0)
            return true;
    struct sb_stemmer *stemmer = strlen(code) == 2 && !strstr(entry->description, "en, es, fr") ? stemmer_new(code) : NULL;
    sb_stemmer_delete(stemmer);
    return stemmer != NULL;
}

/* Values that are none for any command: a negative number of anything, a language that nobody reads, a file without a name ("$FOLDER" of an empty FOLDER). */
static bool check_values(const GOptionEntry *entries, GError **error)
{
    for (; entries->long_name; entries++) {
        char **files = entries->arg == G_OPTION_ARG_FILENAME_ARRAY ? *(char ***)entries->arg_data : NULL, *file = entries->arg == G_OPTION_ARG_FILENAME ? *(char **)entries->arg_data : NULL;
        if ((files && g_strv_contains((const char *const *)files, "")) || (file && !*file)) {
            g_set_error(error, CITABLE_ERROR, CITABLE_ERROR_USAGE, "the name of a file is empty");
            return false;
        }
        const char *text = entries->arg == G_OPTION_ARG_STRING && g_str_has_prefix(entries->long_name, "lang") ? *(char **)entries->arg_data : NULL;
        if (entries->arg == G_OPTION_ARG_INT && *(int *)entries->arg_data < 0) {
            g_set_error(error, CITABLE_ERROR, CITABLE_ERROR_USAGE, "--%s takes no negative number", entries->long_name);
            return false;
        }
        if (text && *text && !language_taken(entries, text)) {
            g_set_error(error, CITABLE_ERROR, CITABLE_ERROR_USAGE, "--%s %s: no such language; en, es and fr are read", entries->long_name, text);
            return false;
        }
    }
    return true;
}

/* What all commands take. */
static bool check_common(const char *command, GError **error)
{
    static const char *const colours[] = {"auto", "always", "never", NULL};
    bool shown = !format_word || format_from(format_word, &format), coloured = !color_word || g_strv_contains(colours, color_word);
    if (!shown)
        g_set_error(error, CITABLE_ERROR, CITABLE_ERROR_USAGE, "%s: no format '%s'; there are text, json, jsonl and csv", command, format_word);
    else if (!coloured)
        g_set_error(error, CITABLE_ERROR, CITABLE_ERROR_USAGE, "%s: --color takes auto, always or never", command);
    return shown && coloured;
}

static bool parse(int *argc, char ***argv, const GOptionEntry *entries, bool evidence, bool formats, const char *details, GError **error)
{
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    g_option_context_add_main_entries(context, entries, NULL);
    if (evidence)
        g_option_context_add_main_entries(context, evidence_options, NULL);
    g_option_context_add_main_entries(context, formats ? format_option : format_hidden, NULL);
    g_option_context_add_main_entries(context, common, NULL);
    g_option_context_set_description(context, details);
    g_option_context_set_help_enabled(context, FALSE); /* its own help does not wrap */
    g_autofree char *program = g_strdup_printf("citable %s", (*argv)[0]);
    g_set_prgname(program);
    char ***words = words_of(entries);
    g_autoptr(GPtrArray) kept = words ? take_excluded(argc, *argv) : NULL;
    g_autoptr(GError) problem = NULL;
    if (!g_option_context_parse(context, argc, argv, &problem)) {
        const char *what = problem->domain == G_CONVERT_ERROR ? "a word, or what an option is given, is not UTF-8" : problem->message;
        g_set_error(error, CITABLE_ERROR, CITABLE_ERROR_USAGE, "%s: %s; '%s --help' lists the options", (*argv)[0], what, program);
        return false;
    }
    if (help) {
        print_help_of(context);
        exit(finish(EXIT_DONE));
    }
    if (words)
        give_back(kept, words);
    if (!check_common((*argv)[0], error) || !check_values(entries, error) || !check_values(evidence_options, error))
        return false;
    if (timings)
        timing_begin("start");
    if (isatty(STDOUT_FILENO) && (format != FORMAT_TEXT || !formats)) /* verbatim output */
        visible_output();
    return true;
}

bool command_parse(int *argc, char ***argv, const GOptionEntry *entries, const char *details, GError **error)
{
    return parse(argc, argv, entries, false, true, details, error);
}

bool command_parse_evidence(int *argc, char ***argv, const GOptionEntry *entries, const char *details, GError **error)
{
    return parse(argc, argv, entries, true, true, details, error);
}

bool command_parse_plain(int *argc, char ***argv, const GOptionEntry *entries, const char *details, GError **error)
{
    return parse(argc, argv, entries, false, false, details, error);
}

bool command_parse_writer(int *argc, char ***argv, const GOptionEntry *entries, const char *details, GError **error)
{
    return parse(argc, argv, entries, true, false, details, error);
}

static const char evidence_name[] = "evidence.citable";

char *command_evidence(void)
{
    const char *set = g_getenv("CITABLE_DB");
    if (db || (set && *set))
        return g_strdup(db ? db : set);
    for (g_autofree char *folder = g_get_current_dir();;) {
        g_autofree char *path = g_build_filename(folder, evidence_name, NULL);
        if (g_file_test(path, G_FILE_TEST_EXISTS))
            return g_steal_pointer(&path);
        char *above = g_path_get_dirname(folder);
        bool top = g_str_equal(above, folder);
        g_free(folder);
        folder = above;
        if (top)
            return g_strdup(evidence_name);
    }
}

bool command_open(enum store_mode mode, struct store **ret, GError **error)
{
    g_autofree char *path = command_evidence();
    if (mode != STORE_CREATE && !g_file_test(path, G_FILE_TEST_EXISTS)) {
        bool named = db || g_getenv("CITABLE_DB");
        g_set_error(error, CITABLE_ERROR, CITABLE_ERROR_MISSING, named ? "%s: no such evidence file; 'citable ingest --db FILE PATH…' makes one"
                    : "no %s in this folder or above; 'citable ingest PATH…' makes one here, --db FILE names another", path);
        return false;
    }
    const char *stage = timing_enter("open");
    bool opened = store_open(path, mode, ret, error);
    timing_enter(stage);
    if (!opened)
        return false;
    if (store_notice(*ret)) {
        g_autofree char *notice = terminal_safe(store_notice(*ret));
        fprintf(stderr, "citable: %s\n", notice);
    }
    return true;
}

int finish(int code)
{
    pager_wait();
    if (timing_is_on()) {
        fflush(stdout);
        timings_print();
    }
    if (pager_running() || (fflush(stdout) == 0 && !ferror(stdout)) || (code != EXIT_DONE && code != EXIT_NO))
        return code;
    fprintf(stderr, "citable: could not write: the output is not complete\n");
    return EXIT_PARTLY;
}

bool command_may_write(const char *path, bool force, GError **error)
{
    bool may = force || !g_file_test(path, G_FILE_TEST_EXISTS);
    if (!may)
        g_set_error(error, CITABLE_ERROR, CITABLE_ERROR_USAGE, "%s: is there already; --force replaces it", path);
    return may;
}

enum format command_format(void)
{
    return format;
}

static unsigned columns_of_terminal(void)
{
    const char *set = g_getenv("COLUMNS");
    guint64 columns = set ? g_ascii_strtoull(set, NULL, 10) : 0;
    struct winsize size;
    if (columns == 0 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
        columns = size.ws_col;
    return columns < 20 ? 80 : (unsigned)MIN(columns, 400);
}

struct terminal command_terminal(void)
{
    bool is_terminal = pager_running() || isatty(STDOUT_FILENO);
    const char *refused = g_getenv("NO_COLOR"), *kind = g_getenv("TERM");
    struct terminal terminal = {
        .colour = is_terminal && !(refused && *refused) && !(kind && strcmp(kind, "dumb") == 0),
        .width = is_terminal ? columns_of_terminal() : 0,
    };
    if (color_word && strcmp(color_word, "auto") != 0)
        terminal.colour = strcmp(color_word, "always") == 0;
    return terminal;
}

void command_page(void)
{
    timing_enter("print");
    if (!no_pager && format == FORMAT_TEXT && isatty(STDOUT_FILENO))
        pager_start();
}

bool command_talks(void)
{
    return isatty(STDERR_FILENO);
}

void complain(const GError *error)
{
    g_autofree char *line = terminal_safe(error->message);
    fprintf(stderr, "citable: %s\n", line);
}

int wrong_use(const char *message)
{
    fprintf(stderr, "%s: %s; '%s --help' says more\n", g_get_prgname(), message, g_get_prgname());
    return EXIT_WRONG_USE;
}

int give_up(const GError *error)
{
    complain(error);
    if (error->domain != CITABLE_ERROR)
        return EXIT_PARTLY;
    switch ((enum citable_error)error->code) {
    case CITABLE_ERROR_STORE:
    case CITABLE_ERROR_SCHEMA: return EXIT_UNUSABLE;
    case CITABLE_ERROR_QUERY:
    case CITABLE_ERROR_USAGE:
    case CITABLE_ERROR_RULE: return EXIT_WRONG_USE;
    default: return EXIT_PARTLY;
    }
}

int give_up_evidence(const GError *error)
{
    int code = give_up(error);
    return code == EXIT_PARTLY ? EXIT_UNUSABLE : code;
}
