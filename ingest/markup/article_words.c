/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/markup/article_words.h"

#include "ingest/markup/article.h"

/* Whole class or id tokens, letters and digits only, lower case ("article-body__content" is also tried as "articlebody"). */
static const char *const body_tokens[] = {
    "articlebody", "articlebodycontent", "articlebodytext", "articlecontent", "articletext", "articlecopy", "articlemaincontent", "articlecontentbody", "articlestory",
    "storybody", "storycontent", "storytext", "storybodytext", "storycopy", "storybodycopy", "storymain",
    "entrycontent", "entrytext", "entrybody", "postcontent", "postbody", "posttext", "postentry", "blogcontent", "blogpostbody", "blogbody", "singlepostcontent", "singlecontent",
    "newsbody", "newstext", "newscontent", "newsarticlebody", "bodycopy", "bodytext", "bodycontent", "contentbody", "contenttext", "textcontent", "richtext", "richtextbody",
    "tdpostcontent", "fieldnamebody", "fieldnamefieldbody", "paragraphs", "pagecontentbody", "mainarticle", "mwparseroutput", "mwcontenttext", "zncontent", "caasbody", "contentarticle",
    "articlebodycommercialselector", "articlewrapbody", "pfcontent", "printcontent", "emailbody", "pressreleasebody", "releasebody",
    "cuerpo", "cuerponoticia", "cuerponota", "cuerpoarticulo", "notacuerpo", "noticiacuerpo", "articulocuerpo", "textonoticia", "textonota", "notatexto", "noticiatexto", "contenidonoticia", "contenidonota", "contenidoarticulo", "noticiacontenido", "articulocontenido",
    "corpsarticle", "articlecorps", "textearticle", "articletexte", "contenuarticle", "articlecontenu", "corpstexte", "corpotexto", "corponoticia", "textomateria", "artikeltext", "artikelinhalt",
};
static const char *const article_tokens[] = {
    "article", "post", "story", "hentry", "entry", "maincontent", "main", "content", "articlewrapper", "articlecontainer", "hnews", "pagecontent", "contentmain", "blogpost",
};
/* Whole tokens, or tokens that begin or end with one of them where the name is long enough to be no part of another word. */
static const char *const strong_tokens[] = {
    "comments", "commentlist", "commentarea", "commentsarea", "commentssection", "commentform", "disqus", "disqusthread", "respond", "livefyre", "fbcomments", "viafoura", "coral", "spotim",
    "related", "relatedposts", "relatedarticles", "relatedlinks", "relatedcontent", "relatedstories", "relatednews", "relateditems", "yarpp", "jprelatedposts", "similarposts", "recommended",
    "recommendations", "recirc", "recirculation", "outbrain", "taboola", "zergnet", "revcontent", "mgid", "readmore", "readnext", "upnext", "morestories", "morenews", "morefrom", "moreon",
    "mostread", "mostpopular", "mostviewed", "trending", "popularposts", "latestnews", "latestposts", "nextarticle", "prevnext", "postnavigation", "navlinks", "pagination", "pager", "breadcrumb", "breadcrumbs",
    "share", "sharing", "sharebar", "sharebuttons", "sharetools", "sharelinks", "socialshare", "sharedaddy", "socialbar", "sociallinks", "socialmedia", "socialbuttons", "socialicons", "addtoany", "addthis", "shareaholic",
    "newsletter", "newslettersignup", "newsletterform", "signup", "subscribe", "subscription", "emailsignup", "optin", "mailinglist", "mcembedsignup", "paywall", "regwall", "cookie", "cookies", "cookieconsent", "cookiebanner", "cookienotice",
    "gdpr", "consent", "advert", "advertisement", "advertising", "adcontainer", "adwrapper", "adslot", "adunit", "adsbygoogle", "sponsored", "sponsor", "promo", "promotion", "promobox", "banner", "dfp", "gpt",
    "navbar", "navigation", "mainmenu", "sitenav", "topnav", "subnav", "menu", "megamenu", "masthead", "sitefooter", "pagefooter", "globalfooter", "siteheader", "globalheader", "skiplink", "screenreadertext", "sronly",
    "visuallyhidden", "visuallyhide", "printonly", "noprint", "toolbar", "articletools", "posttools", "authorbio", "authorbox", "aboutauthor", "aboutheauthor", "abouttheauthor", "authorinfo", "authorprofile", "tags", "taglist", "posttags", "articletags",
    "tagcloud", "topics", "postmeta", "entrymeta", "articlemeta", "storymeta", "byline", "timestamp", "postdate", "publisheddate", "publishdate", "entrydate", "posted-on", "postedon", "entryfooter", "postfooter", "articlefooter", "entryutility",
    "modal", "popup", "popover", "rollover", "hovercard", "overlay", "lightbox", "tooltip", "dropdown", "widget", "sidebar", "siderail", "rightrail", "leftrail", "rightcolumn", "slideshowcontrols", "carousel", "gallerynav", "jsonly", "livestream",
    "videoplayer", "videoembed", "playerwrapper", "jwplayer", "vjs", "videojs", "mejs", "reactions", "rating", "ratings", "poll", "printfriendly", "feedback", "contactform", "login", "search", "searchform", "hiddenprint", "print-only", "noindex",
    "inlinepromo", "textad", "partner", "affiliate", "apester", "flipboard", "whatsapp", "twittershare", "followus", "follow", "editlink", "mweditsection", "editsection", "toc", "tableofcontents", "catlinks", "navbox",
    "relacionadas", "relacionados", "notasrelacionadas", "noticiasrelacionadas", "masleidas", "lomasleido", "masnoticias", "publicidad", "compartir", "comentarios", "etiquetas", "boletin", "suscripcion", "suscribete", "migas", "migasdepan", "piepagina", "menuprincipal",
    "publicite", "partage", "partager", "commentaires", "lireaussi", "articleslies", "plusdarticles", "infolettre", "abonnement", "piedpage", "filariane", "relacionadas", "compartilhar", "assinatura", "kommentare", "werbung", "verwandteartikel",
};
/* Words inside a token ("site-footer", "authorCard"). */
static const char *const weak_words[] = {
    "footer", "sidebar", "aside", "rail", "nav", "menu", "widget", "promo", "ad", "ads", "advert", "advertisement", "sponsor", "sponsored", "social", "share", "sharing", "shares", "related", "recommended", "recommend", "recirc",
    "trending", "popular", "newsletter", "subscribe", "signup", "comment", "comments", "disqus", "author", "byline", "bio", "meta", "tags", "tag", "breadcrumb", "breadcrumbs", "pagination", "pager", "toolbar", "tools", "banner",
    "cookie", "consent", "modal", "popup", "popover", "rollover", "hovercard", "overlay", "teaser", "teasers", "outbrain", "taboola", "carousel", "ticker", "login", "register", "search", "masthead", "copyright", "legal", "utility", "print", "subscription", "paywall",
    "follow", "feedback", "next", "previous", "prev", "upsell", "donate", "donation", "cta", "timestamp", "published", "topbar", "topics", "kicker", "eyebrow", "credit", "credits", "hidden", "player", "video", "gallery", "thumbnail", "more", "readmore",
};
static const char *const skip_roles[] = {"navigation", "complementary", "banner", "contentinfo", "search", "dialog", "alertdialog", "menu", "menubar", "toolbar", "tablist", "button", "tooltip"};

/* Begins of short blocks (lower case) that stand between the paragraphs of an article and are no part of it. */
static const char *const scraps[] = {
    /* pointers */
    "read more", "read also", "read next", "also read", "read:", "related:", "related article", "related stories", "related news", "see also", "see more", "more:", "more on this", "more from", "story continues below", "article continues", "continue reading",
    "watch:", "watch more", "don't miss", "don’t miss", "you may also like", "you might also like", "recommended for you", "up next", "skip advert", "click here to", "click for more",
    "lea también", "lee también", "lea además", "leer más", "leer también", "ver también", "te puede interesar", "también te puede interesar", "le puede interesar", "más información:", "mira también", "te recomendamos", "le recomendamos",
    "lire aussi", "à lire aussi", "lire la suite", "voir aussi", "lesen sie auch", "mehr zum thema", "leia também", "leia mais", "veja também",
    /* invitations */
    "share this", "share on", "share:", "sign up for", "sign up to", "subscribe to our", "subscribe now", "click here to subscribe", "follow us", "like us on", "join us on", "get the latest", "get access to", "join our", "download our app", "have a tip?",
    "leave a comment", "tell us what", "print this", "email this", "view comments", "show comments", "support our", "donate to",
    "comparte", "compartir", "síguenos", "suscríbete", "suscríbase", "recibe las noticias", "deja un comentario", "partager", "abonnez-vous", "inscrivez-vous", "suivez-nous", "recevez", "compartilhe", "assine", "siga-nos",
    /* of the page */
    "originally published on", "last updated", "last modified", "first published", "published on", "published:", "updated on", "updated:", "updated at", "posted on", "posted by", "posted in", "filed under", "tags:", "topics:", "all rights reserved", "copyright ©", "© ",
    "image copyright", "media playback", "please enable javascript", "this slideshow requires", "this video requires", "última actualización", "actualizado", "publicado el", "publicado por", "etiquetas:", "temas:", "derechos reservados", "todos los derechos reservados",
    "publié le", "mis à jour", "mots-clés", "tous droits réservés", "atualizado em", "publicado em",
};
/* Blocks of this one word or two. */
static const char *const scrap_words[] = {
    "advert", "advertisement", "ad", "advertising", "sponsored", "promoted", "loading", "loading...", "loading…", "comments", "comment", "share", "tweet", "email", "print", "close", "caption", "next", "previous", "more", "menu", "search", "subscribe", "live", "video", "photos",
    "publicidad", "anuncio", "publicité", "anzeige", "publicidade", "comentarios", "commentaires", "cerrar", "fermer", "imprimir", "imprimer",
};

static bool in_table(const char *const *table, size_t count, const char *word)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(table[i], word) == 0)
            return true;
    return false;
}
#define IN(table, word) in_table((table), G_N_ELEMENTS(table), (word))

enum { TOKEN_BYTES = 64 };

/* What one class or id token says: whole, its first part ("article-body__inner" → "articlebody"), then its words. */
static enum hint token_hint(struct slice token)
{
    char whole[TOKEN_BYTES], word[TOKEN_BYTES];
    size_t len = 0, word_len = 0;
    enum hint hint = HINT_NONE;
    for (size_t i = 0; i <= token.len; i++) {
        char c = i < token.len ? token.ptr[i] : '\0';
        bool letter = g_ascii_isalnum(c);
        bool upper = g_ascii_isupper(c) && i > 0 && g_ascii_islower(token.ptr[i - 1]);
        bool element = c == '_' && i + 1 < token.len && token.ptr[i + 1] == '_';
        if ((!letter || upper) && word_len > 0) {
            word[word_len] = '\0';
            if (IN(weak_words, word))
                hint = HINT_WEAK;
            word_len = 0;
        }
        if (element || i == token.len) {
            whole[len] = '\0';
            if (IN(body_tokens, whole))
                return HINT_BODY;
            if (IN(strong_tokens, whole))
                return HINT_STRONG;
            if (IN(article_tokens, whole) && i == token.len && hint == HINT_NONE)
                hint = HINT_ARTICLE;
        }
        if (letter && len < TOKEN_BYTES - 1)
            whole[len++] = g_ascii_tolower(c);
        if (letter && word_len < TOKEN_BYTES - 1)
            word[word_len++] = g_ascii_tolower(c);
    }
    return hint;
}

static enum hint name_hint(const char *names)
{
    enum hint best = HINT_NONE;
    for (const char *at = names; at && *at;) {
        const char *end = at;
        while (*end && !g_ascii_isspace(*end))
            end++;
        enum hint hint = token_hint(slice_make(at, (size_t)(end - at)));
        if (hint == HINT_BODY)
            return hint;
        if (hint == HINT_STRONG || (hint != HINT_NONE && best != HINT_STRONG && !(best == HINT_WEAK && hint == HINT_ARTICLE)))
            best = hint;
        while (g_ascii_isspace(*end))
            end++;
        at = end;
    }
    return best;
}

static bool is_hidden(const xmlNode *node)
{
    const char *style = xml_attribute(node, "style");
    if (style) {
        const char *display = strstr(style, "display");
        if (display) {
            const char *value = display + strlen("display");
            while (*value == ':' || *value == ' ')
                value++;
            if (g_str_has_prefix(value, "none"))
                return true;
        }
        if (strstr(style, "visibility:hidden") || strstr(style, "visibility: hidden"))
            return true;
    }
    return xml_attribute(node, "hidden") != NULL;
}

static const struct {
    const char *tag;
    enum hint hint;
} tags[] = {
    {"nav", HINT_STRONG}, {"aside", HINT_STRONG}, {"footer", HINT_WEAK}, {"header", HINT_WEAK}, {"menu", HINT_STRONG}, {"dialog", HINT_STRONG}, {"form", HINT_WEAK}, {"article", HINT_ARTICLE}, {"main", HINT_ARTICLE}, {"address", HINT_NONE},
};

enum hint article_hint(const xmlNode *node)
{
    if (is_hidden(node))
        return HINT_HIDDEN;
    const char *role = xml_attribute(node, "role"), *property = xml_attribute(node, "itemprop");
    if (role && IN(skip_roles, role))
        return HINT_STRONG;
    if (property && (strstr(property, "articleBody") || strstr(property, "reviewBody")))
        return HINT_BODY;
    enum hint class = name_hint(xml_attribute(node, "class")), id = name_hint(xml_attribute(node, "id"));
    if (class == HINT_BODY || id == HINT_BODY)
        return HINT_BODY;
    enum hint hint = MAX(class, id);
    for (size_t i = 0; i < G_N_ELEMENTS(tags); i++)
        if (xml_is(node, tags[i].tag))
            return tags[i].hint == HINT_ARTICLE || hint < tags[i].hint ? tags[i].hint : hint;
    return hint;
}

/* "newsCaption", "image__caption", "wp-caption-text"; not "has-caption", "no-caption". */
static bool names_caption(const char *names)
{
    const char *at = names ? strcasestr(names, "caption") : NULL;
    if (!at)
        return false;
    size_t before = (size_t)(at - names);
    if (before > 0 && g_ascii_islower(at[-1]) && *at == 'c')
        return false; /* "recaption" */
    static const char *const nots[] = {"no-", "has-", "with-", "without-", "without", "has", "no_", "has_"};
    for (size_t i = 0; i < G_N_ELEMENTS(nots); i++) {
        size_t len = strlen(nots[i]);
        if (before >= len && g_ascii_strncasecmp(at - len, nots[i], len) == 0 && (before == len || !g_ascii_isalpha(at[-(ptrdiff_t)len - 1])))
            return false;
    }
    return !g_ascii_islower(at[7]) || g_str_has_prefix(at + 7, "text");
}

bool article_is_caption(const xmlNode *node)
{
    return xml_is(node, "figcaption") || names_caption(xml_attribute(node, "class"));
}

bool article_is_abstract(const xmlNode *node)
{
    const char *class = xml_attribute(node, "class"), *id = xml_attribute(node, "id"), *role = xml_attribute(node, "role");
    return (class && g_ascii_strcasecmp(class, "abstract") == 0) || (id && g_ascii_strcasecmp(id, "abstract") == 0 && html_kind(node) == HTML_BLOCK) || (role && strcmp(role, "doc-abstract") == 0);
}

bool article_is_scrap(struct slice text)
{
    enum { SCRAP_BYTES = 120 };
    text = slice_trim(text);
    if (text.len == 0 || text.len > SCRAP_BYTES)
        return text.len == 0;
    g_autofree char *lower = g_utf8_strdown(text.ptr, (gssize)text.len);
    for (size_t i = 0; i < G_N_ELEMENTS(scraps); i++)
        if (g_str_has_prefix(lower, scraps[i]))
            return true;
    /* "Follow Newsbeat on Instagram" */
    bool follow = g_str_has_prefix(lower, "follow ") && (strstr(lower, " on facebook") || strstr(lower, " on twitter") || strstr(lower, " on instagram") || strstr(lower, " on social media"));
    return follow || IN(scrap_words, lower);
}

void article_append_letters(GString *to, const char *text)
{
    for (const char *p = text; p && *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (c < 0x80 ? g_ascii_isalnum(c) : g_unichar_isalnum(c))
            g_string_append_unichar(to, g_unichar_tolower(c));
    }
}

char *article_letters(const char *text)
{
    GString *letters = g_string_new(NULL);
    article_append_letters(letters, text);
    return g_string_free(letters, FALSE);
}
