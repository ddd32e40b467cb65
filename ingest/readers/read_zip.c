/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "ingest/container.h"
#include "ingest/package.h"

/* Office files that hold no running text that we read; saying so is better than reading their parts as documents. */
static const struct {
    const char *member, *what;
} refused[] = {
    {"xl/workbook.xml", "is an Excel workbook, which is not read; save the sheet as CSV or the pages as PDF"},
    {"ppt/presentation.xml", "is a PowerPoint presentation, which is not read; save it as PDF"},
};

static const struct package *const packages[] = {&package_docx, &package_odt, &package_epub};

static int probe_zip(struct slice head, const char *path)
{
    (void)path;
    return slice_starts(head, "PK\x03\x04") ? 95 : slice_starts(head, "PK\x05\x06") || slice_starts(head, "PK\x07\x08") ? 90 : 0;
}

static bool refuse(const struct source *source, const struct archive *archive, GError **error)
{
    for (size_t i = 0; i < G_N_ELEMENTS(refused); i++)
        if (archive_find(archive, refused[i].member) >= 0) {
            citable_error_at(error, CITABLE_ERROR_FORMAT, source->path, 0, "%s", refused[i].what);
            return true;
        }
    return false;
}

static bool read_package(const struct package *package, const struct source *source, struct archive *archive, GPtrArray *documents, GError **error)
{
    guint before = documents->len;
    if (!package->read(source, archive, documents, error))
        return false;
    for (guint i = before; i < documents->len; i++)
        ((struct document *)g_ptr_array_index(documents, i))->reader = package->name;
    return true;
}

/* No format of its own: each file in it is a document. */
static bool read_members(const struct source *source, struct archive *archive, GPtrArray *documents, GError **error)
{
    struct container container;
    if (!container_begin(&container, source, documents, error))
        return false;
    for (unsigned i = 0; i < archive_count(archive); i++) {
        if (!container_wants(&container, archive_name(archive, i)))
            continue;
        GError *trouble = NULL;
        g_autoptr(GBytes) bytes = NULL;
        if (archive_read(archive, i, &bytes, &trouble))
            container_member(&container, archive_name(archive, i), bytes);
        else
            container_unread(&container, archive_name(archive, i), trouble);
    }
    return container_end(&container, error);
}

static bool read_open(const struct source *source, struct archive *archive, GPtrArray *documents, GError **error)
{
    if (archive_count(archive) == 0) {
        citable_error_at(error, CITABLE_ERROR_EMPTY, source->path, 0, "is an archive without files");
        return false;
    }
    if (refuse(source, archive, error))
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(packages); i++)
        if (packages[i]->probe(archive))
            return read_package(packages[i], source, archive, documents, error);
    return read_members(source, archive, documents, error);
}

static bool read_archive(const struct source *source, GPtrArray *documents, GError **error)
{
    struct archive *archive;
    if (!archive_open(source, &archive, error))
        return false;
    bool ok = read_open(source, archive, documents, error);
    archive_close(archive);
    return ok;
}

const struct reader read_zip = {"zip", probe_zip, read_archive};
