/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_ARTICLE_WORDS_H
#define CITABLE_INGEST_ARTICLE_WORDS_H

#include "ingest/xml.h"

/* What an element's tag, role, class and id say of it. */
enum hint {
    HINT_NONE,
    HINT_BODY,     /* a container that publishers' systems name as the article's text */
    HINT_ARTICLE,  /* <article>, <main>, "post": holds the article, perhaps more */
    HINT_WEAK,     /* often no part of the article: left out when little of the text is in it */
    HINT_STRONG,   /* no part of the article: comments, related links, share buttons, advertising */
    HINT_HIDDEN    /* not shown to a reader */
};
enum hint article_hint(const xmlNode *node);

/* What stands under a picture, by its tag or its class. */
bool article_is_caption(const xmlNode *node);

/* The abstract of a paper, by its class or its role. */
bool article_is_abstract(const xmlNode *node);

/* A short block that pages put between paragraphs: "Advertisement", "Read more:", "Share this article". */
bool article_is_scrap(struct slice text);

/* Letters and digits alone, lower case, so that two spellings of a text compare. The caller frees it. */
char *article_letters(const char *text);
void article_append_letters(GString *to, const char *text);

#endif
