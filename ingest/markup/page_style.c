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
};
enum { LOOK_HIDDEN = LOOK_NO_BOX | LOOK_UNSEEN | LOOK_NO_SIZE | LOOK_CLIPPED };

struct page_style {
    GHashTable *classes; /* name → looks */
};

struct page_style *page_style_new(void)
{
    struct page_style *style = g_new0(struct page_style, 1);
    style->classes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return style;
}

void page_style_free(struct page_style *style)
{
    if (!style)
        return;
    g_hash_table_unref(style->classes);
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

/* A pixel or two put a sign in its place, and raise no text. */
static bool is_super(struct slice value)
{
    return begins(value, "super") || number_of(value) >= (contains(value, "em") ? 0.2 : contains(value, "%") ? 20 : 3);
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
    return begins(value, "rect(0") || begins(value, "rect(1px") || begins(value, "rect( 0");
}

static bool is_relative(struct slice value)
{
    return begins(value, "relative");
}

static bool is_negative(struct slice value)
{
    return number_of(value) < 0;
}

static const struct {
    const char *property;
    bool (*holds)(struct slice value);
    enum look look;
} looks[] = {
    {"vertical-align", is_super, LOOK_RAISED}, {"text-decoration", is_line_through, LOOK_STRUCK}, {"text-decoration-line", is_line_through, LOOK_STRUCK}, {"display", is_none, LOOK_NO_BOX}, {"visibility", is_hidden, LOOK_UNSEEN},
    {"font-size", is_zero, LOOK_NO_SIZE}, {"clip", is_clipped, LOOK_CLIPPED}, {"position", is_relative, LOOK_RELATIVE}, {"top", is_negative, LOOK_LIFTED},
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

/* The class of ".fn" or "span.fn"; empty for every other selector. */
static struct slice class_of(struct slice selector)
{
    selector = slice_trim(selector);
    const char *dot = memchr(selector.ptr, '.', selector.len);
    if (selector.len == 0 || !dot)
        return slice_make(selector.ptr, 0);
    for (const char *p = selector.ptr; p < dot; p++)
        if (!g_ascii_isalnum(*p))
            return slice_make(selector.ptr, 0);
    struct slice class = slice_sub(selector, (size_t)(dot + 1 - selector.ptr), selector.len);
    for (size_t i = 0; i < class.len; i++)
        if (!g_ascii_isalnum(class.ptr[i]) && class.ptr[i] != '-' && class.ptr[i] != '_' && (unsigned char)class.ptr[i] < 0x80)
            return slice_make(selector.ptr, 0);
    return class;
}

static void add_rule(struct page_style *style, struct slice selectors, struct slice declarations)
{
    if (declared(declarations, 0) == 0 && declared(declarations, ~0u) == ~0u)
        return;
    for (size_t at = 0, end; at < selectors.len; at = end + 1) {
        const char *comma = memchr(selectors.ptr + at, ',', selectors.len - at);
        end = comma ? (size_t)(comma - selectors.ptr) : selectors.len;
        struct slice class = class_of(slice_sub(selectors, at, end));
        if (class.len == 0)
            continue;
        char *name = slice_dup(class);
        unsigned before = GPOINTER_TO_UINT(g_hash_table_lookup(style->classes, name));
        g_hash_table_replace(style->classes, name, GUINT_TO_POINTER(declared(declarations, before)));
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

void page_style_add(struct page_style *style, struct slice text)
{
    g_autoptr(GString) plain = without_comments(text);
    struct slice sheet = {plain->str, plain->len};
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
        struct slice selectors = slice_trim(slice_sub(rest, 0, stop));
        if (!slice_starts(selectors, "@")) /* "@media print {…}" */
            add_rule(style, selectors, slice_sub(sheet, at + stop + 1, end > at + stop + 1 ? end - 1 : end));
        at = end;
    }
}

void page_style_add_elements(struct page_style *style, xmlNode *root)
{
    for (xmlNode *node = root; node; node = xml_next(node, root, true)) {
        const char *media = xml_is(node, "style") ? xml_attribute(node, "media") : NULL;
        if (!xml_is(node, "style") || (media && !strcasestr(media, "all") && !strcasestr(media, "screen")))
            continue;
        for (const xmlNode *child = node->children; child; child = child->next)
            if (child->content)
                page_style_add(style, slice_of((const char *)child->content));
    }
}

static unsigned looks_of(const struct page_style *style, const xmlNode *node)
{
    unsigned found = 0;
    const char *own = xml_attribute(node, "style");
    for (const char *at = xml_attribute(node, "class"); at && *at;) {
        at += strspn(at, " \t\r\n\f");
        size_t len = strcspn(at, " \t\r\n\f");
        g_autofree char *name = g_strndup(at, len);
        gpointer said;
        if (g_hash_table_lookup_extended(style->classes, name, NULL, &said))
            found |= GPOINTER_TO_UINT(said);
        else if (g_ascii_strcasecmp(name, "sup") == 0 || g_ascii_strcasecmp(name, "superscript") == 0) /* its sheet is not in the file */
            found |= LOOK_RAISED;
        at += len;
    }
    found = own ? declared(slice_of(own), found) : found;
    return (found & LOOK_RELATIVE) && (found & LOOK_LIFTED) ? found | LOOK_RAISED : found;
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

static bool has_digit(const xmlNode *node)
{
    g_autofree char *text = xml_text(node);
    return strpbrk(text, "0123456789") != NULL;
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

unsigned page_style_apply(const struct page_style *style, xmlNode *root)
{
    unsigned hidden = 0;
    xmlNode *next;
    for (xmlNode *node = root; node; node = next) {
        next = xml_next(node, root, true);
        unsigned found = is_in_line(node) && node->children && node != root ? looks_of(style, node) : 0;
        if (found & LOOK_HIDDEN && !xml_is(node, "a")) {
            next = xml_next(node, root, false);
            hidden += has_digit(node) && !is_navigation(node);
            vocabulary_remove(node);
        } else if (found & LOOK_STRUCK) {
            vocabulary_rename(node, "del");
        } else if (found & LOOK_RAISED) {
            raise_text(node);
        }
    }
    return hidden;
}
