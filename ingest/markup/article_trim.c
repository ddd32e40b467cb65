/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/markup/article.h"

#include "ingest/markup/article_words.h"

/* Letters below an element that stay. */
struct part {
    int32_t letters, links;
    bool block; /* holds a block with text */
    bool note;  /* is or holds a note of the page */
};

struct trimmer {
    struct article *article;
    const char *title; /* folded to letters and digits, or NULL */
    GHashTable *notes; /* elements that are notes, or NULL */
    const char *last;  /* the one that was folded last; owned by `seen` */
    GHashTable *seen;  /* blocks of text so far, folded: pages show a caption twice, once in a gallery */
};

static bool is_heading(const xmlNode *node)
{
    const char *name = (const char *)node->name;
    return node->type == XML_ELEMENT_NODE && name[0] == 'h' && name[1] >= '1' && name[1] <= '6' && name[2] == '\0';
}

static void count(const xmlNode *text, bool in_link, struct part *part)
{
    for (const char *p = (const char *)text->content; p && *p; p++)
        if (!g_ascii_isspace(*p) && ((unsigned char)*p & 0xc0) != 0x80)
            *(in_link ? &part->links : &part->letters) += 1;
}

/* "Related: a link", "More on this: a link", a paragraph that is one link. */
static bool is_pointer(const xmlNode *node, const struct part *part)
{
    enum { LABEL_LETTERS = 25 };
    if (part->links < part->letters || part->links == 0)
        return false;
    g_autofree char *text = xml_text(node);
    if (part->links >= 4 * part->letters)
        return !strstr(text, "http") && !strstr(text, "www."); /* an address that is printed is a source */
    const char *colon = strpbrk(text, ":|");
    return colon && colon - text <= LABEL_LETTERS;
}

static bool is_repeated(struct trimmer *trimmer, const xmlNode *node, const char *text)
{
    enum { REPEATED_LETTERS = 60 };
    g_autofree char *folded = article_letters(text);
    if (is_heading(node) && trimmer->title && strcmp(folded, trimmer->title) == 0)
        return true;
    if (strlen(folded) < REPEATED_LETTERS)
        return false;
    bool cut_short = trimmer->last && g_str_has_prefix(trimmer->last, folded); /* the caption once more, as far as it fits */
    trimmer->last = folded;
    return !g_hash_table_add(trimmer->seen, g_steal_pointer(&folded)) || cut_short;
}

/* A caption that states no number describes its picture and nothing else. */
static bool says_number(const xmlNode *caption)
{
    g_autofree char *text = xml_text(caption);
    return strpbrk(text, "0123456789") != NULL;
}

static bool goes(struct trimmer *trimmer, const xmlNode *node, const struct part *part)
{
    if (article_is_caption(node) && !says_number(node))
        return true;
    if (xml_is(node, "ul") || xml_is(node, "ol") || xml_is(node, "dl"))
        return part->links > 2 * part->letters;
    if (part->block)
        return part->links > 0 && part->links >= 4 * part->letters;
    if (xml_is(node, "li"))
        return false;
    if (!is_heading(node) && is_pointer(node, part))
        return true;
    g_autofree char *text = xml_text(node);
    return article_is_scrap(slice_of(text)) || is_repeated(trimmer, node, text);
}

/* Leaves out, from the leaves up, what points elsewhere; returns what stays. */
static struct part trim(struct trimmer *trimmer, xmlNode *node, bool in_link)
{
    struct part sum = {.note = trimmer->notes && g_hash_table_contains(trimmer->notes, node)};
    in_link |= xml_is(node, "a") && xml_attribute(node, "href");
    for (xmlNode *child = node->children; child; child = child->next) {
        if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE) {
            count(child, in_link, &sum);
            continue;
        }
        if (child->type != XML_ELEMENT_NODE || html_kind(child) == HTML_SKIP || article_left_out(trimmer->article, child))
            continue;
        struct part below = trim(trimmer, child, in_link);
        bool block = html_kind(child) == HTML_BLOCK && below.letters + below.links > 0;
        if (block && !below.note && goes(trimmer, child, &below)) {
            g_hash_table_add(trimmer->article->left, child);
            continue;
        }
        sum.letters += below.letters;
        sum.links += below.links;
        sum.block |= below.block || block;
        sum.note |= below.note;
    }
    return sum;
}

static bool has_text(const xmlNode *node)
{
    if (node->type != XML_TEXT_NODE && node->type != XML_CDATA_SECTION_NODE)
        return false;
    for (const char *p = (const char *)node->content; p && *p; p++)
        if (!g_ascii_isspace(*p))
            return true;
    return false;
}

/* A heading goes when all that stood under it went. */
static void trim_headings(struct article *article)
{
    xmlNode *open = NULL, *next; /* a heading with nothing under it so far */
    bool gone = false;
    for (xmlNode *node = article->root; node; node = next) {
        bool element = node->type == XML_ELEMENT_NODE, out = element && (article_left_out(article, node) || html_kind(node) == HTML_SKIP), heading = element && !out && is_heading(node);
        next = xml_next(node, article->root, !out && !heading);
        gone |= element && article_left_out(article, node);
        if (heading || (!next && !has_text(node))) {
            if (open && gone)
                g_hash_table_add(article->left, open);
            open = heading ? node : NULL;
            gone = !next;
        } else if (has_text(node)) {
            open = NULL;
        }
    }
    if (open)
        g_hash_table_add(article->left, open);
}

void article_trim(struct article *article, const char *title, GHashTable *notes)
{
    g_autofree char *folded = title ? article_letters(title) : NULL;
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    struct trimmer trimmer = {.article = article, .title = folded, .notes = notes, .seen = seen};
    struct part all = trim(&trimmer, article->root, false);
    if (all.letters > 0)
        trim_headings(article);
}
