/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "extract/pass.h"
#include "index/find.h"
#include "index/put.h"
#include "ingest/reader.h"
#include "query/answer.h"

#include <glib/gstdio.h>

/* What is quoted is what the document says, at the place that is named. */

static struct extractor *extractor;

/* The document as read, and the same in a new evidence file. */
static struct store *store_with(const struct document *doc, char **folder)
{
    struct store *store = NULL;
    *folder = g_dir_make_tmp("citable-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(*folder, "evidence.citable", NULL);
    g_autoptr(GPtrArray) troubles = g_ptr_array_new_with_free_func(g_free);
    struct mentions *mentions = extractor_run(extractor, doc, troubles);
    assert_true(store_open(path, STORE_CREATE, &store, NULL));
    assert_true(store_begin(store, NULL));
    assert_true(store_put(store, doc, mentions, "test", NULL));
    assert_true(store_commit(store, NULL));
    mentions_free(mentions);
    return store;
}

static void remove_folder(char *folder)
{
    g_autofree char *path = g_build_filename(folder, "evidence.citable", NULL);
    g_unlink(path);
    g_rmdir(folder);
    g_free(folder);
}

static void check_quote(const struct document *doc, const struct answer *answer)
{
    struct slice quote = answer_quote(answer);
    struct span span = answer_quote_span(answer);
    assert_non_null(quote.ptr);
    assert_true(span.end <= doc->text->len);
    assert_true(slice_equal(quote, document_slice(doc, span)));
    if (answer->figure) {
        assert_true(slice_is(document_slice(doc, answer->figure->span), answer->figure->text));
        assert_true(span.start <= answer->figure->span.start && answer->figure->span.end <= span.end);
    }
}

static void check_document(const struct document *doc)
{
    char *folder;
    struct store *store = store_with(doc, &folder);
    struct library *library = library_new(store);
    struct figure_filter all = {.minor = true};
    g_autoptr(GPtrArray) clauses = g_ptr_array_new(), rows = NULL;
    assert_true(store_figures(store, &all, clauses, UINT32_MAX, &rows, NULL));
    for (guint i = 0; i < rows->len; i++) {
        struct answer *answer = NULL, *again = NULL;
        assert_true(answer_of_figure(library, g_steal_pointer(&g_ptr_array_index(rows, i)), &answer, NULL));
        check_quote(doc, answer);
        assert_true(answer_by_id(library, answer->passage->id, &again, NULL));
        check_quote(doc, again);
        answer_free(again);
        answer_free(answer);
    }
    library_free(library);
    store_close(store);
    remove_folder(folder);
}

static const char *const files[] = {"displacement-review.pdf", "border-brief.pdf", "news-haiti.html", "news-asylum.html", "homicide-note.txt", "evidence-feed.xml", "field-summary.docx",
                                    "haiti-deplacement.md"};

static void test_file(void **state)
{
    g_autofree char *path = g_build_filename(TESTS_DIR, "..", "corpus", "documents", (const char *)*state, NULL);
    struct source *source = NULL;
    g_autoptr(GPtrArray) documents = g_ptr_array_new_with_free_func((GDestroyNotify)document_free);
    g_autoptr(GError) error = NULL;
    if (!source_open(path, &source, &error))
        fail_msg("%s", error->message);
    assert_true(reader_read(source, documents, NULL));
    assert_true(documents->len > 0);
    for (guint i = 0; i < documents->len; i++)
        check_document(g_ptr_array_index(documents, i));
    source_free(source);
}

/* A passage of five words, one of them a figure; what the rows say may be damaged. */
static struct slice quote_of(bool intact, const char *figure_text, const char *sentence, uint32_t start)
{
    struct passage_row passage = {.text = (char *)"About 40 people came today.", .span = {100, 127}, .intact = intact};
    struct document_row document = {.intact = true};
    struct figure_row figure = {.text = (char *)figure_text, .sentence = (char *)sentence, .span = {start, start + 8}, .sentence_span = {100, 127}, .intact = true};
    struct answer answer = {.document = &document, .passage = &passage, .figure = &figure};
    return answer_quote(&answer);
}

static void test_damage(void **state)
{
    (void)state;
    assert_true(slice_is(quote_of(true, "About 40", "About 40 people came today.", 100), "About 40 people came today."));
    assert_null(quote_of(false, "About 40", "About 40 people came today.", 100).ptr); /* the passage's hash fails */
    assert_null(quote_of(true, "About 90", "About 40 people came today.", 100).ptr);  /* the figure is not what stands there */
    assert_null(quote_of(true, "About 40", "About 90 people came today.", 100).ptr);  /* nor is the sentence */
    assert_null(quote_of(true, "About 40", "About 40 people came today.", 104).ptr);  /* it stands elsewhere */
    assert_null(quote_of(true, "About 40", "About 40 people came today.", 90).ptr);   /* before the passage */
    assert_null(quote_of(true, "About 40", "About 40 people came today.", 125).ptr);  /* over its end */
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(files) + 1];
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++)
        tests[i] = (struct CMUnitTest){files[i], test_file, NULL, NULL, (void *)files[i]};
    tests[G_N_ELEMENTS(files)] = (struct CMUnitTest)cmocka_unit_test(test_damage);
    if (!extractor_new(NULL, &extractor, NULL))
        return 1;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    extractor_free(extractor);
    return failed;
}
