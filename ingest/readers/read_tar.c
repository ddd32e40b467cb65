/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "base/limits.h"
#include "ingest/container.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>

enum { CHUNK_BYTES = 65536, MAGIC_AT = 257 };

/* A tar file, packed or not, and a single file packed with gzip (which libarchive calls raw). */
static int probe_tar(struct slice head, const char *path)
{
    (void)path;
    if (slice_starts(head, "\x1f\x8b\x08"))
        return 95;
    return head.len > MAGIC_AT + 5 && memcmp(head.ptr + MAGIC_AT, "ustar", 5) == 0 ? 95 : 0;
}

static void say(GError **error, struct archive *tar, const char *path)
{
    const char *why = archive_error_string(tar);
    if (archive_errno(tar) == ENOMEM)
        citable_error_memory(error, path);
    else
        citable_error_at(error, CITABLE_ERROR_FORMAT, path, 0, "is a damaged archive, or one that is cut short%s%s", why ? ": " : "", why ? why : "");
}

static GBytes *take_out(struct archive *tar, struct container *container, const char *path, size_t packed, GError **error)
{
    GByteArray *bytes = g_byte_array_new();
    guint8 chunk[CHUNK_BYTES];
    la_ssize_t got;
    bool ok = true;
    while (ok && (got = archive_read_data(tar, chunk, sizeof chunk)) > 0) {
        g_byte_array_append(bytes, chunk, (guint)got);
        ok = container_count(container->inflated, (size_t)got, bytes->len, packed, path, error);
    }
    if (ok && got < 0)
        say(error, tar, path);
    if (ok && got == 0)
        return g_byte_array_free_to_bytes(bytes);
    g_byte_array_unref(bytes);
    return NULL;
}

/* "report.html.gz" holds "report.html", and so does "all.zip!report.html.gz". */
/* depth: archives that the path leads into. */
static char *name_of(struct archive *tar, struct archive_entry *entry, const char *path, unsigned depth)
{
    if (archive_format(tar) != ARCHIVE_FORMAT_RAW) {
        const char *name = archive_entry_pathname(entry);
        if (name && g_str_has_prefix(name, "./"))
            name += 2;
        return g_utf8_make_valid(name ? name : "", -1);
    }
    const char *member = depth > 0 ? strrchr(path, '!') : NULL;
    g_autofree char *base = g_path_get_basename(member ? member + 1 : path);
    if (g_str_has_suffix(base, ".gz"))
        base[strlen(base) - 3] = '\0';
    return g_strdup(base);
}

static bool read_entries(struct archive *tar, struct container *container, GError **error)
{
    const struct source *source = container->source;
    struct archive_entry *entry;
    int code;
    while ((code = archive_read_next_header(tar, &entry)) == ARCHIVE_OK || code == ARCHIVE_WARN) {
        g_autofree char *name = name_of(tar, entry, source->path, source->depth);
        bool raw = archive_format(tar) == ARCHIVE_FORMAT_RAW;
        if ((!raw && archive_entry_filetype(entry) != AE_IFREG) || !container_wants(container, name))
            continue;
        if (container->members >= LIMIT_ARCHIVE_MEMBERS) {
            citable_error_at(error, CITABLE_ERROR_LIMIT, source->path, 0, "holds more than %d files", LIMIT_ARCHIVE_MEMBERS);
            return false;
        }
        g_autofree char *path = g_strconcat(source->path, "!", name, NULL);
        GError *trouble = NULL;
        g_autoptr(GBytes) bytes = take_out(tar, container, path, raw ? g_bytes_get_size(source->bytes) : 0, &trouble);
        if (bytes)
            container_member(container, name, bytes);
        else
            container_unread(container, name, trouble);
    }
    if (code == ARCHIVE_EOF)
        return true;
    GError *trouble = NULL;
    say(&trouble, tar, source->path);
    container_unread(container, "…", trouble); /* what stood behind the damage */
    return true;
}

static bool read_archive(const struct source *source, GPtrArray *documents, GError **error)
{
    struct container container;
    if (!container_begin(&container, source, documents, error))
        return false;
    struct archive *tar = archive_read_new();
    archive_read_support_filter_gzip(tar);
    archive_read_support_format_tar(tar);
    archive_read_support_format_raw(tar);
    bool ok = true;
    if (archive_read_open_memory(tar, g_bytes_get_data(source->bytes, NULL), g_bytes_get_size(source->bytes)) == ARCHIVE_OK)
        ok = read_entries(tar, &container, error);
    else
        say(&container.first, tar, source->path);
    archive_read_free(tar);
    if (!ok)
        g_clear_error(&container.first);
    return ok && container_end(&container, error);
}

const struct reader read_tar = {"tar", probe_tar, read_archive};
