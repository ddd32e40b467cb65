/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/reader.h"

#include "base/error.h"
#include "base/limits.h"
#include "base/sha256.h"
#include "base/timing.h"
#include "ingest/passage.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

enum { STEP_LEAST = 64 * 1024, STEP_MOST = 1024 * 1024 }; /* bytes that are read at a time */

bool ocr_mode_from(const char *name, enum ocr_mode *ret)
{
    static const char *const names[] = {[OCR_AUTO] = "auto", [OCR_NEVER] = "never", [OCR_FORCE] = "force"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (strcmp(name, names[i]) == 0) {
            *ret = (enum ocr_mode)i;
            return true;
        }
    return false;
}

struct source *source_new(const char *path, GBytes *bytes)
{
    struct source *source = g_new0(struct source, 1);
    source->path = g_strdup(path);
    source->bytes = g_bytes_ref(bytes);
    source->sha256 = sha256_hex(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
    return source;
}

void source_free(struct source *source)
{
    if (!source)
        return;
    g_free((char *)source->path);
    g_bytes_unref(source->bytes);
    g_free(source->sha256);
    g_free(source);
}

/* Reads an open regular file to its end; NULL with errno set when a read fails, or EFBIG. Of one that is as long as expected no more memory is taken than it needs. */
static GBytes *read_all(int fd, size_t expected)
{
    size_t room = MAX(expected + 1, (size_t)STEP_LEAST), len = 0;
    char *bytes = g_malloc(room);
    for (;;) {
        ssize_t n = read(fd, bytes + len, MIN(room - len, (size_t)STEP_MOST));
        if (n < 0 && errno == EINTR)
            continue;
        len += (size_t)MAX(n, 0);
        if (n == 0)
            return g_bytes_new_take(bytes, len);
        if (n < 0 || len > LIMIT_FILE_BYTES) {
            if (n > 0)
                errno = EFBIG;
            g_free(bytes);
            return NULL;
        }
        if (len == room)
            bytes = g_realloc(bytes, room *= 2);
    }
}

bool source_read(int fd, const char *path, struct source **ret, GError **error)
{
    struct stat stat;
    bool ok = fstat(fd, &stat) == 0;
    if (ok && !S_ISREG(stat.st_mode) && strcmp(path, "-") != 0) {
        citable_error_at(error, CITABLE_ERROR_READ, path, 0, S_ISDIR(stat.st_mode) ? "is a folder, not a file" : "is not a regular file");
        return false;
    }
    g_autoptr(GBytes) bytes = NULL;
    if (ok && stat.st_size > LIMIT_FILE_BYTES)
        errno = EFBIG;
    else if (ok)
        bytes = read_all(fd, (size_t)MAX(stat.st_size, 0));
    if (!bytes) {
        citable_error_at(error, errno == EFBIG ? CITABLE_ERROR_LIMIT : CITABLE_ERROR_READ, path, 0, "%s",
                         errno == EFBIG ? "is larger than 512 MiB; split it" : g_strerror(errno));
        return false;
    }
    if (g_bytes_get_size(bytes) == 0) {
        citable_error_at(error, CITABLE_ERROR_EMPTY, path, 0, "is empty (0 bytes)");
        return false;
    }
    *ret = source_new(path, bytes);
    return true;
}

bool source_page(const struct source *source, uint32_t page, uint32_t pages)
{
    if (!source->watch)
        return true;
    source->watch->page(source->watch->data, page, pages);
    const GArray *left_out = source->watch->left_out;
    for (guint i = 0; left_out && i < left_out->len; i++)
        if (g_array_index(left_out, uint32_t, i) == page)
            return false;
    return true;
}

/* What every reader's document carries besides its text. */
static void complete(struct document *doc, const struct source *source, const struct reader *reader)
{
    bool member = doc->file_sha256 != NULL; /* of an archive: complete but for the file that it is in */
    doc->size = g_bytes_get_size(source->bytes);
    g_free(doc->file_sha256);
    doc->file_sha256 = g_strdup(source->sha256);
    if (member)
        return;
    if (!doc->reader)
        doc->reader = reader->name;
    if (!doc->sha256)
        doc->sha256 = g_strdup(source->sha256);
    if (source->lang) {
        g_free(doc->metadata.language);
        doc->metadata.language = g_strdup(source->lang);
    }
    passages_finish(doc);
}

bool reader_read_as(const struct reader *reader, const struct source *source, GPtrArray *documents, GError **error)
{
    guint before = documents->len;
    const char *stage = timing_enter(reader->name);
    bool ok = reader->read(source, documents, error);
    timing_enter("passages");
    for (guint i = before; ok && i < documents->len; i++)
        complete(g_ptr_array_index(documents, i), source, reader);
    timing_enter(stage);
    return ok;
}
