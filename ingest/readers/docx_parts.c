/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/readers/docx_parts.h"

#include "base/error.h"
#include "ingest/package.h"

enum { STYLE_CHAIN = 20 }; /* styles based on one another; more is a ring */

static void style_free(struct docx_style *style)
{
    g_free(style->based_on);
    g_free(style->name);
    g_free(style->number);
    g_free(style);
}

char *docx_relations_name(const char *part)
{
    const char *slash = strrchr(part, '/');
    size_t folder = slash ? (size_t)(slash + 1 - part) : 0;
    return g_strdup_printf("%.*s_rels/%s.rels", (int)folder, part, part + folder);
}

/* Kind of relation (the end of its type's address) → part. */
static bool read_relations(struct archive *archive, const char *part, GHashTable **ret, GError **error)
{
    g_autofree char *name = docx_relations_name(part);
    struct xml_tree *tree;
    *ret = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    if (!package_xml(archive, name, &tree, error))
        return false;
    xmlNode *root = tree ? xmlDocGetRootElement(tree->doc) : NULL;
    for (xmlNode *node = root ? root->children : NULL; node; node = node->next) {
        const char *type = xml_attribute(node, "Type"), *target = xml_attribute(node, "Target"), *mode = xml_attribute(node, "TargetMode");
        if (!xml_is(node, "Relationship") || !type || !target || (mode && strcmp(mode, "External") == 0))
            continue;
        const char *kind = strrchr(type, '/');
        char *resolved = archive_resolve(part, target);
        if (kind && resolved && !g_hash_table_contains(*ret, kind + 1))
            g_hash_table_insert(*ret, g_strdup(kind + 1), resolved);
        else
            g_free(resolved);
    }
    xml_tree_free(tree);
    return true;
}

bool docx_probe(const struct archive *archive)
{
    if (archive_find(archive, "word/document.xml") >= 0)
        return true;
    for (unsigned i = 0; archive_find(archive, "[Content_Types].xml") >= 0 && i < archive_count(archive); i++)
        if (g_str_has_prefix(archive_name(archive, i), "word/document"))
            return true;
    return false;
}

/* Text moved up or down by hand, in small print: by 2 points at least, or by 3 where its size is not said. */
static unsigned read_position(const xmlNode *properties)
{
    enum { SMALL = 18, LEAST = 4, LEAST_UNSIZED = 6 }; /* half points */
    const char *position = xml_attribute(xml_child(properties, "position"), "val"), *size = xml_attribute(xml_child(properties, "sz"), "val");
    int64_t moved = position ? g_ascii_strtoll(position, NULL, 10) : 0;
    bool small = size ? g_ascii_strtoll(size, NULL, 10) <= SMALL && llabs(moved) >= LEAST : llabs(moved) >= LEAST_UNSIZED;
    return !small ? 0 : moved > 0 ? DOCX_RAISED : DOCX_LOWERED;
}

/* What run properties say; `said`: of which looks they speak. */
static unsigned read_looks(const xmlNode *properties, unsigned *said)
{
    enum { NO_SIZE = 4 }; /* half points: nobody reads 2 points */
    static const struct {
        const char *name;
        enum docx_look look;
    } names[] = {{"strike", DOCX_STRUCK}, {"dstrike", DOCX_STRUCK}, {"vanish", DOCX_HIDDEN}, {"webHidden", DOCX_HIDDEN}};
    unsigned looks = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (xml_child(properties, names[i].name)) {
            *said |= names[i].look;
            looks |= docx_on(properties, names[i].name) ? names[i].look : 0;
        }
    const char *align = xml_attribute(xml_child(properties, "vertAlign"), "val"), *size = xml_attribute(xml_child(properties, "sz"), "val");
    *said |= align ? DOCX_RAISED | DOCX_LOWERED : 0;
    looks |= align && strcmp(align, "superscript") == 0 ? DOCX_RAISED : align && strcmp(align, "subscript") == 0 ? DOCX_LOWERED : 0;
    unsigned moved = !align ? read_position(properties) : 0;
    *said |= moved;
    looks |= moved;
    if (size && g_ascii_strtoll(size, NULL, 10) <= NO_SIZE) {
        *said |= DOCX_HIDDEN;
        looks |= DOCX_HIDDEN;
    }
    return looks;
}

unsigned docx_looks(const struct docx *docx, const xmlNode *properties, const char *paragraph)
{
    enum { TOGGLES = DOCX_STRUCK | DOCX_HIDDEN }; /* said by both styles, they are off */
    unsigned said = 0, own = properties ? read_looks(properties, &said) : 0, spoken = said, styled = 0;
    const char *ids[] = {properties ? xml_attribute(xml_child(properties, "rStyle"), "val") : NULL, paragraph};
    for (size_t k = 0; k < G_N_ELEMENTS(ids); k++) {
        const struct docx_style *style = docx_style(docx, ids[k]);
        unsigned level = said;
        for (int i = 0; style && i < STYLE_CHAIN; i++, style = docx_style(docx, style->based_on)) {
            unsigned news = style->looks & ~level;
            styled = (styled ^ (news & TOGGLES)) | (news & ~spoken & ~(unsigned)TOGGLES);
            level |= style->said;
        }
        spoken |= level;
    }
    return own | styled;
}

static struct docx_style *read_style(const xmlNode *node)
{
    struct docx_style *style = g_new0(struct docx_style, 1);
    const char *name = xml_attribute(xml_child(node, "name"), "val");
    style->name = g_utf8_strdown(name ? name : "", -1);
    style->based_on = g_strdup(xml_attribute(xml_child(node, "basedOn"), "val"));
    const xmlNode *properties = xml_child(node, "pPr"), *numbering = xml_child(properties, "numPr");
    const char *outline = xml_attribute(xml_child(properties, "outlineLvl"), "val");
    style->outline = outline ? (int)CLAMP(g_ascii_strtoll(outline, NULL, 10), 0, 9) : -1;
    const char *number = xml_attribute(xml_child(numbering, "numId"), "val"), *depth = xml_attribute(xml_child(numbering, "ilvl"), "val");
    style->number = g_strdup(number);
    style->depth = depth ? (int)CLAMP(g_ascii_strtoll(depth, NULL, 10), 0, 9) : -1;
    style->looks = read_looks(xml_child(node, "rPr"), &style->said);
    style->list = numbering ? !number || strcmp(number, "0") != 0 : -1;
    return style;
}

static bool read_styles(struct docx *docx, GError **error)
{
    struct xml_tree *tree;
    docx->styles = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)style_free);
    if (!package_xml(docx->archive, g_hash_table_lookup(docx->relations, "styles"), &tree, error))
        return false;
    xmlNode *root = tree ? xmlDocGetRootElement(tree->doc) : NULL;
    for (xmlNode *node = root ? root->children : NULL; node; node = node->next) {
        const char *id = xml_is(node, "style") ? xml_attribute(node, "styleId") : NULL;
        if (id)
            g_hash_table_replace(docx->styles, g_strdup(id), read_style(node));
    }
    xml_tree_free(tree);
    return true;
}

static bool read_numbers(struct docx *docx, GError **error)
{
    struct xml_tree *tree;
    if (!package_xml(docx->archive, g_hash_table_lookup(docx->relations, "numbering"), &tree, error))
        return false;
    docx->numbers = docx_numbers_new(tree ? xmlDocGetRootElement(tree->doc) : NULL);
    xml_tree_free(tree);
    return true;
}

/* element: "footnote" or "endnote"; their numbering stands in the settings, or in the first section that says it. */
static bool read_notes(struct docx *docx, const char *kind, const char *element, const char *properties, const char *format, struct docx_notes *notes, GError **error)
{
    notes->by_id = g_hash_table_new(g_str_hash, g_str_equal);
    notes->format = format;
    notes->next = 1;
    if (!package_xml(docx->archive, g_hash_table_lookup(docx->relations, kind), &notes->tree, error))
        return false;
    xmlNode *root = notes->tree ? xmlDocGetRootElement(notes->tree->doc) : NULL;
    for (xmlNode *node = root ? root->children : NULL; node; node = node->next) {
        const char *id = xml_is(node, element) ? xml_attribute(node, "id") : NULL, *type = xml_attribute(node, "type");
        if (id && (!type || strcmp(type, "normal") == 0))
            g_hash_table_replace(notes->by_id, (gpointer)id, node);
    }
    const struct xml_tree *places[] = {docx->settings, docx->tree};
    for (size_t i = 0; i < G_N_ELEMENTS(places); i++) {
        const xmlNode *said = places[i] ? xml_find(xmlDocGetRootElement(places[i]->doc), properties) : NULL;
        const char *number = xml_attribute(xml_child(said, "numFmt"), "val"), *start = xml_attribute(xml_child(said, "numStart"), "val");
        notes->format = number ? number : notes->format;
        notes->next = start ? (unsigned)CLAMP(g_ascii_strtoll(start, NULL, 10), 1, 100000) : notes->next;
    }
    return true;
}

static bool open_parts(struct docx *docx, GHashTable *package, GError **error)
{
    return package_xml(docx->archive, docx->main, &docx->tree, error) && read_relations(docx->archive, docx->main, &docx->relations, error) && read_styles(docx, error) && read_numbers(docx, error) &&
           package_xml(docx->archive, g_hash_table_lookup(docx->relations, "settings"), &docx->settings, error) &&
           read_notes(docx, "footnotes", "footnote", "footnotePr", "decimal", &docx->footnotes, error) &&
           read_notes(docx, "endnotes", "endnote", "endnotePr", "lowerRoman", &docx->endnotes, error) &&
           package_xml(docx->archive, g_hash_table_lookup(docx->relations, "comments"), &docx->comments, error) &&
           package_xml(docx->archive, g_hash_table_lookup(package, "core-properties"), &docx->core, error) &&
           package_xml(docx->archive, g_hash_table_lookup(package, "extended-properties"), &docx->application, error);
}

bool docx_open(struct archive *archive, struct docx *ret, GError **error)
{
    *ret = (struct docx){.archive = archive};
    g_autoptr(GHashTable) package = NULL;
    bool ok = read_relations(archive, "", &package, error);
    if (ok) {
        const char *named = g_hash_table_lookup(package, "officeDocument");
        ret->main = g_strdup(named ? named : "word/document.xml");
        ok = open_parts(ret, package, error);
    }
    if (ok && !ret->tree) {
        g_autofree char *path = archive_path(archive, ret->main);
        citable_error_at(error, CITABLE_ERROR_FORMAT, path, 0, "is missing: the Word file has no document in it");
        ok = false;
    }
    if (!ok)
        docx_close(ret);
    return ok;
}

void docx_close(struct docx *docx)
{
    struct xml_tree *trees[] = {docx->tree, docx->footnotes.tree, docx->endnotes.tree, docx->comments, docx->settings, docx->core, docx->application};
    for (size_t i = 0; i < G_N_ELEMENTS(trees); i++)
        xml_tree_free(trees[i]);
    GHashTable *tables[] = {docx->relations, docx->styles, docx->footnotes.by_id, docx->endnotes.by_id};
    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++)
        g_clear_pointer(&tables[i], g_hash_table_unref);
    docx_numbers_free(docx->numbers);
    g_free(docx->main);
    *docx = (struct docx){0};
}

const struct docx_style *docx_style(const struct docx *docx, const char *id)
{
    return id ? g_hash_table_lookup(docx->styles, id) : NULL;
}

/* Built-in headings are named so even where a file leaves their outline level out. */
static int named_outline(const struct docx_style *style)
{
    if (strcmp(style->name, "title") == 0 || strcmp(style->name, "subtitle") == 0)
        return style->name[0] == 't' ? 0 : 1;
    if (g_str_has_prefix(style->name, "heading ") && g_ascii_isdigit(style->name[8]))
        return (int)g_ascii_strtoll(style->name + 8, NULL, 10) - 1;
    return -1;
}

int docx_style_outline(const struct docx *docx, const char *id)
{
    const struct docx_style *style = docx_style(docx, id);
    for (int i = 0; style && i < STYLE_CHAIN; i++, style = docx_style(docx, style->based_on)) {
        int outline = style->outline >= 0 ? style->outline : named_outline(style);
        if (outline >= 0)
            return outline;
    }
    return -1;
}

bool docx_style_is_list(const struct docx *docx, const char *id)
{
    const struct docx_style *style = docx_style(docx, id);
    for (int i = 0; style && i < STYLE_CHAIN; i++, style = docx_style(docx, style->based_on))
        if (style->list >= 0)
            return style->list;
    return false;
}

const char *docx_style_number(const struct docx *docx, const char *id, int *depth)
{
    const struct docx_style *style = docx_style(docx, id);
    bool said = false;
    for (int i = 0; style && i < STYLE_CHAIN; i++, style = docx_style(docx, style->based_on)) {
        if (style->depth >= 0 && !said)
            *depth = style->depth;
        said |= style->depth >= 0;
        if (style->number)
            return style->number;
    }
    return NULL;
}

bool docx_style_named(const struct docx *docx, const char *id, const char *begin)
{
    const struct docx_style *style = docx_style(docx, id);
    for (int i = 0; style && i < STYLE_CHAIN; i++, style = docx_style(docx, style->based_on))
        if (g_str_has_prefix(style->name, begin))
            return true;
    return false;
}

/* *, †, ‡, §, **, ††: the sign repeated. */
static char *sign(unsigned number)
{
    static const char *const signs[] = {"*", "†", "‡", "§"};
    enum { MOST = 20 };
    GString *text = g_string_new(NULL);
    for (unsigned i = 0; i <= (number - 1) / G_N_ELEMENTS(signs) && i < MOST; i++)
        g_string_append(text, signs[(number - 1) % G_N_ELEMENTS(signs)]);
    return g_string_free(text, FALSE);
}

char *docx_note_label(struct docx_notes *notes)
{
    unsigned number = notes->next++;
    char *label = strcmp(notes->format, "chicago") == 0 ? sign(number) : docx_number_text(notes->format, number);
    return label ? label : g_strdup_printf("%u", number);
}

bool docx_on(const xmlNode *properties, const char *name)
{
    const xmlNode *child = xml_child(properties, name);
    const char *value = xml_attribute(child, "val");
    return child && (!value || !(strcmp(value, "0") == 0 || strcmp(value, "false") == 0 || strcmp(value, "off") == 0 || strcmp(value, "none") == 0));
}
