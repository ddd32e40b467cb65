/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/readers/docx_remark.h"
#include "query/annotate/annotator.h"

/* The paragraphs of a comment below its head; the caller frees the list. */
static char **lines_of(const struct remark *remark)
{
    g_autoptr(GStrvBuilder) lines = g_strv_builder_new();
    g_autofree char *why = g_strconcat("why: ", remark->why, NULL);
    g_strv_builder_add(lines, why);
    if (remark->quote) {
        g_autofree char *quote = g_strdup_printf("%s: “%s”", remark->quoted_as, remark->quote), *citation = g_strdup_printf("%s [%s]", remark->citation, remark->id);
        g_strv_builder_add(lines, quote);
        g_strv_builder_add(lines, citation);
    }
    for (const char **caution = remark->cautions; *caution; caution++)
        g_strv_builder_add(lines, *caution);
    return g_strv_builder_end(lines);
}

static void remark_clear(struct docx_remark *remark)
{
    g_free((char *)remark->head);
    g_strfreev((char **)(void *)remark->lines);
    g_free((char *)remark->link);
}

bool annotate_docx(const struct annotation *annotation, GBytes **ret, GError **error)
{
    const struct document *draft = g_ptr_array_index(annotation->documents, 0);
    const GPtrArray *findings = g_ptr_array_index(annotation->findings, 0);
    g_autoptr(GArray) remarks = g_array_new(FALSE, FALSE, sizeof(struct docx_remark));
    g_array_set_clear_func(remarks, (GDestroyNotify)remark_clear);
    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = g_ptr_array_index(findings, i);
        struct remark *remark = remark_new(finding);
        struct docx_remark written = {
            .span = finding->span,
            .head = g_strdup_printf("%s: %s", remark->verdict, remark->means),
            .lines = (const char *const *)(void *)lines_of(remark),
            .link = g_strdup(remark->link),
        };
        g_array_append_val(remarks, written);
        remark_free(remark);
    }
    return docx_remark(annotation->source, document_text(draft), remarks, ret, error);
}
