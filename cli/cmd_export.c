/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"
#include "cli/filter.h"
#include "cli/last_words.h"
#include "query/export/bag.h"
#include "query/export/exporter.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

static char **words, *output, *folder;
static gboolean list, reviews, spreadsheet, without_documents, force;

static const GOptionEntry options[] = {
    FILTER_OPTIONS,
    {"output", 'o', 0, G_OPTION_ARG_FILENAME, &output, "write to this file", "FILE"},
    {"force", 0, 0, G_OPTION_ARG_NONE, &force, "let --output replace a file that is there", NULL},
    {"for-spreadsheet", 0, 0, G_OPTION_ARG_NONE, &spreadsheet, "csv: disarm cells that a spreadsheet would run as formulas (they are no longer verbatim)", NULL},
    {"reviews", 0, 0, G_OPTION_ARG_NONE, &reviews, "csv, jsonl, xlsx: also what persons said of each ('citable review')", NULL},
    {"bag", 0, 0, G_OPTION_ARG_FILENAME, &folder, "write a pack into a new folder: figures, references, documents, pages with the passages marked, hashes (BagIt)", "DIR"},
    {"without-documents", 0, 0, G_OPTION_ARG_NONE, &without_documents, "--bag: the documents' names and hashes, no copies of them", NULL},
    {"list-kinds", 0, 0, G_OPTION_ARG_NONE, &list, "print what can be written", NULL},
    {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &words, NULL, "WHAT [QUERY] | --bag DIR [QUERY]"},
    {NULL, 0, 0, 0, NULL, NULL, NULL},
};

static const char details[] = "WHAT: csv, jsonl, xlsx, annotations, geojson, facts, biblatex, ris, csl-json. QUERY and the filters choose figures as in 'citable figures'; without them, all.\n"
                              "Examples: citable export geojson displaced --period 2014 -o map.geojson; citable export --bag honduras-pack --place HN";

static int list_exporters(void)
{
    for (size_t i = 0; i < n_exporters; i++)
        printf("%-12s %s\n", exporters[i].name, exporters[i].help);
    return EXIT_DONE;
}

/* Damaged text is no evidence: it is told, and left out. */
static bool write_all(struct export *export, const struct exporter *exporter, const GPtrArray *answers, unsigned *damaged, GError **error)
{
    bool ok = true;
    exporter->begin(export);
    for (guint i = 0; ok && i < answers->len && !interrupt_came(); i++) {
        const struct answer *answer = g_ptr_array_index(answers, i);
        if (!answer_quote(answer).ptr) {
            ++*damaged;
            continue;
        }
        ok = exporter->add(export, answer, error);
        export->added++;
    }
    exporter->end(export);
    return ok;
}

/* A new file takes the place of the one that was named when it is whole: half an export would pass for all of it. Where more would be lost than what stood
 * there (another name of the file, its owner, who else may read it), and where it is no file, it is written to at once. */
struct target {
    FILE *out;
    char *path, *temporary; /* the file that is replaced, and what replaces it; NULL: written at once */
    struct stat old;        /* of path, if `there` */
    bool there;
};

/* Standard output by another name. */
static bool is_stdout(const struct stat *status)
{
    struct stat own;
    return fstat(STDOUT_FILENO, &own) == 0 && own.st_dev == status->st_dev && own.st_ino == status->st_ino;
}

static bool is_replaceable(const char *path, const struct stat *old)
{
    g_autofree char *around = g_path_get_dirname(path);
    bool plain = S_ISREG(old->st_mode) && old->st_nlink == 1 && !is_stdout(old);
    bool own = old->st_uid == geteuid() && (old->st_gid == getegid() || group_member(old->st_gid)) && getxattr(path, "system.posix_acl_access", NULL, 0) < 0;
    return plain && own && access(path, W_OK) == 0 && access(around, W_OK | X_OK) == 0;
}

/* Sets the path of the file that a name leads to, or is to be; NULL where it is written to at once. */
static void target_find(struct target *target, const char *name)
{
    struct stat link;
    target->there = stat(name, &target->old) == 0;
    bool is_new = !target->there && lstat(name, &link) != 0;
    char *whole = target->there ? realpath(name, NULL) : NULL;
    if (is_new || (whole && is_replaceable(whole, &target->old)))
        target->path = g_strdup(is_new ? name : whole);
    free(whole);
}

/* As standard output is open already: opened anew by a name it would be cut. */
static bool target_open_at_once(struct target *target)
{
    last_words_of_interrupt("interrupted: the export is not complete");
    bool open_already = target->there && is_stdout(&target->old);
    target->out = open_already ? fdopen(fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1), "w") : fopen(output, "w");
    return target->out != NULL;
}

static void target_free(struct target *target)
{
    g_free(target->path);
    g_free(target->temporary);
}

/* False: nothing is left of it, and errno is set. */
static bool target_open(struct target *target)
{
    target_find(target, output);
    if (!target->path)
        return target_open_at_once(target);
    g_autofree char *around = g_path_get_dirname(target->path);
    target->temporary = g_build_filename(around, ".citable-XXXXXX", NULL);
    interrupt_remember();
    mode_t mode = target->there ? target->old.st_mode & 0777 : 0666;
    int file = g_mkstemp_full(target->temporary, O_WRONLY | O_CLOEXEC, (int)mode);
    bool ok = file >= 0 && (!target->there || (fchown(file, (uid_t)-1, target->old.st_gid) == 0 && fchmod(file, mode) == 0));
    target->out = ok ? fdopen(file, "w") : NULL;
    if (target->out)
        return true;
    int why = errno;
    if (file >= 0) {
        g_unlink(target->temporary);
        close(file);
    }
    target_free(target);
    errno = why;
    return false;
}

/* False: it could not be written; of a file that is replaced, what was there before still is. */
static bool target_close(struct target *target, bool written)
{
    written = fclose(target->out) == 0 && written;
    if (target->temporary && written)
        written = g_rename(target->temporary, target->path) == 0;
    if (target->temporary && !written)
        g_unlink(target->temporary);
    target_free(target);
    return written;
}

static int cannot_write(void)
{
    g_autofree char *path = terminal_safe(output);
    fprintf(stderr, "citable: %s: %s\n", path, g_strerror(errno));
    return EXIT_PARTLY;
}

static int write_answers(struct library *library, const struct exporter *exporter, const GPtrArray *answers)
{
    g_autoptr(GError) error = NULL;
    struct target target = {.out = stdout};
    unsigned damaged = 0;
    if (output && !target_open(&target))
        return cannot_write();
    bool whole_or_none = target.temporary != NULL;
    struct export export = {.library = library, .out = target.out, .spreadsheet = spreadsheet, .reviews = reviews};
    bool ok = write_all(&export, exporter, answers, &damaged, &error);
    bool written = fflush(export.out) == 0 && !ferror(export.out) && !export.failed && !interrupt_came();
    if (output)
        written = target_close(&target, ok && written) && written;
    if (!ok)
        return give_up(error);
    if (!written)
        fprintf(stderr, "citable: %s: %s\n", interrupt_came() ? "interrupted" : "could not write", whole_or_none ? "nothing of the export is left" : "the export is not complete");
    if (damaged)
        fprintf(stderr, "citable: stored text damaged: %u %s left out; 'citable verify' names them\n", damaged, damaged == 1 ? "figure was" : "figures were");
    return damaged || !written ? EXIT_PARTLY : EXIT_DONE;
}

static void tell(void *data, const char *line)
{
    bool *partly = data;
    g_autofree char *safe = terminal_safe(line);
    fprintf(stderr, "citable: %s\n", safe);
    *partly = true;
}

static bool stop(void *data)
{
    (void)data;
    return interrupt_came();
}

static int write_bag(struct library *library, const GPtrArray *answers)
{
    g_autoptr(GError) error = NULL;
    bool partly = false;
    g_autofree char *description = words ? g_strjoinv(" ", words) : NULL;
    struct bag_options bag = {.folder = folder, .description = description, .documents = !without_documents, .reviews = reviews, .trouble = tell, .stop = stop, .data = &partly};
    interrupt_remember();
    if (!bag_write(library, answers, &bag, &error))
        return give_up(error);
    return partly ? EXIT_PARTLY : EXIT_DONE;
}

/* exporter: NULL for a pack. */
static int export_figures(struct store *store, const struct exporter *exporter, const struct query *query)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) answers = g_ptr_array_new_with_free_func((GDestroyNotify)answer_free);
    struct library *library = library_new(store);
    bool more, ok = filter_figures(library, query, 0, answers, &more, &error);
    int code;
    if (ok && answers->len > 0)
        reviews = filter_rejected(answers, query, reviews);
    if (!ok) {
        code = give_up(error);
    } else if (answers->len == 0) {
        fputs("No figure in the evidence fits.\n", stderr);
        code = EXIT_NO;
    } else {
        code = exporter ? write_answers(library, exporter, answers) : write_bag(library, answers);
    }
    g_ptr_array_set_size(answers, 0);
    library_free(library);
    return code;
}

int cmd_export(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    if (!command_parse_writer(&argc, &argv, options, details, &error))
        return give_up(error);
    if (command_format() != FORMAT_TEXT)
        return wrong_use("--format is not for exports; the first word says what to write: csv, jsonl, …");
    if (list)
        return list_exporters();
    if (folder ? output || spreadsheet : without_documents)
        return wrong_use(folder ? "--bag takes neither --output nor --for-spreadsheet" : "--without-documents is for --bag");
    if (force && !output)
        return wrong_use("--force goes with --output");
    const struct exporter *exporter = words && !folder ? exporter_named(words[0]) : NULL;
    char **asked = words && !folder ? words + 1 : words;
    if (!exporter && !folder)
        return wrong_use(words ? "no such kind of export; --list-kinds prints them" : "say what to write: csv, jsonl, xlsx, annotations, geojson, facts, biblatex, ris, csl-json");
    struct query *query = NULL;
    struct store *store = NULL;
    int code;
    if ((output && !command_may_write(output, force, &error)) || !filter_query(asked && *asked ? asked : NULL, &query, &error))
        code = give_up(error);
    else if (!command_open(STORE_READ, &store, &error))
        code = give_up_evidence(error);
    else
        code = export_figures(store, exporter, query);
    store_close(store);
    query_free(query);
    return code;
}
