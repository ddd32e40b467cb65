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

/* Eight bytes at a time, for most words have no more; the rest of the last eight is zero. */
#define HASH_START UINT64_C(0x9e3779b97f4a7c15)
static inline uint64_t hash_step(uint64_t hash, uint64_t bytes)
{
    hash = (hash ^ bytes) * UINT64_C(0x9fb21c651e98df25);
    return hash ^ hash >> 29;
}

static inline uint32_t hash_end(uint64_t hash)
{
    return (uint32_t)(hash ^ hash >> 32);
}

/* Eight bytes, or as many as there are, the first one lowest. */
static inline uint64_t load(const char *p, size_t len)
{
    uint64_t bytes = 0;
    if (len >= sizeof bytes)
        memcpy(&bytes, p, sizeof bytes);
    else
        memcpy(&bytes, p, len);
    return GUINT64_FROM_LE(bytes);
}

uint32_t token_hash_folded(const char *folded, size_t len)
{
    uint64_t hash = HASH_START;
    for (; len > sizeof hash; folded += sizeof hash, len -= sizeof hash)
        hash = hash_step(hash, load(folded, len));
    return hash_end(hash_step(hash, load(folded, len)));
}

uint32_t token_hash(struct slice text)
{
    char folded[FOLD_BYTES];
    size_t most = MIN(text.len, (size_t)FOLD_BYTES - FOLD_ROOM), i = 0;
    for (; i < most && (unsigned char)text.ptr[i] < 0x80; i++)
        folded[i] = lower((unsigned char)text.ptr[i]);
    return token_hash_folded(folded, i == most ? most : token_fold(text, folded, sizeof folded));
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
    if (capitals > 1)
        *flags |= TOKEN_CAPITALS;
    return p;
}

/* What a byte is: where letters go on in more than ASCII letters, the word is read anew. */
enum { KIND_SIGN, KIND_DIGIT, KIND_SPACE, KIND_LETTER, KIND_APOSTROPHE, KIND_WIDE };

static uint8_t kinds[256];

static void kinds_init(void)
{
    static gsize done;
    if (!g_once_init_enter(&done))
        return;
    for (int c = 0; c < 256; c++)
        kinds[c] = c >= 0x80 ? KIND_WIDE : g_ascii_isalpha(c) ? KIND_LETTER : g_ascii_isdigit(c) ? KIND_DIGIT : g_ascii_isspace(c) ? KIND_SPACE : c == '\'' ? KIND_APOSTROPHE : KIND_SIGN;
    g_once_init_leave(&done, 1);
}

static inline uint8_t kind_at(const char *p)
{
    return kinds[(unsigned char)*p];
}

/* The same bit of each of eight bytes. */
#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* How many of eight bytes, from the lowest on, are ASCII letters. `small`: the bytes with the bit that parts small letters from capitals set. */
static inline unsigned letters_of(uint64_t small)
{
    uint64_t low = small & EACH(0x7f);
    uint64_t letters = (low + EACH(0x80 - 'a')) & ~(low + EACH(0x7f - 'z')) & ~small & EACH(0x80), others = ~letters & EACH(0x80);
    return others ? (unsigned)__builtin_ctzll(others) / 8 : 8;
}

static inline uint64_t low_bytes(size_t n)
{
    return n == 8 ? UINT64_MAX : (UINT64_C(1) << n * 8) - 1;
}

/* The end of a word of ASCII letters alone, its hash and flags; NULL where the word goes on with something else. A NUL stands at `end`. Looks at eight letters at a time: loops
 * over single ones are left at another length each time, which processors do not foresee. */
static const char *plain_word_end(const char *p, const char *end, struct token *token)
{
    const char *word = p;
    uint64_t hash = HASH_START, smalls = 0, capitals = 0, several = 0;
    for (unsigned n = 8; n == 8;) {
        uint64_t bytes = load(p, (size_t)(end - p)), small = bytes | EACH(0x20);
        n = letters_of(small);
        uint64_t letters = low_bytes(n), big = ~bytes & letters & EACH(0x20);
        if (n == 0 && p > word)
            break; /* a word of eight letters, or sixteen */
        hash = hash_step(hash, small & letters);
        smalls |= bytes & letters & EACH(0x20);
        if (big) { /* in few */
            several |= (big & (big - 1)) | capitals;
            capitals |= big;
        }
        p += n;
    }
    if ((p < end && ((unsigned char)*p >= 0x80 || *p == '\'')) || p - word > FOLD_BYTES - FOLD_ROOM)
        return NULL;
    token->hash = hash_end(hash);
    token->class = TOKEN_WORD;
    if (capitals && g_ascii_isupper(*word))
        token->flags |= p - word > 1 && !smalls ? TOKEN_CAPITAL | TOKEN_ALLCAPS : TOKEN_CAPITAL;
    token->flags |= several ? TOKEN_CAPITALS : 0;
    return p;
}

/* Where the next passage and sentence begin, while a text is cut; `next`: the nearer of them. */
struct borders {
    const struct document *doc;
    guint passage, sentence;
    uint32_t next_passage, next_sentence, next;
};

/* The flags of a token at or behind the next border. */
static uint8_t borders_pass(struct borders *b, uint32_t at)
{
    const GArray *passages = b->doc->passages, *sentences = b->doc->sentences;
    uint8_t flags = 0;
    for (; b->next_passage <= at; flags |= TOKEN_PASSAGE)
        b->next_passage = ++b->passage < passages->len ? DOCUMENT_AT(passages, struct passage, b->passage).span.start : UINT32_MAX;
    for (; b->next_sentence <= at; flags |= TOKEN_SENTENCE)
        b->next_sentence = ++b->sentence < sentences->len ? DOCUMENT_AT(sentences, struct sentence, b->sentence).span.start : UINT32_MAX;
    b->next = MIN(b->next_passage, b->next_sentence);
    return flags;
}

static struct borders borders_of(const struct document *doc)
{
    struct borders b = {.doc = doc, .next_passage = UINT32_MAX, .next_sentence = UINT32_MAX};
    if (doc->passages->len > 0)
        b.next_passage = DOCUMENT_AT(doc->passages, struct passage, 0).span.start;
    if (doc->sentences->len > 0)
        b.next_sentence = DOCUMENT_AT(doc->sentences, struct sentence, 0).span.start;
    b.next = MIN(b.next_passage, b.next_sentence);
    return b;
}

/* The end of a token that begins with no ASCII character, or goes on with one; its class, hash, sign and the flags of its letters. */
static const char *wide_read(const char *p, const char *end, gunichar c, struct token *token)
{
    const char *stop;
    if (c < 0x80 || g_unichar_isalpha(c)) {
        token->class = TOKEN_WORD;
        stop = word_end(p, end, &token->flags);
    } else {
        token->class = TOKEN_SIGN;
        token->sign = c <= UINT16_MAX ? (uint16_t)c : 0;
        stop = g_utf8_next_char(p);
    }
    token->hash = token_hash(slice_make(p, (size_t)(stop - p)));
    return stop;
}

static const char *digits_end(const char *p, const char *end, struct token *token)
{
    const char *stop = p + 1;
    while (stop < end && g_ascii_isdigit(*stop))
        stop++;
    token->class = TOKEN_NUMBER;
    size_t len = (size_t)(stop - p);
    token->hash = len <= sizeof(uint64_t) ? hash_end(hash_step(HASH_START, load(p, (size_t)(end - p)) & low_bytes(len))) : token_hash_folded(p, MIN(len, (size_t)FOLD_BYTES - FOLD_ROOM));
    return stop;
}

/* The end of the token that begins at `p`, before `end`; `p` itself, where white space does. */
static inline const char *token_read(const char *p, const char *end, struct token *token)
{
    uint8_t kind = kind_at(p);
    if (kind == KIND_LETTER) {
        const char *plain = plain_word_end(p, end, token);
        return plain ? plain : wide_read(p, end, (gunichar)*p, token);
    }
    if (kind == KIND_SPACE)
        return p;
    if (kind == KIND_DIGIT)
        return digits_end(p, end, token);
    if (kind == KIND_WIDE) {
        gunichar c = g_utf8_get_char(p);
        return g_unichar_isspace(c) ? p : wide_read(p, end, c, token);
    }
    token->class = TOKEN_SIGN;
    token->sign = (unsigned char)*p;
    token->hash = hash_end(hash_step(HASH_START, (unsigned char)*p));
    return p + 1;
}

GArray *tokens_new(const struct document *doc)
{
    const char *text = doc->text->str, *end = text + doc->text->len;
    GArray *tokens = g_array_new(FALSE, FALSE, sizeof(struct token));
    guint n = 0;
    g_array_set_size(tokens, (guint)(doc->text->len / 5 + 8));
    kinds_init();
    struct borders borders = borders_of(doc);
    uint8_t space = 0;
    for (const char *p = text; p < end;) {
        if (*p == ' ') { /* most white space */
            space |= TOKEN_SPACE;
            p++;
            continue;
        }
        if (n == tokens->len)
            g_array_set_size(tokens, n + n / 2);
        struct token *token = &g_array_index(tokens, struct token, n);
        *token = (struct token){.flags = space};
        const char *stop = token_read(p, end, token);
        if (stop == p) {
            space |= *p == '\t' ? TOKEN_SPACE | TOKEN_PASSAGE : TOKEN_SPACE;
            p = g_utf8_next_char(p);
            continue;
        }
        token->span = (struct span){(uint32_t)(p - text), (uint32_t)(stop - text)};
        if (token->span.start >= borders.next)
            token->flags |= borders_pass(&borders, token->span.start);
        n++;
        space = 0;
        p = stop;
    }
    g_array_set_size(tokens, n);
    return tokens;
}

void token_hashes(struct slice text, GArray *hashes)
{
    kinds_init();
    for (const char *p = text.ptr, *end = text.ptr + text.len; p < end;) {
        struct token token = {.flags = 0};
        const char *stop = token_read(p, end, &token);
        if (stop > p)
            g_array_append_val(hashes, token.hash);
        p = stop > p ? stop : g_utf8_next_char(p);
    }
}

/* Open addressing: a hash, and the number it has + 1; 0 = free. */
struct word_slot {
    uint32_t hash, number;
};

struct word_table {
    struct word_slot *slots;
    uint32_t mask;
};

static inline struct word_slot *word_slot(const struct word_table *table, uint32_t hash)
{
    uint32_t i = hash & table->mask;
    while (table->slots[i].number && table->slots[i].hash != hash)
        i = (i + 1) & table->mask;
    return &table->slots[i];
}

static void word_table_grow(struct word_table *table, const uint32_t *hashes, uint32_t n)
{
    g_free(table->slots);
    table->mask = table->mask * 4 + 3;
    table->slots = g_new0(struct word_slot, table->mask + 1);
    for (uint32_t i = 0; i < n; i++)
        *word_slot(table, hashes[i]) = (struct word_slot){hashes[i], i + 1};
}

GArray *token_words(GArray *tokens)
{
    enum { FIRST_SIZE = 1024 };
    struct word_table table = {g_new0(struct word_slot, FIRST_SIZE), FIRST_SIZE - 1};
    GArray *hashes = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    g_array_set_size(hashes, FIRST_SIZE);
    struct token *token = (void *)tokens->data;
    uint32_t n = 0;
    for (guint i = 0; i < tokens->len; i++) {
        struct word_slot *slot = word_slot(&table, token[i].hash);
        if (slot->number) { /* most */
            token[i].word = slot->number - 1;
            continue;
        }
        if (n == hashes->len)
            g_array_set_size(hashes, n * 2);
        g_array_index(hashes, uint32_t, n) = token[i].hash;
        token[i].word = n++;
        *slot = (struct word_slot){token[i].hash, n};
        if (n * 2 > table.mask)
            word_table_grow(&table, (const uint32_t *)(void *)hashes->data, n);
    }
    g_free(table.slots);
    g_array_set_size(hashes, n);
    return hashes;
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
