/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/verify.h"

#include "base/error.h"
#include "base/limits.h"
#include "index/pool.h"
#include "index/statement.h"
#include "index/walk.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* The documents of one file: rows [first, after) of all. */
struct group {
    guint first, after;
    char *moved;    /* where the same bytes were found, or NULL */
    bool missing;   /* nothing lies at its place */
};

struct verify {
    struct store *store;
    const struct build_options *options;
    void (*result)(void *data, const struct verify_result *result);
    GPtrArray *rows;    /* struct document_row, by path and member */
    GArray *groups;     /* struct group */
    struct verify_around around;
    gint64 told;
};

static const struct document_row *first_of(const struct verify *v, const struct group *group)
{
    return g_ptr_array_index(v->rows, group->first);
}

static void make_groups(struct verify *v)
{
    for (guint i = 0; i < v->rows->len; i++) {
        const struct document_row *row = g_ptr_array_index(v->rows, i);
        struct group *last = v->groups->len ? &g_array_index(v->groups, struct group, v->groups->len - 1) : NULL;
        if (last && strcmp(first_of(v, last)->path, row->path) == 0 && strcmp(row->path, "-") != 0) {
            last->after = i + 1;
            continue;
        }
        struct group group = {.first = i, .after = i + 1};
        g_array_append_val(v->groups, group);
    }
}

static bool has_hash(const char *path, const char *sha256)
{
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    guchar chunk[65536];
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW);
    ssize_t n = -1;
    while (fd >= 0 && (n = read(fd, chunk, sizeof chunk)) > 0)
        g_checksum_update(checksum, chunk, n);
    if (fd >= 0)
        close(fd);
    return n == 0 && strcmp(g_checksum_get_string(checksum), sha256) == 0;
}

void verify_around_clear(struct verify_around *around)
{
    g_clear_pointer(&around->files, g_ptr_array_unref);
}

/* Where the bytes of a file that is gone lie now: in the evidence file's folder or below. The caller frees it; NULL: nowhere there. */
static char *find_moved(struct verify_around *around, const struct document_row *row)
{
    if (!around->files) {
        g_autofree char *folder = store_file(around->store, ".");
        char *paths[] = {folder, NULL};
        around->files = walk(paths, store_location(around->store), NULL);
    }
    for (guint i = 0; i < around->files->len; i++) {
        const struct found *found = g_ptr_array_index(around->files, i);
        if (!found->odd && found->size == row->size && has_hash(found->path, row->file_sha256))
            return g_strdup(found->path);
    }
    return NULL;
}

int verify_open_path(const char *path, GError **problem)
{
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        citable_error_at(problem, errno == ENOENT ? CITABLE_ERROR_MISSING : CITABLE_ERROR_READ, NULL, 0, "%s", g_strerror(errno));
    return fd;
}

int verify_open(struct verify_around *around, const struct document_row *row, char **moved, bool *missing, GError **problem)
{
    *moved = NULL;
    *missing = false;
    if (strcmp(row->path, "-") == 0) {
        citable_error_at(problem, CITABLE_ERROR_MISSING, NULL, 0, "came on standard input: there is no file to compare it with");
        return -1;
    }
    g_autofree char *path = store_file(around->store, row->path);
    *missing = access(path, F_OK) != 0 && errno == ENOENT;
    if (*missing)
        *moved = find_moved(around, row);
    return verify_open_path(*moved ? *moved : path, problem);
}

static bool open_group(void *data, uint32_t number, struct pool_file *ret, GError **problem)
{
    struct verify *v = data;
    struct group *group = &g_array_index(v->groups, struct group, number);
    const struct document_row *row = first_of(v, group);
    *ret = (struct pool_file){.fd = verify_open(&v->around, row, &group->moved, &group->missing, problem), .path = row->path};
    return ret->fd >= 0;
}

/* Does the passage stand in the file again: the same bytes of the clean text, on the same page? */
static bool stands(const struct document *doc, const struct passage_row *passage)
{
    struct span span = passage->span;
    uint32_t index = span.end <= doc->text->len && span.start < span.end ? document_passage_at(doc, span.start) : NONE;
    if (index == NONE || strlen(passage->text) != span.end - span.start || memcmp(passage->text, doc->text->str + span.start, span.end - span.start) != 0)
        return false;
    return DOCUMENT_AT(doc->passages, struct passage, index).page == passage->page;
}

static const struct document *document_in(const struct reading *reading, const char *member)
{
    for (guint i = 0; reading->items && i < reading->items->len; i++) {
        const struct document *doc = g_array_index(reading->items, struct read_item, i).doc;
        if (g_strcmp0(doc->member, member) == 0)
            return doc;
    }
    return NULL;
}

/* How many figures of a document are not what was written, or are gone. */
static bool count_lost_figures(struct verify *v, int64_t document, const GPtrArray *passages, uint32_t *ret, GError **error)
{
    int64_t written = 0, intact = 0, all = 0;
    for (guint i = 0; i < passages->len; i++) {
        g_autoptr(GPtrArray) figures = NULL;
        if (!store_figures_of(v->store, g_ptr_array_index(passages, i), &figures, error))
            return false;
        all += figures->len;
        for (guint k = 0; k < figures->len; k++)
            intact += ((const struct figure_row *)g_ptr_array_index(figures, k))->intact;
    }
    if (!v->store->older) { /* where passages do not say how many they have */
        sqlite3_stmt *stmt = statement(v->store, error, "figures_written", "ii", rows_first(document), rows_last(document));
        if (!stmt || statement_step(v->store, stmt, error) != SQLITE_ROW)
            return false;
        written = sqlite3_column_int64(stmt, 0);
        sqlite3_reset(stmt);
    }
    *ret = (uint32_t)CLAMP(MAX(written, all) - intact, 0, INT32_MAX);
    return true;
}

static bool compare(struct verify *v, const struct document_row *row, const struct document *doc, struct verify_result *result, GError **error)
{
    g_autoptr(GPtrArray) passages = NULL;
    if (!store_context(v->store, rows_first(row->rowid), UINT32_MAX, &passages, error))
        return false;
    result->passages = passages->len;
    bool damaged = !row->intact;
    for (guint i = 0; i < passages->len; i++) {
        const struct passage_row *passage = g_ptr_array_index(passages, i);
        damaged = damaged || !passage->intact;
        result->lost += !passage->intact || !doc || !stands(doc, passage);
    }
    if (!count_lost_figures(v, row->rowid, passages, &result->lost_figures, error))
        return false;
    if (damaged || result->lost_figures > 0) {
        result->status = "damaged";
        result->reason = "the evidence file holds other bytes than were written; 'citable ingest --again' reads the file anew";
    } else if (result->lost > 0) {
        result->reason = "this edition of citable reads the file in another way; 'citable ingest --again' reads it anew";
    }
    return true;
}

static bool settle_group(void *data, uint32_t number, struct reading *reading, GError **error)
{
    struct verify *v = data;
    struct group *group = &g_array_index(v->groups, struct group, number);
    bool ok = true;
    for (guint i = group->first; ok && i < group->after; i++) {
        const struct document_row *row = g_ptr_array_index(v->rows, i);
        struct verify_result result = {.document = row, .status = "unchanged", .where = group->moved};
        bool same = g_strcmp0(reading->sha256, row->file_sha256) == 0;
        if (!reading->sha256) {
            result.status = group->missing ? "gone" : "unreadable";
            result.reason = reading->error->message;
        } else if (!same) {
            result.status = "changed";
        } else if (reading->error) {
            result.status = "unreadable";
            result.reason = reading->error->message;
        } else {
            result.status = group->missing ? "moved" : "unchanged";
            ok = compare(v, row, document_in(reading, row->member), &result, error);
        }
        if (ok)
            v->result(v->options->data, &result);
    }
    g_clear_pointer(&group->moved, g_free);
    return ok;
}

static bool wait_for(void *data, uint32_t number, uint32_t page, uint32_t pages, GError **error)
{
    (void)error;
    struct verify *v = data;
    if (!v->options->progress)
        return true;
    struct build_progress progress = {number, v->groups->len, first_of(v, &g_array_index(v->groups, struct group, number))->path, page, pages, -1};
    v->options->progress(v->options->data, &progress);
    return true;
}

bool verify_run(struct store *store, const struct build_options *options, void (*result)(void *data, const struct verify_result *result), GError **error)
{
    struct verify v = {.store = store, .options = options, .result = result, .around = {.store = store}};
    if (!store_documents(store, &v.rows, error))
        return false;
    v.groups = g_array_new(FALSE, FALSE, sizeof(struct group));
    make_groups(&v);
    struct sandbox *sandbox = sandbox_new();
    const struct worker_setup setup = {.extractor = options->extractor, .sandbox = sandbox, .cpu_s = LIMIT_WORKER_CPU_S, .memory_mb = LIMIT_WORKER_MEMORY_MB,
                                       .silence_s = LIMIT_WORKER_SILENCE_S};
    const struct pool_client client = {&v, open_group, settle_group, wait_for};
    bool ok = pool_run(&setup, options->jobs, v.groups->len, &client, error);
    sandbox_free(sandbox);
    verify_around_clear(&v.around);
    g_array_unref(v.groups);
    g_ptr_array_unref(v.rows);
    return ok;
}
