/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "base/limits.h"
#include "base/timing.h"
#include "cli/command.h"
#include "cli/last_words.h"
#include "cli/progress.h"

static char **paths, *lang, *rules, *ocr_word;
static enum ocr_mode ocr;
static gboolean look;
static int jobs, silence = LIMIT_WORKER_SILENCE_S, memory = LIMIT_WORKER_MEMORY_MB;
static gboolean again, require_sandbox, quiet;

static const GOptionEntry options[] = {
    {"jobs", 'j', 0, G_OPTION_ARG_INT, &jobs, "files read at the same time (one a core)", "N"},
    {"lang", 0, 0, G_OPTION_ARG_STRING, &lang, "read as this language: en, es, fr", "LANG"},
    {"look", 0, 0, G_OPTION_ARG_NONE, &look, "draw every page of a PDF that holds a digit, and flag text that is not what the page shows (slower)", NULL},
    {"ocr", 0, 0, G_OPTION_ARG_STRING, &ocr_word, "read pages as pictures: auto (those without usable text), never or force", "WHEN"},
    {"rules", 0, 0, G_OPTION_ARG_FILENAME, &rules, "a folder of your own rules, read after ours", "DIR"},
    {"again", 0, 0, G_OPTION_ARG_NONE, &again, "read also what has not changed", NULL},
    {"page-seconds", 0, 0, G_OPTION_ARG_INT, &silence, "leave a page out that takes more work (30)", "S"},
    {"memory", 0, 0, G_OPTION_ARG_INT, &memory, "MiB that reading one file may take (2048)", "MIB"},
    {"require-sandbox", 0, 0, G_OPTION_ARG_NONE, &require_sandbox, "read nothing where the system cannot confine the readers fully", NULL},
    {"quiet", 'q', 0, G_OPTION_ARG_NONE, &quiet, "no summary; only what went wrong", NULL},
    {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &paths, NULL, "PATH…"},
    {NULL, 0, 0, 0, NULL, NULL, NULL},
};

static const char details[] = "PATH: files, folders (all that is in them), or - for standard input. What has not changed since the last time is not read again.\n"
                              "Example: citable ingest reports/ news/";

static const char *const columns[] = {"file", "member", "status", "code", "page", "reason", "id", "pages", "figures", NULL};

/* So many lines with one code about documents that were read to their end; the others are counted, and status lists them all. */
enum { LINES_A_CODE = 5 };

/* What a run came to. */
struct totals {
    struct printer *printer; /* NULL: text */
    GHashTable *remarks;     /* code → how many documents that were read to their end have it */
    uint32_t added, partial, unchanged, skipped, failed, refused;
    uint64_t pages, figures;
};

static json_t *number_or_null(uint32_t number)
{
    return number == NONE ? json_null() : json_integer(number);
}

static json_t *result_json(const struct build_result *r)
{
    bool has = r->id && strcmp(r->status, "skipped") != 0; /* a duplicate names the document that is there */
    return json_pack("{s:o,s:o,s:s,s:o,s:o,s:o,s:o,s:o,s:o,s:b}", "file", json_text(r->file), "member", json_text(r->member), "status", r->status, "code", json_text(r->code),
                     "page", number_or_null(r->page), "reason", json_text(r->reason), "id", json_text(r->id), "pages", has ? json_integer(r->pages) : json_null(), "figures",
                     has ? json_integer(r->figures) : json_null(), "partial", r->partial);
}

static void print_trouble(const struct build_result *r)
{
    progress_clear();
    g_autofree char *file = terminal_safe(r->file), *member = terminal_safe(r->member ? r->member : ""), *reason = terminal_safe(r->reason);
    fprintf(stderr, "citable: %s%s%s: %s%s\n", file, *member ? "!" : "", member, strcmp(r->status, "skipped") == 0 ? "skipped: " : "", reason);
}

/* A document that was read, with something to know before it is quoted: a hundred such lines would hide the one about a file that failed. */
static void print_remark(const struct totals *totals, const struct build_result *r)
{
    guint count = GPOINTER_TO_UINT(g_hash_table_lookup(totals->remarks, r->code)) + 1;
    g_hash_table_insert(totals->remarks, g_strdup(r->code), GUINT_TO_POINTER(count));
    if (count <= LINES_A_CODE)
        print_trouble(r);
}

static void print_more_remarks(const struct totals *totals)
{
    g_autoptr(GList) codes = g_list_sort(g_hash_table_get_keys(totals->remarks), (GCompareFunc)g_strcmp0);
    for (const GList *code = codes; code; code = code->next) {
        guint count = GPOINTER_TO_UINT(g_hash_table_lookup(totals->remarks, code->data));
        if (count > LINES_A_CODE)
            fprintf(stderr, "citable: %s: %u more document%s; 'citable status' lists them\n", (const char *)code->data, count - LINES_A_CODE, count == LINES_A_CODE + 1 ? "" : "s");
    }
}

static void on_result(void *data, const struct build_result *r)
{
    struct totals *totals = data;
    bool failed = strcmp(r->status, "failed") == 0, skipped = strcmp(r->status, "skipped") == 0, added = strcmp(r->status, "added") == 0;
    totals->added += added;
    totals->partial += r->partial;
    totals->failed += failed;
    totals->skipped += skipped;
    totals->unchanged += !failed && !skipped && !added;
    totals->refused += skipped && r->named && g_strcmp0(r->code, "duplicate") != 0;
    if (!failed && !skipped) {
        totals->pages += r->pages;
        totals->figures += r->figures;
    }
    if (totals->printer)
        printer_add(totals->printer, result_json(r));
    else if (r->reason && r->code && added && !r->partial)
        print_remark(totals, r);
    else if (r->reason)
        print_trouble(r);
}

static void on_progress(void *data, const struct build_progress *progress)
{
    (void)data;
    progress_show(progress);
}

static void on_notice(void *data, const char *line)
{
    (void)data;
    progress_clear();
    g_autofree char *safe = terminal_safe(line);
    fprintf(stderr, "citable: %s\n", safe);
}

static void print_totals(const struct totals *t, const char *evidence)
{
    static const char *const names[] = {"added", "unchanged", "skipped", "failed"};
    const uint32_t numbers[] = {t->added, t->unchanged, t->skipped, t->failed};
    g_autofree char *safe = terminal_safe(evidence);
    g_autoptr(GString) line = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (numbers[i] > 0)
            g_string_append_printf(line, "%s%u %s", line->len ? ", " : "", numbers[i], names[i]);
    if (t->partial > 0)
        g_string_append_printf(line, " (%u in part)", t->partial);
    printf("%s: %s; %" G_GUINT64_FORMAT " page%s, %" G_GUINT64_FORMAT " figure%s\n", safe, line->len ? line->str : "nothing to read", t->pages, t->pages == 1 ? "" : "s",
           t->figures, t->figures == 1 ? "" : "s");
}

static int ingest(struct extractor *extractor, struct store *store, const char *evidence)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GHashTable) remarks = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    struct totals totals = {.remarks = remarks, .printer = command_format() == FORMAT_TEXT ? NULL : printer_new(command_format(), columns, stdout)};
    struct build_options build = {
        .extractor = extractor, .lang = lang, .ocr = ocr, .look = look, .jobs = (unsigned)MAX(jobs, 0), .again = again, .require_sandbox = require_sandbox, .silence_s = (uint32_t)silence,
        .memory_mb = (uint32_t)memory, .result = on_result, .progress = command_talks() ? on_progress : NULL, .notice = on_notice, .data = &totals,
    };
    bool ok = build_run(store, paths, &build, &error);
    progress_clear();
    print_more_remarks(&totals);
    if (totals.printer)
        printer_close(totals.printer);
    else if (ok && !quiet)
        print_totals(&totals, evidence);
    if (!ok)
        return give_up_evidence(error);
    return totals.failed + totals.refused > 0 ? EXIT_PARTLY : EXIT_DONE;
}

/* No evidence file is made for a slip of the pen: says which paths are none, when all are. */
static bool all_missing(void)
{
    for (char **path = paths; *path; path++)
        if (strcmp(*path, "-") == 0 || g_file_test(*path, G_FILE_TEST_EXISTS))
            return false;
    for (char **path = paths; *path; path++) {
        g_autofree char *safe = terminal_safe(*path);
        fprintf(stderr, "citable: %s: no such file or folder\n", safe);
    }
    return true;
}

static int open_and_ingest(struct extractor *extractor)
{
    g_autoptr(GError) error = NULL;
    struct store *store = NULL;
    g_autofree char *evidence = command_evidence();
    if (!g_file_test(evidence, G_FILE_TEST_EXISTS) && all_missing())
        return EXIT_PARTLY;
    if (!command_open(STORE_CREATE, &store, &error))
        return give_up_evidence(error);
    last_words_of_interrupt("interrupted; what was read to its end is kept, and the same command goes on from there");
    int code = ingest(extractor, store, evidence);
    store_close(store);
    return code;
}

int cmd_ingest(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    if (!command_parse_evidence(&argc, &argv, options, details, &error))
        return give_up(error);
    if (!paths)
        return wrong_use("name files or folders");
    if (ocr_word && !ocr_mode_from(ocr_word, &ocr))
        return wrong_use("--ocr takes auto, never or force");
    if (silence < 1 || memory < 1)
        return wrong_use(silence < 1 ? "--page-seconds is 1 or more" : "--memory is 1 or more");
    struct extractor *extractor = NULL;
    timing_enter("rules");
    if (!extractor_new(rules, &extractor, &error))
        return give_up(error);
    timing_enter("walk and wait");
    int code = open_and_ingest(extractor);
    extractor_free(extractor);
    return code;
}
