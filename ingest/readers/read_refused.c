/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "ingest/reader.h"

/* Formats that are known and not read: one line that says what to do is better than their code read as text. */
static const struct {
    const char *magic;
    size_t len;
    const char *what;
} formats[] = {
    {"{\\rtf", 5, "is RTF, which is not read; save it as .odt or .docx (LibreOffice: soffice --convert-to odt FILE)"},
    {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8, "is an Office file of before 2007 (.doc, .xls, .ppt), which is not read; save it as .odt, .docx or PDF (LibreOffice: soffice --convert-to odt FILE)"},
    {"Rar!\x1a\x07", 6, "is a RAR archive, which is not read; unpack it, or pack it as zip"},
    {"7z\xbc\xaf\x27\x1c", 6, "is a 7z archive, which is not read; unpack it, or pack it as zip"},
    {"\xfd" "7zXZ", 5, "is packed with xz, which is not read; unpack it first"},
    {"BZh", 3, "is packed with bzip2, which is not read; unpack it first"},
    {"\x89PNG", 4, "is a picture, not a document; make it a PDF"},
    {"\xff\xd8\xff", 3, "is a picture, not a document; make it a PDF"},
    {"GIF8", 4, "is a picture, not a document; make it a PDF"},
    {"II*\0", 4, "is a picture, not a document; make it a PDF"},
    {"MM\0*", 4, "is a picture, not a document; make it a PDF"},
    {"SQLite format 3", 16, "is a database, not a document"},
    {"%!PS", 4, "is PostScript, which is not read; make it a PDF"},
};

static int find(struct slice head)
{
    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++)
        if (head.len >= formats[i].len && memcmp(head.ptr, formats[i].magic, formats[i].len) == 0)
            return (int)i;
    return -1;
}

static int probe_refused(struct slice head, const char *path)
{
    (void)path;
    return find(head) >= 0 ? 99 : 0;
}

/* Word writes a protected .docx as a file of before 2007 that holds "EncryptedPackage", in UTF-16. */
static bool is_protected(struct slice bytes)
{
    static const char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
    return memmem(bytes.ptr, bytes.len, name, sizeof name - 1) != NULL;
}

static bool refuse(const struct source *source, GPtrArray *documents, GError **error)
{
    (void)documents;
    size_t size;
    const char *data = g_bytes_get_data(source->bytes, &size);
    struct slice bytes = {data, size};
    int i = find(bytes);
    g_assert(i >= 0);
    if (slice_starts(bytes, "\xd0\xcf\x11\xe0") && is_protected(bytes))
        citable_error_at(error, CITABLE_ERROR_ENCRYPTED, source->path, 0, "is protected by a password; save it without one and try again");
    else
        citable_error_at(error, CITABLE_ERROR_FORMAT, source->path, 0, "%s", formats[i].what);
    return false;
}

const struct reader read_refused = {"refused", probe_refused, refuse};
