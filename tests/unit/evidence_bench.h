/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_TESTS_EVIDENCE_BENCH_H
#define CITABLE_TESTS_EVIDENCE_BENCH_H

#include "extract/pass.h"
#include "index/find.h"
#include "index/functions.h"
#include "index/put.h"
#include "ingest/reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <unistd.h>

/* An evidence file in a folder of its own. */
struct bench {
    char *folder, *path;
    struct extractor *extractor;
    struct store *store;
};

static const char report[] = "Shelter\n\nSome 10,000 people were displaced in Honduras in 2014. The well-known shelter holds 1.5 million dollars.\n\n"
                             "Refugees fled again; the city council said that 4 500 households needed water.\n\fA second page says nothing of them.\n";
static const char informe[] = "Desplazamiento\n\nEl desplazamiento interno continúa. Los desplazados y las víctimas de la población rural no regresan.\n";

#define ok(done, error)                                                          \
    do {                                                                         \
        bool done_ = (done);                                                     \
        if (!done_)                                                              \
            fail_msg("%s", (error) ? (error)->message : "failed without a reason"); \
    } while (0)

/* mentions: of the document, or NULL: what the extractor finds. False with `error`. */
static inline bool put_document(struct bench *bench, const struct document *doc, struct mentions *mentions, GError **error)
{
    g_autoptr(GPtrArray) troubles = g_ptr_array_new_with_free_func(g_free);
    struct mentions *found = mentions ? NULL : extractor_run(bench->extractor, doc, troubles);
    bool done = store_put(bench->store, doc, mentions ? mentions : found, extractor_version(bench->extractor), error);
    if (found)
        mentions_free(found);
    return done;
}

/* One transaction; false with `error`, and nothing is written. */
static inline bool try_text(struct bench *bench, const char *name, const char *text, const char *lang, struct mentions *mentions, GError **error)
{
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    g_autofree char *path = g_build_filename(bench->folder, name, NULL);
    struct source *source = source_new(path, bytes);
    source->lang = lang;
    g_autoptr(GPtrArray) documents = g_ptr_array_new_with_free_func((GDestroyNotify)document_free);
    bool done = reader_read(source, documents, error) && store_begin(bench->store, error);
    for (guint i = 0; done && i < documents->len; i++)
        done = put_document(bench, g_ptr_array_index(documents, i), mentions, error);
    done = done && store_commit(bench->store, error);
    if (!done)
        store_rollback(bench->store);
    source_free(source);
    return done;
}

static inline void put_text(struct bench *bench, const char *name, const char *text, const char *lang)
{
    GError *error = NULL;
    ok(try_text(bench, name, text, lang, NULL, &error), error);
}

static inline int bench_open_empty(void **state)
{
    struct bench *bench = g_new0(struct bench, 1);
    GError *error = NULL;
    bench->folder = g_dir_make_tmp("citable-XXXXXX", NULL);
    bench->path = g_build_filename(bench->folder, "evidence.citable", NULL);
    ok(extractor_new(NULL, &bench->extractor, &error), error);
    ok(store_open(bench->path, STORE_CREATE, &bench->store, &error), error);
    *state = bench;
    return 0;
}

static inline int bench_open(void **state)
{
    bench_open_empty(state);
    put_text(*state, "report.txt", report, "en");
    put_text(*state, "informe.txt", informe, "es");
    return 0;
}

static inline int bench_close(void **state)
{
    struct bench *bench = *state;
    store_close(bench->store);
    extractor_free(bench->extractor);
    g_chmod(bench->folder, 0700);
    g_autoptr(GDir) dir = g_dir_open(bench->folder, 0, NULL);
    for (const char *name = g_dir_read_name(dir); name; name = g_dir_read_name(dir)) {
        g_autofree char *path = g_build_filename(bench->folder, name, NULL);
        g_unlink(path);
    }
    g_rmdir(bench->folder);
    g_free(bench->folder);
    g_free(bench->path);
    g_free(bench);
    return 0;
}

static inline GPtrArray *clauses_of(const char *const *words)
{
    GPtrArray *clauses = g_ptr_array_new_with_free_func(g_free);
    for (; *words; words++) {
        struct clause *clause = g_malloc0(sizeof *clause + strlen(*words) + 1);
        clause->phrase = **words == '"';
        clause->excluded = **words == '-';
        clause->required = !clause->excluded;
        clause->prefix = g_str_has_suffix(*words, "*");
        clause->text = strcpy((char *)(clause + 1), *words + (clause->phrase || clause->excluded));
        g_ptr_array_add(clauses, clause);
    }
    return clauses;
}

static inline void change(struct bench *bench, const char *sql)
{
    sqlite3 *db;
    char *message = NULL;
    assert_int_equal(sqlite3_open(bench->path, &db), SQLITE_OK);
    assert_true(functions_register(db));
    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
        fail_msg("%s: %s", sql, message);
    sqlite3_close(db);
}

/* Words that were read are remembered: what changes beside the store is seen by the next one. */
static inline void reopen(struct bench *bench)
{
    GError *error = NULL;
    store_close(bench->store);
    ok(store_open(bench->path, STORE_WRITE, &bench->store, &error), error);
}

#endif
