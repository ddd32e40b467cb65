/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "base/timing.h"
#include "cli/command.h"
#include "ingest/reader.h"
#include "query/annotate/annotator.h"
#include "query/check/check.h"
#include "query/print/answer.h"

static char **files, *language, *fail_on, *annotated;
static gboolean all, force;

static const GOptionEntry options[] = {
    {"fail-on", 0, 0, G_OPTION_ARG_STRING, &fail_on, "verdicts that make the exit code 1 (differs,qualifier,context); none = never", "VERDICTS"},
    {"annotate", 0, 0, G_OPTION_ARG_FILENAME, &annotated, "also write the draft with its verdicts: comments in a .docx, or one .html or .md file", "OUT"},
    {"force", 0, 0, G_OPTION_ARG_NONE, &force, "let --annotate replace a file that is there", NULL},
    {"all", 0, 0, G_OPTION_ARG_NONE, &all, "show the passage of supported statistics, too", NULL},
    {"lang", 0, 0, G_OPTION_ARG_STRING, &language, "the draft's language: en, es, fr", "LANG"},
    {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &files, NULL, "DRAFT"},
    {NULL, 0, 0, 0, NULL, NULL, NULL},
};

static const char details[] =
    "DRAFT: .md, .txt, .html, .docx, .odt, .pdf. Verdicts:\n"
    "  supported  the same value for the same thing, place and period; what the source allows, the draft allows\n"
    "  rounded    the same after a rounding that the draft's own words announce\n"
    "  qualifier  the value agrees, the draft dropped or strengthened the source's qualifier\n"
    "  context    the value is in the evidence, but for another place, period or thing counted\n"
    "  differs    the evidence states a different figure for the same thing, place and period\n"
    "  not_found  nothing in the evidence on it (the nearest is shown)\n"
    "  not_read   a number that no rule understood: check it by hand\n"
    "None says that a source is right. Exit code 1: at least one statistic has a verdict of --fail-on.";

static const char *const columns[] = {"text", "value", "verdict", "why", "sentence", "draft_page", "file", "page", "label", "quote", "id", "citation", NULL};

static bool read_fail_on(bool *fails, GError **error)
{
    g_auto(GStrv) words = g_strsplit(fail_on ? fail_on : "differs,qualifier,context", ",", 0);
    for (char **word = words; *word; word++) {
        enum verdict verdict;
        if (g_str_equal(*word, "none"))
            continue;
        if (!verdict_from(*word, &verdict)) {
            g_set_error(error, CITABLE_ERROR, CITABLE_ERROR_USAGE, "check: no verdict '%s'; 'citable check --help' lists them", *word);
            return false;
        }
        fails[verdict] = true;
    }
    return true;
}

static json_t *finding_json(const struct finding *finding)
{
    json_t *object = finding->answer ? answer_json(finding->answer, NULL) : json_object();
    json_t *evidence = NULL;
    if (finding->answer) { /* the figure's own fields stand apart from the draft's */
        evidence = json_deep_copy(object);
        static const char *const draft[] = {"text", "value", "other_value", "kind", "unit", "unit_text", "qualifier", "counted", "period", "period_scope", "places", "place_scope",
                                            "said_by", "note", "note_text", "note_page", "minor", "rule", "type", "sentence", "start", "end", "boxes", "sha256", "language"};
        for (size_t i = 0; i < G_N_ELEMENTS(draft); i++)
            json_object_del(object, draft[i]);
    }
    json_t *record = json_object();
    json_object_set_new(record, "type", json_string("finding"));
    json_object_set_new(record, "text", json_text(finding->text));
    bool read = finding->verdict != VERDICT_NOT_READ;
    const struct quantity *claim = &finding->claim;
    json_object_set_new(record, "value", !read ? json_null() : claim->low == claim->high ? json_value(claim->low) : json_pack("[o,o]", json_value(claim->low), json_value(claim->high)));
    json_object_set_new(record, "qualifier", read ? json_string(qualifier_name(claim->qualifier)) : json_null());
    json_object_set_new(record, "verdict", json_string(verdict_name(finding->verdict)));
    json_object_set_new(record, "why", json_text(finding->why));
    json_object_set_new(record, "sentence", json_text(finding->sentence));
    json_object_set_new(record, "start", json_integer(finding->span.start));
    json_object_set_new(record, "end", json_integer(finding->span.end));
    json_object_set_new(record, "draft_page", finding->page == NONE ? json_null() : json_integer(finding->page));
    json_object_update_missing(record, object);
    json_decref(object);
    if (evidence)
        json_object_set_new(record, "evidence", evidence);
    return record;
}

static enum ink verdict_ink(enum verdict verdict)
{
    switch (verdict) {
    case VERDICT_SUPPORTED:
    case VERDICT_ROUNDED: return INK_TITLE;
    case VERDICT_QUALIFIER:
    case VERDICT_CONTEXT:
    case VERDICT_DIFFERS: return INK_ALARM;
    default: return INK_VALUE;
    }
}

static void print_wrapped(struct terminal terminal, const char *name, const char *value)
{
    g_autoptr(GString) out = g_string_new(NULL);
    g_autofree char *safe = terminal_safe(value), *line = g_strconcat(name, safe, NULL);
    terminal_wrap(&terminal, out, line, 4);
    printf("%s\n", out->str);
}

static void print_finding(const struct finding *finding, struct terminal terminal)
{
    enum ink ink = verdict_ink(finding->verdict);
    g_autofree char *text = terminal_safe(finding->text);
    printf("%s%-9s%s  %s%s%s\n", ink_on(&terminal, ink), verdict_name(finding->verdict), ink_off(&terminal, ink), ink_on(&terminal, INK_VALUE), text, ink_off(&terminal, INK_VALUE));
    if (finding->sentence)
        print_wrapped(terminal, "draft: ", finding->sentence);
    print_wrapped(terminal, "why: ", finding->why);
    bool brief = finding->verdict == VERDICT_SUPPORTED && !all;
    const struct answer *answer = finding->answer;
    if (answer) {
        struct slice quoted = answer_quote(answer);
        g_autofree char *quote = quoted.ptr ? slice_dup(quoted) : NULL;
        struct citation citation = answer_citation(answer, NULL);
        g_autofree char *note = citation_note(&citation);
        g_autoptr(GString) shown = g_string_new(NULL);
        if (!brief && quote)
            quote_append(shown, terminal, quoted, NULL, 600);
        const char *name = finding->verdict == VERDICT_NOT_FOUND ? "nearest: " : "source: ";
        if (shown->len) {
            g_autoptr(GString) out = g_string_new(NULL);
            g_string_prepend(shown, name);
            terminal_wrap(&terminal, out, shown->str, 4);
            printf("%s\n", out->str);
        }
        g_autofree char *where = g_strdup_printf("%s [%s]", note, answer->figure->id);
        print_wrapped(terminal, shown->len ? "" : name, where);
        g_autofree const char **cautions = passage_cautions(answer->passage->flags);
        for (const char **caution = cautions; *caution; caution++)
            print_wrapped(terminal, "caution: ", *caution);
    }
    fputc('\n', stdout);
}

static void print_summary(const unsigned *counts, unsigned n)
{
    g_autoptr(GString) line = g_string_new(NULL);
    for (int i = 0; i < VERDICTS; i++)
        if (counts[i])
            g_string_append_printf(line, "%s%u %s", line->len ? ", " : "", counts[i], verdict_name((enum verdict)i));
    printf("%u %s: %s\n", n, n == 1 ? "statistic" : "statistics", n ? line->str : "the draft has none");
}

static int print_findings(const GPtrArray *all_findings, const bool *fails)
{
    unsigned counts[VERDICTS] = {0}, n = 0;
    bool failed = false;
    command_page();
    struct terminal terminal = command_terminal();
    struct printer *printer = command_format() == FORMAT_TEXT ? NULL : printer_new(command_format(), columns, stdout);
    for (guint d = 0; d < all_findings->len; d++) {
        const GPtrArray *findings = g_ptr_array_index(all_findings, d);
        for (guint i = 0; i < findings->len; i++, n++) {
            const struct finding *finding = g_ptr_array_index(findings, i);
            counts[finding->verdict]++;
            failed = failed || fails[finding->verdict];
            if (printer)
                printer_add(printer, finding_json(finding));
            else
                print_finding(finding, terminal);
        }
    }
    if (printer)
        printer_close(printer);
    else
        print_summary(counts, n);
    return failed ? EXIT_NO : EXIT_DONE;
}

/* The draft as documents; most formats hold one. */
static bool read_draft(const char *path, struct source **source, GPtrArray *documents, GError **error)
{
    if (!source_open(path, source, error))
        return false;
    (*source)->lang = language;
    return reader_read(*source, documents, error);
}

/* OUT must be another file than the draft, of a kind that can hold it, and must not be there yet. */
static bool may_annotate(const GPtrArray *documents, const struct annotator **ret, GError **error)
{
    g_autofree char *out = g_canonicalize_filename(annotated, NULL), *draft = g_canonicalize_filename(files[0], NULL);
    if (!annotator_for(annotated, documents, ret, error))
        return false;
    if (g_str_equal(out, draft)) {
        g_set_error(error, CITABLE_ERROR, CITABLE_ERROR_USAGE, "%s: is the draft itself; name another file", annotated);
        return false;
    }
    return command_may_write(annotated, force, error);
}

/* Written beside its place and moved there whole. */
static bool annotate(const struct annotator *annotator, const struct annotation *annotation, GError **error)
{
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(GError) trouble = NULL;
    if (!annotator->write(annotation, &bytes, error))
        return false;
    if (!g_file_set_contents_full(annotated, g_bytes_get_data(bytes, NULL), (gssize)g_bytes_get_size(bytes), G_FILE_SET_CONTENTS_CONSISTENT, 0666, &trouble)) {
        g_set_error(error, CITABLE_ERROR, CITABLE_ERROR_READ, "%s: could not be written: %s", annotated, trouble->message);
        return false;
    }
    g_autofree char *name = terminal_safe(annotated);
    fprintf(stderr, "citable: %s: written\n", name);
    return true;
}

/* Adds the findings of every document of the draft: GPtrArray * of struct finding *. */
static bool find_all(struct pool *pool, const struct extractor *extractor, const GPtrArray *documents, GPtrArray *all_findings, GError **error)
{
    for (guint i = 0; i < documents->len; i++) {
        GPtrArray *findings = NULL;
        if (!check_draft(pool, extractor, g_ptr_array_index(documents, i), &findings, error))
            return false;
        g_ptr_array_add(all_findings, findings);
    }
    return true;
}

static int check(struct store *store, const struct extractor *extractor, const struct annotator *annotator, const struct source *source, const GPtrArray *documents, const bool *fails)
{
    g_autoptr(GError) error = NULL;
    struct library *library = library_new(store);
    struct pool *pool = pool_new(library);
    g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    struct annotation annotation = {source, documents, findings};
    bool ok = find_all(pool, extractor, documents, findings, &error) && (!annotator || annotate(annotator, &annotation, &error));
    int code = ok ? print_findings(findings, fails) : give_up(error);
    g_ptr_array_set_size(findings, 0);
    pool_free(pool);
    library_free(library);
    return code;
}

int cmd_check(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    bool fails[VERDICTS] = {false};
    if (!command_parse_evidence(&argc, &argv, options, details, &error) || !read_fail_on(fails, &error))
        return give_up(error);
    if (!files || files[1])
        return wrong_use("name one draft");
    if (force && !annotated)
        return wrong_use("--force goes with --annotate");
    g_autoptr(GPtrArray) documents = g_ptr_array_new_with_free_func((GDestroyNotify)document_free);
    struct source *source = NULL;
    struct extractor *extractor = NULL;
    struct store *store = NULL;
    const struct annotator *annotator = NULL;
    int code;
    timing_enter("draft");
    if (!read_draft(files[0], &source, documents, &error) || (annotated && !may_annotate(documents, &annotator, &error)) || !extractor_new(NULL, &extractor, &error))
        code = give_up(error);
    else if (!command_open(STORE_READ, &store, &error))
        code = give_up_evidence(error);
    else
        code = check(store, extractor, annotator, source, documents, fails);
    store_close(store);
    extractor_free(extractor);
    source_free(source);
    return code;
}
