/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/rule_test.h"

#include "base/error.h"
#include "extract/extractor.h"
#include "ingest/reader.h"

#include <math.h>

const GPtrArray *extractor_rules(const struct extractor *extractor)
{
    return extractor->rules->all;
}

/* A text as a document, read as any text file is. */
static bool read_text_as(const char *text, const char *lang, GPtrArray *documents, GError **error)
{
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    struct source *source = source_new("text", bytes);
    source->lang = lang;
    bool ok = reader_read(source, documents, error);
    source_free(source);
    return ok;
}

static bool field_holds(const struct figure *figure, const char *key, const char *value)
{
    const struct quantity *q = &figure->quantity;
    if (strcmp(key, "value") == 0) {
        double want = g_ascii_strtod(value, NULL);
        return fabs(q->low - want) <= 1e-9 * fmax(1, fabs(want));
    }
    if (strcmp(key, "high") == 0)
        return q->high == g_ascii_strtod(value, NULL); /* both read from the same digits */
    if (strcmp(key, "kind") == 0)
        return strcmp(kind_name(q->kind), value) == 0;
    if (strcmp(key, "qualifier") == 0)
        return strcmp(qualifier_name(q->qualifier), value) == 0;
    if (strcmp(key, "unit") == 0)
        return g_strcmp0(q->unit, value) == 0;
    if (strcmp(key, "minor") == 0)
        return figure->minor == (strcmp(value, "true") == 0);
    return false;
}

static bool fields_hold(const struct figure *figure, const char *fields)
{
    g_auto(GStrv) pairs = g_strsplit(fields, " ", -1);
    for (char **pair = pairs; *pair; pair++) {
        char *equals = strchr(*pair, '=');
        if (**pair == '\0')
            continue;
        if (!equals)
            return false;
        *equals = '\0';
        if (!field_holds(figure, *pair, equals + 1))
            return false;
    }
    return true;
}

/* What a rule came to in a text. */
struct outcome {
    bool used, fields;
};

static struct outcome run_example(const struct extractor *extractor, const struct rule *rule, const struct rule_example *example, GString *report)
{
    struct outcome outcome = {.fields = example->fields == NULL};
    g_autoptr(GPtrArray) documents = g_ptr_array_new_with_free_func((GDestroyNotify)document_free);
    g_autoptr(GPtrArray) troubles = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GArray) trace = g_array_new(FALSE, FALSE, sizeof(struct rule_event));
    if (!read_text_as(example->text, language_name(rule->language), documents, NULL) || documents->len == 0)
        return outcome;
    struct mentions *mentions = extractor_trace(extractor, g_ptr_array_index(documents, 0), troubles, trace);
    for (guint i = 0; i < trace->len; i++) {
        const struct rule_event *event = &g_array_index(trace, struct rule_event, i);
        outcome.used |= event->used && strcmp(event->rule, rule->id) == 0;
    }
    const GArray *figures = mentions_of(mentions, MENTION_FIGURE);
    for (guint i = 0; i < figures->len && example->fields; i++)
        outcome.fields |= fields_hold(&g_array_index(figures, struct mention, i).figure, example->fields);
    for (guint i = 0; i < troubles->len; i++)
        g_string_append_printf(report, "%s:%u: %s\n", rule->file, example->line, (const char *)g_ptr_array_index(troubles, i));
    mentions_free(mentions);
    return outcome;
}

static unsigned run_examples(const struct extractor *extractor, const struct rule *rule, const GArray *examples, bool match, GString *report)
{
    unsigned failed = 0;
    for (guint i = 0; i < examples->len; i++) {
        const struct rule_example *example = &g_array_index(examples, struct rule_example, i);
        struct outcome outcome = run_example(extractor, rule, example, report);
        const char *what = match && !outcome.used     ? "took no effect in"
                         : match && !outcome.fields   ? "no figure has the fields in"
                         : !match && outcome.used     ? "must not take effect in"
                                                      : NULL;
        if (what) {
            failed++;
            g_string_append_printf(report, "%s:%u: %s %s: %s\n", rule->file, example->line, rule->id, what, example->text);
        }
    }
    return failed;
}

unsigned rules_test(const struct extractor *extractor, GString *report, unsigned *lines)
{
    unsigned failed = 0;
    *lines = 0;
    for (guint i = 0; i < extractor->rules->all->len; i++) {
        const struct rule *rule = g_ptr_array_index(extractor->rules->all, i);
        if (rule->off)
            continue;
        failed += run_examples(extractor, rule, rule->matches, true, report);
        failed += run_examples(extractor, rule, rule->rejects, false, report);
        *lines += rule->matches->len + rule->rejects->len;
    }
    return failed;
}

static int by_place(const void *a, const void *b)
{
    const struct rule_event *x = a, *y = b;
    if (x->span.start != y->span.start)
        return x->span.start < y->span.start ? -1 : 1;
    return strcmp(x->rule, y->rule);
}

static void print_value(GString *report, const struct quantity *q)
{
    char low[G_ASCII_DTOSTR_BUF_SIZE], high[G_ASCII_DTOSTR_BUF_SIZE];
    g_string_append(report, g_ascii_formatd(low, sizeof low, "%.15g", q->low));
    if (q->high > q->low)
        g_string_append_printf(report, " to %s", g_ascii_formatd(high, sizeof high, "%.15g", q->high));
    if (q->ambiguous)
        g_string_append_printf(report, " (or %s)", g_ascii_formatd(low, sizeof low, "%.15g", q->other_low));
}

static void print_figure(GString *report, const struct document *doc, const struct mention *mention)
{
    const struct figure *figure = &mention->figure;
    struct slice text = document_slice(doc, mention->span);
    g_string_append_printf(report, "figure  %.*s  →  ", SLICE_ARG(text));
    print_value(report, &figure->quantity);
    g_string_append_printf(report, "  %s  %s  unit %s  counted %s%s  (%s)\n", kind_name(figure->quantity.kind), qualifier_name(figure->quantity.qualifier),
                           figure->quantity.unit ? figure->quantity.unit : "none", figure->counted ? figure->counted : "none",
                               figure->minor ? "  minor" : "", mention->rule);
}

/* What happened inside one span of a document. */
static void explain_span(const struct extractor *extractor, const struct document *doc, struct span span, GString *report)
{
    g_autoptr(GPtrArray) troubles = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GArray) trace = g_array_new(FALSE, FALSE, sizeof(struct rule_event));
    struct mentions *mentions = extractor_trace(extractor, doc, troubles, trace);
    g_array_sort(trace, by_place);
    for (guint i = 0; i < trace->len; i++) {
        const struct rule_event *event = &g_array_index(trace, struct rule_event, i);
        if (event->span.end <= span.start || event->span.start >= span.end)
            continue;
        struct slice text = document_slice(doc, event->span);
        g_string_append_printf(report, "%s  %-24s %.*s  (%s)\n", event->used ? "fired  " : "dropped", event->rule, SLICE_ARG(text), event->why);
    }
    const GArray *figures = mentions_of(mentions, MENTION_FIGURE);
    for (guint i = 0; i < figures->len; i++) {
        const struct mention *mention = &g_array_index(figures, struct mention, i);
        if (mention->span.end > span.start && mention->span.start < span.end)
            print_figure(report, doc, mention);
    }
    for (guint i = 0; i < troubles->len; i++)
        g_string_append_printf(report, "trouble %s\n", (const char *)g_ptr_array_index(troubles, i));
    mentions_free(mentions);
}

bool rules_explain(const struct extractor *extractor, const char *text, const char *lang, GString *report, GError **error)
{
    g_autoptr(GPtrArray) documents = g_ptr_array_new_with_free_func((GDestroyNotify)document_free);
    if (!read_text_as(text, lang, documents, error))
        return false;
    for (guint i = 0; i < documents->len; i++) {
        const struct document *doc = g_ptr_array_index(documents, i);
        explain_span(extractor, doc, (struct span){0, (uint32_t)doc->text->len}, report);
    }
    return true;
}

/* The clean text of line `line` of a document, as `citable text` prints it. */
static bool line_span(const struct document *doc, unsigned *line, struct span *ret)
{
    const char *text = doc->text->str, *end = text + doc->text->len;
    for (const char *p = text; p < end;) {
        const char *stop = memchr(p, '\n', (size_t)(end - p));
        stop = stop ? stop : end;
        if (--*line == 0) {
            *ret = (struct span){(uint32_t)(p - text), (uint32_t)(stop - text)};
            return true;
        }
        p = stop + 1;
    }
    return false;
}

bool rules_explain_line(const struct extractor *extractor, const char *path, unsigned line, const char *lang, GString *report, GError **error)
{
    g_autoptr(GPtrArray) documents = g_ptr_array_new_with_free_func((GDestroyNotify)document_free);
    struct source *source = NULL;
    if (!source_open(path, &source, error))
        return false;
    source->lang = lang;
    bool ok = reader_read(source, documents, error);
    source_free(source);
    unsigned left = line;
    struct span span;
    for (guint i = 0; ok && i < documents->len; i++)
        if (line_span(g_ptr_array_index(documents, i), &left, &span)) {
            explain_span(extractor, g_ptr_array_index(documents, i), span, report);
            return true;
        }
    if (ok)
        citable_error_at(error, CITABLE_ERROR_USAGE, path, 0, "has no line %u; `citable text` prints its lines", line);
    return false;
}
