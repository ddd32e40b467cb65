/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_PACKAGE_H
#define CITABLE_INGEST_PACKAGE_H

#include "ingest/archive.h"
#include "ingest/xml.h"

/* A format that is a zip file inside is a row of this kind in read_zip.c: told by what it holds, not by how its bytes begin. */
struct package {
    const char *name; /* stored with every document it reads */
    bool (*probe)(const struct archive *archive);
    bool (*read)(const struct source *source, struct archive *archive, GPtrArray *documents, GError **error);
};

extern const struct package package_docx, package_odt, package_epub;

/* Parses a member as XML; one that is not there (or NULL) leaves `*ret` NULL. Errors: FORMAT, LIMIT, ENCRYPTED. */
bool package_xml(struct archive *archive, const char *name, struct xml_tree **ret, GError **error);

#endif
