/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/markup/page_style.h"

#include "ingest/markup/vocabulary.h"

/* How text looks. */
enum look {
    LOOK_RAISED = 1 << 0,
    LOOK_STRUCK = 1 << 1,
    LOOK_NO_BOX = 1 << 2,    /* display: none */
    LOOK_UNSEEN = 1 << 3,    /* visibility: hidden */
    LOOK_NO_SIZE = 1 << 4,   /* font-size: 0 */
    LOOK_CLIPPED = 1 << 5,   /* clip: rect(0 0 0 0) */
    LOOK_RELATIVE = 1 << 6,  /* position: relative */
    LOOK_LIFTED = 1 << 7,    /* top: -0.33em */
    LOOK_SMALL = 1 << 9,     /* font-size: 60% */
    LOOK_AT_TOP = 1 << 10,   /* vertical-align: text-top, which raises what is small */
    LOOK_OWN_UNSEEN = 1 << 11, /* visibility: hidden, of an element with others in it, which may show */
    LOOK_ABSOLUTE = 1 << 8,  /* position: absolute, without which nothing is clipped */
};
enum { LOOK_HIDDEN = LOOK_NO_BOX | LOOK_UNSEEN | LOOK_NO_SIZE | LOOK_CLIPPED };

struct page_style {
    GHashTable *classes; /* ".class" or "element.class" → looks */
    GHashTable *shown;   /* class → looks that some rule takes from it, on whatever condition */
    GHashTable *offered; /* address → text of a sheet that holds where the page links it */
    unsigned all_shown;  /* looks that a rule takes from elements it does not name by a class */
};

struct page_style *page_style_new(void)
{
    struct page_style *style = g_new0(struct page_style, 1);
    style->classes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    style->shown = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    style->offered = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return style;
}

void page_style_free(struct page_style *style)
{
    if (!style)
        return;
    g_hash_table_unref(style->classes);
    g_hash_table_unref(style->shown);
    g_hash_table_unref(style->offered);
    g_free(style);
}

static bool begins(struct slice text, const char *word)
{
    size_t len = strlen(word);
    return text.len >= len && g_ascii_strncasecmp(text.ptr, word, len) == 0;
}

static bool contains(struct slice text, const char *word)
{
    for (size_t i = 0; i + strlen(word) <= text.len; i++)
        if (begins(slice_sub(text, i, text.len), word))
            return true;
    return false;
}

/* The number at the head of a value ("-0.33em"); 0: none. */
static double number_of(struct slice value)
{
    char text[16] = "";
    memcpy(text, value.ptr, MIN(sizeof text - 1, value.len));
    return g_ascii_strtod(text, NULL);
}

/* A length as a part of the size of its text (16 px, 12 pt); percents of what contains it are not known. */
static double ems(struct slice value)
{
    double number = number_of(value);
    return contains(value, "em") ? number : contains(value, "ex") ? number / 2 : contains(value, "px") ? number / 16 : contains(value, "pt") ? number / 12 : 0;
}

/* Less puts a sign in its place, and raises no text. */
static const double raised_ems = 0.25;

static bool is_super(struct slice value)
{
    return begins(value, "super") || (contains(value, "%") ? number_of(value) / 100 : ems(value)) >= raised_ems;
}

static bool is_top(struct slice value)
{
    return begins(value, "top") || begins(value, "text-top");
}

static bool is_small(struct slice value)
{
    double size = contains(value, "%") ? number_of(value) / 100 : contains(value, "em") ? number_of(value) : 0;
    return begins(value, "smaller") || (size > 0 && size <= 0.85);
}

static bool is_line_through(struct slice value)
{
    return contains(value, "line-through");
}

static bool is_none(struct slice value)
{
    return begins(value, "none");
}

static bool is_hidden(struct slice value)
{
    return begins(value, "hidden");
}

static bool is_zero(struct slice value)
{
    return begins(value, "0") && number_of(value) == 0;
}

/* clip: rect(0 0 0 0), rect(1px, 1px, 1px, 1px): nothing is left. */
static bool is_clipped(struct slice value)
{
    if (!begins(value, "rect("))
        return false;
    g_autofree char *text = slice_dup(slice_sub(value, strlen("rect("), value.len));
    unsigned sides = 0;
    for (char *at = text, *end; *(at += strspn(at, " ,\t")) && *at != ')'; at = end + strspn(end, "px"), sides++)
        if (g_ascii_strtod(at, &end) > 1 || end == at)
            return false;
    return sides == 4;
}

static bool is_relative(struct slice value)
{
    return begins(value, "relative");
}

static bool is_absolute(struct slice value)
{
    return begins(value, "absolute") || begins(value, "fixed");
}

static bool is_lifted(struct slice value)
{
    return ems(value) <= -raised_ems;
}

static const struct {
    const char *property;
    bool (*holds)(struct slice value);
    enum look look;
} looks[] = {
    {"vertical-align", is_super, LOOK_RAISED}, {"text-decoration", is_line_through, LOOK_STRUCK}, {"text-decoration-line", is_line_through, LOOK_STRUCK}, {"display", is_none, LOOK_NO_BOX}, {"visibility", is_hidden, LOOK_UNSEEN},
    {"font-size", is_zero, LOOK_NO_SIZE}, {"clip", is_clipped, LOOK_CLIPPED}, {"position", is_relative, LOOK_RELATIVE}, {"vertical-align", is_top, LOOK_AT_TOP}, {"font-size", is_small, LOOK_SMALL}, {"position", is_absolute, LOOK_ABSOLUTE}, {"top", is_lifted, LOOK_LIFTED},
};

/* "vertical-align: super; color: red": what the declarations say, over what was said before. */
static unsigned declared(struct slice text, unsigned before)
{
    for (size_t at = 0, end; at < text.len; at = end + 1) {
        const char *stop = memchr(text.ptr + at, ';', text.len - at);
        end = stop ? (size_t)(stop - text.ptr) : text.len;
        const char *colon = memchr(text.ptr + at, ':', end - at);
        if (!colon)
            continue;
        size_t middle = (size_t)(colon - text.ptr);
        struct slice property = slice_trim(slice_sub(text, at, middle)), value = slice_trim(slice_sub(text, middle + 1, end));
        for (size_t i = 0; i < G_N_ELEMENTS(looks); i++)
            if (property.len == strlen(looks[i].property) && begins(property, looks[i].property))
                before = looks[i].holds(value) ? before | looks[i].look : before & ~(unsigned)looks[i].look;
    }
    return before;
}

static bool is_name_byte(char c)
{
    return g_ascii_isalnum(c) || c == '-' || c == '_' || (unsigned char)c >= 0x80;
}

/* ".fn" or "span.fn", one class and nothing else? */
static bool is_one_class(struct slice selector)
{
    const char *dot = memchr(selector.ptr, '.', selector.len);
    if (!dot || dot + 1 == selector.ptr + selector.len)
        return false;
    for (const char *p = selector.ptr; p < selector.ptr + selector.len; p++)
        if (p != dot && !(p < dot ? g_ascii_isalnum(*p) : is_name_byte(*p)))
            return false;
    return true;
}

static void add_looks(GHashTable *table, const char *name, unsigned taken, unsigned given)
{
    unsigned before = GPOINTER_TO_UINT(g_hash_table_lookup(table, name));
    g_hash_table_replace(table, g_strdup(name), GUINT_TO_POINTER((before & ~taken) | given));
}

/* Whatever the selector's condition is: what it takes from a class may be taken from an element of that class. */
static void add_shown(struct page_style *style, struct slice selector, unsigned taken, bool important)
{
    bool named = false;
    for (size_t i = 0; i < selector.len; i++) {
        if (selector.ptr[i] != '.')
            continue;
        g_autoptr(GString) name = g_string_new(NULL); /* "md\:inline" is the class "md:inline" */
        for (size_t at = i + 1; at < selector.len && (is_name_byte(selector.ptr[at]) || selector.ptr[at] == '\\'); at++) {
            at += selector.ptr[at] == '\\' && at + 1 < selector.len;
            g_string_append_c(name, selector.ptr[at]);
        }
        add_looks(style->shown, name->str, 0, taken);
        named = true;
    }
    if (!named && (important || memchr(selector.ptr, '#', selector.len) || memchr(selector.ptr, '[', selector.len)))
        style->all_shown |= taken;
}

/* sure: the rule holds on a screen, on no condition. */
static void add_rule(struct page_style *style, struct slice selectors, struct slice declarations, bool sure)
{
    unsigned given = declared(declarations, 0), taken = ~declared(declarations, ~0u);
    if (given == 0 && taken == 0)
        return;
    for (size_t at = 0, end; at < selectors.len; at = end + 1) {
        const char *comma = memchr(selectors.ptr + at, ',', selectors.len - at);
        end = comma ? (size_t)(comma - selectors.ptr) : selectors.len;
        struct slice selector = slice_trim(slice_sub(selectors, at, end));
        add_shown(style, selector, taken, contains(declarations, "!important"));
        if (!sure || !is_one_class(selector))
            continue;
        g_autofree char *name = slice_dup(selector);
        add_looks(style->classes, name, taken, given);
    }
}

/* Without its comments, and the comment of HTML around it. */
static GString *without_comments(struct slice sheet)
{
    GString *text = g_string_sized_new(sheet.len);
    for (size_t i = 0; i < sheet.len;) {
        struct slice rest = slice_sub(sheet, i, sheet.len);
        if (slice_starts(rest, "/*")) {
            const char *end = memmem(rest.ptr + 2, rest.len - 2, "*/", 2);
            i = end ? (size_t)(end - sheet.ptr) + 2 : sheet.len;
        } else if (slice_starts(rest, "<!--") || slice_starts(rest, "-->")) {
            i += sheet.ptr[i] == '<' ? 4 : 3;
        } else {
            g_string_append_c(text, sheet.ptr[i++]);
        }
    }
    return text;
}

/* Behind the block that opens at `at`, with all blocks in it. */
static size_t behind_block(struct slice sheet, size_t at)
{
    unsigned depth = 0;
    for (; at < sheet.len; at++) {
        depth += sheet.ptr[at] == '{';
        if (sheet.ptr[at] == '}' && --depth == 0)
            return at + 1;
    }
    return sheet.len;
}

static void add_rules(struct page_style *style, struct slice sheet, bool sure, unsigned depth)
{
    enum { BLOCKS_DEEP = 8 };
    for (size_t at = 0; at < sheet.len;) {
        struct slice rest = slice_sub(sheet, at, sheet.len);
        size_t stop = 0;
        while (stop < rest.len && rest.ptr[stop] != '{' && rest.ptr[stop] != ';' && rest.ptr[stop] != '}')
            stop++;
        if (stop == rest.len)
            return;
        if (rest.ptr[stop] != '{') { /* "@import …;", a brace too many */
            at += stop + 1;
            continue;
        }
        size_t end = behind_block(sheet, at + stop);
        struct slice selectors = slice_trim(slice_sub(rest, 0, stop)), block = slice_sub(sheet, at + stop + 1, end > at + stop + 1 ? end - 1 : end);
        if (!slice_starts(selectors, "@"))
            add_rule(style, selectors, block, sure);
        else if (depth < BLOCKS_DEEP) /* "@media print {…}" */
            add_rules(style, block, false, depth + 1);
        at = end;
    }
}

/* "screen", "print, all": for whoever reads the page, on no condition. */
static bool is_for_readers(const char *media)
{
    if (!media || !*media)
        return true;
    g_auto(GStrv) kinds = g_strsplit(media, ",", -1);
    for (char **kind = kinds; *kind; kind++)
        if (g_ascii_strcasecmp(g_strstrip(*kind), "all") == 0 || g_ascii_strcasecmp(*kind, "screen") == 0 || g_ascii_strcasecmp(*kind, "only screen") == 0)
            return true;
    return false;
}

void page_style_add(struct page_style *style, struct slice text, const char *media)
{
    g_autoptr(GString) plain = without_comments(text);
    add_rules(style, (struct slice){plain->str, plain->len}, is_for_readers(media), 0);
}

void page_style_offer(struct page_style *style, const char *address, struct slice sheet)
{
    g_hash_table_replace(style->offered, g_strdup(address), slice_dup(sheet));
}

void page_style_add_elements(struct page_style *style, xmlNode *root)
{
    for (xmlNode *node = root; node; node = xml_next(node, root, true)) {
        const char *kind = xml_is(node, "link") ? xml_attribute(node, "rel") : NULL, *href = kind ? xml_attribute(node, "href") : NULL;
        const char *sheet = href && g_ascii_strcasecmp(kind, "stylesheet") == 0 ? g_hash_table_lookup(style->offered, href) : NULL;
        if (sheet)
            page_style_add(style, slice_of(sheet), xml_attribute(node, "media"));
        for (const xmlNode *child = xml_is(node, "style") ? node->children : NULL; child; child = child->next)
            if (child->content)
                page_style_add(style, slice_of((const char *)child->content), xml_attribute(node, "media"));
    }
}

/* What a class says of an element, and what any rule may take from it. */
static void add_class(const struct page_style *style, const xmlNode *node, const char *name, unsigned *found, unsigned *shown)
{
    g_autofree char *alone = g_strconcat(".", name, NULL), *element = g_strconcat((const char *)node->name, ".", name, NULL);
    gpointer said = NULL, told = NULL;
    bool any = g_hash_table_lookup_extended(style->classes, alone, NULL, &said);
    any |= g_hash_table_lookup_extended(style->classes, element, NULL, &told);
    *found |= GPOINTER_TO_UINT(said) | GPOINTER_TO_UINT(told);
    *shown |= GPOINTER_TO_UINT(g_hash_table_lookup(style->shown, name));
    if (!any && (g_ascii_strcasecmp(name, "sup") == 0 || g_ascii_strcasecmp(name, "superscript") == 0)) /* its sheet is not in the file */
        *found |= LOOK_RAISED;
}

/* What is said of an element by its classes and its own style. shown: what any rule, or its own style, takes from it. */
static unsigned said_of(const struct page_style *style, const xmlNode *node, unsigned *shown)
{
    unsigned found = 0;
    const char *own = xml_attribute(node, "style");
    *shown = style->all_shown;
    for (const char *at = xml_attribute(node, "class"); at && *at;) {
        at += strspn(at, " \t\r\n\f");
        size_t len = strcspn(at, " \t\r\n\f");
        g_autofree char *name = g_strndup(at, len);
        if (len > 0)
            add_class(style, node, name, &found, shown);
        at += len;
    }
    if (!own)
        return found;
    *shown |= ~declared(slice_of(own), ~0u);
    return declared(slice_of(own), found);
}

/* What hides and strikes is believed where no rule may show the text again: a number that is read twice is better than one that is lost. */
static unsigned looks_of(const struct page_style *style, const xmlNode *node)
{
    unsigned shown, found = said_of(style, node, &shown);
    if (((found & LOOK_RELATIVE) && (found & LOOK_LIFTED)) || ((found & LOOK_AT_TOP) && (found & LOOK_SMALL)))
        found |= LOOK_RAISED;
    if (!(found & LOOK_ABSOLUTE))
        found &= ~(unsigned)LOOK_CLIPPED;
    for (const xmlNode *child = node->children; child; child = child->next)
        if (child->type == XML_ELEMENT_NODE) /* has its own size, and may be visible */
            found = (found & ~(unsigned)(LOOK_UNSEEN | LOOK_NO_SIZE)) | (found & LOOK_UNSEEN ? LOOK_OWN_UNSEEN : 0);
    if (shown & LOOK_UNSEEN)
        found &= ~(unsigned)LOOK_OWN_UNSEEN;
    return found & ~(shown & (LOOK_HIDDEN | LOOK_STRUCK));
}

static bool is_in_line(const xmlNode *node)
{
    static const char *const names[] = {"span", "a", "font", "b", "i", "em", "strong", "small", "u", "bdo", "cite"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (xml_is(node, names[i]))
            return true;
    return false;
}

static bool is_below(const xmlNode *node, const char *name)
{
    for (const xmlNode *above = node->parent; above; above = above->parent)
        if (xml_is(above, name))
            return true;
    return false;
}

/* Raised text as its own element says it; a link stays one around it. */
static void raise_text(xmlNode *node)
{
    if (is_below(node, "sup") || xml_find(node, "sup"))
        return;
    if (!xml_is(node, "a")) {
        vocabulary_rename(node, "sup");
        return;
    }
    xmlNode *sup = xmlNewNode(NULL, BAD_CAST "sup");
    while (node->children) {
        xmlNode *child = node->children;
        xmlUnlinkNode(child);
        xmlAddChild(sup, child);
    }
    xmlAddChild(node, sup);
}

static bool is_text(const xmlNode *node)
{
    return node && node->type == XML_TEXT_NODE && node->content && node->content[strspn((const char *)node->content, " \t\r\n\f")];
}

/* Does what is read change without it? A digit; words between others: "<span>at least</span> 300". */
static bool is_missed(const xmlNode *node)
{
    g_autofree char *text = xml_text(node);
    return strpbrk(text, "0123456789") || (text[strspn(text, " \t\r\n\f")] && is_text(node->prev) && is_text(node->next));
}

/* Does raised text stand at a word, without white space before it? By itself it is no mark, but text in its place: "<span>12</span> people". */
static bool touches_word(const xmlNode *node)
{
    while (node && !node->prev && node->parent && is_in_line(node->parent))
        node = node->parent;
    const xmlNode *before = node->prev;
    while (before && before->type == XML_ELEMENT_NODE && before->last)
        before = before->last;
    size_t len = before && before->content ? strlen((const char *)before->content) : 0;
    return len > 0 && !g_ascii_isspace(before->content[len - 1]);
}

/* What stands in a link or beside the text is no loss: "shared 44 times". */
static bool is_navigation(const xmlNode *node)
{
    static const char *const names[] = {"a", "nav", "aside", "footer", "button", "header"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (is_below(node, names[i]))
            return true;
    return false;
}

/* A note's own label, which is a link back or of a page with notes: at the head of its block, and a link. */
static bool labels_block(xmlNode *node)
{
    if (xml_is(node, "a") || is_below(node, "a"))
        return !node->prev;
    return !node->prev && xml_find(node, "a");
}

/* Is text of an element unseen? What it does not say itself is as around it. */
static bool is_unseen(const struct page_style *style, const xmlNode *node, bool around)
{
    unsigned shown, said = said_of(style, node, &shown);
    return !(shown & LOOK_UNSEEN) && (around || said & LOOK_UNSEEN);
}

/* Does anything below an element that is not visible say that it is? */
static bool shows_below(const struct page_style *style, const xmlNode *node)
{
    for (const xmlNode *child = node->children; child; child = child->next)
        if (child->type == XML_ELEMENT_NODE && (!is_unseen(style, child, true) || shows_below(style, child)))
            return true;
    return false;
}

/* What is not visible keeps its room: 5<span style="visibility: hidden">1</span>43 is no 543. */
static void leave_room(xmlNode *node)
{
    xmlAddPrevSibling(node, xmlNewNode(NULL, BAD_CAST "apart"));
}

/* <span style="visibility: hidden">300 <b>200</b> <span class="seen">400</span></span>: all goes but what says that it is visible. */
static unsigned remove_unseen(const struct page_style *style, xmlNode *node, bool unseen)
{
    unsigned missed = 0;
    for (xmlNode *child = node->children, *next; child; child = next) {
        next = child->next;
        if (child->type == XML_ELEMENT_NODE)
            missed |= remove_unseen(style, child, is_unseen(style, child, unseen));
        if (child->type != XML_TEXT_NODE || !unseen || !(is_text(child) || is_in_line(node)))
            continue;
        missed |= is_missed(child);
        leave_room(child);
        vocabulary_remove(child);
    }
    return missed;
}

/* An element that is not visible, with others in it: one in a line, or a block that says so itself and in which something shows. */
static bool holds_unseen(const struct page_style *style, const xmlNode *node, unsigned found)
{
    if (is_in_line(node))
        return found & LOOK_OWN_UNSEEN && !xml_is(node, "a");
    const char *own = node->type == XML_ELEMENT_NODE ? xml_attribute(node, "style") : NULL;
    return own && declared(slice_of(own), 0) & LOOK_UNSEEN && looks_of(style, node) & LOOK_OWN_UNSEEN && shows_below(style, node);
}

/* Returns 1 where what is read changes. */
static unsigned show_rest(const struct page_style *style, xmlNode *node)
{
    unsigned missed = remove_unseen(style, node, true);
    const char *own = xml_attribute(node, "style");
    if (own && !(declared(slice_of(own), 0) & LOOK_NO_BOX)) /* its text is gone; as it said, all would be */
        xmlUnsetProp(node, BAD_CAST "style");
    return missed && !is_navigation(node);
}

unsigned page_style_apply(const struct page_style *style, xmlNode *root)
{
    unsigned hidden = 0;
    xmlNode *next;
    for (xmlNode *node = root; node; node = next) {
        unsigned found = is_in_line(node) && node->children && node != root ? looks_of(style, node) : 0;
        if (holds_unseen(style, node, found))
            hidden += show_rest(style, node);
        next = xml_next(node, root, true);
        if (found & LOOK_HIDDEN && !xml_is(node, "a")) {
            next = xml_next(node, root, false);
            hidden += is_missed(node) && !is_navigation(node);
            if (!(found & (LOOK_HIDDEN & ~LOOK_UNSEEN)))
                leave_room(node);
            vocabulary_remove(node);
        } else if (found & LOOK_STRUCK) {
            vocabulary_rename(node, "del");
        } else if (found & LOOK_RAISED && (touches_word(node) || labels_block(node))) {
            raise_text(node);
        }
    }
    return hidden;
}
