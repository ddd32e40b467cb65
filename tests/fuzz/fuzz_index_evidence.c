/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fuzz/check.h"

#include "base/error.h"
#include "extract/pass.h"
#include "index/find.h"
#include "index/put.h"
#include "index/review.h"
#include "ingest/reader.h"

#include <glib/gstdio.h>

static const char report[] = "Shelter\n\nSome 10,000 people were displaced in Honduras in 2014, said UNHCR. The shelter holds 1.5 million dollars.\n\nRefugees fled again; 4,500 households needed water.\n";

/* An evidence file as it was written, and where its changed copies lie. */
static struct {
    char *path, *bytes;
    gsize size;
    GHashTable *texts; /* id of a passage → its text */
} whole;

static struct clause *word(const char *text)
{
    struct clause *clause = g_new0(struct clause, 1);
    clause->text = g_strdup(text);
    clause->required = true;
    return clause;
}

static void word_free(void *data)
{
    struct clause *clause = data;
    g_free(clause->text);
    g_free(clause);
}

static void put_report(struct store *store)
{
    struct extractor *extractor = NULL;
    g_autoptr(GBytes) bytes = g_bytes_new_static(report, sizeof report - 1);
    g_autoptr(GPtrArray) documents = g_ptr_array_new_with_free_func((GDestroyNotify)document_free), troubles = g_ptr_array_new_with_free_func(g_free);
    struct source *source = source_new("report.txt", bytes);
    CHECK(extractor_new(NULL, &extractor, NULL) && reader_read(source, documents, NULL) && store_begin(store, NULL));
    struct mentions *mentions = extractor_run(extractor, g_ptr_array_index(documents, 0), troubles);
    CHECK(store_put(store, g_ptr_array_index(documents, 0), mentions, "1", NULL) && store_commit(store, NULL));
    mentions_free(mentions);
    source_free(source);
    extractor_free(extractor);
}

/* Answered, or refused in one line. */
static void check_answer(bool answered, GError **error)
{
    CHECK(answered == (*error == NULL) && (answered || ((*error)->domain == CITABLE_ERROR && !strchr((*error)->message, '\n'))));
    g_clear_error(error);
}

static void passage(const struct passage_row *row, bool remember)
{
    if (!row || !row->intact)
        return;
    if (remember)
        g_hash_table_insert(whole.texts, g_strdup(row->id), g_strdup(row->text));
    const char *text = g_hash_table_lookup(whole.texts, row->id);
    CHECK(!text || g_str_equal(text, row->text)); /* under a damaged id it may be found as another */
}

/* All that questions ask of it: an error, or what is whole is what was written. */
static void ask_all(struct store *store, bool remember)
{
    g_autoptr(GPtrArray) clauses = g_ptr_array_new_with_free_func(word_free), documents = NULL, figures = NULL, ledger = NULL, context = NULL, notes = NULL;
    g_autoptr(GArray) hits = NULL;
    g_autoptr(GError) error = NULL;
    const struct figure_filter all = {.minor = true};
    g_ptr_array_add(clauses, word("people"));
    check_answer(store_documents(store, &documents, &error), &error);
    check_answer(store_find(store, clauses, NULL, 20, &hits, &error), &error);
    check_answer(store_figures(store, &all, clauses, 20, &figures, &error), &error);
    check_answer(store_ledger(store, &ledger, &error), &error);
    for (guint i = 0; hits && i < hits->len; i++) {
        struct passage_row *row = NULL;
        check_answer(store_passage(store, g_array_index(hits, struct passage_hit, i).passage, &row, &error), &error);
        passage(row, remember);
        passage_row_free(row);
    }
    int64_t first = documents && documents->len > 0 ? ((const struct document_row *)g_ptr_array_index(documents, 0))->rowid : 1;
    check_answer(store_context(store, first << 24, 50, &context, &error), &error);
    for (guint i = 0; context && i < context->len; i++)
        passage(g_ptr_array_index(context, i), remember);
    check_answer(store_notes(store, first, &notes, &error), &error);
}

static void make(void)
{
    struct store *store = NULL;
    g_autofree char *folder = g_dir_make_tmp("citable-XXXXXX", NULL);
    whole.path = g_build_filename(folder, "evidence.citable", NULL);
    whole.texts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    CHECK(store_open(whole.path, STORE_CREATE, &store, NULL));
    put_report(store);
    ask_all(store, true);
    CHECK(g_hash_table_size(whole.texts) > 2);
    store_close(store);
    CHECK(g_file_get_contents(whole.path, &whole.bytes, &whole.size, NULL));
}

/*  An evidence file from anybody: ours, with bytes of it changed (three bytes say where, the fourth how) and cut where the last ones say so. Read, and, where the
 *  first byte is odd, opened for writing, which brings a file forward that says to be of an older schema. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!whole.path)
        make();
    g_autofree char *bytes = g_memdup2(whole.bytes, whole.size);
    gsize length = whole.size;
    for (size_t i = 1; i + 4 <= size; i += 4) {
        size_t at = (size_t)data[i] << 16 | (size_t)data[i + 1] << 8 | data[i + 2];
        if (at < whole.size)
            bytes[at] = (char)(bytes[at] ^ data[i + 3]);
        else if (data[i + 3] == 0)
            length = at % whole.size;
    }
    CHECK(g_file_set_contents_full(whole.path, bytes, (gssize)length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
    struct store *store = NULL;
    g_autoptr(GError) error = NULL;
    check_answer(store_open(whole.path, size > 0 && data[0] & 1 ? STORE_WRITE : STORE_READ, &store, &error), &error);
    if (store)
        ask_all(store, false);
    store_close(store);
    g_autofree char *journal = g_strconcat(whole.path, "-journal", NULL), *log = g_strconcat(whole.path, "-wal", NULL), *shared = g_strconcat(whole.path, "-shm", NULL);
    const char *const left[] = {journal, log, shared};
    for (size_t i = 0; i < G_N_ELEMENTS(left); i++)
        g_unlink(left[i]);
    return 0;
}
