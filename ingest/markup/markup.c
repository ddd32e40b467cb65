/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/markup/markup.h"

#include "base/sorted.h"
#include "ingest/markup/article_words.h"
#include "ingest/layout/superscript.h"

struct call {
    guint mark;
    const char *id; /* borrowed from the tree */
};

struct walk {
    struct builder builder;
    const struct xml_tree *tree;
    const struct article *article;
    const struct origin *origin;
    const struct markup_notes *notes; /* or NULL */
    const char *note;   /* label of the note that begins here, or NULL */
    GHashTable *read;   /* note blocks that were read */
    GArray *calls;      /* struct call: marks whose note is known by its id */
    GHashTable *made;   /* id → number of the note in the document, from 1 */
    enum zone zone;     /* of passages that begin now */
    uint8_t level;
    uint32_t flags;
    bool pre;           /* in preformatted text: an empty line ends a passage */
    bool in_cell;       /* blocks inside a table cell are parted by a space, not by a passage */
    uint32_t line;      /* clean byte where the line of the open passage began (<br>) */
};

void origin_add(GArray *shifts, uint32_t at, uint32_t source, uint32_t len, const struct encoding *encoding)
{
    struct shift first = {at, source == NONE ? NONE : encoding_source(encoding, source)};
    g_array_append_val(shifts, first);
    const GArray *decoded = source == NONE ? NULL : encoding->shifts;
    if (!decoded)
        return;
    for (guint i = SORTED_FROM(decoded, struct shift, clean, source + 1); i < decoded->len; i++) {
        const struct shift *within = &g_array_index(decoded, struct shift, i);
        if (within->clean >= source + len)
            break;
        struct shift next = {at + within->clean - source, within->source};
        g_array_append_val(shifts, next);
    }
}

/* The byte of the file at which a byte of the tree's text stood, or NONE. */
static uint32_t origin_at(const struct origin *origin, uint32_t at)
{
    const GArray *shifts = origin->shifts;
    if (origin->lost || at == NONE || !shifts)
        return origin->lost ? NONE : at;
    return shift_source(shifts, at);
}

/* A piece of the tree's text, in parts that stood in one piece in the file. */
static void put(struct walk *walk, struct slice text, uint32_t at)
{
    const GArray *shifts = walk->origin->shifts;
    if (at == NONE || walk->origin->lost || !shifts) {
        builder_text(&walk->builder, text, walk->origin->lost ? NONE : at);
        return;
    }
    for (guint next = SORTED_FROM(shifts, struct shift, clean, at + 1); text.len > 0; next++) {
        size_t len = next < shifts->len ? MIN(text.len, g_array_index(shifts, struct shift, next).clean - at) : text.len;
        builder_text(&walk->builder, slice_make(text.ptr, len), shift_source(shifts, at));
        text = slice_sub(text, len, text.len);
        at += (uint32_t)len;
    }
}

static void open_passage(struct walk *walk)
{
    if (walk->builder.open || walk->in_cell)
        return;
    builder_open(&walk->builder, walk->zone, walk->level, walk->flags);
    walk->line = walk->builder.passage.span.start;
    if (walk->note)
        builder_note(&walk->builder, walk->note);
    walk->note = NULL;
}

static bool is_blank(const xmlNode *node)
{
    for (const char *p = (const char *)node->content; p && *p; p++)
        if (!g_ascii_isspace(*p))
            return false;
    return true;
}

/* A piece of text that stood in one piece; preformatted text is parted at its empty lines. */
static void put_piece(struct walk *walk, struct slice text, uint32_t at)
{
    while (walk->pre && !walk->in_cell) {
        size_t end = 0, next;
        for (; end < text.len; end++) {
            for (next = end + 1; text.ptr[end] == '\n' && next < text.len && (text.ptr[next] == ' ' || text.ptr[next] == '\t' || text.ptr[next] == '\r'); next++)
                ;
            if (text.ptr[end] == '\n' && next < text.len && text.ptr[next] == '\n')
                break;
        }
        if (end == text.len)
            break;
        open_passage(walk);
        put(walk, slice_sub(text, 0, end), at);
        builder_close(&walk->builder);
        text = slice_sub(text, end + 1, text.len);
        at = at == NONE ? NONE : at + (uint32_t)end + 1;
    }
    open_passage(walk);
    put(walk, text, at);
}

static void walk_text(struct walk *walk, const xmlNode *node)
{
    if (!node->content)
        return;
    if (is_blank(node)) {
        builder_space(&walk->builder);
        return;
    }
    open_passage(walk);
    const char *text = (const char *)node->content;
    size_t len = strlen(text), at = 0;
    guint count;
    const struct xml_run *runs = xml_runs(walk->tree, node, &count);
    for (guint i = 0; i < count; i++) {
        if (runs[i].offset < at || runs[i].offset > len || runs[i].len > len - runs[i].offset)
            break;
        if (runs[i].offset > at)
            put_piece(walk, slice_make(text + at, runs[i].offset - at), NONE);
        at = runs[i].offset;
        put_piece(walk, slice_make(text + at, runs[i].len), runs[i].source);
        at += runs[i].len;
    }
    if (at < len)
        put_piece(walk, slice_make(text + at, len - at), NONE);
}

static void walk_node(struct walk *walk, xmlNode *node);

static void walk_children(struct walk *walk, xmlNode *node)
{
    for (xmlNode *child = node->children; child; child = child->next)
        walk_node(walk, child);
}

static void end_block(struct walk *walk)
{
    if (walk->in_cell)
        builder_part(&walk->builder);
    else
        builder_close(&walk->builder);
}

/* A line break ends the passage after an empty line, a whole sentence or a short line (addresses, lists of dates); else it is a space. */
static void walk_break(struct walk *walk, const xmlNode *node)
{
    enum { SHORT_LINE = 60 };
    struct builder *builder = &walk->builder;
    const xmlNode *next = node->next;
    while (next && next->type == XML_TEXT_NODE && is_blank(next))
        next = next->next;
    bool twice = next && xml_is(next, "br");
    uint32_t len = (uint32_t)builder->doc->text->len;
    char last = len > 0 ? builder->doc->text->str[len - 1] : '\0';
    if (!walk->in_cell && builder->open && len > walk->line && (twice || strchr(".!?:;", last) || len - walk->line < SHORT_LINE)) {
        builder_close(builder);
        return;
    }
    walk->line = len;
    builder_part(builder);
}

/* A cell of few words is data, whatever its class is called ("ticker", "more"): a sidebar holds more. */
static bool is_short_cell(const xmlNode *node)
{
    enum { CELL_BYTES = 60 };
    if (!xml_is(node, "td") && !xml_is(node, "th"))
        return false;
    g_autofree char *text = xml_text(node);
    return strlen(text) <= CELL_BYTES;
}

/* Does the page's reader see a table of data here, not a layout? */
static bool is_data_table(const struct walk *walk, xmlNode *table)
{
    unsigned rows = 0, cells = 0, blocks = 0;
    for (xmlNode *node = table->children; node; node = xml_next(node, table, true)) {
        rows += xml_is(node, "tr");
        cells += xml_is(node, "td") || xml_is(node, "th");
        blocks += xml_is(node, "div") || xml_is(node, "p") || xml_is(node, "ul") || xml_is(node, "h2") || xml_is(node, "h3") || xml_is(node, "img");
        if (xml_is(node, "table") || (article_left_out(walk->article, node) && !is_short_cell(node)))
            return false;
    }
    const char *role = xml_attribute(table, "role");
    return !(role && strcmp(role, "presentation") == 0) && rows >= 2 && cells >= 2 * rows - 1 && blocks <= 2 * cells;
}

static unsigned count_of(const xmlNode *cell, const char *name)
{
    const char *value = xml_attribute(cell, name);
    return value ? (unsigned)CLAMP(g_ascii_strtoll(value, NULL, 10), 1, 1000) : 1;
}

static void walk_rows(struct walk *walk, xmlNode *node)
{
    for (xmlNode *child = node->children; child; child = child->next) {
        if (article_left_out(walk->article, child)) {
            continue;
        } else if (xml_is(child, "tr")) {
            builder_row(&walk->builder);
            for (xmlNode *cell = child->children; cell; cell = cell->next) {
                if (!xml_is(cell, "td") && !xml_is(cell, "th"))
                    continue;
                builder_cell(&walk->builder, xml_is(cell, "th"), count_of(cell, "colspan"), count_of(cell, "rowspan"));
                walk_children(walk, cell);
            }
        } else if (child->type == XML_ELEMENT_NODE && !xml_is(child, "caption")) {
            walk_rows(walk, child);
        }
    }
}

static void walk_table(struct walk *walk, xmlNode *table)
{
    uint32_t caption = NONE;
    xmlNode *title = xml_child(table, "caption");
    if (title) {
        builder_open(&walk->builder, ZONE_CAPTION, 0, 0);
        walk_children(walk, title);
        guint before = walk->builder.doc->passages->len;
        builder_close(&walk->builder);
        caption = walk->builder.doc->passages->len > before ? before : NONE;
    }
    builder_table(&walk->builder, caption);
    walk->in_cell = true;
    walk_rows(walk, table);
    walk->in_cell = false;
    builder_table_end(&walk->builder);
}

/* Block elements that give their passages a zone. */
static const struct {
    const char *name;
    enum zone zone;
    uint8_t level;
    uint32_t flags;
} zones[] = {
    {"h1", ZONE_HEADING, 1, 0}, {"h2", ZONE_HEADING, 2, 0}, {"h3", ZONE_HEADING, 3, 0}, {"h4", ZONE_HEADING, 4, 0}, {"h5", ZONE_HEADING, 5, 0}, {"h6", ZONE_HEADING, 6, 0},
    {"figcaption", ZONE_CAPTION, 0, 0}, {"caption", ZONE_CAPTION, 0, 0}, {"li", ZONE_BODY, 1, PASSAGE_LIST}, {"aside", ZONE_BOX, 0, 0},
    {"abstract", ZONE_SUMMARY, 0, 0}, {"annotation", ZONE_NOTE, 0, 0}, /* no HTML: what other formats are read as */
};

/* Is the note a few paragraphs and nothing else? Then it is one passage. */
static bool is_running(xmlNode *note)
{
    enum { PARAGRAPHS = 8 };
    unsigned paragraphs = 0;
    for (xmlNode *node = note->children; node; node = xml_next(node, note, true)) {
        bool block = node->type == XML_ELEMENT_NODE && html_kind(node) == HTML_BLOCK;
        paragraphs += xml_is(node, "p");
        if (block && !xml_is(node, "p") && !xml_is(node, "div") && !xml_is(node, "section"))
            return false;
    }
    return paragraphs <= PARAGRAPHS;
}

/* The text of a note, whose label is known. */
static void walk_note(struct walk *walk, xmlNode *node, const char *label)
{
    struct document *doc = walk->builder.doc;
    guint before = doc->notes->len;
    const char *id = g_hash_table_lookup(walk->notes->ids, node);
    walk->note = label;
    g_hash_table_add(walk->read, node);
    if (is_running(node)) {
        open_passage(walk);
        walk->in_cell = true;
    }
    walk_children(walk, node);
    walk->in_cell = false;
    end_block(walk);
    if (id && doc->notes->len > before)
        g_hash_table_insert(walk->made, (gpointer)id, GUINT_TO_POINTER(before + 1));
    walk->note = NULL;
}

/* An item of a list numbered 1, 2, 3. */
static bool is_counted(const xmlNode *item)
{
    const char *start = xml_attribute(item->parent, "start"), *type = xml_attribute(item->parent, "type");
    return xml_is(item, "li") && xml_is(item->parent, "ol") && (!start || strcmp(start, "1") == 0) && (!type || strcmp(type, "1") == 0) && !xml_attribute(item->parent, "reversed") && !xml_attribute(item, "value");
}

static void walk_block(struct walk *walk, xmlNode *node)
{
    enum zone zone = walk->zone;
    uint8_t level = walk->level;
    uint32_t flags = walk->flags;
    bool pre = walk->pre;
    const char *note = walk->notes && !walk->in_cell ? g_hash_table_lookup(walk->notes->targets, node) : NULL;
    end_block(walk);
    for (size_t i = 0; i < G_N_ELEMENTS(zones); i++)
        if (xml_is(node, zones[i].name)) {
            walk->level = (uint8_t)(zones[i].flags & PASSAGE_LIST && flags & PASSAGE_LIST ? level + 1 : zones[i].level);
            walk->zone = zones[i].zone;
            walk->flags = zones[i].flags | (is_counted(node) ? PASSAGE_COUNTED : 0);
        }
    if (walk->zone == ZONE_BODY && article_is_caption(node))
        walk->zone = ZONE_CAPTION;
    if (walk->zone == ZONE_BODY && article_is_abstract(node))
        walk->zone = ZONE_SUMMARY;
    if (note || zone == ZONE_NOTE) {
        walk->zone = ZONE_NOTE;
        walk->level = 0;
        walk->flags = 0;
    }
    walk->pre |= xml_is(node, "pre");
    if (note)
        walk_note(walk, node, note);
    else
        walk_children(walk, node);
    end_block(walk);
    walk->pre = pre;
    walk->zone = zone;
    walk->level = level;
    walk->flags = flags;
}

/* Where the text below a node stood in the file. */
static struct span source_of(const struct walk *walk, xmlNode *node)
{
    struct span span = {NONE, NONE};
    for (xmlNode *at = node; at && !walk->origin->lost; at = xml_next(at, node, true)) {
        guint count;
        const struct xml_run *runs = xml_runs(walk->tree, at, &count);
        for (guint i = 0; i < count; i++) {
            uint32_t start = origin_at(walk->origin, runs[i].source), end = runs[i].source == NONE ? NONE : origin_at(walk->origin, runs[i].source + runs[i].len - 1);
            if (start == NONE || end == NONE)
                continue;
            span = (struct span){span.start == NONE ? start : span.start, end + 1};
        }
    }
    return span;
}

static bool walk_call(struct walk *walk, xmlNode *link)
{
    g_autofree char *label = markup_call(walk->notes, link);
    if (label && (walk->builder.open || walk->builder.doc->passages->len > 0)) {
        struct call call = {walk->builder.doc->marks->len, markup_place(link)};
        if (call.id)
            g_array_append_val(walk->calls, call);
        builder_mark(&walk->builder, label, source_of(walk, link));
    }
    return label != NULL;
}

/* The stroke of a fraction at the head of `text`: its bytes; 0: none. */
static size_t stroke_length(const char *text)
{
    static const char *const strokes[] = {"/", "⁄", "∕"};
    for (size_t i = 0; i < G_N_ELEMENTS(strokes); i++)
        if (g_str_has_prefix(text, strokes[i]))
            return strlen(strokes[i]);
    return 0;
}

/* "3<sup>1</sup>⁄<sub>2</sub>", "3<sup>1⁄</sup><sub>2</sub>": the upper half of a fraction, which is neither a mark nor the next digit of the number before it. */
static bool is_numerator(const xmlNode *sup)
{
    static const char digits[] = "0123456789";
    const xmlNode *sub = sup->next, *inner = sub;
    if (inner && inner->type == XML_ELEMENT_NODE && html_kind(inner) == HTML_INLINE && inner->children && !inner->children->next)
        inner = inner->children; /* <span>/</span> */
    const char *between = inner && !xml_is(sub, "sub") && inner->type == XML_TEXT_NODE ? (const char *)inner->content : NULL;
    size_t stroke = between ? stroke_length(between) : 0;
    if (stroke > 0 && between[stroke] == '\0')
        sub = sub->next;
    if (!xml_is(sub, "sub"))
        return false;
    g_autofree char *upper = xml_text(sup), *lower = xml_text(sub);
    size_t above = strspn(upper, digits), behind = stroke_length(upper + above), before = stroke_length(lower), below = strspn(lower + before, digits);
    return above > 0 && upper[above + behind] == '\0' && below > 0 && lower[before + below] == '\0' && (stroke > 0) + (behind > 0) + (before > 0) == 1;
}

/* Raised text: calls of notes, a typed mark, or part of a word. */
static void walk_raised(struct walk *walk, xmlNode *sup)
{
    if (is_numerator(sup)) {
        builder_fraction(&walk->builder);
        walk_children(walk, sup);
        return;
    }
    bool called = false;
    for (xmlNode *node = sup; walk->notes && node; node = xml_next(node, sup, true))
        called |= xml_is(node, "a") && walk_call(walk, node);
    if (called)
        return;
    g_autofree char *text = xml_text(sup);
    struct builder *builder = &walk->builder;
    if (builder_raised_kind(builder, slice_of(text)) == SUPERSCRIPT_TEXT && !builder_labels_note(builder, slice_of(text))) {
        if (superscript_is_fraction(slice_of(text)))
            builder_fraction(builder);
        walk_children(walk, sup);
        return;
    }
    open_passage(walk);
    builder_raised(builder, slice_of(text), source_of(walk, sup));
}

/* Lowered text. Digits of it never go on a number, nor does a number go on them: 10₂ is not 102. Its comma is one that stands low: 10,000. */
static void walk_lowered(struct walk *walk, xmlNode *sub)
{
    const GString *text = walk->builder.doc->text;
    g_autofree char *lowered = xml_text(sub);
    size_t len = strlen(lowered);
    const xmlNode *next = sub->next;
    if (builder_length(&walk->builder) > 0 && g_ascii_isdigit(text->str[text->len - 1]) && g_ascii_isdigit(lowered[0]))
        builder_part(&walk->builder);
    walk_children(walk, sub);
    if (len > 0 && g_ascii_isdigit(lowered[len - 1]) && next && next->type == XML_TEXT_NODE && next->content && g_ascii_isdigit(next->content[0]))
        builder_part(&walk->builder);
}

/* Links of notes: a call is a mark, a way back from a note to its call is no text. */
static bool is_note_link(struct walk *walk, xmlNode *node)
{
    if (!walk->notes || !xml_is(node, "a"))
        return false;
    return walk->zone == ZONE_NOTE ? markup_leads_back(node) : walk_call(walk, node);
}

/* A formula is read as it is printed: the second part of x² is raised, a fraction has a stroke. Written one after the other, 10⁶ would be 106. */
static void walk_formula(struct walk *walk, xmlNode *formula)
{
    bool fraction = xml_is(formula, "mfrac"), raised = xml_is(formula, "msup") || xml_is(formula, "msubsup");
    unsigned part = 0, last = xml_is(formula, "msubsup") ? 2 : 1;
    if (fraction)
        builder_fraction(&walk->builder);
    for (xmlNode *child = formula->children; child; child = child->next) {
        if (child->type != XML_ELEMENT_NODE)
            continue;
        if (raised && part == last) {
            g_autofree char *text = xml_text(child), *power = superscript_raise(slice_of(text));
            builder_made(&walk->builder, slice_of(power), source_of(walk, child));
        } else {
            if (fraction && part == 1)
                builder_text(&walk->builder, (struct slice)SLICE("/"), NONE);
            walk_node(walk, child);
        }
        part++;
    }
}

/* What is struck out was taken back: read on, "<s>300</s> 400" would be 300 400. */
static bool is_struck(const xmlNode *node)
{
    return xml_is(node, "del") || xml_is(node, "s") || xml_is(node, "strike");
}

static void walk_node(struct walk *walk, xmlNode *node)
{
    if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
        walk_text(walk, node);
        return;
    }
    if (node->type != XML_ELEMENT_NODE || article_left_out(walk->article, node))
        return;
    enum html_kind kind = html_kind(node);
    if (is_struck(node))
        builder_struck(&walk->builder);
    else if (xml_is(node, "br"))
        walk_break(walk, node);
    else if (xml_is(node, "tab"))
        builder_tab(&walk->builder);
    else if (xml_is(node, "apart") && !node->children) /* where hidden text stood */
        builder_part(&walk->builder);
    else if (!walk->in_cell && xml_is(node, "table") && is_data_table(walk, node))
        walk_table(walk, node);
    else if (xml_is(node, "sup"))
        walk_raised(walk, node);
    else if (xml_is(node, "sub"))
        walk_lowered(walk, node);
    else if (xml_is(node, "msup") || xml_is(node, "msubsup") || xml_is(node, "mfrac"))
        walk_formula(walk, node);
    else if (kind == HTML_INLINE && !is_note_link(walk, node))
        walk_children(walk, node);
    else if (kind == HTML_BLOCK)
        walk_block(walk, node);
}

/* Notes that stand outside the article, or in a part of it that was left out. */
static void walk_far_notes(struct walk *walk)
{
    xmlNode *root = walk->notes->root, *next;
    for (xmlNode *node = root; node; node = next) {
        bool note = g_hash_table_contains(walk->notes->targets, node);
        next = xml_next(node, root, !note);
        if (note && !g_hash_table_contains(walk->read, node))
            walk_block(walk, node);
    }
}

/* Ties each mark to the very note that its link leads to: a table's notes have the labels of the text's. */
static void tie(struct walk *walk)
{
    for (guint i = 0; i < walk->calls->len; i++) {
        const struct call *call = &g_array_index(walk->calls, struct call, i);
        guint note = GPOINTER_TO_UINT(g_hash_table_lookup(walk->made, call->id));
        if (note > 0)
            DOCUMENT_AT(walk->builder.doc->marks, struct mark, call->mark).note = note - 1;
    }
}

void markup_passages(struct document *doc, const struct xml_tree *tree, const struct article *article, const struct markup_notes *notes, const struct origin *origin)
{
    struct walk walk = {.tree = tree, .article = article, .notes = notes, .origin = origin};
    walk.read = g_hash_table_new(NULL, NULL);
    walk.calls = g_array_new(FALSE, FALSE, sizeof(struct call));
    walk.made = g_hash_table_new(g_str_hash, g_str_equal);
    builder_init(&walk.builder, doc);
    walk_node(&walk, article->root);
    builder_close(&walk.builder);
    if (notes && g_hash_table_size(notes->targets) > g_hash_table_size(walk.read))
        walk_far_notes(&walk);
    builder_close(&walk.builder);
    builder_clear(&walk.builder);
    tie(&walk);
    g_array_unref(walk.calls);
    g_hash_table_unref(walk.made);
    g_hash_table_unref(walk.read);
}
