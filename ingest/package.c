/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/package.h"

bool package_xml(struct archive *archive, const char *name, struct xml_tree **ret, GError **error)
{
    int member = name ? archive_find(archive, name) : -1;
    *ret = NULL;
    if (member < 0)
        return true;
    g_autoptr(GBytes) bytes = NULL;
    if (!archive_read(archive, (unsigned)member, &bytes, error))
        return false;
    gsize size;
    const char *data = g_bytes_get_data(bytes, &size);
    g_autofree char *path = archive_path(archive, name);
    return xml_parse(path, slice_make(data, size), XML_STRICT, ret, error);
}
