/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_DOCX_PARTS_H
#define CITABLE_INGEST_DOCX_PARTS_H

#include "ingest/archive.h"
#include "ingest/readers/docx_numbers.h"
#include "ingest/xml.h"

/*  A Word file is a package: parts (members) that name one another by relationships.
 *
 *    _rels/.rels ─officeDocument→ word/document.xml ─word/_rels/document.xml.rels→ styles, numbering, footnotes, endnotes, comments, settings */

/* How text looks, where that changes what is read. */
enum docx_look {
    DOCX_RAISED = 1 << 0,
    DOCX_STRUCK = 1 << 1,
    DOCX_HIDDEN = 1 << 2,
    DOCX_LOWERED = 1 << 3,
};

/* How a style reads. */
struct docx_style {
    char *based_on;   /* style id, or NULL */
    char *name;       /* lower case, as Word names it in every language: "heading 1", "caption", "toc 2" */
    int outline;      /* 0 = the highest heading … 8; 9 = body; -1 = not said */
    int list;         /* 1: its paragraphs are list items; 0: not; -1: not said */
    char *number;     /* of its paragraphs: the id of their numbering, "0" = none, or NULL: not said */
    int depth;        /* their level in it, from 0; -1: not said */
    unsigned looks, said; /* enum docx_look of its text; those that it speaks of */
};

/* Footnotes or endnotes, and how they are counted. */
struct docx_notes {
    struct xml_tree *tree;
    GHashTable *by_id; /* id → xmlNode */
    const char *format; /* "decimal", "lowerRoman" … */
    unsigned next;     /* number of the next one */
};

struct docx {
    struct archive *archive;
    char *main;                /* the document part's name */
    struct xml_tree *tree;     /* of the document part */
    GHashTable *relations;     /* kind ("styles") → part name, of the document part */
    GHashTable *styles;        /* id → struct docx_style */
    struct docx_numbers *numbers; /* of paragraphs, and how far they are counted; NULL: none */
    struct docx_notes footnotes, endnotes;
    struct xml_tree *comments, *settings; /* NULL: none */
    struct xml_tree *core, *application;  /* properties; NULL: none */
};

/* Is this archive a Word file? */
bool docx_probe(const struct archive *archive);

/* Parses the document part and those it needs. Errors: FORMAT, LIMIT, ENCRYPTED. Damaged notes or styles are errors too: half a text would pass for a whole. */
bool docx_open(struct archive *archive, struct docx *ret, GError **error);
void docx_close(struct docx *docx);

/* Where a part's relationships stand: "word/document.xml" → "word/_rels/document.xml.rels". The caller frees it. */
char *docx_relations_name(const char *part);

/* Follows `based_on`; NULL for an unknown id. `what` picks the field that the style or the nearest one under it says. */
const struct docx_style *docx_style(const struct docx *docx, const char *id);
int docx_style_outline(const struct docx *docx, const char *id);
bool docx_style_is_list(const struct docx *docx, const char *id);
/* Borrowed; NULL: no numbering is said. depth: set to the level that is said; else left as it is. */
const char *docx_style_number(const struct docx *docx, const char *id, int *depth);
/* Does the style, or one it is based on, have this name, or a name that begins so? */
bool docx_style_named(const struct docx *docx, const char *id, const char *begin);

/* How the text of a run looks, by its own properties, then by its style, then by its paragraph's. properties: <w:rPr>, or NULL; paragraph: the style's id, or NULL. */
unsigned docx_looks(const struct docx *docx, const xmlNode *properties, const char *paragraph);

/* The label that Word prints for a note: counts it; in decimal where the format is not known here, or has no such number (letters end at 520, Roman
 * numbers at 3999). The caller frees it. */
char *docx_note_label(struct docx_notes *notes);

/* An on/off property (<w:b/>, <w:b w:val="0"/>) below `properties`. */
bool docx_on(const xmlNode *properties, const char *name);

#endif
