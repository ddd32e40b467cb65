/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/export/bag.h"

#include "base/error.h"
#include "ingest/pdf/page_image.h"
#include "ingest/reader.h"
#include "query/export/exporter.h"
#include "query/print/printer.h"

#include <errno.h>
#include <ftw.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

/*  DIR/bagit.txt                       that it is a bag
 *      bag-info.txt                    of what
 *      manifest-sha256.txt             hash of each file in data/
 *      tagmanifest-sha256.txt          hash of the three above
 *      data/facts.md, figures.jsonl, annotations.json, references.json, references.bib
 *      data/documents.jsonl            each document: name, hash, size, address; its copy's path, or why there is none
 *      data/documents/a1c94e…-report.pdf
 *      data/pages/a1c94e.11.3.png      the page of each passage, with the passage marked */
enum { PAGE_DPI = 120, NAME_BYTES = 80, HASH_LETTERS = 8 };

struct bag {
    struct library *library;
    const struct bag_options *options;
    char *folder;          /* where it is made */
    GPtrArray *files;      /* char *: paths of the payload, from the bag's folder */
    GHashTable *documents; /* struct document_row * → whether its file is what was read (GINT_TO_POINTER) */
    GPtrArray *answers;    /* struct answer, those that may be quoted; borrowed */
};

static bool cannot_write(const char *path, GError **error)
{
    citable_error_at(error, CITABLE_ERROR_READ, path, 0, "cannot be written: %s", g_strerror(errno));
    return false;
}

static void tell(const struct bag *bag, const char *format, ...) G_GNUC_PRINTF(2, 3);
static void tell(const struct bag *bag, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *line = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    bag->options->trouble(bag->options->data, line);
}

static bool goes_on(const struct bag *bag, GError **error)
{
    bool stop = bag->options->stop && bag->options->stop(bag->options->data);
    if (stop)
        citable_error_at(error, CITABLE_ERROR_READ, bag->options->folder, 0, "interrupted: nothing of the pack is left");
    return !stop;
}

/* The place of a file that goes into the bag; the caller frees it. */
static char *place(const struct bag *bag, const char *path)
{
    return g_build_filename(bag->folder, path, NULL);
}

static bool write_bytes(struct bag *bag, const char *path, struct slice bytes, bool payload, GError **error)
{
    g_autofree char *file = place(bag, path);
    FILE *out = fopen(file, "wbx");
    bool ok = out && fwrite(bytes.ptr, 1, bytes.len, out) == bytes.len;
    ok = (!out || fclose(out) == 0) && ok;
    if (ok && payload)
        g_ptr_array_add(bag->files, g_strdup(path));
    return ok || cannot_write(path, error);
}

/* One exporter's whole output. */
static bool write_export(struct bag *bag, const char *kind, const char *path, GError **error)
{
    const struct exporter *exporter = exporter_named(kind);
    g_autofree char *file = place(bag, path);
    struct export export = {.library = bag->library, .out = fopen(file, "wbx"), .reviews = bag->options->reviews};
    if (!export.out)
        return cannot_write(path, error);
    bool ok = true;
    exporter->begin(&export);
    for (guint i = 0; ok && i < bag->answers->len; i++, export.added++)
        ok = goes_on(bag, error) && exporter->add(&export, g_ptr_array_index(bag->answers, i), error);
    exporter->end(&export);
    bool written = fflush(export.out) == 0 && !ferror(export.out);
    written = fclose(export.out) == 0 && written;
    g_ptr_array_add(bag->files, g_strdup(path));
    return ok && (written || cannot_write(path, error));
}

/* The name of a copy, for every file system: "a1c94e07-report_of_2014.pdf". The caller frees it. */
static char *copy_name(const struct document_row *document)
{
    const char *slash = strrchr(document->path, '/'), *name = slash ? slash + 1 : document->path;
    size_t len = strlen(name);
    GString *out = g_string_new_len(document->file_sha256, HASH_LETTERS);
    g_string_append_c(out, '-');
    for (const char *at = len > NAME_BYTES ? name + len - NAME_BYTES : name; *at; at++) /* the end: it holds the kind of file */
        g_string_append_c(out, g_ascii_isalnum(*at) || strchr("._-", *at) ? *at : '_');
    return g_string_free(out, FALSE);
}

/* Copies the file as it was read; `*reason` where it is another today. */
static bool copy_document(struct bag *bag, const struct document_row *document, const char *path, char **reason, GError **error)
{
    g_autofree char *file = store_file(library_store(bag->library), document->path), *copy = place(bag, path);
    g_autoptr(GError) problem = NULL;
    struct source *source = NULL;
    bool ok = true;
    if (!source_open(file, &source, &problem)) {
        *reason = g_strdup(problem->message);
        return true;
    }
    if (strcmp(source->sha256, document->file_sha256) != 0) {
        *reason = g_strdup("the file has changed since it was read");
    } else {
        g_hash_table_insert(bag->documents, (gpointer)document, GINT_TO_POINTER(true));
        gsize len;
        const char *bytes = g_bytes_get_data(source->bytes, &len);
        if (bag->options->documents && access(copy, F_OK) != 0) /* several documents of one file: once */
            ok = write_bytes(bag, path, slice_make(bytes, len), true, error);
    }
    source_free(source);
    return ok;
}

static bool write_documents(struct bag *bag, GError **error)
{
    g_autoptr(GString) list = g_string_new(NULL);
    for (guint i = 0; i < bag->answers->len; i++) {
        const struct document_row *document = ((const struct answer *)g_ptr_array_index(bag->answers, i))->document;
        if (g_hash_table_contains(bag->documents, document))
            continue;
        g_hash_table_insert(bag->documents, (gpointer)document, GINT_TO_POINTER(false));
        g_autofree char *name = copy_name(document), *path = g_build_filename("data", "documents", name, NULL), *reason = NULL;
        if (!goes_on(bag, error) || !copy_document(bag, document, path, &reason, error))
            return false;
        if (reason)
            tell(bag, "%s: not in the pack: %s", document->path, reason);
        json_t *row = json_pack("{s:o,s:o,s:o,s:o,s:o,s:I,s:o,s:o,s:o,s:o}", "id", json_text(document->id), "file", json_text(document->path), "member", json_text(document->member),
                                "sha256", json_text(document->sha256), "file_sha256", json_text(document->file_sha256), "size", (json_int_t)document->size, "title",
                                json_text(document->metadata.title), "url", json_text(document->metadata.url), "copy",
                                json_text(reason || !bag->options->documents ? NULL : path + strlen("data/")), "reason", json_text(reason));
        char *line = json_dumps(row, JSON_COMPACT);
        g_string_append_printf(list, "%s\n", line);
        free(line);
        json_decref(row);
    }
    return write_bytes(bag, "data/documents.jsonl", slice_make(list->str, list->len), true, error);
}

/* The page on which a passage begins, drawn from the file as it was read. */
static bool draw_page(struct bag *bag, const struct answer *answer, GError **error)
{
    const struct document_row *document = answer->document;
    if (!GPOINTER_TO_INT(g_hash_table_lookup(bag->documents, document)))
        return true; /* told already */
    g_autofree char *file = store_file(library_store(bag->library), document->path), *source = document->member ? g_strconcat(file, "!", document->member, NULL) : g_strdup(file);
    g_autofree char *path = g_strdup_printf("data/pages/%s.png", answer->passage->id), *out = place(bag, path);
    g_autoptr(GError) problem = NULL;
    if (page_image_png(source, answer->passage->page, answer->passage->boxes, PAGE_DPI, out, &problem)) {
        g_ptr_array_add(bag->files, g_steal_pointer(&path));
        return true;
    }
    if (g_str_has_prefix(problem->message, out)) { /* not the document's fault: the picture cannot be written */
        g_propagate_error(error, g_steal_pointer(&problem));
        return false;
    }
    tell(bag, "%s: page %u is not in the pack: %s", document->path, answer->passage->page, problem->message);
    return true;
}

static bool draw_pages(struct bag *bag, GError **error)
{
    g_autoptr(GHashTable) drawn = g_hash_table_new(g_int64_hash, g_int64_equal);
    bool ok = true;
    for (guint i = 0; ok && i < bag->answers->len; i++) {
        const struct answer *answer = g_ptr_array_index(bag->answers, i);
        if (g_strcmp0(answer->document->reader, "pdf") == 0 && answer->passage->page != NONE && g_hash_table_add(drawn, &answer->passage->rowid))
            ok = goes_on(bag, error) && draw_page(bag, answer, error);
    }
    return ok;
}

static int by_bytes(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Appends "hash  path" of a file as it lies on the disk. */
static bool append_hash(const struct bag *bag, const char *path, GString *manifest, uint64_t *size, GError **error)
{
    g_autofree char *file = place(bag, path), *bytes = NULL;
    gsize len;
    if (!g_file_get_contents(file, &bytes, &len, NULL)) {
        citable_error_at(error, CITABLE_ERROR_READ, path, 0, "cannot be read again");
        return false;
    }
    g_autofree char *hash = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)bytes, len);
    g_string_append_printf(manifest, "%s  %s\n", hash, path);
    *size += len;
    return true;
}

/* Says what was asked for on one line, as bag-info.txt wants it. */
static char *one_line(const char *text)
{
    char *line = g_strdup(text);
    for (char *at = line; *at; at++)
        if (g_ascii_iscntrl(*at))
            *at = ' ';
    return line;
}

static bool write_tags(struct bag *bag, GError **error)
{
    static const char declaration[] = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
    static const char *const tags[] = {"bag-info.txt", "bagit.txt", "manifest-sha256.txt"};
    g_autoptr(GString) manifest = g_string_new(NULL), info = g_string_new("Bag-Software-Agent: citable " CITABLE_VERSION "\n"), tagged = g_string_new(NULL);
    uint64_t size = 0, ignored = 0;
    g_ptr_array_sort(bag->files, by_bytes);
    for (guint i = 0; i < bag->files->len; i++)
        if (!append_hash(bag, g_ptr_array_index(bag->files, i), manifest, &size, error))
            return false;
    g_autofree char *asked = bag->options->description ? one_line(bag->options->description) : NULL;
    g_string_append_printf(info, "External-Description: %u figures, with their passages, pages and documents\n", bag->answers->len);
    if (asked && *asked)
        g_string_append_printf(info, "Internal-Sender-Description: %s\n", asked);
    g_string_append_printf(info, "Payload-Oxum: %" G_GUINT64_FORMAT ".%u\n", size, bag->files->len);
    bool ok = write_bytes(bag, "bagit.txt", slice_of(declaration), false, error) && write_bytes(bag, "bag-info.txt", slice_of(info->str), false, error) &&
              write_bytes(bag, "manifest-sha256.txt", slice_of(manifest->str), false, error);
    for (size_t i = 0; ok && i < G_N_ELEMENTS(tags); i++)
        ok = append_hash(bag, tags[i], tagged, &ignored, error);
    return ok && write_bytes(bag, "tagmanifest-sha256.txt", slice_of(tagged->str), false, error);
}

static bool write_all(struct bag *bag, GError **error)
{
    static const struct {
        const char *kind, *path;
    } exports[] = {{"facts", "data/facts.md"}, {"jsonl", "data/figures.jsonl"}, {"annotations", "data/annotations.json"}, {"csl-json", "data/references.json"}, {"biblatex", "data/references.bib"}};
    static const char *const folders[] = {"data", "data/documents", "data/pages"};
    for (size_t i = 0; i < G_N_ELEMENTS(folders); i++) {
        g_autofree char *folder = place(bag, folders[i]);
        if (g_mkdir(folder, 0777) != 0)
            return cannot_write(folders[i], error);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(exports); i++)
        if (!write_export(bag, exports[i].kind, exports[i].path, error))
            return false;
    if (!write_documents(bag, error) || !draw_pages(bag, error))
        return false;
    for (size_t i = 1; i < G_N_ELEMENTS(folders); i++) { /* a bag has no empty folders */
        g_autofree char *folder = place(bag, folders[i]);
        (void)g_rmdir(folder);
    }
    return write_tags(bag, error);
}

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *ftw)
{
    (void)status, (void)kind, (void)ftw;
    return remove(path);
}

/* The folder may not hold anything. Errors: USAGE. */
static bool is_free(const char *folder, GError **error)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *why = dir ? (g_dir_read_name(dir) ? "is not empty: a pack is written into a new folder" : NULL) : g_file_test(folder, G_FILE_TEST_EXISTS) ? "is no folder that can be read" : NULL;
    if (why)
        citable_error_at(error, CITABLE_ERROR_USAGE, folder, 0, "%s", why);
    return !why;
}

/* Makes everything in bag->folder, then gives it its name. */
static bool make(struct bag *bag, const char *folder, GError **error)
{
    if (!g_mkdtemp(bag->folder))
        return cannot_write(folder, error);
    mode_t mask = umask(0);
    umask(mask);
    if (write_all(bag, error) && (g_chmod(bag->folder, 0777 & ~mask) == 0 || cannot_write(folder, error)) && (g_rename(bag->folder, folder) == 0 || cannot_write(folder, error)))
        return true;
    nftw(bag->folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    return false;
}

bool bag_write(struct library *library, const GPtrArray *answers, const struct bag_options *options, GError **error)
{
    g_autofree char *folder = g_canonicalize_filename(options->folder, NULL), *parent = g_path_get_dirname(folder);
    if (!is_free(folder, error))
        return false;
    struct bag bag = {.library = library, .options = options, .folder = g_build_filename(parent, ".citable-bag-XXXXXX", NULL), .files = g_ptr_array_new_with_free_func(g_free),
                      .documents = g_hash_table_new(NULL, NULL), .answers = g_ptr_array_new()};
    for (guint i = 0; i < answers->len; i++)
        if (answer_quote(g_ptr_array_index(answers, i)).ptr)
            g_ptr_array_add(bag.answers, g_ptr_array_index(answers, i));
    if (bag.answers->len < answers->len)
        tell(&bag, "stored text damaged: %u left out; 'citable verify' names them", answers->len - bag.answers->len);
    bool ok = make(&bag, folder, error);
    g_ptr_array_unref(bag.files);
    g_ptr_array_unref(bag.answers);
    g_hash_table_unref(bag.documents);
    g_free(bag.folder);
    return ok;
}
