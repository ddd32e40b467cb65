/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/markup.h"

#include "ingest/article_words.h"

struct walk {
    struct builder builder;
    const struct xml_tree *tree;
    const struct article *article;
    const struct origin *origin;
    enum zone zone;     /* of passages that begin now */
    uint8_t level;
    uint32_t flags;
    bool in_cell;       /* blocks inside a table cell are parted by a space, not by a passage */
    uint32_t line;      /* clean byte where the line of the open passage began (<br>) */
};

/* A piece of the tree's text, in parts that stood in one piece in the file. */
static void put(struct walk *walk, struct slice text, uint32_t at)
{
    const GArray *shifts = walk->origin->shifts;
    if (at == NONE || walk->origin->lost || !shifts) {
        builder_text(&walk->builder, text, walk->origin->lost ? NONE : at);
        return;
    }
    guint low = 0, high = shifts->len;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        if (g_array_index(shifts, struct shift, middle).clean <= at)
            low = middle + 1;
        else
            high = middle;
    }
    while (text.len > 0) {
        const struct shift *shift = low > 0 ? &g_array_index(shifts, struct shift, low - 1) : NULL;
        size_t len = low < shifts->len ? MIN(text.len, g_array_index(shifts, struct shift, low).clean - at) : text.len;
        builder_text(&walk->builder, slice_make(text.ptr, len), shift && shift->source != NONE ? shift->source + (at - shift->clean) : NONE);
        text = slice_sub(text, len, text.len);
        at += (uint32_t)len;
        low++;
    }
}

static void open_passage(struct walk *walk)
{
    if (walk->builder.open || walk->in_cell)
        return;
    builder_open(&walk->builder, walk->zone, walk->level, walk->flags);
    walk->line = walk->builder.passage.span.start;
}

static bool is_blank(const xmlNode *node)
{
    for (const char *p = (const char *)node->content; p && *p; p++)
        if (!g_ascii_isspace(*p))
            return false;
    return true;
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
        if (runs[i].offset != at || runs[i].len > len - at)
            break;
        put(walk, slice_make(text + at, runs[i].len), runs[i].source);
        at += runs[i].len;
    }
    if (at < len)
        put(walk, slice_make(text + at, len - at), NONE);
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
        builder_space(&walk->builder);
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
    builder_space(builder);
}

/* Does the page's reader see a table of data here, not a layout? */
static bool is_data_table(const struct walk *walk, xmlNode *table)
{
    unsigned rows = 0, cells = 0, blocks = 0;
    for (xmlNode *node = table->children; node; node = xml_next(node, table, true)) {
        rows += xml_is(node, "tr");
        cells += xml_is(node, "td") || xml_is(node, "th");
        blocks += xml_is(node, "div") || xml_is(node, "p") || xml_is(node, "ul") || xml_is(node, "h2") || xml_is(node, "h3") || xml_is(node, "img");
        if (xml_is(node, "table") || article_left_out(walk->article, node))
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
        if (xml_is(child, "tr")) {
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
    {"figcaption", ZONE_CAPTION, 0, 0}, {"caption", ZONE_CAPTION, 0, 0}, {"li", ZONE_BODY, 1, PASSAGE_LIST},
};

static void walk_block(struct walk *walk, xmlNode *node)
{
    enum zone zone = walk->zone;
    uint8_t level = walk->level;
    uint32_t flags = walk->flags;
    end_block(walk);
    for (size_t i = 0; i < G_N_ELEMENTS(zones); i++)
        if (xml_is(node, zones[i].name)) {
            walk->level = (uint8_t)(zones[i].flags & PASSAGE_LIST && flags & PASSAGE_LIST ? level + 1 : zones[i].level);
            walk->zone = zones[i].zone;
            walk->flags = zones[i].flags;
        }
    if (walk->zone == ZONE_BODY && article_is_caption(node))
        walk->zone = ZONE_CAPTION;
    walk_children(walk, node);
    end_block(walk);
    walk->zone = zone;
    walk->level = level;
    walk->flags = flags;
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
    if (xml_is(node, "br"))
        walk_break(walk, node);
    else if (!walk->in_cell && xml_is(node, "table") && is_data_table(walk, node))
        walk_table(walk, node);
    else if (kind == HTML_INLINE)
        walk_children(walk, node);
    else if (kind == HTML_BLOCK)
        walk_block(walk, node);
}

void markup_passages(struct document *doc, const struct xml_tree *tree, const struct article *article, const struct origin *origin)
{
    struct walk walk = {.tree = tree, .article = article, .origin = origin};
    builder_init(&walk.builder, doc);
    walk_node(&walk, article->root);
    builder_close(&walk.builder);
    builder_clear(&walk.builder);
}
