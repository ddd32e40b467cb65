/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/annotate/annotator.h"

#include "query/print/terminal.h"

/*  One page, without scripts or further files: the draft's text on the left, on the right what the evidence says of its statistics; on paper and on narrow
 *  screens below their paragraph. A verdict is a word and a kind of line, never a colour alone. */

static const char style[] =
    ":root{color-scheme:light}body{margin:0 auto;max-width:76rem;padding:1.5rem;font:1rem/1.55 Georgia,'Times New Roman',serif;color:#1a1a1a;background:#fff}"
    "header{border-bottom:2px solid #1a1a1a;margin-bottom:1.5rem}h1{font-size:1.5rem;margin:0 0 .3rem}h2,h3,h4{line-height:1.25;margin:1.2em 0 .4em}"
    ".row{display:grid;grid-template-columns:minmax(0,38rem) minmax(0,1fr);column-gap:2rem}.row>.said p{margin:0 0 .9em}.note,.page{color:#595959;font-size:.9rem}"
    "table{border-collapse:collapse;margin:0 0 1em}td{border:1px solid #b3b3b3;padding:.2em .6em;vertical-align:top}"
    "ol.remarks{list-style:none;margin:0;padding:0;font:.85rem/1.4 system-ui,sans-serif}"
    ".remarks>li{border-left:4px solid #767676;padding:.15rem 0 .15rem .8rem;margin:0 0 1rem;break-inside:avoid}ol.remarks p{margin:.15rem 0}"
    "blockquote{margin:.3rem 0;padding:0;font-family:Georgia,'Times New Roman',serif}"
    "mark{background:#f4f4f4;color:inherit;border-bottom:2px solid #595959;padding:0 .1em}mark a{text-decoration:none;color:inherit;font:bold .72em system-ui,sans-serif;white-space:nowrap}"
    "mark:target,li:target{outline:3px solid #1a5fb4}a:focus-visible{outline:3px solid #1a5fb4}a{color:#1a4f9c}"
    "mark.supported,mark.rounded{background:#e8f3ea;border-bottom:2px solid #20663b}.remarks>li.supported,.remarks>li.rounded{border-left-color:#20663b}"
    "mark.qualifier,mark.context{background:#fdf1d8;border-bottom:3px dashed #8a5300}.remarks>li.qualifier,.remarks>li.context{border-left:4px dashed #8a5300}"
    "mark.differs{background:#fbe5e4;border-bottom:4px double #a11a14}.remarks>li.differs{border-left:6px double #a11a14}"
    "mark.not-found,mark.not-read{background:#eeeaf6;border-bottom:3px dotted #553c8b}.remarks>li.not-found,.remarks>li.not-read{border-left:4px dotted #553c8b}"
    "@media(max-width:56rem){.row{display:block}}@media print{body{max-width:none;padding:0;font-size:10pt}.row{display:block}mark{background:none!important}"
    "ol.remarks a[href^='http']::after{content:' <' attr(href) '>';overflow-wrap:anywhere}}";

static void append_escaped(GString *out, const char *text)
{
    g_autofree char *escaped = g_markup_escape_text(text ? text : "", -1);
    g_string_append(out, escaped);
}

/* Text of the draft: what would deceive the eye is shown as a mark. */
static void markup_text(GString *out, struct slice text)
{
    g_autoptr(GString) safe = g_string_new(NULL);
    terminal_append(safe, text);
    append_escaped(out, safe->str);
}

static void markup_note(GString *out, const char *label)
{
    g_string_append(out, "<sup>");
    append_escaped(out, label);
    g_string_append(out, "</sup>");
}

/* A verdict as a class: "not-found". */
static void append_class(GString *out, const struct remark *remark)
{
    for (const char *c = remark->verdict; *c; c++)
        g_string_append_c(out, *c == ' ' ? '-' : *c);
}

static void markup_open(GString *out, const struct remark *remark, guint number, const void *data)
{
    (void)data;
    g_string_append(out, "<mark class=\"");
    append_class(out, remark);
    g_string_append_printf(out, "\" id=\"s%u\">", number);
}

static void markup_close(GString *out, const struct remark *remark, guint number, const void *data)
{
    (void)data;
    g_string_append_printf(out, " <a href=\"#r%u\" aria-label=\"%s, remark %u\">[%u %s]</a></mark>", number, remark->verdict, number, number, remark->verdict);
}

static const struct markup markup = {markup_text, markup_note, markup_open, markup_close, NULL};

static void append_remark(GString *out, const struct remark *remark, guint number)
{
    g_string_append(out, "<li class=\"");
    append_class(out, remark);
    g_string_append_printf(out, "\" id=\"r%u\"><p><a href=\"#s%u\" aria-label=\"remark %u, back to the text\">%u</a> <strong>%s</strong>: <q>", number, number, number, number, remark->verdict);
    append_escaped(out, remark->text);
    g_string_append_printf(out, "</q></p><p>%s</p><p>why: ", remark->means);
    append_escaped(out, remark->why);
    g_string_append(out, "</p>");
    if (remark->quote) {
        g_string_append_printf(out, "<p>%s:</p><blockquote>“", remark->quoted_as);
        append_escaped(out, remark->quote);
        g_string_append(out, "”</blockquote><p>");
        append_escaped(out, remark->citation);
        if (remark->link) {
            g_string_append(out, " <a href=\"");
            append_escaped(out, remark->link);
            g_string_append(out, "\">Open the source at the passage</a>");
        }
        g_string_append_printf(out, " <code>%s</code></p>", remark->id);
    }
    for (const char **caution = remark->cautions; *caution; caution++)
        g_string_append_printf(out, "<p><strong>Caution:</strong> %s</p>", *caution);
    g_string_append(out, "</li>\n");
}

static void append_remarks(GString *out, const GPtrArray *findings, guint from, guint after, guint number)
{
    if (from == after)
        return;
    g_string_append(out, "<ol class=\"remarks\">\n");
    for (guint i = from; i < after; i++) {
        struct remark *remark = remark_new(g_ptr_array_index(findings, i));
        append_remark(out, remark, number + i);
        remark_free(remark);
    }
    g_string_append(out, "</ol>");
}

static void append_row(GString *out, const struct document *doc, struct span span, const GPtrArray *findings, guint number, guint *next)
{
    g_string_append(out, "<tr>");
    for (uint32_t at = span.start; at <= span.end;) {
        struct span cell = {at, at};
        while (cell.end < span.end && doc->text->str[cell.end] != '\t')
            cell.end++;
        g_string_append(out, "<td>");
        annotate_span(out, &markup, doc, cell, findings, number, next);
        g_string_append(out, "</td>");
        at = cell.end + 1;
    }
    g_string_append(out, "</tr>\n");
}

static void append_page(GString *out, const struct document *doc, uint32_t page)
{
    const char *label = page <= doc->pages->len ? DOCUMENT_AT(doc->pages, struct page, page - 1).label : NULL;
    g_string_append(out, "<p class=\"page\">page ");
    if (label)
        append_escaped(out, label);
    else
        g_string_append_printf(out, "%u", page);
    g_string_append(out, "</p>\n");
}

/* The passages from one on that make a block: a table's rows, or one passage. Returns the first behind it. */
static guint append_block(GString *out, const struct document *doc, guint from, const GPtrArray *findings, guint number, guint *next)
{
    const struct passage *passage = &DOCUMENT_AT(doc->passages, struct passage, from);
    if (passage->zone == ZONE_TABLE) {
        guint after = from;
        g_string_append(out, "<table>\n");
        for (; after < doc->passages->len && DOCUMENT_AT(doc->passages, struct passage, after).zone == ZONE_TABLE; after++)
            append_row(out, doc, DOCUMENT_AT(doc->passages, struct passage, after).span, findings, number, next);
        g_string_append(out, "</table>");
        return after;
    }
    bool heading = passage->zone == ZONE_HEADING;
    int level = CLAMP((int)passage->level + 1, 2, 4);
    if (heading)
        g_string_append_printf(out, "<h%d>", level);
    else
        g_string_append(out, passage->zone == ZONE_NOTE ? "<p class=\"note\">Note: " : "<p>");
    annotate_span(out, &markup, doc, passage->span, findings, number, next);
    if (heading)
        g_string_append_printf(out, "</h%d>", level);
    else
        g_string_append(out, "</p>");
    return from + 1;
}

static void append_document(GString *out, const struct document *doc, const GPtrArray *findings, guint number)
{
    guint next = 0;
    uint32_t page = NONE;
    for (guint i = 0; i < doc->passages->len;) {
        guint first = next;
        uint32_t begins = DOCUMENT_AT(doc->passages, struct passage, i).page;
        if (begins != page && begins != NONE)
            append_page(out, doc, begins);
        page = begins;
        g_string_append(out, "<div class=\"row\"><div class=\"said\">");
        i = append_block(out, doc, i, findings, number, &next);
        g_string_append(out, "</div>\n");
        append_remarks(out, findings, first, next, number);
        g_string_append(out, "</div>\n");
    }
    append_remarks(out, findings, next, findings->len, number); /* of nothing: a finding stands in a passage */
}

static const char *name_of(const struct annotation *annotation)
{
    const char *slash = strrchr(annotation->source->path, '/');
    return slash ? slash + 1 : annotation->source->path;
}

static void append_head(GString *out, const struct annotation *annotation)
{
    const struct document *first = annotation->documents->len ? g_ptr_array_index(annotation->documents, 0) : NULL;
    const char *language = first && first->metadata.language ? first->metadata.language : "en";
    g_autofree char *name = terminal_safe(name_of(annotation)), *summary = annotation_summary(annotation);
    g_string_append(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>");
    append_escaped(out, name);
    g_string_append_printf(out, ", checked</title><style>%s</style></head>\n<body>\n<header><h1>", style);
    append_escaped(out, name);
    g_string_append_printf(out, "</h1><p>Checked against the evidence. %s.</p>\n<p class=\"note\">A verdict says whether the evidence states the same; it never says that a source is right.</p></header>\n<main lang=\"", summary);
    append_escaped(out, language);
    g_string_append(out, "\">\n");
}

bool annotate_html(const struct annotation *annotation, GBytes **ret, GError **error)
{
    (void)error;
    GString *out = g_string_new(NULL);
    guint number = 1;
    append_head(out, annotation);
    for (guint d = 0; d < annotation->documents->len; d++) {
        const GPtrArray *findings = g_ptr_array_index(annotation->findings, d);
        append_document(out, g_ptr_array_index(annotation->documents, d), findings, number);
        number += findings->len;
    }
    g_string_append(out, "</main>\n</body>\n</html>\n");
    *ret = g_string_free_to_bytes(out);
    return true;
}
