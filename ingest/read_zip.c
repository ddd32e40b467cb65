/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "ingest/package.h"

/* Office files that hold no running text that we read; saying so is better than reading their parts as documents. */
static const struct {
    const char *member, *what;
} refused[] = {
    {"xl/workbook.xml", "is an Excel workbook, which is not read; save the sheet as CSV or the pages as PDF"},
    {"ppt/presentation.xml", "is a PowerPoint presentation, which is not read; save it as PDF"},
};

static const struct package *const packages[] = {&package_docx};

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

static bool read_package(const struct source *source, struct archive *archive, GPtrArray *documents, GError **error)
{
    if (archive_count(archive) == 0) {
        citable_error_at(error, CITABLE_ERROR_EMPTY, source->path, 0, "is an archive without files");
        return false;
    }
    if (refuse(source, archive, error))
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(packages); i++) {
        if (!packages[i]->probe(archive))
            continue;
        guint before = documents->len;
        if (!packages[i]->read(source, archive, documents, error))
            return false;
        for (guint d = before; d < documents->len; d++)
            ((struct document *)g_ptr_array_index(documents, d))->reader = packages[i]->name;
        return true;
    }
    citable_error_at(error, CITABLE_ERROR_FORMAT, source->path, 0, "is a zip archive, but no Word file");
    return false;
}

static bool read_archive(const struct source *source, GPtrArray *documents, GError **error)
{
    struct archive *archive;
    if (!archive_open(source, &archive, error))
        return false;
    bool ok = read_package(source, archive, documents, error);
    archive_close(archive);
    return ok;
}

const struct reader read_zip = {"zip", probe_zip, read_archive};
