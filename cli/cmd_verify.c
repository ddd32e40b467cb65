/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"
#include "cli/progress.h"
#include "index/verify.h"

static int jobs;

static const GOptionEntry options[] = {
    {"jobs", 'j', 0, G_OPTION_ARG_INT, &jobs, "files read at the same time (one a core)", "N"},
    {NULL, 0, 0, 0, NULL, NULL, NULL},
};

static const char details[] = "Hashes and reads every file again, and looks for every stored passage at its place.\n"
                              "Exit code 1: a file has changed or is gone, or a passage was not found again.";

static const char *const columns[] = {"id", "file", "member", "status", "where", "reason", "passages", "lost", NULL};

struct totals {
    struct printer *printer; /* NULL: text */
    uint32_t unchanged, moved, other;
    uint64_t passages, lost;
};

static void print_line(const struct verify_result *r)
{
    if (strcmp(r->status, "unchanged") == 0 && r->lost == 0)
        return;
    g_autofree char *file = terminal_safe(r->document->path), *where = terminal_safe(r->where ? r->where : ""), *reason = terminal_safe(r->reason ? r->reason : "");
    progress_clear();
    printf("%s  %s: %s%s%s%s%s", r->document->id, file, r->status, *where ? " to " : "", where, *reason ? ": " : "", reason);
    if (r->lost > 0)
        printf(" (%u of %u passages not found at their place)", r->lost, r->passages);
    putchar('\n');
}

static void on_result(void *data, const struct verify_result *r)
{
    struct totals *t = data;
    bool unchanged = strcmp(r->status, "unchanged") == 0, moved = strcmp(r->status, "moved") == 0;
    t->unchanged += unchanged;
    t->moved += moved;
    t->other += !unchanged && !moved;
    t->passages += r->passages;
    t->lost += r->lost;
    if (!t->printer) {
        print_line(r);
        return;
    }
    printer_add(t->printer, json_pack("{s:o,s:o,s:o,s:s,s:o,s:o,s:i,s:i}", "id", json_text(r->document->id), "file", json_text(r->document->path), "member",
                                      json_text(r->document->member), "status", r->status, "where", json_text(r->where), "reason", json_text(r->reason), "passages",
                                      (int)r->passages, "lost", (int)r->lost));
}

static void on_progress(void *data, const struct build_progress *progress)
{
    (void)data;
    progress_show(progress);
}

static int verify(struct extractor *extractor, struct store *store)
{
    g_autoptr(GError) error = NULL;
    struct totals t = {.printer = command_format() == FORMAT_TEXT ? NULL : printer_new(command_format(), columns, stdout)};
    struct build_options build = {.extractor = extractor, .jobs = (unsigned)MAX(jobs, 0), .progress = command_talks() ? on_progress : NULL, .data = &t};
    bool ok = verify_run(store, &build, on_result, &error);
    progress_clear();
    if (t.printer)
        printer_close(t.printer);
    else if (ok)
        printf("%u documents unchanged, %u moved, %u otherwise; %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " passages found again at their place\n", t.unchanged, t.moved, t.other,
               t.passages - t.lost, t.passages);
    if (!ok)
        return give_up_evidence(error);
    return t.other > 0 || t.lost > 0 ? EXIT_NO : EXIT_DONE;
}

int cmd_verify(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    if (!command_parse_evidence(&argc, &argv, options, details, &error))
        return give_up(error);
    struct extractor *extractor = NULL;
    struct store *store = NULL;
    if (argc > 1)
        return wrong_use("takes no arguments");
    if (!command_open(STORE_READ, &store, &error))
        return give_up_evidence(error);
    int code;
    if (!extractor_new(NULL, &extractor, &error))
        code = give_up(error);
    else
        code = verify(extractor, store);
    extractor_free(extractor);
    store_close(store);
    return code;
}
