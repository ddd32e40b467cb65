/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/facts/date.h"
#include "ingest/readers/docx_read.h"
#include "ingest/note_link.h"
#include "ingest/typed_notes.h"
#include "ingest/package.h"
#include "ingest/facts/page_facts.h"
#include "ingest/facts/properties.h"

enum { GRID_COLUMNS = 64 };

struct walk {
    struct docx_text text;
    enum zone zone;    /* of plain paragraphs: BODY, or BOX in a frame or a text box */
    bool in_cell;      /* paragraphs in a cell are parted by a space */
    bool joined;       /* the paragraph before goes on in this one: its mark was deleted, or it is a drop capital */
    uint32_t caption;  /* passage of a caption with nothing after it yet, or NONE */
};

static void walk_blocks(struct walk *walk, xmlNode *parent);

/* Paragraph styles that give a zone, by the begin of the name that Word itself uses in every language. */
static const struct {
    const char *begin;
    enum zone zone;
} zones[] = {
    {"caption", ZONE_CAPTION}, {"pull quote", ZONE_PULLQUOTE}, {"abstract", ZONE_SUMMARY}, {"executive summary", ZONE_SUMMARY}, {"footnote text", ZONE_NOTE}, {"endnote text", ZONE_NOTE},
};

/* What a paragraph is, from its own properties, then from its style. */
struct kind {
    enum zone zone;
    uint8_t level;
    uint32_t flags;
    bool skipped; /* a line of a table of contents */
};

static struct kind kind_of(const struct walk *walk, const xmlNode *paragraph)
{
    const struct docx *docx = walk->text.docx;
    const xmlNode *properties = xml_child(paragraph, "pPr"), *numbering = xml_child(properties, "numPr");
    const char *style = xml_attribute(xml_child(properties, "pStyle"), "val"), *own = xml_attribute(xml_child(properties, "outlineLvl"), "val");
    const char *number = xml_attribute(xml_child(numbering, "numId"), "val"), *depth = xml_attribute(xml_child(numbering, "ilvl"), "val");
    struct kind kind = {.zone = walk->zone, .skipped = docx_style_named(docx, style, "toc ") || docx_style_named(docx, style, "table of figures")};
    int outline = own ? (int)g_ascii_strtoll(own, NULL, 10) : docx_style_outline(docx, style);
    if (outline >= 0 && outline < 9 && walk->zone == ZONE_BODY) {
        kind.zone = ZONE_HEADING;
        kind.level = (uint8_t)MIN(outline + 1, 6);
        return kind;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(zones); i++)
        if (docx_style_named(docx, style, zones[i].begin)) {
            kind.zone = zones[i].zone;
            return kind;
        }
    if (number ? strcmp(number, "0") != 0 : docx_style_is_list(docx, style)) {
        kind.flags = PASSAGE_LIST;
        kind.level = (uint8_t)(depth ? CLAMP(g_ascii_strtoll(depth, NULL, 10), 0, 8) + 1 : 1);
    }
    return kind;
}

/* A note's paragraphs make one passage. */
static void print_note(struct walk *walk, struct docx_call call)
{
    struct builder *builder = &walk->text.builder;
    struct document *doc = builder->doc;
    builder_open(builder, ZONE_NOTE, 0, 0);
    builder_note(builder, DOCUMENT_AT(doc->marks, struct mark, call.mark).label);
    guint before = doc->notes->len;
    bool in_cell = walk->in_cell;
    walk->in_cell = walk->text.in_note = true;
    walk->text.call = call.run;
    walk_blocks(walk, call.note);
    walk->in_cell = in_cell;
    walk->text.in_note = false;
    walk->text.call = NULL;
    builder_close(builder);
    if (doc->notes->len > before)
        DOCUMENT_AT(doc->marks, struct mark, call.mark).note = before;
}

/* After a block of the body: its text boxes and its footnotes. */
static void print_anchored(struct walk *walk)
{
    if (walk->in_cell)
        return;
    while (walk->text.boxes->len > 0) {
        xmlNode *box = g_ptr_array_steal_index(walk->text.boxes, 0);
        enum zone zone = walk->zone;
        walk->zone = ZONE_BOX;
        walk_blocks(walk, box);
        walk->zone = zone;
    }
    GArray *calls = walk->text.footnotes;
    walk->text.footnotes = g_array_new(FALSE, FALSE, sizeof(struct docx_call));
    for (guint i = 0; i < calls->len; i++)
        print_note(walk, g_array_index(calls, struct docx_call, i));
    g_array_unref(calls);
}

/* Styles of the paragraphs in which a text's author and date stand under its title. */
static void read_front(const struct walk *walk, const xmlNode *paragraph, uint32_t start)
{
    struct document *doc = walk->text.builder.doc;
    const struct docx_style *style = docx_style(walk->text.docx, xml_attribute(xml_child(xml_child(paragraph, "pPr"), "pStyle"), "val"));
    if (!style || doc->text->len <= start)
        return;
    g_autofree char *text = g_strstrip(g_strndup(doc->text->str + start, doc->text->len - start));
    if (strcmp(style->name, "title") == 0 && !doc->metadata.title)
        doc->metadata.title = g_strdup(text);
    else if (strcmp(style->name, "date") == 0 && !doc->metadata.date)
        doc->metadata.date = date_edtf(text);
    else if (strcmp(style->name, "author") == 0)
        authors_add(&doc->metadata.authors, text);
}

/* Does a paragraph hold text that Word shows? */
static bool has_text(const struct docx *docx, xmlNode *paragraph)
{
    const char *style = xml_attribute(xml_child(xml_child(paragraph, "pPr"), "pStyle"), "val");
    bool deep = true;
    for (xmlNode *node = paragraph; node; node = xml_next(node, paragraph, deep)) {
        if (xml_is(node, "t") && node->children)
            return true;
        deep = !xml_is(node, "del") && !xml_is(node, "moveFrom") && !(xml_is(node, "r") && docx_looks(docx, xml_child(node, "rPr"), style) & DOCX_HIDDEN);
    }
    return false;
}

/* The number that Word prints before a paragraph. A cell's is left out, for it would be the cell's value, or the row's name; and so is one before no text.
 * A paragraph whose mark was deleted is a part of the next one, and is not counted. */
static void put_number(struct walk *walk, xmlNode *paragraph, bool joins)
{
    struct builder *builder = &walk->text.builder;
    const xmlNode *properties = xml_child(paragraph, "pPr");
    if (walk->text.in_note || joins)
        return;
    g_autofree char *number = docx_numbers_next(walk->text.docx, properties);
    if (!number || walk->in_cell || builder_length(builder) > 0 || !has_text(walk->text.docx, paragraph))
        return;
    builder_text(builder, slice_of(number), NONE);
    builder_part(builder);
}

static void walk_paragraph(struct walk *walk, xmlNode *paragraph)
{
    struct builder *builder = &walk->text.builder;
    struct kind kind = kind_of(walk, paragraph);
    if (kind.skipped)
        return;
    const xmlNode *properties = xml_child(paragraph, "pPr"), *mark = xml_child(properties, "rPr");
    bool deleted = xml_child(mark, "del") || xml_child(mark, "moveFrom");
    if (walk->in_cell)
        builder_part(builder);
    else if (!walk->joined || !builder->open)
        builder_open(builder, kind.zone, kind.level, kind.flags);
    put_number(walk, paragraph, deleted);
    uint32_t start = (uint32_t)builder->doc->text->len;
    walk->text.style = xml_attribute(xml_child(properties, "pStyle"), "val");
    docx_text_read(&walk->text, paragraph);
    docx_text_end(&walk->text);
    const char *capital = xml_attribute(xml_child(properties, "framePr"), "dropCap");
    walk->joined = !walk->in_cell && (deleted || (capital && strcmp(capital, "none") != 0));
    if (walk->in_cell || walk->joined)
        return;
    read_front(walk, paragraph, start);
    guint before = builder->doc->passages->len;
    builder_close(builder);
    if (builder->doc->passages->len > before)
        walk->caption = kind.zone == ZONE_CAPTION ? before : NONE;
    print_anchored(walk);
}

static unsigned number_of(const xmlNode *properties, const char *name)
{
    const char *value = xml_attribute(xml_child(properties, name), "val");
    return value ? (unsigned)CLAMP(g_ascii_strtoll(value, NULL, 10), 0, GRID_COLUMNS) : 0;
}

/* Rows and cells may stand in content controls and marks of insertion. */
static xmlNode *next_of(xmlNode *node, const xmlNode *parent, const char *name)
{
    bool deep = node == parent;
    for (xmlNode *at = xml_next(node, parent, deep); at; at = xml_next(at, parent, deep)) {
        if (xml_is(at, name))
            return at;
        deep = !xml_is(at, "tr") && !xml_is(at, "tc") && !xml_is(at, "tbl") && !xml_is(at, "p");
    }
    return NULL;
}

static bool is_deleted(const xmlNode *row)
{
    return xml_child(xml_child(row, "trPr"), "del") != NULL;
}

/* Does the cell go on what the cell above it began? */
static bool goes_on(const xmlNode *cell)
{
    const xmlNode *merge = xml_child(xml_child(cell, "tcPr"), "vMerge");
    const char *value = xml_attribute(merge, "val");
    return merge && (!value || strcmp(value, "restart") != 0);
}

/* How many rows a cell that begins in grid column `column` reaches down. */
static unsigned rows_of(xmlNode *table, xmlNode *row, xmlNode *cell, unsigned column)
{
    const xmlNode *merge = xml_child(xml_child(cell, "tcPr"), "vMerge");
    unsigned rows = 1;
    if (!merge || goes_on(cell))
        return 1;
    for (row = next_of(row, table, "tr"); row && rows < GRID_COLUMNS - 1; row = next_of(row, table, "tr")) {
        if (is_deleted(row))
            continue;
        unsigned at = number_of(xml_child(row, "trPr"), "gridBefore");
        xmlNode *below = next_of(row, row, "tc");
        for (; below && at < column; below = next_of(below, row, "tc"))
            at += MAX(number_of(xml_child(below, "tcPr"), "gridSpan"), 1u);
        if (!below || at != column || !goes_on(below))
            break;
        rows++;
    }
    return rows;
}

static void walk_row(struct walk *walk, xmlNode *table, xmlNode *row, unsigned covered[GRID_COLUMNS])
{
    struct builder *builder = &walk->text.builder;
    bool head = docx_on(xml_child(row, "trPr"), "tblHeader");
    unsigned column = number_of(xml_child(row, "trPr"), "gridBefore");
    builder_row(builder);
    if (column > 0)
        builder_cell(builder, false, column, 1);
    for (xmlNode *cell = next_of(row, row, "tc"); cell; cell = next_of(cell, row, "tc")) {
        unsigned columns = MAX(number_of(xml_child(cell, "tcPr"), "gridSpan"), 1u), slot = MIN(column, (unsigned)GRID_COLUMNS - 1);
        column += columns;
        if (goes_on(cell) && covered[slot] > 0) {
            covered[slot]--;
            continue;
        }
        unsigned rows = rows_of(table, row, cell, slot);
        covered[slot] = rows - 1;
        builder_cell(builder, head, columns, rows);
        walk_blocks(walk, cell);
        docx_text_end(&walk->text);
    }
}

/* A table of data has two columns or more, and little in each cell; others are frames around running text. */
static bool is_data(xmlNode *table)
{
    unsigned rows = 0, cells = 0, paragraphs = 0;
    for (xmlNode *node = table->children; node; node = xml_next(node, table, true)) {
        rows += xml_is(node, "tr");
        cells += xml_is(node, "tc");
        paragraphs += xml_is(node, "p") && xml_find(node, "t");
        if (xml_is(node, "tbl"))
            return false;
    }
    return rows >= 2 && cells >= 2 * rows - 1 && paragraphs <= 2 * cells;
}

static void walk_table(struct walk *walk, xmlNode *table)
{
    if (walk->in_cell || !is_data(table)) {
        enum zone zone = walk->zone;
        walk->zone = ZONE_BOX;
        for (xmlNode *row = next_of(table, table, "tr"); row; row = next_of(row, table, "tr"))
            for (xmlNode *cell = is_deleted(row) ? NULL : next_of(row, row, "tc"); cell; cell = next_of(cell, row, "tc"))
                walk_blocks(walk, cell);
        walk->zone = zone;
        return;
    }
    unsigned covered[GRID_COLUMNS] = {0};
    builder_table(&walk->text.builder, walk->caption);
    walk->in_cell = true;
    for (xmlNode *row = next_of(table, table, "tr"); row; row = next_of(row, table, "tr"))
        if (!is_deleted(row))
            walk_row(walk, table, row, covered);
    walk->in_cell = false;
    builder_table_end(&walk->text.builder);
    walk->caption = NONE;
    print_anchored(walk);
}

static bool is_contents(const xmlNode *control)
{
    const xmlNode *part = xml_child(xml_child(control, "sdtPr"), "docPartObj");
    const char *gallery = xml_attribute(xml_child(part, "docPartGallery"), "val");
    return gallery && strcmp(gallery, "Table of Contents") == 0;
}

static void walk_blocks(struct walk *walk, xmlNode *parent)
{
    for (xmlNode *node = parent->children; node; node = node->next) {
        if (xml_is(node, "p"))
            walk_paragraph(walk, node);
        else if (xml_is(node, "tbl"))
            walk_table(walk, node);
        else if (xml_is(node, "AlternateContent") && xml_child(node, "Choice"))
            walk_blocks(walk, xml_child(node, "Choice"));
        else if (node->type == XML_ELEMENT_NODE && !xml_is(node, "del") && !xml_is(node, "moveFrom") && !is_contents(node))
            walk_blocks(walk, node);
    }
}

/* Comments are no part of the text; they stand behind it as notes that nothing calls. Our own say what was found of the text, and are left out. */
static void print_comments(struct walk *walk, const struct xml_tree *comments)
{
    xmlNode *root = comments ? xmlDocGetRootElement(comments->doc) : NULL;
    for (xmlNode *node = root ? root->children : NULL; node; node = node->next) {
        if (!xml_is(node, "comment") || g_strcmp0(xml_attribute(node, "author"), DOCX_OWN_AUTHOR) == 0)
            continue;
        builder_open(&walk->text.builder, ZONE_NOTE, 0, 0);
        walk->in_cell = walk->text.in_note = true;
        walk_blocks(walk, node);
        walk->in_cell = walk->text.in_note = false;
        builder_close(&walk->text.builder);
    }
}

static void warn(const struct walk *walk)
{
    struct document *doc = walk->text.builder.doc;
    if (walk->text.hidden > 0)
        document_warn(doc, "hidden-text", NONE, "text that its author hid is left out (%u places)", walk->text.hidden);
    if (walk->text.placeholders > 0)
        document_warn(doc, "placeholder", NONE, "text that asks to be filled in is left out, numbers with it (%u places)", walk->text.placeholders);
    if (walk->text.charts > 0)
        document_warn(doc, "chart", NONE, "the numbers in %u chart%s are not read", walk->text.charts, walk->text.charts == 1 ? "" : "s");
    if (walk->text.diagrams > 0)
        document_warn(doc, "chart", NONE, "the words in %u diagram%s are not read", walk->text.diagrams, walk->text.diagrams == 1 ? "" : "s");
    if (doc->passages->len == 0)
        document_warn(doc, "no-text", NONE, "the file holds no text");
}

static void read_properties(struct document *doc, const struct docx *docx)
{
    if (docx->core)
        properties_read(xmlDocGetRootElement(docx->core->doc), &doc->metadata);
    if (docx->application)
        properties_read(xmlDocGetRootElement(docx->application->doc), &doc->metadata);
    properties_finish(doc);
}

struct document *docx_read(const char *path, struct docx *docx, GArray *pieces)
{
    struct document *doc = document_new(path);
    struct walk walk = {.zone = ZONE_BODY, .caption = NONE};
    docx_text_init(&walk.text, docx, doc);
    walk.text.pieces = pieces;
    walk_blocks(&walk, xmlDocGetRootElement(docx->tree->doc));
    builder_close(&walk.text.builder);
    for (guint i = 0; i < walk.text.endnotes->len; i++)
        print_note(&walk, g_array_index(walk.text.endnotes, struct docx_call, i));
    print_comments(&walk, docx->comments);
    typed_notes_find(doc);
    notes_link(doc);
    warn(&walk);
    read_properties(doc, docx);
    docx_text_clear(&walk.text);
    return doc;
}

static bool read_document(const struct source *source, struct archive *archive, GPtrArray *documents, GError **error)
{
    struct docx docx;
    if (!docx_open(archive, &docx, error))
        return false;
    g_ptr_array_add(documents, docx_read(source->path, &docx, NULL));
    docx_close(&docx);
    return true;
}

const struct package package_docx = {"docx", docx_probe, read_document};
