/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/annotate/annotator.h"

#include "base/error.h"
#include "base/sorted.h"
#include "query/print/terminal.h"

const struct annotator annotators[] = {
    {".docx", "comments in a copy of a Word draft", "docx", annotate_docx},
    {".html", "one page: the text, and what the evidence says beside it", NULL, annotate_html},
    {".md", "Markdown with a footnote for each statistic", NULL, annotate_markdown},
};
const size_t n_annotators = G_N_ELEMENTS(annotators);

bool annotator_for(const char *path, const GPtrArray *documents, const struct annotator **ret, GError **error)
{
    g_autofree char *lower = g_ascii_strdown(path, -1);
    *ret = NULL;
    for (size_t i = 0; i < n_annotators; i++)
        if (g_str_has_suffix(lower, annotators[i].suffix))
            *ret = &annotators[i];
    if (!*ret) {
        g_set_error(error, CITABLE_ERROR, CITABLE_ERROR_USAGE, "%s: a checked draft is written as .docx, .html or .md", path);
        return false;
    }
    const struct document *draft = documents->len > 0 ? g_ptr_array_index(documents, 0) : NULL;
    bool fits = !(*ret)->reader || (documents->len == 1 && !draft->member && g_strcmp0(draft->reader, (*ret)->reader) == 0);
    if (!fits)
        g_set_error(error, CITABLE_ERROR, CITABLE_ERROR_USAGE, "%s: only a Word draft (.docx) can be written as one; name an .html or .md file for this draft", path);
    return fits;
}

/* A verdict is a row: as people read it, and what it means. */
static const struct {
    const char *name, *means;
} verdicts[VERDICTS] = {
    [VERDICT_SUPPORTED] = {"supported", "the evidence says the same"},
    [VERDICT_ROUNDED] = {"rounded", "the same after the rounding that the draft's words announce"},
    [VERDICT_QUALIFIER] = {"qualifier", "the value agrees; the draft dropped or strengthened the source's qualifier"},
    [VERDICT_CONTEXT] = {"context", "the value is in the evidence, but for another place, period or thing counted"},
    [VERDICT_DIFFERS] = {"differs", "the evidence states a different figure"},
    [VERDICT_NOT_FOUND] = {"not found", "nothing in the evidence on it"},
    [VERDICT_NOT_READ] = {"not read", "a number that no rule understood: check it by hand"},
};

/* Nothing that is printed beside a draft may act on the program that shows it. NULL stays. */
static char *safe(const char *text)
{
    return text ? terminal_safe(text) : NULL;
}

static void add_passage(struct remark *remark, const struct answer *answer)
{
    struct slice quoted = answer_quote(answer);
    g_autofree char *quote = quoted.ptr ? slice_dup(quoted) : NULL;
    struct citation citation = answer_citation(answer, quote);
    g_autofree char *note = citation_note(&citation), *link = citation_link(&citation);
    remark->quote = safe(quote ? quote : "stored text damaged");
    remark->citation = safe(note);
    remark->link = safe(link);
    remark->id = g_strdup(citation.id);
    g_free(remark->cautions);
    remark->cautions = passage_cautions(answer->passage->flags);
}

struct remark *remark_new(const struct finding *finding)
{
    struct remark *remark = g_new0(struct remark, 1);
    remark->verdict = verdicts[finding->verdict].name;
    remark->means = verdicts[finding->verdict].means;
    remark->quoted_as = finding->verdict == VERDICT_NOT_FOUND ? "nearest" : "source";
    remark->text = safe(finding->text);
    remark->why = safe(finding->why);
    remark->cautions = g_new0(const char *, 1);
    if (finding->answer)
        add_passage(remark, finding->answer);
    return remark;
}

void remark_free(struct remark *remark)
{
    if (!remark)
        return;
    g_free(remark->text);
    g_free(remark->why);
    g_free(remark->quote);
    g_free(remark->citation);
    g_free(remark->id);
    g_free(remark->link);
    g_free(remark->cautions);
    g_free(remark);
}

char *annotation_summary(const struct annotation *annotation)
{
    unsigned counts[VERDICTS] = {0}, n = 0;
    for (guint d = 0; d < annotation->findings->len; d++) {
        const GPtrArray *findings = g_ptr_array_index(annotation->findings, d);
        for (guint i = 0; i < findings->len; i++, n++)
            counts[((const struct finding *)g_ptr_array_index(findings, i))->verdict]++;
    }
    GString *line = g_string_new(NULL);
    g_string_append_printf(line, "%u %s", n, n == 1 ? "statistic" : "statistics");
    for (int i = 0, said = 0; i < VERDICTS; i++)
        if (counts[i])
            g_string_append_printf(line, "%s%u %s", said++ ? ", " : ": ", counts[i], verdicts[i].name);
    return g_string_free(line, FALSE);
}

/* The text of [from, to) with the marks of notes that stood in it. */
static void put_text(GString *out, const struct markup *markup, const struct document *doc, uint32_t from, uint32_t to, guint *mark)
{
    for (; *mark < doc->marks->len && DOCUMENT_AT(doc->marks, struct mark, *mark).at <= to; ++*mark) {
        const struct mark *at = &DOCUMENT_AT(doc->marks, struct mark, *mark);
        if (at->at < from)
            continue;
        if (at->at > from)
            markup->text(out, document_slice(doc, (struct span){from, at->at}));
        markup->note(out, at->label);
        from = at->at;
    }
    if (from < to)
        markup->text(out, document_slice(doc, (struct span){from, to}));
}

void annotate_span(GString *out, const struct markup *markup, const struct document *doc, struct span span, const GPtrArray *findings, guint number, guint *next)
{
    uint32_t at = span.start;
    guint mark = SORTED_FROM(doc->marks, struct mark, at, at);
    for (; *next < findings->len; ++*next) {
        const struct finding *finding = g_ptr_array_index(findings, *next);
        if (finding->span.start >= span.end)
            break;
        if (finding->span.start < at || finding->span.end > span.end)
            continue; /* inside another: it has its remark, without a mark of its own */
        struct remark *remark = remark_new(finding);
        if (finding->span.start > at)
            put_text(out, markup, doc, at, finding->span.start, &mark);
        markup->open(out, remark, number + *next, markup->data);
        put_text(out, markup, doc, finding->span.start, finding->span.end, &mark);
        markup->close(out, remark, number + *next, markup->data);
        remark_free(remark);
        at = finding->span.end;
    }
    put_text(out, markup, doc, at, span.end, &mark);
}
