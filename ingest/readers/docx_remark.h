/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_DOCX_REMARK_H
#define CITABLE_INGEST_DOCX_REMARK_H

#include "ingest/reader.h"

/* What is said of some bytes of a Word file's clean text. */
struct docx_remark {
    struct span span;
    const char *head;         /* the first paragraph, in bold */
    const char *const *lines; /* further paragraphs, ended by NULL */
    const char *link;         /* an address to open, or NULL */
};

/*  A copy of a Word file with each remark as a comment, signed DOCX_OWN_AUTHOR, on exactly its bytes:
 *
 *    <w:r>some 1,200 people fled</w:r>   →   <w:r>some </w:r> <w:commentRangeStart/> <w:r>1,200 people</w:r> <w:commentRangeEnd/> <w:r><w:commentReference/></w:r> <w:r> fled</w:r>
 *
 *  Word has no comments in notes, text boxes and other comments: there the mark stands on what calls or holds them, and the remark begins with the words it
 *  is about. Comments that are there stay; members of the package that need no change keep their bytes; no time is written, so that the same remarks give
 *  the same file.
 *  text: the clean text that the spans are of, as the reader made it from these bytes. remarks: struct docx_remark, in the order of their spans, apart
 *  from one another. The caller owns `*ret`. Errors: FORMAT (no Word file, damaged), LIMIT, ENCRYPTED. */
bool docx_remark(const struct source *source, struct slice text, const GArray *remarks, GBytes **ret, GError **error);

#endif
