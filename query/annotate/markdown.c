/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/annotate/annotator.h"

/*  Markdown that GitHub and pandoc show alike: the statistic in <mark>, its verdict behind it, the rest in a footnote.
 *
 *    In El Salvador, <mark>651 people</mark> ⟨differs⟩[^citable-4] were abducted in 2022.
 *    …
 *    [^citable-4]: **differs: the evidence states a different figure.** value another: draft 651, source 615; … Source: “…”
 *
 *  A draft in Markdown keeps its own bytes, to which these are added; of any other draft the clean text is written. Notes call no notes, and code is
 *  shown as it stands: their statistics are listed behind the text. */

/* ---- the footnotes ---- */

/* Markdown means something by these; in a quote they are only signs. */
static void append_plain(GString *out, struct slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (strchr("\\`*_[]<>#|~$^", text.ptr[i]))
            g_string_append_c(out, '\\');
        g_string_append_c(out, text.ptr[i] == '\n' || text.ptr[i] == '\t' ? ' ' : text.ptr[i]);
    }
}

static void append_footnote(GString *out, const char *label, const struct remark *remark, guint number)
{
    g_string_append_printf(out, "\n[^%s-%u]: **%s: %s.** ", label, number, remark->verdict, remark->means);
    append_plain(out, slice_of(remark->why));
    if (remark->quote) {
        g_string_append_printf(out, ". %s: “", g_str_equal(remark->quoted_as, "nearest") ? "Nearest" : "Source");
        append_plain(out, slice_of(remark->quote));
        g_string_append(out, "” — ");
        append_plain(out, slice_of(remark->citation));
        if (remark->link)
            g_string_append_printf(out, " [Open the source at the passage](<%s>)", remark->link);
        g_string_append_printf(out, " `%s`", remark->id);
    }
    for (const char **caution = remark->cautions; *caution; caution++)
        g_string_append_printf(out, " *(%s)*", *caution);
    g_string_append_c(out, '\n');
}

static void append_footnotes(GString *out, const struct annotation *annotation, const char *label)
{
    guint number = 1;
    for (guint d = 0; d < annotation->findings->len; d++) {
        const GPtrArray *findings = g_ptr_array_index(annotation->findings, d);
        for (guint i = 0; i < findings->len; i++, number++) {
            struct remark *remark = remark_new(g_ptr_array_index(findings, i));
            append_footnote(out, label, remark, number);
            remark_free(remark);
        }
    }
}

/* The beginning of labels that the draft does not use. The caller frees it. */
static char *free_label(struct slice draft)
{
    char *label = g_strdup("citable");
    for (unsigned i = 2;; i++) {
        g_autofree char *used = g_strdup_printf("[^%s-", label);
        if (!g_strstr_len(draft.ptr, (gssize)draft.len, used))
            return label;
        g_free(label);
        label = g_strdup_printf("citable%u", i);
    }
}

/* ---- a draft in Markdown ---- */

static bool is_emphasis(char c)
{
    return c == '*' || c == '_' || c == '~';
}

/* "**1,200**": signs of emphasis, alike on both sides, belong to the statistic. */
static struct span with_emphasis(struct slice text, struct span span)
{
    while (span.start > 0 && span.end < text.len && is_emphasis(text.ptr[span.end]) && text.ptr[span.start - 1] == text.ptr[span.end]) {
        span.start--;
        span.end++;
    }
    return span;
}

/* "[1,200 people](address)": a note inside a link is no note; the link as a whole is marked, where it is nothing else. */
static struct span with_link(struct slice text, struct span span)
{
    if (span.start == 0 || text.ptr[span.start - 1] != '[' || span.end + 1 >= text.len || text.ptr[span.end] != ']' || text.ptr[span.end + 1] != '(')
        return span;
    int depth = 0;
    for (size_t i = span.end + 1; i < text.len && text.ptr[i] != '\n'; i++) {
        depth += (text.ptr[i] == '(') - (text.ptr[i] == ')');
        if (depth == 0)
            return (struct span){span.start - 1, (uint32_t)i + 1};
    }
    return span;
}

/* How far the draft was looked through for code, where nothing can be marked: fences, and spans of backticks. */
struct code_scan {
    struct slice text;
    size_t at;
    bool fenced;
    unsigned ticks; /* on this line */
};

static bool is_fence(struct slice line)
{
    size_t indent = 0;
    while (indent < 3 && indent < line.len && line.ptr[indent] == ' ')
        indent++;
    line = slice_sub(line, indent, line.len);
    return slice_starts(line, "```") || slice_starts(line, "~~~");
}

static bool in_code(struct code_scan *scan, size_t at)
{
    for (; scan->at < at; scan->at++) {
        char c = scan->text.ptr[scan->at];
        if (scan->at == 0 || scan->text.ptr[scan->at - 1] == '\n') {
            scan->ticks = 0;
            scan->fenced ^= is_fence(slice_sub(scan->text, scan->at, scan->text.len));
        }
        scan->ticks += c == '`';
    }
    return scan->fenced || scan->ticks % 2 == 1;
}

/* What is marked, in bytes of the file, and whether it may be wrapped: its bytes there are its bytes in the text. {NONE, NONE}: nothing can be. */
static struct span marked(struct code_scan *scan, const struct document *doc, const struct finding *finding, bool *whole)
{
    struct slice text = scan->text;
    struct span span = document_source_span(doc, finding->span);
    if (span.start == NONE || span.end > text.len || in_code(scan, span.start))
        return (struct span){NONE, NONE};
    *whole = slice_is(slice_sub(text, span.start, span.end), finding->text);
    return *whole ? with_link(text, with_emphasis(text, span)) : span;
}

static bool in_note(const struct document *doc, const struct finding *finding)
{
    uint32_t passage = document_passage_at(doc, finding->span.start);
    return passage != NONE && DOCUMENT_AT(doc->passages, struct passage, passage).zone == ZONE_NOTE;
}

static void append_call(GString *out, const struct remark *remark, const char *label, guint number)
{
    g_string_append_printf(out, " ⟨%s⟩[^%s-%u]", remark->verdict, label, number);
}

static void write_source(GString *out, const struct annotation *annotation, struct slice text, const char *label)
{
    const struct document *doc = g_ptr_array_index(annotation->documents, 0);
    const GPtrArray *findings = g_ptr_array_index(annotation->findings, 0);
    g_autoptr(GString) apart = g_string_new(NULL);
    struct code_scan scan = {.text = text};
    uint32_t at = 0;
    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = g_ptr_array_index(findings, i);
        struct remark *remark = remark_new(finding);
        bool whole = false, note = in_note(doc, finding);
        struct span span = marked(&scan, doc, finding, &whole);
        bool placed = span.start != NONE && span.start >= at;
        if (placed) {
            g_string_append_len(out, text.ptr + at, (gssize)(span.start - at));
            g_string_append(out, whole ? "<mark>" : "");
            g_string_append_len(out, text.ptr + span.start, (gssize)(span.end - span.start));
            g_string_append(out, whole ? "</mark>" : "");
            at = span.end;
        }
        if (placed && !note)
            append_call(out, remark, label, i + 1);
        if (placed && note)
            g_string_append_printf(out, " ⟨%s⟩", remark->verdict);
        if (!placed || note) {
            g_string_append(apart, "\n- ");
            append_plain(apart, slice_of(remark->text));
            append_call(apart, remark, label, i + 1);
        }
        remark_free(remark);
    }
    g_string_append_len(out, text.ptr + at, (gssize)(text.len - at));
    if (out->len > 0 && out->str[out->len - 1] != '\n')
        g_string_append_c(out, '\n');
    if (apart->len > 0)
        g_string_append_printf(out, "\nStatistics in notes and code:\n%s\n", apart->str);
}

/* ---- any other draft ---- */

static void markup_text(GString *out, struct slice text)
{
    append_plain(out, text);
}

static void markup_note(GString *out, const char *label)
{
    g_string_append(out, "<sup>");
    append_plain(out, slice_of(label));
    g_string_append(out, "</sup>");
}

static void markup_open(GString *out, const struct remark *remark, guint number, const void *label)
{
    (void)remark;
    (void)number;
    (void)label;
    g_string_append(out, "<mark>");
}

static void markup_close(GString *out, const struct remark *remark, guint number, const void *label)
{
    g_string_append(out, "</mark>");
    append_call(out, remark, label, number);
}

/* "1." or "+" at the head of a paragraph would make it a list; the bytes written. */
static uint32_t append_head(GString *out, struct slice text)
{
    size_t digits = 0;
    while (digits < text.len && g_ascii_isdigit(text.ptr[digits]))
        digits++;
    if (digits > 0 && digits < text.len && (text.ptr[digits] == '.' || text.ptr[digits] == ')')) {
        g_string_append_len(out, text.ptr, (gssize)digits);
        g_string_append_printf(out, "\\%c", text.ptr[digits]);
        return (uint32_t)digits + 1;
    }
    if (text.len > 0 && strchr("+-=:", text.ptr[0]))
        g_string_append_c(out, '\\');
    return 0;
}

static guint columns_of(const struct document *doc, struct span span)
{
    struct slice text = document_slice(doc, span);
    guint columns = 1;
    for (size_t i = 0; i < text.len; i++)
        columns += text.ptr[i] == '\t';
    return columns;
}

/* A row of a table: cells are parted by TAB in the text. */
static void append_row(GString *out, const struct markup *markup, const struct document *doc, struct span span, guint columns, const GPtrArray *findings, guint number, guint *next)
{
    uint32_t at = span.start;
    for (guint column = 0; column < columns; column++) {
        struct span cell = {at, at};
        while (cell.end < span.end && doc->text->str[cell.end] != '\t')
            cell.end++;
        g_string_append(out, "| ");
        annotate_span(out, markup, doc, cell, findings, number, next);
        g_string_append_c(out, ' ');
        at = MIN(cell.end + 1, span.end);
    }
    g_string_append(out, "|\n");
}

static guint append_table(GString *out, const struct markup *markup, const struct document *doc, guint from, const GPtrArray *findings, guint number, guint *next)
{
    guint after = from, columns = 1;
    for (; after < doc->passages->len && DOCUMENT_AT(doc->passages, struct passage, after).zone == ZONE_TABLE; after++)
        columns = MAX(columns, columns_of(doc, DOCUMENT_AT(doc->passages, struct passage, after).span));
    for (guint i = from; i < after; i++) {
        append_row(out, markup, doc, DOCUMENT_AT(doc->passages, struct passage, i).span, columns, findings, number, next);
        for (guint column = 0; i == from && column < columns; column++)
            g_string_append(out, column + 1 < columns ? "| --- " : "| --- |\n");
    }
    g_string_append_c(out, '\n');
    return after;
}

static void write_text(GString *out, const struct document *doc, const GPtrArray *findings, guint number, const char *label)
{
    const struct markup markup = {markup_text, markup_note, markup_open, markup_close, label};
    guint next = 0;
    for (guint i = 0; i < doc->passages->len;) {
        const struct passage *passage = &DOCUMENT_AT(doc->passages, struct passage, i);
        if (passage->zone == ZONE_TABLE) {
            i = append_table(out, &markup, doc, i, findings, number, &next);
            continue;
        }
        struct span span = passage->span;
        if (passage->zone == ZONE_HEADING)
            g_string_append_printf(out, "%.*s ", (int)CLAMP(passage->level, 1, 6), "######");
        else
            span.start += append_head(out, document_slice(doc, span));
        annotate_span(out, &markup, doc, span, findings, number, &next);
        g_string_append(out, "\n\n");
        i++;
    }
}

bool annotate_markdown(const struct annotation *annotation, GBytes **ret, GError **error)
{
    (void)error;
    gsize size;
    const char *bytes = g_bytes_get_data(annotation->source->bytes, &size);
    struct slice text = {bytes, size};
    const struct document *first = annotation->documents->len ? g_ptr_array_index(annotation->documents, 0) : NULL;
    bool own = annotation->documents->len == 1 && !first->member && g_strcmp0(first->reader, "markdown") == 0 && g_utf8_validate(bytes, (gssize)size, NULL);
    g_autofree char *label = free_label(own ? text : (struct slice)SLICE("")), *summary = annotation_summary(annotation);
    GString *out = g_string_new(NULL);
    if (own)
        write_source(out, annotation, text, label);
    guint number = 1;
    for (guint d = 0; !own && d < annotation->documents->len; d++) {
        const GPtrArray *findings = g_ptr_array_index(annotation->findings, d);
        write_text(out, g_ptr_array_index(annotation->documents, d), findings, number, label);
        number += findings->len;
    }
    g_string_append_printf(out, "%s---\n\nChecked against the evidence: %s.\n", own ? "\n" : "", summary);
    append_footnotes(out, annotation, label);
    *ret = g_string_free_to_bytes(out);
    return true;
}
