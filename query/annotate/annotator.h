/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_ANNOTATE_ANNOTATOR_H
#define CITABLE_QUERY_ANNOTATE_ANNOTATOR_H

#include "ingest/reader.h"
#include "query/check/check.h"

/* A draft that was checked: everything is borrowed. */
struct annotation {
    const struct source *source;
    const GPtrArray *documents; /* struct document *: what the draft holds */
    const GPtrArray *findings;  /* GPtrArray * of struct finding *, one a document */
};

/* A format is a row: the draft's text with every statistic marked, and what the evidence says of it beside it. */
struct annotator {
    const char *suffix; /* of the file that is written: ".docx" */
    const char *help;
    const char *reader; /* the only reader whose drafts it can write into, or NULL: any draft */
    bool (*write)(const struct annotation *annotation, GBytes **ret, GError **error);
};

extern const struct annotator annotators[];
extern const size_t n_annotators;

/* The row for a file of this name, whose draft is `documents`. Errors: USAGE (no such format, or a draft of another kind), in one line. */
bool annotator_for(const char *path, const GPtrArray *documents, const struct annotator **ret, GError **error);

/* docx.c: comments in a copy of the Word file */
bool annotate_docx(const struct annotation *annotation, GBytes **ret, GError **error);
/* markdown.c: the draft's own Markdown, or its text as Markdown, with footnotes */
bool annotate_markdown(const struct annotation *annotation, GBytes **ret, GError **error);
/* html.c: one page without scripts or further files */
bool annotate_html(const struct annotation *annotation, GBytes **ret, GError **error);

/* For the writers: what is said of a statistic, in words that no program acts on. */
struct remark {
    const char *verdict, *means; /* static: "not found", "nothing in the evidence on it" */
    char *text;                  /* the statistic */
    char *why;
    const char *quoted_as;       /* static: "source" or "nearest" */
    char *quote, *citation, *id; /* of the passage; NULL where there is none */
    char *link;                  /* or NULL */
    const char **cautions;
};
struct remark *remark_new(const struct finding *finding);
void remark_free(struct remark *remark);

/* "12 statistics: 9 supported, 2 differs, 1 not found"; the caller frees it. */
char *annotation_summary(const struct annotation *annotation);

/* How a format writes the pieces of a passage; `data` is its own. A statistic is numbered from 1 over the draft. */
struct markup {
    void (*text)(GString *out, struct slice text);
    void (*note)(GString *out, const char *label); /* a note's mark */
    void (*open)(GString *out, const struct remark *remark, guint number, const void *data);
    void (*close)(GString *out, const struct remark *remark, guint number, const void *data);
    const void *data;
};

/* Writes a span of the document; *next: the first finding not written yet, moved on. number: of the document's first finding. */
void annotate_span(GString *out, const struct markup *markup, const struct document *doc, struct span span, const GPtrArray *findings, guint number, guint *next);

#endif
