/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_TOKENIZE_H
#define CITABLE_INDEX_TOKENIZE_H

#include "base/slice.h"

#include <sqlite3.h>
#include <stdint.h>

/*  How text becomes the words of the index. Words at one place are synonyms:
 *
 *    text    Some  10,000         well-known      refugees   fled   countries   country
 *    tokens  some  10000          well     known  refuge|es  fled   countri|es  country
 *                                 wellknown                                     countri       a stem of the document's language
 *
 *  Letters are folded (case, diacritics); a number is written without the marks that part its thousands, so that 10,000 and 10 000
 *  and 10000 are one; a number that can be read in two ways ("1.234") is both. Han, kana and Hangul stand one by one.
 *
 *  A word that begins with its stem is written once, with a sign (STEM_ENDS) where that ends: all words of a stem stand one behind the other in the index, and
 *  who asks for a word asks for it as it is, and with the sign where each language of the evidence would put it. */
struct tokenizer;

#define STEM_ENDS '\x01'

/* What parts the forms of one word in a query: any of them may stand there. */
#define FORMS_PART '\x02'

/* Receives each token; `same`: it stands at the place of the one before it. span: of the text. Returns false to stop. */
typedef bool (*token_function)(void *data, struct slice token, uint32_t start, uint32_t end, bool same);

/* Registers the tokenizer "citable" with FTS5; it belongs to the connection. */
bool tokenizer_register(sqlite3 *db, struct tokenizer **ret);

/* The language of what is indexed or asked next: ISO 639-1, or NULL (no stems). */
void tokenizer_language(struct tokenizer *tokenizer, const char *language);

/* The same of what is indexed. kept: what the receiver remembers of this very word, 0 until it does; NULL: the word is not known again. */
typedef bool (*indexed_function)(void *data, struct slice token, bool same, uint32_t *kept);

/* The tokens of a text as they are indexed, with that sign, and its tags, parted by spaces, at the place of the first of them (tags.h). */
void tokenize_indexed(struct tokenizer *tokenizer, struct slice text, struct slice tags, indexed_function function, void *data);

/* What was kept no longer holds. */
void tokenizer_forget(struct tokenizer *tokenizer);

/* The tokens of a text, without that sign. stems: also the stem of each word. Returns false when `function` did. */
bool tokenize(struct tokenizer *tokenizer, struct slice text, bool stems, token_function function, void *data);

/* A word as tokenize gave it, with the sign that each of these languages (NULL at the end; NULL: none) would put into it. GPtrArray of char *, of the caller. */
GPtrArray *tokenizer_forms(struct tokenizer *tokenizer, const char *const *languages, const char *word);

/* Places (not synonyms) of the text that was indexed last. */
uint32_t tokenizer_count(const struct tokenizer *tokenizer);

/* Also what a word would be stemmed to if its accents had been left out: for queries. */
void tokenizer_ask(struct tokenizer *tokenizer, bool asking);

fts5_api *fts5_api_of(sqlite3 *db);

/* What parts a text from its tags (tags.h), which never have it: words parted by spaces that are indexed as they are, behind a sign that no word of a text has. */
#define TAGS_BEGIN '\x1f'
#define TAG_SIGN '='

#endif
