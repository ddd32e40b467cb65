/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/export/exporter.h"
#include "query/print/answer.h"

/* Markdown means something by these; in a quote they are only signs. */
static void append_plain(GString *out, struct slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (strchr("\\`*_[]<>#|", text.ptr[i]))
            g_string_append_c(out, '\\');
        g_string_append_c(out, text.ptr[i] == '\n' || text.ptr[i] == '\t' ? ' ' : text.ptr[i]);
    }
}

/* As printed, and what is counted; "4,200 families" and "families in Honduras" share a word. */
static void append_figure(GString *out, const struct figure_row *figure)
{
    g_string_append(out, figure->text);
    if (!figure->counted || strstr(figure->text, figure->counted))
        return;
    size_t word = strcspn(figure->counted, " ");
    g_autofree char *first = g_strndup(figure->counted, word);
    const char *rest = g_str_has_suffix(figure->text, first) ? figure->counted + word : figure->counted;
    g_string_append_printf(out, "%s%s", *rest == ' ' || *rest == '\0' ? "" : " ", rest);
}

void export_facts_begin(struct export *export)
{
    fputs("# Fact sheet\n\nEach line: the figure as printed and what it counts, its sentence word for word, its source.\n"
          "A place or period “(from the document)”, heading or paragraph does not stand in the sentence itself.\n", export->out);
}

bool export_facts_add(struct export *export, const struct answer *answer, GError **error)
{
    (void)error;
    const struct figure_row *figure = answer->figure;
    g_autoptr(GString) line = g_string_new(NULL), value = g_string_new(NULL);
    g_autofree char *quote = slice_dup(answer_quote(answer)), *places = places_text(figure->places, figure->n_places);
    struct citation citation = answer_citation(answer, quote);
    g_autofree char *link = citation_link(&citation), *source = link ? citation_source(&citation) : citation_note(&citation);
    append_figure(value, figure);
    g_string_append(line, "\n- **");
    append_plain(line, slice_of(value->str));
    g_string_append(line, "**");
    g_autofree char *place = inferred_text(places, figure->place_scope), *period = inferred_text(figure->period, figure->period_scope), *rejected = rejected_text(answer);
    if (place || period)
        g_string_append_printf(line, " (%s%s%s)", place ? place : "", place && period ? ", " : "", period ? period : "");
    g_string_append(line, ": “");
    append_plain(line, slice_of(quote));
    g_string_append(line, "” — ");
    g_string_append(line, link ? "[" : "");
    append_plain(line, slice_of(source));
    if (link)
        g_string_append_printf(line, "](<%s>)", link);
    g_string_append_printf(line, " `%s`", figure->id);
    g_autofree const char **cautions = passage_cautions(answer->passage->flags);
    for (const char **caution = cautions; *caution; caution++)
        g_string_append_printf(line, " *(%s)*", *caution);
    if (rejected) {
        g_string_append(line, " **(");
        append_plain(line, slice_of(rejected));
        g_string_append(line, ")**");
    }
    g_string_append_c(line, '\n');
    fputs(line->str, export->out);
    return true;
}

void export_facts_end(struct export *export)
{
    (void)export;
}
