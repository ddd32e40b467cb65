/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/facts/page_facts.h"

#include "ingest/facts/date.h"

#include <jansson.h>

enum { FIELD_BYTES = 2000, LD_DEPTH = 12, BYLINE_RANK = 25 /* of an element that reads like a byline */ };

enum field { TITLE, PUBLISHER, URL, LANGUAGE, DATE, AUTHORS, FIELDS };

/* One value for each field, with how sure its place is; the surest wins, of equals the first. */
struct findings {
    char *value[FIELDS];
    int rank[FIELDS];
    GString *authors; /* of JSON-LD, joined */
    char *text;
};

/* <meta name|property|itemprop|http-equiv="…">, lower case. */
static const struct {
    const char *name;
    enum field field;
    int rank;
} metas[] = {
    {"citation_title", TITLE, 75}, {"og:title", TITLE, 70}, {"parsely-title", TITLE, 66}, {"twitter:title", TITLE, 60}, {"dc.title", TITLE, 55}, {"dcterms.title", TITLE, 55}, {"headline", TITLE, 55}, {"sailthru.title", TITLE, 54},
    {"og:site_name", PUBLISHER, 70}, {"application-name", PUBLISHER, 40}, {"dc.publisher", PUBLISHER, 60}, {"dcterms.publisher", PUBLISHER, 60}, {"citation_publisher", PUBLISHER, 66}, {"publisher", PUBLISHER, 50}, {"copyright", PUBLISHER, 5},
    {"og:url", URL, 60}, {"twitter:url", URL, 50}, {"parsely-link", URL, 55}, {"citation_public_url", URL, 65},
    {"article:published_time", DATE, 70}, {"datepublished", DATE, 68}, {"og:published_time", DATE, 66}, {"parsely-pub-date", DATE, 66}, {"sailthru.date", DATE, 64}, {"citation_publication_date", DATE, 66}, {"citation_date", DATE, 60},
    {"dc.date.issued", DATE, 62}, {"dcterms.issued", DATE, 62}, {"dcterms.created", DATE, 58}, {"dc.date", DATE, 56}, {"dcterms.date", DATE, 56}, {"pubdate", DATE, 60}, {"publishdate", DATE, 60}, {"publish-date", DATE, 60},
    {"publish_date", DATE, 60}, {"published_date", DATE, 60}, {"originalpublicationdate", DATE, 60}, {"article.published", DATE, 60}, {"date", DATE, 45}, {"datecreated", DATE, 44}, {"lastmod", DATE, 20}, {"article:modified_time", DATE, 15},
    {"author", AUTHORS, 60}, {"article:author", AUTHORS, 58}, {"article:author_name", AUTHORS, 62}, {"parsely-author", AUTHORS, 64}, {"sailthru.author", AUTHORS, 62}, {"dc.creator", AUTHORS, 56}, {"dcterms.creator", AUTHORS, 56},
    {"citation_author", AUTHORS, 66}, {"byl", AUTHORS, 58}, {"og:author", AUTHORS, 55}, {"twitter:creator_name", AUTHORS, 30},
    {"content-language", LANGUAGE, 30}, {"og:locale", LANGUAGE, 40}, {"inlanguage", LANGUAGE, 40}, {"dc.language", LANGUAGE, 45},
};

/* schema.org types whose object describes the page's article. */
static const char *const article_types[] = {
    "Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle", "BackgroundNewsArticle", "AskPublicNewsArticle", "BlogPosting", "LiveBlogPosting", "Report", "TechArticle", "ScholarlyArticle", "SocialMediaPosting", "Review",
};

/* Values are often escaped twice: "&amp;#8217;" in the file, "&#8217;" in the attribute. */
static char *unescaped(const char *value)
{
    GString *text = g_string_new(NULL);
    for (const char *p = value; *p;) {
        char utf8[8];
        size_t used = *p == '&' ? xml_entity(slice_of(p), utf8) : 0;
        if (used > 0) {
            g_string_append(text, strcmp(utf8, "\u00a0") == 0 ? " " : utf8);
            p += used;
        } else {
            g_string_append_c(text, *p++);
        }
    }
    return g_string_free(text, FALSE);
}

/* "The Weir | News of the valley" → "The Weir"; "@weir" → "weir". */
static char *publisher_of(const char *value)
{
    char *name = g_strdup(value[0] == '@' ? value + 1 : value), *bar = strstr(name, " | ");
    if (bar && bar > name)
        *bar = '\0';
    return name;
}

static void find(struct findings *found, enum field field, int rank, const char *value)
{
    bool again = field == AUTHORS && rank == found->rank[AUTHORS] && rank > BYLINE_RANK; /* papers name each author in a meta of its own */
    if (again && value)
        authors_add(&found->value[AUTHORS], value);
    if (!value || rank <= found->rank[field])
        return;
    g_autofree char *clean = g_strstrip(g_strndup(value, FIELD_BYTES));
    if (!*clean || !g_utf8_validate(clean, -1, NULL))
        return;
    if (strchr(clean, '&')) {
        char *plain = unescaped(clean);
        g_free(clean);
        clean = plain;
    }
    char *made = field == DATE       ? date_edtf(clean)
                 : field == PUBLISHER ? publisher_of(clean)
                 : field == AUTHORS  ? authors_of(clean)
                 : field == LANGUAGE ? language_of(clean)
                 : field == URL      ? (g_str_has_prefix(clean, "http") ? g_strdup(clean) : NULL)
                                     : g_strdup(clean);
    if (!made)
        return;
    g_free(found->value[field]);
    found->value[field] = made;
    found->rank[field] = rank;
}

/* ISO 639-2, which libraries and publishers write. */
static const struct {
    const char *three, *two;
} languages[] = {
    {"eng", "en"}, {"spa", "es"}, {"fra", "fr"}, {"fre", "fr"}, {"por", "pt"}, {"ita", "it"}, {"deu", "de"}, {"ger", "de"}, {"ara", "ar"}, {"rus", "ru"}, {"ukr", "uk"}, {"zho", "zh"}, {"chi", "zh"}, {"nld", "nl"}, {"dut", "nl"}, {"tur", "tr"},
};

char *language_of(const char *tag)
{
    size_t len = 0;
    while (tag && g_ascii_isalpha(tag[len]))
        len++;
    for (size_t i = 0; len == 3 && i < G_N_ELEMENTS(languages); i++)
        if (g_ascii_strncasecmp(tag, languages[i].three, 3) == 0)
            return g_strdup(languages[i].two);
    return len == 2 ? g_ascii_strdown(tag, 2) : NULL;
}

static bool is_type(const json_t *type)
{
    if (json_is_array(type)) {
        for (size_t i = 0; i < json_array_size(type); i++)
            if (is_type(json_array_get(type, i)))
                return true;
        return false;
    }
    const char *name = json_string_value(type);
    for (size_t i = 0; name && i < G_N_ELEMENTS(article_types); i++)
        if (g_str_has_suffix(name, article_types[i]) && (strlen(name) == strlen(article_types[i]) || name[strlen(name) - strlen(article_types[i]) - 1] == '/'))
            return true;
    return false;
}

/* A name as JSON-LD writes one: a string, an object with "name", or an array of them. */
static void append_names(GString *names, const json_t *value, bool invert)
{
    if (json_is_array(value)) {
        for (size_t i = 0; i < json_array_size(value); i++)
            append_names(names, json_array_get(value, i), invert);
        return;
    }
    const char *name = json_string_value(json_is_object(value) ? json_object_get(value, "name") : value);
    if (!name)
        return;
    const char *type = json_string_value(json_object_get(value, "@type"));
    bool organisation = type && g_str_has_suffix(type, "Organization");
    g_autofree char *made = invert && !organisation ? authors_of(name) : g_strdup(name);
    if (made && *made && !strstr(names->str, made))
        g_string_append_printf(names, "%s%s", names->len > 0 ? "; " : "", made);
}

static void read_article_object(struct findings *found, const json_t *object)
{
    find(found, TITLE, 80, json_string_value(json_object_get(object, "headline")));
    find(found, DATE, 80, json_string_value(json_object_get(object, "datePublished")));
    find(found, DATE, 30, json_string_value(json_object_get(object, "dateCreated")));
    find(found, LANGUAGE, 60, json_string_value(json_object_get(object, "inLanguage")));
    const json_t *page = json_object_get(object, "mainEntityOfPage");
    find(found, URL, 62, json_string_value(json_is_object(page) ? json_object_get(page, "@id") : page));
    find(found, URL, 58, json_string_value(json_object_get(object, "url")));
    g_autoptr(GString) publisher = g_string_new(NULL);
    append_names(publisher, json_object_get(object, "publisher"), false);
    find(found, PUBLISHER, 65, publisher->str);
    if (found->authors->len == 0)
        append_names(found->authors, json_object_get(object, "author"), true);
    const char *text = json_string_value(json_object_get(object, "articleBody"));
    if (text && (!found->text || strlen(text) > strlen(found->text))) {
        g_free(found->text);
        found->text = g_strdup(text);
    }
}

static void read_ld(struct findings *found, const json_t *value, int depth)
{
    if (depth > LD_DEPTH)
        return;
    if (json_is_array(value)) {
        for (size_t i = 0; i < json_array_size(value); i++)
            read_ld(found, json_array_get(value, i), depth + 1);
        return;
    }
    if (!json_is_object(value))
        return;
    if (is_type(json_object_get(value, "@type")))
        read_article_object(found, value);
    const char *type = json_string_value(json_object_get(value, "@type"));
    if (type && g_str_has_suffix(type, "WebPage")) /* less is said of it than of an article */
        find(found, DATE, 52, json_string_value(json_object_get(value, "datePublished")));
    read_ld(found, json_object_get(value, "@graph"), depth + 1);
    read_ld(found, json_object_get(value, "mainEntity"), depth + 1);
}

/* JSON-LD as pages print it: in a comment or CDATA, with line ends inside strings. */
static void read_script(struct findings *found, const xmlNode *script)
{
    const char *type = xml_attribute(script, "type");
    if (!type || g_ascii_strncasecmp(type, "application/ld+json", 19) != 0)
        return;
    GString *text = g_string_new(NULL);
    for (const xmlNode *child = script->children; child; child = child->next)
        if (child->content)
            g_string_append(text, (const char *)child->content);
    for (size_t i = 0; i < text->len; i++)
        if ((unsigned char)text->str[i] < 0x20)
            text->str[i] = ' ';
    const char *start = strpbrk(text->str, "{[");
    json_t *value = start ? json_loads(start, JSON_DISABLE_EOF_CHECK, NULL) : NULL;
    read_ld(found, value, 0);
    json_decref(value);
    g_string_free(text, TRUE);
}

static void read_meta(struct findings *found, const xmlNode *meta)
{
    static const char *const keys[] = {"property", "name", "itemprop", "http-equiv"};
    const char *content = xml_attribute(meta, "content");
    for (size_t k = 0; content && k < G_N_ELEMENTS(keys); k++) {
        const char *name = xml_attribute(meta, keys[k]);
        for (size_t i = 0; name && i < G_N_ELEMENTS(metas); i++)
            if (g_ascii_strcasecmp(name, metas[i].name) == 0)
                find(found, metas[i].field, metas[i].rank, content);
    }
}

static bool says(const xmlNode *node, const char *attribute, const char *word)
{
    const char *value = xml_attribute(node, attribute);
    return value && g_ascii_strcasecmp(value, word) == 0;
}

/* Elements whose own text is a field. */
static void read_element(struct findings *found, const xmlNode *node)
{
    enum { BYLINE_BYTES = 120 };
    if (xml_is(node, "link") && says(node, "rel", "canonical")) {
        find(found, URL, 70, xml_attribute(node, "href"));
    } else if (xml_is(node, "html")) {
        find(found, LANGUAGE, 50, xml_attribute(node, "lang"));
    } else if (xml_is(node, "time")) {
        bool published = says(node, "itemprop", "datePublished") || xml_attribute(node, "pubdate");
        find(found, DATE, published ? 55 : 35, xml_attribute(node, "datetime"));
    } else if (says(node, "itemprop", "datePublished")) {
        find(found, DATE, 54, xml_attribute(node, "datetime"));
    }
    bool title = xml_is(node, "title"), heading = xml_is(node, "h1"), author = says(node, "itemprop", "author") || says(node, "rel", "author") || says(node, "class", "byline") || says(node, "class", "author");
    if (!title && !heading && !author)
        return;
    g_autofree char *text = xml_text(node);
    if (author && strlen(text) < BYLINE_BYTES)
        find(found, AUTHORS, BYLINE_RANK, text);
    else if (!author)
        find(found, TITLE, heading ? 50 : 45, text);
}

/* " url: https://… saved date: …" (SingleFile), "saved from url=(0042)https://…" (browsers). */
static void read_comment(struct findings *found, const char *comment)
{
    const char *url = comment ? strstr(comment, "http") : NULL;
    if (url) {
        g_autofree char *value = g_strndup(url, strcspn(url, " \t\r\n"));
        find(found, URL, 20, value);
    }
}

/* "A headline | The Paper" without the paper. */
static void trim_title(struct findings *found)
{
    static const char *const joints[] = {" | ", " - ", " – ", " — ", " « ", " :: "};
    char *title = found->value[TITLE];
    const char *publisher = found->value[PUBLISHER];
    for (size_t i = 0; title && i < G_N_ELEMENTS(joints); i++) {
        char *at = g_strrstr(title, joints[i]);
        if (!at || at == title)
            continue;
        const char *tail = at + strlen(joints[i]);
        bool named = publisher && g_ascii_strncasecmp(tail, publisher, strlen(tail)) == 0;
        if (named || (found->rank[TITLE] == 45 && i == 0))
            *at = '\0';
    }
}

void page_facts_read(const struct xml_tree *tree, struct page_facts *ret)
{
    struct findings found = {.authors = g_string_new(NULL)};
    xmlNode *root = xmlDocGetRootElement(tree->doc);
    for (xmlNode *node = root; node; node = xml_next(node, root, true)) {
        if (xml_is(node, "script"))
            read_script(&found, node);
        else if (xml_is(node, "meta"))
            read_meta(&found, node);
        else if (node->type == XML_ELEMENT_NODE)
            read_element(&found, node);
    }
    read_comment(&found, tree->comment);
    trim_title(&found);
    if (!found.value[DATE])
        found.value[DATE] = date_of_address(found.value[URL]);
    if (found.authors->len > 0) {
        g_free(found.value[AUTHORS]);
        found.value[AUTHORS] = g_strdup(found.authors->str);
    }
    g_string_free(found.authors, TRUE);
    *ret = (struct page_facts){
        .metadata = {.title = found.value[TITLE], .publisher = found.value[PUBLISHER], .url = found.value[URL], .language = found.value[LANGUAGE], .date = found.value[DATE], .authors = found.value[AUTHORS]},
        .text = found.text,
    };
}

void page_facts_clear(struct page_facts *facts)
{
    char *owned[] = {facts->metadata.title, facts->metadata.publisher, facts->metadata.url, facts->metadata.language, facts->metadata.date, facts->metadata.authors, facts->text};
    for (size_t i = 0; i < G_N_ELEMENTS(owned); i++)
        g_free(owned[i]);
    *facts = (struct page_facts){0};
}
