/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"
#include "cli/progress.h"
#include "index/verify.h"
#include "query/cite/cited.h"

static int jobs;
static char **files, **places;

static const GOptionEntry options[] = {
    {"jobs", 'j', 0, G_OPTION_ARG_INT, &jobs, "files read at the same time (one a core)", "N"},
    {"in", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &places, "look for citations in this file or folder, not in the evidence (may be repeated)", "PATH"},
    {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &files, NULL, "[CITATIONS…]"},
    {NULL, 0, 0, 0, NULL, NULL, NULL},
};

static const char details[] = "Hashes and reads every file again, and looks for every stored passage at its place.\n"
                              "CITATIONS: files that 'citable cite --style csl-json' or 'citable export' (jsonl, annotations, csl-json) wrote earlier: is what they quote still\n"
                              "there, in the documents as they are today?\n"
                              "Exit code 1: a file has changed or is gone, a passage or quote was not found again, or a passage or figure is not what was written.";

static const char *const columns[] = {"id", "file", "member", "status", "where", "reason", "passages", "lost", "lost_figures", NULL};

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
    if (r->lost_figures > 0)
        printf(" (%u %s not what was written)", r->lost_figures, r->lost_figures == 1 ? "figure is" : "figures are");
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
    printer_add(t->printer, json_pack("{s:o,s:o,s:o,s:s,s:o,s:o,s:i,s:i,s:i}", "id", json_text(r->document->id), "file", json_text(r->document->path), "member",
                                      json_text(r->document->member), "status", r->status, "where", json_text(r->where), "reason", json_text(r->reason), "passages",
                                      (int)r->passages, "lost", (int)r->lost, "lost_figures", (int)r->lost_figures));
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

static const char *const quote_columns[] = {"citations", "id", "status", "file", "page", "file_now", "page_now", "quote", "quote_now", "reason", NULL};

/* What became of citations, for people. `page`: say on which page it was, too. */
static const struct outcome {
    const char *word, *tail;
} outcomes[] = {
    [QUOTED_UNCHECKED] = {"unchecked", "neither words nor a hash to look for"},
    [QUOTED_GONE] = {"gone", "no document has these bytes, this name or these words"},
    [QUOTED_UNREADABLE] = {"unreadable", NULL},
    [QUOTED_TEXT_CHANGED] = {"text changed", NULL},
    [QUOTED_MOVED] = {"moved", NULL},
    [QUOTED_DOCUMENT_CHANGED] = {"document changed", NULL},
    [QUOTED_FOUND] = {"found", NULL},
};

/* At most 90 characters of a text, on one line. */
static char *shortened(const char *text)
{
    g_autofree char *safe = terminal_safe(text);
    if (g_utf8_strlen(safe, -1) <= 90)
        return g_strdup(safe);
    return g_strdup_printf("%.*s…", (int)(g_utf8_offset_to_pointer(safe, 88) - safe), safe);
}

static void print_quote(const struct quoted *q)
{
    const struct outcome *outcome = &outcomes[q->status];
    g_autoptr(GString) line = g_string_new(NULL);
    g_autofree char *file = terminal_safe(q->file_now ? q->file_now : q->file ? q->file : q->url ? q->url : q->id ? q->id : "?");
    g_string_append_printf(line, "%-16s  %s", outcome->word, file);
    if (q->page != NONE)
        g_string_append_printf(line, ", page %u", q->page);
    if (q->status == QUOTED_MOVED && q->page_now != NONE)
        g_string_append_printf(line, " → page %u", q->page_now);
    if (q->quote) {
        g_autofree char *quote = shortened(q->quote);
        g_string_append_printf(line, ": “%s”", quote);
    }
    const char *tail = q->reason ? q->reason : outcome->tail;
    if (tail) {
        g_autofree char *safe = terminal_safe(tail);
        g_string_append_printf(line, " (%s)", safe);
    }
    puts(line->str);
    if (q->quote_now) {
        g_autofree char *now = terminal_safe(q->quote_now), *page = q->page_now == NONE ? g_strdup("now") : g_strdup_printf("now, page %u", q->page_now);
        printf("%16s  %s: “%s”\n", "", page, now);
    }
}

static json_t *page_or_null(uint32_t page)
{
    return page == NONE ? json_null() : json_integer(page);
}

static json_t *quote_json(const struct quoted *q, const char *citations)
{
    return json_pack("{s:o,s:o,s:s,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o}", "citations", json_text(citations), "id", json_text(q->id), "status", quoted_status_name(q->status), "file",
                     json_text(q->file), "sha256", json_text(q->sha256), "page", page_or_null(q->page), "quote", json_text(q->quote), "file_now", json_text(q->file_now),
                     "sha256_now", json_text(q->sha256_now), "page_now", page_or_null(q->page_now), "quote_now", json_text(q->quote_now), "reason", json_text(q->reason));
}

/* ends: how many citations stand in the files up to each. */
static int print_quotes(const GPtrArray *quotes, const GArray *ends)
{
    guint counts[QUOTED_FOUND + 1] = {0}, file = 0;
    struct printer *printer = command_format() == FORMAT_TEXT ? NULL : printer_new(command_format(), quote_columns, stdout);
    for (guint i = 0; i < quotes->len; i++) {
        const struct quoted *quoted = g_ptr_array_index(quotes, i);
        counts[quoted->status]++;
        while (i >= g_array_index(ends, guint, file))
            file++;
        if (printer)
            printer_add(printer, quote_json(quoted, files[file]));
        else
            print_quote(quoted);
    }
    if (printer) {
        printer_close(printer);
    } else {
        printf("%u %s", quotes->len, quotes->len == 1 ? "citation" : "citations");
        for (int status = QUOTED_FOUND, n = 0; status >= 0; status--)
            if (counts[status])
                printf("%s%u %s", n++ ? ", " : ": ", counts[status], outcomes[status].word);
        putchar('\n');
    }
    return counts[QUOTED_FOUND] + counts[QUOTED_DOCUMENT_CHANGED] == quotes->len ? EXIT_DONE : EXIT_NO;
}

static int verify_citations(struct extractor *extractor, struct store *store)
{
    g_autoptr(GPtrArray) quotes = g_ptr_array_new_with_free_func((GDestroyNotify)quoted_free);
    g_autoptr(GArray) ends = g_array_new(FALSE, FALSE, sizeof(guint));
    bool all = true;
    for (char **file = files; *file; file++) {
        g_autoptr(GError) problem = NULL;
        if (!cited_read(*file, quotes, &problem)) {
            complain(problem);
            all = false;
        }
        g_array_append_val(ends, quotes->len);
    }
    g_autoptr(GError) error = NULL;
    struct build_options build = {.extractor = extractor, .jobs = (unsigned)MAX(jobs, 0), .progress = command_talks() ? on_progress : NULL};
    bool ok = verify_quotes(store, places, &build, quotes, &error);
    progress_clear();
    if (!ok)
        return give_up_evidence(error);
    int code = quotes->len > 0 || all ? print_quotes(quotes, ends) : EXIT_PARTLY;
    return all ? code : EXIT_PARTLY;
}

int cmd_verify(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    if (!command_parse_evidence(&argc, &argv, options, details, &error))
        return give_up(error);
    struct extractor *extractor = NULL;
    struct store *store = NULL;
    if (places && !files)
        return wrong_use("--in says where to look for citations: give a file of them");
    if (!places && !command_open(STORE_READ, &store, &error))
        return give_up_evidence(error);
    int code;
    if (!extractor_new(NULL, &extractor, &error))
        code = give_up(error);
    else
        code = files ? verify_citations(extractor, store) : verify(extractor, store);
    extractor_free(extractor);
    store_close(store);
    return code;
}
