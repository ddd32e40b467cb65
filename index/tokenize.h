/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_TOKENIZE_H
#define CITABLE_INDEX_TOKENIZE_H

#include "base/slice.h"

#include <sqlite3.h>
#include <stdint.h>

/*  How text becomes the words of the index. Words at one place are synonyms:
 *
 *    text    Some  10,000         well-known      refugees   fled   L’Assemblée
 *    tokens  some  10000          well     known  refugees   fled   l  assemblee
 *                                 wellknown       refuge            assemble          stems of the document's language
 *
 *  Letters are folded (case, diacritics); a number is written without the marks that part its thousands, so that 10,000 and 10 000
 *  and 10000 are one; a number that can be read in two ways ("1.234") is both. Han, kana and Hangul stand one by one. */
struct tokenizer;

/* Receives each token; `same`: it stands at the place of the one before it. span: of the text. Returns false to stop. */
typedef bool (*token_function)(void *data, struct slice token, uint32_t start, uint32_t end, bool same);

/* Registers the tokenizer "citable" with FTS5; it belongs to the connection. */
bool tokenizer_register(sqlite3 *db, struct tokenizer **ret);

/* The language of what is indexed or asked next: ISO 639-1, or NULL (no stems). */
void tokenizer_language(struct tokenizer *tokenizer, const char *language);

/* The tokens of a text. stems: also the stem of each word. Returns false when `function` did. */
bool tokenize(struct tokenizer *tokenizer, struct slice text, bool stems, token_function function, void *data);

/* Places (not synonyms) of the text that FTS5 indexed last. */
uint32_t tokenizer_count(const struct tokenizer *tokenizer);

/* Also what a word would be stemmed to if its accents had been left out: for queries. */
void tokenizer_ask(struct tokenizer *tokenizer, bool asking);

fts5_api *fts5_api_of(sqlite3 *db);

/* What begins the text of the tag column: its words, parted by spaces, are indexed as they are. */
#define TAGS_BEGIN '\x1f'

#endif
