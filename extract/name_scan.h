/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_EXTRACT_NAME_SCAN_H
#define CITABLE_EXTRACT_NAME_SCAN_H

#include "extract/gazetteer.h"
#include "extract/pass.h"

/* What the location and actor passes both ask of a document; for files inside extract/ only. */
struct name_scan {
    struct extraction *x;
    const struct gazetteer *g;
    const struct document *doc;
    const struct token *tokens;
    uint32_t n;
    uint16_t *known;   /* enum slot_flag of each word, without its possessive */
    GHashTable *lower; /* hashes of the words this document prints in small letters */
};

void name_scan_init(struct name_scan *scan, struct extraction *x);
void name_scan_clear(struct name_scan *scan);

static inline struct slice scan_text(const struct name_scan *scan, uint32_t i)
{
    return document_slice(scan->doc, scan->tokens[i].span);
}

/* Is token `i` the sign or word `text`? False beyond the ends. */
bool scan_is(const struct name_scan *scan, uint32_t i, const char *text);

static inline bool scan_word(const struct name_scan *scan, uint32_t i)
{
    return i < scan->n && scan->tokens[i].class == TOKEN_WORD;
}

static inline bool scan_capital(const struct name_scan *scan, uint32_t i)
{
    return scan_word(scan, i) && scan->tokens[i].flags & TOKEN_CAPITAL;
}

static inline uint32_t scan_known(const struct name_scan *scan, uint32_t i)
{
    return scan_word(scan, i) ? scan->known[i] : 0;
}

static inline bool scan_starts(const struct name_scan *scan, uint32_t i)
{
    return i >= scan->n || scan->tokens[i].flags & (TOKEN_SENTENCE | TOKEN_PASSAGE);
}

/* Does this document, or the language, use the word in small letters? */
bool scan_ordinary(const struct name_scan *scan, uint32_t i);

/* First token of the next passage after token `i`. */
uint32_t scan_limit(const struct name_scan *scan, uint32_t i);

#endif
