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

void export_facts_begin(struct export *export)
{
    fputs("# Fact sheet\n\nEach line: the figure as printed and what it counts, its sentence word for word, its source.\n", export->out);
}

bool export_facts_add(struct export *export, const struct answer *answer, GError **error)
{
    (void)error;
    const struct figure_row *figure = answer->figure;
    g_autoptr(GString) line = g_string_new(NULL), value = g_string_new(NULL);
    g_autofree char *quote = slice_dup(answer_quote(answer)), *places = places_text(figure->places, figure->n_places);
    struct citation citation = answer_citation(answer, quote);
    g_autofree char *note = citation_note(&citation);
    g_string_append(value, figure->text);
    if (figure->counted && !strstr(figure->text, figure->counted))
        g_string_append_printf(value, " %s", figure->counted);
    g_string_append(line, "\n- **");
    append_plain(line, slice_of(value->str));
    g_string_append(line, "**");
    if (places || figure->period) {
        g_string_append_printf(line, " (%s%s%s)", places ? places : "", places && figure->period ? ", " : "", figure->period ? figure->period : "");
    }
    g_string_append(line, ": “");
    append_plain(line, slice_of(quote));
    g_string_append(line, "” — ");
    append_plain(line, slice_of(note));
    g_string_append_printf(line, " `%s`", figure->id);
    g_autofree const char **cautions = passage_cautions(answer->passage->flags);
    for (const char **caution = cautions; *caution; caution++)
        g_string_append_printf(line, " *(%s)*", *caution);
    g_string_append_c(line, '\n');
    fputs(line->str, export->out);
    return true;
}

void export_facts_end(struct export *export)
{
    (void)export;
}
