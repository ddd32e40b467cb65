/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_EXPRESSION_H
#define CITABLE_INDEX_EXPRESSION_H

#include "index/find.h"
#include "index/rank.h"
#include "index/tokenize.h"

/* Inside index/ only: clauses → the phrases that FTS5 is asked for. Users' words become tokens first, and every token is quoted: none reaches FTS5's own syntax. */
struct expression {
    GArray *phrases;   /* struct rank_phrase, in the order of their clauses, alternatives and groups */
    uint32_t clauses, alternatives, groups;
    uint32_t required; /* clauses that must be met */
};

/* tags: tags that a passage must have, parted by spaces, or NULL. languages: of the stems to look for, ended by NULL.
 * Errors: QUERY (no words that could be looked for). Cleared with expression_clear, also after an error. */
bool expression_make(struct expression *e, struct tokenizer *tokenizer, const GPtrArray *clauses, const char *tags, const char *const *languages, GError **error);
void expression_clear(struct expression *e);

/* The phrase that is one tag; cleared with rank_phrase_clear. */
struct rank_phrase tag_phrase(const char *tag);
void rank_phrase_clear(struct rank_phrase *phrase);

#endif
