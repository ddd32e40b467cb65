/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/markup/article.h"

#include "ingest/markup/article_words.h"

enum {
    BLOCK_PRICE = 40,      /* letters that a block costs: scraps weigh less than nothing */
    ITEM_PRICE = 15,       /* a list item's: lists of an article are short */
    RUNNING_LETTERS = 25,  /* a block with less is no running text */
    NAMED_PERCENT = 30,    /* a container named as the text is believed when it holds this much of the best element's running text */
    SHORT_ARTICLE = 500,   /* an element with fewer letters may be a part of the text that weighs more than the rest of it */
    FEW_LINKS = 5,         /* text with one letter in a link for as many others is no list of links */
    MATCH_LETTERS = 250    /* a text in JSON-LD shorter than this is a teaser */
};

/* Sorted by name, for bsearch. */
static const struct named_kind {
    const char *name;
    enum html_kind kind;
} kinds[] = {
    {"a", HTML_INLINE},          {"abbr", HTML_INLINE},       {"acronym", HTML_INLINE},    {"address", HTML_BLOCK},     {"annotation", HTML_BLOCK}, {"annotation-xml", HTML_SKIP}, {"apart", HTML_INLINE}, {"article", HTML_BLOCK},     {"aside", HTML_BLOCK},       {"audio", HTML_SKIP},
    {"b", HTML_INLINE},          {"bdi", HTML_INLINE},        {"bdo", HTML_INLINE},        {"big", HTML_INLINE},        {"blockquote", HTML_BLOCK},  {"body", HTML_BLOCK},        {"br", HTML_INLINE},         {"button", HTML_SKIP},
    {"canvas", HTML_SKIP},       {"caption", HTML_BLOCK},     {"center", HTML_BLOCK},      {"cite", HTML_INLINE},       {"code", HTML_INLINE},       {"data", HTML_INLINE},       {"datalist", HTML_SKIP},     {"dd", HTML_BLOCK},
    {"del", HTML_INLINE},        {"details", HTML_BLOCK},     {"dfn", HTML_INLINE},        {"dialog", HTML_BLOCK},      {"dir", HTML_BLOCK},         {"div", HTML_BLOCK},         {"dl", HTML_BLOCK},          {"dt", HTML_BLOCK},
    {"em", HTML_INLINE},         {"embed", HTML_SKIP},        {"fieldset", HTML_BLOCK},    {"figcaption", HTML_BLOCK},  {"figure", HTML_BLOCK},      {"font", HTML_INLINE},       {"footer", HTML_BLOCK},      {"form", HTML_BLOCK},
    {"h1", HTML_BLOCK},          {"h2", HTML_BLOCK},          {"h3", HTML_BLOCK},          {"h4", HTML_BLOCK},          {"h5", HTML_BLOCK},          {"h6", HTML_BLOCK},          {"head", HTML_SKIP},         {"header", HTML_BLOCK},
    {"hgroup", HTML_BLOCK},      {"hr", HTML_BLOCK},          {"html", HTML_BLOCK},        {"i", HTML_INLINE},          {"iframe", HTML_SKIP},       {"img", HTML_INLINE},        {"input", HTML_SKIP},        {"ins", HTML_INLINE},
    {"kbd", HTML_INLINE},        {"label", HTML_INLINE},      {"legend", HTML_BLOCK},      {"li", HTML_BLOCK},          {"link", HTML_SKIP},         {"main", HTML_BLOCK},        {"map", HTML_SKIP},          {"mark", HTML_INLINE},
    {"math", HTML_INLINE},       {"menclose", HTML_INLINE},   {"menu", HTML_BLOCK},        {"meta", HTML_SKIP},         {"mfenced", HTML_INLINE},    {"mfrac", HTML_INLINE},      {"mi", HTML_INLINE},         {"mn", HTML_INLINE},
    {"mo", HTML_INLINE},         {"mover", HTML_INLINE},      {"mpadded", HTML_INLINE},    {"mphantom", HTML_INLINE},   {"mroot", HTML_INLINE},      {"mrow", HTML_INLINE},       {"ms", HTML_INLINE},         {"mspace", HTML_INLINE},
    {"msqrt", HTML_INLINE},      {"mstyle", HTML_INLINE},     {"msub", HTML_INLINE},       {"msubsup", HTML_INLINE},    {"msup", HTML_INLINE},       {"mtable", HTML_INLINE},     {"mtd", HTML_INLINE},        {"mtext", HTML_INLINE},
    {"mtr", HTML_INLINE},        {"munder", HTML_INLINE},     {"munderover", HTML_INLINE}, {"nav", HTML_BLOCK},         {"nobr", HTML_INLINE},       {"noscript", HTML_SKIP},     {"object", HTML_SKIP},       {"ol", HTML_BLOCK},
    {"optgroup", HTML_SKIP},     {"option", HTML_SKIP},       {"p", HTML_BLOCK},           {"pre", HTML_BLOCK},         {"progress", HTML_SKIP},     {"q", HTML_INLINE},          {"rb", HTML_INLINE},         {"rp", HTML_INLINE},
    {"rt", HTML_INLINE},         {"ruby", HTML_INLINE},       {"s", HTML_INLINE},          {"samp", HTML_INLINE},       {"script", HTML_SKIP},       {"section", HTML_BLOCK},     {"select", HTML_SKIP},       {"semantics", HTML_INLINE},
    {"small", HTML_INLINE},      {"span", HTML_INLINE},       {"strike", HTML_INLINE},     {"strong", HTML_INLINE},     {"style", HTML_SKIP},        {"sub", HTML_INLINE},        {"summary", HTML_BLOCK},     {"sup", HTML_INLINE},
    {"svg", HTML_SKIP},          {"table", HTML_BLOCK},       {"tbody", HTML_BLOCK},       {"td", HTML_BLOCK},          {"template", HTML_SKIP},     {"textarea", HTML_SKIP},     {"tfoot", HTML_BLOCK},       {"th", HTML_BLOCK},
    {"thead", HTML_BLOCK},       {"time", HTML_INLINE},       {"title", HTML_SKIP},        {"tr", HTML_BLOCK},          {"tt", HTML_INLINE},         {"u", HTML_INLINE},          {"ul", HTML_BLOCK},          {"var", HTML_INLINE},
    {"video", HTML_SKIP},        {"wbr", HTML_INLINE},
};

static int compare_kinds(const void *name, const void *kind)
{
    return strcmp(name, ((const struct named_kind *)kind)->name);
}

static bool is_words(const xmlNode *node)
{
    if (!node || node->type != XML_TEXT_NODE)
        return false;
    for (const char *p = (const char *)node->content; p && *p; p++)
        if (!g_ascii_isspace(*p))
            return true;
    return false;
}

enum html_kind html_kind(const xmlNode *node)
{
    const struct named_kind *found = !node->name ? NULL : bsearch(node->name, kinds, G_N_ELEMENTS(kinds), sizeof kinds[0], compare_kinds);
    if (found && xml_is(node, "annotation") && xml_is(node->parent, "semantics")) /* a formula once more, as TeX */
        return HTML_SKIP;
    if (found)
        return found->kind;
    return is_words(node->prev) || is_words(node->next) ? HTML_INLINE : HTML_BLOCK; /* an element of the site's own: it stands in a line of text, or not */
}

/* What is counted below an element. */
struct tally {
    int32_t letters; /* outside links */
    int32_t links;   /* letters inside links */
    int32_t weight;  /* sum of its blocks */
    int32_t running; /* letters of its blocks of running text */
    int32_t match;   /* of those, in blocks that JSON-LD gives as the article's */
    bool heading;    /* holds <h1> or a container named as the text */
    bool summary;    /* holds an abstract */
    bool quote;      /* holds a quotation: posts of social media that the article shows stand in one */
};

struct finder {
    struct article *article;
    GHashTable *tallies;    /* element → struct tally * */
    struct tally run;       /* the open block */
    GString *run_text;      /* its letters, where there is a text to compare with */
    struct tally *owner;    /* of the element that the open block stands in */
    const char *text;       /* letters of JSON-LD's text, or NULL */
    bool in_link, in_item;
    int32_t total;
};

static int32_t letters_of(const xmlNode *node)
{
    int32_t count = 0;
    for (const char *p = (const char *)node->content; p && *p; p++)
        count += !g_ascii_isspace(*p) && ((unsigned char)*p & 0xc0) != 0x80;
    return count;
}

/* A block of text weighs its letters, a block of links takes as much away. */
static void end_block(struct finder *finder)
{
    struct tally *run = &finder->run, *owner = finder->owner;
    if (owner && run->letters + run->links > 0) {
        int32_t all = run->letters + run->links, price = finder->in_item ? ITEM_PRICE : BLOCK_PRICE;
        bool text = run->letters > run->links;
        owner->weight += (text ? all - run->links / 2 : -run->links) - price;
        if (text && all >= RUNNING_LETTERS) {
            owner->running += all;
            if (finder->text && finder->run_text->len >= RUNNING_LETTERS && strstr(finder->text, finder->run_text->str))
                owner->match += all;
        }
    }
    *run = (struct tally){0};
    g_string_truncate(finder->run_text, 0);
}

static void tally(struct finder *finder, xmlNode *node);

static void tally_children(struct finder *finder, xmlNode *node, struct tally *sum, bool block)
{
    for (xmlNode *child = node->children; child; child = child->next) {
        if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE) {
            int32_t letters = letters_of(child);
            *(finder->in_link ? &sum->links : &sum->letters) += letters;
            *(finder->in_link ? &finder->run.links : &finder->run.letters) += letters;
            if (finder->text)
                article_append_letters(finder->run_text, (const char *)child->content);
        } else if (child->type == XML_ELEMENT_NODE && !g_hash_table_contains(finder->article->left, child)) {
            tally(finder, child);
            const struct tally *below = g_hash_table_lookup(finder->tallies, child);
            if (!below)
                continue;
            sum->letters += below->letters;
            sum->links += below->links;
            sum->weight += below->weight;
            sum->running += below->running;
            sum->match += below->match;
            sum->heading |= below->heading;
            sum->quote |= below->quote;
            sum->summary |= below->summary;
            if (block)
                finder->owner = sum;
        }
    }
}

/* Fills the tallies of an element and of all below it. */
static void tally(struct finder *finder, xmlNode *node)
{
    enum html_kind kind = html_kind(node);
    if (kind == HTML_SKIP)
        return;
    struct tally *sum = g_new0(struct tally, 1);
    g_hash_table_insert(finder->tallies, node, sum);
    bool link = finder->in_link;
    finder->in_link |= xml_is(node, "a") && xml_attribute(node, "href");
    struct tally *owner = finder->owner;
    bool item = finder->in_item, block = kind == HTML_BLOCK && !xml_is(node, "td") && !xml_is(node, "th"); /* a table's row is a block, not each cell */
    finder->in_item = xml_is(node, "li") || xml_is(node, "tr") || xml_is(node, "dd") || (item && !block);
    if (block) {
        end_block(finder);
        finder->owner = sum;
    }
    tally_children(finder, node, sum, block);
    if (block) {
        end_block(finder);
        finder->owner = owner;
    }
    finder->in_link = link;
    finder->in_item = item;
    sum->heading |= xml_is(node, "h1") || article_hint(node) == HINT_BODY;
    sum->quote |= xml_is(node, "blockquote");
    sum->summary |= article_is_abstract(node);
}

static void tally_all(struct finder *finder, xmlNode *body)
{
    g_hash_table_remove_all(finder->tallies);
    finder->owner = NULL;
    finder->in_link = false;
    finder->run = (struct tally){0};
    g_string_truncate(finder->run_text, 0);
    tally(finder, body);
}

static const struct tally *tally_of(const struct finder *finder, const xmlNode *node)
{
    static const struct tally none;
    const struct tally *found = g_hash_table_lookup(finder->tallies, node);
    return found ? found : &none;
}

/* Does the name of an element, weighed with what is in it, leave it out? */
static bool leave_out(const struct finder *finder, const xmlNode *node)
{
    const struct tally *sum = tally_of(finder, node);
    int32_t share = finder->total > 0 ? (int32_t)((int64_t)100 * sum->letters / finder->total) : 0;
    switch (article_hint(node)) {
    case HINT_HIDDEN:
        return share < 60;
    case HINT_STRONG:
        return !(sum->heading && share >= 30) && share < 70;
    case HINT_WEAK:
        return !xml_is(node, "tr") && !sum->summary && !(sum->quote && sum->letters > sum->links) && !(sum->heading && share >= 20) && share < 30 && (sum->links > sum->letters / 3 || sum->weight < 300);
    default:
        return false;
    }
}

/* Takes out, from the top down, what is named as no part of an article. */
static void prune(struct finder *finder, xmlNode *body)
{
    xmlNode *next;
    for (xmlNode *node = body; node; node = next) {
        bool out = node->type == XML_ELEMENT_NODE && node != body && html_kind(node) != HTML_SKIP && leave_out(finder, node);
        if (out)
            g_hash_table_add(finder->article->left, node);
        next = xml_next(node, body, !out);
    }
}

/* The element of the greatest weight; the deepest of equals. */
static xmlNode *heaviest(const struct finder *finder, xmlNode *body)
{
    xmlNode *best = body;
    int32_t weight = tally_of(finder, body)->weight;
    xmlNode *next;
    for (xmlNode *node = body; node; node = next) {
        bool out = g_hash_table_contains(finder->article->left, node);
        if (!out && node->type == XML_ELEMENT_NODE && tally_of(finder, node)->weight >= weight) {
            best = node;
            weight = tally_of(finder, node)->weight;
        }
        next = xml_next(node, body, !out);
    }
    return best;
}

/* The container that is named as the text and weighs most. NULL: none with running text. */
static xmlNode *named(const struct finder *finder, xmlNode *body)
{
    xmlNode *chosen = NULL, *next;
    int32_t weight = INT32_MIN;
    for (xmlNode *node = body; node; node = next) {
        bool out = g_hash_table_contains(finder->article->left, node);
        next = xml_next(node, body, !out);
        if (out || node->type != XML_ELEMENT_NODE || article_hint(node) != HINT_BODY)
            continue;
        const struct tally *has = tally_of(finder, node);
        if (has->running > 0 && has->weight >= weight) {
            chosen = node;
            weight = has->weight;
        }
    }
    return chosen;
}

/* The deepest element that holds nearly all of the blocks which JSON-LD gives as the article's; NULL when they are too few. */
static xmlNode *matched(const struct finder *finder, xmlNode *body)
{
    int32_t all = tally_of(finder, body)->match;
    if (!finder->text || all < MATCH_LETTERS || (size_t)all * 2 < strlen(finder->text))
        return NULL;
    xmlNode *chosen = body;
    for (xmlNode *child = body->children; child;) {
        bool out = g_hash_table_contains(finder->article->left, child);
        if (!out && child->type == XML_ELEMENT_NODE && tally_of(finder, child)->match * 20LL >= all * 19LL) {
            chosen = child;
            child = child->children;
        } else {
            child = child->next;
        }
    }
    return chosen;
}

static const xmlNode *nearest_article(const xmlNode *node)
{
    while (node && !xml_is(node, "article"))
        node = node->parent;
    return node;
}

/* Does another container named as the text stand below `above`, outside `container` and in the same <article>? */
static bool goes_on(const struct finder *finder, xmlNode *above, const xmlNode *container)
{
    xmlNode *next;
    for (xmlNode *node = above->children; node; node = next) {
        bool out = node == container || g_hash_table_contains(finder->article->left, node);
        next = xml_next(node, above, !out);
        if (!out && node->type == XML_ELEMENT_NODE && tally_of(finder, node)->running > 0 && article_hint(node) == HINT_BODY && nearest_article(node) == nearest_article(container))
            return true;
    }
    return false;
}

/* A text may be cut into several containers, with advertising between them: the element that holds them all and weighs more. */
static xmlNode *whole_of(const struct finder *finder, xmlNode *body, xmlNode *container)
{
    enum { LEVELS = 3 };
    xmlNode *whole = container, *above = container;
    for (int i = 0; i < LEVELS && above != body; i++) {
        above = above->parent;
        if (tally_of(finder, above)->weight > tally_of(finder, whole)->weight && goes_on(finder, above, whole))
            whole = above;
    }
    return whole;
}

/* A single paragraph is no article, and short ones are cheap: where few links stand among the text, what stands beside it belongs to it. */
static xmlNode *with_its_like(const struct finder *finder, xmlNode *body, xmlNode *best)
{
    xmlNode *whole = best;
    for (xmlNode *above = best; above; above = above == body ? NULL : above->parent) {
        const struct tally *has = tally_of(finder, above);
        bool bare = tally_of(finder, whole)->letters < SHORT_ARTICLE && (has->letters > tally_of(finder, whole)->letters || xml_is(whole, "p"));
        if (bare && has->links * FEW_LINKS < has->letters)
            whole = above;
    }
    return whole;
}

static xmlNode *choose(const struct finder *finder, xmlNode *body)
{
    xmlNode *best = heaviest(finder, body), *container = named(finder, body);
    const struct tally *most = tally_of(finder, best), *has = container ? tally_of(finder, container) : most;
    if (container && has->running * 100LL >= most->running * (int64_t)NAMED_PERCENT && (has->weight > 0 || has->links < has->letters || has->running > most->running * 2))
        best = whole_of(finder, body, xml_is(container, "p") && container != body ? container->parent : container);
    else
        best = with_its_like(finder, body, best);
    xmlNode *same = matched(finder, body);
    return same && tally_of(finder, same)->match * 2 >= tally_of(finder, best)->running ? same : best;
}

void article_whole(xmlNode *body, struct article *ret)
{
    *ret = (struct article){body, g_hash_table_new(NULL, NULL)};
}

void article_find(xmlNode *body, const char *title, const char *text, GHashTable *notes, struct article *ret)
{
    article_whole(body, ret);
    g_autoptr(GString) letters = g_string_new(NULL), run = g_string_new(NULL);
    article_append_letters(letters, text);
    struct finder finder = {.article = ret, .run_text = run, .text = letters->len >= MATCH_LETTERS ? letters->str : NULL, .tallies = g_hash_table_new_full(NULL, NULL, NULL, g_free)};
    tally_all(&finder, body);
    finder.total = tally_of(&finder, body)->letters;
    prune(&finder, body);
    tally_all(&finder, body);
    ret->root = choose(&finder, body);
    g_hash_table_unref(finder.tallies);
    article_trim(ret, title, notes);
}

void article_clear(struct article *article)
{
    g_clear_pointer(&article->left, g_hash_table_unref);
}

bool article_left_out(const struct article *article, const xmlNode *node)
{
    return g_hash_table_contains(article->left, node);
}
