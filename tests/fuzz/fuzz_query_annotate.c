/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fuzz/check.h"
#include "tests/unit/described.h"

#include "query/annotate/annotator.h"

/* A verdict on each run of digits of a passage, as if none were found in the evidence. */
static GPtrArray *findings_of(const struct document *doc)
{
    GPtrArray *findings = g_ptr_array_new_with_free_func((GDestroyNotify)finding_free);
    for (guint i = 0; i < doc->passages->len; i++) {
        struct span passage = DOCUMENT_AT(doc->passages, struct passage, i).span;
        for (uint32_t at = passage.start, end; at < passage.end; at = MAX(end, at + 1)) {
            for (end = at; end < passage.end && g_ascii_isdigit(doc->text->str[end]); end++)
                continue;
            if (end == at)
                continue;
            struct finding *finding = g_new0(struct finding, 1);
            finding->span = (struct span){at, end};
            finding->text = slice_dup(document_slice(doc, finding->span));
            finding->sentence = g_strdup(finding->text);
            finding->page = NONE;
            finding->verdict = VERDICT_NOT_FOUND;
            finding->why = g_strdup("nothing is said of <this> & \"that\"");
            g_ptr_array_add(findings, finding);
        }
    }
    return findings;
}

/* Do letters and digits of the draft stand in what is written, in their order? Then nothing of it was lost. *at: looked through so far. */
static bool keeps(struct slice draft, struct slice out, size_t *at)
{
    for (size_t k = 0; k < draft.len; k++) {
        if (!g_ascii_isalnum(draft.ptr[k]))
            continue;
        while (*at < out.len && out.ptr[*at] != draft.ptr[k])
            ++*at;
        if ((*at)++ >= out.len)
            return false;
    }
    return true;
}

/* Markdown in UTF-8 is copied as it is; of another draft the text is written. */
static void check_kept(const struct document *doc, GBytes *file, const char *suffix, struct slice out)
{
    size_t at = 0;
    struct slice source = slice_make(g_bytes_get_data(file, NULL), g_bytes_get_size(file));
    if (g_str_equal(suffix, ".md") && g_strcmp0(doc->reader, "markdown") == 0 && g_utf8_validate(source.ptr, (gssize)source.len, NULL))
        CHECK(keeps(source, out, &at));
    else
        for (guint i = 0; i < doc->passages->len; i++)
            CHECK(keeps(document_slice(doc, DOCUMENT_AT(doc->passages, struct passage, i).span), out, &at));
}

static GPtrArray *draft_of(const char *name, GBytes *bytes, struct source **source)
{
    GPtrArray *documents = g_ptr_array_new_with_free_func((GDestroyNotify)document_free);
    *source = source_new(name, bytes);
    if (!reader_read(*source, documents, NULL))
        g_ptr_array_set_size(documents, 0);
    return documents;
}

/* A page that a browser may open: nothing of the draft becomes an element of it. */
static void check_page(struct slice out)
{
    g_autofree char *page = slice_dup(out), *small = g_ascii_strdown(page, -1);
    static const char *const never[] = {"<script", "<img", "<iframe", "<object", "<svg", "javascript:\""};
    for (size_t i = 0; i < G_N_ELEMENTS(never); i++)
        CHECK(!strstr(small, never[i]));
}

static void check_word(GBytes *bytes, const struct document *draft)
{
    struct source *source;
    g_autoptr(GPtrArray) documents = draft_of("y.docx", bytes, &source);
    CHECK(documents->len == 1);
    CHECK(g_string_equal(((const struct document *)g_ptr_array_index(documents, 0))->text, draft->text));
    source_free(source);
}

/* The draft, by the first byte as a Word file, a page, Markdown or plain text; its remarks are written in every format that takes it. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    g_autofree char *part = g_strndup((const char *)data + 1, size - 1);
    const struct zip_member word[] = {{"word/document.xml", part}};
    g_autoptr(GBytes) bytes = data[0] == 'w' ? zip_made(word, G_N_ELEMENTS(word)) : g_bytes_new(data + 1, size - 1);
    struct source *source;
    g_autoptr(GPtrArray) documents = draft_of(data[0] == 'w' ? "x.docx" : data[0] == 'h' ? "x.html" : data[0] == 'm' ? "x.md" : "x.txt", bytes, &source);
    g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    for (guint i = 0; i < documents->len; i++)
        g_ptr_array_add(findings, findings_of(g_ptr_array_index(documents, i)));
    const struct annotation annotation = {source, documents, findings};
    for (size_t i = 0; documents->len == 1 && i < n_annotators; i++) {
        g_autofree char *name = g_strconcat("y", annotators[i].suffix, NULL);
        const struct annotator *annotator = NULL;
        g_autoptr(GBytes) out = NULL;
        g_autoptr(GError) error = NULL;
        if (!annotator_for(name, documents, &annotator, NULL))
            continue;
        CHECK(annotator->write(&annotation, &out, &error) == (out != NULL && !error));
        if (!out)
            continue;
        struct slice text = slice_make(g_bytes_get_data(out, NULL), g_bytes_get_size(out));
        if (annotator->reader) {
            check_word(out, g_ptr_array_index(documents, 0));
            continue;
        }
        CHECK(g_utf8_validate(text.ptr, (gssize)text.len, NULL));
        check_kept(g_ptr_array_index(documents, 0), bytes, annotator->suffix, text);
        if (g_str_equal(annotator->suffix, ".html"))
            check_page(text);
    }
    source_free(source);
    return 0;
}
