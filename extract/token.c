/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/token.h"

#include <string.h>

/* Latin letters with diacritics, U+00C0 … U+024F, folded once; 0 = not one base letter. */
enum { FOLD_FIRST = 0xC0, FOLD_LAST = 0x24F };
static char folds[FOLD_LAST - FOLD_FIRST + 1];

static void folds_init(void)
{
    static gsize done;
    if (!g_once_init_enter(&done))
        return;
    for (gunichar c = FOLD_FIRST; c <= FOLD_LAST; c++) {
        gunichar parts[8];
        if (g_unichar_fully_decompose(g_unichar_tolower(c), FALSE, parts, G_N_ELEMENTS(parts)) > 1 && parts[0] >= 'a' && parts[0] <= 'z')
            folds[c - FOLD_FIRST] = (char)parts[0];
    }
    g_once_init_leave(&done, 1);
}

static inline char lower(unsigned char byte)
{
    return (char)(byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte);
}

static bool is_mark(gunichar c)
{
    return c >= 0x300 && c <= 0x36F;
}

enum { FOLD_BYTES = 256, FOLD_ROOM = 6 }; /* longer words share the hash of their first bytes; a reader of the hash compares the text */

size_t token_fold(struct slice text, char *folded, size_t size)
{
    folds_init();
    size_t len = 0;
    const char *end = text.ptr + text.len;
    for (const char *p = text.ptr; p < end && len + FOLD_ROOM < size;) {
        unsigned char byte = (unsigned char)*p;
        if (byte < 0x80) {
            folded[len++] = lower((unsigned char)*p++);
            continue;
        }
        gunichar c = g_utf8_get_char(p);
        p = g_utf8_next_char(p);
        if (is_mark(c))
            continue;
        if (c == 0x2019)
            folded[len++] = '\'';
        else if (c >= FOLD_FIRST && c <= FOLD_LAST && folds[c - FOLD_FIRST])
            folded[len++] = folds[c - FOLD_FIRST];
        else
            len += (size_t)g_unichar_to_utf8(g_unichar_tolower(c), folded + len);
    }
    return len;
}

#define FNV_START 2166136261u
static inline uint32_t fnv(uint32_t hash, char byte)
{
    return (hash ^ (unsigned char)byte) * 16777619u;
}

/* Most words are ASCII: they are hashed where they stand. */
uint32_t token_hash(struct slice text)
{
    uint32_t hash = FNV_START;
    size_t most = MIN(text.len, (size_t)FOLD_BYTES - FOLD_ROOM), i = 0;
    for (; i < most && (unsigned char)text.ptr[i] < 0x80; i++)
        hash = fnv(hash, lower((unsigned char)text.ptr[i]));
    if (i == most)
        return hash;
    char folded[FOLD_BYTES];
    size_t len = token_fold(text, folded, sizeof folded);
    hash = FNV_START;
    for (i = 0; i < len; i++)
        hash = fnv(hash, folded[i]);
    return hash;
}

/* Is "l'", "d'", "qu'" all that stands before an apostrophe? */
static bool elided(const char *word, const char *apostrophe)
{
    size_t len = (size_t)(apostrophe - word);
    if (len == 1)
        return strchr("ldnsjcmtLDNSJCMT", *word) != NULL;
    return len == 2 && (word[0] == 'q' || word[0] == 'Q') && word[1] == 'u';
}

/* Letters go on over an apostrophe that a letter follows: "world's", "d'Ivoire" stay one word. "l'" and "qu'" are parted from a small
 * letter ("d'environ 300"), not from a capital one; in every language, so that names are cut as texts are. */
static const char *word_end(const char *p, const char *end, uint8_t *flags)
{
    const char *word = p;
    guint letters = 0, capitals = 0;
    while (p < end) {
        gunichar c = (unsigned char)*p < 0x80 ? (gunichar)*p : g_utf8_get_char(p);
        if (c < 0x80 ? g_ascii_isalpha(*p) : g_unichar_isalpha(c)) {
            bool upper = c < 0x80 ? g_ascii_isupper(*p) : g_unichar_isupper(c);
            if (letters == 0 && upper)
                *flags |= TOKEN_CAPITAL;
            letters++;
            capitals += upper;
        } else if (c == '\'' || c == 0x2019) {
            const char *next = g_utf8_next_char(p);
            gunichar letter = next < end ? g_utf8_get_char(next) : 0;
            if (!g_unichar_isalpha(letter))
                break;
            *flags |= TOKEN_APOSTROPHE;
            if (g_unichar_islower(letter) && elided(word, p))
                return next;
        } else if (!is_mark(c)) {
            break;
        }
        p = g_utf8_next_char(p);
    }
    if (letters > 1 && capitals == letters)
        *flags |= TOKEN_ALLCAPS;
    return p;
}

/* The end of a word of ASCII letters alone, its hash and flags; NULL where the word goes on with something else. */
static const char *plain_word_end(const char *p, const char *end, struct token *token)
{
    const char *word = p;
    uint32_t hash = FNV_START;
    guint capitals = 0;
    for (; p < end && g_ascii_isalpha(*p); p++) {
        capitals += g_ascii_isupper(*p);
        hash = fnv(hash, lower((unsigned char)*p));
    }
    if ((p < end && ((unsigned char)*p >= 0x80 || *p == '\'')) || p - word > FOLD_BYTES - FOLD_ROOM)
        return NULL;
    token->hash = hash;
    if (g_ascii_isupper(*word))
        token->flags |= p - word > 1 && capitals == (guint)(p - word) ? TOKEN_CAPITAL | TOKEN_ALLCAPS : TOKEN_CAPITAL;
    return p;
}

GArray *tokens_new(const struct document *doc)
{
    const char *text = doc->text->str, *end = text + doc->text->len;
    GArray *tokens = g_array_new(FALSE, FALSE, sizeof(struct token));
    guint n = 0;
    g_array_set_size(tokens, (guint)(doc->text->len / 5 + 8));
    guint passage = 0, sentence = 0;
    uint8_t space = 0;
    for (const char *p = text; p < end;) {
        gunichar c = (unsigned char)*p < 0x80 ? (gunichar)*p : g_utf8_get_char(p);
        if (c < 0x80 ? g_ascii_isspace(*p) : g_unichar_isspace(c)) {
            space |= *p == '\t' ? TOKEN_SPACE | TOKEN_PASSAGE : TOKEN_SPACE;
            p = g_utf8_next_char(p);
            continue;
        }
        struct token token = {.flags = space, .class = TOKEN_SIGN};
        const char *stop = g_utf8_next_char(p), *plain = NULL;
        if (c < 0x80 ? g_ascii_isalpha(*p) : g_unichar_isalpha(c)) {
            token.class = TOKEN_WORD;
            plain = c < 0x80 ? plain_word_end(p, end, &token) : NULL;
            stop = plain ? plain : word_end(p, end, &token.flags);
        } else if (c < 0x80 && g_ascii_isdigit(*p)) {
            token.class = TOKEN_NUMBER;
            while (stop < end && g_ascii_isdigit(*stop))
                stop++;
        } else {
            token.sign = c <= UINT16_MAX ? (uint16_t)c : 0;
        }
        token.span = (struct span){(uint32_t)(p - text), (uint32_t)(stop - text)};
        if (!plain)
            token.hash = token_hash(slice_make(p, (size_t)(stop - p)));
        while (passage < doc->passages->len && DOCUMENT_AT(doc->passages, struct passage, passage).span.start <= token.span.start) {
            token.flags |= TOKEN_PASSAGE;
            passage++;
        }
        while (sentence < doc->sentences->len && DOCUMENT_AT(doc->sentences, struct sentence, sentence).span.start <= token.span.start) {
            token.flags |= TOKEN_SENTENCE;
            sentence++;
        }
        if (n == tokens->len)
            g_array_set_size(tokens, n + n / 2);
        g_array_index(tokens, struct token, n++) = token;
        space = 0;
        p = stop;
    }
    g_array_set_size(tokens, n);
    return tokens;
}

/* Open addressing: a slot holds the number of a hash + 1; 0 = free. */
struct word_table {
    uint32_t *slots, mask;
    GArray *hashes;
};

static uint32_t *word_slot(const struct word_table *table, uint32_t hash)
{
    const uint32_t *hashes = (const void *)table->hashes->data;
    uint32_t i = hash & table->mask;
    while (table->slots[i] && hashes[table->slots[i] - 1] != hash)
        i = (i + 1) & table->mask;
    return &table->slots[i];
}

static void word_table_grow(struct word_table *table)
{
    g_free(table->slots);
    table->mask = table->mask * 4 + 3;
    table->slots = g_new0(uint32_t, table->mask + 1);
    for (guint i = 0; i < table->hashes->len; i++)
        *word_slot(table, g_array_index(table->hashes, uint32_t, i)) = i + 1;
}

GArray *token_words(GArray *tokens)
{
    enum { FIRST_SIZE = 1024 };
    struct word_table table = {g_new0(uint32_t, FIRST_SIZE), FIRST_SIZE - 1, g_array_new(FALSE, FALSE, sizeof(uint32_t))};
    for (guint i = 0; i < tokens->len; i++) {
        struct token *token = &g_array_index(tokens, struct token, i);
        uint32_t *slot = word_slot(&table, token->hash);
        if (!*slot) {
            g_array_append_val(table.hashes, token->hash);
            *slot = table.hashes->len;
        }
        token->word = *slot - 1;
        if (table.hashes->len * 2 > table.mask)
            word_table_grow(&table);
    }
    g_free(table.slots);
    return table.hashes;
}

static uint32_t token_within(const GArray *tokens, uint32_t from, uint32_t to, uint32_t clean)
{
    const struct token *first = (const void *)tokens->data, *low = first + from;
    for (guint n = to - from; n > 0;) { /* without a branch that depends on the text */
        guint half = n - n / 2;
        low += low[half - 1].span.start < clean ? half : 0;
        n /= 2;
    }
    return (uint32_t)(low - first);
}

uint32_t token_at(const GArray *tokens, uint32_t clean)
{
    return token_within(tokens, 0, tokens->len, clean);
}

uint32_t token_ahead(const GArray *tokens, uint32_t from, uint32_t clean)
{
    if (from > 0 && g_array_index(tokens, struct token, from - 1).span.start >= clean)
        return token_at(tokens, clean);
    uint32_t to = from, step = 8;
    while (to < tokens->len && g_array_index(tokens, struct token, to).span.start < clean) {
        from = to;
        to = MIN(to + step, tokens->len);
        step *= 2;
    }
    return token_within(tokens, from, to, clean);
}
