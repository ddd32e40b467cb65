/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/verify_quotes.h"

#include "base/error.h"
#include "base/limits.h"
#include "extract/token.h"
#include "index/get.h"
#include "index/pool.h"
#include "index/verify.h"
#include "index/walk.h"

/* A file that is read, and who asks for it. */
struct file {
    char *path;                      /* as given, or as the store has it */
    const struct document_row *row;  /* the store's, or NULL */
    GPtrArray *quotes;               /* struct quoted; NULL: all may be meant */
};

struct run {
    struct store *store;
    const struct build_options *options;
    const GPtrArray *quotes;
    GPtrArray *rows;         /* struct document_row */
    GPtrArray *files;        /* struct file */
    struct verify_around around;
};

const char *quoted_status_name(enum quoted_status status)
{
    static const char *const names[] = {"unchecked", "gone", "unreadable", "text_changed", "moved", "document_changed", "found"};
    return names[status];
}

struct quoted *quoted_new(void)
{
    struct quoted *quoted = g_new0(struct quoted, 1);
    quoted->start = quoted->page = quoted->page_now = NONE;
    return quoted;
}

void quoted_free(struct quoted *quoted)
{
    if (!quoted)
        return;
    char *strings[] = {quoted->id, quoted->sha256, quoted->file, quoted->url, quoted->quote, quoted->file_now, quoted->sha256_now, quoted->reason, quoted->quote_now};
    for (size_t i = 0; i < G_N_ELEMENTS(strings); i++)
        g_free(strings[i]);
    g_free(quoted);
}

static void file_free(void *data)
{
    struct file *file = data;
    g_free(file->path);
    if (file->quotes)
        g_ptr_array_unref(file->quotes);
    g_free(file);
}

static const char *base_name(const char *path)
{
    const char *slash = path ? strrchr(path, '/') : NULL;
    return slash ? slash + 1 : path;
}

/* Remembers what was found, unless something better was before. Takes nothing over. */
static void found(struct quoted *quoted, enum quoted_status status, const char *file, const char *sha256, uint32_t page, const char *quote_now, const char *reason)
{
    if (status < quoted->status || (status == quoted->status && quoted->file_now))
        return;
    char **strings[] = {&quoted->file_now, &quoted->sha256_now, &quoted->quote_now, &quoted->reason};
    const char *values[] = {file, sha256, quote_now, reason};
    for (size_t i = 0; i < G_N_ELEMENTS(strings); i++) {
        g_free(*strings[i]);
        *strings[i] = g_strdup(values[i]);
    }
    quoted->status = status;
    quoted->page_now = page;
}

/* Where the words stand: at their place, else on their page, else nearest to their place; NONE: nowhere. */
static uint32_t place_of(const struct document *doc, const struct quoted *quoted)
{
    size_t len = strlen(quoted->quote);
    uint32_t best = NONE, best_distance = NONE;
    bool best_page = false;
    for (const char *at = doc->text->str; (at = strstr(at, quoted->quote)); at++) {
        uint32_t here = (uint32_t)(at - doc->text->str), distance = quoted->start == NONE ? 0 : here > quoted->start ? here - quoted->start : quoted->start - here;
        bool page = document_page(doc, here) == quoted->page || document_page(doc, here + (uint32_t)len - 1) == quoted->page;
        if (best == NONE || (page && !best_page) || (page == best_page && distance < best_distance)) {
            best = here;
            best_distance = distance;
            best_page = page;
        }
    }
    return best;
}

/* The folded words of a text: hash → 0. */
static GHashTable *words_of(const char *text)
{
    GHashTable *words = g_hash_table_new(NULL, NULL);
    for (const char *at = text; *at;) {
        const char *start = at;
        while (*at && g_unichar_isalnum(g_utf8_get_char(at)))
            at = g_utf8_next_char(at);
        if (at > start)
            g_hash_table_insert(words, GUINT_TO_POINTER(token_hash(slice_make(start, (size_t)(at - start)))), NULL);
        else
            at = g_utf8_next_char(at);
    }
    return words;
}

/* The sentence that shares most words with a text; NONE where none shares more than half of them. */
static uint32_t nearest(const struct document *doc, const char *text)
{
    g_autoptr(GHashTable) words = words_of(text);
    g_autoptr(GArray) tokens = tokens_new(doc);
    guint best = g_hash_table_size(words) / 2, token = 0;
    uint32_t ret = NONE;
    for (guint i = 0; i < doc->sentences->len; i++) {
        const struct span *span = &DOCUMENT_AT(doc->sentences, struct sentence, i).span;
        guint shared = 0;
        for (; token < tokens->len && g_array_index(tokens, struct token, token).span.start < span->end; token++) {
            gpointer hash = GUINT_TO_POINTER(g_array_index(tokens, struct token, token).hash), seen;
            if (g_hash_table_lookup_extended(words, hash, NULL, &seen) && GPOINTER_TO_UINT(seen) != i + 1) {
                g_hash_table_insert(words, hash, GUINT_TO_POINTER(i + 1)); /* each word once a sentence */
                shared++;
            }
        }
        if (shared > best) {
            best = shared;
            ret = i;
        }
    }
    return ret;
}

/* meant: the citation names this document; else only its words can show that it is meant. */
static void look_in(const struct document *doc, const char *path, bool meant, struct quoted *quoted)
{
    bool same = g_strcmp0(doc->sha256, quoted->sha256) == 0 || g_strcmp0(doc->file_sha256, quoted->sha256) == 0;
    if (!quoted->quote) {
        if (same || meant)
            found(quoted, same ? QUOTED_FOUND : QUOTED_DOCUMENT_CHANGED, path, doc->sha256, NONE, NULL, NULL);
        return;
    }
    uint32_t place = *quoted->quote ? place_of(doc, quoted) : NONE;
    if (place != NONE) {
        uint32_t page = document_page(doc, place), last = document_page(doc, place + (uint32_t)strlen(quoted->quote) - 1);
        bool there = quoted->page == NONE || (page <= quoted->page && quoted->page <= last);
        found(quoted, there ? (same ? QUOTED_FOUND : QUOTED_DOCUMENT_CHANGED) : QUOTED_MOVED, path, doc->sha256, there ? quoted->page : page, NULL, NULL);
    } else if ((same || meant) && quoted->status < QUOTED_TEXT_CHANGED) {
        uint32_t sentence = nearest(doc, quoted->quote);
        struct span span = sentence == NONE ? (struct span){0, 0} : DOCUMENT_AT(doc->sentences, struct sentence, sentence).span;
        g_autofree char *now = sentence == NONE ? NULL : slice_dup(document_slice(doc, span));
        found(quoted, QUOTED_TEXT_CHANGED, path, doc->sha256, sentence == NONE ? NONE : document_page(doc, span.start), now,
              same ? "the file is the same: this edition of citable reads it in another way" : NULL);
    }
}

static bool open_file(void *data, uint32_t number, struct pool_file *ret, GError **problem)
{
    struct run *run = data;
    const struct file *file = g_ptr_array_index(run->files, number);
    g_autofree char *moved = NULL;
    bool missing;
    *ret = (struct pool_file){.path = file->path};
    ret->fd = file->row ? verify_open(&run->around, file->row, &moved, &missing, problem) : verify_open_path(file->path, problem);
    return ret->fd >= 0;
}

static void settle_for(const struct file *file, const struct reading *reading, struct quoted *quoted)
{
    const char *name = base_name(file->path);
    bool named = file->quotes || (quoted->file && g_strcmp0(base_name(quoted->file), name) == 0);
    if (reading->error && named)
        found(quoted, g_error_matches(reading->error, CITABLE_ERROR, CITABLE_ERROR_MISSING) ? QUOTED_GONE : QUOTED_UNREADABLE, file->path, reading->sha256, NONE, NULL, reading->error->message);
    for (guint i = 0; reading->items && i < reading->items->len; i++) {
        const struct document *doc = g_array_index(reading->items, struct read_item, i).doc;
        bool meant = named || (quoted->url && g_strcmp0(doc->metadata.url, quoted->url) == 0);
        look_in(doc, file->path, meant, quoted);
    }
}

static bool settle_file(void *data, uint32_t number, struct reading *reading, GError **error)
{
    (void)error;
    struct run *run = data;
    const struct file *file = g_ptr_array_index(run->files, number);
    const GPtrArray *quotes = file->quotes ? file->quotes : run->quotes;
    for (guint i = 0; i < quotes->len; i++) {
        struct quoted *quoted = g_ptr_array_index(quotes, i);
        if (quoted->quote || quoted->sha256)
            settle_for(file, reading, quoted);
    }
    return true;
}

static bool wait_for(void *data, uint32_t number, uint32_t page, uint32_t pages, GError **error)
{
    (void)error;
    const struct run *run = data;
    const struct file *file = g_ptr_array_index(run->files, number);
    struct build_progress progress = {number, run->files->len, file->path, page, pages, -1};
    if (run->options->progress)
        run->options->progress(run->options->data, &progress);
    return true;
}

/* The document that a citation means: by its bytes, else by its address, else by its path, else by the file's name where only one has it. */
static const struct document_row *row_of(const struct run *run, const struct quoted *quoted)
{
    const struct document_row *best = NULL;
    int best_level = 0;
    bool several = false;
    for (guint i = 0; i < run->rows->len; i++) {
        const struct document_row *row = g_ptr_array_index(run->rows, i);
        const bool levels[] = {
            true,
            quoted->file && g_strcmp0(base_name(row->path), base_name(quoted->file)) == 0,
            quoted->file && g_strcmp0(row->path, quoted->file) == 0,
            quoted->url && g_strcmp0(row->metadata.url, quoted->url) == 0,
            quoted->sha256 && (g_strcmp0(row->sha256, quoted->sha256) == 0 || g_strcmp0(row->file_sha256, quoted->sha256) == 0),
        };
        int level = G_N_ELEMENTS(levels) - 1;
        while (!levels[level])
            level--;
        several = level > best_level ? false : several || (level == 1 && best_level == 1);
        if (level > best_level) {
            best = row;
            best_level = level;
        }
    }
    return several ? NULL : best;
}

/* One file for all the citations that mean it. */
static void files_of_rows(struct run *run)
{
    g_autoptr(GHashTable) by_path = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < run->quotes->len; i++) {
        struct quoted *quoted = g_ptr_array_index(run->quotes, i);
        const struct document_row *row = quoted->quote || quoted->sha256 ? row_of(run, quoted) : NULL;
        if (!row)
            continue;
        struct file *file = g_hash_table_lookup(by_path, row->path);
        if (!file) {
            file = g_new0(struct file, 1);
            *file = (struct file){g_strdup(row->path), row, g_ptr_array_new()};
            g_ptr_array_add(run->files, file);
            g_hash_table_insert(by_path, row->path, file);
        }
        g_ptr_array_add(file->quotes, quoted);
    }
}

static void files_of_paths(struct run *run, char *const *paths)
{
    g_autoptr(GPtrArray) all = walk(paths, NULL, NULL);
    for (guint i = 0; i < all->len; i++) {
        const struct found *thing = g_ptr_array_index(all, i);
        if (thing->odd && !thing->named)
            continue;
        struct file *file = g_new0(struct file, 1);
        file->path = g_strdup(thing->path);
        g_ptr_array_add(run->files, file);
    }
}

bool verify_quotes(struct store *store, char *const *paths, const struct build_options *options, const GPtrArray *quotes, GError **error)
{
    struct run run = {.store = store, .options = options, .quotes = quotes, .around = {.store = store}};
    if (!paths && !store_documents(store, &run.rows, error))
        return false;
    run.files = g_ptr_array_new_with_free_func(file_free);
    for (guint i = 0; i < quotes->len; i++) {
        struct quoted *quoted = g_ptr_array_index(quotes, i);
        quoted->status = quoted->quote || quoted->sha256 ? QUOTED_GONE : QUOTED_UNCHECKED;
    }
    if (paths)
        files_of_paths(&run, paths);
    else
        files_of_rows(&run);
    struct sandbox *sandbox = sandbox_new();
    const struct worker_setup setup = {.extractor = options->extractor, .sandbox = sandbox, .cpu_s = LIMIT_WORKER_CPU_S, .memory_mb = LIMIT_WORKER_MEMORY_MB,
                                       .silence_s = LIMIT_WORKER_SILENCE_S};
    const struct pool_client client = {&run, open_file, settle_file, wait_for};
    bool ok = pool_run(&setup, options->jobs, run.files->len, &client, error);
    sandbox_free(sandbox);
    verify_around_clear(&run.around);
    g_ptr_array_unref(run.files);
    if (run.rows)
        g_ptr_array_unref(run.rows);
    return ok;
}
